//! The addresses of delivery and acceptance (C52-C55, E3b).

use domain::kernel::Role;

use super::{LEAD, LEAD_AND_SUPERVISOR, OFFICE, OFFICE_DIRECTOR, OFFICIALS};
use crate::performance::{
    desk, desk_decision, desk_delivery, desk_one, halt, import, ledger, own, plan, public, register,
};
use crate::shell::guard::Access::{Public, Roles};
use crate::shell::guard::{Route, route};
use crate::shell::methods::{get, post};

/// All routes of delivery and acceptance.
pub(super) fn all() -> Vec<Route> {
    let mut routes = provider();
    routes.extend(bureau());
    routes
}

fn provider() -> Vec<Route> {
    let own_only = Roles(&[Role::OrganisationUser]);
    vec![
        route("/me/contracts/{no}/delivery", own_only, get(own::index).post(own::update)),
        route("/me/contracts/{no}/register", own_only, get(register::index).post(register::update)),
        route("/me/contracts/{no}/ledger", own_only, get(ledger::index).post(ledger::create)),
        route("/me/contracts/{no}/ledger/import", own_only, get(import::new).post(import::create)),
        route("/me/contracts/{no}/ledger/import/{digest}", own_only, get(import::errors)),
        route("/me/contracts/{no}/ledger/template.xlsx", own_only, get(import::template)),
        route("/me/contracts/{no}/ledger/{id}", own_only, get(ledger::show_one).post(ledger::reverse)),
        route("/me/contracts/{no}/ledger/{id}/photos/{photo}", own_only, get(ledger::photo)),
        route("/me/contracts/{no}/halt", own_only, get(halt::index).post(halt::update)),
    ]
}

fn bureau() -> Vec<Route> {
    vec![
        route("/contracts/{no}/delivery", Public, get(public::show_delivery)),
        route("/contracts/{no}/acceptance/{milestone}", Public, get(public::show_acceptance)),
        route("/desk/contracts/{no}/plan", Roles(OFFICIALS), get(plan::edit)),
        route("/desk/contracts/{no}/plan", Roles(OFFICE), post(plan::update)),
        route("/desk/contracts/{no}/delivery", Roles(OFFICIALS), get(desk_delivery::index)),
        route("/desk/contracts/{no}/delivery", Roles(OFFICE), post(desk_delivery::update)),
        route("/desk/contracts/{no}/ledger", Roles(OFFICIALS), get(ledger::desk)),
        route("/desk/contracts/{no}/halt", Roles(OFFICE_DIRECTOR), get(halt::index).post(halt::update)),
        route("/desk/acceptance", Roles(LEAD_AND_SUPERVISOR), get(desk::index)),
        route("/desk/acceptance/{no}/{milestone}", Roles(LEAD_AND_SUPERVISOR), get(desk_one::index)),
        route("/desk/acceptance/{no}/{milestone}", Roles(LEAD), post(desk_one::update)),
        route(
            "/desk/acceptance/{no}/{milestone}/decision",
            Roles(LEAD),
            get(desk_decision::new).post(desk_decision::create),
        ),
    ]
}
