//! A procedure: what is particular to one way of buying, as a value and not as code.
//!
//! Other procedures of the procurement law join as further values: the decisions read this value and the
//! rule book, and know no procedure by name.

use crate::coded;
use crate::kernel::RuleKey;

coded! {
    /// The procedures a tender may follow.
    pub enum ProcedureKind as "procedure" {
        /// The bureau's own open competition below the procurement limit (C18).
        OpenCompetition = "open_competition",
    }
}

/// Which rules a procedure goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Procedure {
    /// Its name.
    pub kind: ProcedureKind,
    /// How long the notice stays open at least.
    pub notice_period: RuleKey,
    /// How long the documents can be had at least.
    pub documents_period: RuleKey,
    /// From publication to the bid deadline at least.
    pub bid_period: RuleKey,
    /// How long before the deadline a correction that touches bids must be out.
    pub clarification_period: RuleKey,
    /// How many must bid.
    pub min_bidders: RuleKey,
    /// How many suffice after an extension.
    pub min_bidders_after_extension: RuleKey,
    /// How far the deadline moves when too few bid.
    pub extension_period: RuleKey,
    /// How often it may move for that reason.
    pub extensions_max: RuleKey,
    /// Members of the panel at least.
    pub panel_min: RuleKey,
    /// Share of experts at least.
    pub panel_experts: RuleKey,
    /// Price weight at least, as a share of all weights.
    pub price_weight_min: RuleKey,
    /// Price weight at most.
    pub price_weight_max: RuleKey,
    /// How long the result is public before the award.
    pub result_period: RuleKey,
    /// How long the purchaser has to decide.
    pub decision_period: RuleKey,
    /// How long both sides have to sign.
    pub contract_period: RuleKey,
    /// Whether bidders present live, in an order drawn by lot (S61, C18).
    pub has_live_session: bool,
}

/// The bureau's open competition (C18).
pub const OPEN_COMPETITION: Procedure = Procedure {
    kind: ProcedureKind::OpenCompetition,
    notice_period: RuleKey::NoticeWorkingDays,
    documents_period: RuleKey::DocumentsWorkingDays,
    bid_period: RuleKey::BidPeriodDays,
    clarification_period: RuleKey::ClarificationDays,
    min_bidders: RuleKey::MinBidders,
    min_bidders_after_extension: RuleKey::MinBiddersAfterExtension,
    extension_period: RuleKey::ExtensionDays,
    extensions_max: RuleKey::ExtensionsMax,
    panel_min: RuleKey::PanelMin,
    panel_experts: RuleKey::PanelExpertsRatio,
    price_weight_min: RuleKey::PriceWeightMin,
    price_weight_max: RuleKey::PriceWeightMax,
    result_period: RuleKey::ResultPublicWorkingDays,
    decision_period: RuleKey::DecideWorkingDays,
    contract_period: RuleKey::ContractDays,
    has_live_session: true,
};

impl ProcedureKind {
    /// The procedure of this name.
    pub const fn procedure(self) -> &'static Procedure {
        match self {
            Self::OpenCompetition => &OPEN_COMPETITION,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Coded;

    #[test]
    fn a_procedure_is_found_under_its_own_name() {
        for kind in ProcedureKind::ALL {
            assert_eq!(kind.procedure().kind, *kind);
        }
    }
}
