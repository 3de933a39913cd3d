//! The expert pool: who may be drawn, and every tie that may recuse (C37-C39).
//!
//! Names are for the purchase lead and the experts themselves; panels are drawn, never picked from here.

use domain::kernel::{Actor, Coded, Date, ExpertId, OfficeId, OrganisationId, PersonId, Refusal, Role};
use domain::tendering::recusal::TieKind;

use super::case;
use crate::db::Val;
use crate::journal::{EXPERT, EXPERT_RELATION};
use crate::{Act, App, Cx, Error, args, row};

/// What the pool keeps of an expert.
#[derive(Clone)]
pub struct ExpertRecord {
    /// Professional title; the pool takes middle titles of the rule's years and senior ones (C39).
    pub title: String,
    /// Fields of expertise, in words.
    pub fields: String,
    /// Employer's name.
    pub employer: String,
    /// Employer's unified social credit code, if it has one.
    pub employer_uscc: Option<String>,
    /// The bureau's office where the expert works, if it is one.
    pub office: Option<OfficeId>,
    /// Date of birth.
    pub born_on: Date,
}

impl ExpertRecord {
    fn check(&self) -> Result<(), Error> {
        let mut found = Vec::new();
        for (field, text) in [("title", &self.title), ("employer", &self.employer), ("fields", &self.fields)]
        {
            if text.trim().is_empty() {
                found.push(Refusal::new("tendering.expert-record-incomplete", "C39").at(field));
            }
        }
        if found.is_empty() { Ok(()) } else { Err(Error::Invalid(found)) }
    }

    fn values(&self) -> Vec<(&'static str, Val)> {
        vec![
            ("title", self.title.trim().into()),
            ("fields", self.fields.trim().into()),
            ("employer", self.employer.trim().into()),
            ("employer_uscc", self.employer_uscc.clone().filter(|code| !code.trim().is_empty()).into()),
            ("office_id", self.office.into()),
            ("born_on", self.born_on.into()),
        ]
    }
}

/// Takes a person into the expert pool.
#[derive(Clone)]
pub struct AddExpert {
    /// Who.
    pub person: PersonId,
    /// What the pool keeps.
    pub record: ExpertRecord,
}

impl Act for AddExpert {
    type Outcome = ExpertId;
    const NAME: &'static str = "tendering.add_expert";
    const WHO: &'static [Role] = &[Role::PurchaseLead, Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<ExpertId, Error> {
        self.record.check()?;
        let sql = "SELECT count(*) FROM post WHERE person_id = $1 AND role = 'expert'
                     AND (until IS NULL OR until > $2)";
        if cx.tx.number(sql, args![self.person, cx.now]).await? == 0 {
            return Err(Refusal::new("tendering.expert-post-missing", "C39").at("person").into());
        }
        let id = ExpertId(cx.id());
        let mut values = self.record.values();
        values.push(("person_id", self.person.into()));
        values.push(("status", "active".into()));
        cx.insert(&EXPERT, id.0, &values).await.map_err(|error| {
            error.on_unique("expert__person_id", Refusal::new("tendering.expert-twice", "C39").at("person"))
        })?;
        Ok(id)
    }
}

/// Corrects an expert's record, suspends the expert or takes the suspension back.
#[derive(Clone)]
pub struct EditExpert {
    /// Whose.
    pub expert: ExpertId,
    /// The version that was read.
    pub version: i64,
    /// The record as it should be.
    pub record: ExpertRecord,
    /// Whether the expert may not be drawn.
    pub is_suspended: bool,
}

impl Act for EditExpert {
    type Outcome = ();
    const NAME: &'static str = "tendering.edit_expert";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        self.record.check()?;
        cx.tx.lock("expert", self.expert.0).await?;
        let mut values = self.record.values();
        values.push(("status", if self.is_suspended { "suspended" } else { "active" }.into()));
        cx.update(&EXPERT, self.expert.0, self.version, &values).await
    }
}

/// Puts an expert's tie to an organisation on record, for recusal (C38, T9).
#[derive(Clone)]
pub struct DeclareRelation {
    /// Whose.
    pub expert: ExpertId,
    /// To whom.
    pub organisation: OrganisationId,
    /// How.
    pub kind: TieKind,
    /// The last day of a tie that is over.
    pub ended_on: Option<Date>,
}

impl Act for DeclareRelation {
    type Outcome = i64;
    const NAME: &'static str = "tendering.declare_relation";
    const WHO: &'static [Role] = &[Role::PurchaseLead, Role::Expert, Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let sql = "SELECT person_id FROM expert WHERE id = $1";
        let (person,): (PersonId,) = cx.tx.one(sql, args![self.expert]).await?;
        if cx.actor.post.role == Role::Expert && person != case::person(cx)? {
            return Err(Error::NotFound);
        }
        let sql = "SELECT id FROM organisation WHERE id = $1";
        if cx.tx.maybe::<(i64,)>(sql, args![self.organisation]).await?.is_none() {
            return Err(Refusal::new("tendering.relation-to-nobody", "C38").at("organisation").into());
        }
        if self.ended_on.is_some_and(|day| day > cx.now.date()) {
            return Err(Refusal::new("tendering.relation-ends-later", "C38").at("ended_on").into());
        }
        let id = cx.id();
        let values = [
            ("expert_id", self.expert.into()),
            ("organisation_id", self.organisation.into()),
            ("kind", self.kind.code().into()),
            ("ended_on", self.ended_on.into()),
            ("declared_by", cx.actor.person.into()),
            ("declared_at", cx.now.into()),
        ];
        cx.insert(&EXPERT_RELATION, id, &values).await?;
        Ok(id)
    }
}

row! {
    /// An expert as the purchase lead's list shows it.
    pub struct ListedExpert {
        /// Its id.
        id: ExpertId,
        /// The version that was read.
        version: i64,
        /// The person.
        person_id: PersonId,
        /// The person's name.
        name: String,
        /// Professional title.
        title: String,
        /// Fields of expertise.
        fields: String,
        /// Employer.
        employer: String,
        /// Employer's credit code.
        employer_uscc: Option<String>,
        /// Office of the bureau, if the expert works there.
        office_id: Option<OfficeId>,
        /// Date of birth.
        born_on: Date,
        /// `active` or `suspended`.
        status: String,
        /// Ties on record.
        relations: i64,
        /// Panels for which the expert was drawn.
        seats: i64,
    }
}

const LISTED: &str = "SELECT e.id, e.version, e.person_id, p.name, e.title, e.fields, e.employer,
       e.employer_uscc, e.office_id, e.born_on, e.status,
       (SELECT count(*) FROM expert_relation r WHERE r.expert_id = e.id
          AND (r.error_state IS NULL OR r.error_state <> 'confirmed')) AS relations,
       (SELECT count(*) FROM seat s WHERE s.expert_id = e.id) AS seats
     FROM expert e JOIN person p ON p.id = e.person_id";

/// Experts a page of the list shows at most.
const PAGE: i64 = 500;

/// The pool, by name.
///
/// # Errors
/// The database could not be read.
pub async fn pool(app: &App) -> Result<Vec<ListedExpert>, Error> {
    Ok(app.db.all(&format!("{LISTED} ORDER BY p.name, e.id LIMIT $1"), args![PAGE]).await?)
}

/// One expert of the pool.
///
/// # Errors
/// `NotFound`, or the database could not be read.
pub async fn by_id(app: &App, id: ExpertId) -> Result<ListedExpert, Error> {
    Ok(app.db.one(&format!("{LISTED} WHERE e.id = $1"), args![id]).await?)
}

/// The actor's own record in the pool.
///
/// # Errors
/// `NotFound` for those who are not in it.
pub async fn own(app: &App, actor: &Actor) -> Result<ListedExpert, Error> {
    let person = actor.person.ok_or(Error::NotFound)?;
    Ok(app.db.one(&format!("{LISTED} WHERE e.person_id = $1"), args![person]).await?)
}

row! {
    /// Somebody with an expert's post whom the pool does not hold yet.
    pub struct Newcomer {
        /// Who.
        id: PersonId,
        /// The person's name.
        name: String,
        /// The name for signing in, which tells namesakes apart.
        login: String,
    }
}

/// Those who may be taken into the pool, by name.
///
/// # Errors
/// The database could not be read.
pub async fn newcomers(app: &App) -> Result<Vec<Newcomer>, Error> {
    let sql = "SELECT DISTINCT p.id, p.name, p.login FROM person p JOIN post o ON o.person_id = p.id
               WHERE o.role = 'expert' AND (o.until IS NULL OR o.until > $2) AND p.is_active = 1
                 AND NOT EXISTS (SELECT 1 FROM expert e WHERE e.person_id = p.id)
               ORDER BY p.name, p.id LIMIT $1";
    Ok(app.db.all(sql, args![PAGE, app.clock.now()]).await?)
}

/// The organisation with a credit code, for the form of ties.
///
/// # Errors
/// A refusal at `organisation` when there is none.
pub async fn organisation_by_code(app: &App, code: &str) -> Result<OrganisationId, Error> {
    let sql = "SELECT id FROM organisation WHERE uscc = $1";
    let found: Option<(OrganisationId,)> = app.db.maybe(sql, args![code]).await?;
    let nobody = || Refusal::new("tendering.relation-to-nobody", "C38").at("organisation").into();
    found.map(|(id,)| id).ok_or_else(nobody)
}
