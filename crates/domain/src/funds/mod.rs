//! Public money: where it comes from, what it may be spent on, and every fen of the way (C9, C28, S68, T6).
//!
//! Money lies on accounts and moves by transfers: from its source to a fund's appropriation, to an item's
//! allotment, to a contract's commitment, onto the way to the bank, and to the provider.

pub mod account;
pub mod deposit;
pub mod lane;
pub mod payment;
pub mod transfer;

pub use account::{AccountKind, Balance};
pub use lane::MoneySource;
pub use payment::{Matched, Outcome, RequestState};
pub use transfer::{Entry, TransferKind};
