//! The API: the same use cases as the pages, as JSON under `/api/v1`.
//!
//! Reading needs no key. Writing needs `Authorization: Bearer` and an `Idempotency-Key`. A browser's session
//! never counts here, so another site's page cannot act for its visitor; answers carry no CORS headers.

pub mod answer;
pub mod bearer;
pub mod bid_bodies;
pub mod bids;
pub mod bodies;
pub mod cultivation;
pub mod divisions;
mod docs;
pub mod files;
pub mod kept;
pub mod later;
pub mod later_bodies;
pub mod ledger;
pub mod ledger_bodies;
pub mod paging;
pub mod payment_requests;
pub mod problem;
pub mod read;
pub mod registry;
pub mod registry_bodies;

use utoipa::OpenApi;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};

use crate::shell::guard::{Access, Route, route};
use crate::shell::methods::{any, get, post};

/// Every path of the API, in the order in which the manual lists them.
pub fn routes() -> Vec<Route> {
    use Access::{Bearer, Public};
    let mut routes = vec![
        route("/api/v1/organisations", Public, get(read::organisations)),
        route("/api/v1/organisations/{uscc}", Public, get(read::organisation)),
        route("/api/v1/catalogues", Public, get(read::catalogues)),
        route("/api/v1/items", Public, get(read::items)),
        route("/api/v1/items/{code}", Public, get(read::item)),
        route("/api/v1/tenders", Public, get(read::tenders)),
        route("/api/v1/tenders/{number}", Public, get(read::tender)),
        route("/api/v1/results", Public, get(read::results)),
        route("/api/v1/results/{number}", Public, get(read::result)),
        route("/api/v1/contracts", Public, get(read::contracts)),
        route("/api/v1/contracts/{number}", Public, get(read::contract)),
        route("/api/v1/funds", Public, get(later::funds)),
        route("/api/v1/funds/{fund}/transfers", Public, get(later::transfers)),
        route("/api/v1/payments", Public, get(later::payments)),
        route("/api/v1/acceptances", Public, get(later::acceptances)),
        route("/api/v1/satisfaction", Public, get(later::satisfaction)),
        route("/api/v1/evaluations", Public, get(later::evaluations)),
        route("/api/v1/accounts/{year}", Public, get(later::accounts)),
        route("/api/v1/findings", Public, get(later::findings)),
        route("/api/v1/changes", Public, get(read::changes)),
        route("/api/v1/bids", Bearer, get(bids::index)),
        route("/api/v1/tenders/{number}/bids", Bearer, post(bids::create).delete(bids::destroy)),
        route("/api/v1/tenders/{number}/files", Bearer, post(files::create)),
        route("/api/v1/openapi.json", Public, get(docs::openapi)),
    ];
    routes.extend(registry_routes());
    routes.extend(provider_routes());
    routes
}

/// What the pages of the one window tell everyone.
fn registry_routes() -> Vec<Route> {
    use Access::Public;
    vec![
        route("/api/v1/organisations/{uscc}/standing", Public, get(registry::standing)),
        route("/api/v1/organisations/{uscc}/penalties", Public, get(registry::penalties)),
        route("/api/v1/inspections", Public, get(registry::inspections)),
        route("/api/v1/ratings", Public, get(registry::ratings)),
        route("/api/v1/credit-places", Public, get(registry::credit_places)),
        route("/api/v1/announcements", Public, get(registry::announcements)),
        route("/api/v1/targets", Public, get(registry::targets)),
        route("/api/v1/divisions", Public, get(divisions::index)),
        route("/api/v1/promises", Public, get(registry::promises)),
        route("/api/v1/statistics", Public, get(registry::statistics)),
        route("/api/v1/offices", Public, get(registry::offices)),
        route("/api/v1/documents/{code}", Public, get(registry::document)),
        route("/api/v1/cultivation/{year}", Public, get(cultivation::programme_of)),
        route("/api/v1/enrolments", Public, get(cultivation::enrolments)),
    ]
}

/// What a provider does and reads after the signature, and its files.
fn provider_routes() -> Vec<Route> {
    use Access::{Bearer, Public};
    vec![
        route("/api/v1/files", Bearer, post(kept::create)),
        route("/api/v1/files/{digest}", Bearer, get(kept::show_one)),
        route("/api/v1/contracts/{number}/milestones", Public, get(ledger::milestones)),
        route("/api/v1/contracts/{number}/milestones/{milestone}/report", Bearer, post(ledger::report)),
        route("/api/v1/contracts/{number}/service-records", Bearer, get(ledger::index).post(ledger::create)),
        route("/api/v1/contracts/{number}/service-records/{record}/reversal", Bearer, post(ledger::reverse)),
        route(
            "/api/v1/contracts/{number}/payment-requests",
            Bearer,
            get(payment_requests::index).post(payment_requests::create),
        ),
        route("/api/v1/payment-requests", Bearer, get(payment_requests::all)),
        route("/api/v1/payment-requests/{request}", Bearer, get(payment_requests::show_one)),
    ]
}

/// What answers outside the list: the readable manual, and a problem for every unknown path.
pub fn around() -> Vec<Route> {
    vec![
        route("/api/docs", Access::Public, get(docs::index)),
        route("/api/v1/{*rest}", Access::Public, any(problem::unknown)),
    ]
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Gongzhi API",
        version = "1",
        description = "Organisations with their inspections, grades, credit lists, penalties and standing, promises and figures, the cultivation programme, catalogue, tenders, results, contracts, public money, acceptances, satisfaction, evaluations and offices' accounts for everyone; acts for organisations: bids, files, service records, milestone reports, payment requests. Amounts are whole fen, moments RFC 3339 in Beijing time, dates ISO 8601.",
        license(name = "MIT", identifier = "MIT")
    ),
    paths(
        read::organisations,
        read::organisation,
        read::catalogues,
        read::items,
        read::item,
        read::tenders,
        read::tender,
        read::results,
        read::result,
        read::contracts,
        read::contract,
        later::funds,
        later::transfers,
        later::payments,
        later::acceptances,
        later::satisfaction,
        later::evaluations,
        later::accounts,
        later::findings,
        read::changes,
        bids::index,
        bids::create,
        bids::destroy,
        files::create,
        registry::standing,
        registry::penalties,
        registry::inspections,
        registry::ratings,
        registry::credit_places,
        registry::announcements,
        registry::targets,
        divisions::index,
        registry::promises,
        registry::statistics,
        registry::offices,
        registry::document,
        cultivation::programme_of,
        cultivation::enrolments,
        kept::create,
        kept::show_one,
        ledger::milestones,
        ledger::index,
        ledger::create,
        ledger::reverse,
        ledger::report,
        payment_requests::all,
        payment_requests::show_one,
        payment_requests::index,
        payment_requests::create,
        docs::openapi,
    ),
    components(schemas(problem::ProblemBody, problem::FieldProblem))
)]
struct Document;

/// The OpenAPI document.
pub fn document() -> utoipa::openapi::OpenApi {
    let mut document = Document::openapi();
    let components = document.components.get_or_insert_with(Default::default);
    components.add_security_scheme("token", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    document
}
