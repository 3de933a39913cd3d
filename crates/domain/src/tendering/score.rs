//! Scores: each member alone gives each bid points within each criterion's weight, and locks them (C40,
//! C46). Points are whole hundredths, so that a score of 17.25 is 1725 and no decimal is ever stored.
//!
//! Locked scores change on four grounds only; "we meant something else" is not among them.

use super::scoring_table::{Criterion, CriterionKind, ScoringTable};
use crate::coded;
use crate::kernel::{BidId, Refusal, RuleKey, Rules, SeatId};

/// Hundredths in a point.
pub const HUNDREDTHS: i64 = 100;

coded! {
    /// The only grounds on which a locked score may be corrected (C46).
    pub enum ScoreCorrectionGround as "score_correction_ground" {
        /// An item was scored outside its range.
        OutOfRange = "out_of_range",
        /// Items were added up wrongly.
        WrongSum = "wrong_sum",
        /// Members differ on an objective factor.
        ObjectiveDiffers = "objective_differs",
        /// The committee finds a score clearly too high or too low.
        Extreme = "extreme",
    }
}

/// One score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The criterion's position in the table.
    pub position: u32,
    /// Hundredths of a point.
    pub points_hundredths: i64,
    /// Why; needed at the edges.
    pub reason: String,
}

/// One member's scores of one bid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Whose.
    pub seat: SeatId,
    /// Of which bid.
    pub bid: BidId,
    /// One for each criterion but price.
    pub entries: Vec<Entry>,
}

impl Sheet {
    /// All points, in hundredths; saturates.
    pub fn total_hundredths(&self) -> i64 {
        self.entries.iter().fold(0_i64, |sum, entry| sum.saturating_add(entry.points_hundredths))
    }

    fn points(&self, position: u32) -> Option<i64> {
        self.entries.iter().find(|entry| entry.position == position).map(|entry| entry.points_hundredths)
    }
}

/// Checks one score: within its range, and with a reason at the edges.
pub fn check_entry(entry: &Entry, criterion: &Criterion, rules: Rules<'_>) -> Result<(), Refusal> {
    let at = |code, rule| Refusal::new(code, rule).at(format!("scores.{}", entry.position));
    if criterion.kind == CriterionKind::Price {
        return Err(at("tendering.price-scored-by-hand", "C43"));
    }
    let (points, most) = (entry.points_hundredths, criterion.weight_points.saturating_mul(HUNDREDTHS));
    if !(0..=most).contains(&points) {
        return Err(at("tendering.score-out-of-range", "C46")
            .with("points_hundredths", points)
            .with("most", criterion.weight_points));
    }
    let is_low = !rules.ratio(RuleKey::ScoreReasonLow).at_least(points, most);
    let is_high = !rules.ratio(RuleKey::ScoreReasonHigh).at_most(points, most);
    // Counting facts leaves nothing to explain; judging does.
    if (is_low || is_high) && !criterion.is_objective && entry.reason.trim().is_empty() {
        return Err(at("tendering.score-reason-missing", "C46").with("points_hundredths", points));
    }
    Ok(())
}

/// Everything that keeps a sheet from being locked; empty when it may be.
pub fn problems(sheet: &Sheet, table: &ScoringTable, rules: Rules<'_>) -> Vec<Refusal> {
    let mut found = Vec::new();
    for criterion in table.scored() {
        let mut own = sheet.entries.iter().filter(|entry| entry.position == criterion.position);
        match (own.next(), own.next()) {
            (Some(entry), None) => found.extend(check_entry(entry, criterion, rules).err()),
            _ => {
                let refusal = Refusal::new("tendering.score-missing", "C46");
                found.push(refusal.at(format!("scores.{}", criterion.position)));
            }
        }
    }
    for entry in &sheet.entries {
        match table.at(entry.position) {
            None => found.push(
                Refusal::new("tendering.score-of-no-criterion", "C46")
                    .at(format!("scores.{}", entry.position)),
            ),
            Some(criterion) if criterion.kind == CriterionKind::Price => {
                found.extend(check_entry(entry, criterion, rules).err());
            }
            Some(_) => {}
        }
    }
    found
}

/// Locks a sheet for good.
pub fn lock(
    sheet: &Sheet,
    is_locked: bool,
    table: &ScoringTable,
    rules: Rules<'_>,
) -> Result<(), Vec<Refusal>> {
    if is_locked {
        return Err(vec![Refusal::new("tendering.score-locked", "C46")]);
    }
    let found = problems(sheet, table, rules);
    if found.is_empty() { Ok(()) } else { Err(found) }
}

/// A bid and a criterion on which something is to be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The bid.
    pub bid: BidId,
    /// The criterion's position.
    pub position: u32,
}

/// Where members differ on an objective factor; ranking waits until none is left (C46).
pub fn objective_differences(sheets: &[Sheet], table: &ScoringTable) -> Vec<Spot> {
    let objective = table.scored().filter(|criterion| criterion.is_objective);
    objective
        .flat_map(|criterion| spots(sheets, criterion.position))
        .filter(|(_, points)| {
            points.iter().any(|(_, other)| points.first().is_some_and(|(_, first)| first != other))
        })
        .map(|(spot, _)| spot)
        .collect()
}

/// Scores that lie further from their mean than the rule allows without remark (C46).
pub fn deviations(sheets: &[Sheet], table: &ScoringTable, rules: Rules<'_>) -> Vec<(Spot, SeatId)> {
    let ratio = rules.ratio(RuleKey::DeviationWarning);
    let mut found = Vec::new();
    for criterion in table.scored() {
        for (spot, points) in spots(sheets, criterion.position) {
            let count = i64::try_from(points.len()).unwrap_or(i64::MAX);
            let sum = points.iter().fold(0_i64, |sum, (_, points)| sum.saturating_add(*points));
            let is_far = |points: i64| {
                !ratio.at_most(points.saturating_mul(count).saturating_sub(sum).saturating_abs(), sum)
            };
            found.extend(points.iter().filter(|(_, points)| is_far(*points)).map(|(seat, _)| (spot, *seat)));
        }
    }
    found
}

/// A correction that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// On which ground.
    pub ground: ScoreCorrectionGround,
    /// The score as it stands, in hundredths.
    pub before: i64,
    /// The score as it should stand.
    pub after: i64,
    /// What the other members gave on the same spot.
    pub others: Vec<i64>,
    /// Whether the majority of the committee voted for it.
    pub has_majority: bool,
    /// Why, in words.
    pub reason: String,
}

/// Allows a correction only when its ground is really there.
///
/// This program adds up by itself, so a sum can only be wrong where a member added up sub-items on paper
/// and typed the result. Nothing on record proves that; so the ground asks for the same as an extreme
/// score: the majority of the committee must have doubted that very score. A change to the same value is
/// no correction on any ground.
pub fn correct(correction: &Correction, criterion: &Criterion) -> Result<(), Refusal> {
    let refusal = |code| Refusal::new(code, "C46").with_code("ground", correction.ground);
    let range = 0..=criterion.weight_points.saturating_mul(HUNDREDTHS);
    if correction.reason.trim().is_empty() {
        return Err(refusal("tendering.correction-reason-missing").at("reason"));
    }
    if !range.contains(&correction.after) {
        return Err(refusal("tendering.score-out-of-range").at("after"));
    }
    let is_there = match correction.ground {
        ScoreCorrectionGround::OutOfRange => !range.contains(&correction.before),
        ScoreCorrectionGround::WrongSum => correction.has_majority,
        ScoreCorrectionGround::ObjectiveDiffers => {
            criterion.is_objective
                && correction.others.iter().any(|other| *other != correction.before)
                && correction.others.contains(&correction.after)
        }
        ScoreCorrectionGround::Extreme => correction.has_majority && !criterion.is_objective,
    };
    if is_there && correction.before != correction.after {
        return Ok(());
    }
    Err(refusal("tendering.correction-ground-absent").at("ground"))
}

/// The scores of each bid on one criterion, bids in order of id.
fn spots(sheets: &[Sheet], position: u32) -> Vec<(Spot, Vec<(SeatId, i64)>)> {
    let mut bids: Vec<BidId> = sheets.iter().map(|sheet| sheet.bid).collect();
    bids.sort();
    bids.dedup();
    let of = |bid: BidId| {
        let own = sheets.iter().filter(|sheet| sheet.bid == bid);
        own.filter_map(|sheet| sheet.points(position).map(|points| (sheet.seat, points))).collect()
    };
    bids.into_iter().map(|bid| (Spot { bid, position }, of(bid))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::scoring_table::tests::table;
    use super::*;
    use crate::specimen::rules;

    fn entry(position: u32, points_hundredths: i64, reason: &str) -> Entry {
        Entry { position, points_hundredths, reason: reason.to_owned() }
    }

    fn sheet(seat: i64, plan: i64, staff: i64, talk: i64) -> Sheet {
        let entries = vec![entry(2, plan, ""), entry(3, staff, ""), entry(4, talk, "")];
        Sheet { seat: SeatId(seat), bid: BidId(1), entries }
    }

    fn check(position: u32, points: i64, reason: &str, expected: Option<&str>) {
        let table = table();
        let found = check_entry(&entry(position, points, reason), table.at(position).unwrap(), rules());
        assert_eq!(found.err().map(|refusal| refusal.code), expected, "{points}");
    }

    #[test]
    fn a_score_lies_in_its_range_and_gives_reasons_at_the_edges() {
        check(2, 3_000, "", None);
        check(2, 2_400, "", None);
        check(2, 2_399, "", Some("tendering.score-reason-missing"));
        check(2, 2_399, "方案欠具体", None);
        check(2, 3_800, "", None);
        check(2, 3_801, "", Some("tendering.score-reason-missing"));
        check(2, 4_001, "x", Some("tendering.score-out-of-range"));
        check(2, -1, "x", Some("tendering.score-out-of-range"));
        check(2, i64::MIN, "x", Some("tendering.score-out-of-range"));
        check(3, 0, "", None);
        check(1, 1_000, "", Some("tendering.price-scored-by-hand"));
    }

    #[test]
    fn a_sheet_locks_when_every_criterion_is_scored_once() {
        let codes = |sheet: &Sheet| -> Vec<_> {
            problems(sheet, &table(), rules()).iter().map(|found| found.code).collect()
        };
        let full = sheet(1, 3_000, 2_000, 1_500);
        assert_eq!(codes(&full), [""; 0]);
        let mut open = full.clone();
        open.entries.pop();
        assert_eq!(codes(&open), ["tendering.score-missing"]);
        let mut odd = full.clone();
        odd.entries.extend([entry(1, 2_000, ""), entry(9, 1, "")]);
        assert_eq!(codes(&odd), ["tendering.price-scored-by-hand", "tendering.score-of-no-criterion"]);
        assert!(lock(&full, false, &table(), rules()).is_ok());
        assert_eq!(lock(&full, true, &table(), rules()).unwrap_err()[0].code, "tendering.score-locked");
        assert_eq!(full.total_hundredths(), 6_500);
    }

    #[test]
    fn members_must_agree_on_facts_and_are_told_when_they_stand_far_apart() {
        let sheets =
            [sheet(1, 3_000, 2_000, 1_500), sheet(2, 3_000, 1_900, 1_500), sheet(3, 3_900, 2_000, 700)];
        assert_eq!(objective_differences(&sheets, &table()), [Spot { bid: BidId(1), position: 3 }]);
        // Presentation: mean 1233.3; 700 is 43 % below it and 1500 is 22 % above.
        assert_eq!(
            deviations(&sheets, &table(), rules()),
            [(Spot { bid: BidId(1), position: 4 }, SeatId(3))]
        );
        assert_eq!(objective_differences(&sheets[..1], &table()), []);
    }

    #[test]
    fn four_grounds_and_no_other_open_a_locked_score() {
        use ScoreCorrectionGround::*;
        let verdict = |position, ground, before, after, others: &[i64], has_majority| {
            let reason = "复核".to_owned();
            let correction =
                Correction { ground, before, after, others: others.to_vec(), has_majority, reason };
            correct(&correction, table().at(position).unwrap()).err().map(|refusal| refusal.code)
        };
        let absent = Some("tendering.correction-ground-absent");
        assert_eq!(verdict(2, OutOfRange, 4_100, 4_000, &[], false), None);
        assert_eq!(verdict(2, OutOfRange, 3_900, 4_000, &[], true), absent);
        assert_eq!(verdict(3, ObjectiveDiffers, 1_900, 2_000, &[2_000, 2_000], false), None);
        assert_eq!(verdict(3, ObjectiveDiffers, 2_000, 1_000, &[2_000, 2_000], false), absent);
        assert_eq!(verdict(2, ObjectiveDiffers, 1_900, 2_000, &[2_000], false), absent);
        assert_eq!(verdict(2, WrongSum, 3_000, 3_100, &[], false), absent);
        assert_eq!(verdict(2, WrongSum, 3_000, 3_100, &[3_100, 3_100], false), absent);
        assert_eq!(verdict(2, WrongSum, 3_000, 3_100, &[], true), None);
        assert_eq!(verdict(3, WrongSum, 1_900, 2_000, &[], true), None);
        assert_eq!(verdict(2, WrongSum, 3_000, 3_000, &[], true), absent);
        assert_eq!(verdict(2, WrongSum, 3_000, 4_001, &[], true), Some("tendering.score-out-of-range"));
        assert_eq!(verdict(3, ObjectiveDiffers, 1_900, 1_900, &[2_000, 1_900], false), absent);
        assert_eq!(verdict(2, Extreme, 2_000, 2_000, &[], true), absent);
        assert_eq!(verdict(2, Extreme, 100, 2_000, &[], true), None);
        assert_eq!(verdict(2, Extreme, 100, 2_000, &[], false), absent);
        assert_eq!(verdict(2, Extreme, 100, 4_001, &[], true), Some("tendering.score-out-of-range"));
    }
}
