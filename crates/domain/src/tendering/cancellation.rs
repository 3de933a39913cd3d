//! Cancellation: ending a tender on the grounds of the law, with a reason that every bidder is told (C33).

use super::stage::Stage;
use crate::coded;
use crate::kernel::{Fen, PersonId, Refusal};

coded! {
    /// Why a tender is ended (C33).
    pub enum CancellationGround as "cancellation_ground" {
        /// The task has fallen away through a major change.
        TaskCancelled = "task_cancelled",
        /// Violations that affect fairness.
        Unfair = "unfair",
        /// Every bid exceeds what the purchaser can pay.
        AllOverBudget = "all_over_budget",
        /// The documents were faulty and are noticed again.
        FaultyDocuments = "faulty_documents",
    }
}

/// What is known when somebody asks to cancel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request<'a> {
    /// Where the tender stands.
    pub stage: Stage,
    /// Why.
    pub ground: CancellationGround,
    /// Why, in words.
    pub reason: &'a str,
    /// Who asks.
    pub asker: PersonId,
    /// Who consents.
    pub consenter: PersonId,
    /// Prices of the opened bids; empty before the opening.
    pub prices: &'a [Fen],
    /// The ceiling.
    pub ceiling: Fen,
}

/// Cancels a tender. "All over budget" is checked against the opened prices, not believed.
pub fn cancel(request: &Request<'_>) -> Result<Stage, Refusal> {
    let next = request.stage.advance(Stage::Cancelled)?;
    if request.reason.trim().is_empty() {
        return Err(Refusal::new("tendering.cancellation-reason-missing", "C33").at("reason"));
    }
    if request.asker == request.consenter {
        return Err(Refusal::new("tendering.cancelled-alone", "E11"));
    }
    let is_over = |price: &Fen| *price > request.ceiling;
    let all_over =
        request.stage.is_open() && !request.prices.is_empty() && request.prices.iter().all(is_over);
    if request.ground == CancellationGround::AllOverBudget && !all_over {
        return Err(Refusal::new("tendering.not-all-over-budget", "C33")
            .at("ground")
            .with("ceiling", request.ceiling));
    }
    Ok(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(change: impl FnOnce(&mut Request<'_>), expected: Result<Stage, &str>) {
        let mut request = Request {
            stage: Stage::Opened,
            ground: CancellationGround::TaskCancelled,
            reason: "任务取消",
            asker: PersonId(1),
            consenter: PersonId(2),
            prices: &[Fen(101), Fen(100)],
            ceiling: Fen(100),
        };
        change(&mut request);
        assert_eq!(cancel(&request).map_err(|refusal| refusal.code), expected);
    }

    #[test]
    fn a_running_tender_ends_with_a_reason_and_two_people() {
        check(|_| {}, Ok(Stage::Cancelled));
        check(|request| request.stage = Stage::Contracted, Err("tendering.stage-may-not-follow"));
        check(|request| request.reason = " ", Err("tendering.cancellation-reason-missing"));
        check(|request| request.consenter = PersonId(1), Err("tendering.cancelled-alone"));
    }

    #[test]
    fn all_over_budget_must_be_true() {
        let over = |prices: &'static [Fen], stage| {
            move |request: &mut Request<'_>| {
                request.ground = CancellationGround::AllOverBudget;
                request.prices = prices;
                request.stage = stage;
            }
        };
        check(over(&[Fen(101), Fen(102)], Stage::Opened), Ok(Stage::Cancelled));
        check(over(&[Fen(101), Fen(100)], Stage::Opened), Err("tendering.not-all-over-budget"));
        check(over(&[], Stage::Opened), Err("tendering.not-all-over-budget"));
        check(over(&[Fen(101)], Stage::Bidding), Err("tendering.not-all-over-budget"));
    }
}
