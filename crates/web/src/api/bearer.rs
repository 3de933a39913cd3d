//! Who writes through the API: the holder of a token, never a browser's session.

use app::access::sessions;
use app::contracts::{self, Contract};
use app::{City, Error, RequestKey};
use axum::extract::{FromRequestParts, Request};
use axum::http::{HeaderMap, header, request::Parts};
use domain::kernel::{Actor, OrganisationId};
use evidence::Digest;
use serde::de::DeserializeOwned;

use super::problem::{Problem, Teller};
use crate::shell::Visit;

/// No bid of ours is longer as JSON.
const BODY_BYTES_MAX: usize = 512 * 1024;
const KEY_CHARS_MAX: usize = 200;
/// How problems name the header that holds the token.
const AUTHORIZATION: &str = "Authorization";

/// The organisation behind a token.
pub struct Bearer {
    /// Who acts.
    pub actor: Actor,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// How problems are told.
    pub teller: Teller,
}

impl FromRequestParts<City> for Bearer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, city: &City) -> Result<Self, Problem> {
        let visit = Visit::from_request_parts(parts, city).await;
        let visit = visit.map_err(|_| Teller::unknown().plain(500, "broken"))?;
        let teller = Teller::of(&visit, &parts.headers);
        let Some(token) = token(&parts.headers) else {
            return Err(teller.plain_at(401, "token-missing", AUTHORIZATION));
        };
        let found = sessions::find_api(city, token).await.map_err(|error| teller.error(error))?;
        let Some(actor) = found else { return Err(teller.plain_at(401, "token-unknown", AUTHORIZATION)) };
        let Some(organisation) = actor.organisation() else { return Err(teller.plain(403, "not-permitted")) };
        Ok(Self { actor, organisation, teller })
    }
}

fn token(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim()).filter(|token| !token.is_empty())
}

impl Bearer {
    /// The client's key for `step` of its request, and a digest of what it asks.
    ///
    /// # Errors
    /// A problem when the key is missing or too long.
    pub fn key(&self, headers: &HeaderMap, step: &str, content: &[u8]) -> Result<RequestKey, Problem> {
        let given = headers.get("idempotency-key").and_then(|value| value.to_str().ok()).unwrap_or_default();
        if given.is_empty() || given.chars().count() > KEY_CHARS_MAX {
            return Err(self.teller.plain_at(400, "idempotency-key", "Idempotency-Key"));
        }
        let key = Digest::of(format!("{step}\0{given}").as_bytes()).hex();
        Ok(RequestKey::Given { key: format!("api:{key}"), digest: Digest::of(content).hex() })
    }

    /// What a body of JSON says.
    ///
    /// # Errors
    /// A problem that names row and field at which it is not what is wanted.
    pub fn read<T: DeserializeOwned>(&self, body: &[u8]) -> Result<T, Problem> {
        let mut reader = serde_json::Deserializer::from_slice(body);
        let read = serde_path_to_error::deserialize(&mut reader);
        let read = read.map_err(|error| self.teller.unreadable(&error))?;
        // Something that follows the object was not meant for us.
        reader.end().map_err(|_| self.teller.plain(400, "body"))?;
        Ok(read)
    }

    /// The own contract with this number, signed by both sides.
    ///
    /// # Errors
    /// The problem of a missing thing, also for another's contract.
    pub async fn own_contract(&self, city: &City, number: &str) -> Result<Contract, Problem> {
        let found = contracts::by_number(city, &self.actor, number).await;
        let (contract, _) = found.map_err(|error| self.teller.error(error))?;
        let is_own = contract.organisation_id == self.organisation && contract.published_at.is_some();
        if is_own { Ok(contract) } else { Err(self.teller.error(Error::NotFound)) }
    }

    /// The whole body.
    ///
    /// # Errors
    /// A problem when it is too long.
    pub async fn body(&self, request: Request) -> Result<Vec<u8>, Problem> {
        self.body_within(request, BODY_BYTES_MAX).await
    }

    /// The whole body, when it has at most `most` bytes.
    ///
    /// # Errors
    /// A problem when it is too long.
    pub async fn body_within(&self, request: Request, most: usize) -> Result<Vec<u8>, Problem> {
        let body = axum::body::to_bytes(request.into_body(), most).await;
        body.map(|bytes| bytes.to_vec()).map_err(|_| self.teller.plain(413, "body-too-long"))
    }
}
