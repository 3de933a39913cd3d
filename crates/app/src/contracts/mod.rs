//! Contracts: drafted from the award, offered, signed by both sides, published (C26, C50, C51, S64, S71).
//!
//! A contract hangs on an award in state `notified`; there is no other way to have one (S67, S69).

mod draft;
mod edit;
mod held;
mod number;
pub mod plan;
mod read;
mod refusal;
mod sign;

pub use draft::DraftContract;
pub use edit::{EditContract, OfferContract};
pub use read::{
    AwaitingDraft, Contract, ContractFigures, ContractLine, Filter, MilestoneRow, awaiting_draft, by_number,
    due_soon, number_of, of_office, of_organisation, published, published_figures, published_number_of,
};
pub use refusal::RefuseAward;
pub use sign::{SignAsBuyer, SignAsProvider};
