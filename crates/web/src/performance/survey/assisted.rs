//! A street officer types a card and its answers for a recipient who cannot; the result says how many (E2).

use axum::response::Response;

use super::card;
use crate::shell::{Form, PageError, Path, Visit};

/// GET /desk/assisted
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    card::choose_at(&visit, "/desk/assisted", true).await
}

/// GET /desk/assisted/{no}
pub async fn new(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    card::page(&visit, &number, &Form::default(), &[], true).await
}

/// POST /desk/assisted/{no}
pub async fn create(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    card::answer(&visit, &number, &form, &visit.actor).await
}
