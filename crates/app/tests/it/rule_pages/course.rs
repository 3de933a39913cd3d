//! The steps that every application of a registered organisation goes through.

use domain::registry::course::Step;

/// The step of the course by this word; none when it is a step of the capability alone.
pub fn course_step(word: &str) -> Option<Step> {
    match word {
        "resubmit" => Some(Step::Resubmit),
        "accept" => Some(Step::Accept),
        "correct" => Some(Step::Correct),
        "review" => Some(Step::Review),
        "send_back" => Some(Step::SendBack),
        _ => None,
    }
}
