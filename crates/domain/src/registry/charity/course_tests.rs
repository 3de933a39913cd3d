//! The steps of a recognition as tables.

use super::*;
use crate::kernel::Coded;
use crate::specimen::day;

const STEPS: [Step; 7] =
    [Step::Withdraw, Step::Recognise, Step::Deny, Step::Notice, Step::Answer, Step::Annul, Step::Keep];

#[test]
fn an_application_goes_from_step_to_step_and_no_other_way() {
    use CharityStage as S;
    use Step as T;
    let allowed = [
        (S::Applied, T::Withdraw, S::Withdrawn),
        (S::Returned, T::Withdraw, S::Withdrawn),
        (S::Accepted, T::Withdraw, S::Withdrawn),
        (S::Reviewed, T::Recognise, S::Recognised),
        (S::Reviewed, T::Deny, S::Denied),
        (S::Reviewed, T::Withdraw, S::Withdrawn),
        (S::Recognised, T::Notice, S::Noticed),
        (S::Noticed, T::Answer, S::Answered),
        (S::Noticed, T::Annul, S::Annulled),
        (S::Noticed, T::Keep, S::Recognised),
        (S::Answered, T::Annul, S::Annulled),
        (S::Answered, T::Keep, S::Recognised),
    ];
    for stage in S::ALL {
        for step in STEPS {
            let expected = allowed.iter().find(|(at, by, _)| at == stage && *by == step);
            let found = step.from(*stage).ok();
            assert_eq!(found, expected.map(|(_, _, to)| *to), "{stage:?} {step:?}");
        }
        assert!(!(stage.is_open() && stage.is_in_force()));
        assert_eq!(stage.place().map_or(*stage, S::at), *stage, "its place on the course is its own");
    }
    let again = course::Step::Correct.from(S::Applied, true).err().map(|refusal| refusal.code);
    assert_eq!(again, Some("charity.corrected-once"));
}

#[test]
fn a_recognition_needs_every_condition_and_a_denial_one_that_is_not_met() {
    let (one, two) = (Some(PersonId(1)), Some(PersonId(2)));
    let met = Finding::met("registry.alive", "C17");
    let listed = Finding::barred("registry.on-no-list", "B38");
    let sound = Checked { condition: CharityCondition::Finance, is_met: true };
    let unsound = Checked { is_met: false, ..sound };
    for (is_recognised, known, checked, added, decider, expected) in [
        (true, &met, sound, &[][..], two, ""),
        (true, &met, sound, &[][..], one, "change.same-person"),
        (true, &listed, sound, &[][..], two, "registry.on-no-list"),
        (true, &met, unsound, &[][..], two, "charity.condition"),
        (false, &met, sound, &[][..], two, "charity.ground-missing"),
        (false, &met, sound, &[CharityCondition::Charter][..], two, ""),
        (false, &met, unsound, &[][..], two, ""),
        (false, &listed, sound, &[][..], two, ""),
    ] {
        let grounds = denial_grounds(std::slice::from_ref(known), &[checked], added);
        let code = decide(is_recognised, &grounds, one, decider).err().map_or("", |refusal| refusal.code);
        assert_eq!(code, expected, "{is_recognised} {grounds:?}");
    }
    let twice = denial_grounds(&[], &[unsound], &[CharityCondition::Finance]);
    assert_eq!(twice.len(), 1, "a ground is told once");
}

#[test]
fn the_days_are_extended_once_and_before_their_end() {
    use CharityStage::{Accepted, Applied, Recognised, Reviewed};
    let due = Some(day(2026, 9, 30));
    for (stage, due, is_extended, today, expected) in [
        (Accepted, due, false, day(2026, 9, 30), ""),
        (Reviewed, due, false, day(2026, 9, 20), ""),
        (Accepted, due, false, day(2026, 10, 1), "charity.term-over"),
        (Accepted, due, true, day(2026, 9, 20), "charity.extended-before"),
        (Accepted, None, false, day(2026, 9, 20), "charity.paused-already"),
        (Applied, due, false, day(2026, 9, 20), "charity.wrong-stage"),
        (Recognised, due, false, day(2026, 9, 20), "charity.wrong-stage"),
    ] {
        let code = may_extend(stage, due, is_extended, today).err().map_or("", |refusal| refusal.code);
        assert_eq!(code, expected, "{stage:?} {today}");
    }
}

#[test]
fn whoever_deceived_is_heard_first_and_another_person_decides() {
    use CharityStage::{Answered, Noticed, Recognised};
    let (one, two) = (Some(PersonId(1)), Some(PersonId(2)));
    let (last, late) = (day(2026, 9, 20), day(2026, 9, 21));
    let of = |stage| Annulment { stage, noticed_by: one, answer_by: Some(last) };
    for (stage, decider, on, expected) in [
        (Recognised, two, late, "charity.wrong-stage"),
        (Noticed, two, last, "charity.answer-awaited"),
        (Noticed, two, late, ""),
        (Noticed, one, late, "change.same-person"),
        (Answered, two, last, ""),
        (Answered, one, last, "change.same-person"),
    ] {
        for is_annulled in [true, false] {
            let code = of(stage).may_be_decided(is_annulled, decider, on).err().map_or("", |no| no.code);
            assert_eq!(code, expected, "{stage:?} {on}");
        }
    }
    for (stage, on, expected) in [
        (Noticed, last, ""),
        (Noticed, late, "charity.answer-late"),
        (Answered, last, "charity.wrong-stage"),
        (Recognised, last, "charity.wrong-stage"),
    ] {
        let code = of(stage).may_be_answered(on).err().map_or("", |refusal| refusal.code);
        assert_eq!(code, expected, "{stage:?} {on}");
    }
}
