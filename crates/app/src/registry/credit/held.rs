//! What is on file of listings, removals and penalties, as rows.

use domain::kernel::{Date, Fen, Moment, OrganisationId, PersonId, Subject, SubjectKind};
use domain::registry::credit::case::CaseFacts;
use domain::registry::credit::{
    CreditList, ListingGround, ListingStage, PenaltyKind, RemovalStage, StatementKind,
};

use crate::db::Row;
use crate::{Cx, Error, args, row};

row! {
    /// A listing as a case.
    pub struct ListingCase {
        /// Its row.
        id: i64,
        /// The row's version.
        version: i64,
        /// Its number: the year and a serial of four digits.
        number: i64,
        /// The place on the list.
        listing_id: i64,
        /// Whose.
        organisation_id: OrganisationId,
        /// Which list.
        @code list: CreditList,
        /// Why.
        @code ground: ListingGround,
        /// The day on which the ground arose.
        arose_on: Date,
        /// What shows it, in words.
        evidence: String,
        /// The penalty it follows from.
        penalty_id: Option<i64>,
        /// The day whose rules judge it.
        rules_on: Date,
        /// How far it has come.
        @code stage: ListingStage,
        /// Who proposed it; none for the clock.
        proposed_by: Option<PersonId>,
        /// When.
        proposed_at: Moment,
        /// When the organisation was told.
        noticed_at: Option<Moment>,
        /// The last day for an answer.
        answer_by: Option<Date>,
        /// How it answered.
        @code_option statement_kind: Option<StatementKind>,
        /// What it said.
        statement: String,
        /// When.
        stated_at: Option<Moment>,
        /// When the hearing was held.
        heard_on: Option<Date>,
        /// What was said there.
        hearing_note: String,
        /// When it was decided.
        decided_at: Option<Moment>,
        /// Why so.
        reason: String,
    }
}

impl ListingCase {
    /// What documents, papers and deadlines of it hang on.
    pub fn subject(&self) -> Subject {
        Subject::new(SubjectKind::Listing, self.listing_id)
    }

    /// What decides over its next step.
    pub fn facts(&self) -> CaseFacts {
        CaseFacts {
            stage: self.stage,
            proposed_by: self.proposed_by,
            answer_by: self.answer_by,
            statement: self.statement_kind,
            heard_on: self.heard_on,
        }
    }
}

row! {
    /// An application to be taken off a list.
    pub struct RemovalCase {
        /// Its row.
        id: i64,
        /// The row's version.
        version: i64,
        /// The place on the list.
        listing_id: i64,
        /// Whose.
        organisation_id: OrganisationId,
        /// How far it has come.
        @code stage: RemovalStage,
        /// What the organisation did.
        statement: String,
        /// When it applied.
        applied_at: Moment,
        /// What the officer found.
        finding: String,
        /// Who verified.
        verified_by: Option<PersonId>,
        /// When.
        verified_at: Option<Moment>,
        /// When it was decided.
        decided_at: Option<Moment>,
        /// Why so.
        reason: String,
    }
}

row! {
    /// A penalty on record.
    pub struct HeldPenalty {
        /// Its row.
        id: i64,
        /// The row's version.
        version: i64,
        /// Whose.
        organisation_id: OrganisationId,
        /// What was imposed.
        @code kind: PenaltyKind,
        /// The fine.
        amount_fen: Fen,
        /// The number of the decision.
        document_number: String,
        /// Who imposed it.
        authority: String,
        /// For what.
        reason: String,
        /// The day of the decision.
        imposed_on: Date,
        /// Last day of a suspension.
        until_on: Option<Date>,
        /// `recorded`, `confirmed` or `dropped`.
        state: String,
        /// Who recorded it.
        recorded_by: Option<PersonId>,
        /// When.
        recorded_at: Moment,
        /// When it was confirmed.
        confirmed_at: Option<Moment>,
        /// When it was carried out.
        finished_on: Option<Date>,
    }
}

row! {
    /// A place on a list.
    pub struct HeldListing {
        /// Its row.
        id: i64,
        /// The row's version.
        version: i64,
        /// Whose.
        organisation_id: OrganisationId,
        /// Which list.
        @code list: CreditList,
        /// Why, as stored; see `ground`.
        ground: String,
        /// The day on which the ground arose.
        arose_on: Date,
        /// Since when it is listed.
        listed_on: Option<Date>,
        /// Until when.
        removed_on: Option<Date>,
    }
}

impl HeldListing {
    /// Why; a word of another time counts as taken over.
    pub fn ground(&self) -> ListingGround {
        super::super::standing::ground_of(&self.ground)
    }

    /// Whether the organisation is on the list because of it.
    pub fn is_open(&self) -> bool {
        self.listed_on.is_some() && self.removed_on.is_none()
    }

    /// What documents, papers and deadlines of it hang on.
    pub fn subject(&self) -> Subject {
        Subject::new(SubjectKind::Listing, self.id)
    }
}

/// The case with this number, held against other writers.
pub(super) async fn lock_case(cx: &mut Cx<'_>, number: i64) -> Result<ListingCase, Error> {
    let sql = "SELECT * FROM listing_case WHERE number = $1";
    let case: ListingCase = cx.tx.one(sql, args![number]).await?;
    cx.tx.lock("listing_case", case.id).await?;
    Ok(cx.tx.one(sql, args![number]).await?)
}

/// The place on a list with this row, held against other writers.
pub(super) async fn lock_listing(cx: &mut Cx<'_>, id: i64) -> Result<HeldListing, Error> {
    cx.tx.lock("credit_listing", id).await?;
    Ok(cx.tx.one("SELECT * FROM credit_listing WHERE id = $1", args![id]).await?)
}

/// The removal with this row, held against other writers.
pub(super) async fn lock_removal(cx: &mut Cx<'_>, id: i64) -> Result<RemovalCase, Error> {
    cx.tx.lock("removal_case", id).await?;
    Ok(cx.tx.one("SELECT * FROM removal_case WHERE id = $1", args![id]).await?)
}

/// Name and code of an organisation, for documents and news.
pub(super) async fn named(cx: &mut Cx<'_>, id: OrganisationId) -> Result<(String, String), Error> {
    let row: Row = cx.tx.one("SELECT name, uscc FROM organisation WHERE id = $1", args![id]).await?;
    Ok((row.get("name")?, row.get("uscc")?))
}
