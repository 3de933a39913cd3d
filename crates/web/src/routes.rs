//! Every address of the site on one screen, with who may come.

use axum::routing::{get, post};

use crate::access::{demo, password, sign_in};
use crate::shell::guard::{Access, Route, route};
use crate::shell::{assets, display, gallery};

use Access::{DemoOnly, Public, SignedIn};

/// All routes.
pub fn all() -> Vec<Route> {
    let mut routes = Vec::new();
    routes.extend(house());
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
