//! Vetoes: what caps an office's result once it is proven, with evidence, by discipline (E4, E5).

use crate::coded;
use crate::kernel::{Coded, Date, PersonId, Refusal};

coded! {
    /// What a veto is for.
    pub enum VetoGround as "veto_ground" {
        /// A provider was designated without competition (S67).
        Designation = "designation",
        /// Money was given to a supervised organisation without contract (S68).
        UnlawfulAllocation = "unlawful_allocation",
        /// A purchase was split to stay below a threshold (C2).
        Splitting = "splitting",
        /// A service was accepted without those who were served (C55).
        AcceptanceAlone = "acceptance_alone",
    }
}

coded! {
    /// Where a veto stands.
    pub enum VetoState as "veto_state" {
        /// Raised with evidence.
        Raised = "raised",
        /// Proven: it caps the year's result.
        Proven = "proven",
        /// Looked into and not upheld.
        Unfounded = "unfounded",
    }
}

impl VetoGround {
    /// The rule that was broken.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Designation => "S67",
            Self::UnlawfulAllocation => "S68",
            Self::Splitting => "C2",
            Self::AcceptanceAlone => "C55",
        }
    }
}

/// What keeps a veto from being raised: no evidence, no subject, a day that has not come, or a day on which
/// nobody directed the office.
pub fn faults(
    subject: &str,
    evidence: &str,
    acted_on: Date,
    today: Date,
    director: Option<PersonId>,
) -> Vec<Refusal> {
    let mut found = Vec::new();
    if subject.trim().is_empty() {
        found.push(Refusal::new("account.veto-subject-missing", "E4").at("subject"));
    }
    if evidence.trim().is_empty() {
        found.push(Refusal::new("account.veto-evidence-missing", "E4").at("evidence"));
    }
    if acted_on > today {
        found.push(Refusal::new("account.veto-day-to-come", "E5").at("acted_on").with("day", acted_on));
    } else if director.is_none() {
        found.push(Refusal::new("account.veto-no-director", "E5").at("acted_on").with("day", acted_on));
    }
    found
}

/// Whether a veto may be decided by this person: once, by another than who raised it, with reasons.
///
/// # Errors
/// `account.veto-decided`, `account.veto-same-person`, `account.veto-reason-missing`.
pub fn may_decide(
    state: VetoState,
    raised_by: PersonId,
    decider: PersonId,
    reason: &str,
) -> Result<(), Refusal> {
    if state != VetoState::Raised {
        return Err(Refusal::new("account.veto-decided", "E4").with_code("state", state));
    }
    if raised_by == decider {
        return Err(Refusal::new("account.veto-same-person", "E4"));
    }
    if reason.trim().is_empty() {
        return Err(Refusal::new("account.veto-reason-missing", "E4").at("reason"));
    }
    Ok(())
}

/// The state a decision leads to.
pub fn decided(is_proven: bool) -> VetoState {
    if is_proven { VetoState::Proven } else { VetoState::Unfounded }
}

/// All grounds, for a form.
pub fn grounds() -> &'static [VetoGround] {
    VetoGround::ALL
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::day;

    #[test]
    fn a_veto_needs_subject_evidence_and_a_day_with_a_director() {
        let (today, before, after) = (day(2014, 6, 10), day(2014, 6, 9), day(2014, 6, 11));
        let director = Some(PersonId(1));
        for (subject, evidence, on, director, codes) in [
            ("NJGZ-2014-001", "会议纪要", before, director, vec![]),
            (
                " ",
                "",
                before,
                director,
                vec!["account.veto-subject-missing", "account.veto-evidence-missing"],
            ),
            ("a", "b", after, director, vec!["account.veto-day-to-come"]),
            ("a", "b", before, None, vec!["account.veto-no-director"]),
        ] {
            let found: Vec<&str> =
                faults(subject, evidence, on, today, director).iter().map(|one| one.code).collect();
            assert_eq!(found, codes);
        }
    }

    #[test]
    fn nobody_decides_what_they_raised() {
        let code = |state, decider, reason| {
            may_decide(state, PersonId(1), PersonId(decider), reason).err().map(|refusal| refusal.code)
        };
        assert_eq!(code(VetoState::Raised, 2, "查实"), None);
        assert_eq!(code(VetoState::Raised, 1, "查实"), Some("account.veto-same-person"));
        assert_eq!(code(VetoState::Raised, 2, " "), Some("account.veto-reason-missing"));
        assert_eq!(code(VetoState::Proven, 2, "查实"), Some("account.veto-decided"));
        assert_eq!((decided(true), decided(false)), (VetoState::Proven, VetoState::Unfounded));
        assert_eq!(grounds().len(), 4);
    }
}
