//! Public money: the budget book that everyone may read, the desk that keeps it, and payments.

pub mod batches;
pub mod contract;
pub mod deposits;
pub mod deposits_all;
pub mod desk;
pub mod own;
pub mod payments;
pub mod public;

use domain::funds::{Outcome, RequestState};

/// The colour of a request's tag.
pub(super) fn tone(state: &RequestState) -> &'static str {
    match state {
        RequestState::Requested | RequestState::Approved => "wait",
        RequestState::Returned => "warn",
        RequestState::Sent => "live",
        RequestState::Paid => "ok",
    }
}

/// The colour of the tag of what the bank said.
pub(super) fn outcome_tone(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Pending => "wait",
        Outcome::Paid => "ok",
        Outcome::Failed => "stop",
    }
}
