//! Which surveys a contract has: half-way, one for each yearly round of evaluation, one at the end (C51, E2).

use domain::contracts::Term;
use domain::kernel::{ContractId, Date};
use domain::performance::evaluation::yearly;
use domain::performance::survey::Round;

use crate::{App, Cx, Error, args, row};

row! {
    /// What decides which rounds a contract has.
    struct Course {
        starts_on: Date,
        ends_on: Date,
        begun: i64,
    }
}

const COURSE: &str = "SELECT c.starts_on, c.ends_on,
       (SELECT count(*) FROM evaluation e WHERE e.contract_id = c.id AND e.kind = 'yearly') AS begun
     FROM contract c WHERE c.id = $1";

impl Course {
    fn term(&self) -> Term {
        Term { starts: self.starts_on, ends: self.ends_on }
    }
}

/// The surveys that a contract may have, in their order.
///
/// # Errors
/// `NotFound` for an unknown contract.
pub async fn rounds_of(app: &App, contract: ContractId) -> Result<Vec<Round>, Error> {
    let course: Course = app.db.one(COURSE, args![contract]).await?;
    let rules = app.book.on(course.starts_on);
    Ok(Round::all(yearly::rounds(&course.term(), course.begun, rules)))
}

/// Refuses a yearly survey of a year that the contract does not have, or that has not begun, at its field.
pub(super) async fn check(cx: &mut Cx<'_>, contract: ContractId, round: Round) -> Result<(), Error> {
    let Some(year) = round.year() else { return Ok(()) };
    let course: Course = cx.tx.one(COURSE, args![contract]).await?;
    let rules = cx.app.book.on(course.starts_on);
    let checked = yearly::check(year, &course.term(), course.begun, cx.now.date(), rules);
    checked.map_err(|refusal| Error::Invalid(vec![refusal.at("round")]))
}
