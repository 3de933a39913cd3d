//! Every address of the site on one screen, with who may come.

use axum::routing::{get, post};

use crate::access::{demo, password, sign_in};
use crate::shell::guard::{Access, Route, route};
use crate::shell::{assets, display, gallery};
use crate::tendering::{
    bid, check, correction, deadlines, desk, mine, notice, publish, questions, requirement, scoring,
    submission, tender, tenders,
};
use domain::kernel::Role;

use Access::{DemoOnly, Public, Roles, SignedIn};

/// All routes.
pub fn all() -> Vec<Route> {
    let mut routes = Vec::new();
    routes.extend(house());
    routes.extend(tendering());
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

/// Who has a desk of tenders.
const TENDER_DESK: &[Role] = &[Role::OfficeStaff, Role::OfficeDirector, Role::PurchaseLead, Role::Supervisor];
const BIDDERS: &[Role] = &[Role::OrganisationUser];

fn tendering() -> Vec<Route> {
    let (desk_of, bidder) = (Roles(TENDER_DESK), Roles(BIDDERS));
    vec![
        route("/tenders", Public, get(tenders::index)),
        route("/tenders/{no}", Public, get(tender::show_one)),
        route("/tenders/{no}/qa", Public, get(questions::index).post(questions::create)),
        route("/tenders/{no}/corrections", Public, get(correction::index)),
        route("/tenders/{no}/deadlines", Public, get(deadlines::show_one)),
        route("/tenders/{no}/notice", Public, get(notice::show_one)),
        route("/tenders/{no}/bid", bidder, get(bid::edit).post(bid::update)),
        route("/tenders/{no}/bid/files/{id}", bidder, get(bid::file)),
        route("/tenders/{no}/bid/check", bidder, get(submission::new).post(submission::create)),
        route("/me/bids", bidder, get(mine::bids)),
        route("/me/bids/{no}", bidder, get(mine::bid)),
        route("/me/bids/{no}/receipt", bidder, get(mine::receipt)),
        route("/me/bids/{no}/withdrawal", bidder, get(submission::withdrawal).post(submission::withdraw)),
        route("/me/questions", bidder, get(mine::questions)),
        route("/desk/tenders", desk_of, get(desk::index).post(desk::create)),
        route("/desk/tenders/{no}", desk_of, get(desk::show_one)),
        route("/desk/tenders/{no}/requirement", desk_of, get(requirement::edit).post(requirement::update)),
        route("/desk/tenders/{no}/scoring", desk_of, get(scoring::edit).post(scoring::update)),
        route("/desk/tenders/{no}/check", desk_of, get(check::show_one).post(check::create)),
        route("/desk/tenders/{no}/publish", desk_of, get(publish::new).post(publish::create)),
        route("/desk/tenders/{no}/questions", desk_of, get(questions::desk).post(questions::answer)),
        route("/desk/tenders/{no}/correction", desk_of, get(correction::new).post(correction::create)),
    ]
}
