//! Rating on the web: the organisation's page, the approval office's desk, the experts' sheet, the members'
//! ballot, the public results and the plaque (B28-B34).

pub mod ballot;
pub mod desk;
pub mod desk_bodies;
pub mod desk_case;
pub mod expert;
pub mod own;
pub mod public;
mod view;

use app::registry::rating::case::RatingCase;
use domain::kernel::{Coded, Refusal, RuleKey};
use domain::registry::rating::{Grade, RatingStage};

use crate::shell::{Choice, Shell, Visit, words};

/// The tone of a stage's tag.
pub fn tone(stage: &RatingStage) -> &'static str {
    match stage {
        RatingStage::Applied | RatingStage::Eligible | RatingStage::Decided => "wait",
        RatingStage::Visiting | RatingStage::Assessed | RatingStage::Publicised => "live",
        RatingStage::Appealed | RatingStage::Reviewed => "warn",
        RatingStage::Ineligible => "stop",
        RatingStage::Confirmed => "ok",
    }
}

/// When an expert or a member steps back from a case (B32).
fn recusal_rule(visit: &Visit, case: &RatingCase) -> String {
    let years = [("years", RuleKey::RatingRecusalYears)];
    visit.shell.by_rules(case.rules(&visit.city), "rating-recuse-intro", &years)
}

/// The name of what was decided or voted for; no grade has a name too.
fn choice_name(shell: &Shell, code: &str) -> String {
    words::member(shell.lang, Grade::LIST, code)
}

/// The name of a decided grade.
fn grade_name(shell: &Shell, grade: Option<Grade>) -> String {
    choice_name(shell, grade.map_or("none", Coded::code))
}

/// Every grade, highest first, and "no grade".
fn choices(shell: &Shell, current: &str) -> Vec<Choice> {
    let grades = Grade::ALL.iter().rev().map(|grade| grade.code());
    grades.chain(["none"]).map(|code| Choice::new(code, choice_name(shell, code), current)).collect()
}

/// What a form chose: a grade, or none. A facility grade is told apart and refused (T2).
fn read_choice(text: &str) -> Result<Option<Grade>, Refusal> {
    if text == "none" { Ok(None) } else { Grade::read(text).map(Some) }
}
