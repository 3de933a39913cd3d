//! The targeted cultivation programme: opened by the social organisation bureau, entered by organisations, scored,
//! heard, public, confirmed by a second person, reviewed yearly, left (S20-S36, D1-D3).
//!
//! The bureau runs it and touches no case of the approval office (S12). `programme` holds the years, `case` one
//! enrolment, `apply`, `assess`, `decide` and `follow` its steps, `partners` the departments that are asked, `read`
//! and `public` answer pages.

pub mod apply;
pub mod assess;
pub mod case;
pub mod decide;
pub mod follow;
pub mod partners;
pub mod programme;
pub mod public;
pub mod read;

use domain::kernel::{PersonId, Refusal, Role};

use crate::{Cx, Error};

/// Those who run the programme.
const BUREAU: &[Role] = &[Role::OrganisationBureau];
/// The longest text, in characters.
const TEXT_MAX: usize = 2_000;
/// The longest number of a paper, in characters.
const NUMBER_MAX: usize = 60;

/// Who acts; the public and the clock have no person.
fn person(cx: &Cx<'_>) -> Result<PersonId, Error> {
    cx.actor.person.ok_or(Error::NotPermitted)
}

/// A text that must be there and not be too long.
fn required(faults: &mut Vec<Refusal>, field: &str, text: &str, most: usize) -> String {
    let text = text.trim();
    if text.is_empty() {
        faults.push(Refusal::new("cultivation.text-missing", "D1").at(field));
    } else if text.chars().count() > most {
        faults.push(Refusal::new("cultivation.text-long", "D1").at(field).with("most", most));
    }
    text.to_owned()
}
