//! What pages read of tenders. None of these statements touches a bid: the public, the officials and other
//! organisations see the same whether somebody has bid or not (C30).

use domain::kernel::{Actor, BatchId, Coded, Fen, ItemId, Moment, OfficeId, PersonId, Role, TenderId};
use domain::tendering::bid::may_submit;
use domain::tendering::consortium::ConsortiumRule;
use domain::tendering::procedure::ProcedureKind;
use domain::tendering::scoring_table::{Criterion, CriterionKind, RoundingRule, ScoringTable, TieRule};
use domain::tendering::stage::{Phase, Stage, phase};

use crate::db::{Row, Val};
use crate::{App, Cx, Error, args, row};

/// How many lines a list shows at most.
pub const LINES_MAX: i64 = 100;

row! {
    /// A tender with its documents and dates.
    pub struct Tender {
        /// Its id.
        id: TenderId,
        /// How often the row has changed.
        version: i64,
        /// Its public number, such as `NJGZ-2014-007`.
        number: String,
        /// What is bought.
        item_id: ItemId,
        /// 1, or more when earlier tenders of the item failed.
        attempt: i64,
        /// The batch in which it is tendered.
        batch_id: BatchId,
        /// The purchasing office.
        office_id: OfficeId,
        /// Where it stands.
        @code stage: Stage,
        /// Its title.
        title: String,
        /// The procedure it follows.
        @code procedure: ProcedureKind,
        /// The day whose rules judge it.
        rules_on: domain::kernel::Date,
        /// What is to be done.
        requirement: String,
        /// What is to be handed over.
        deliverables: String,
        /// What a bidder must fulfil.
        qualification: String,
        /// How the price is to be stated.
        price_rule: String,
        /// What recipients have to say.
        recipients_role: String,
        /// How performance will be judged.
        performance_standard: String,
        /// The contract that will be signed.
        contract_draft: String,
        /// Whom to turn to with a challenge.
        challenge_contact: String,
        /// Where the live session will be.
        venue: String,
        /// How long the contract runs, in months.
        term_months: i64,
        /// The most it may cost.
        ceiling_fen: Fen,
        /// How ties are resolved.
        @code tie_rule: TieRule,
        /// True when the price is not scored.
        is_price_fixed: bool,
        /// Members of the panel.
        panel_size: i64,
        /// True when the bureau's own affiliates may not perform it (T8).
        excludes_supervised: bool,
        /// Credit codes of organisations that helped to design it, by line (C35).
        designers: String,
        /// What the documents say of consortia, as stored; nothing when they are silent (C30).
        consortia: Option<String>,
        /// Ids of everyone who wrote in it, by comma (C14).
        authors: String,
        /// Who wrote in it last.
        author_id: PersonId,
        /// Who checked it.
        checker_id: Option<PersonId>,
        /// What the checker wrote.
        check_note: String,
        /// When the notice was published.
        published_at: Option<Moment>,
        /// End of the notice period.
        notice_until: Option<Moment>,
        /// End of the time for questions.
        questions_until: Option<Moment>,
        /// The bid deadline, which is also the opening.
        deadline_at: Option<Moment>,
        /// How often the deadline moved for want of bidders.
        extensions: i64,
        /// When the result's time to be challenged ends.
        public_until: Option<Moment>,
        /// When it failed or was cancelled.
        ended_at: Option<Moment>,
        /// Why it ended; empty while it lives.
        ended_reason: String,
        /// Name of the purchasing office.
        office_name: String,
        /// The same in English.
        office_name_en: String,
        /// The director who answers for the item.
        director_name: String,
        /// The item's code in the catalogue.
        item_code: String,
        /// The item's name.
        item_name: String,
        /// The item's ceiling.
        item_ceiling_fen: Fen,
        /// Whom the item serves.
        recipients: String,
        /// The batch's year.
        batch_year: i64,
        /// The batch's number in its year.
        batch_number: i64,
    }
}

impl Tender {
    /// What people see of it at `now`.
    pub fn phase(&self, now: Moment) -> Phase {
        phase(self.stage, self.deadline_at, self.public_until, now)
    }

    /// What the documents say of consortia.
    pub fn consortium_rule(&self) -> ConsortiumRule {
        super::open_tender::consortium_rule(self.consortia.as_deref())
    }

    /// Everyone who wrote in it.
    pub fn author_ids(&self) -> Vec<PersonId> {
        self.authors.split(',').filter_map(|id| id.parse().ok().map(PersonId)).collect()
    }
}

const TENDER: &str = "SELECT t.*, f.name AS office_name, f.name_en AS office_name_en,
       p.name AS director_name, i.code AS item_code, i.name AS item_name,
       i.ceiling_fen AS item_ceiling_fen, i.recipients, b.year AS batch_year, b.number AS batch_number
     FROM tender t JOIN office f ON f.id = t.office_id JOIN item i ON i.id = t.item_id
     JOIN person p ON p.id = i.director_id JOIN batch b ON b.id = t.batch_id";

/// The tender, inside a command.
pub(crate) async fn load(cx: &mut Cx<'_>, id: TenderId) -> Result<Tender, Error> {
    Ok(cx.tx.one(&format!("{TENDER} WHERE t.id = $1"), args![id]).await?)
}

/// The tender, locked against other writers, when it belongs to the actor's office.
pub(crate) async fn lock_own(cx: &mut Cx<'_>, id: TenderId) -> Result<Tender, Error> {
    cx.tx.lock("tender", id.0).await?;
    let tender = load(cx, id).await?;
    if cx.actor.office() != Some(tender.office_id) {
        return Err(Error::NotFound);
    }
    Ok(tender)
}

/// The tender with this id, at any stage; for programs of ours that made it.
///
/// # Errors
/// `NotFound`.
pub async fn by_id(app: &App, id: TenderId) -> Result<Tender, Error> {
    let sql = format!("{TENDER} WHERE t.id = $1");
    Ok(app.db.one(&sql, args![id]).await?)
}

/// A published tender by its number.
///
/// # Errors
/// `NotFound` for an unknown number and for one that is not public yet, alike.
pub async fn by_number(app: &App, number: &str) -> Result<Tender, Error> {
    let found: Tender = app.db.one(&format!("{TENDER} WHERE t.number = $1"), args![number]).await?;
    if found.stage.is_public() { Ok(found) } else { Err(Error::NotFound) }
}

/// The id of a published tender.
///
/// # Errors
/// `NotFound` for an unknown number and for one that is not public yet, alike.
pub async fn public_id(app: &App, number: &str) -> Result<TenderId, Error> {
    let row: Row = app.db.one("SELECT id, stage FROM tender WHERE number = $1", args![number]).await?;
    let stage: Stage = row.code("stage")?;
    if stage.is_public() { Ok(row.get("id")?) } else { Err(Error::NotFound) }
}

/// The same while bids may come in: asked before a file is kept, so that nothing is stored for a tender
/// that takes no bids.
///
/// # Errors
/// As `public_id`, and the refusal of a bid that comes too late.
pub async fn open_id(app: &App, number: &str) -> Result<TenderId, Error> {
    let sql = "SELECT id, stage, deadline_at FROM tender WHERE number = $1";
    let row: Row = app.db.one(sql, args![number]).await?;
    let (stage, now): (Stage, Moment) = (row.code("stage")?, app.clock.now());
    if !stage.is_public() {
        return Err(Error::NotFound);
    }
    may_submit(stage, row.get::<Option<Moment>>("deadline_at")?.unwrap_or(now), now)?;
    Ok(row.get("id")?)
}

/// A tender by its number as its own officials see it, in any stage.
///
/// # Errors
/// `NotFound` when the actor's post does not reach it.
pub async fn on_desk(app: &App, actor: &Actor, number: &str) -> Result<Tender, Error> {
    let found: Tender = app.db.one(&format!("{TENDER} WHERE t.number = $1"), args![number]).await?;
    if reach(actor).is_some_and(|office| office.is_none_or(|own| own == found.office_id)) {
        return Ok(found);
    }
    Err(Error::NotFound)
}

/// Which tenders an official's desk holds: of one office, of all (`Some(None)`), or none.
fn reach(actor: &Actor) -> Option<Option<OfficeId>> {
    match actor.post.role {
        Role::OfficeStaff | Role::OfficeDirector => actor.office().map(Some),
        Role::PurchaseLead | Role::Supervisor | Role::Finance | Role::System => Some(None),
        _ => None,
    }
}

/// Which published tenders to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only this stage.
    pub stage: Option<Stage>,
    /// Only this office.
    pub office: Option<OfficeId>,
    /// Only this batch.
    pub batch: Option<BatchId>,
    /// Only numbers before this one: the next page.
    pub before: Option<String>,
}

/// Published tenders, newest number first, at most `LINES_MAX`.
///
/// # Errors
/// The database could not be read.
pub async fn published(app: &App, filter: &Filter) -> Result<Vec<Tender>, Error> {
    let mut sql = format!("{TENDER} WHERE t.stage NOT IN ('drafting', 'checking', 'ready')");
    let mut values: Vec<Val> = Vec::new();
    let narrowed: [(&str, Option<Val>); 4] = [
        ("t.stage =", filter.stage.map(Val::code)),
        ("t.office_id =", filter.office.map(Val::from)),
        ("t.batch_id =", filter.batch.map(Val::from)),
        ("t.number <", filter.before.as_deref().map(Val::from)),
    ];
    for (test, value) in narrowed {
        if let Some(value) = value {
            values.push(value);
            sql.push_str(&format!(" AND {test} ${}", values.len()));
        }
    }
    sql.push_str(&format!(" ORDER BY t.number DESC LIMIT {LINES_MAX}"));
    Ok(app.db.all(&sql, &values).await?)
}

/// The tenders on an official's desk: those that live first, then by deadline and number.
///
/// # Errors
/// `NotPermitted` for posts that have no such desk.
pub async fn desk(app: &App, actor: &Actor) -> Result<Vec<Tender>, Error> {
    let office = reach(actor).ok_or(Error::NotPermitted)?;
    let (scope, values) = match office {
        Some(office) => ("WHERE t.office_id = $1", vec![Val::from(office)]),
        None => ("", Vec::new()),
    };
    let order = "ORDER BY CASE WHEN t.stage IN ('contracted', 'failed', 'cancelled') THEN 1 ELSE 0 END,
                 COALESCE(t.deadline_at, 0), t.number";
    Ok(app.db.all(&format!("{TENDER} {scope} {order} LIMIT 500"), &values).await?)
}

row! {
    /// An item that may be tendered now.
    pub struct ReadyItem {
        /// Its id.
        id: ItemId,
        /// Its code.
        code: String,
        /// Its name.
        name: String,
        /// Its ceiling.
        ceiling_fen: Fen,
    }
}

/// Items of an office that are listed and in an open batch, and on which no tender lives.
///
/// # Errors
/// The database could not be read.
pub async fn ready_items(app: &App, office: OfficeId) -> Result<Vec<ReadyItem>, Error> {
    let sql = "SELECT i.id, i.code, i.name, i.ceiling_fen FROM item i
               JOIN batch b ON b.id = i.batch_id AND b.closed_at IS NULL
               WHERE i.office_id = $1 AND i.stage = 'listed' AND NOT EXISTS (
                 SELECT 1 FROM tender t WHERE t.item_id = i.id AND t.stage NOT IN ('failed', 'cancelled'))
               ORDER BY i.code LIMIT 200";
    Ok(app.db.all(sql, args![office]).await?)
}

row! {
    /// One line of the scoring table.
    pub struct CriterionRow {
        /// Its row.
        id: i64,
        /// The row's version.
        version: i64,
        /// Its place.
        position: i64,
        /// What is looked at.
        name: String,
        /// How points are given.
        detail: String,
        /// Kind.
        @code kind: CriterionKind,
        /// Whole points.
        weight: i64,
        /// True when it counts facts.
        is_objective: bool,
    }
}

const CRITERIA: &str = "SELECT id, version, position, name, detail, kind, weight, is_objective
     FROM criterion WHERE tender_id = $1 ORDER BY position";

/// The scoring table of a tender, by position.
///
/// # Errors
/// The database could not be read.
pub async fn criteria(app: &App, tender: TenderId) -> Result<Vec<CriterionRow>, Error> {
    Ok(app.db.all(CRITERIA, args![tender]).await?)
}

/// The same inside a command.
pub(crate) async fn criteria_in(cx: &mut Cx<'_>, tender: TenderId) -> Result<Vec<CriterionRow>, Error> {
    Ok(cx.tx.all(CRITERIA, args![tender]).await?)
}

/// The table as the rules read it.
pub fn scoring_table(tender: &Tender, rows: &[CriterionRow]) -> ScoringTable {
    let criteria = rows.iter().map(|row| Criterion {
        position: u32::try_from(row.position).unwrap_or(0),
        name: row.name.clone(),
        kind: row.kind,
        weight_points: row.weight,
        is_objective: row.is_objective,
    });
    ScoringTable {
        criteria: criteria.collect(),
        tie_rule: tender.tie_rule,
        rounding_rule: RoundingRule::ALL.first().copied().unwrap_or(RoundingRule::HalfUp),
        is_price_fixed: tender.is_price_fixed,
    }
}
