//! The one course of every application of a registered organisation: handed in, returned once with every defect,
//! taken up by an officer or by silence, reviewed, and decided by another person (B9, C14, S10).
//!
//! Recognition as a charity, public fundraising, a change and a cancellation go it; each has its own stages before and
//! after, which `OnCourse` maps to the places here. `condition` is what of an application is explained and checked
//! point by point.

pub mod condition;

pub use condition::{Checked, Said, denial_grounds};

use crate::coded;
use crate::kernel::{Calendar, Date, Finding, Moment, PersonId, Refusal, RuleKey, Rules};

/// A place on the course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Handed in: the days for a notice of correction run.
    Applied,
    /// Back with the organisation, once.
    Returned,
    /// Taken up: the days for the decision run.
    Accepted,
    /// An officer gave an opinion.
    Reviewed,
}

/// A stage of an application that goes this course and has ends of its own.
pub trait OnCourse: Copy {
    /// Its place on the course; none when it has left it.
    fn place(self) -> Option<Place>;
    /// The stage at this place.
    fn at(place: Place) -> Self;
    /// That it does not stand where a step needs it.
    fn wrong_stage(self) -> Refusal;
    /// That every defect was told before (B9).
    fn corrected_once() -> Refusal;
}

/// What somebody does with an application on its course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The organisation hands a corrected one in.
    Resubmit,
    /// An officer takes it up, or silence does.
    Accept,
    /// An officer tells every defect, once.
    Correct,
    /// An officer gives an opinion.
    Review,
    /// The director asks for a new opinion.
    SendBack,
}

impl Step {
    /// The stage after this step.
    ///
    /// # Errors
    /// The application does not stand there, or was corrected once already (B9).
    pub fn from<S: OnCourse>(self, stage: S, is_corrected: bool) -> Result<S, Refusal> {
        let next = match (self, stage.place()) {
            (Self::Correct, Some(Place::Applied)) if is_corrected => return Err(S::corrected_once()),
            (Self::Correct, Some(Place::Applied)) => Place::Returned,
            (Self::Resubmit, Some(Place::Returned)) => Place::Applied,
            (Self::Accept, Some(Place::Applied)) | (Self::SendBack, Some(Place::Reviewed)) => Place::Accepted,
            (Self::Review, Some(Place::Accepted)) => Place::Reviewed,
            _ => return Err(stage.wrong_stage()),
        };
        Ok(S::at(next))
    }
}

coded! {
    /// How far the taking up of a case has come, where its row keeps it apart from its stage.
    pub enum Intake as "intake" {
        /// Handed in and not looked at.
        Received = "received",
        /// Back with the organisation, once.
        Returned = "returned",
        /// Taken up by an officer, or by silence.
        Accepted = "accepted",
        /// The organisation took it back.
        Withdrawn = "withdrawn",
    }
}

impl Intake {
    /// The place of a case that has no opinion yet; one from before its taking up was kept counts as taken up. None
    /// when it was taken back.
    pub fn place(kept: Option<Self>) -> Option<Place> {
        match kept {
            Some(Self::Received) => Some(Place::Applied),
            Some(Self::Returned) => Some(Place::Returned),
            Some(Self::Accepted) | None => Some(Place::Accepted),
            Some(Self::Withdrawn) => None,
        }
    }

    /// How far the taking up has come at this place.
    pub fn at(place: Place) -> Self {
        match place {
            Place::Applied => Self::Received,
            Place::Returned => Self::Returned,
            Place::Accepted | Place::Reviewed => Self::Accepted,
        }
    }
}

/// Whether an application may be taken back: until it is decided.
///
/// # Errors
/// It has left the course.
pub fn may_withdraw<S: OnCourse>(stage: S) -> Result<(), Refusal> {
    if stage.place().is_some() { Ok(()) } else { Err(stage.wrong_stage()) }
}

/// Why a step that needs a case to be taken up is not possible before.
pub fn not_accepted(intake: Intake) -> Refusal {
    Refusal::new("course.not-accepted", "B9").with_code("intake", intake)
}

/// That every defect of a change or a cancellation was told before.
pub fn corrected_once() -> Refusal {
    Refusal::new("course.corrected-once", "B9")
}

/// The day from which an application counts as taken up because the office stayed silent: the day of its last
/// receipt, once the days for a notice are over (B9). `None` while they run.
///
/// # Errors
/// Beyond the published calendar (E12).
pub fn silent_from(
    received_on: Date,
    now: Moment,
    rules: Rules<'_>,
    calendar: &Calendar,
) -> Result<Option<Date>, Refusal> {
    let limit = rules.deadline(calendar, RuleKey::CorrectionWorkingDays, received_on)?;
    Ok(limit.has_passed(now).then_some(received_on))
}

/// Whether defects may still be told: silence has not taken the application up (B9).
///
/// # Errors
/// `course.accepted-by-silence`.
pub fn may_tell_defects(silent_from: Option<Date>, rules: Rules<'_>) -> Result<(), Refusal> {
    match silent_from {
        Some(from) => Err(Refusal::new("course.accepted-by-silence", "B9")
            .with("from", from)
            .with("days", rules.number(RuleKey::CorrectionWorkingDays))),
        None => Ok(()),
    }
}

/// Whether the decision holds against its grounds: what is asked for only when there is none, a denial only on one,
/// and another person than the one whose opinion it follows (CL22, C14). `groundless` says that a denial has none.
///
/// # Errors
/// Decided by the reviewer; granted against a ground; denied without one.
pub fn decide(
    is_granted: bool,
    grounds: &[Finding],
    (reviewer, decider): (Option<PersonId>, Option<PersonId>),
    groundless: Refusal,
) -> Result<(), Refusal> {
    super::change::other_person(reviewer, decider)?;
    match grounds.iter().find_map(Finding::refusal) {
        Some(refusal) if is_granted => Err(refusal),
        None if !is_granted => Err(groundless),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Fact;
    use crate::specimen::{calendar, day, rules};

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    struct Bare(Option<Place>);

    impl OnCourse for Bare {
        fn place(self) -> Option<Place> {
            self.0
        }
        fn at(place: Place) -> Self {
            Self(Some(place))
        }
        fn wrong_stage(self) -> Refusal {
            not_accepted(Intake::Received)
        }
        fn corrected_once() -> Refusal {
            corrected_once()
        }
    }

    #[test]
    fn an_application_goes_from_step_to_step_and_no_other_way() {
        use Place as P;
        use Step as T;
        let steps = [T::Resubmit, T::Accept, T::Correct, T::Review, T::SendBack];
        let allowed = [
            (P::Applied, T::Accept, P::Accepted),
            (P::Applied, T::Correct, P::Returned),
            (P::Returned, T::Resubmit, P::Applied),
            (P::Accepted, T::Review, P::Reviewed),
            (P::Reviewed, T::SendBack, P::Accepted),
        ];
        for place in [P::Applied, P::Returned, P::Accepted, P::Reviewed] {
            for step in steps {
                let expected = allowed.iter().find(|(at, by, _)| *at == place && *by == step);
                let found = step.from(Bare(Some(place)), false).ok();
                assert_eq!(found, expected.map(|(_, _, to)| Bare(Some(*to))), "{place:?} {step:?}");
            }
        }
        for step in steps {
            assert!(step.from(Bare(None), false).is_err(), "what has left the course does not come back");
        }
        let again = T::Correct.from(Bare(Some(P::Applied)), true).err().map(|refusal| refusal.code);
        assert_eq!(again, Some("course.corrected-once"));
        assert!(T::Accept.from(Bare(Some(P::Applied)), true).is_ok(), "a corrected one is taken up");
    }

    #[test]
    fn what_is_kept_apart_is_the_same_place() {
        for place in [Place::Applied, Place::Returned, Place::Accepted] {
            assert_eq!(Intake::place(Some(Intake::at(place))), Some(place));
            assert!(may_withdraw(Bare(Some(place))).is_ok());
        }
        assert_eq!(Intake::at(Place::Reviewed), Intake::Accepted);
        assert_eq!(Intake::place(None), Some(Place::Accepted), "cases from before are under review");
        assert_eq!(Intake::place(Some(Intake::Withdrawn)), None);
        assert!(may_withdraw(Bare(None)).is_err());
    }

    #[test]
    fn silence_takes_up_from_the_day_of_receipt_and_ends_the_time_for_a_correction() {
        // Friday 13 February 2026: the fifth working day after the festival is the 27th (B13).
        let received = day(2026, 2, 13);
        for (today, expected, told) in [
            (day(2026, 2, 13), None, ""),
            (day(2026, 2, 27), None, ""),
            (day(2026, 2, 28), Some(received), "course.accepted-by-silence"),
        ] {
            let now = Moment::beijing(today, 9, 0);
            let found = silent_from(received, now, rules(), calendar());
            assert_eq!(found, Ok(expected), "{now:?}");
            let refusal = may_tell_defects(expected, rules()).err();
            assert_eq!(refusal.as_ref().map_or("", |refusal| refusal.code), told);
            let days = refusal.map(|refusal| refusal.facts.contains(&("days", Fact::Number(5))));
            assert_ne!(days, Some(false), "the days are those of the rule book");
        }
    }
}
