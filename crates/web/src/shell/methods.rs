//! The methods of an address. Each handler is held as one type of function: the router's own layers would
//! otherwise be compiled again for each of some five hundred handlers.

use std::pin::Pin;
use std::sync::Arc;

use app::City;
use axum::extract::Request;
use axum::handler::Handler;
use axum::response::Response;
use axum::routing::{self, MethodRouter};

/// An answer on its way.
type Answering = Pin<Box<dyn Future<Output = Response> + Send>>;

/// A handler, whatever it takes from the request.
#[derive(Clone)]
struct Held(Arc<dyn Fn(Request, City) -> Answering + Send + Sync>);

impl Held {
    fn of<T: 'static>(handler: impl Handler<T, City, Future = Answering>) -> Self {
        Self(Arc::new(move |request, city| handler.clone().call(request, city)))
    }
}

impl Handler<Held, City> for Held {
    type Future = Answering;

    fn call(self, request: Request, city: City) -> Answering {
        (self.0)(request, city)
    }
}

/// What an address answers, by method.
pub struct Methods(pub(super) MethodRouter<City>);

impl Methods {
    /// The same address, which is also sent to.
    #[must_use]
    pub fn post<T: 'static>(self, handler: impl Handler<T, City, Future = Answering>) -> Self {
        Self(self.0.post(Held::of(handler)))
    }

    /// The same address, which is also deleted.
    #[must_use]
    pub fn delete<T: 'static>(self, handler: impl Handler<T, City, Future = Answering>) -> Self {
        Self(self.0.delete(Held::of(handler)))
    }
}

/// An address that is read.
pub fn get<T: 'static>(handler: impl Handler<T, City, Future = Answering>) -> Methods {
    Methods(routing::get(Held::of(handler)))
}

/// An address that is sent to.
pub fn post<T: 'static>(handler: impl Handler<T, City, Future = Answering>) -> Methods {
    Methods(routing::post(Held::of(handler)))
}

/// An address that answers whatever the method.
pub fn any<T: 'static>(handler: impl Handler<T, City, Future = Answering>) -> Methods {
    Methods(routing::any(Held::of(handler)))
}
