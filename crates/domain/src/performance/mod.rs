//! Performance: what is done after both sides have signed. The provider keeps a ledger of units of service
//! (C54, E3b), each milestone is accepted with those who were served (C55), nothing is changed, handed on,
//! halted or ended but as the contract and the law allow (C52, C53), and three parties judge it (E1-E3, E6).
//! (C54, E3b), each milestone is accepted with those who were served (C55), and nothing is changed, handed on,
//! halted or ended but as the contract and the law allow (C52, C53). Recipients say how satisfied they are (E2).

pub mod acceptance;
pub mod account;
pub mod call_back;
pub mod deduction;
pub mod evaluation;
pub mod feedback;
pub mod halt;
pub mod ledger;
pub mod progress;
pub mod register;
pub mod subcontract;
pub mod survey;

pub use acceptance::{AcceptanceState, OpinionVerdict, SignerTie};
pub use call_back::CallBackOutcome;
pub use deduction::{Deduction, DeductionLine, ItemClaim};
pub use halt::{HaltGround, HaltKind, HaltState};
pub use subcontract::SubcontractState;
