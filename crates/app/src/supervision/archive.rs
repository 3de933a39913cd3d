//! The file of one purchase: the seven parts of its record, its papers in order, the day until which it is
//! kept (C57). Read by those whose desk holds the tender; what is sealed stays out of it until the opening.

use domain::catalogue::FunctionKind;
use domain::kernel::{Actor, Coded, Date, Fact, Fen, ItemId, Moment, RuleKey};
use domain::supervision::archive::{self, FollowPart, Held, PartState, RecordPart};
use domain::tendering::procedure::ProcedureKind;
use domain::tendering::stage::Stage;

use super::archive_after;
pub use super::archive_after::Follow;
use crate::tendering::queries::{self, Tender};
use crate::{App, Error, args, row};

/// A part of the record with what is on file for it.
#[derive(Clone, Debug)]
pub struct Part {
    /// The part.
    pub part: RecordPart,
    /// Whether it is there.
    pub state: PartState,
    /// Named facts, such as `budget`.
    pub facts: Vec<(&'static str, Fact)>,
}

row! {
    /// A paper of the file, or a group of like ones.
    pub struct FileEntry {
        /// What it is, such as `notice`.
        kind: String,
        /// Its number, name or party.
        name: String,
        /// When it came to the file.
        at: Option<Moment>,
        /// The digest that proves it, where one is kept.
        digest: Option<String>,
    }
}

/// The file of a purchase.
#[derive(Clone, Debug)]
pub struct Archive {
    /// The tender.
    pub tender: Tender,
    /// The seven parts.
    pub parts: Vec<Part>,
    /// What followed the contract: payments and evaluation.
    pub followed: Vec<Follow>,
    /// Its papers, in the order in which they came.
    pub files: Vec<FileEntry>,
    /// The day on which the purchase ended; none while it goes on.
    pub ended_on: Option<Date>,
    /// The last day on which it must be kept; none while it goes on.
    pub keep_until: Option<Date>,
    /// How many years it is kept, by the rules of its own time.
    pub years: i64,
}

impl Archive {
    /// The parts that must be there and are not.
    pub fn missing(&self) -> impl Iterator<Item = RecordPart> + '_ {
        self.parts.iter().filter(|one| one.state == PartState::Missing).map(|one| one.part)
    }

    /// What must have followed and has not.
    pub fn missing_after(&self) -> impl Iterator<Item = FollowPart> + '_ {
        self.followed.iter().filter(|one| one.state == PartState::Missing).map(|one| one.part)
    }
}

row! {
    struct Item {
        code: String,
        name: String,
        @code function_kind: FunctionKind,
        budget_fen: Fen,
        fund_source: String,
    }
}

row! {
    struct Bought {
        number: String,
        amount_fen: Fen,
        organisation: String,
        ends_on: Date,
        signed_at: Option<Moment>,
        milestones: i64,
        accepted: i64,
        last_accepted_at: Option<Moment>,
    }
}

row! {
    struct Winner {
        organisation: String,
        rank: i64,
        total_score: i64,
        reason: String,
    }
}

/// The file of a tender, for an actor whose desk holds it.
///
/// # Errors
/// `NotFound` when the actor's post does not reach the tender.
pub async fn of_tender(app: &App, actor: &Actor, number: &str) -> Result<Archive, Error> {
    let tender = queries::on_desk(app, actor, number).await?;
    let item = item(app, tender.item_id).await?;
    let bought = bought(app, &tender).await?;
    let winner = winner(app, &tender).await?;
    let sql = "SELECT count(*) FROM criterion WHERE tender_id = $1";
    let criteria = app.db.number(sql, args![tender.id]).await?;
    let held = held(&tender, &item, bought.as_ref(), winner.as_ref(), criteria);
    let parts = archive::record(&held).into_iter().map(|(part, state)| Part {
        part,
        state,
        facts: facts(part, &tender, &item, bought.as_ref(), winner.as_ref(), criteria),
    });
    let parts = parts.collect();
    let today = app.clock.now().date();
    let ended_on = ended_on(&tender, bought.as_ref(), today);
    let followed = archive_after::of_tender(app, tender.id, is_void(&tender), today).await?;
    let years = app.book.on(tender.rules_on).number(RuleKey::FilesKeptYears);
    let keep_until = ended_on.and_then(|day| archive::keep_until(day, years));
    let files = files(app, &tender).await?;
    Ok(Archive { tender, parts, followed, files, ended_on, keep_until, years })
}

async fn item(app: &App, id: ItemId) -> Result<Item, Error> {
    let sql = "SELECT code, name, function_kind, budget_fen, fund_source FROM item WHERE id = $1";
    Ok(app.db.one(sql, args![id]).await?)
}

async fn bought(app: &App, tender: &Tender) -> Result<Option<Bought>, Error> {
    let sql = "SELECT c.number, c.amount_fen, o.name AS organisation, c.ends_on, c.published_at AS signed_at,
                 (SELECT count(*) FROM milestone m WHERE m.contract_id = c.id) AS milestones,
                 (SELECT count(*) FROM acceptance e WHERE e.contract_id = c.id AND e.state = 'accepted') AS accepted,
                 (SELECT max(e.accepted_at) FROM acceptance e WHERE e.contract_id = c.id) AS last_accepted_at
               FROM contract c JOIN organisation o ON o.id = c.organisation_id
               WHERE c.tender_id = $1 AND c.stage IN ('signed', 'ended')";
    Ok(app.db.maybe(sql, args![tender.id]).await?)
}

async fn winner(app: &App, tender: &Tender) -> Result<Option<Winner>, Error> {
    let sql = "SELECT o.name AS organisation, a.rank, r.total_score, a.reason FROM award a
                 JOIN ranking r ON r.tender_id = a.tender_id AND r.bid_id = a.bid_id
                 JOIN bid b ON b.id = a.bid_id JOIN organisation o ON o.id = b.organisation_id
               WHERE a.tender_id = $1 AND a.state <> 'refused'";
    Ok(app.db.maybe(sql, args![tender.id]).await?)
}

fn is_void(tender: &Tender) -> bool {
    matches!(tender.stage, Stage::Failed | Stage::Cancelled)
}

fn held(
    tender: &Tender,
    item: &Item,
    bought: Option<&Bought>,
    winner: Option<&Winner>,
    criteria: i64,
) -> Held {
    let is_open_method = tender.procedure == ProcedureKind::OpenCompetition;
    Held {
        has_item: !item.name.trim().is_empty(),
        has_budget: item.budget_fen > Fen::ZERO && !item.fund_source.is_empty(),
        has_price: bought.is_some(),
        is_open_method,
        // No other method has a use case, so none can have given a reason.
        has_method_reason: false,
        has_conditions: !tender.qualification.trim().is_empty(),
        is_published: tender.published_at.is_some(),
        has_criteria: criteria > 0,
        has_reason: winner.is_some_and(|one| !one.reason.trim().is_empty() || one.rank == 1),
        is_void: is_void(tender),
        has_void_reason: !tender.ended_reason.trim().is_empty(),
        is_contracted: bought.is_some(),
    }
}

fn facts(
    part: RecordPart,
    tender: &Tender,
    item: &Item,
    bought: Option<&Bought>,
    winner: Option<&Winner>,
    criteria: i64,
) -> Vec<(&'static str, Fact)> {
    match part {
        RecordPart::Item => vec![
            ("code", item.code.as_str().into()),
            ("name", item.name.as_str().into()),
            ("category", Fact::Code(FunctionKind::LIST, item.function_kind.code())),
        ],
        RecordPart::Money => {
            let mut facts: Vec<(&'static str, Fact)> =
                vec![("budget", item.budget_fen.into()), ("ceiling", tender.ceiling_fen.into())];
            if let Some(source) = domain::catalogue::FundSource::from_code(&item.fund_source) {
                facts.push(("source", Fact::Code(domain::catalogue::FundSource::LIST, source.code())));
            }
            facts.extend(bought.map(|one| ("price", Fact::from(one.amount_fen))));
            facts
        }
        RecordPart::Method => {
            vec![("procedure", Fact::Code(ProcedureKind::LIST, tender.procedure.code()))]
        }
        RecordPart::Suppliers => {
            let mut facts: Vec<(&'static str, Fact)> =
                vec![("qualification", tender.qualification.as_str().into())];
            facts.extend(tender.published_at.map(|at| ("published", Fact::from(at))));
            facts
        }
        RecordPart::Choice => {
            let mut facts: Vec<(&'static str, Fact)> = vec![("criteria", Fact::Number(criteria))];
            if let Some(one) = winner {
                facts.push(("winner", one.organisation.as_str().into()));
                facts.push(("rank", Fact::Number(one.rank)));
                facts.push((
                    "score",
                    format!("{}.{:02}", one.total_score / 100, one.total_score % 100).into(),
                ));
                // Whoever ranks first needs no other reason: the scores are it.
                facts.push(match one.reason.trim() {
                    "" => ("reason", Fact::Code("award_reason", "first_ranked")),
                    reason => ("reason", reason.into()),
                });
            }
            facts
        }
        RecordPart::Void if is_void(tender) => vec![("reason", tender.ended_reason.as_str().into())],
        RecordPart::Void | RecordPart::OtherMethod => Vec::new(),
    }
}

/// A void purchase ended when it was ended; a contract, when its last day is over and every milestone is
/// accepted.
fn ended_on(tender: &Tender, bought: Option<&Bought>, today: Date) -> Option<Date> {
    if is_void(tender) {
        return tender.ended_at.map(Moment::date);
    }
    let one = bought?;
    let is_done = one.milestones > 0 && one.accepted == one.milestones;
    let last = one.last_accepted_at.map(Moment::date)?.max(one.ends_on);
    (is_done && today > last).then_some(last)
}

/// Bids are on the list by name only after the opening (C30).
const FILES: [&str; 10] = [
    "SELECT 'notice' AS kind, t.number AS name, t.published_at AS at, CAST(NULL AS TEXT) AS digest FROM tender t
     WHERE t.id = $1 AND t.published_at IS NOT NULL",
    "SELECT 'correction' AS kind, x.subject AS name, x.published_at AS at, CAST(NULL AS TEXT) AS digest
     FROM correction x WHERE x.tender_id = $1",
    "SELECT 'question' AS kind, x.text AS name, x.answered_at AS at, CAST(NULL AS TEXT) AS digest
     FROM question x WHERE x.tender_id = $1 AND x.answered_at IS NOT NULL",
    "SELECT 'bid' AS kind, o.name AS name, b.received_at AS at, b.digest FROM bid b
       JOIN organisation o ON o.id = b.organisation_id JOIN tender t ON t.id = b.tender_id
     WHERE b.tender_id = $1 AND b.state = 'submitted' AND t.opened_at IS NOT NULL",
    "SELECT 'opening' AS kind, t.number AS name, t.opened_at AS at, CAST(NULL AS TEXT) AS digest FROM tender t
     WHERE t.id = $1 AND t.opened_at IS NOT NULL",
    "SELECT 'draw' AS kind, t.number AS name, d.drawn_at AS at, CAST(NULL AS TEXT) AS digest FROM draw d
       JOIN tender t ON t.id = d.tender_id WHERE d.tender_id = $1 AND t.ranked_at IS NOT NULL",
    "SELECT 'report' AS kind, t.number AS name, t.report_at AS at, CAST(NULL AS TEXT) AS digest FROM tender t
     WHERE t.id = $1 AND t.report_at IS NOT NULL",
    "SELECT 'award' AS kind, o.name AS name, t.awarded_at AS at, CAST(NULL AS TEXT) AS digest FROM award a
       JOIN tender t ON t.id = a.tender_id JOIN bid b ON b.id = a.bid_id
       JOIN organisation o ON o.id = b.organisation_id
     WHERE a.tender_id = $1 AND a.state = 'notified'",
    "SELECT 'contract' AS kind, c.number AS name, c.published_at AS at, CAST(NULL AS TEXT) AS digest
     FROM contract c WHERE c.tender_id = $1 AND c.published_at IS NOT NULL",
    "SELECT 'acceptance' AS kind, m.name AS name, e.accepted_at AS at, CAST(NULL AS TEXT) AS digest
     FROM acceptance e JOIN milestone m ON m.id = e.milestone_id JOIN contract c ON c.id = e.contract_id
     WHERE c.tender_id = $1 AND e.accepted_at IS NOT NULL",
];

async fn files(app: &App, tender: &Tender) -> Result<Vec<FileEntry>, Error> {
    let mut files: Vec<FileEntry> = Vec::new();
    for sql in FILES.into_iter().chain(archive_after::FILES) {
        files.extend(app.db.all::<FileEntry>(sql, args![tender.id]).await?);
    }
    files.extend(archive_after::surveys(app, tender.id).await?);
    files.sort_by_key(|one| one.at);
    Ok(files)
}

/// The contract's number and provider of a tender, for the head of its file.
///
/// # Errors
/// The database could not be read.
pub async fn contract_of(
    app: &App,
    tender: &Tender,
) -> Result<Option<(String, String, Option<Moment>)>, Error> {
    let found = bought(app, tender).await?;
    Ok(found.map(|one| (one.number, one.organisation, one.signed_at)))
}
