//! Putting a filing to rights (备案变更): a new person in charge, another place, a new name (B20). Its kind and its
//! number stay; what it said before stands in the journal.

use crate::coded;
use crate::kernel::{Date, Refusal};

coded! {
    /// What of a filing its street may put to rights; kind and number stay.
    pub enum FilingItem as "filing_item" {
        /// Its name; the certificate is issued anew.
        Name = "name",
        /// Its fields.
        Fields = "fields",
        /// Where it meets.
        Place = "place",
        /// Who heads it.
        Person = "person",
        /// Telephone.
        Contact = "contact",
        /// How many members.
        Members = "members",
        /// Street or community, and which community.
        Leader = "leader",
        /// Who keeps its money.
        Host = "host",
    }
}

/// The longest reason of an amendment, in characters.
const WHY_MAX: usize = 200;

/// What keeps an open filing from being put to rights as `items` for `why`; empty when nothing does:
/// `filing.amendment-empty`, `filing.amendment-why` (B20).
pub fn amendment_faults(items: &[FilingItem], why: &str) -> Vec<Refusal> {
    let mut faults = Vec::new();
    if items.is_empty() {
        faults.push(Refusal::new("filing.amendment-empty", "B20").at("name"));
    }
    if why.trim().is_empty() || why.chars().count() > WHY_MAX {
        faults.push(Refusal::new("filing.amendment-why", "B20").at("why").with("most", WHY_MAX));
    }
    faults
}

/// Whether a filing that ended on `closed_on` is still put to rights.
///
/// # Errors
/// `filing.closed` (B20).
pub fn may_amend(closed_on: Option<Date>) -> Result<(), Refusal> {
    closed_on.map_or(Ok(()), |day| Err(Refusal::new("filing.closed", "B20").with("day", day)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::day;

    #[test]
    fn a_filing_is_put_to_rights_for_a_reason_while_it_is_open() {
        let long = "长".repeat(WHY_MAX + 1);
        for (items, why, expected) in [
            (&[FilingItem::Person][..], "换届", &[][..]),
            (&[], "换届", &["filing.amendment-empty"]),
            (&[FilingItem::Person], " ", &["filing.amendment-why"]),
            (&[FilingItem::Person], long.as_str(), &["filing.amendment-why"]),
            (&[], "", &["filing.amendment-empty", "filing.amendment-why"]),
        ] {
            let told: Vec<&str> = amendment_faults(items, why).iter().map(|fault| fault.code).collect();
            assert_eq!(told, expected, "{items:?} {why}");
        }
        assert_eq!(may_amend(None), Ok(()));
        assert_eq!(may_amend(Some(day(2026, 1, 5))).unwrap_err().code, "filing.closed");
    }
}
