//! Addresses of accounts, supervision and the archive, with who may come.

use super::{LEAD_AND_SUPERVISOR, OFFICE, OFFICE_DIRECTOR, OFFICE_STAFF, OFFICIALS, TENDER_DESK};
use crate::performance::account::{all, own, public, upheld, veto};
use crate::shell::guard::Access::{Public, Roles};
use crate::shell::guard::{Route, route};
use crate::shell::methods::{get, post};
use crate::supervision::{
    archive, counter, counter_rows, figure_lines, findings, indicators, oversight, public_findings, tickets,
};

/// Discipline, whose findings, judgements and decisions these are.
const SUPERVISOR: &[domain::kernel::Role] = &[domain::kernel::Role::Supervisor];

/// Finance, which consents to what touches the budget.
const FINANCE: &[domain::kernel::Role] = &[domain::kernel::Role::Finance];

pub(super) fn all_of_it() -> Vec<Route> {
    let counter = Roles(OFFICIALS);
    let (desk, both, office) = (Roles(TENDER_DESK), Roles(LEAD_AND_SUPERVISOR), Roles(OFFICE));
    let (director, discipline) = (Roles(OFFICE_DIRECTOR), Roles(SUPERVISOR));
    vec![
        route("/oversight", Public, get(oversight::index)),
        route("/oversight/findings", Public, get(public_findings::index)),
        route("/oversight/indicators/{indicator}", Public, get(figure_lines::index)),
        route("/offices/{code}/account", Public, get(public::show_one)),
        route("/desk/account", office, get(own::index)),
        route("/desk/account/joint", director, post(own::name)),
        route("/desk/account/joint/{id}", director, post(own::confirm)),
        route("/desk/accounts", both, get(all::index)),
        route("/desk/accounts/export.xlsx", both, get(all::export)),
        route("/desk/accounts/{code}", both, get(all::show_one).post(all::raise)).with_checks(),
        route("/desk/accounts/{code}/upheld", discipline, get(upheld::new).post(upheld::create))
            .with_checks(),
        route("/desk/upheld/{no}", desk, get(upheld::show_one)),
        route("/desk/upheld/{no}", discipline, post(upheld::withdraw)),
        route("/desk/vetoes/{no}", both, get(veto::show_one)),
        route("/desk/vetoes/{no}", discipline, post(veto::decide)),
        route("/desk/supervision", desk, get(findings::index)),
        route("/desk/supervision/export.xlsx", desk, get(findings::export)),
        route("/desk/supervision/{number}", desk, get(findings::show_one)),
        route("/desk/supervision/{number}", discipline, post(findings::open)),
        route("/desk/splitting", counter, get(counter::index)),
        route("/desk/splitting", Roles(OFFICE_STAFF), post(counter::create)).with_checks(),
        route("/desk/splitting/export.xlsx", counter, get(counter::export)),
        route("/desk/splitting/rows/{year}/{office}/{source}/{kind}", counter, get(counter_rows::index)),
        route("/desk/splitting/reported/{number}", Roles(FINANCE), post(counter_rows::consent)),
        route("/desk/tickets", desk, get(tickets::index)),
        route("/desk/tickets/{no}", desk, get(tickets::show_one)),
        route("/desk/tickets/{no}/answer", office, post(tickets::answer)),
        route("/desk/tickets/{no}/judgement", discipline, post(tickets::judge)),
        route("/desk/tickets/{no}/escalation", discipline, post(tickets::escalate)),
        route("/desk/indicators", desk, get(indicators::index)),
        route("/desk/indicators", Roles(OFFICE_STAFF), post(indicators::create)).with_checks(),
        route("/desk/tenders/{no}/archive", desk, get(archive::show_one)),
        route("/desk/tenders/{no}/archive.json", desk, get(archive::json)),
    ]
}
