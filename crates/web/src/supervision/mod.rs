//! Pages of supervision: findings, tickets, indicators, the public overview, the file of a purchase.

pub mod archive;
pub mod counter;
pub mod counter_rows;
pub mod figure_lines;
pub mod findings;
pub mod indicators;
pub mod oversight;
pub mod public_findings;
pub mod tickets;

use domain::kernel::OfficeId;
use domain::supervision::{FindingKind, FindingSort, Light, TicketState};

use crate::shell::{PageError, Visit};

/// The public page of what a finding is about.
fn page_of(kind: FindingKind, subject: &str) -> String {
    match kind {
        FindingKind::AwardLate
        | FindingKind::ContractLate
        | FindingKind::QuestionLate
        | FindingKind::DepositLate => {
            format!("/tenders/{subject}")
        }
        FindingKind::DirectorMissing | FindingKind::SplitPurchase => format!("/offices/{subject}"),
        FindingKind::SameWinner => format!("/orgs/{subject}"),
        FindingKind::IndicatorRed => "/oversight".to_owned(),
        FindingKind::ContractUnpublished
        | FindingKind::MilestoneOverdue
        | FindingKind::AcceptanceUnpublished
        | FindingKind::AcceptanceAlone
        | FindingKind::PaymentLate
        | FindingKind::FeedbackLate
        | FindingKind::PlanMissing
        | FindingKind::EvaluationMissing
        | FindingKind::YearUnjudged
        | FindingKind::SurveyShort => format!("/contracts/{subject}"),
    }
}

/// The tone of a sort of findings.
fn tone_of_sort(sort: FindingSort) -> &'static str {
    match sort {
        FindingSort::Late => "stop",
        FindingSort::Missing => "warn",
        FindingSort::Odd => "wait",
    }
}

/// The tone of a ticket.
fn tone_of_ticket(state: TicketState) -> &'static str {
    match state {
        TicketState::Open => "warn",
        TicketState::Answered => "wait",
        TicketState::Closed | TicketState::Cured => "ok",
    }
}

/// The tone of a light.
fn tone_of_light(light: Light) -> &'static str {
    match light {
        Light::Green => "ok",
        Light::Yellow => "warn",
        Light::Red => "stop",
        Light::None => "",
    }
}

/// The clock has no desk of its own: whoever opens these pages makes it look first, so that nobody reads a
/// finding that is set right, and what is set right closes.
async fn take_stock(visit: &Visit) -> Result<(), PageError> {
    app::supervision::watch::look(&visit.city).await.map(|_| ()).map_err(|error| visit.error(error))
}

/// The office whose matters a reader may see; all of them for those who work for the whole city.
fn scope(visit: &Visit) -> Option<OfficeId> {
    visit.actor.office()
}
