//! Who may act: people, offices, posts, sign-in.

pub mod accounts;
pub mod leaving;
pub mod offices;
pub mod own_password;
mod password;
pub mod people;
pub mod sessions;
pub mod sign_up;
pub mod tokens;

pub use own_password::EVERYONE;
pub use password::{Hashing, one_time};
