//! Which roles may come to a route: declared with the route, denied by default.

use app::City;
use axum::Router;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use domain::kernel::Role;

use super::early::{self, Early};
use super::methods::Methods;
use super::visit::Visit;

/// Who may come in. Scope (whose office, whose organisation) is checked by the use case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everyone.
    Public,
    /// Everyone who is signed in.
    SignedIn,
    /// These roles.
    Roles(&'static [Role]),
    /// Everyone, in a demo only.
    DemoOnly,
    /// Programs with a token: the handler's `api::bearer::Bearer` answers those without one, because a
    /// program wants a problem and not a page to sign in.
    Bearer,
}

impl Access {
    /// Whether a reader in `role` may come in; `is_demo` says where.
    pub fn admits(self, role: Role, is_demo: bool) -> bool {
        match self {
            Access::Public | Access::Bearer => true,
            Access::SignedIn => role != Role::Public,
            Access::Roles(roles) => roles.contains(&role),
            Access::DemoOnly => is_demo,
        }
    }
}

/// One address with its methods and who may come.
pub struct Route {
    /// The path, as the router writes it.
    pub path: &'static str,
    /// Who may come.
    pub access: Access,
    /// Whether its form answers checks of single fields.
    pub has_checks: bool,
    methods: Methods,
}

impl Route {
    /// Lets scripts ask about single fields of this address's form before it is sent. The handler must do
    /// what it does through `App::act` alone, which keeps nothing of a rehearsal.
    #[must_use]
    pub fn with_checks(self) -> Self {
        Self { has_checks: true, ..self }
    }
}

/// Declares a route; a route without `access` cannot be written.
pub fn route(path: &'static str, access: Access, methods: Methods) -> Route {
    Route { path, access, has_checks: false, methods }
}

/// Builds the router from its routes.
pub fn router(routes: Vec<Route>) -> Router<City> {
    routes.into_iter().fold(Router::new(), |router, route| {
        let (access, has_checks) = (route.access, route.has_checks);
        let guard = from_fn(move |request, next| check(access, has_checks, request, next));
        let guarded = route.methods.0.layer(guard);
        router.route(route.path, guarded)
    })
}

/// Where a one-time password becomes one's own.
const PASSWORD_CHANGE: &str = "/password/change";
/// What is open before that: the change itself, the way out, and how pages look.
const BEFORE_A_CHANGE: [&str; 4] = [PASSWORD_CHANGE, "/sign-out", "/assets/", "/display"];

async fn check(access: Access, has_checks: bool, request: Request, next: Next) -> Response {
    let Some(visit) = request.extensions().get::<Visit>() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    if visit.must_change_password && !BEFORE_A_CHANGE.iter().any(|open| visit.shell.path.starts_with(open)) {
        let there = visit.shell.url(PASSWORD_CHANGE);
        return (StatusCode::SEE_OTHER, [(header::LOCATION, there)]).into_response();
    }
    if access.admits(visit.actor.post.role, visit.city.is_demo) {
        let mut answer = let_in(has_checks, request, next).await;
        if access == Access::Public {
            answer.extensions_mut().insert(Open);
        }
        return answer;
    }
    let mut answer = visit.error(app::Error::NotPermitted).into_response();
    answer.extensions_mut().insert(Denied);
    answer
}

/// Runs the handler; one that is asked about single fields runs for an actor who rehearses.
async fn let_in(has_checks: bool, mut request: Request, next: Next) -> Response {
    let early = Early::of(request.method(), request.headers());
    if early.is_check() && !has_checks {
        return axum::http::StatusCode::NO_CONTENT.into_response();
    }
    if let Some(visit) = request.extensions_mut().get_mut::<Visit>() {
        visit.actor.rehearses = early.is_check();
        visit.shell.early = early.clone();
    }
    early::answer(&early, next.run(request).await)
}

/// Marks the answer of a route that is open to everyone; it stays inside the program.
#[derive(Clone, Copy, Debug)]
pub struct Open;

/// Marks an answer that the guard itself gave; it stays inside the program. A stranger sees the same page as
/// for a missing thing, so only this mark lets the access table be tested.
#[derive(Clone, Copy, Debug)]
pub struct Denied;
