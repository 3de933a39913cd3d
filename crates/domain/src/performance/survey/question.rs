//! Three questions, no more: one for all services, two that fit the kind of service.

use crate::catalogue::FunctionKind;
use crate::coded;

coded! {
    /// What a recipient is asked.
    pub enum Question as "survey_question" {
        /// All in all; the satisfaction rate counts this one.
        Overall = "overall",
        /// Whether the service came when it was due.
        OnTime = "on_time",
        /// Whether those who served were patient and respectful.
        Respect = "respect",
        /// Whether things were explained so that one could understand them.
        Clarity = "clarity",
        /// Whether it was of use.
        Usefulness = "usefulness",
    }
}

coded! {
    /// An answer, from best to worst.
    pub enum Mark as "survey_mark" {
        /// 非常满意.
        VerySatisfied = "very_satisfied",
        /// 满意.
        Satisfied = "satisfied",
        /// 一般.
        Neutral = "neutral",
        /// 不满意.
        Dissatisfied = "dissatisfied",
        /// 非常不满意.
        VeryDissatisfied = "very_dissatisfied",
    }
}

impl Mark {
    /// The number in the signed message: 5 for the best, 1 for the worst.
    pub fn points(self) -> i64 {
        match self {
            Self::VerySatisfied => 5,
            Self::Satisfied => 4,
            Self::Neutral => 3,
            Self::Dissatisfied => 2,
            Self::VeryDissatisfied => 1,
        }
    }
}

/// The questions about a service of this kind, in the order in which they are asked.
pub fn questions(kind: FunctionKind) -> [Question; 3] {
    match kind {
        FunctionKind::PublicService => [Question::Overall, Question::OnTime, Question::Respect],
        FunctionKind::Rating | FunctionKind::Training | FunctionKind::Appraisal | FunctionKind::Publicity => {
            [Question::Overall, Question::Clarity, Question::Usefulness]
        }
        FunctionKind::Research | FunctionKind::Support => {
            [Question::Overall, Question::OnTime, Question::Usefulness]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Coded;

    #[test]
    fn every_kind_of_service_is_asked_three_different_questions() {
        for kind in FunctionKind::ALL {
            let [first, second, third] = questions(*kind);
            assert_eq!(first, Question::Overall, "{kind:?}");
            assert!(second != first && third != first && second != third, "{kind:?}");
        }
    }

    #[test]
    fn marks_fall_from_five_to_one() {
        let points: Vec<i64> = Mark::ALL.iter().map(|mark| mark.points()).collect();
        assert_eq!(points, [5, 4, 3, 2, 1]);
    }
}
