//! The complaints that keep an organisation from being cancelled, each with its contract and whose it is (B22).

use app::registry::ending::open::{self, ComplaintSort};
use app::registry::ending::read::WholeEnding;
use domain::kernel::OrganisationId;

use crate::shell::{PageError, Visit};

/// A complaint that is open.
pub(super) struct ComplaintLine {
    pub href: String,
    pub number: String,
    pub title: String,
    pub sort: String,
    pub since: String,
}

/// Every complaint of the reader's own organisation, with a page on which it sees it.
pub(super) async fn own_lines(visit: &Visit, id: OrganisationId) -> Result<Vec<ComplaintLine>, PageError> {
    let address = |sort, number: &str| match sort {
        ComplaintSort::Recipient => format!("/contracts/{number}/satisfaction"),
        ComplaintSort::Office => format!("/me/contracts/{number}/feedback"),
        ComplaintSort::Errand => format!("/contracts/{number}"),
    };
    lines(visit, id, address).await
}

/// Every complaint that a case of cancellation still meets, for its desk.
pub(super) async fn desk_lines(visit: &Visit, whole: &WholeEnding) -> Result<Vec<ComplaintLine>, PageError> {
    if !whole.is_open_cancellation() {
        return Ok(Vec::new());
    }
    let address = |sort, number: &str| match sort {
        ComplaintSort::Recipient => format!("/contracts/{number}/satisfaction"),
        ComplaintSort::Office | ComplaintSort::Errand => format!("/contracts/{number}"),
    };
    lines(visit, whole.organisation.id, address).await
}

async fn lines(
    visit: &Visit,
    id: OrganisationId,
    address: impl Fn(ComplaintSort, &str) -> String,
) -> Result<Vec<ComplaintLine>, PageError> {
    let shell = &visit.shell;
    let found = open::complaints(&visit.city, id).await.map_err(|error| visit.error(error))?;
    let line = |one: open::OpenComplaint| ComplaintLine {
        href: shell.url(address(one.sort, &one.number)),
        sort: shell.coded(&one.sort),
        since: one.since.as_ref().map_or_else(String::new, |day| shell.date(day)),
        number: one.number,
        title: one.title,
    };
    Ok(found.into_iter().map(line).collect())
}
