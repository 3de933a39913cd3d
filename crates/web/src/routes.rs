//! Every address of the site on one screen, with who may come.

use axum::routing::{get, post};

use domain::kernel::Role;

use crate::access::{demo, password, sign_in};
use crate::{api, contracts, rules, site};
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
    routes.extend(contract_pages());
    routes.extend(site_pages());
    routes.extend(rule_pages());
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

fn rule_pages() -> Vec<Route> {
    vec![
        route("/rules", Public, get(rules::list::index)),
        route("/rules/calendar/{year}", Public, get(rules::calendar::show_year)),
        route("/rules/{id}", Public, get(rules::one::show_one)),
    ]
}

fn site_pages() -> Vec<Route> {
    let own = Roles(&[Role::OrganisationUser]);
    vec![
        route("/", Public, get(site::home::index)),
        route("/desk", SignedIn, get(site::inbox::index)),
        route("/about", Public, get(site::pages::about)),
        route("/help", Public, get(site::pages::help)),
        route("/open-data", Public, get(site::pages::open_data)),
        route("/accessibility", Public, get(site::pages::accessibility)),
        route("/privacy", Public, get(site::pages::privacy)),
        route("/sitemap", Public, get(site::pages::sitemap)),
        route("/verify", Public, get(site::verify::new).post(site::verify::create)),
        route("/me/tokens", own, get(site::tokens::index).post(site::tokens::create)),
        route("/me/tokens/revocation", own, get(site::tokens::index).post(site::tokens::destroy)),
    ]
}
