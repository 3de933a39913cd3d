//! The director's account on pages: the office's own, those of all offices, and the public one (E4, S63).

pub mod all;
pub mod own;
pub mod public;
pub(crate) mod told;
pub mod upheld;
pub mod veto;

use crate::shell::form::pairs;
use crate::shell::{Choice, Form, PageError, Visit};

/// The year that the address asks for, or the newest with listed items, with all there are to choose from: each
/// with listed items, and the running one.
pub(crate) async fn chosen_year(visit: &Visit) -> Result<(i16, Vec<Choice>), PageError> {
    let years = app::performance::account::years(&visit.city).await.map_err(|error| visit.error(error))?;
    let asked = Form::of(pairs(visit.shell.query.as_bytes()));
    let wished = asked.number("year").and_then(|year| i16::try_from(year).ok());
    let running = visit.shell.now().date().year();
    let year = wished.unwrap_or_else(|| years.first().copied().unwrap_or(running));
    let mut offered = years;
    offered.extend([running, year]);
    offered.sort_unstable_by(|one, other| other.cmp(one));
    offered.dedup();
    let choices =
        offered.into_iter().map(|one| Choice::new(one.to_string(), one.to_string(), &year.to_string()));
    Ok((year, choices.collect()))
}
