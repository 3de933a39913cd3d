//! Every address of the site, with who may come: purchase and the house on this screen, each other part in a file below.

mod cultivation;
mod evaluation;
mod funds;
mod performance;
mod supervision;
mod survey;
mod window;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use domain::kernel::Role;

use crate::access::{demo, own_password, password, sign_in, sign_up};
use crate::registry::{
    directory, divisions, edit, import, me, offices, people, person, profile, search, statistics,
};
use crate::shell::guard::{Access, Route, route};
use crate::shell::methods::{get, post};
use crate::shell::{assets, display, gallery};
use crate::tendering::review;
use crate::tendering::{
    bid, check, consortium, correction, deadlines, desk, mine, notice, publish, questions, requirement,
    scoring, submission, tender, tenders,
};
use crate::{api, catalogue as listed, contracts, rules, site};

use Access::{DemoOnly, Public, Roles, SignedIn};

/// Everyone who works in the bureau on purchases.
const OFFICIALS: &[Role] =
    &[Role::OfficeStaff, Role::OfficeDirector, Role::PurchaseLead, Role::Supervisor, Role::Finance];
const OFFICE: &[Role] = &[Role::OfficeStaff, Role::OfficeDirector];
const OFFICE_STAFF: &[Role] = &[Role::OfficeStaff];
const OFFICE_DIRECTOR: &[Role] = &[Role::OfficeDirector];
const OFFICE_AND_LEAD: &[Role] = &[Role::OfficeStaff, Role::OfficeDirector, Role::PurchaseLead];
const STAFF_AND_LEAD: &[Role] = &[Role::OfficeStaff, Role::PurchaseLead];
const DIRECTOR_AND_LEAD: &[Role] = &[Role::OfficeDirector, Role::PurchaseLead];
const LEAD: &[Role] = &[Role::PurchaseLead];
const LEAD_AND_SUPERVISOR: &[Role] = &[Role::PurchaseLead, Role::Supervisor];
/// Who fills the register; each enters its own (S10-S12).
const REGISTRARS: Access = Roles(&[Role::ApprovalOfficer, Role::PurchaseLead, Role::Administrator]);
/// Who manages people and offices.
const ADMINISTRATOR: Access = Roles(&[Role::Administrator]);

/// All routes.
pub fn all() -> Vec<Route> {
    let mut routes = Vec::new();
    routes.extend(house());
    routes.extend(registry());
    routes.extend(window::all());
    routes.extend(catalogue());
    routes.extend(contract_pages());
    routes.extend(funds::all());
    routes.extend(performance::all());
    routes.extend(survey::all());
    routes.extend(evaluation::all());
    routes.extend(cultivation::all());
    routes.extend(site_pages());
    routes.extend(rule_pages());
    routes.extend(api::routes());
    routes.extend(api::around());
    routes.extend(tendering());
    routes.extend(review_pages());
    routes.extend(review_desks());
    routes.extend(supervision::all_of_it());
    routes
}

/// Whether this program has a page at `path`, for links to what another capability offers.
pub fn is_served(path: &str) -> bool {
    static PATHS: LazyLock<BTreeSet<&'static str>> =
        LazyLock::new(|| all().iter().map(|route| route.path).collect());
    PATHS.contains(path)
}

fn house() -> Vec<Route> {
    vec![
        route("/assets/{fingerprint}/{name}", Public, get(assets::show)),
        route("/style", Public, get(gallery::index)),
        route("/display", Public, post(display::update)),
        route("/sign-in", Public, get(sign_in::new).post(sign_in::create)),
        route("/sign-up", Public, get(sign_up::new).post(sign_up::create)),
        route("/sign-out", SignedIn, post(sign_in::destroy)),
        route("/post", SignedIn, post(sign_in::choose_post)),
        route("/password", SignedIn, get(password::new).post(password::create)),
        route("/password/change", SignedIn, get(own_password::edit).post(own_password::update)),
        route("/demo", DemoOnly, get(demo::index)),
        route("/demo/sign-in", DemoOnly, post(demo::sign_in)),
        route("/demo/clock", DemoOnly, post(demo::move_clock)),
    ]
}

fn registry() -> Vec<Route> {
    vec![
        route("/orgs", Public, get(directory::index)),
        route("/orgs/export.xlsx", Public, get(directory::xlsx)),
        route("/orgs/export.csv", Public, get(directory::csv)),
        route("/orgs/{uscc}", Public, get(profile::show_one)),
        route("/orgs/{uscc}/record.csv", Public, get(profile::csv)),
        route("/orgs/{uscc}/record.json", Public, get(profile::json)),
        route("/orgs/{uscc}/file", Public, get(profile::sheet)),
        route("/orgs/{uscc}/file/{fingerprint}", Public, get(profile::check)),
        route("/districts/{code}/orgs", Public, get(directory::district)),
        route("/search", Public, get(search::index)),
        route("/statistics", Public, get(statistics::index)),
        route("/statistics.csv", Public, get(statistics::csv)),
        route("/divisions", Public, get(divisions::index)),
        route("/divisions.csv", Public, get(divisions::csv)),
        route("/offices", Public, get(offices::index)),
        route("/offices/{code}", Public, get(offices::show_one)),
        route("/me", Roles(&[Role::OrganisationUser]), get(me::index)),
        route("/desk/organisations/new", REGISTRARS, get(edit::new).post(edit::create)).with_checks(),
        route("/desk/organisations/{uscc}/edit", REGISTRARS, get(edit::edit).post(edit::update))
            .with_checks(),
        route("/desk/organisations/import", REGISTRARS, get(import::new).post(import::create)),
        route("/desk/organisations/import/template.xlsx", REGISTRARS, get(import::empty)),
        route("/desk/organisations/import/{digest}", REGISTRARS, get(import::errors)),
        route("/desk/people", ADMINISTRATOR, get(people::index).post(people::create)).with_checks(),
        route("/desk/people/{id}", ADMINISTRATOR, get(person::show_one).post(person::update)).with_checks(),
        route("/desk/people/offices/{code}", ADMINISTRATOR, get(people::director).post(people::appoint))
            .with_checks(),
    ]
}

fn catalogue() -> Vec<Route> {
    use listed::{batches, desk_batches, desk_form, desk_import, desk_item, desk_list, desk_measures};
    use listed::{item, list, measures, overview};
    vec![
        route("/purchase", Public, get(overview::index)),
        route("/purchase/catalogue", Public, get(list::index)),
        route("/purchase/catalogue.xlsx", Public, get(list::download)),
        route("/purchase/catalogue/{code}", Public, get(item::show_item)),
        route("/purchase/measures", Public, get(measures::index)),
        route("/purchase/measures/{edition}", Public, get(measures::show_edition)),
        route("/purchase/batches/{name}", Public, get(batches::show_batch)),
        route("/desk/catalogue", Roles(OFFICIALS), get(desk_list::index)),
        route("/desk/catalogue/publication", Roles(LEAD), post(desk_list::publish)),
        route("/desk/catalogue/new", Roles(OFFICE_STAFF), get(desk_form::new).post(desk_form::create))
            .with_checks(),
        route("/desk/catalogue/import", Roles(OFFICE_STAFF), get(desk_import::new).post(desk_import::create)),
        route("/desk/catalogue/template.xlsx", Roles(OFFICE_STAFF), get(desk_import::template)),
        route("/desk/catalogue/{code}", Roles(OFFICIALS), get(desk_item::show_item)),
        route(
            "/desk/catalogue/{code}/edit",
            Roles(OFFICE_STAFF),
            get(desk_form::edit).post(desk_form::update),
        )
        .with_checks(),
        route("/desk/catalogue/{code}/signature", Roles(OFFICE_DIRECTOR), post(desk_item::sign)),
        route("/desk/catalogue/{code}/review", Roles(LEAD), post(desk_item::review)),
        route("/desk/catalogue/{code}/withdrawal", Roles(OFFICE_AND_LEAD), post(desk_item::withdraw)),
        route("/desk/measures", Roles(LEAD_AND_SUPERVISOR), get(desk_measures::index)),
        route("/desk/measures/new", Roles(LEAD), get(desk_measures::new).post(desk_measures::create))
            .with_checks(),
        route("/desk/measures/{edition}", Roles(LEAD_AND_SUPERVISOR), get(desk_measures::show_edition)),
        route(
            "/desk/measures/{edition}/edit",
            Roles(LEAD),
            get(desk_measures::edit).post(desk_measures::update),
        )
        .with_checks(),
        route("/desk/measures/{edition}/publication", Roles(LEAD), post(desk_measures::publish)),
        route("/desk/batches", Roles(LEAD_AND_SUPERVISOR), get(desk_batches::index)),
        route("/desk/batches/new", Roles(LEAD), get(desk_batches::new).post(desk_batches::create)),
        route("/desk/batches/{name}", Roles(LEAD_AND_SUPERVISOR), get(desk_batches::show_batch)),
        route("/desk/batches/{name}/closing", Roles(LEAD), post(desk_batches::close)),
    ]
}

fn contract_pages() -> Vec<Route> {
    let own = Roles(&[Role::OrganisationUser]);
    vec![
        route("/contracts", Public, get(contracts::list::index)),
        route("/contracts/{no}", Public, get(contracts::view::show_public)),
        route("/contracts/{no}/document", Public, get(contracts::document::show_document)),
        route("/desk/contracts", Roles(OFFICIALS), get(contracts::desk::index)),
        route("/desk/contracts", Roles(OFFICE), post(contracts::desk::create)),
        route("/desk/contracts/{no}", Roles(OFFICIALS), get(contracts::desk::show_one)),
        route("/desk/contracts/{no}", Roles(OFFICE), post(contracts::desk::update)).with_checks(),
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

/// Who has a desk of tenders. Discipline reads it all and writes nothing but its attendance, at the opening
/// and in the sessions; everything else is written by those whose act it is (E11).
const TENDER_DESK: &[Role] = &[Role::OfficeStaff, Role::OfficeDirector, Role::PurchaseLead, Role::Supervisor];
const BIDDERS: &[Role] = &[Role::OrganisationUser];

fn tendering() -> Vec<Route> {
    let (desk_of, bidder) = (Roles(TENDER_DESK), Roles(BIDDERS));
    vec![
        route("/tenders", Public, get(tenders::index)),
        route("/tenders/{no}", Public, get(tender::show_one)),
        route("/tenders/{no}/qa", Public, get(questions::index)),
        route("/tenders/{no}/qa", bidder, post(questions::create)).with_checks(),
        route("/tenders/{no}/corrections", Public, get(correction::index)),
        route("/tenders/{no}/deadlines", Public, get(deadlines::show_one)),
        route("/tenders/{no}/notice", Public, get(notice::show_one)),
        route("/tenders/{no}/bid", bidder, get(bid::edit).post(bid::update)).with_checks(),
        route("/tenders/{no}/bid/files/{id}", bidder, get(bid::file)),
        route("/tenders/{no}/consortium", bidder, get(consortium::edit).post(consortium::update)),
        route("/tenders/{no}/bid/check", bidder, get(submission::new).post(submission::create)),
        route("/me/bids", bidder, get(mine::bids)),
        route("/me/bids/{no}", bidder, get(mine::bid)),
        route("/me/bids/{no}/receipt", bidder, get(mine::receipt)),
        route("/me/bids/{no}/withdrawal", bidder, get(submission::withdrawal).post(submission::withdraw)),
        route("/me/questions", bidder, get(mine::questions)),
        route("/desk/tenders", desk_of, get(desk::index)),
        route("/desk/tenders", Roles(OFFICE_STAFF), post(desk::create)),
        route("/desk/tenders/{no}", desk_of, get(desk::show_one)),
        route("/desk/tenders/{no}/requirement", desk_of, get(requirement::edit)),
        route("/desk/tenders/{no}/requirement", Roles(OFFICE_STAFF), post(requirement::update)).with_checks(),
        route("/desk/tenders/{no}/scoring", desk_of, get(scoring::edit)),
        route("/desk/tenders/{no}/scoring", Roles(OFFICE_STAFF), post(scoring::update)).with_checks(),
        route("/desk/tenders/{no}/check", desk_of, get(check::show_one)),
        route("/desk/tenders/{no}/check", Roles(STAFF_AND_LEAD), post(check::create)),
        route("/desk/tenders/{no}/publish", desk_of, get(publish::new)),
        route("/desk/tenders/{no}/publish", Roles(LEAD), post(publish::create)).with_checks(),
        route("/desk/tenders/{no}/questions", desk_of, get(questions::desk)),
        route("/desk/tenders/{no}/questions", Roles(OFFICE_STAFF), post(questions::answer)).with_checks(),
        route("/desk/tenders/{no}/correction", desk_of, get(correction::new)),
        route("/desk/tenders/{no}/correction", Roles(LEAD), post(correction::create)).with_checks(),
    ]
}

const EXPERTS: &[Role] = &[Role::Expert];
/// Who may be a member of a panel: experts, and whom the office sends.
const MEMBERS: &[Role] = &[Role::Expert, Role::OfficeStaff, Role::OfficeDirector];

fn review_pages() -> Vec<Route> {
    use review::{
        expert_relations, invitation, live, own_price, own_result, prices, public, recheck, report, room,
        scores,
    };
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
        route("/me/bids/{no}/price", bidder, get(own_price::edit).post(own_price::update)).with_checks(),
        route("/expert", member, get(invitation::index)),
        route(
            "/expert/relations",
            Roles(EXPERTS),
            get(expert_relations::index).post(expert_relations::create),
        ),
        route("/expert/{no}", member, get(invitation::show_one).post(invitation::update)).with_checks(),
        route("/expert/{no}/scores", member, get(scores::show_sheet).post(scores::update)).with_checks(),
        route("/expert/{no}/files/{alias}/{place}", member, get(scores::file)),
        route("/expert/{no}/recheck", member, get(recheck::show_all).post(recheck::update)).with_checks(),
        route("/expert/{no}/prices", member, get(prices::show_all).post(prices::update)),
        route("/expert/{no}/report", member, get(report::new).post(report::create)),
    ]
}

fn review_desks() -> Vec<Route> {
    use review::{
        desk_expert_new, desk_experts, desk_opening, desk_panel, desk_qualification, desk_result,
        desk_review, desk_sessions,
    };
    let (desk, pool) = (Roles(TENDER_DESK), Roles(LEAD_AND_SUPERVISOR));
    let deciders = Roles(DIRECTOR_AND_LEAD);
    vec![
        route("/desk/tenders/{no}/opening", desk, get(desk_opening::show_desk).post(desk_opening::update)),
        route("/desk/tenders/{no}/qualification", desk, get(desk_qualification::show_desk)),
        route("/desk/tenders/{no}/qualification", Roles(OFFICE), post(desk_qualification::update)),
        route("/desk/tenders/{no}/agreements/{id}", desk, get(desk_qualification::agreement)),
        route("/desk/tenders/{no}/panel", desk, get(desk_panel::show_desk)),
        route("/desk/tenders/{no}/panel", deciders, post(desk_panel::update)),
        route("/desk/tenders/{no}/sessions", desk, get(desk_sessions::show_desk).post(desk_sessions::update))
            .with_checks(),
        route("/desk/tenders/{no}/review", desk, get(desk_review::show_desk)),
        route("/desk/tenders/{no}/review", Roles(LEAD), post(desk_review::rank)),
        route("/desk/tenders/{no}/result", desk, get(desk_result::show_desk)),
        route("/desk/tenders/{no}/result", deciders, post(desk_result::update)),
        route("/desk/experts", pool, get(desk_experts::index)),
        route("/desk/experts/new", Roles(LEAD), get(desk_expert_new::new).post(desk_expert_new::create)),
        route("/desk/experts/{id}", pool, get(desk_experts::show_one)),
        route("/desk/experts/{id}", Roles(LEAD), post(desk_experts::update)),
    ]
}
