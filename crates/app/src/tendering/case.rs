//! A tender as the second half of its life sees it, from the deadline to the award.
//!
//! Every command here loads the tender under a lock, so that two acts on one competition never overlap,
//! and moves it only along the stage table of the domain (S69).

use domain::kernel::{BidId, Date, Fen, ItemId, Moment, OfficeId, PersonId, Role, Rules, TenderId};
use domain::tendering::procedure::{Procedure, ProcedureKind};
use domain::tendering::scoring_table::{Criterion, CriterionKind, RoundingRule, ScoringTable, TieRule};
use domain::tendering::stage::Stage;

use crate::db::{DbError, Row, Tx, Val};
use crate::journal::TENDER;
use crate::{App, Cx, Error, args, row};

row! {
    /// What the opening, the review and the award need to know of a tender.
    pub struct Case {
        /// Its id.
        id: TenderId,
        /// The version that was read.
        version: i64,
        /// Public number.
        number: String,
        /// The catalogue item that is bought.
        item_id: ItemId,
        /// 1 for the first notice of the item.
        attempt: i64,
        /// The purchasing office.
        office_id: OfficeId,
        /// Its title.
        title: String,
        /// Where it stands.
        @code stage: Stage,
        /// The procedure it follows.
        @code procedure: ProcedureKind,
        /// The day whose rules judge it.
        rules_on: Date,
        /// The most that may be paid.
        ceiling_fen: Fen,
        /// The published way to break a tie.
        @code tie_rule: TieRule,
        /// Members of its panel.
        panel_size: i64,
        /// Who wrote the requirement: ids with commas between.
        authors: String,
        /// Who checked it.
        checker_id: Option<PersonId>,
        /// Where opening and sessions are held.
        venue: String,
        /// The bid deadline in force.
        deadline_at: Option<Moment>,
        /// How often the deadline moved for want of bidders.
        extensions: i64,
        /// When bids were opened.
        opened_at: Option<Moment>,
        /// When the last member signed the review report.
        report_at: Option<Moment>,
        /// When the result was made public.
        publicised_at: Option<Moment>,
        /// When the public period of the result ends.
        public_until: Option<Moment>,
        /// When the award notice went out.
        awarded_at: Option<Moment>,
        /// Last day to sign the contract.
        contract_due_on: Option<Date>,
        /// Why it ended without a contract; empty while it lives.
        ended_reason: String,
    }
}

const COLUMNS: &str = "SELECT id, version, number, item_id, attempt, office_id, title, stage, procedure, rules_on,
       ceiling_fen, tie_rule, panel_size, authors, checker_id, venue, deadline_at, extensions, opened_at, report_at,
       publicised_at, public_until, awarded_at, contract_due_on, ended_reason FROM tender";

impl Case {
    /// The procedure's rules by name.
    pub fn procedure(&self) -> &'static Procedure {
        self.procedure.procedure()
    }

    /// The law that judges this tender: that of its own start date (T1).
    pub fn rules<'a>(&self, app: &'a App) -> Rules<'a> {
        app.book.on(self.rules_on)
    }

    /// Everyone who had a hand in the requirement (T9).
    pub fn author_ids(&self) -> impl Iterator<Item = PersonId> + '_ {
        self.authors.split(',').filter_map(|id| id.parse().ok().map(PersonId)).chain(self.checker_id)
    }

    /// How often the deadline moved, as a count.
    pub fn extension_count(&self) -> usize {
        usize::try_from(self.extensions).unwrap_or(usize::MAX)
    }

    /// The stages after which the experts' names and all published scores may be seen (C25, C64).
    pub fn is_result_public(&self) -> bool {
        self.publicised_at.is_some()
            && matches!(self.stage, Stage::Publicised | Stage::Awarded | Stage::Contracted)
    }
}

/// The tender, held against other writers until the transaction ends.
pub(super) async fn locked(cx: &mut Cx<'_>, id: TenderId) -> Result<Case, Error> {
    cx.tx.lock("tender", id.0).await?;
    Ok(cx.tx.one(&format!("{COLUMNS} WHERE id = $1"), args![id]).await?)
}

/// The tender, held, when it belongs to the actor's own office; strangers' tenders do not exist.
pub(super) async fn locked_of_office(cx: &mut Cx<'_>, id: TenderId) -> Result<Case, Error> {
    let case = locked(cx, id).await?;
    match cx.actor.office() {
        Some(office) if office != case.office_id => Err(Error::NotFound),
        None if matches!(cx.actor.post.role, Role::OfficeStaff | Role::OfficeDirector) => {
            Err(Error::NotFound)
        }
        _ => Ok(case),
    }
}

/// A public tender by its number; anything else does not exist.
///
/// # Errors
/// `NotFound`, or the database could not be read.
pub async fn by_number(app: &App, number: &str) -> Result<Case, Error> {
    let case: Case = app.db.one(&format!("{COLUMNS} WHERE number = $1"), args![number]).await?;
    if case.stage.is_public() { Ok(case) } else { Err(Error::NotFound) }
}

/// Moves the tender along the stage table and changes further columns with it.
pub(super) async fn advance(
    cx: &mut Cx<'_>,
    case: &Case,
    next: Stage,
    more: &[(&'static str, Val)],
) -> Result<(), Error> {
    let next = case.stage.advance(next)?;
    let mut values = vec![("stage", Val::code(next))];
    values.extend_from_slice(more);
    cx.update(&TENDER, case.id.0, case.version, &values).await
}

/// Ends the tender for want of bids, with the reason that everyone is told (C33).
pub(super) async fn fail(cx: &mut Cx<'_>, case: &Case, reason: &str) -> Result<(), Error> {
    let more =
        [("ended_at", cx.now.into()), ("ended_reason", reason.into()), ("next_check_at", Val::Int(None))];
    advance(cx, case, Stage::Failed, &more).await?;
    cx.announce("tendering.failed", case.number.as_str());
    Ok(())
}

/// Who acts; the public and the clock have no person.
pub(super) fn person(cx: &Cx<'_>) -> Result<PersonId, Error> {
    cx.actor.person.ok_or(Error::NotPermitted)
}

/// A bid after the opening.
#[derive(Clone, Debug)]
pub(crate) struct OpenedBid {
    pub id: BidId,
    pub version: i64,
    pub alias: String,
    pub price: Fen,
    pub digest: String,
    pub is_eligible: bool,
    pub is_qualified: Option<bool>,
    pub qualification_note: String,
    pub is_conforming: Option<bool>,
}

impl crate::db::FromRow for OpenedBid {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.get("id")?,
            version: row.get("version")?,
            alias: row.get("alias")?,
            price: row.get("price_fen")?,
            digest: row.get("digest")?,
            is_eligible: row.get("is_eligible")?,
            is_qualified: row.get("is_qualified")?,
            qualification_note: row.get::<Option<String>>("qualification_note")?.unwrap_or_default(),
            is_conforming: row.get("is_conforming")?,
        })
    }
}

/// Every opened bid of a tender, by alias. A bid that could not be read has no alias and is not among them.
pub(crate) async fn opened_bids(tx: &mut Tx, tender: TenderId) -> Result<Vec<OpenedBid>, Error> {
    let sql = "SELECT id, version, alias, price_fen, digest, is_eligible, is_qualified,
                 qualification_note, is_conforming
               FROM bid WHERE tender_id = $1 AND state = 'submitted' AND alias IS NOT NULL ORDER BY alias";
    Ok(tx.all(sql, args![tender]).await?)
}

row! {
    /// A line of the published scoring table.
    pub struct CriterionRow {
        /// Its row.
        id: i64,
        /// Place in the table.
        position: i64,
        /// What is looked at.
        name: String,
        /// How it is judged.
        detail: String,
        /// Price, quality or presentation.
        @code kind: CriterionKind,
        /// Whole points.
        weight: i64,
        /// Whether it counts facts.
        is_objective: bool,
    }
}

pub(super) const CRITERIA: &str = "SELECT id, position, name, detail, kind, weight, is_objective
       FROM criterion WHERE tender_id = $1 ORDER BY position";

/// The scoring table as the domain reads it.
pub(super) fn scoring_table(rows: &[CriterionRow], tie_rule: TieRule) -> ScoringTable {
    let criteria: Vec<Criterion> = rows
        .iter()
        .map(|row| Criterion {
            position: u32::try_from(row.position).unwrap_or(0),
            name: row.name.clone(),
            kind: row.kind,
            weight_points: row.weight,
            is_objective: row.is_objective,
        })
        .collect();
    let is_price_fixed = criteria.iter().all(|criterion| criterion.kind != CriterionKind::Price);
    ScoringTable { criteria, tie_rule, rounding_rule: RoundingRule::HalfUp, is_price_fixed }
}
