//! A penalty of the registrar's own as a case: proposed, told to the organisation with its rights, answered, heard where
//! the law gives a hearing, and only then decided by another person, never heavier than it was told (B23, C14).
//!
//! Until 14 July 2021 the Administrative Penalties Act (text of 2009) says so in its articles 31, 32, 41 and 42, since then
//! the text of 2021 in 44, 45, 62, 63 and 64. Its days and sums are rows of the rule book. What another law punishes has its
//! decision elsewhere; its record is confirmed, not noticed.

use jiff::Span;

use super::case::{StatementKind, check_other_person};
use super::notice::{NoticeBar, PriorNotice};
use super::penalty::{Penalty, PenaltyKind};
use crate::coded;
use crate::kernel::{Calendar, Date, DayKind, Fen, PersonId, Refusal, RuleKey, Rules};

coded! {
    /// How far a penalty has come.
    pub enum PenaltyStage as "penalty_stage" {
        /// Recorded; one of the registrar's own is proposed.
        Proposed = "proposed",
        /// The organisation was told beforehand and may answer.
        Noticed = "noticed",
        /// The organisation answered.
        Stated = "stated",
        /// It stands.
        Imposed = "imposed",
        /// It was dropped.
        Dropped = "dropped",
    }
}

/// What of a penalty decides over its next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PenaltyFacts {
    /// Whether the registrar imposes it, under the organisation's regulation.
    pub is_own: bool,
    /// How far it has come.
    pub stage: PenaltyStage,
    /// Who proposed it.
    pub proposed_by: Option<PersonId>,
    /// Who told the organisation.
    pub noticed_by: Option<PersonId>,
    /// The notice with its answer and hearing.
    pub notice: PriorNotice,
    /// The last day to ask for a hearing; none where the penalty gives no right to one.
    pub hearing_by: Option<Date>,
    /// The day on which the hearing is to be held, once it was called.
    pub hearing_on: Option<Date>,
}

impl PenaltyFacts {
    /// Whether the organisation may be told that it is intended.
    ///
    /// # Errors
    /// Another authority's, or told already (B23).
    pub fn may_be_noticed(&self) -> Result<(), Refusal> {
        self.at_stage(&[PenaltyStage::Proposed])
    }

    /// Whether the organisation may answer so today.
    ///
    /// # Errors
    /// Not told, answered, too late, or no right to a hearing (B23).
    pub fn may_be_answered(&self, kind: StatementKind, today: Date) -> Result<(), Refusal> {
        self.at_stage(&[PenaltyStage::Noticed])?;
        self.notice.may_be_answered(today).map_err(told)?;
        match (kind, self.hearing_by) {
            (StatementKind::Hearing, None) => {
                Err(Refusal::new("penalty.no-hearing-right", "B23").at("statement_kind"))
            }
            (StatementKind::Hearing, Some(last)) if last < today => {
                Err(Refusal::new("penalty.hearing-late", "B23").at("statement_kind").with("last", last))
            }
            _ => Ok(()),
        }
    }

    /// Whether the organisation may be called today to a hearing on a day, or to another one before it was held.
    ///
    /// # Errors
    /// None was asked for, it was held, or its days of notice no longer fit before that day (B23); beyond the published
    /// calendar (E12).
    pub fn may_be_called(
        &self,
        (on, today): (Date, Date),
        rules: Rules<'_>,
        calendar: &Calendar,
    ) -> Result<(), Refusal> {
        self.waits_for_hearing()?;
        let rule = rules.rule(RuleKey::PenaltyHearingNoticeDays);
        let count = u32::try_from(rules.number(RuleKey::PenaltyHearingNoticeDays)).unwrap_or(0);
        let kind = rule.day_kind.unwrap_or(DayKind::CalendarDays);
        if calendar.latest_start(on, count, kind)? < today {
            let refusal = Refusal::new("penalty.hearing-soon", "B23").at("hearing_on");
            return Err(refusal.with("days", i64::from(count)).with_code("kind", kind));
        }
        Ok(())
    }

    /// Whether a hearing is still to be held.
    ///
    /// # Errors
    /// None was asked for, or it was held (B23).
    pub fn waits_for_hearing(&self) -> Result<(), Refusal> {
        self.at_stage(&[PenaltyStage::Stated])?;
        self.notice.may_be_heard().map_err(told)
    }

    /// Whether the hearing may be recorded as held on a day.
    ///
    /// # Errors
    /// None was asked for, the organisation was not called, before the day it was called to, or a day to come (B23).
    pub fn may_be_heard(&self, on: Date, today: Date) -> Result<(), Refusal> {
        self.waits_for_hearing()?;
        let Some(called) = self.hearing_on else {
            return Err(Refusal::new("penalty.hearing-not-called", "B23"));
        };
        if on < called || on > today {
            return Err(Refusal::new("penalty.hearing-day", "B23").at("heard_on").with("first", called));
        }
        Ok(())
    }

    /// Whether `decider` may impose it today: told, after the answer or when its time is over, after a hearing that was
    /// asked for, and by nobody who prepared it.
    ///
    /// # Errors
    /// Which of these is missing (B23, C14).
    pub fn may_be_imposed(&self, decider: Option<PersonId>, today: Date) -> Result<(), Refusal> {
        if self.is_own && self.stage == PenaltyStage::Proposed {
            return Err(Refusal::new("penalty.not-noticed", "B23"));
        }
        self.at_stage(&[PenaltyStage::Noticed, PenaltyStage::Stated])?;
        self.check_others(decider)?;
        self.notice.may_be_decided(today).map_err(told)
    }

    /// Whether `decider` may drop it: at any time before it stands, and by nobody who prepared it.
    ///
    /// # Errors
    /// Another authority's, settled, or the same person (B23, C14).
    pub fn may_be_dropped(&self, decider: Option<PersonId>) -> Result<(), Refusal> {
        self.at_stage(&[PenaltyStage::Proposed, PenaltyStage::Noticed, PenaltyStage::Stated])?;
        self.check_others(decider)
    }

    fn check_others(&self, decider: Option<PersonId>) -> Result<(), Refusal> {
        check_other_person(self.proposed_by, decider)?;
        check_other_person(self.noticed_by, decider)
    }

    fn at_stage(&self, stages: &[PenaltyStage]) -> Result<(), Refusal> {
        if !self.is_own {
            return Err(Refusal::new("penalty.not-ours", "B23"));
        }
        if stages.contains(&self.stage) {
            return Ok(());
        }
        Err(Refusal::new("penalty.wrong-stage", "B23").with_code("stage", self.stage))
    }
}

fn told(bar: NoticeBar) -> Refusal {
    match bar {
        NoticeBar::Late(last) => {
            Refusal::new("penalty.answer-late", "B23").at("statement").with("last", last)
        }
        NoticeBar::NoHearingAsked => Refusal::new("penalty.no-hearing-asked", "B23"),
        NoticeBar::HearingNotHeld => Refusal::new("penalty.hearing-not-held", "B23"),
        NoticeBar::Awaited(last) => Refusal::new("penalty.answer-awaited", "B23").with("last", last),
    }
}

/// How heavy a penalty is. A stop of activity is told in days and runs from its decision: the time of the notice and of a
/// hearing neither shortens nor lengthens it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// What.
    pub kind: PenaltyKind,
    /// The fine, alone or beside a stop of activity.
    pub amount: Fen,
    /// How many days a stop of activity lasts.
    pub stop_days: Option<i64>,
}

impl Measure {
    /// A penalty that was proposed on a day, with the days of its stop from then on.
    pub fn proposed(kind: PenaltyKind, amount: Fen, on: Date, until: Option<Date>) -> Self {
        Self { kind, amount, stop_days: until.map(|last| days_through(on, last)) }
    }

    /// The penalty when it is decided on a day; the last day of a stop is counted from it.
    ///
    /// # Errors
    /// A stop without days, days without a stop, or an amount that is none (B23, B37).
    pub fn decided(&self, on: Date) -> Result<Penalty, Vec<Refusal>> {
        let days = Refusal::new("penalty.stop-days", "B23").at("stop_days");
        let until = match (self.kind, self.stop_days) {
            (PenaltyKind::Suspension, Some(count)) if count > 0 => {
                Some(last_day(on, count).ok_or_else(|| vec![days])?)
            }
            (PenaltyKind::Suspension, _) | (_, Some(_)) => return Err(vec![days]),
            _ => None,
        };
        let penalty = Penalty { kind: self.kind, amount: self.amount, imposed_on: on, until };
        let faults = penalty.check(on);
        if faults.is_empty() { Ok(penalty) } else { Err(faults) }
    }

    /// Everything in which this is heavier than what the organisation was told, each at its field. Whoever defends itself
    /// is not punished harder for it; and a penalty that was not told is none.
    pub fn heavier_than(&self, noticed: &Self, is_stated: bool) -> Vec<Refusal> {
        let mut faults = Vec::new();
        let fields = [
            ("kind", self.kind > noticed.kind),
            ("amount", self.amount > noticed.amount),
            ("stop_days", self.kind == noticed.kind && self.stop_days > noticed.stop_days),
        ];
        for (field, _) in fields.into_iter().filter(|(_, is_heavier)| *is_heavier) {
            let refusal = if is_stated {
                Refusal::new("penalty.heavier-after-statement", "B23")
            } else {
                Refusal::new("penalty.heavier-than-noticed", "B23")
            };
            faults.push(refusal.at(field));
        }
        faults
    }

    /// Whether the organisation may ask for a hearing: on a stop of activity, and on a larger fine or confiscation.
    pub fn gives_hearing(&self, confiscated: Fen, rules: Rules<'_>) -> bool {
        self.kind == PenaltyKind::Suspension
            || self.amount >= rules.money(RuleKey::PenaltyHearingFineMin)
            || confiscated >= rules.money(RuleKey::PenaltyHearingConfiscationMin)
    }
}

/// How many days from one day through another, both counted.
pub fn days_through(first: Date, last: Date) -> i64 {
    first.until(last).map_or(0, |span| i64::from(span.get_days())) + 1
}

/// The last of so many days from `first` on, which counts; none beyond the calendar.
pub fn last_day(first: Date, count: i64) -> Option<Date> {
    first.checked_add(Span::new().try_days(count.checked_sub(1)?).ok()?).ok()
}

/// The last days that a notice sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastDays {
    /// For any answer; no decision before it is over.
    pub answer_by: Date,
    /// For asking for a hearing; none where the penalty gives no right to one.
    pub hearing_by: Option<Date>,
}

impl LastDays {
    /// Counted from the day of the notice, which does not count.
    ///
    /// # Errors
    /// Beyond the published calendar (E12).
    pub fn of(
        rules: Rules<'_>,
        calendar: &Calendar,
        told_on: Date,
        gives_hearing: bool,
    ) -> Result<Self, Refusal> {
        let last = |rule| rules.deadline(calendar, rule, told_on).map(|found| found.due);
        let statement = last(RuleKey::PenaltyStatementDays)?;
        let hearing_by = gives_hearing.then(|| last(RuleKey::PenaltyHearingRequestDays)).transpose()?;
        Ok(Self { answer_by: hearing_by.map_or(statement, |day| day.max(statement)), hearing_by })
    }
}

#[cfg(test)]
#[path = "penalty_case_tests.rs"]
mod tests;
