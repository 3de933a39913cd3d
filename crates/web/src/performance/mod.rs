//! Pages of what follows a contract.

pub mod account;
