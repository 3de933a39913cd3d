//! How a place on a list ends: applied for, verified, and decided by another person (B36, B37).

use super::case::check_other_person;
use super::clock::{ListingFact, serious_may_end_on};
use super::ground::CreditList;
use crate::coded;
use crate::kernel::{Date, PersonId, Refusal, Rules};

coded! {
    /// How far a removal has come.
    pub enum RemovalStage as "removal_stage" {
        /// The organisation applied.
        Applied = "applied",
        /// An officer found that what led to the place is mended.
        Verified = "verified",
        /// Off the list.
        Removed = "removed",
        /// Not mended, or not yet to be removed.
        Refused = "refused",
    }
}

/// Refuses a removal before its time: a serious place lasts two years, mended or not (B37).
///
/// # Errors
/// The first day on which it may end.
pub fn check_time(one: &ListingFact, today: Date, rules: Rules<'_>) -> Result<(), Refusal> {
    if one.list == CreditList::Abnormal {
        return Ok(());
    }
    match serious_may_end_on(one.listed_at, rules) {
        Some(first) if first <= today => Ok(()),
        Some(first) => Err(Refusal::new("credit.serious-too-early", "B37").with("first", first)),
        None => Err(Refusal::new("credit.serious-too-early", "B37").with("first", one.listed_at.date())),
    }
}

/// Whether `decider` may remove what `verifier` verified (B36, C14).
///
/// # Errors
/// Not verified, or verified by the same person.
pub fn may_be_removed(
    stage: RemovalStage,
    verifier: Option<PersonId>,
    decider: Option<PersonId>,
) -> Result<(), Refusal> {
    if stage != RemovalStage::Verified {
        return Err(Refusal::new("credit.not-verified", "B36").with_code("stage", stage));
    }
    check_other_person(verifier, decider)
}

#[cfg(test)]
mod tests {
    use super::super::ground::ListingGround;
    use super::*;
    use crate::kernel::Moment;
    use crate::specimen::{book, day};

    #[test]
    fn a_serious_place_lasts_two_years_and_an_abnormal_one_until_it_is_mended() {
        let listed_at = Moment::beijing(day(2024, 3, 2), 10, 0);
        let place =
            |list| ListingFact { list, ground: ListingGround::OtherSerious, listed_at, removed_at: None };
        let code = |list, on| check_time(&place(list), on, book().on(on)).map_err(|refusal| refusal.code);
        assert_eq!(code(CreditList::Abnormal, day(2024, 3, 3)), Ok(()));
        assert_eq!(code(CreditList::Serious, day(2026, 3, 1)), Err("credit.serious-too-early"));
        assert_eq!(code(CreditList::Serious, day(2026, 3, 2)), Ok(()));
    }

    #[test]
    fn who_verified_does_not_remove() {
        let (one, other) = (Some(PersonId(1)), Some(PersonId(2)));
        let code = |stage, by| may_be_removed(stage, one, by).map_err(|refusal| refusal.code);
        assert_eq!(code(RemovalStage::Verified, other), Ok(()));
        assert_eq!(code(RemovalStage::Verified, one), Err("credit.same-person"));
        assert_eq!(code(RemovalStage::Applied, other), Err("credit.not-verified"));
    }
}
