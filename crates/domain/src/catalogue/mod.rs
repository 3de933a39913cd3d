//! Catalogue: what the bureau may buy, in the open, before any tender begins (S8, S15, S16).
//!
//! The `measures` say how; an `item` is proposed by its office, passes the signed `negative_list`, is
//! reviewed by somebody else and listed; a `batch` groups listed items; `splitting` watches for purchases
//! cut small to stay below a threshold.

pub mod batch;
pub mod item;
pub mod measures;
pub mod negative_list;
pub mod splitting;

pub use item::{FunctionKind, FundSource, ItemDraft, ItemScope, ItemStage};
pub use measures::MeasuresPart;
pub use negative_list::{NegativeListRow, RowAnswer, SignedCheck};
