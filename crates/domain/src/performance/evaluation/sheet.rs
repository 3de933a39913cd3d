//! The expert's sheet: a score for every indicator, a reason at the edges, locked for good (E1, C46).

use super::indicator::field;
use crate::kernel::{Refusal, RuleKey, Rules};

/// Hundredths in a point.
pub const HUNDREDTHS: i64 = 100;

/// A score for one indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Hundredths of a point; `None` while it is blank.
    pub points: Option<i64>,
    /// Why; needed at the edges when locking.
    pub reason: String,
}

/// Scores out of range; a saved sheet may have gaps.
pub fn check_saved(entries: &[Entry], most: &[i64]) -> Vec<Refusal> {
    let each = entries.iter().zip(most).enumerate();
    each.filter_map(|(place, (entry, most))| out_of_range(place, entry.points?, *most)).collect()
}

/// Everything that keeps a sheet from being locked; empty when it may be.
pub fn problems(entries: &[Entry], most: &[i64], rules: Rules<'_>) -> Vec<Refusal> {
    let mut found = Vec::new();
    for (place, most) in most.iter().enumerate() {
        let entry = entries.get(place);
        let Some(points) = entry.and_then(|entry| entry.points) else {
            found.push(at("performance.score-missing", place).with("position", place + 1));
            continue;
        };
        if let Some(refusal) = out_of_range(place, points, *most) {
            found.push(refusal);
            continue;
        }
        let whole = most.saturating_mul(HUNDREDTHS);
        let is_low = !rules.ratio(RuleKey::ScoreReasonLow).at_least(points, whole);
        let is_high = !rules.ratio(RuleKey::ScoreReasonHigh).at_most(points, whole);
        if (is_low || is_high) && entry.is_none_or(|entry| entry.reason.trim().is_empty()) {
            found.push(at("performance.score-reason-missing", place).with("position", place + 1));
        }
    }
    found
}

fn out_of_range(place: usize, points: i64, most: i64) -> Option<Refusal> {
    let is_within = (0..=most.saturating_mul(HUNDREDTHS)).contains(&points);
    (!is_within).then(|| at("performance.score-out-of-range", place).with("most", most))
}

fn at(code: &'static str, place: usize) -> Refusal {
    Refusal::new(code, "C46").at(field("scores", place + 1))
}

/// Refuses a recusal of an expert whose sheet is locked, or one without a reason (C38).
///
/// # Errors
/// `performance.sheet-locked`, `performance.recusal-reason-missing`.
pub fn check_recusal(is_locked: bool, reason: &str) -> Result<(), Refusal> {
    if is_locked {
        return Err(Refusal::new("performance.sheet-locked", "C46"));
    }
    if reason.trim().is_empty() {
        return Err(Refusal::new("performance.recusal-reason-missing", "C38").at("reason"));
    }
    Ok(())
}

/// How many experts a draw must seat: the rule's least, and an odd number (E1, C36).
///
/// # Errors
/// `performance.too-few-experts`, `performance.experts-even`.
pub fn check_size(experts: usize, rules: Rules<'_>) -> Result<(), Refusal> {
    let least = rules.count(RuleKey::EvaluationExpertsMin);
    if experts < least {
        let refusal = Refusal::new("performance.too-few-experts", "E1").at("experts");
        return Err(refusal.with("experts", experts).with("least", least));
    }
    if experts.is_multiple_of(2) {
        return Err(Refusal::new("performance.experts-even", "C36").at("experts").with("experts", experts));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::rules;

    fn entry(points: Option<i64>, reason: &str) -> Entry {
        Entry { points, reason: reason.to_owned() }
    }

    #[test]
    fn a_sheet_locks_whole_with_reasons_at_the_edges() {
        for (entries, expected) in [
            (vec![entry(Some(800), ""), entry(Some(1600), "")], vec![]),
            (vec![entry(Some(800), "")], vec!["performance.score-missing"]),
            (vec![entry(None, ""), entry(Some(1600), "")], vec!["performance.score-missing"]),
            (vec![entry(Some(1001), ""), entry(Some(1600), "")], vec!["performance.score-out-of-range"]),
            (vec![entry(Some(100), ""), entry(Some(1600), "")], vec!["performance.score-reason-missing"]),
            (vec![entry(Some(1000), ""), entry(Some(1600), "")], vec!["performance.score-reason-missing"]),
            (vec![entry(Some(100), "漏服多次"), entry(Some(2000), "全部超额完成")], vec![]),
        ] {
            let found = problems(&entries, &[10, 20], rules());
            let codes: Vec<_> = found.iter().map(|refusal| refusal.code).collect();
            assert_eq!(codes, expected, "{entries:?}");
        }
        assert_eq!(check_saved(&[entry(None, ""), entry(Some(-1), "")], &[10, 20]).len(), 1);
    }

    #[test]
    fn experts_are_at_least_three_and_odd() {
        for (experts, expected) in [
            (1, Some("performance.too-few-experts")),
            (2, Some("performance.too-few-experts")),
            (3, None),
            (4, Some("performance.experts-even")),
            (5, None),
        ] {
            assert_eq!(check_size(experts, rules()).err().map(|refusal| refusal.code), expected, "{experts}");
        }
        assert_eq!(check_recusal(true, "x").unwrap_err().code, "performance.sheet-locked");
        assert_eq!(check_recusal(false, "").unwrap_err().code, "performance.recusal-reason-missing");
    }
}
