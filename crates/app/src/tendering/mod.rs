//! Tendering, from the requirement to the award; here the half up to the bid deadline.
//!
//! In the order of events: `requirement`, `scoring`, `checking`, `notice`, `question`, `correction`; then
//! the bidder's side: `eligibility`, `bid_draft` with its `upload`s, `bid` as a sealed `package`, and its
//! `receipt`. Secrecy: before the opening only a bidder's own rows of `bid`, `bid_draft` and
//! `bid_attachment` are ever read, always by organisation (C30).

pub mod bid;
pub mod bid_draft;
pub mod checking;
pub mod correction;
pub mod eligibility;
pub mod notice;
pub mod package;
pub mod queries;
pub mod question;
pub mod receipt;
pub mod requirement;
pub mod scoring;
mod upload;
