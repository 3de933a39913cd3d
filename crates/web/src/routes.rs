//! Every address of the site on one screen, with who may come.

use axum::routing::{get, post};
use domain::kernel::Role;

use crate::access::{demo, password, sign_in};
use crate::registry::{directory, edit, import, me, offices, people, profile, search};
use crate::{api, contracts};
use crate::shell::guard::{Access, Route, route};
use crate::shell::{assets, display, gallery};

use Access::{DemoOnly, Public, Roles, SignedIn};

/// Everyone who works in the bureau on purchases.
const OFFICIALS: &[Role] =
    &[Role::OfficeStaff, Role::OfficeDirector, Role::PurchaseLead, Role::Supervisor, Role::Finance];
const OFFICE: &[Role] = &[Role::OfficeStaff, Role::OfficeDirector];

/// All routes.
pub fn all() -> Vec<Route> {
    let mut routes = Vec::new();
    routes.extend(house());
    routes.extend(registry());
    routes.extend(contract_pages());
    routes.extend(api::routes());
    routes.extend(api::around());
    routes
}

fn house() -> Vec<Route> {
    vec![
        route("/assets/{fingerprint}/{name}", Public, get(assets::show)),
        route("/style", Public, get(gallery::index)),
        route("/display", Public, post(display::update)),
        route("/sign-in", Public, get(sign_in::new).post(sign_in::create)),
        route("/sign-out", SignedIn, post(sign_in::destroy)),
        route("/post", SignedIn, post(sign_in::choose_post)),
        route("/password", SignedIn, get(password::new).post(password::create)),
        route("/demo", DemoOnly, get(demo::index)),
        route("/demo/sign-in", DemoOnly, post(demo::sign_in)),
        route("/demo/clock", DemoOnly, post(demo::move_clock)),
    ]
}

/// Who fills the register.
const REGISTRARS: Access = Roles(&[Role::PurchaseLead, Role::Administrator]);
/// Who manages people and offices.
const ADMINISTRATOR: Access = Roles(&[Role::Administrator]);

fn registry() -> Vec<Route> {
    vec![
        route("/orgs", Public, get(directory::index)),
        route("/orgs/export.xlsx", Public, get(directory::xlsx)),
        route("/orgs/export.csv", Public, get(directory::csv)),
        route("/orgs/{uscc}", Public, get(profile::show_one)),
        route("/districts/{code}/orgs", Public, get(directory::district)),
        route("/search", Public, get(search::index)),
        route("/offices", Public, get(offices::index)),
        route("/offices/{code}", Public, get(offices::show_one)),
        route("/me", Roles(&[Role::OrganisationUser]), get(me::index)),
        route("/desk/organisations/new", REGISTRARS, get(edit::new).post(edit::create)),
        route("/desk/organisations/{uscc}/edit", REGISTRARS, get(edit::edit).post(edit::update)),
        route("/desk/organisations/import", REGISTRARS, get(import::new).post(import::create)),
        route("/desk/organisations/import/template.xlsx", REGISTRARS, get(import::empty)),
        route("/desk/organisations/import/{digest}", REGISTRARS, get(import::errors)),
        route("/desk/people", ADMINISTRATOR, get(people::index).post(people::create)),
        route("/desk/people/{id}", ADMINISTRATOR, get(people::show_one).post(people::give_post)),
        route("/desk/people/offices/{code}", ADMINISTRATOR, get(people::director).post(people::appoint)),
    ]
}

fn contract_pages() -> Vec<Route> {
    let own = Roles(&[Role::OrganisationUser]);
    vec![
        route("/contracts", Public, get(contracts::list::index)),
        route("/contracts/{no}", Public, get(contracts::view::show_public)),
        route("/contracts/{no}/document", Public, get(contracts::document::show_document)),
        route("/desk/contracts", Roles(OFFICIALS), get(contracts::desk::index).post(contracts::desk::create)),
        route(
            "/desk/contracts/{no}",
            Roles(OFFICIALS),
            get(contracts::desk::show_one).post(contracts::desk::update),
        ),
        route(
            "/desk/contracts/{no}/offer",
            Roles(OFFICE),
            get(contracts::desk::show_one).post(contracts::desk::offer),
        ),
        route(
            "/desk/contracts/{no}/signature",
            Roles(&[Role::OfficeDirector]),
            get(contracts::signature::new).post(contracts::signature::create),
        ),
        route("/me/contracts", own, get(contracts::own::index)),
        route("/me/contracts/{no}", own, get(contracts::own::show_own)),
        route(
            "/me/contracts/{no}/signature",
            own,
            get(contracts::signature::new).post(contracts::signature::create),
        ),
    ]
}
