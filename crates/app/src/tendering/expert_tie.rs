//! Taking a declared tie back: ended with a date, or called an error and confirmed (C38, C14).

use domain::kernel::{Coded, Date, ExpertId, Moment, PersonId, Refusal, Role};
use domain::tendering::declared_tie::{DeclaredTie, ErrorState};
use domain::tendering::recusal::TieKind;

use super::case;
use crate::db::{DbError, FromRow, Row, Tx};
use crate::journal::EXPERT_RELATION;
use crate::{Act, App, Cx, Error, args, row};

/// Ends a tie that was real, with its last day and a reason.
#[derive(Clone)]
pub struct EndTie {
    /// The tie's row.
    pub tie: i64,
    /// The version that was read.
    pub version: i64,
    /// Its last day.
    pub last_day: Date,
    /// Why it is over.
    pub reason: String,
}

impl Act for EndTie {
    type Outcome = ();
    const NAME: &'static str = "tendering.end_tie";
    const WHO: &'static [Role] = &[Role::PurchaseLead, Role::Expert];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let tie = own(cx, self.tie).await?;
        tie.check_end(self.last_day, &self.reason, cx.now.date())?;
        let values = [("ended_on", self.last_day.into()), ("end_reason", self.reason.trim().into())];
        cx.update(&EXPERT_RELATION, self.tie, self.version, &values).await
    }
}

/// Calls a tie an error, with a reason; it counts until a purchase lead confirms.
#[derive(Clone)]
pub struct CallTieError {
    /// The tie's row.
    pub tie: i64,
    /// The version that was read.
    pub version: i64,
    /// What is wrong with it.
    pub reason: String,
}

impl Act for CallTieError {
    type Outcome = ();
    const NAME: &'static str = "tendering.call_tie_error";
    const WHO: &'static [Role] = &[Role::PurchaseLead, Role::Expert];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let tie = own(cx, self.tie).await?;
        tie.check_error(&self.reason)?;
        let values = [
            ("error_state", ErrorState::Asked.code().into()),
            ("error_reason", self.reason.trim().into()),
            ("error_asked_by", case::person(cx)?.into()),
            ("error_asked_at", cx.now.into()),
        ];
        cx.update(&EXPERT_RELATION, self.tie, self.version, &values).await
    }
}

/// Confirms that a tie is an error, or says that it is none. Whoever asked or declared does not decide.
#[derive(Clone, Copy)]
pub struct DecideTieError {
    /// The tie's row.
    pub tie: i64,
    /// The version that was read.
    pub version: i64,
    /// Whether it is an error.
    pub is_error: bool,
}

impl Act for DecideTieError {
    type Outcome = ();
    const NAME: &'static str = "tendering.decide_tie_error";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let lead = case::person(cx)?;
        held(cx, self.tie).await?.check_decision(lead)?;
        let state = if self.is_error { ErrorState::Confirmed } else { ErrorState::Rejected };
        let values = [
            ("error_state", state.code().into()),
            ("error_decided_by", lead.into()),
            ("error_decided_at", cx.now.into()),
        ];
        cx.update(&EXPERT_RELATION, self.tie, self.version, &values).await
    }
}

/// Columns of a tie as the rules see it.
const DECLARED: &str = "SELECT kind, organisation_id, declared_by, declared_at, ended_on, error_state,
    error_asked_by FROM expert_relation";

impl FromRow for Declared {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let declared_at: Option<Moment> = row.get("declared_at")?;
        Ok(Self(DeclaredTie {
            kind: row.code("kind")?,
            organisation: row.get("organisation_id")?,
            author: row.get("declared_by")?,
            declared_on: declared_at.map(Moment::date),
            ended_on: row.get("ended_on")?,
            error: row.code_option("error_state")?,
            error_asked_by: row.get("error_asked_by")?,
        }))
    }
}

struct Declared(DeclaredTie);

/// Every tie of an expert on record, oldest first.
pub(crate) async fn declared(tx: &mut Tx, expert: ExpertId) -> Result<Vec<DeclaredTie>, Error> {
    let sql = format!("{DECLARED} WHERE expert_id = $1 ORDER BY id");
    let rows: Vec<Declared> = tx.all(&sql, args![expert]).await?;
    Ok(rows.into_iter().map(|Declared(tie)| tie).collect())
}

async fn held(cx: &mut Cx<'_>, tie: i64) -> Result<DeclaredTie, Error> {
    cx.tx.lock("expert_relation", tie).await?;
    let Declared(tie) = cx.tx.one(&format!("{DECLARED} WHERE id = $1"), args![tie]).await?;
    Ok(tie)
}

/// A tie that the actor put on record; an expert does not learn of others' ties.
async fn own(cx: &mut Cx<'_>, id: i64) -> Result<DeclaredTie, Error> {
    let person = case::person(cx)?;
    let is_lead = cx.actor.post.role == Role::PurchaseLead;
    if !is_lead {
        let sql = "SELECT e.person_id FROM expert_relation r JOIN expert e ON e.id = r.expert_id
                   WHERE r.id = $1";
        if cx.tx.one::<(PersonId,)>(sql, args![id]).await?.0 != person {
            return Err(Error::NotFound);
        }
    }
    let tie = held(cx, id).await?;
    if !tie.is_authors(person, is_lead) {
        return Err(Refusal::new("tendering.tie-of-another", "C38").into());
    }
    Ok(tie)
}

row! {
    /// A tie on record, as its expert and the purchase lead see it.
    pub struct ListedTie {
        /// The tie's row.
        id: i64,
        /// The version that was read.
        version: i64,
        /// The organisation's name.
        organisation: String,
        /// How.
        @code kind: TieKind,
        /// Last day, when it is over.
        ended_on: Option<Date>,
        /// Why it is over, when its author ended it later.
        end_reason: Option<String>,
        /// Whether it was called an error.
        @code_option error_state: Option<ErrorState>,
        /// Why.
        error_reason: Option<String>,
        /// Who called it one.
        error_asked_by: Option<PersonId>,
        /// Who put it on record; `None` when the bureau itself did.
        declared_by: Option<PersonId>,
    }
}

impl ListedTie {
    /// Whether `person` may take it back.
    pub fn is_authors(&self, person: Option<PersonId>, is_lead: bool) -> bool {
        let is_confirmed = self.error_state == Some(ErrorState::Confirmed);
        let is_own = self.declared_by.map_or(is_lead, |author| Some(author) == person);
        is_own && !is_confirmed
    }

    /// Whether `lead` may say if it is an error (C14).
    pub fn awaits(&self, lead: Option<PersonId>) -> bool {
        self.error_state == Some(ErrorState::Asked)
            && ![self.error_asked_by, self.declared_by].contains(&lead)
    }
}

/// Ties that a page lists at most.
const PAGE: i64 = 500;

/// The ties of one expert, oldest first, those taken back among them.
///
/// # Errors
/// The database could not be read.
pub async fn ties_of(app: &App, expert: ExpertId) -> Result<Vec<ListedTie>, Error> {
    let sql = "SELECT r.id, r.version, o.name AS organisation, r.kind, r.ended_on, r.end_reason,
                 r.error_state, r.error_reason, r.error_asked_by, r.declared_by
               FROM expert_relation r JOIN organisation o ON o.id = r.organisation_id
               WHERE r.expert_id = $1 ORDER BY r.id LIMIT $2";
    Ok(app.db.all(sql, args![expert, PAGE]).await?)
}
