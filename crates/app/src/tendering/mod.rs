//! Tendering, from the requirement to the award.
//!
//! In the order of events: `requirement`, `scoring`, `checking`, `notice`, `question`, `correction`; then
//! the bidder's side: the `open_tender` as a bid needs it, `eligibility`, a `consortium`'s members, `bid_draft`
//! with its uploads or a program's `bid_upload`s, its `bid_content`, `bid` as a sealed `package`, and its
//! `receipt`. Secrecy: before the opening only a bidder's own rows of `bid`, `bid_draft`, `bid_attachment`
//! and `bid_upload` are ever read, always by organisation, and of `joining` its own word and what its own
//! partners said (C30).
//!
//! At the deadline: `attendance`, `opening` with its `opening_findings` on every `bid_member`, its
//! `opening_sheet`; `qualification`; the `expert` pool,
//! the `draw` with its `exclusion`s and the `panel`; `session`s; `conformity`, `score_sheet`s, `low_price`
//! and `ranking`; the `award`; or a `cancellation` and the `next_notice`. `committee`, `review`,
//! `recheck` and `result` read what each may see; `case` is the tender as this half loads it.

pub mod attendance;
pub mod award;
pub mod bid;
pub mod bid_content;
pub mod bid_draft;
pub mod bid_member;
pub mod bid_upload;
pub mod cancellation;
pub mod case;
pub mod checking;
pub mod committee;
pub mod conformity;
pub mod consortium;
pub mod correction;
pub mod draw;
pub mod eligibility;
pub mod ending;
pub mod exclusion;
pub mod expert;
pub mod expert_tie;
pub mod low_price;
pub mod next_notice;
pub mod notice;
pub mod open_tender;
pub mod opening;
mod opening_findings;
pub mod opening_sheet;
pub mod package;
pub mod panel;
pub mod past_evaluation;
pub mod qualification;
pub mod queries;
pub mod question;
pub mod ranking;
pub mod receipt;
pub mod recheck;
pub mod requirement;
pub mod result;
pub mod review;
pub mod round;
pub mod score_sheet;
pub mod scoring;
pub mod session;
