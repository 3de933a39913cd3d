//! The parts of an account and the steps that count in each (E4).

use crate::coded;
use crate::kernel::{Date, RuleKey};

coded! {
    /// A part of the account; its points are a row of the rule book.
    pub enum Part as "account_part" {
        /// Steps done by their last day.
        OnTime = "on_time",
        /// How well the items were done.
        Performance = "performance",
        /// How satisfied those served are.
        Satisfaction = "satisfaction",
        /// What had to be public was public in time.
        Publication = "publication",
        /// What was asked and fed back was answered.
        Feedback = "feedback",
        /// Other offices had a share in the items (S47).
        JointWork = "joint_work",
    }
}

coded! {
    /// What one line of evidence is about.
    pub enum Step as "account_step" {
        /// The award was decided (C24).
        DecideAward = "decide_award",
        /// The contract was signed by both sides (C26).
        SignContract = "sign_contract",
        /// A milestone was delivered and reported (C55).
        DeliverMilestone = "deliver_milestone",
        /// A milestone's money was paid (C28).
        PayProvider = "pay_provider",
        /// The result of an evaluation (E1).
        Evaluate = "evaluate",
        /// Recipients' answers (E2).
        AskRecipients = "ask_recipients",
        /// The contract was published (C26).
        PublishContract = "publish_contract",
        /// An acceptance was published (C55).
        PublishAcceptance = "publish_acceptance",
        /// A question on the documents was answered (C60).
        AnswerQuestion = "answer_question",
        /// A recipient's or a provider's feedback was answered (E6).
        AnswerFeedback = "answer_feedback",
        /// Another office has a confirmed share in the item (S47).
        ShareItem = "share_item",
    }
}

impl Part {
    /// The rule row that holds its points.
    pub fn weight(self) -> RuleKey {
        match self {
            Self::OnTime => RuleKey::AccountOnTimePoints,
            Self::Performance => RuleKey::AccountPerformancePoints,
            Self::Satisfaction => RuleKey::AccountSatisfactionPoints,
            Self::Publication => RuleKey::AccountPublicationPoints,
            Self::Feedback => RuleKey::AccountFeedbackPoints,
            Self::JointWork => RuleKey::AccountJointPoints,
        }
    }
}

impl Step {
    /// The part in which it counts.
    pub fn part(self) -> Part {
        match self {
            Self::DecideAward | Self::SignContract | Self::DeliverMilestone | Self::PayProvider => {
                Part::OnTime
            }
            Self::Evaluate => Part::Performance,
            Self::AskRecipients => Part::Satisfaction,
            Self::PublishContract | Self::PublishAcceptance => Part::Publication,
            Self::AnswerQuestion | Self::AnswerFeedback => Part::Feedback,
            Self::ShareItem => Part::JointWork,
        }
    }

    /// The rule that asks for it.
    pub fn rule(self) -> &'static str {
        match self {
            Self::DecideAward => "C24",
            Self::SignContract | Self::PublishContract => "C26",
            Self::DeliverMilestone | Self::PublishAcceptance => "C55",
            Self::PayProvider => "C28",
            Self::Evaluate => "S71",
            Self::AskRecipients => "S72",
            Self::AnswerQuestion => "C60",
            Self::AnswerFeedback => "E6",
            Self::ShareItem => "S47",
        }
    }
}

/// Whether a step with a last day was done in time. `None` while it is neither done nor late: what cannot be
/// judged yet earns nothing and costs nothing.
pub fn in_time(due: Date, done: Option<Date>, today: Date) -> Option<bool> {
    match done {
        Some(day) => Some(day <= due),
        None if today > due => Some(false),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::in_time;
    use crate::specimen::day;

    #[test]
    fn the_last_day_is_in_time_and_what_is_open_is_not_judged() {
        let due = day(2014, 3, 31);
        for (done, today, expected) in [
            (Some(day(2014, 3, 31)), day(2014, 12, 31), Some(true)),
            (Some(day(2014, 4, 1)), day(2014, 12, 31), Some(false)),
            (None, day(2014, 3, 31), None),
            (None, day(2014, 4, 1), Some(false)),
        ] {
            assert_eq!(in_time(due, done, today), expected, "{done:?} on {today}");
        }
    }
}
