//! What is on file of any case of the credit desk, beside its papers and documents: the deadlines.

use app::deadlines;
use domain::kernel::Subject;

use super::date_or_dash;
use crate::shell::{PageError, Visit};

/// A deadline on the page.
pub struct DeadlineLine {
    pub first: String,
    pub second: String,
    pub third: String,
    pub href: String,
    pub tone: &'static str,
}

/// The deadlines of a case, oldest first.
///
/// # Errors
/// The database failed, as a page.
pub(super) async fn deadlines(visit: &Visit, subject: Subject) -> Result<Vec<DeadlineLine>, PageError> {
    let (city, shell) = (&visit.city, &visit.shell);
    let today = shell.now().date();
    let running = deadlines::of(city, subject).await.map_err(|error| visit.error(error))?;
    let line = |one: &deadlines::HeldDeadline| DeadlineLine {
        first: shell.coded(&one.rule),
        second: one.due_on.map_or_else(|| shell.t("credit-standing-still"), |day| shell.date(&day)),
        third: date_or_dash(shell, one.done_on),
        href: shell.url(format!("/rules/{}", city.book.on(one.rules_on).rule(one.rule).ground)),
        tone: if one.is_late(today) { "stop" } else { "ok" },
    };
    Ok(running.iter().map(line).collect())
}
