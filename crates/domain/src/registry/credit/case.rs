//! A listing as a case: proposed, told to the organisation, heard, and decided by another person (B35, B37).

use super::notice::{NoticeBar, PriorNotice};
use crate::coded;
use crate::kernel::{Date, PersonId, Refusal};

coded! {
    /// How far a listing has come.
    pub enum ListingStage as "listing_stage" {
        /// An officer proposed it, with evidence.
        Proposed = "proposed",
        /// The organisation was told beforehand and may answer.
        Noticed = "noticed",
        /// The organisation answered.
        Stated = "stated",
        /// Listed.
        Decided = "decided",
        /// Not listed after all.
        Dropped = "dropped",
    }
}

coded! {
    /// How an organisation answers the prior notice.
    pub enum StatementKind as "statement_kind" {
        /// 无异议: raises nothing and waives a hearing.
        Waived = "waived",
        /// 陈述、申辩 in writing.
        Written = "written",
        /// 要求听证: asks for a hearing.
        Hearing = "hearing",
    }
}

/// What of a case decides over its next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaseFacts {
    /// How far it has come.
    pub stage: ListingStage,
    /// Who proposed it; none for the clock itself.
    pub proposed_by: Option<PersonId>,
    /// The last day for an answer, once noticed.
    pub answer_by: Option<Date>,
    /// How the organisation answered.
    pub statement: Option<StatementKind>,
    /// The day on which the hearing was held.
    pub heard_on: Option<Date>,
}

impl CaseFacts {
    /// Whether the prior notice may be sent.
    ///
    /// # Errors
    /// It was sent already.
    pub fn may_be_noticed(&self) -> Result<(), Refusal> {
        self.at_stage(&[ListingStage::Proposed])
    }

    /// Whether the organisation may answer today.
    ///
    /// # Errors
    /// Not yet told, already answered, or too late (B37).
    pub fn may_be_answered(&self, today: Date) -> Result<(), Refusal> {
        self.at_stage(&[ListingStage::Noticed])?;
        self.notice().may_be_answered(today).map_err(told)
    }

    /// Whether the hearing may be recorded.
    ///
    /// # Errors
    /// None was asked for, or it was held already.
    pub fn may_be_heard(&self) -> Result<(), Refusal> {
        self.at_stage(&[ListingStage::Stated])?;
        self.notice().may_be_heard().map_err(told)
    }

    /// Whether `decider` may decide today: after the answer or when its time is over, after a hearing that
    /// was asked for, and never alone (B37, C14).
    ///
    /// # Errors
    /// Which of these is missing.
    pub fn may_be_decided(&self, decider: Option<PersonId>, today: Date) -> Result<(), Refusal> {
        self.at_stage(&[ListingStage::Noticed, ListingStage::Stated])?;
        check_other_person(self.proposed_by, decider)?;
        self.notice().may_be_decided(today).map_err(told)
    }

    fn notice(&self) -> PriorNotice {
        PriorNotice { answer_by: self.answer_by, statement: self.statement, heard_on: self.heard_on }
    }

    fn at_stage(&self, stages: &[ListingStage]) -> Result<(), Refusal> {
        if stages.contains(&self.stage) {
            return Ok(());
        }
        Err(Refusal::new("credit.wrong-stage", "B37").with_code("stage", self.stage))
    }
}

fn told(bar: NoticeBar) -> Refusal {
    match bar {
        NoticeBar::Late(last) => Refusal::new("credit.answer-late", "B37").at("statement").with("last", last),
        NoticeBar::NoHearingAsked => Refusal::new("credit.no-hearing-asked", "B37"),
        NoticeBar::HearingNotHeld => Refusal::new("credit.hearing-not-held", "B37"),
        NoticeBar::Awaited(last) => Refusal::new("credit.answer-awaited", "B37").with("last", last),
    }
}

/// Refuses a decision by whoever prepared it (C14). What the clock prepared, anyone of the post may decide.
///
/// # Errors
/// Both are one person.
pub fn check_other_person(prepared: Option<PersonId>, decider: Option<PersonId>) -> Result<(), Refusal> {
    match prepared {
        Some(person) if decider == Some(person) => Err(Refusal::new("credit.same-person", "C14")),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::day;

    const OFFICER: Option<PersonId> = Some(PersonId(1));
    const DIRECTOR: Option<PersonId> = Some(PersonId(2));

    fn noticed() -> CaseFacts {
        CaseFacts {
            stage: ListingStage::Noticed,
            proposed_by: OFFICER,
            answer_by: Some(day(2026, 3, 16)),
            statement: None,
            heard_on: None,
        }
    }

    fn answered(kind: StatementKind) -> CaseFacts {
        CaseFacts { stage: ListingStage::Stated, statement: Some(kind), ..noticed() }
    }

    fn check(case: CaseFacts, by: Option<PersonId>, on: Date, expected: Result<(), &str>) {
        assert_eq!(case.may_be_decided(by, on).map_err(|refusal| refusal.code), expected, "{case:?}");
    }

    #[test]
    fn a_listing_is_decided_after_the_answer_and_by_another() {
        let (early, last, late) = (day(2026, 3, 10), day(2026, 3, 16), day(2026, 3, 17));
        check(noticed(), DIRECTOR, early, Err("credit.answer-awaited"));
        check(noticed(), DIRECTOR, last, Err("credit.answer-awaited"));
        check(noticed(), DIRECTOR, late, Ok(()));
        check(noticed(), OFFICER, late, Err("credit.same-person"));
        check(CaseFacts { proposed_by: None, ..noticed() }, OFFICER, late, Ok(()));
        check(answered(StatementKind::Waived), DIRECTOR, early, Ok(()));
        check(answered(StatementKind::Written), DIRECTOR, early, Ok(()));
        check(answered(StatementKind::Hearing), DIRECTOR, late, Err("credit.hearing-not-held"));
        let heard = CaseFacts { heard_on: Some(early), ..answered(StatementKind::Hearing) };
        check(heard, DIRECTOR, early, Ok(()));
        for stage in [ListingStage::Proposed, ListingStage::Decided, ListingStage::Dropped] {
            check(CaseFacts { stage, ..noticed() }, DIRECTOR, late, Err("credit.wrong-stage"));
        }
    }

    #[test]
    fn an_answer_comes_once_and_in_time() {
        let code = |case: CaseFacts, on| case.may_be_answered(on).map_err(|refusal| refusal.code);
        assert_eq!(code(noticed(), day(2026, 3, 16)), Ok(()));
        assert_eq!(code(noticed(), day(2026, 3, 17)), Err("credit.answer-late"));
        assert_eq!(code(answered(StatementKind::Written), day(2026, 3, 9)), Err("credit.wrong-stage"));
        assert!(answered(StatementKind::Hearing).may_be_heard().is_ok());
        assert!(answered(StatementKind::Written).may_be_heard().is_err());
        assert!(noticed().may_be_noticed().is_err());
    }
}
