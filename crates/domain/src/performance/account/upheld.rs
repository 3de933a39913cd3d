//! What an authority upheld against an office: it stays with the director of the day of the act (E5). It costs no
//! points, since E4 names none for it; it is shown where the points are.

use crate::coded;
use crate::kernel::{Date, PersonId, Refusal};

coded! {
    /// What was upheld.
    pub enum UpheldKind as "upheld_kind" {
        /// A supplier's challenge.
        Challenge = "challenge",
        /// A complaint to the department that oversees purchase.
        Complaint = "complaint",
        /// The office's act was published in a list.
        Listing = "listing",
        /// A finding of an audit.
        Audit = "audit",
    }
}

/// What is written down of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upheld<'a> {
    /// The public number of the purchase, or what else it is about.
    pub subject: &'a str,
    /// Who decided.
    pub authority: &'a str,
    /// The number of the decision.
    pub decision: &'a str,
    /// What was found, and where it can be read.
    pub evidence: &'a str,
    /// The day of the act.
    pub acted_on: Date,
    /// The day of the decision.
    pub decided_on: Date,
}

/// What keeps it from being recorded; `director` is whoever answered for the office on the day of the act.
pub fn faults(told: &Upheld<'_>, today: Date, director: Option<PersonId>) -> Vec<Refusal> {
    let texts = [
        ("subject", told.subject),
        ("authority", told.authority),
        ("decision", told.decision),
        ("evidence", told.evidence),
    ];
    let blank = texts.into_iter().filter(|(_, text)| text.trim().is_empty());
    let mut found: Vec<Refusal> =
        blank.map(|(field, _)| Refusal::new("account.upheld-blank", "E5").at(field)).collect();
    if told.decided_on > today {
        let refusal = Refusal::new("account.upheld-day-to-come", "E5").at("decided_on");
        found.push(refusal.with("day", told.decided_on));
    }
    if told.acted_on > told.decided_on {
        let refusal = Refusal::new("account.upheld-before-act", "E5").at("acted_on");
        found.push(refusal.with("decided", told.decided_on));
    } else if director.is_none() {
        let refusal = Refusal::new("account.upheld-no-director", "E5").at("acted_on");
        found.push(refusal.with("day", told.acted_on));
    }
    found
}

/// Whether a record may be withdrawn by this person: once, by another than who made it, with a reason.
///
/// # Errors
/// `account.upheld-withdrawn`, `account.upheld-same-person`, `account.upheld-reason-missing`.
pub fn may_withdraw(
    is_withdrawn: bool,
    recorded_by: PersonId,
    person: PersonId,
    reason: &str,
) -> Result<(), Refusal> {
    if is_withdrawn {
        return Err(Refusal::new("account.upheld-withdrawn", "E5"));
    }
    if recorded_by == person {
        return Err(Refusal::new("account.upheld-same-person", "E5"));
    }
    if reason.trim().is_empty() {
        return Err(Refusal::new("account.upheld-reason-missing", "E5").at("reason"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::day;

    #[test]
    fn a_record_names_decision_evidence_and_a_day_with_a_director() {
        let whole = Upheld {
            subject: "NJGZ-2014-001",
            authority: "市财政局（示例）",
            decision: "宁财购诉〔2014〕1号（示例）",
            evidence: "投诉处理决定书第三条",
            acted_on: day(2014, 3, 1),
            decided_on: day(2014, 5, 1),
        };
        let (today, director) = (day(2014, 5, 2), Some(PersonId(1)));
        for (told, today, director, expected) in [
            (whole.clone(), today, director, vec![]),
            (
                Upheld { subject: " ", decision: "", ..whole.clone() },
                today,
                director,
                vec![("account.upheld-blank", "subject"), ("account.upheld-blank", "decision")],
            ),
            (whole.clone(), day(2014, 4, 30), director, vec![("account.upheld-day-to-come", "decided_on")]),
            (
                Upheld { acted_on: day(2014, 5, 2), ..whole.clone() },
                today,
                director,
                vec![("account.upheld-before-act", "acted_on")],
            ),
            (whole.clone(), today, None, vec![("account.upheld-no-director", "acted_on")]),
        ] {
            let found = faults(&told, today, director);
            let found: Vec<_> =
                found.iter().map(|one| (one.code, one.field.as_deref().unwrap_or(""))).collect();
            assert_eq!(found, expected, "{told:?}");
        }
    }

    #[test]
    fn nobody_withdraws_what_they_recorded() {
        let code = |is_withdrawn, person, reason| {
            may_withdraw(is_withdrawn, PersonId(1), PersonId(person), reason)
                .err()
                .map(|refusal| refusal.code)
        };
        assert_eq!(code(false, 2, "复议撤销"), None);
        assert_eq!(code(false, 1, "复议撤销"), Some("account.upheld-same-person"));
        assert_eq!(code(false, 2, " "), Some("account.upheld-reason-missing"));
        assert_eq!(code(true, 2, "复议撤销"), Some("account.upheld-withdrawn"));
    }
}
