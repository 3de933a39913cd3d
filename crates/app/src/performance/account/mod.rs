//! The director's account: computed from what the tables hold, line by line; nothing of it is stored (E4, S63).
//!
//! `sources` and `judged` read the lines, each from its own tables; `read` sums them by office and year; `joint` keeps who
//! shares an item (S47), `veto` what caps a result, `upheld` what an authority or supervision found (E5), `sheet` the
//! yearly export for the bureau's assessment,
//! `generated` invented years for measuring.

mod check;
pub mod generated;
pub mod joint;
mod judged;
mod read;
pub mod sheet;
mod sources;
pub mod upheld;
pub mod veto;

pub use check::{Checked, check};
pub use read::{
    Attached, Director, Evidence, OfficeAccount, Totals, all, of_office, totals, totals_of, years,
};
pub(crate) use read::{director_on, tenures_of};
pub(crate) use sources::steps;
