//! Tendering, from the requirement to the award; here the half up to the bid deadline.
//!
//! In the order of events: `requirement`, `checking`, `notice`, `question`, `correction`; then the bidder's
//! side: `eligibility`, `bid_draft` with its `upload`s, `bid` as a sealed `package`, and its `receipt`.
//! Secrecy: before the opening only a bidder's own rows of `bid`, `bid_draft` and `bid_attachment` are
//! ever read, always by organisation (C30).

pub mod package;
