//! Who may be in the expert pool on the day of a draw (C39).

use crate::kernel::{Date, Finding, Level, RuleKey, Rules};

/// What the pool knows of an expert.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolRecord {
    /// Date of birth.
    pub born: Date,
    /// Whether the expert holds a senior title, or a middle title for the rule's years.
    pub has_title: bool,
    /// Day of the last bad record.
    pub last_bad_record: Option<Date>,
    /// Whether the pool has suspended the expert.
    pub is_suspended: bool,
}

/// Every condition of the pool with its outcome on one day.
pub fn findings(record: &PoolRecord, on: Date, rules: Rules<'_>) -> Vec<Finding> {
    let age = full_years(record.born, on);
    let years = rules.number(RuleKey::ExpertNoBadRecordYears);
    let is_clean = record.last_bad_record.is_none_or(|day| full_years(day, on) >= years);
    let age_below = rules.number(RuleKey::ExpertAgeMax);
    vec![
        Finding::required("tendering.expert-age", "C39", age < age_below)
            .with("age", age)
            .with("below", age_below),
        Finding::required("tendering.expert-title", "C39", record.has_title),
        Finding::required("tendering.expert-clean-record", "C39", is_clean).with("years", years),
        Finding::required("tendering.expert-not-suspended", "C39", !record.is_suspended),
    ]
}

/// Whether the expert may be drawn on that day.
pub fn may_be_drawn(record: &PoolRecord, on: Date, rules: Rules<'_>) -> bool {
    findings(record, on, rules).iter().all(|finding| finding.level != Level::Barred)
}

/// Full years from `from` to `to`.
pub(super) fn full_years(from: Date, to: Date) -> i64 {
    let years = i64::from(to.year()) - i64::from(from.year());
    years - i64::from((to.month(), to.day()) < (from.month(), from.day()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::{day, rules};

    #[test]
    fn an_expert_leaves_the_pool_on_the_seventieth_birthday() {
        let record = PoolRecord {
            born: day(1956, 9, 18),
            has_title: true,
            last_bad_record: None,
            is_suspended: false,
        };
        assert!(may_be_drawn(&record, day(2026, 9, 17), rules()));
        assert!(!may_be_drawn(&record, day(2026, 9, 18), rules()));
    }

    #[test]
    fn title_record_and_suspension_count() {
        let sound =
            PoolRecord { born: day(1970, 1, 1), has_title: true, last_bad_record: None, is_suspended: false };
        let on = day(2026, 9, 18);
        for (record, expected) in [
            (sound, true),
            (PoolRecord { has_title: false, ..sound }, false),
            (PoolRecord { is_suspended: true, ..sound }, false),
            (PoolRecord { last_bad_record: Some(day(2023, 9, 18)), ..sound }, true),
            (PoolRecord { last_bad_record: Some(day(2023, 9, 19)), ..sound }, false),
        ] {
            assert_eq!(may_be_drawn(&record, on, rules()), expected, "{record:?}");
        }
    }
}
