//! Who may act: people, offices, posts, sign-in.

pub mod accounts;
pub mod offices;
mod password;
pub mod people;
pub mod sessions;
pub mod tokens;

pub use password::Hashing;
