//! What every prior notice has in common, whatever it announces: a last day for the answer, one answer, a hearing where
//! one was asked for, and no decision before (B23, B35, B37). Each course says the same bar in its own words.

use super::case::StatementKind;
use crate::kernel::Date;

/// What of a notice decides over the next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PriorNotice {
    /// The last day for an answer, once it went out.
    pub answer_by: Option<Date>,
    /// How the organisation answered.
    pub statement: Option<StatementKind>,
    /// The day on which the hearing was held.
    pub heard_on: Option<Date>,
}

/// Why the next step has to wait, or comes too late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeBar {
    /// The last day for an answer is over.
    Late(Date),
    /// No hearing was asked for, or it was held.
    NoHearingAsked,
    /// A hearing was asked for and not held.
    HearingNotHeld,
    /// The organisation may answer until this day.
    Awaited(Date),
}

impl PriorNotice {
    /// Whether an answer comes in time today.
    ///
    /// # Errors
    /// `Late`.
    pub fn may_be_answered(&self, today: Date) -> Result<(), NoticeBar> {
        match self.answer_by {
            Some(last) if last < today => Err(NoticeBar::Late(last)),
            _ => Ok(()),
        }
    }

    /// Whether a hearing is still to be held.
    ///
    /// # Errors
    /// `NoHearingAsked`.
    pub fn may_be_heard(&self) -> Result<(), NoticeBar> {
        match (self.statement, self.heard_on) {
            (Some(StatementKind::Hearing), None) => Ok(()),
            _ => Err(NoticeBar::NoHearingAsked),
        }
    }

    /// Whether what was announced may be decided today: after the answer or when its time is over, and after a hearing
    /// that was asked for.
    ///
    /// # Errors
    /// `HearingNotHeld` or `Awaited`.
    pub fn may_be_decided(&self, today: Date) -> Result<(), NoticeBar> {
        match (self.statement, self.answer_by) {
            (Some(StatementKind::Hearing), _) if self.heard_on.is_none() => Err(NoticeBar::HearingNotHeld),
            (None, Some(last)) if today <= last => Err(NoticeBar::Awaited(last)),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::day;

    #[test]
    fn a_notice_is_answered_in_time_heard_when_asked_and_decided_after() {
        let (early, last, late) = (day(2026, 3, 10), day(2026, 3, 16), day(2026, 3, 17));
        let told = PriorNotice { answer_by: Some(last), statement: None, heard_on: None };
        let answered = |kind| PriorNotice { statement: Some(kind), ..told };
        let heard = PriorNotice { heard_on: Some(early), ..answered(StatementKind::Hearing) };
        assert_eq!(told.may_be_answered(last), Ok(()));
        assert_eq!(told.may_be_answered(late), Err(NoticeBar::Late(last)));
        for (notice, on, expected) in [
            (told, last, Err(NoticeBar::Awaited(last))),
            (told, late, Ok(())),
            (answered(StatementKind::Waived), early, Ok(())),
            (answered(StatementKind::Written), early, Ok(())),
            (answered(StatementKind::Hearing), late, Err(NoticeBar::HearingNotHeld)),
            (heard, early, Ok(())),
        ] {
            assert_eq!(notice.may_be_decided(on), expected, "{notice:?} on {on}");
        }
        assert_eq!(answered(StatementKind::Hearing).may_be_heard(), Ok(()));
        for notice in [told, answered(StatementKind::Written), heard] {
            assert_eq!(notice.may_be_heard(), Err(NoticeBar::NoHearingAsked), "{notice:?}");
        }
    }
}
