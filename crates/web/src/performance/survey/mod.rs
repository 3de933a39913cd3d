//! Recipients' satisfaction: the card's page, the public result, the desks around it (W9, E2, E6).

pub mod assisted;
pub mod card;
pub mod check;
pub mod desk;
pub mod desk_feedback;
pub mod feedback;
mod figures;
pub mod public;

use app::contracts::{self, Contract};
use domain::kernel::{RuleKey, Rules};
use domain::performance::survey::feedback::FeedbackStep;
use domain::performance::survey::{Round, SurveyStep};

use crate::shell::{PageError, Shell, Visit};

/// The tone of a survey's tag.
fn tone(step: SurveyStep) -> &'static str {
    match step {
        SurveyStep::Prepared => "wait",
        SurveyStep::Open => "live",
        SurveyStep::Closed => "ok",
    }
}

/// The tone of a request's tag.
fn feedback_tone(step: FeedbackStep) -> &'static str {
    match step {
        FeedbackStep::Filed => "wait",
        FeedbackStep::Acknowledged => "live",
        FeedbackStep::Answered => "ok",
    }
}

/// The name of a survey of a contract: by its year, when it is a yearly one.
pub(in crate::performance) fn round_name(shell: &Shell, round: Round) -> String {
    match round.year() {
        Some(year) => shell.tn("survey-round-of-year", year),
        None => shell.coded(&round.kind()),
    }
}

/// A contract that everyone may read.
async fn public_contract(visit: &Visit, number: &str) -> Result<Contract, PageError> {
    let found = contracts::by_number(&visit.city, &visit.actor, number).await;
    let (contract, _) = found.map_err(|error| visit.error(error))?;
    if contract.published_at.is_none() {
        return Err(visit.error(app::Error::NotFound));
    }
    Ok(contract)
}

/// The rules of today.
fn rules(visit: &Visit) -> Rules<'_> {
    visit.city.book.on(visit.shell.now().date())
}

/// A sentence with the working days in which a request is taken up and answered (E6).
fn promised(visit: &Visit, key: &str) -> String {
    let rules = rules(visit);
    let days = |key| rules.number(key);
    let taken_up = days(RuleKey::FeedbackAcknowledgeWorkingDays);
    visit.shell.txy(key, taken_up, days(RuleKey::FeedbackAnswerWorkingDays))
}
