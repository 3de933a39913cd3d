//! People and their posts.

use domain::kernel::{Coded, Moment, OfficeId, OrganisationId, PersonId, Post, Refusal, Role, Scope, Street};

use crate::db::{DbError, Row};
use crate::divisions;
use crate::journal::{API_TOKEN, PERSON, POST};
use crate::{Act, App, Cx, Error, args, row};

/// Adds a person who may sign in. The password comes hashed, so that no command holds one.
#[derive(Clone)]
pub struct AddPerson {
    /// Sign-in name: 2 to 40 of a-z, 0-9 and hyphens.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// What `Hashing::hash` returned.
    pub password_hash: String,
    /// A demo account, refused outside a demo.
    pub is_demo: bool,
}

impl Act for AddPerson {
    type Outcome = PersonId;
    const NAME: &'static str = "access.add_person";
    const WHO: &'static [Role] = &[Role::Administrator, Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<PersonId, Error> {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !(2..=40).contains(&self.login.len()) || !self.login.chars().all(is_plain) {
            return Err(Refusal::new("access.login-form", "E11").at("login").into());
        }
        if self.name.trim().is_empty() {
            return Err(Refusal::new("access.name-missing", "E11").at("name").into());
        }
        let id = PersonId(cx.id());
        let values = [
            ("login", self.login.as_str().into()),
            ("name", self.name.trim().into()),
            ("password", self.password_hash.as_str().into()),
            ("is_demo", self.is_demo.into()),
            ("is_active", true.into()),
            // Whoever adds a person at the desk knows the password, so its owner makes another first (E11).
            ("reset_at", cx.actor.person.map(|_| cx.now).into()),
        ];
        cx.insert(&PERSON, id.0, &values).await.map_err(|error| {
            error.on_unique("person__login", Refusal::new("access.login-taken", "E11").at("login"))
        })?;
        Ok(id)
    }
}

/// Gives a person a post.
#[derive(Clone, Copy)]
pub struct GivePost {
    /// Who.
    pub person: PersonId,
    /// Which role, where.
    pub post: Post,
}

impl Act for GivePost {
    type Outcome = i64;
    const NAME: &'static str = "access.give_post";
    const WHO: &'static [Role] = &[Role::Administrator, Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        // A director is appointed, so that the office is handed over on record.
        if self.post.role == Role::OfficeDirector && cx.actor.person.is_some() {
            return Err(Refusal::new("access.director-is-appointed", "E4").at("role").into());
        }
        give(cx, self.person, self.post).await
    }
}

/// Writes the post, when it fits its scope and is not the actor's own.
pub(crate) async fn give(cx: &mut Cx<'_>, person: PersonId, post: Post) -> Result<i64, Error> {
    if cx.actor.person == Some(person) {
        return Err(Refusal::new("access.own-post", "E11").into());
    }
    let fits = match post.role {
        Role::OrganisationUser => matches!(post.scope, Scope::Organisation(_)),
        Role::OfficeStaff | Role::OfficeDirector => matches!(post.scope, Scope::Office(_)),
        Role::StreetOfficer => matches!(post.scope, Scope::Street(_)),
        _ => post.scope == Scope::City,
    };
    if !fits {
        return Err(Refusal::new("access.post-scope", "E11").at("scope").into());
    }
    let (mut office, mut organisation, mut street) = (None::<OfficeId>, None::<OrganisationId>, None);
    match post.scope {
        Scope::City => {}
        Scope::Office(id) => office = Some(id),
        Scope::Organisation(id) => organisation = Some(id),
        Scope::Street(Street(code)) => street = Some(code),
    }
    let id = cx.id();
    let values = [
        ("person_id", person.into()),
        ("role", post.role.code().into()),
        ("office_id", office.into()),
        ("organisation_id", organisation.into()),
        ("street", street.into()),
        ("since", cx.now.into()),
    ];
    cx.insert(&POST, id, &values).await?;
    Ok(id)
}

/// The longest purpose of a token, in characters.
const LABEL_CHARS_MAX: usize = 100;

/// Lets a program act for the holder of a post through the API. Only the token's digest is stored.
#[derive(Clone)]
pub struct AddApiToken {
    /// SHA-256 of the token, in hexadecimal.
    pub digest: String,
    /// The post that the program acts in.
    pub post_id: i64,
    /// What the token is for, in the owner's words.
    pub label: String,
}

impl Act for AddApiToken {
    type Outcome = i64;
    const NAME: &'static str = "access.add_api_token";
    const WHO: &'static [Role] = &[Role::OrganisationUser, Role::System];
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let label = self.label.trim();
        if label.is_empty() || label.chars().count() > LABEL_CHARS_MAX {
            let refusal = Refusal::new("access.token-label", "E11").at("label");
            return Err(refusal.with("most", LABEL_CHARS_MAX).into());
        }
        let sql = "SELECT person_id FROM post WHERE id = $1 AND (until IS NULL OR until > $2)";
        let (person,): (PersonId,) = cx.tx.one(sql, args![self.post_id, cx.now]).await?;
        if cx.actor.person.is_some_and(|own| own != person) {
            return Err(Error::NotFound);
        }
        let id = cx.id();
        let values = [
            ("digest", self.digest.as_str().into()),
            ("person_id", person.into()),
            ("post_id", self.post_id.into()),
            ("label", label.into()),
            ("created_at", cx.now.into()),
        ];
        cx.insert(&API_TOKEN, id, &values).await?;
        Ok(id)
    }
}

/// A post with its id and what a menu shows of it.
#[derive(Clone, Debug)]
pub struct HeldPost {
    /// The post's row.
    pub id: i64,
    /// Role and scope.
    pub post: Post,
    /// The office's or organisation's name; empty for the city.
    pub place: String,
    /// When it began.
    pub since: Moment,
    /// When it ends or ended; `None` for a post without a last day.
    pub until: Option<Moment>,
}

impl crate::db::FromRow for HeldPost {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let post = post_in(row)?;
        let place: Option<String> = row.get("place")?;
        let place = match post.scope {
            Scope::Street(street) => divisions::name_of(&street.to_string()),
            _ => place.unwrap_or_default(),
        };
        Ok(Self { id: row.get("id")?, post, place, since: row.get("since")?, until: row.get("until")? })
    }
}

const HELD: &str = "SELECT p.id, p.role, p.office_id, p.organisation_id, p.street, p.since, p.until,
     COALESCE(f.name, o.name) AS place
   FROM post p LEFT JOIN office f ON f.id = p.office_id
   LEFT JOIN organisation o ON o.id = p.organisation_id";

/// Role and scope in a row with `role`, `office_id`, `organisation_id` and `street`.
pub(super) fn post_in(row: &Row) -> Result<Post, DbError> {
    let office: Option<OfficeId> = row.get("office_id")?;
    let organisation: Option<OrganisationId> = row.get("organisation_id")?;
    let street: Option<i64> = row.get("street")?;
    let scope = match (office, organisation, street) {
        (Some(id), ..) => Scope::Office(id),
        (None, Some(id), _) => Scope::Organisation(id),
        (None, None, Some(code)) => Scope::Street(Street(code)),
        (None, None, None) => Scope::City,
    };
    Ok(Post { role: row.code("role")?, scope })
}

/// The posts that `person` holds now, oldest first.
///
/// # Errors
/// The database could not be read.
pub async fn posts_of(app: &App, person: PersonId) -> Result<Vec<HeldPost>, Error> {
    let now = app.clock.now();
    let sql =
        format!("{HELD} WHERE p.person_id = $1 AND (p.until IS NULL OR p.until > $2) ORDER BY p.since, p.id");
    Ok(app.db.all(&sql, args![person, now]).await?)
}

/// The posts that `person` held before and holds no more, latest first.
///
/// # Errors
/// The database could not be read.
pub async fn past_posts_of(app: &App, person: PersonId) -> Result<Vec<HeldPost>, Error> {
    let now = app.clock.now();
    let sql =
        format!("{HELD} WHERE p.person_id = $1 AND p.until <= $2 ORDER BY p.until DESC, p.id DESC LIMIT 100");
    Ok(app.db.all(&sql, args![person, now]).await?)
}

row! {
    /// An account of the demo's list.
    pub struct DemoAccount {
        /// Sign-in name.
        login: String,
        /// The person's name.
        name: String,
        /// The role of the first post.
        @code role: Role,
        /// The office's or organisation's name; empty for the city.
        place: String,
    }
}

/// Every demo account with its first post, by sign-in name; empty outside a demo.
///
/// # Errors
/// The database could not be read.
pub async fn demo_accounts(app: &App) -> Result<Vec<DemoAccount>, Error> {
    if !app.is_demo {
        return Ok(Vec::new());
    }
    let sql = "SELECT n.login, n.name, p.role, COALESCE(f.name, o.name, '') AS place
               FROM person n JOIN post p ON p.person_id = n.id AND (p.until IS NULL OR p.until > $1)
               LEFT JOIN office f ON f.id = p.office_id
               LEFT JOIN organisation o ON o.id = p.organisation_id
               WHERE n.is_demo = 1 AND n.is_active = 1 AND p.id = (SELECT min(q.id) FROM post q WHERE q.person_id = n.id)
               ORDER BY n.login";
    Ok(app.db.all(sql, args![app.clock.now()]).await?)
}

/// How many accounts have passwords that everyone knows.
///
/// # Errors
/// The database could not be read.
pub async fn demo_account_count(app: &App) -> Result<i64, Error> {
    Ok(app.db.number("SELECT count(*) FROM person WHERE is_demo = 1", &[]).await?)
}

/// Everyone who acts for an organisation now, longest first.
///
/// # Errors
/// The database could not be read.
pub async fn users_of(app: &App, organisation: OrganisationId) -> Result<Vec<PersonId>, Error> {
    let sql = "SELECT person_id FROM post WHERE organisation_id = $1 AND (until IS NULL OR until > $2)
               ORDER BY since, id";
    let held: Vec<(PersonId,)> = app.db.all(sql, args![organisation, app.clock.now()]).await?;
    Ok(held.into_iter().map(|(id,)| id).collect())
}
