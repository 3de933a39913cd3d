//! The parts of an address, as a handler takes them.

use app::{City, Error};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::fault::PageError;
use super::visit::Visit;

/// The typed parts of an address. One that cannot be read, such as a word where a number stands, names nothing:
/// the reader gets the ordinary page of what was not found, in the language of the address.
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<City> for Path<T> {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, city: &City) -> Result<Self, PageError> {
        match axum::extract::Path::<T>::from_request_parts(parts, city).await {
            Ok(axum::extract::Path(typed)) => Ok(Self(typed)),
            Err(rejection) if rejection.status().is_server_error() => {
                Err(PageError::broken(&rejection.body_text()))
            }
            Err(_) => Err(Visit::from_request_parts(parts, city).await?.error(Error::NotFound)),
        }
    }
}
