//! The award: the purchaser decides in ranked order, the result is public, and only then the award notice
//! goes out (C24, C25, C58).
//!
//! No function here takes a supplier as a wish. The chosen bid is always the first of the ranking that has
//! not fallen away for one of the grounds below; anything else is designation (S67, S69).

use super::procedure::Procedure;
use super::stage::Stage;
use crate::coded;
use crate::kernel::{BidId, Calendar, Date, Deadline, Moment, PersonId, Refusal, RuleKey, Rules};
use crate::registry::Eligibility;

coded! {
    /// Why a better-ranked candidate is passed over.
    pub enum PassedOverGround as "passed_over_ground" {
        /// It refuses to sign (C58).
        Refused = "refused",
        /// It is no longer eligible (C17).
        Ineligible = "ineligible",
        /// Its collusion or fraud was proven (C34).
        Fraud = "fraud",
        /// A challenge against it was upheld (C61).
        ChallengeUpheld = "challenge_upheld",
    }
}

/// A candidate passed over, with its reason on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassedOver {
    /// Which bid.
    pub bid: BidId,
    /// On which ground.
    pub ground: PassedOverGround,
    /// Why, in words.
    pub reason: String,
}

/// The competition as it stands when the purchaser decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Competition<'a> {
    /// Where the tender stands.
    pub stage: Stage,
    /// The ranking, first place first.
    pub order: &'a [BidId],
    /// Who fell away.
    pub passed_over: &'a [PassedOver],
    /// The members of the committee.
    pub panel: &'a [PersonId],
}

/// The one bid that may be chosen now; `None` when all have fallen away.
pub fn candidate(order: &[BidId], passed_over: &[PassedOver]) -> Option<BidId> {
    order.iter().copied().find(|bid| passed_over.iter().all(|passed| passed.bid != *bid))
}

/// Decides for a bid and makes the result public. `eligibility` is the candidate's as of today (C17).
pub fn decide(
    competition: &Competition<'_>,
    chosen: BidId,
    eligibility: &Eligibility,
    decider: PersonId,
) -> Result<Stage, Refusal> {
    competition.stage.expect(Stage::Ranked)?;
    if competition.panel.contains(&decider) {
        return Err(Refusal::new("tendering.decided-by-panel", "C14"));
    }
    if !competition.order.contains(&chosen) {
        return Err(Refusal::new("tendering.award-without-competition", "S67").with("bid", chosen.0));
    }
    if let Some(passed) = competition.passed_over.iter().find(|passed| passed.reason.trim().is_empty()) {
        return Err(Refusal::new("tendering.passed-over-reason-missing", "C24")
            .at("reason")
            .with("bid", passed.bid.0));
    }
    let expected = candidate(competition.order, competition.passed_over)
        .ok_or_else(|| Refusal::new("tendering.no-candidate-left", "C58"))?;
    if chosen != expected {
        return Err(Refusal::new("tendering.award-out-of-order", "C24")
            .with("bid", chosen.0)
            .with("first", expected.0));
    }
    eligibility.require()?;
    competition.stage.advance(Stage::Publicised)
}

/// How long the purchaser has to decide, from the day of the review report (C24).
pub fn decision_deadline(
    reported: Date,
    procedure: &Procedure,
    rules: Rules<'_>,
    calendar: &Calendar,
) -> Result<Deadline, Refusal> {
    rules.deadline(calendar, procedure.decision_period, reported)
}

/// How long the result stays public before the award, from the day of its publication (C18).
pub fn result_deadline(
    published: Date,
    procedure: &Procedure,
    rules: Rules<'_>,
    calendar: &Calendar,
) -> Result<Deadline, Refusal> {
    rules.deadline(calendar, procedure.result_period, published)
}

/// How soon result and award notice must be out after the decision (C25).
pub fn notice_deadline(decided: Date, rules: Rules<'_>, calendar: &Calendar) -> Result<Deadline, Refusal> {
    rules.deadline(calendar, RuleKey::ResultNoticeWorkingDays, decided)
}

/// Sends the award notice, once the result has been public long enough and no challenge is open (C18, C61).
pub fn award(stage: Stage, result: &Deadline, open_challenges: usize, now: Moment) -> Result<Stage, Refusal> {
    stage.expect(Stage::Publicised)?;
    if !result.has_passed(now) {
        return Err(Refusal::new("tendering.result-still-public", "C18").with("until", result.due));
    }
    if open_challenges > 0 {
        return Err(Refusal::new("tendering.challenge-open", "C61").with("count", open_challenges));
    }
    stage.advance(Stage::Awarded)
}

/// Takes a candidate out after the decision: back to the ranking for the next one, or the tender fails when
/// there is none (C58).
pub fn fall_away(
    competition: &Competition<'_>,
    current: BidId,
    ground: PassedOverGround,
    reason: &str,
) -> Result<(PassedOver, Stage), Refusal> {
    if !matches!(competition.stage, Stage::Publicised | Stage::Awarded) {
        return Err(Refusal::new("tendering.wrong-stage", "S69").with_code("stage", competition.stage));
    }
    if candidate(competition.order, competition.passed_over) != Some(current) {
        return Err(Refusal::new("tendering.not-the-candidate", "C58").with("bid", current.0));
    }
    if reason.trim().is_empty() {
        return Err(Refusal::new("tendering.passed-over-reason-missing", "C24").at("reason"));
    }
    let passed = PassedOver { bid: current, ground, reason: reason.trim().to_owned() };
    let mut all = competition.passed_over.to_vec();
    all.push(passed.clone());
    let next = if candidate(competition.order, &all).is_some() { Stage::Ranked } else { Stage::Failed };
    Ok((passed, competition.stage.advance(next)?))
}

#[cfg(test)]
mod tests {
    use super::super::procedure::OPEN_COMPETITION;
    use super::*;
    use crate::kernel::{Coded, Finding};
    use crate::specimen::{calendar, day, rules};

    const ORDER: [BidId; 3] = [BidId(5), BidId(2), BidId(8)];

    fn passed(bid: i64, reason: &str) -> PassedOver {
        PassedOver { bid: BidId(bid), ground: PassedOverGround::Refused, reason: reason.to_owned() }
    }

    fn check(stage: Stage, over: &[PassedOver], chosen: i64, decider: i64, expected: Result<Stage, &str>) {
        let competition = Competition { stage, order: &ORDER, passed_over: over, panel: &[PersonId(1)] };
        let eligible = Eligibility { findings: vec![Finding::met("registry.status-active", "C17")] };
        let found = decide(&competition, BidId(chosen), &eligible, PersonId(decider));
        assert_eq!(found.map_err(|refusal| refusal.code), expected);
    }

    #[test]
    fn the_purchaser_decides_in_ranked_order() {
        check(Stage::Ranked, &[], 5, 9, Ok(Stage::Publicised));
        check(Stage::Ranked, &[], 2, 9, Err("tendering.award-out-of-order"));
        check(Stage::Ranked, &[passed(5, "书面放弃")], 2, 9, Ok(Stage::Publicised));
        check(Stage::Ranked, &[passed(5, " ")], 2, 9, Err("tendering.passed-over-reason-missing"));
        check(
            Stage::Ranked,
            &[passed(5, "x"), passed(2, "x"), passed(8, "x")],
            8,
            9,
            Err("tendering.no-candidate-left"),
        );
        check(Stage::Ranked, &[], 5, 1, Err("tendering.decided-by-panel"));
    }

    #[test]
    fn nobody_is_designated() {
        // S67: a supplier that did not compete. S69: any moment but after a closed competition.
        check(Stage::Ranked, &[], 77, 9, Err("tendering.award-without-competition"));
        for stage in Stage::ALL.iter().filter(|stage| **stage != Stage::Ranked) {
            check(*stage, &[], 5, 9, Err("tendering.wrong-stage"));
        }
    }

    #[test]
    fn a_winner_who_lost_his_standing_is_not_awarded() {
        let competition = Competition { stage: Stage::Ranked, order: &ORDER, passed_over: &[], panel: &[] };
        let barred = Eligibility { findings: vec![Finding::barred("registry.credit-listing", "B38")] };
        let refusal = decide(&competition, BidId(5), &barred, PersonId(9)).unwrap_err();
        assert_eq!(refusal.code, "registry.credit-listing");
    }

    #[test]
    fn the_award_waits_for_three_working_days_and_for_challenges() {
        let result = result_deadline(day(2026, 9, 22), &OPEN_COMPETITION, rules(), calendar()).unwrap();
        assert_eq!(result.due, day(2026, 9, 28));
        let verdict = |date, open| {
            award(Stage::Publicised, &result, open, Moment::start_of(date)).map_err(|no| no.code)
        };
        assert_eq!(verdict(day(2026, 9, 28), 0), Err("tendering.result-still-public"));
        assert_eq!(verdict(day(2026, 9, 29), 0), Ok(Stage::Awarded));
        assert_eq!(verdict(day(2026, 9, 29), 1), Err("tendering.challenge-open"));
        let report = decision_deadline(day(2026, 9, 18), &OPEN_COMPETITION, rules(), calendar()).unwrap();
        assert_eq!(report.due, day(2026, 9, 24));
    }

    #[test]
    fn when_the_winner_refuses_the_next_candidate_follows_until_none_is_left() {
        let over = [passed(5, "x"), passed(2, "x")];
        let competition = |passed_over, stage| Competition { stage, order: &ORDER, passed_over, panel: &[] };
        let ground = PassedOverGround::Refused;
        let (record, stage) = fall_away(&competition(&[], Stage::Awarded), BidId(5), ground, "放弃").unwrap();
        assert_eq!((record.bid, stage), (BidId(5), Stage::Ranked));
        let last = fall_away(&competition(&over, Stage::Awarded), BidId(8), ground, "放弃").unwrap();
        assert_eq!(last.1, Stage::Failed);
        let code = |stage, bid, reason| {
            fall_away(&competition(&[], stage), BidId(bid), ground, reason).unwrap_err().code
        };
        assert_eq!(code(Stage::Awarded, 2, "x"), "tendering.not-the-candidate");
        assert_eq!(code(Stage::Contracted, 5, "x"), "tendering.wrong-stage");
        assert_eq!(code(Stage::Publicised, 5, ""), "tendering.passed-over-reason-missing");
    }
}
