//! Posts that end, accounts that close and open again, and passwords that an administrator sets.
//!
//! Nothing is deleted: what somebody did stays under their name, and a past post stays on record.

use domain::kernel::{Coded, Date, Moment, OrganisationId, PersonId, Refusal, Role};
use domain::registry::Leaving;

use super::sessions;
use crate::db::Row;
use crate::journal::{API_TOKEN, PERSON, POST};
use crate::{Act, Cx, Error, args};

/// Ends a post: at once, or with the end of its last day. Directorships end in `AppointDirector`.
#[derive(Clone, Copy)]
pub struct EndPost {
    /// The post's row.
    pub post_id: i64,
    /// The last day; `None` ends it at once, with every session and token in it.
    pub last_day: Option<Date>,
}

impl Act for EndPost {
    type Outcome = ();
    const NAME: &'static str = "access.end_post";
    const WHO: &'static [Role] = &[Role::Administrator, Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        lock_administrators(cx).await?;
        cx.tx.lock("post", self.post_id).await?;
        let sql = "SELECT version, person_id, role, until FROM post WHERE id = $1";
        let post: Row = cx.tx.one(sql, args![self.post_id]).await?;
        if post.get::<Option<Moment>>("until")?.is_some_and(|until| until <= cx.now) {
            return Err(Refusal::new("access.post-over", "E11").at("post").into());
        }
        let (person, role): (PersonId, Role) = (post.get("person_id")?, post.code("role")?);
        let leaving = Leaving {
            is_own: cx.actor.person == Some(person),
            is_director: role == Role::OfficeDirector,
            is_last_administrator: role == Role::Administrator && !others_administer(cx, person).await?,
        };
        leaving.check_post(self.last_day, cx.now.date())?;
        let until = self.last_day.map_or(cx.now, Moment::end_of);
        cx.update(&POST, self.post_id, post.get("version")?, &[("until", until.into())]).await?;
        if self.last_day.is_none() {
            sessions::end_in_post(&mut cx.tx, self.post_id).await?;
            let sql = "SELECT id, version FROM api_token WHERE post_id = $1 AND revoked_at IS NULL";
            let tokens = cx.tx.all(sql, args![self.post_id]).await?;
            revoke(cx, tokens).await?;
        }
        Ok(())
    }
}

/// Closes an account: nobody signs in with it, and its sessions and tokens end. Its posts wait.
#[derive(Clone, Copy)]
pub struct DeactivatePerson {
    /// Whose.
    pub person: PersonId,
}

impl Act for DeactivatePerson {
    type Outcome = ();
    const NAME: &'static str = "access.deactivate_person";
    const WHO: &'static [Role] = &[Role::Administrator, Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        lock_administrators(cx).await?;
        let (version, is_active) = account(cx, self.person).await?;
        if !is_active {
            return Err(Refusal::new("access.inactive-already", "E11").at("account").into());
        }
        let sql = "SELECT count(*) FROM directorship WHERE person_id = $1 AND until IS NULL";
        let directs = cx.tx.number(sql, args![self.person]).await? > 0;
        let sql = "SELECT count(*) FROM post
                   WHERE person_id = $1 AND role = $2 AND (until IS NULL OR until > $3)";
        let administrator = Role::Administrator.code();
        let administers = cx.tx.number(sql, args![self.person, administrator, cx.now]).await? > 0;
        let leaving = Leaving {
            is_own: cx.actor.person == Some(self.person),
            is_director: directs,
            is_last_administrator: administers && !others_administer(cx, self.person).await?,
        };
        leaving.check_account()?;
        cx.update(&PERSON, self.person.0, version, &[("is_active", false.into())]).await?;
        sessions::end_all(&mut cx.tx, self.person, None).await?;
        let sql = "SELECT id, version FROM api_token WHERE person_id = $1 AND revoked_at IS NULL";
        let tokens = cx.tx.all(sql, args![self.person]).await?;
        revoke(cx, tokens).await
    }
}

/// Opens a closed account again, with the posts it had. Its tokens stay revoked.
#[derive(Clone, Copy)]
pub struct ActivatePerson {
    /// Whose.
    pub person: PersonId,
}

impl Act for ActivatePerson {
    type Outcome = ();
    const NAME: &'static str = "access.activate_person";
    const WHO: &'static [Role] = &[Role::Administrator, Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (version, is_active) = account(cx, self.person).await?;
        if is_active {
            return Err(Refusal::new("access.active-already", "E11").at("account").into());
        }
        cx.update(&PERSON, self.person.0, version, &[("is_active", true.into())]).await
    }
}

/// Gives a person a one-time password, to be changed at the next sign-in. It comes hashed.
#[derive(Clone)]
pub struct ResetPassword {
    /// Whose.
    pub person: PersonId,
    /// What `Hashing::hash` returned.
    pub password_hash: String,
}

impl Act for ResetPassword {
    type Outcome = ();
    const NAME: &'static str = "access.reset_password";
    const WHO: &'static [Role] = &[Role::Administrator, Role::System];
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        if cx.actor.person == Some(self.person) {
            return Err(Refusal::new("access.own-reset", "E11").at("account").into());
        }
        let (version, is_active) = account(cx, self.person).await?;
        if !is_active {
            return Err(Refusal::new("access.reset-inactive", "E11").at("account").into());
        }
        let values = [("password", self.password_hash.as_str().into()), ("reset_at", cx.now.into())];
        cx.update(&PERSON, self.person.0, version, &values).await?;
        sessions::end_all(&mut cx.tx, self.person, None).await?;
        let (login,): (String,) =
            cx.tx.one("SELECT login FROM person WHERE id = $1", args![self.person]).await?;
        sessions::forget_attempts(&mut cx.tx, &login).await
    }
}

/// Version and state of an account, held against other writers.
async fn account(cx: &mut Cx<'_>, person: PersonId) -> Result<(i64, bool), Error> {
    cx.tx.lock("person", person.0).await?;
    let row: Row = cx.tx.one("SELECT version, is_active FROM person WHERE id = $1", args![person]).await?;
    Ok((row.get("version")?, row.get("is_active")?))
}

/// Two administrators who remove each other in the same moment must not both succeed.
async fn lock_administrators(cx: &mut Cx<'_>) -> Result<(), Error> {
    let sql = "SELECT id FROM post WHERE role = $1 AND until IS NULL ORDER BY id";
    for (post,) in cx.tx.all::<(i64,)>(sql, args![Role::Administrator.code()]).await? {
        cx.tx.lock("post", post).await?;
    }
    Ok(())
}

async fn others_administer(cx: &mut Cx<'_>, than: PersonId) -> Result<bool, Error> {
    let sql = "SELECT count(*) FROM post o JOIN person p ON p.id = o.person_id
               WHERE o.role = $1 AND o.until IS NULL AND p.is_active = 1 AND p.id <> $2";
    Ok(cx.tx.number(sql, args![Role::Administrator.code(), than]).await? > 0)
}

async fn revoke(cx: &mut Cx<'_>, tokens: Vec<Row>) -> Result<(), Error> {
    for token in tokens {
        let id: i64 = token.get("id")?;
        cx.update(&API_TOKEN, id, token.get("version")?, &[("revoked_at", cx.now.into())]).await?;
    }
    Ok(())
}

/// Ends every post in an organisation that ceases to be, with its sessions and API tokens (B22).
///
/// # Errors
/// The database failed.
pub(crate) async fn end_posts_of(cx: &mut Cx<'_>, organisation: OrganisationId) -> Result<(), Error> {
    let sql = "SELECT id, version FROM post WHERE organisation_id = $1 AND (until IS NULL OR until > $2) ORDER BY id";
    for post in cx.tx.all::<Row>(sql, args![organisation, cx.now]).await? {
        let id: i64 = post.get("id")?;
        cx.update(&POST, id, post.get("version")?, &[("until", cx.now.into())]).await?;
        sessions::end_in_post(&mut cx.tx, id).await?;
        let sql = "SELECT id, version FROM api_token WHERE post_id = $1 AND revoked_at IS NULL";
        let tokens = cx.tx.all(sql, args![id]).await?;
        revoke(cx, tokens).await?;
    }
    Ok(())
}
