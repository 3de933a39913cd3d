//! What is kept: rows of the procurement file, which no act can delete (C57).
//!
//! The law keeps the file at least fifteen years, and forging, hiding or destroying it is an offence. So the one
//! way by which rows go is shut for these tables, whoever asks and whatever for.

use domain::kernel::Refusal;

use super::Table;

/// Tables whose rows are the file of a purchase.
const KEPT: &[&str] = &[
    "item",
    "tender",
    "question",
    "correction",
    "bid",
    "bid_member",
    "attendance",
    "draw",
    "seat",
    "live_session",
    "presentation",
    "conformity_vote",
    "score",
    "score_correction",
    "score_doubt",
    "low_price",
    "cancellation",
    "award",
    "contract",
    "service_record",
    "acceptance",
    "acceptance_item",
    "acceptance_opinion",
    "call_back_draw",
    "transfer",
    "entry",
    "payment_request",
    "payment_batch",
    "payment",
    "evaluation_plan",
    "evaluation",
    "evaluation_draw",
    "evaluation_seat",
    "evaluation_score",
    "survey",
    "survey_card",
    "project_closing",
    "contract_year",
    "veto",
    "upheld_matter",
    "supervision_finding",
    "ticket",
    "district_report",
];

/// Refuses to delete what is kept.
pub(crate) fn may_delete(table: &Table) -> Result<(), Refusal> {
    if KEPT.contains(&table.name) {
        return Err(Refusal::new("archive.kept", "C57").with("table", table.name));
    }
    Ok(())
}
