//! The API tokens of a person: listed without their secret, revoked for good.

use domain::kernel::{Moment, PersonId, Refusal, Role};

use crate::db::Row;
use crate::journal::API_TOKEN;
use crate::{Act, App, Cx, Error, args, row};

/// Ends a token. A program that still uses it gets no further.
#[derive(Clone, Copy)]
pub struct RevokeApiToken {
    /// The token's row.
    pub id: i64,
}

impl Act for RevokeApiToken {
    type Outcome = ();
    const NAME: &'static str = "access.revoke_api_token";
    const WHO: &'static [Role] = &[Role::OrganisationUser, Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let sql = "SELECT version, person_id, revoked_at FROM api_token WHERE id = $1";
        let row: Row = cx.tx.one(sql, args![self.id]).await?;
        if cx.actor.person.is_some_and(|own| row.get::<PersonId>("person_id").ok() != Some(own)) {
            return Err(Error::NotFound);
        }
        if row.get::<Option<Moment>>("revoked_at")?.is_some() {
            return Err(Refusal::new("access.token-revoked-already", "E11").into());
        }
        cx.update(&API_TOKEN, self.id, row.get("version")?, &[("revoked_at", cx.now.into())]).await
    }
}

row! {
    /// A token as its owner sees it.
    pub struct TokenLine {
        /// The token's row.
        id: i64,
        /// What it is for.
        label: String,
        /// When it was made.
        created_at: Moment,
        /// When it was revoked.
        revoked_at: Option<Moment>,
    }
}

/// A person's tokens of one post, newest first.
///
/// # Errors
/// The database could not be read.
pub async fn tokens_of(app: &App, person: PersonId, post_id: i64) -> Result<Vec<TokenLine>, Error> {
    let sql = "SELECT id, label, created_at, revoked_at FROM api_token
               WHERE person_id = $1 AND post_id = $2 ORDER BY created_at DESC, id DESC LIMIT 100";
    Ok(app.db.all(sql, args![person, post_id]).await?)
}
