//! The pages around the business: home, the official's inbox, what the site says of itself, verification.

pub mod home;
pub mod inbox;
mod inbox_pane;
pub mod news;
pub mod pages;
pub mod tokens;
pub mod verify;
