//! Catalogue: measures, items and batches, from the office's proposal to the published list.
//!
//! `measures` come first, since no catalogue is published without them (S8, S14). An office proposes
//! `items`, its director signs the negative list, the purchase lead reviews (`review`) and publishes
//! (`listing`); `batches` group what is tendered together. `read` answers the pages, `sheet` the workbooks.

pub mod batches;
pub mod items;
pub mod listing;
pub mod measures;
pub mod read;
pub mod review;
pub mod sheet;
pub mod typed;

pub use batches::{CloseBatch, CreateBatch};
pub use items::{EditItem, ItemContent, ProposeItem};
pub use listing::PublishCatalogue;
pub use measures::{DraftMeasures, EditMeasures, MeasuresText, PublishMeasures};
pub use review::{ReviewItem, SignNegativeList, Verdict, WithdrawItem};
pub use sheet::{ImportItems, TypedRow};
pub use typed::{AmountUnit, TypedItem};

use domain::kernel::PersonId;

use crate::{Cx, Error};

/// The person who acts; the clock itself writes and reviews nothing here.
fn person(cx: &Cx<'_>) -> Result<PersonId, Error> {
    cx.actor.person.ok_or(Error::NotPermitted)
}
