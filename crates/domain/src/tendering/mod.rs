//! Tendering: from the requirement to the award, in the open, with no way round the competition (S67-S70).
//!
//! In the order of events: a tender's `stage` and `procedure`; the `scoring_table` and `schedule` of its
//! notice; `question`s; `bid`s until the deadline; the `opening`; `qualification` by the purchaser;
//! `recusal`, `panel` and `session` of the review; `conformity`, `collusion` and `low_price`; `score`s and
//! `ranking`; the `award`; or a `cancellation`.

pub mod award;
pub mod bid;
pub mod cancellation;
pub mod collusion;
pub mod conformity;
pub mod exact;
pub mod expert;
pub mod low_price;
pub mod opening;
pub mod panel;
pub mod procedure;
pub mod qualification;
pub mod question;
pub mod ranking;
pub mod recusal;
pub mod schedule;
pub mod score;
pub mod scoring_table;
pub mod session;
pub mod stage;
