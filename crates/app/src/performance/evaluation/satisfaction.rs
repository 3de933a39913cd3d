//! What recipients said, as the evaluation needs it: the one place that reads the survey (E2).

use domain::kernel::ContractId;
use domain::performance::survey::{Round, Tally};

use crate::performance::survey;
use crate::{App, Cx, Error};

/// The count of the survey that belongs to a round; none when nobody was asked.
///
/// # Errors
/// The database could not be read.
pub(super) async fn of(cx: &mut Cx<'_>, contract: ContractId, round: Round) -> Result<Option<Tally>, Error> {
    survey::result_in(cx, contract, round).await
}

/// The count of a contract's final survey, for pages; none when nobody was asked.
///
/// # Errors
/// The database could not be read.
pub async fn of_contract(app: &App, contract: ContractId) -> Result<Option<Tally>, Error> {
    survey::result(app, contract).await
}
