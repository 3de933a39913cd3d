//! What the system recorded of the year, row by row, beside what the organisation reports (B25, B26).

use app::registry::inspection::recorded::YearRows;

use crate::shell::Shell;

/// One recorded thing.
pub(super) struct RecordedLine {
    pub(super) what: String,
    pub(super) which: String,
    /// Where everyone reads more; empty where there is no such page.
    pub(super) href: String,
    pub(super) on: String,
    pub(super) amount: String,
}

pub(super) fn lines(shell: &Shell, rows: &YearRows) -> Vec<RecordedLine> {
    let line = |what: &str, which: String, href: String, on: String, amount: String| RecordedLine {
        what: shell.t(what),
        which,
        href,
        on,
        amount,
    };
    let none = || "—".to_owned();
    let penalties = rows.penalties.iter().map(|one| {
        let which = format!("{} {}", one.authority, one.document_number);
        line("inspection-recorded-penalty", which, String::new(), shell.date(&one.imposed_on), none())
    });
    let changes = rows.changes.iter().map(|one| {
        let on = shell.date(&one.decided_at.date());
        line("inspection-recorded-change", shell.coded(&one.item), String::new(), on, none())
    });
    let payments = rows.payments.iter().map(|one| {
        let href = shell.url(format!("/contracts/{}", one.contract));
        let (on, amount) = (shell.date(&one.told_at.date()), shell.money(&one.amount_fen));
        line("inspection-recorded-payment", one.contract.clone(), href, on, amount)
    });
    penalties.chain(changes).chain(payments).collect()
}
