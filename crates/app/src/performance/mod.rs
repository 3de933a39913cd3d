//! Performance of signed contracts: delivery, acceptance and what may change on the way (C28, C52-C55, E3b).
//!
//! `held` is the contract as these commands load it. Before signature `contracts::plan` keeps
//! units and the deduction table with it. Delivery: the `register` of workers and recipients, the `ledger` with its `import` and `lines`,
//! `supplement`s, `subcontract`s and `halt`s. Acceptance of a milestone, in the order of events: `report`,
//! `opinion`s of office and recipients, `call_back`s, the `acceptance` itself and its `publication`. `read`
//! and `desk` answer pages. `survey` asks those who were served, `evaluation` judges, `feedback` carries words both
//! ways, `account` sums what an office answers for.
//! and `desk` answer pages.
//!
//! Judgement: `survey` asks the recipients, `evaluation` joins three parties' scores, `feedback` goes both ways
//! (E1-E3, E6, S71-S73).
//! and `desk` answer pages. `survey` asks the recipients (E2).

pub mod acceptance;
pub mod account;
pub mod call_back;
pub mod desk;
pub mod evaluation;
pub mod feedback;
pub mod halt;
mod held;
pub mod import;
pub mod ledger;
pub mod lines;
pub mod opinion;
pub mod publication;
pub mod read;
pub mod register;
pub mod report;
pub mod subcontract;
pub mod supplement;
pub mod survey;

use domain::kernel::{PersonId, Refusal};

use crate::{Cx, Error};

/// No text of these pages is longer, in characters.
const TEXT_MAX: usize = 2_000;

/// Who acts; the public and the clock have no person.
fn person(cx: &Cx<'_>) -> Result<PersonId, Error> {
    cx.actor.person.ok_or(Error::NotPermitted)
}

/// A fault at a field when a text is too long to keep.
fn check_length(text: &str, field: &'static str) -> Result<(), Error> {
    length_fault(text, field).map_or(Ok(()), |refusal| Err(Error::Invalid(vec![refusal])))
}

fn length_fault(text: &str, field: &'static str) -> Option<Refusal> {
    let is_long = text.chars().count() > TEXT_MAX;
    let refusal = || Refusal::new("performance.text-too-long", "C54").at(field).with("max", TEXT_MAX);
    is_long.then(refusal)
}

/// A refusal that names a field goes beside that field.
fn at_field(refusal: Refusal) -> Error {
    if refusal.field.is_some() { Error::Invalid(vec![refusal]) } else { Error::Refused(refusal) }
}

/// Faults at their fields, or nothing.
fn none_of(faults: Vec<Refusal>) -> Result<(), Error> {
    match faults.as_slice() {
        [] => Ok(()),
        [only] if only.field.is_none() => Err(Error::Refused(only.clone())),
        _ => Err(Error::Invalid(faults)),
    }
}
