//! Which roles may come to a route: declared with the route, denied by default.

use app::City;
use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;
use domain::kernel::Role;

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
    handlers: MethodRouter<City>,
}

/// Declares a route; a route without `access` cannot be written.
pub fn route(path: &'static str, access: Access, handlers: MethodRouter<City>) -> Route {
    Route { path, access, handlers }
}

/// Builds the router from its routes.
pub fn router(routes: Vec<Route>) -> Router<City> {
    routes.into_iter().fold(Router::new(), |router, route| {
        let access = route.access;
        let guarded = route.handlers.layer(from_fn(move |request, next| check(access, request, next)));
        router.route(route.path, guarded)
    })
}

async fn check(access: Access, request: Request, next: Next) -> Response {
    let Some(visit) = request.extensions().get::<Visit>() else {
        return axum::http::StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    if access.admits(visit.actor.post.role, visit.city.is_demo) {
        let mut answer = next.run(request).await;
        if access == Access::Public {
            answer.extensions_mut().insert(Open);
        }
        return answer;
    }
    let mut answer = visit.error(app::Error::NotPermitted).into_response();
    answer.extensions_mut().insert(Denied);
    answer
}

/// Marks the answer of a route that is open to everyone; it stays inside the program.
#[derive(Clone, Copy, Debug)]
pub struct Open;

/// Marks an answer that the guard itself gave; it stays inside the program. A stranger sees the same page as
/// for a missing thing, so only this mark lets the access table be tested.
#[derive(Clone, Copy, Debug)]
pub struct Denied;
