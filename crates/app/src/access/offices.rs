//! Offices (处室) and the one director who answers for each (E4, S63).

use domain::kernel::{OfficeId, PersonId, Post, Refusal, Role, Scope};

use crate::db::Row;
use crate::journal::{DIRECTORSHIP, OFFICE, POST};
use crate::{Act, App, Cx, Error, args, row};

/// Adds an office of the bureau.
#[derive(Clone)]
pub struct AddOffice {
    /// Short code in Latin letters, used in addresses.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// What it does.
    pub duties: String,
}

impl Act for AddOffice {
    type Outcome = OfficeId;
    const NAME: &'static str = "access.add_office";
    const WHO: &'static [Role] = &[Role::Administrator, Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<OfficeId, Error> {
        let id = OfficeId(cx.id());
        let values = [
            ("code", self.code.as_str().into()),
            ("name", self.name.as_str().into()),
            ("name_en", self.name_en.as_str().into()),
            ("duties", self.duties.as_str().into()),
        ];
        cx.insert(&OFFICE, id.0, &values).await.map_err(|error| {
            error.on_unique("office__code", Refusal::new("access.office-code-taken", "E4").at("code"))
        })?;
        Ok(id)
    }
}

/// Makes a person the accountable director of an office; the one before hands over on record.
#[derive(Clone)]
pub struct AppointDirector {
    /// The office.
    pub office: OfficeId,
    /// The new director.
    pub person: PersonId,
    /// What is handed over; needed when there was a director before.
    pub handover: String,
}

impl Act for AppointDirector {
    type Outcome = i64;
    const NAME: &'static str = "access.appoint_director";
    const WHO: &'static [Role] = &[Role::Administrator, Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        cx.tx.lock("office", self.office.0).await?;
        // An account that closes in the same moment waits, or is seen closed.
        cx.tx.lock("person", self.person.0).await?;
        let sql = "SELECT is_active FROM person WHERE id = $1";
        if cx.tx.number(sql, args![self.person]).await? == 0 {
            return Err(Refusal::new("access.person-inactive", "E4").at("login").into());
        }
        let sql = "SELECT id, version, person_id FROM directorship WHERE office_id = $1 AND until IS NULL";
        if let Some(before) = cx.tx.maybe::<Row>(sql, args![self.office]).await? {
            if before.get::<PersonId>("person_id")? == self.person {
                return Err(Refusal::new("access.director-already", "E4").at("login").into());
            }
            if self.handover.trim().is_empty() {
                return Err(Refusal::new("access.handover-missing", "E4").at("handover").into());
            }
            let values = [("until", cx.now.into()), ("handover", self.handover.as_str().into())];
            cx.update(&DIRECTORSHIP, before.get::<i64>("id")?, before.get("version")?, &values).await?;
            self.end_post(cx, before.get("person_id")?).await?;
        }
        let id = cx.id();
        let values = [
            ("office_id", self.office.into()),
            ("person_id", self.person.into()),
            ("since", cx.now.into()),
            ("handover", "".into()),
        ];
        cx.insert(&DIRECTORSHIP, id, &values).await?;
        let post = Post { role: Role::OfficeDirector, scope: Scope::Office(self.office) };
        super::people::give(cx, self.person, post).await?;
        Ok(id)
    }
}

impl AppointDirector {
    async fn end_post(&self, cx: &mut Cx<'_>, person: PersonId) -> Result<(), Error> {
        let sql = "SELECT id, version FROM post
                   WHERE person_id = $1 AND office_id = $2 AND role = 'office_director' AND until IS NULL";
        for post in cx.tx.all::<Row>(sql, args![person, self.office]).await? {
            let id: i64 = post.get("id")?;
            cx.update(&POST, id, post.get("version")?, &[("until", cx.now.into())]).await?;
            super::sessions::end_in_post(&mut cx.tx, id).await?;
        }
        Ok(())
    }
}

row! {
    /// An office with its director of today.
    pub struct Office {
        /// Its id.
        id: OfficeId,
        /// Short code in Latin letters.
        code: String,
        /// Its name.
        name: String,
        /// Its name in English.
        name_en: String,
        /// What it does.
        duties: String,
        /// The accountable director, if appointed.
        director_id: Option<PersonId>,
        /// The director's name.
        director_name: Option<String>,
    }
}

const OFFICE_COLUMNS: &str = "SELECT f.id, f.code, f.name, f.name_en, f.duties,
       d.person_id AS director_id, p.name AS director_name
     FROM office f LEFT JOIN directorship d ON d.office_id = f.id AND d.until IS NULL
     LEFT JOIN person p ON p.id = d.person_id";

/// Every office, by code.
///
/// # Errors
/// The database could not be read.
pub async fn all(app: &App) -> Result<Vec<Office>, Error> {
    Ok(app.db.all(&format!("{OFFICE_COLUMNS} ORDER BY f.code"), &[]).await?)
}

/// The director who answers for `office` at this moment (E4).
///
/// # Errors
/// A refusal when the office has none: nothing may start without an accountable director.
pub async fn director_of(cx: &mut Cx<'_>, office: OfficeId) -> Result<PersonId, Error> {
    let sql = "SELECT person_id FROM directorship WHERE office_id = $1 AND until IS NULL";
    let held: Option<(PersonId,)> = cx.tx.maybe(sql, args![office]).await?;
    held.map(|(person,)| person).ok_or_else(|| Refusal::new("access.no-director", "E4").into())
}
