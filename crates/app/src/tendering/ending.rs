//! Why a competition ended without an award: the closed list that the program itself writes (C33).

use domain::coded;

coded! {
    /// Why a tender failed. A cancelled tender carries its reason in words instead.
    pub enum EndReason as "end_reason" {
        /// Too few bids even after the extension (C18).
        TooFewBids = "too_few_bids",
        /// Too few bidders qualified: no review (C32).
        TooFewQualified = "too_few_qualified",
        /// Too few bids were valid (C33).
        TooFewValid = "too_few_valid",
        /// Every candidate fell away (C58).
        NoCandidateLeft = "no_candidate_left",
    }
}
