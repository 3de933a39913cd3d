//! Accounts: places where money lies, each with a balance that entries move.

use crate::coded;
use crate::kernel::Fen;

coded! {
    /// A place where money lies, in the order in which it passes them.
    pub enum AccountKind as "account_kind" {
        /// Outside: what the treasury has given is owed to it, so this balance alone is below zero.
        Source = "source",
        /// Given to the fund, not yet to an item.
        Appropriation = "appropriation",
        /// Set aside for one catalogue item.
        Allotment = "allotment",
        /// Bound by one signed contract.
        Commitment = "commitment",
        /// On its way through the bank; nobody knows yet whether it arrived.
        Transit = "transit",
        /// Arrived at the provider.
        Paid = "paid",
    }
}

/// Where an account stands: its last entry's place and what it left. An account without entries is at zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// How many entries the account has.
    pub place: i64,
    /// What lies on it.
    pub fen: Fen,
}
