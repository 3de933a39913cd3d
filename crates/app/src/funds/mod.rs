//! Public money from the treasury's word to the provider's account (C9, C28, S68, T6).
//!
//! `ledger` is the only file that writes accounts, transfers and entries; every other use case asks it to move
//! an amount. The tables themselves refuse what does not add up.

mod allotment;
mod batch;
mod books;
mod commitment;
pub mod deposit;
pub mod deposits;
mod fund;
mod ledger;
pub mod payments;
pub mod reconciliation;
mod request;

pub use allotment::{AllotCatalogue, AllotItem, WithdrawAllotment};
pub use batch::SendBatch;
pub use books::{
    Book, Faulty, FundLine, ItemMoney, TransferLine, check, contract_money, funds, of_fund, of_item,
    transfers_of_contract, transfers_of_fund,
};
pub use commitment::ReleaseRest;
pub(crate) use commitment::commit;
pub use fund::{Appropriate, OpenFund, Reduce};
pub use reconciliation::{BankRow, Reconcile};
pub use request::{ApproveRequest, Bill, RequestPayment, ReturnRequest};
