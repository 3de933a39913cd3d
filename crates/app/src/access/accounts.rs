//! Who has an account, for the administrator's desk, and who answers for which office, for everyone.

use domain::kernel::{Moment, OfficeId, PersonId};

use super::offices::Office;
use super::people::HeldPost;
use crate::db::Val;
use crate::{App, Error, args, row};

row! {
    /// A person with an account.
    pub struct Account {
        /// Their id.
        id: PersonId,
        /// Sign-in name.
        login: String,
        /// Name.
        name: String,
        /// Telephone or e-mail of whoever made the account alone.
        contact: Option<String>,
        /// May sign in.
        is_active: bool,
    }
}

/// A page of accounts by sign-in name, going on after `after`; with one more than `limit` there is a next.
///
/// # Errors
/// The database could not be read.
pub async fn accounts(app: &App, after: &str, limit: usize) -> Result<Vec<(Account, Vec<HeldPost>)>, Error> {
    let sql =
        "SELECT id, login, name, contact, is_active FROM person WHERE login > $1 ORDER BY login LIMIT $2";
    let held: Vec<Account> = app.db.all(sql, args![after, limit]).await?;
    let mut accounts: Vec<(Account, Vec<HeldPost>)> = held.into_iter().map(|one| (one, Vec::new())).collect();
    if accounts.is_empty() {
        return Ok(accounts);
    }
    let marks: Vec<String> = (2..=accounts.len() + 1).map(|at| format!("${at}")).collect();
    let sql = format!(
        "SELECT p.id, p.person_id, p.role, p.office_id, p.organisation_id, p.street, p.since, p.until,
           COALESCE(f.name, o.name) AS place
         FROM post p LEFT JOIN office f ON f.id = p.office_id
         LEFT JOIN organisation o ON o.id = p.organisation_id
         WHERE (p.until IS NULL OR p.until > $1) AND p.person_id IN ({}) ORDER BY p.since, p.id",
        marks.join(", ")
    );
    let mut values = vec![Val::from(app.clock.now())];
    values.extend(accounts.iter().map(|(one, _)| Val::from(one.id)));
    for row in app.db.all::<crate::db::Row>(&sql, &values).await? {
        let person: PersonId = row.get("person_id")?;
        if let Some((_, posts)) = accounts.iter_mut().find(|(one, _)| one.id == person) {
            posts.push(crate::db::FromRow::from_row(&row)?);
        }
    }
    Ok(accounts)
}

/// One person's account.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn account(app: &App, id: PersonId) -> Result<Account, Error> {
    Ok(app.db.one("SELECT id, login, name, contact, is_active FROM person WHERE id = $1", args![id]).await?)
}

/// The account with this sign-in name, if there is one.
///
/// # Errors
/// The database could not be read.
pub async fn by_login(app: &App, login: &str) -> Result<Option<Account>, Error> {
    Ok(app
        .db
        .maybe("SELECT id, login, name, contact, is_active FROM person WHERE login = $1", args![login])
        .await?)
}

row! {
    /// A director's time in office.
    pub struct Tenure {
        /// The director's name.
        name: String,
        /// First moment.
        since: Moment,
        /// Last moment; `None` for the director of today.
        until: Option<Moment>,
    }
}

/// The office with this code.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn office_by_code(app: &App, code: &str) -> Result<Office, Error> {
    super::offices::all(app).await?.into_iter().find(|office| office.code == code).ok_or(Error::NotFound)
}

/// Who has answered for an office, newest first.
///
/// # Errors
/// The database could not be read.
pub async fn tenures(app: &App, office: OfficeId) -> Result<Vec<Tenure>, Error> {
    let sql = "SELECT n.name, d.since, d.until FROM directorship d JOIN person n ON n.id = d.person_id
               WHERE d.office_id = $1 ORDER BY d.since DESC LIMIT 100";
    Ok(app.db.all(sql, args![office]).await?)
}
