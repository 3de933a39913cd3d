//! The course of an enrolment, step by step.

use super::*;
use crate::kernel::Coded;
use crate::specimen::{day, rules};

const SCORER: PersonId = PersonId(1);
const OTHER: PersonId = PersonId(2);

fn public() -> Position {
    Position {
        stage: EnrolmentStage::Publicised,
        has_partner: true,
        passes: Some(true),
        partner_is_for: Some(true),
        public_until: Some(day(2014, 3, 14)),
        scored_by: Some(SCORER),
    }
}

fn code(answer: Result<(), Refusal>) -> &'static str {
    answer.map_or_else(|no| no.code, |()| "")
}

#[test]
fn a_second_person_confirms_once_publicity_is_over() {
    let (last, next) = (day(2014, 3, 14), day(2014, 3, 15));
    assert_eq!(code(check_confirmation(&public(), last, OTHER)), "cultivation.still-public");
    assert_eq!(code(check_confirmation(&public(), next, OTHER)), "");
    assert_eq!(code(check_confirmation(&public(), next, SCORER)), "cultivation.same-person");
    for stage in EnrolmentStage::ALL.iter().filter(|stage| **stage != EnrolmentStage::Publicised) {
        let other = Position { stage: *stage, ..public() };
        assert_eq!(code(check_confirmation(&other, next, OTHER)), "cultivation.wrong-stage", "{stage:?}");
    }
}

#[test]
fn publicity_waits_for_the_line_and_the_partner() {
    use EnrolmentStage::{Applied, Heard, Scored};
    let cases = [
        (Applied, true, None, None, "cultivation.wrong-stage"),
        (Scored, true, Some(true), None, "cultivation.partner-missing"),
        (Scored, false, Some(true), None, ""),
        (Scored, false, Some(false), None, "cultivation.below-line"),
        (Heard, true, Some(true), Some(true), ""),
        (Heard, true, Some(true), Some(false), "cultivation.partner-against"),
        (Heard, true, Some(false), Some(true), "cultivation.below-line"),
    ];
    for (stage, has_partner, passes, partner_is_for, expected) in cases {
        let position = Position { stage, has_partner, passes, partner_is_for, ..public() };
        assert_eq!(code(check_publicity(&position, rules())), expected, "{position:?}");
    }
}

#[test]
fn a_partner_is_heard_once_after_the_score_where_there_is_one() {
    let scored = Position { stage: EnrolmentStage::Scored, ..public() };
    assert_eq!(code(check_opinion(&scored)), "");
    assert_eq!(code(check_opinion(&Position { has_partner: false, ..scored })), "cultivation.no-partner");
    assert_eq!(code(check_opinion(&public())), "cultivation.wrong-stage");
}

#[test]
fn a_refusal_stands_on_a_ground_that_the_file_bears_out() {
    use RefusalGround::{CriteriaNotMet, FalseMaterial, Objection, OutsideType, PartnerAgainst, Standing};
    let refuse = |position: &Position, ground, reason: &str, is_barred, by| {
        let answer = check_refusal(position, ground, reason, is_barred, by);
        answer.map_or_else(|faults| faults.iter().map(|one| one.code).collect(), |_| Vec::new())
    };
    let unfounded = ["cultivation.ground-unfounded"];
    let below = Position { passes: Some(false), ..public() };
    let against = Position { partner_is_for: Some(false), ..public() };
    assert!(refuse(&below, Some(CriteriaNotMet), "属实", false, OTHER).is_empty());
    assert_eq!(refuse(&public(), Some(CriteriaNotMet), "属实", false, OTHER), unfounded);
    assert!(refuse(&against, Some(PartnerAgainst), "属实", false, OTHER).is_empty());
    assert_eq!(refuse(&public(), Some(PartnerAgainst), "属实", false, OTHER), unfounded);
    assert!(refuse(&public(), Some(Standing), "属实", true, OTHER).is_empty());
    assert_eq!(refuse(&public(), Some(Standing), "属实", false, OTHER), unfounded);
    let scored = Position { stage: EnrolmentStage::Scored, ..public() };
    assert!(refuse(&public(), Some(Objection), "属实", false, OTHER).is_empty());
    assert_eq!(refuse(&scored, Some(Objection), "属实", false, OTHER), unfounded);
    for ground in [OutsideType, FalseMaterial] {
        assert!(refuse(&scored, Some(ground), "属实", false, OTHER).is_empty());
    }
    let both = ["cultivation.ground-missing", "cultivation.reason-missing"];
    assert_eq!(refuse(&public(), None, " ", false, OTHER), both);
    assert_eq!(refuse(&public(), Some(FalseMaterial), "属实", false, SCORER), ["cultivation.same-person"]);
    let over = Position { stage: EnrolmentStage::Enrolled, ..public() };
    assert_eq!(refuse(&over, Some(FalseMaterial), "属实", false, OTHER), ["cultivation.wrong-stage"]);
}

#[test]
fn a_year_is_reviewed_once_and_two_failures_end_it() {
    let (since, today) = (day(2014, 3, 17), day(2016, 1, 8));
    assert_eq!(code(check_review(2013, since, today, &[])), "cultivation.review-year");
    assert_eq!(code(check_review(2017, since, today, &[])), "cultivation.review-year");
    assert_eq!(code(check_review(2014, since, today, &[])), "");
    assert_eq!(code(check_review(2014, since, today, &[2014])), "cultivation.reviewed");
    assert_eq!(exit_of_reviews(1, Moment(0), rules()), None);
    let exit = exit_of_reviews(2, Moment(7), rules());
    assert_eq!(exit, Some(Exit { at: Moment(7), ground: ExitGround::FailedReviews }));
}

#[test]
fn only_what_is_published_or_was_enrolled_is_public() {
    let public: Vec<&str> =
        EnrolmentStage::ALL.iter().filter(|stage| stage.is_public()).map(|stage| stage.code()).collect();
    assert_eq!(public, ["publicised", "enrolled", "exited"]);
    let open = EnrolmentStage::ALL.iter().filter(|stage| stage.is_open()).count();
    assert_eq!(open, 4);
}
