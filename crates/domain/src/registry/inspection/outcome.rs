//! The thirteen grounds, what each weighs, and which outcome they allow (B26, B27).

use super::InspectionState;
use crate::coded;
use crate::kernel::{PersonId, Refusal};

coded! {
    /// How an inspection ends (B26).
    pub enum Outcome as "inspection_outcome" {
        /// 合格.
        Pass = "pass",
        /// 基本合格.
        BasicPass = "basic_pass",
        /// 不合格.
        Fail = "fail",
    }
}

coded! {
    /// What is found against an organisation (B26).
    pub enum Ground as "inspection_ground" {
        /// Against law or policy.
        LawBreach = "law_breach",
        /// Certificate, seal or vouchers misused.
        SealMisuse = "seal_misuse",
        /// No activity, or activity off the charter.
        NoActivity = "no_activity",
        /// No fixed premises.
        NoPremises = "no_premises",
        /// Its own order has broken down.
        Disorder = "disorder",
        /// It refuses supervision.
        RefusesSupervision = "refuses_supervision",
        /// A change was not registered.
        UnregisteredChange = "unregistered_change",
        /// Branches without ground.
        Branches = "branches",
        /// Against the rules of finance and accounting.
        Finance = "finance",
        /// Net assets below the floor.
        NetAssets = "net_assets",
        /// Property taken or diverted.
        Embezzlement = "embezzlement",
        /// Fees, funds or donations taken against the rules.
        IllegalCharges = "illegal_charges",
        /// The truth was hidden from the inspection.
        Concealment = "concealment",
    }
}

coded! {
    /// How grave a ground is in this case (B26).
    pub enum Weight as "ground_weight" {
        /// 情节较轻: leads to a basic pass.
        Minor = "minor",
        /// 情节严重: leads to a fail.
        Serious = "serious",
    }
}

/// The outcome to which open grounds lead (B26).
pub fn suggested(open: &[Weight]) -> Outcome {
    match open.iter().max() {
        None => Outcome::Pass,
        Some(Weight::Minor) => Outcome::BasicPass,
        Some(Weight::Serious) => Outcome::Fail,
    }
}

/// Refuses an outcome that the open grounds do not carry (B26).
///
/// # Errors
/// `inspection.pass-with-open-ground`, `inspection.basic-without-ground`, `inspection.serious-ground-fails`,
/// `inspection.fail-without-serious-ground`.
pub fn judge(outcome: Outcome, open: &[Weight]) -> Result<(), Refusal> {
    let code = match (outcome, suggested(open)) {
        (given, due) if given == due => return Ok(()),
        (Outcome::Pass, _) => "inspection.pass-with-open-ground",
        (Outcome::BasicPass, Outcome::Pass) => "inspection.basic-without-ground",
        (Outcome::BasicPass, _) => "inspection.serious-ground-fails",
        (Outcome::Fail, _) => "inspection.fail-without-serious-ground",
    };
    Err(Refusal::new(code, "B26").at("outcome").with("open", open.len()))
}

/// An officer proposes an outcome on a report that is there (B9, B26).
///
/// # Errors
/// As `judge`; `inspection.no-show-has-no-outcome` and its kin for a report that is not there.
pub fn may_propose(state: InspectionState, outcome: Outcome, open: &[Weight]) -> Result<(), Refusal> {
    match state {
        InspectionState::Reported | InspectionState::Reviewed => judge(outcome, open),
        other => Err(no_outcome(other)),
    }
}

/// The director decides what an officer proposed; the same person does not do both (B9, B26, C14).
///
/// # Errors
/// As `may_propose`; `inspection.not-reviewed`, `inspection.same-person`.
pub fn may_decide(
    state: InspectionState,
    outcome: Outcome,
    open: &[Weight],
    reviewer: Option<PersonId>,
    decider: Option<PersonId>,
) -> Result<(), Refusal> {
    match state {
        InspectionState::Reviewed if reviewer.is_some() && reviewer == decider => {
            Err(Refusal::new("inspection.same-person", "C14").at("outcome"))
        }
        InspectionState::Reviewed => judge(outcome, open),
        InspectionState::Reported => Err(Refusal::new("inspection.not-reviewed", "B9").at("outcome")),
        other => Err(no_outcome(other)),
    }
}

/// Why there is nothing to decide on in this state: above all, no-show is no fail (B27).
fn no_outcome(state: InspectionState) -> Refusal {
    match state {
        InspectionState::Due | InspectionState::Absent => {
            Refusal::new("inspection.no-show-has-no-outcome", "B27").at("outcome")
        }
        InspectionState::Exempt => Refusal::new("inspection.exempt", "B25").at("outcome"),
        InspectionState::Returned => Refusal::new("inspection.report-is-out", "B9").at("outcome"),
        InspectionState::Reported | InspectionState::Reviewed | InspectionState::Decided => {
            Refusal::new("inspection.already-decided", "B26").at("outcome")
        }
    }
}

/// A report goes back for completion once, with everything that it lacks (B9).
///
/// # Errors
/// `inspection.nothing-to-return`, `inspection.returned-once`, `inspection.reason-missing`.
pub fn may_return(state: InspectionState, returns: i64, reason: &str) -> Result<(), Refusal> {
    if !matches!(state, InspectionState::Reported | InspectionState::Reviewed) {
        return Err(Refusal::new("inspection.nothing-to-return", "B9").with_code("state", state));
    }
    if returns > 0 {
        return Err(Refusal::new("inspection.returned-once", "B9").at("reason"));
    }
    if reason.trim().is_empty() {
        return Err(Refusal::new("inspection.reason-missing", "B9").at("reason"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use InspectionState::{Absent, Decided, Due, Exempt, Reported, Returned, Reviewed};
    use Outcome::{BasicPass, Fail, Pass};
    use Weight::{Minor, Serious};

    fn code(result: Result<(), Refusal>) -> Option<&'static str> {
        result.err().map(|refusal| refusal.code)
    }

    #[test]
    fn an_outcome_is_what_the_open_grounds_carry() {
        for (outcome, open, expected) in [
            (Pass, &[][..], None),
            (BasicPass, &[Minor], None),
            (Fail, &[Minor, Serious], None),
            (Pass, &[Minor], Some("inspection.pass-with-open-ground")),
            (Pass, &[Serious], Some("inspection.pass-with-open-ground")),
            (BasicPass, &[], Some("inspection.basic-without-ground")),
            (BasicPass, &[Serious], Some("inspection.serious-ground-fails")),
            (Fail, &[], Some("inspection.fail-without-serious-ground")),
            (Fail, &[Minor], Some("inspection.fail-without-serious-ground")),
        ] {
            assert_eq!(code(judge(outcome, open)), expected, "{outcome:?} {open:?}");
        }
        assert_eq!(<Ground as crate::kernel::Coded>::ALL.len(), 13);
    }

    #[test]
    fn no_outcome_is_recorded_where_no_report_is() {
        for (state, expected) in [
            (Due, Some("inspection.no-show-has-no-outcome")),
            (Absent, Some("inspection.no-show-has-no-outcome")),
            (Exempt, Some("inspection.exempt")),
            (Returned, Some("inspection.report-is-out")),
            (Decided, Some("inspection.already-decided")),
            (Reported, Some("inspection.not-reviewed")),
            (Reviewed, None),
        ] {
            let decided = may_decide(state, Fail, &[Serious], Some(PersonId(1)), Some(PersonId(2)));
            assert_eq!(code(decided), expected, "{state:?}");
        }
        assert_eq!(code(may_propose(Absent, Fail, &[])), Some("inspection.no-show-has-no-outcome"));
        assert_eq!(code(may_propose(Reported, Pass, &[])), None);
        let same = may_decide(Reviewed, Pass, &[], Some(PersonId(1)), Some(PersonId(1)));
        assert_eq!(code(same), Some("inspection.same-person"));
    }

    #[test]
    fn a_report_goes_back_once_with_a_reason() {
        for (state, returns, reason, expected) in [
            (Reported, 0, "缺审计报告", None),
            (Reviewed, 0, "缺审计报告", None),
            (Reported, 1, "再补", Some("inspection.returned-once")),
            (Reported, 0, " ", Some("inspection.reason-missing")),
            (Due, 0, "x", Some("inspection.nothing-to-return")),
            (Decided, 0, "x", Some("inspection.nothing-to-return")),
        ] {
            assert_eq!(code(may_return(state, returns, reason)), expected, "{state:?} {returns}");
        }
    }
}
