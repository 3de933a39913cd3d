//! Every address of the site on one screen, with who may come.

use axum::routing::{get, post};

use domain::kernel::Role;

use crate::access::{demo, password, sign_in};
use crate::{api, contracts};
use crate::shell::guard::{Access, Route, route};
use crate::shell::{assets, display, gallery};
use crate::tendering::review;
use crate::tendering::{
    bid, check, correction, deadlines, desk, mine, notice, publish, questions, requirement, scoring,
    submission, tender, tenders,
};

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
    routes.extend(api::routes());
    routes.extend(api::around());
    routes.extend(tendering());
    routes.extend(review_pages());
    routes.extend(review_desks());
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

/// Who may be a member of a panel: experts, and whom the office sends.
const MEMBERS: &[Role] = &[Role::Expert, Role::OfficeStaff, Role::OfficeDirector];

fn review_pages() -> Vec<Route> {
    use review::{invitation, live, own_result, public, report, room, scores};
    let (member, bidder) = (Roles(MEMBERS), Roles(BIDDERS));
    vec![
        route("/tenders/{no}/opening", Public, get(room::show_room)),
        route("/tenders/{no}/opening/events", Public, get(room::events)),
        route("/tenders/{no}/opening/record", Public, get(room::show_record)),
        route("/tenders/{no}/session", Public, get(live::show_session)),
        route("/results", Public, get(public::index)),
        route("/tenders/{no}/result", Public, get(public::show_result)),
        route("/tenders/{no}/draw", Public, get(public::show_draw)),
        route("/tenders/{no}/report", Public, get(report::show_public)),
        route("/me/bids/{no}/result", bidder, get(own_result::show_own).post(own_result::refuse)),
        route("/expert", member, get(invitation::index)),
        route("/expert/{no}", member, get(invitation::show_one).post(invitation::update)),
        route("/expert/{no}/scores", member, get(scores::show_sheet).post(scores::update)),
        route("/expert/{no}/report", member, get(report::new).post(report::create)),
    ]
}

fn review_desks() -> Vec<Route> {
    use review::{desk_experts, desk_opening, desk_panel, desk_qualification, desk_result, desk_review, desk_sessions};
    let (desk, pool) = (Roles(TENDER_DESK), Roles(&[Role::PurchaseLead, Role::Supervisor]));
    vec![
        route("/desk/tenders/{no}/opening", desk, get(desk_opening::show_desk).post(desk_opening::update)),
        route(
            "/desk/tenders/{no}/qualification",
            desk,
            get(desk_qualification::show_desk).post(desk_qualification::update),
        ),
        route("/desk/tenders/{no}/panel", desk, get(desk_panel::show_desk).post(desk_panel::update)),
        route("/desk/tenders/{no}/sessions", desk, get(desk_sessions::show_desk).post(desk_sessions::update)),
        route("/desk/tenders/{no}/review", desk, get(desk_review::show_desk).post(desk_review::rank)),
        route("/desk/tenders/{no}/result", desk, get(desk_result::show_desk).post(desk_result::update)),
        route("/desk/experts", pool, get(desk_experts::index)),
        route("/desk/experts/{id}", pool, get(desk_experts::show_one).post(desk_experts::update)),
    ]
}
