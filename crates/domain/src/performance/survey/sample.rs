//! The sample: how many recipients must answer, and who of the ledger may be drawn (E2).

use std::collections::BTreeSet;

use crate::coded;
use crate::kernel::{Refusal, RuleKey, Rules};

coded! {
    /// Why somebody on the ledger is not asked.
    pub enum Exclusion as "recipient_exclusion" {
        /// Works for the provider.
        ProviderStaff = "provider_staff",
        /// A relative of somebody who does.
        Relative = "relative",
    }
}

/// One recipient on the service ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerLine {
    /// The token under which the ledger keeps the recipient: no name.
    pub token: String,
    /// Why they are not asked; none for those who may be drawn.
    pub excluded: Option<Exclusion>,
}

/// How many valid answers suffice: all when there are few recipients, else a fixed number or a share of
/// them, whichever is more (E2).
pub fn minimum(recipients: u32, rules: Rules<'_>) -> u32 {
    let least = u32::try_from(rules.count(RuleKey::SurveySampleMin)).unwrap_or(u32::MAX);
    let share = rules.ratio(RuleKey::SurveySampleShare).least_of(recipients);
    recipients.min(least.max(share))
}

/// Checks a ledger before a sample is drawn from it.
///
/// # Errors
/// Nobody may be asked, or a token stands twice and would be drawn twice.
pub fn check_ledger(ledger: &[LedgerLine]) -> Result<u32, Refusal> {
    let mut seen = BTreeSet::new();
    for line in ledger {
        if !seen.insert(line.token.as_str()) {
            let token = line.token.as_str();
            return Err(Refusal::new("performance.ledger-twice", "E2").at("ledger").with("token", token));
        }
    }
    let asked = ledger.iter().filter(|line| line.excluded.is_none()).count();
    match u32::try_from(asked) {
        Ok(0) | Err(_) => Err(Refusal::new("performance.ledger-empty", "E2").at("ledger")),
        Ok(asked) => Ok(asked),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::rules;

    #[test]
    fn the_minimum_is_thirty_or_a_tenth_and_all_of_few() {
        for (recipients, least) in
            [(1, 1), (29, 29), (30, 30), (31, 30), (120, 30), (300, 30), (301, 31), (1000, 100)]
        {
            assert_eq!(minimum(recipients, rules()), least, "{recipients}");
        }
    }

    #[test]
    fn a_ledger_names_each_recipient_once_and_leaves_out_the_providers_people() {
        let line = |token: &str, excluded| LedgerLine { token: token.to_owned(), excluded };
        let staff = Some(Exclusion::ProviderStaff);
        assert_eq!(check_ledger(&[line("R1", None), line("R2", staff), line("R3", None)]), Ok(2));
        let code = |ledger: &[LedgerLine]| check_ledger(ledger).unwrap_err().code;
        assert_eq!(code(&[line("R1", None), line("R1", staff)]), "performance.ledger-twice");
        assert_eq!(code(&[line("R1", staff)]), "performance.ledger-empty");
        assert_eq!(code(&[]), "performance.ledger-empty");
    }
}
