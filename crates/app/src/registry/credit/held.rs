//! What is on file of listings, removals and penalties, as rows.

use domain::kernel::{Date, Fen, Moment, OrganisationId, PersonId, Subject, SubjectKind};
use domain::registry::credit::case::CaseFacts;
use domain::registry::credit::penalty_case::days_through;
use domain::registry::credit::{
    CreditList, FineBase, Illegal, ListingGround, ListingStage, Measure, PenaltyFacts, PenaltyKind,
    PenaltyStage, PriorNotice, RemovalStage, Sealing, StatementKind,
};
use domain::registry::{Offence, OrganisationKind};

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
        /// On which item of the regulation it rests; none of what was recorded before it was asked.
        @code_option offence: Option<Offence>,
        /// The fine beside a stop of activity.
        fine_beside_fen: Option<Fen>,
        /// What was unlawfully turned over.
        illegal_turnover_fen: Option<Fen>,
        /// What was unlawfully gained.
        illegal_gains_fen: Option<Fen>,
        /// Which of the two the decision goes by.
        @code_option fine_base: Option<FineBase>,
        /// What shows the amounts.
        illegal_evidence: Option<String>,
        /// What is confiscated.
        confiscated_fen: Option<Fen>,
        /// The last day to mend what is wrong, when that was ordered.
        mend_by: Option<Date>,
        /// Who is to be replaced, when that was ordered.
        replaced: Option<String>,
        /// When the orders were obeyed.
        obeyed_on: Option<Date>,
        /// Since when certificate, seals and vouchers are sealed.
        sealed_on: Option<Date>,
        /// When they were given back.
        given_back_on: Option<Date>,
        /// How many days a stop of activity of the registrar's own lasts.
        stop_days: Option<i64>,
        /// Who told the organisation beforehand.
        noticed_by: Option<PersonId>,
        /// When.
        noticed_at: Option<Moment>,
        /// The last day for its answer.
        answer_by: Option<Date>,
        /// The last day to ask for a hearing; none where there is no right to one.
        hearing_by: Option<Date>,
        /// How it answered.
        @code_option statement_kind: Option<StatementKind>,
        /// What it said.
        statement: Option<String>,
        /// When.
        stated_at: Option<Moment>,
        /// The day to which it was called.
        hearing_on: Option<Date>,
        /// At what hour and where.
        hearing_place: Option<String>,
        /// When the hearing was held.
        heard_on: Option<Date>,
        /// What was said there.
        hearing_note: Option<String>,
        /// Why it was decided so, with an answer to what the organisation said.
        decision: Option<String>,
    }
}

impl HeldPenalty {
    /// The fine, alone or beside a stop of activity; zero when there is none.
    pub fn fine(&self) -> Fen {
        let beside = self.fine_beside_fen.unwrap_or(Fen::ZERO);
        self.amount_fen.plus(beside).unwrap_or(self.amount_fen)
    }

    /// What the penalty rests on: another law where nothing else was said.
    pub fn offence(&self) -> Offence {
        self.offence.unwrap_or(Offence::OtherLaw)
    }

    /// Whether the registrar imposes it, under the organisation's regulation.
    pub fn is_own(&self) -> bool {
        self.offence() != Offence::OtherLaw
    }

    /// What documents, papers and deadlines of it hang on.
    pub fn subject(&self) -> Subject {
        super::penalty_papers::subject(self.id)
    }

    /// What decides over its next step.
    pub fn facts(&self) -> PenaltyFacts {
        let stage = match (self.state.as_str(), self.noticed_at, self.stated_at) {
            ("confirmed", ..) => PenaltyStage::Imposed,
            ("dropped", ..) => PenaltyStage::Dropped,
            (_, None, _) => PenaltyStage::Proposed,
            (_, Some(_), None) => PenaltyStage::Noticed,
            (_, Some(_), Some(_)) => PenaltyStage::Stated,
        };
        let (answer_by, statement, heard_on) = (self.answer_by, self.statement_kind, self.heard_on);
        PenaltyFacts {
            is_own: self.is_own(),
            stage,
            proposed_by: self.recorded_by,
            noticed_by: self.noticed_by,
            notice: PriorNotice { answer_by, statement, heard_on },
            hearing_by: self.hearing_by,
            hearing_on: self.hearing_on,
        }
    }

    /// How heavy it is. One from before the days of a stop were kept has them from its recording on.
    pub fn measure(&self) -> Measure {
        let proposed = Measure::proposed(self.kind, self.fine(), self.recorded_at.date(), self.until_on);
        Measure { stop_days: self.stop_days.or(proposed.stop_days), ..proposed }
    }

    /// How many days after its recording what is wrong is to be mended.
    pub fn mend_days(&self) -> Option<i64> {
        self.mend_by.map(|last| days_through(self.recorded_at.date(), last) - 1)
    }

    /// Whether the organisation stated its case, in writing or by asking for a hearing.
    pub fn is_stated(&self) -> bool {
        matches!(self.statement_kind, Some(StatementKind::Written | StatementKind::Hearing))
    }

    /// What was found to be unlawfully turned over and gained.
    pub fn illegal(&self) -> Illegal {
        let held = |amount: Option<Fen>| amount.unwrap_or(Fen::ZERO);
        Illegal { turnover: held(self.illegal_turnover_fen), gains: held(self.illegal_gains_fen) }
    }

    /// Whether something beside the penalty was ordered: to mend, to replace someone.
    pub fn has_orders(&self) -> bool {
        self.mend_by.is_some() || self.replaced.as_deref().is_some_and(|name| !name.is_empty())
    }

    /// What is known of the sealing during a stop of activity.
    pub fn sealing(&self) -> Sealing {
        Sealing {
            kind: self.kind,
            is_confirmed: self.state == "confirmed",
            from: self.imposed_on,
            until: self.until_on,
            sealed_on: self.sealed_on,
            returned_on: self.given_back_on,
        }
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

/// What an organisation is.
pub(super) async fn kind_of(cx: &mut Cx<'_>, id: OrganisationId) -> Result<OrganisationKind, Error> {
    let row: Row = cx.tx.one("SELECT kind FROM organisation WHERE id = $1", args![id]).await?;
    Ok(row.code("kind")?)
}

/// The penalty with this row, held against other writers.
pub(super) async fn lock_penalty(cx: &mut Cx<'_>, id: i64) -> Result<HeldPenalty, Error> {
    cx.tx.lock("penalty", id).await?;
    Ok(cx.tx.one("SELECT * FROM penalty WHERE id = $1", args![id]).await?)
}
