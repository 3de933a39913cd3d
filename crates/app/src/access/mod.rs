//! Who may act: people, offices, posts, sign-in.

pub mod sessions;
pub mod offices;
mod password;
pub mod people;

pub use password::Hashing;
