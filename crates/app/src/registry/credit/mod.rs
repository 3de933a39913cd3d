//! Credit at the approval office: penalties, letters, listings as cases, removals, and what falls due (B35-B38).
//!
//! An officer proposes with evidence, the organisation is told and may answer, another person decides (C14).
//! `penalty_notice` tells and hears before a penalty of the registrar's own, `penalty_decision` decides it,
//! `penalty_papers` writes what goes out, `sealing` keeps what is sealed during a stop of activity,
//! `penalty` and `letter` keep what leads to a listing, `proposal`, `answer` and `decision` are its steps,
//! `removal` ends it, `due` finds and does what the clock brings, `step` keeps the register's columns in step,
//! `read` tells pages what is on file.

pub mod answer;
pub mod decision;
pub mod due;
pub mod held;
pub mod letter;
pub mod penalty;
pub mod penalty_decision;
pub mod penalty_notice;
mod penalty_papers;
pub mod proposal;
pub mod read;
pub mod removal;
pub mod sealing;
mod step;

use domain::kernel::{Actor, PersonId, Refusal, Role};

use crate::Error;

/// Prepares: records, proposes, hears, verifies.
pub const OFFICERS: &[Role] = &[Role::ApprovalOfficer, Role::System];
/// Decides what another prepared.
pub const DIRECTORS: &[Role] = &[Role::ApprovalDirector];

/// The longest number of a document or a letter, in characters.
const NUMBER_MAX: usize = 60;
/// The longest text, in characters.
const TEXT_MAX: usize = 2_000;

/// A text that must be there and not be too long.
fn required(faults: &mut Vec<Refusal>, rule: &'static str, field: &str, text: &str, most: usize) -> String {
    let text = text.trim();
    if text.is_empty() {
        faults.push(Refusal::new("credit.text-missing", rule).at(field));
    } else if text.chars().count() > most {
        faults.push(Refusal::new("credit.text-too-long", rule).at(field).with("most", most));
    }
    text.to_owned()
}

/// A text that may stay away and must not be too long.
fn optional(faults: &mut Vec<Refusal>, rule: &'static str, field: &str, text: &str, most: usize) -> String {
    let text = text.trim();
    if text.chars().count() > most {
        faults.push(Refusal::new("credit.text-too-long", rule).at(field).with("most", most));
    }
    text.to_owned()
}

/// A refusal at a field is told with the other faults; any other bars the act alone.
///
/// # Errors
/// A refusal without a field.
fn beside(faults: &mut Vec<Refusal>, answer: Result<(), Refusal>) -> Result<(), Error> {
    match answer {
        Err(refusal) if refusal.field.is_some() => {
            faults.push(refusal);
            Ok(())
        }
        other => Ok(other?),
    }
}

/// Who acts, as a table keeps it: none for the clock itself.
fn writer(actor: &Actor) -> Option<PersonId> {
    actor.person
}
