//! Addresses of evaluation and of feedback between office and organisation.

use domain::kernel::Role;

use crate::performance::{evaluation, feedback};
use crate::shell::guard::Access::{Public, Roles};
use crate::shell::guard::{Route, route};
use crate::shell::methods::{get, post};

use super::{EXPERTS, OFFICE, OFFICE_AND_LEAD, OFFICE_STAFF, OFFICIALS};

/// Discipline alone hears of retaliation (E6).
const DISCIPLINE: &[Role] = &[Role::Supervisor];
const OFFICE_AND_DISCIPLINE: &[Role] = &[Role::OfficeStaff, Role::OfficeDirector, Role::Supervisor];

/// The addresses.
pub fn all() -> Vec<Route> {
    let mut routes = evaluations();
    routes.extend(feedback_pages());
    routes
}

fn evaluations() -> Vec<Route> {
    let (own, experts) = (Roles(&[Role::OrganisationUser]), Roles(EXPERTS));
    vec![
        route("/evaluations", Public, get(evaluation::list::index)),
        route("/evaluations/offices", Public, get(evaluation::list::offices)),
        route("/contracts/{no}/evaluation", Public, get(evaluation::public::show_public)),
        route("/contracts/{no}/evaluation/sheets", Public, get(evaluation::sheets::show_sheets)),
        route("/desk/contracts/{no}/evaluation", Roles(OFFICIALS), get(evaluation::desk::show_desk)),
        route("/desk/contracts/{no}/evaluation", Roles(OFFICE_AND_LEAD), post(evaluation::desk::update)),
        route(
            "/desk/contracts/{no}/evaluation/plan",
            Roles(OFFICE_STAFF),
            get(evaluation::plan::edit).post(evaluation::plan::update),
        )
        .with_checks(),
        route(
            "/me/contracts/{no}/evaluation",
            own,
            get(evaluation::own::show_own).post(evaluation::own::reply),
        )
        .with_checks(),
        route("/expert/evaluations", experts, get(evaluation::expert::index)),
        route(
            "/expert/evaluations/{no}",
            experts,
            get(evaluation::expert::show_sheet).post(evaluation::expert::update),
        )
        .with_checks(),
        route("/expert/evaluations/{no}/document", experts, get(evaluation::expert::show_document)),
    ]
}

fn feedback_pages() -> Vec<Route> {
    let own = Roles(&[Role::OrganisationUser]);
    vec![
        route("/me/contracts/{no}/feedback", own, get(feedback::own::show_own).post(feedback::own::update)),
        route("/desk/office-feedback", Roles(OFFICE_AND_DISCIPLINE), get(feedback::desk::index)),
        route("/desk/contracts/{no}/feedback", Roles(OFFICE_AND_DISCIPLINE), get(feedback::desk::show_desk)),
        route("/desk/contracts/{no}/feedback", Roles(OFFICE), post(feedback::desk::update)),
        route(
            "/desk/retaliation",
            Roles(DISCIPLINE),
            get(feedback::retaliation::index).post(feedback::retaliation::update),
        ),
    ]
}
