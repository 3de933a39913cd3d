//! The files of a purchase are kept: nothing is deleted before its years are over (C57).

use crate::kernel::{Date, Refusal, RuleKey, Rules};

/// Refuses to delete a purchase's files before the rule's years since its end have passed.
pub fn may_delete(ended: Option<Date>, today: Date, rules: Rules<'_>) -> Result<(), Refusal> {
    let years = rules.number(RuleKey::FilesKeptYears);
    let refusal = || Refusal::new("contracts.files-kept", "C57").with("years", years);
    let ended = ended.ok_or_else(refusal)?;
    let passed = i64::from(today.year())
        - i64::from(ended.year())
        - i64::from((today.month(), today.day()) < (ended.month(), ended.day()));
    if passed < years {
        return Err(refusal().with("ended", ended));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::{day, rules};

    #[test]
    fn files_stay_for_fifteen_years_and_while_the_purchase_runs() {
        for (ended, today, expected) in [
            (None, day(2060, 1, 1), false),
            (Some(day(2011, 9, 18)), day(2026, 9, 17), false),
            (Some(day(2011, 9, 18)), day(2026, 9, 18), true),
        ] {
            assert_eq!(may_delete(ended, today, rules()).is_ok(), expected, "{ended:?}");
        }
    }
}
