//! Sign-in: opaque tokens, throttling, a fresh password before grave acts.
//!
//! A browser holds a random token; the database holds its digest. An unknown login costs as much time as
//! a wrong password and gets the same answer.

use domain::kernel::{Actor, Moment, PersonId, Refusal, RuleKey};
use evidence::Digest;

use super::people::{HeldPost, post_in, posts_of};
use crate::db::{Row, Tx};
use crate::{App, Error, args};

/// `seen_at` is written at most this often, so that reading pages does not write.
const SEEN_EVERY_SECONDS: i64 = 60;

/// A new session: what goes into the cookie.
pub struct Opened {
    /// The secret token.
    pub token: String,
    /// Who signed in.
    pub person: PersonId,
}

/// A browser's session.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The person in the post chosen last.
    pub actor: Actor,
    /// The person's name.
    pub name: String,
    /// The sign-in name.
    pub login: String,
    /// Token that every form must carry.
    pub csrf: String,
    /// All posts of the person; the one in use has `post_id`.
    pub posts: Vec<HeldPost>,
    /// The post in use.
    pub post_id: i64,
    /// An administrator set the password: it must be changed before anything else (E11).
    pub must_change: bool,
}

/// Signs in with login and password; `from` is the address of the browser, for throttling.
///
/// # Errors
/// A refusal for wrong credentials or too many failures.
pub async fn sign_in(app: &App, login: &str, password: &str, from: &str) -> Result<Opened, Error> {
    let (by_login, by_address) = (format!("login:{login}"), format!("address:{from}"));
    for name in [&by_login, &by_address] {
        check_throttle(app, name).await?;
    }
    let sql = "SELECT id, password FROM person WHERE login = $1 AND is_active = 1";
    let row: Option<Row> = app.db.maybe(sql, args![login]).await?;
    let stored: Option<String> = row.as_ref().map(|row| row.get("password")).transpose()?;
    if !app.hashing.matches(password, stored).await? {
        for name in [&by_login, &by_address] {
            count_failure(app, name).await?;
        }
        return Err(Refusal::new("access.wrong-password", "E11").at("password").into());
    }
    let person: PersonId = row.map(|row| row.get("id")).transpose()?.ok_or(Error::NotFound)?;
    forget_failures(app, &by_login).await?;
    open(app, person, true).await
}

/// Opens a session without a password: the demo's one-click list.
///
/// # Errors
/// `NotFound` outside a demo and for accounts that are not demo accounts.
pub async fn sign_in_demo(app: &App, login: &str) -> Result<Opened, Error> {
    if !app.is_demo {
        return Err(Error::NotFound);
    }
    let sql = "SELECT id FROM person WHERE login = $1 AND is_demo = 1 AND is_active = 1";
    let (person,): (PersonId,) = app.db.one(sql, args![login]).await?;
    open(app, person, true).await
}

pub(super) async fn open(app: &App, person: PersonId, is_fresh: bool) -> Result<Opened, Error> {
    let posts = posts_of(app, person).await?;
    let post = posts.first().ok_or_else(|| Error::from(Refusal::new("access.no-post", "E11")))?;
    let (token, csrf) = (app.chance.token()?, app.chance.token()?);
    let now = app.clock.now();
    let fresh_until =
        if is_fresh { now.plus_seconds(seconds(app, RuleKey::FreshPasswordMinutes, 60)) } else { now };
    let sql = "INSERT INTO sign_in (token, person_id, post_id, csrf, began_at, seen_at, fresh_until)
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = args![digest(&token), person, post.id, csrf, now, now, fresh_until];
    write(app, sql, values).await?;
    Ok(Opened { token, person })
}

/// The session behind a cookie's token, unless it has ended.
///
/// # Errors
/// The database could not be read.
pub async fn find(app: &App, token: &str) -> Result<Option<SignedIn>, Error> {
    let sql = "SELECT s.person_id, s.post_id, s.csrf, s.began_at, s.seen_at, s.fresh_until, p.name, p.login,
                 p.reset_at
               FROM sign_in s JOIN person p ON p.id = s.person_id
               WHERE s.token = $1 AND p.is_active = 1";
    let Some(row) = app.db.maybe::<Row>(sql, args![digest(token)]).await? else { return Ok(None) };
    let now = app.clock.now();
    let (began, seen): (Moment, Moment) = (row.get("began_at")?, row.get("seen_at")?);
    // A demo's clock jumps; its sessions end with the program.
    let is_over = now.seconds_since(began) > seconds(app, RuleKey::SessionMaxHours, 3600)
        || now.seconds_since(seen) > seconds(app, RuleKey::SessionIdleMinutes, 60);
    if is_over && !app.is_demo {
        sign_out(app, token).await?;
        return Ok(None);
    }
    if now.seconds_since(seen) > SEEN_EVERY_SECONDS {
        write(app, "UPDATE sign_in SET seen_at = $1 WHERE token = $2", args![now, digest(token)]).await?;
    }
    let person: PersonId = row.get("person_id")?;
    let post_id: i64 = row.get("post_id")?;
    let posts = posts_of(app, person).await?;
    let Some(post) = posts.iter().find(|held| held.id == post_id).map(|held| held.post) else {
        return Ok(None);
    };
    let fresh_until: Moment = row.get("fresh_until")?;
    let actor = Actor { person: Some(person), post, fresh: now < fresh_until, rehearses: false };
    let (name, login, csrf) = (row.get("name")?, row.get("login")?, row.get("csrf")?);
    let must_change = row.get::<Option<Moment>>("reset_at")?.is_some();
    Ok(Some(SignedIn { actor, name, login, csrf, posts, post_id, must_change }))
}

/// The actor behind an API token.
///
/// # Errors
/// The database could not be read.
pub async fn find_api(app: &App, token: &str) -> Result<Option<Actor>, Error> {
    let sql = "SELECT t.person_id, h.role, h.office_id, h.organisation_id, h.street
               FROM api_token t JOIN person p ON p.id = t.person_id
               JOIN post h ON h.id = t.post_id AND h.person_id = t.person_id
               WHERE t.digest = $1 AND t.revoked_at IS NULL AND p.is_active = 1
                 AND (h.until IS NULL OR h.until > $2)";
    let values = args![digest(token), app.clock.now()];
    let Some(row) = app.db.maybe::<Row>(sql, values).await? else { return Ok(None) };
    let actor =
        Actor { person: Some(row.get("person_id")?), post: post_in(&row)?, fresh: false, rehearses: false };
    Ok(Some(actor))
}

/// Takes the password once more before a grave act.
///
/// # Errors
/// A refusal for a wrong password or too many failures.
pub async fn refresh(app: &App, token: &str, password: &str) -> Result<(), Error> {
    let sql =
        "SELECT p.login, p.password FROM sign_in s JOIN person p ON p.id = s.person_id WHERE s.token = $1";
    let row: Row = app.db.one(sql, args![digest(token)]).await?;
    let name = format!("login:{}", row.get::<String>("login")?);
    check_throttle(app, &name).await?;
    if !app.hashing.matches(password, Some(row.get("password")?)).await? {
        count_failure(app, &name).await?;
        return Err(Refusal::new("access.wrong-password", "E11").at("password").into());
    }
    let until = app.clock.now().plus_seconds(seconds(app, RuleKey::FreshPasswordMinutes, 60));
    write(app, "UPDATE sign_in SET fresh_until = $1 WHERE token = $2", args![until, digest(token)]).await
}

/// Changes to another post of the same person.
///
/// # Errors
/// `NotFound` for a post that the person does not hold.
pub async fn choose_post(app: &App, token: &str, post_id: i64) -> Result<(), Error> {
    let session = find(app, token).await?.ok_or(Error::NotFound)?;
    if !session.posts.iter().any(|held| held.id == post_id) {
        return Err(Error::NotFound);
    }
    write(app, "UPDATE sign_in SET post_id = $1 WHERE token = $2", args![post_id, digest(token)]).await
}

/// Ends the session.
///
/// # Errors
/// The database could not be written.
pub async fn sign_out(app: &App, token: &str) -> Result<(), Error> {
    write(app, "DELETE FROM sign_in WHERE token = $1", args![digest(token)]).await
}

/// Ends every session of `person` but the one with the token `kept`, if any.
pub(super) async fn end_all(tx: &mut Tx, person: PersonId, kept: Option<&str>) -> Result<(), Error> {
    let kept = kept.map(digest).unwrap_or_default();
    tx.run("DELETE FROM sign_in WHERE person_id = $1 AND token <> $2", args![person, kept]).await?;
    Ok(())
}

/// Ends every session in one post.
pub(super) async fn end_in_post(tx: &mut Tx, post_id: i64) -> Result<(), Error> {
    tx.run("DELETE FROM sign_in WHERE post_id = $1", args![post_id]).await?;
    Ok(())
}

/// Forgets the failed attempts of a sign-in name, because its password is a new one.
pub(super) async fn forget_attempts(tx: &mut Tx, login: &str) -> Result<(), Error> {
    tx.run("DELETE FROM throttle WHERE name = $1", args![format!("login:{login}")]).await?;
    Ok(())
}

/// A limit of the rule book in force today.
fn limit(app: &App, key: RuleKey) -> i64 {
    app.book.on(app.clock.now().date()).number(key)
}

/// A limit of the rule book as seconds, from a unit of `each` seconds.
fn seconds(app: &App, key: RuleKey, each: i64) -> i64 {
    limit(app, key).saturating_mul(each)
}

fn digest(token: &str) -> String {
    Digest::of(token.as_bytes()).hex()
}

async fn write(app: &App, sql: &str, values: &[crate::db::Val]) -> Result<(), Error> {
    let mut tx = app.db.begin().await?;
    tx.run(sql, values).await?;
    Ok(tx.commit().await?)
}

/// Refuses whoever has failed, or asked, too often under `name`.
pub(super) async fn check_throttle(app: &App, name: &str) -> Result<(), Error> {
    let sql = "SELECT failures, last_at FROM throttle WHERE name = $1";
    let Some(row) = app.db.maybe::<Row>(sql, args![name]).await? else { return Ok(()) };
    let over = row.get::<i64>("failures")? - limit(app, RuleKey::SignInAttemptsMax);
    if over < 0 {
        return Ok(());
    }
    let most = seconds(app, RuleKey::SignInLockMinutes, 60);
    let wait = 1_i64.checked_shl(u32::try_from(over.min(20)).unwrap_or(20)).unwrap_or(most);
    let until = row.get::<Moment>("last_at")?.plus_seconds(wait.min(most));
    if app.clock.now() < until {
        return Err(Refusal::new("access.too-many-failures", "E11").with("until", until).into());
    }
    Ok(())
}

/// Counts one more failure, or question, under `name`.
pub(super) async fn count_failure(app: &App, name: &str) -> Result<(), Error> {
    let sql = "INSERT INTO throttle (name, failures, last_at) VALUES ($1, 1, $2)
               ON CONFLICT (name) DO UPDATE SET failures = throttle.failures + 1, last_at = excluded.last_at";
    write(app, sql, args![name, app.clock.now()]).await
}

async fn forget_failures(app: &App, name: &str) -> Result<(), Error> {
    write(app, "DELETE FROM throttle WHERE name = $1", args![name]).await
}
