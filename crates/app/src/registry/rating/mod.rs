//! Rating: rounds, applications, visits, sittings, publicity, appeals, grades and how they end (B28-B34).
//!
//! The approval office runs it (S10); the social organisation bureau cannot touch it (S12). `case` holds the
//! application itself; one file for each step; `read`, `own` and `public` answer pages; `grade` tells everyone else
//! which grade an organisation has on a day.

pub mod appeal;
pub mod apply;
pub mod bodies;
pub mod case;
pub mod confirm;
pub mod grade;
mod lapse;
pub mod lowering;
pub mod meeting;
pub mod own;
pub mod public;
pub mod publicity;
pub mod read;
mod record;
pub mod rounds;
pub mod scheme;
pub mod sheet;
pub mod succession;
pub mod visit;

use domain::kernel::{PersonId, Refusal, Role};

use crate::{Cx, Error};

pub use grade::grade_on;
pub(in crate::registry) use lapse::with_registration as end_with_registration;

/// Those who run ratings.
const OFFICE: &[Role] = &[Role::ApprovalOfficer, Role::ApprovalDirector];
/// Those who decide over grades.
const DIRECTOR: &[Role] = &[Role::ApprovalDirector];

/// Who acts; the public and the clock have no person.
fn person(cx: &Cx<'_>) -> Result<PersonId, Error> {
    cx.actor.person.ok_or(Error::NotPermitted)
}

/// A fault at a field when a text that must be there is empty.
fn require(text: &str, field: &'static str) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::new("rating.text-missing", "B31").at(field));
    }
    Ok(())
}
