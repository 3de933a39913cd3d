//! Tendering: from the requirement to the award, in the open, with no way round the competition (S67-S70).
//!
//! In the order of events: a tender's `stage` and `procedure`; its `requirement`; the `scoring_table` and `schedule` of its
//! notice; `question`s and `correction`s; `bid`s until the deadline, a `consortium`'s too; the `opening`; `qualification` by the purchaser;
//! `recusal`, `panel` and `session` of the review; `conformity`, `collusion` and `low_price`; `score`s and
//! `ranking`; the `award`; or a `cancellation`.

pub mod procedure;
pub mod stage;

pub mod requirement;

pub mod scoring_table;

pub mod schedule;

pub mod correction;
pub mod question;

pub mod bid;
pub mod consortium;

pub mod opening;

pub mod qualification;

pub mod declared_tie;
pub mod expert;
pub mod panel;
pub mod recusal;
pub mod session;

pub mod collusion;
pub mod conformity;
pub mod low_price;

pub mod score;

pub mod exact;
pub mod ranking;

pub mod award;

pub mod cancellation;
