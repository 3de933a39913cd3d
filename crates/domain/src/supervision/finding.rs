//! What supervision finds, each under its rule. A finding is read from the tables; nobody writes one by hand.

use crate::coded;
use crate::kernel::{Ratio, RuleKey, Rules};

coded! {
    /// What sort of thing a finding is.
    pub enum FindingSort as "finding_sort" {
        /// Something was not done by its last day.
        Late = "late",
        /// Something that must be there is not.
        Missing = "missing",
        /// Something that may be lawful, and is looked at.
        Odd = "odd",
    }
}

coded! {
    /// What was found.
    pub enum FindingKind as "finding_kind" {
        /// No award was decided in time after the report (C24).
        AwardLate = "award_late",
        /// No contract was signed in time after the award notice (C26).
        ContractLate = "contract_late",
        /// A signed contract is not public (C26).
        ContractUnpublished = "contract_unpublished",
        /// A milestone is over and nothing was reported (C55).
        MilestoneOverdue = "milestone_overdue",
        /// An acceptance is not public (C55).
        AcceptanceUnpublished = "acceptance_unpublished",
        /// A milestone was accepted without an opinion of those who were served (C55).
        AcceptanceAlone = "acceptance_alone",
        /// Accepted money has not arrived in time (C28).
        PaymentLate = "payment_late",
        /// A question on the documents has no answer (C60).
        QuestionLate = "question_late",
        /// A recipient's feedback has no answer (E6).
        FeedbackLate = "feedback_late",
        /// A contract runs without an evaluation plan (S71).
        PlanMissing = "plan_missing",
        /// A contract is over and was not evaluated (S71).
        EvaluationMissing = "evaluation_missing",
        /// A year of a long contract is over without its evaluation (C51).
        YearUnjudged = "year_unjudged",
        /// A closed survey has too few valid answers (S72).
        SurveyShort = "survey_short",
        /// An office with listed items has no director (E4).
        DirectorMissing = "director_missing",
        /// One kind of thing was bought in parts by other than open methods (C2).
        SplitPurchase = "split_purchase",
        /// One organisation wins most of an office's contracts (S69).
        SameWinner = "same_winner",
        /// An indicator was red twice running (E7).
        IndicatorRed = "indicator_red",
    }
}

impl FindingKind {
    /// The rule that is broken, or that asks to look.
    pub fn rule(self) -> &'static str {
        match self {
            Self::AwardLate => "C24",
            Self::ContractLate | Self::ContractUnpublished => "C26",
            Self::MilestoneOverdue | Self::AcceptanceUnpublished | Self::AcceptanceAlone => "C55",
            Self::PaymentLate => "C28",
            Self::QuestionLate => "C60",
            Self::FeedbackLate => "E6",
            Self::PlanMissing | Self::EvaluationMissing => "S71",
            Self::YearUnjudged => "C51",
            Self::SurveyShort => "S72",
            Self::DirectorMissing => "E4",
            Self::SplitPurchase => "C2",
            Self::SameWinner => "S69",
            Self::IndicatorRed => "E7",
        }
    }

    /// Whether it is late, missing or odd.
    pub fn sort(self) -> FindingSort {
        match self {
            Self::AwardLate
            | Self::ContractLate
            | Self::MilestoneOverdue
            | Self::PaymentLate
            | Self::QuestionLate
            | Self::FeedbackLate => FindingSort::Late,
            Self::ContractUnpublished
            | Self::AcceptanceUnpublished
            | Self::PlanMissing
            | Self::EvaluationMissing
            | Self::YearUnjudged
            | Self::SurveyShort
            | Self::DirectorMissing => FindingSort::Missing,
            Self::AcceptanceAlone | Self::SplitPurchase | Self::SameWinner | Self::IndicatorRed => {
                FindingSort::Odd
            }
        }
    }
}

/// Whether one organisation's share of an office's contracts of a year is looked at: both the number and the
/// exact share reach their lines (S69, E10).
pub fn is_same_winner(won: i64, all: i64, rules: Rules<'_>) -> bool {
    let share: Ratio = rules.ratio(RuleKey::SameWinnerShare);
    won >= rules.number(RuleKey::SameWinnerMin) && share.at_least(won, all)
}

#[cfg(test)]
mod tests {
    use super::is_same_winner;
    use crate::specimen::{book, day};

    #[test]
    fn a_pattern_needs_the_number_and_the_share() {
        let rules = book().on(day(2014, 12, 31));
        for (won, all, expected) in
            [(2, 2, false), (3, 3, true), (3, 4, true), (3, 5, false), (4, 6, true), (0, 0, false)]
        {
            assert_eq!(is_same_winner(won, all, rules), expected, "{won} of {all}");
        }
    }
}
