//! Feedback between office and organisation: both ways, in time, and an organisation's judgement of an office
//! never attributable while it still depends on that office (E6, S73).

use crate::coded;
use crate::kernel::{Refusal, RuleKey, Rules};

/// No text of a feedback is longer, in characters.
pub const TEXT_MAX: usize = 2_000;

coded! {
    /// From whom to whom.
    pub enum FeedbackWay as "feedback_way" {
        /// The office tells the organisation, after a milestone.
        ToOrganisation = "to_organisation",
        /// The organisation tells the office.
        ToOffice = "to_office",
    }
}

coded! {
    /// What it is about.
    pub enum FeedbackMatter as "feedback_matter" {
        /// How a milestone went.
        Milestone = "milestone",
        /// A payment that is late.
        LatePayment = "late_payment",
        /// A need that was never made clear.
        UnclearNeed = "unclear_need",
        /// Work asked for that the contract does not hold.
        OutsideContract = "outside_contract",
        /// Anything else.
        Other = "other",
    }
}

impl FeedbackMatter {
    /// Who may raise it: offices speak of milestones, organisations of everything else.
    pub fn way(self) -> FeedbackWay {
        match self {
            Self::Milestone => FeedbackWay::ToOrganisation,
            _ => FeedbackWay::ToOffice,
        }
    }
}

/// Everything wrong with what somebody wrote; an organisation names its evidence.
pub fn problems(way: FeedbackWay, text: &str, evidence: &str) -> Vec<Refusal> {
    let mut found = Vec::new();
    found.extend(check_text(text, "text", "performance.told-text-missing").err());
    if way == FeedbackWay::ToOffice {
        found.extend(check_text(evidence, "evidence", "performance.told-evidence-missing").err());
    }
    found
}

/// Refuses no text or too much of it.
///
/// # Errors
/// `code` when there is none, `performance.told-too-long` when there is too much.
pub fn check_text(text: &str, field: &'static str, code: &'static str) -> Result<(), Refusal> {
    match text.trim().chars().count() {
        0 => Err(Refusal::new(code, "E6").at(field)),
        length if length > TEXT_MAX => {
            Err(Refusal::new("performance.told-too-long", "E6").at(field).with("max", TEXT_MAX))
        }
        _ => Ok(()),
    }
}

/// The least and the best mark that an organisation gives an office.
pub const MARKS: std::ops::RangeInclusive<i64> = 1..=5;

/// Refuses a mark outside the five.
///
/// # Errors
/// `performance.mark-out-of-range` at `mark`.
pub fn check_mark(mark: Option<i64>) -> Result<i64, Refusal> {
    mark.filter(|mark| MARKS.contains(mark))
        .ok_or_else(|| Refusal::new("performance.mark-out-of-range", "E6").at("mark"))
}

/// How many of `running` judgements may be shown together: whole groups only, oldest first, so that a new one
/// cannot be read from the difference (E6).
pub fn shown_together(running: usize, rules: Rules<'_>) -> usize {
    let group = rules.count(RuleKey::FeedbackAggregateMin).max(1);
    running / group * group
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::rules;

    #[test]
    fn judgements_are_shown_in_whole_groups_of_five() {
        for (running, shown) in [(0, 0), (4, 0), (5, 5), (6, 5), (9, 5), (10, 10), (11, 10)] {
            assert_eq!(shown_together(running, rules()), shown, "{running}");
        }
    }

    #[test]
    fn an_organisation_names_its_evidence() {
        for (way, text, evidence, expected) in [
            (FeedbackWay::ToOrganisation, "台账清楚", "", vec![]),
            (FeedbackWay::ToOrganisation, " ", "", vec!["performance.told-text-missing"]),
            (FeedbackWay::ToOffice, "要求合同外活动", "微信记录", vec![]),
            (FeedbackWay::ToOffice, "要求合同外活动", "", vec!["performance.told-evidence-missing"]),
        ] {
            let found = problems(way, text, evidence);
            assert_eq!(found.iter().map(|one| one.code).collect::<Vec<_>>(), expected, "{way:?} {text}");
        }
        let long = "长".repeat(TEXT_MAX + 1);
        assert_eq!(problems(FeedbackWay::ToOrganisation, &long, "")[0].code, "performance.told-too-long");
        assert_eq!(FeedbackMatter::Milestone.way(), FeedbackWay::ToOrganisation);
        assert_eq!(FeedbackMatter::LatePayment.way(), FeedbackWay::ToOffice);
    }

    #[test]
    fn marks_are_one_to_five() {
        for (mark, holds) in
            [(None, false), (Some(0), false), (Some(1), true), (Some(5), true), (Some(6), false)]
        {
            assert_eq!(check_mark(mark).is_ok(), holds, "{mark:?}");
        }
    }
}
