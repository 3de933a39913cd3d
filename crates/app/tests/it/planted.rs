//! An awarded tender planted row by row, for tests of what comes after the award.
//!
//! Other capabilities have their own tests; here their rows are written through one journalled act, so
//! that the journal still agrees with every table.

use app::access::offices::{AddOffice, AppointDirector};
use app::access::people::{AddPerson, GivePost};
use app::db::Val;
use app::funds::{AllotCatalogue, Appropriate, OpenFund};
use app::journal::{ACCEPTANCE, AWARD, BATCH, BID, ITEM, ORGANISATION, RANKING, TENDER};
use app::{Act, City, Cx, Error, RequestKey, args};
use domain::funds::MoneySource;
use domain::kernel::{
    AcceptanceId, Actor, ContractId, Fen, OfficeId, OrganisationId, PersonId, Post, Role, Scope, TenderId,
};

/// Who is who around the planted tender.
pub struct Planted {
    /// The tender, awarded.
    pub tender: TenderId,
    /// Its office.
    pub office: OfficeId,
    /// The winner.
    pub organisation: OrganisationId,
    /// Writes for the office.
    pub staff: Actor,
    /// Answers for the office.
    pub director: Actor,
    /// Acts for the winner.
    pub provider: Actor,
    /// Leads the purchase.
    pub lead: Actor,
    /// Keeps the money.
    pub finance: Actor,
}

/// Ninety-five thousand yuan, in fen.
pub const PRICE: i64 = 9_500_000;

/// From the planting to the bid deadline, in seconds: ten days.
pub const DEADLINE_SECONDS: i64 = 864_000;

/// The winner's credit code.
pub fn code() -> String {
    let code = domain::kernel::CreditCode::derive('5', '2', "320102", "XX900008").expect("a code");
    code.as_str().to_owned()
}

struct Plant {
    /// The first of the city brings organisation and batch; the others belong to them.
    first: Option<(OrganisationId, i64)>,
    serial: i64,
    source: &'static str,
    office: OfficeId,
    author: PersonId,
    lead: PersonId,
    term_months: i64,
    stage: &'static str,
}

const TEXTS: [&str; 14] = [
    "requirement",
    "deliverables",
    "qualification",
    "recipients_role",
    "performance_standard",
    "contract_draft",
    "challenge_contact",
    "venue",
    "check_note",
    "ended_reason",
    "title",
    "price_rule",
    "designers",
    "authors",
];

impl Act for Plant {
    type Outcome = TenderId;
    const NAME: &'static str = "test.plant";
    const WHO: &'static [Role] = &[Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<TenderId, Error> {
        let (organisation, batch) = self.ground(cx).await?;
        let (item, tender, bid, award) = (cx.id(), cx.id(), cx.id(), cx.id());
        cx.insert(&ITEM, item, &self.item_row(cx, batch)).await?;
        cx.insert(&TENDER, tender, &self.tender_row(cx, item, batch)).await?;
        let submitter = PersonId(self.lead.0);
        let bid_row = [
            ("tender_id", tender.into()),
            ("organisation_id", organisation.into()),
            ("submitted_by", submitter.into()),
            ("edition", 1_i64.into()),
            ("state", "submitted".into()),
            ("suite", "plain".into()),
            ("package", Val::from(b"package".to_vec())),
            ("digest", "ab".repeat(32).into()),
            ("received_at", cx.now.into()),
            ("receipt", "".into()),
            ("alias", "A".into()),
            ("price_fen", PRICE.into()),
        ];
        cx.insert(&BID, bid, &bid_row).await?;
        let ranking = [
            ("tender_id", tender.into()),
            ("bid_id", bid.into()),
            ("rank", 1_i64.into()),
            ("price_score", 1000_i64.into()),
            ("quality_score", 8000_i64.into()),
            ("total_score", 9000_i64.into()),
            ("decided_by", "score".into()),
        ];
        let ranking_id = cx.id();
        cx.insert(&RANKING, ranking_id, &ranking).await?;
        let award_row = [
            ("tender_id", tender.into()),
            ("bid_id", bid.into()),
            ("rank", 1_i64.into()),
            ("state", "notified".into()),
            ("decided_by", self.author.into()),
            ("decided_at", cx.now.into()),
            ("reason", "排名第一".into()),
        ];
        cx.insert(&AWARD, award, &award_row).await?;
        Ok(TenderId(tender))
    }
}

fn organisation_row() -> Vec<(&'static str, Val)> {
    vec![
        ("uscc", code().into()),
        ("name", "晨曦社会组织评估中心（示例）".into()),
        ("kind", "social_service_institution".into()),
        ("legal", "registered".into()),
        ("status", "active".into()),
        ("is_supervised", false.into()),
        ("district", "320102".into()),
        ("division", "320102002".into()),
        ("fields", "".into()),
        ("domicile", "玄武区".into()),
        ("registered_on", "2010-05-01".into()),
        ("inspection", "pass".into()),
        ("listing", "none".into()),
        ("person_in_charge", "周晨（示例）".into()),
        ("contact", "".into()),
        ("pinyin", "chenxi".into()),
        ("initials", "cx".into()),
        ("is_demo", true.into()),
    ]
}

impl Plant {
    async fn ground(&self, cx: &mut Cx<'_>) -> Result<(i64, i64), Error> {
        if let Some((organisation, batch)) = self.first {
            return Ok((organisation.0, batch));
        }
        let (organisation, batch) = (cx.id(), cx.id());
        cx.insert(&ORGANISATION, organisation, &organisation_row()).await?;
        let batch_row = [
            ("year", 2014_i64.into()),
            ("number", 1_i64.into()),
            ("title", "首批".into()),
            ("created_at", cx.now.into()),
        ];
        cx.insert(&BATCH, batch, &batch_row).await?;
        Ok((organisation, batch))
    }

    fn item_row(&self, cx: &Cx<'_>, batch: i64) -> Vec<(&'static str, Val)> {
        let mut row: Vec<(&'static str, Val)> = vec![
            ("code", format!("GZ-2014-{:02}", self.serial).into()),
            ("year", 2014_i64.into()),
            ("office_id", self.office.into()),
            ("director_id", self.author.into()),
            ("ceiling_fen", 10_000_000_i64.into()),
            ("budget_fen", 10_000_000_i64.into()),
            ("proposed_at", cx.now.into()),
            ("listed_at", cx.now.into()),
            ("withdrawn_reason", "".into()),
            ("negative_list", "[]".into()),
            ("excludes_supervised", false.into()),
            ("stage", "listed".into()),
            ("author_id", self.author.into()),
            ("reviewer_id", self.lead.into()),
            ("batch_id", batch.into()),
            ("function_kind", "rating".into()),
        ];
        let texts = [
            "name",
            "reason",
            "quantity",
            "standard",
            "fund_source",
            "scope",
            "recipients",
            "performance_standard",
            "review_note",
        ];
        let kept = |name| match name {
            "fund_source" => self.source,
            "scope" => "city",
            _ => "评估",
        };
        row.extend(texts.map(|name| (name, Val::from(kept(name)))));
        row
    }

    fn tender_row(&self, cx: &Cx<'_>, item: i64, batch: i64) -> Vec<(&'static str, Val)> {
        let mut row: Vec<(&'static str, Val)> = vec![
            ("number", format!("NJGZ-2014-{:03}", self.serial).into()),
            ("item_id", item.into()),
            ("attempt", 1_i64.into()),
            ("batch_id", batch.into()),
            ("office_id", self.office.into()),
            ("stage", self.stage.into()),
            ("procedure", "open_competition".into()),
            ("rules_on", "2014-01-06".into()),
            ("term_months", self.term_months.into()),
            ("ceiling_fen", 10_000_000_i64.into()),
            ("panel_size", 5_i64.into()),
            ("is_price_fixed", false.into()),
            ("excludes_supervised", false.into()),
            ("author_id", self.author.into()),
            ("checker_id", self.lead.into()),
            ("extensions", 0_i64.into()),
            ("published_at", cx.now.into()),
            ("awarded_at", cx.now.into()),
            ("tie_rule", "lot".into()),
            ("deadline_at", cx.now.plus_seconds(DEADLINE_SECONDS).into()),
            ("questions_until", cx.now.plus_seconds(DEADLINE_SECONDS / 2).into()),
        ];
        row.extend(TEXTS.map(|name| (name, Val::from("社会组织评估"))));
        row
    }
}

pub async fn person(city: &City, login: &str, role: Role, scope: Scope) -> Actor {
    let add = AddPerson {
        login: login.into(),
        name: format!("{login}（示例）"),
        password_hash: "x".into(),
        is_demo: city.is_demo,
    };
    let id = city.act(&Actor::SYSTEM, &RequestKey::None, &add).await.expect("a person");
    if role != Role::OfficeDirector {
        let give = GivePost { person: id, post: Post { role, scope } };
        city.act(&Actor::SYSTEM, &RequestKey::None, &give).await.expect("a post");
    }
    Actor::new(id, role, scope).with_fresh_password()
}

/// Plants a tender in `stage` with one ranked and notified bid.
pub async fn awarded(city: &City, term_months: i64, stage: &'static str) -> Planted {
    let office = AddOffice {
        code: "shezu".into(),
        name: "社会组织管理处".into(),
        name_en: "Social organisations".into(),
        duties: "评估".into(),
    };
    let office = city.act(&Actor::SYSTEM, &RequestKey::None, &office).await.expect("an office");
    let staff = person(city, "staff", Role::OfficeStaff, Scope::Office(office)).await;
    let director = person(city, "director", Role::OfficeDirector, Scope::Office(office)).await;
    let lead = person(city, "lead", Role::PurchaseLead, Scope::City).await;
    let (Some(director_id), Some(lead_id)) = (director.person, lead.person) else { unreachable!() };
    let appoint = AppointDirector { office, person: director_id, handover: String::new() };
    city.act(&Actor::SYSTEM, &RequestKey::None, &appoint).await.expect("a director");
    let (first, source) = (None, "department_budget");
    let plant =
        Plant { first, serial: 1, source, office, author: director_id, lead: lead_id, term_months, stage };
    let tender = city.act(&Actor::SYSTEM, &RequestKey::None, &plant).await.expect("a tender");
    let organisation: (OrganisationId,) =
        city.db.one("SELECT id FROM organisation", &[]).await.expect("the organisation");
    let provider = person(city, "winner", Role::OrganisationUser, Scope::Organisation(organisation.0)).await;
    let finance = person(city, "finance", Role::Finance, Scope::City).await;
    fund(city, &finance).await;
    Planted { tender, office, organisation: organisation.0, staff, director, provider, lead, finance }
}

/// Plants one more awarded tender of the same office and winner, its item paid from `source`.
pub async fn one_more(city: &City, p: &Planted, serial: i64, source: &'static str) -> TenderId {
    let batch = city.db.number("SELECT id FROM batch", &[]).await.expect("the batch");
    let (Some(author), Some(lead)) = (p.director.person, p.lead.person) else { unreachable!() };
    let first = Some((p.organisation, batch));
    let plant =
        Plant { first, serial, source, office: p.office, author, lead, term_months: 12, stage: "awarded" };
    city.act(&Actor::SYSTEM, &RequestKey::None, &plant).await.expect("a tender")
}

/// Gives the planted item the money of its budget.
async fn fund(city: &City, finance: &Actor) {
    let open =
        OpenFund { year: 2014, source: MoneySource::DepartmentBudget, name: "购买服务资金".into() };
    let fund = city.act(finance, &RequestKey::None, &open).await.expect("a fund");
    let amount = Fen(10_000_000);
    let give = Appropriate { fund, amount, document: "宁财〔2014〕1号（示例）".into() };
    city.act(finance, &RequestKey::None, &give).await.expect("money");
    city.act(finance, &RequestKey::None, &AllotCatalogue { fund }).await.expect("an allotment");
}

/// An acceptance as the acceptance desk leaves it.
pub struct Accepted {
    pub contract: ContractId,
    /// Which milestone; none for the only one.
    pub milestone: Option<i64>,
    pub deducted: i64,
    pub is_published: bool,
}

impl Act for Accepted {
    type Outcome = AcceptanceId;
    const NAME: &'static str = "test.accept";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<AcceptanceId, Error> {
        let sql = "SELECT id, amount_fen FROM milestone WHERE contract_id = $1 AND id = COALESCE($2, id)";
        let milestone: app::db::Row = cx.tx.one(sql, args![self.contract, self.milestone]).await?;
        let claimed: i64 = milestone.get("amount_fen")?;
        let id = AcceptanceId(cx.id());
        let person = cx.actor.person;
        let row: Vec<(&'static str, Val)> = vec![
            ("contract_id", self.contract.into()),
            ("milestone_id", milestone.get::<i64>("id")?.into()),
            ("round", 1_i64.into()),
            ("claimed_fen", claimed.into()),
            ("deducted_fen", self.deducted.into()),
            ("accepted_fen", (claimed - self.deducted).into()),
            ("state", "accepted".into()),
            ("reported_by", person.into()),
            ("reported_at", cx.now.into()),
            ("report", "".into()),
            ("opinion", "".into()),
            ("place", "".into()),
            ("accepted_by", person.into()),
            ("accepted_at", cx.now.into()),
            ("returned_why", "".into()),
            ("published_by", person.into()),
            ("published_at", self.is_published.then_some(cx.now).into()),
        ];
        cx.insert(&ACCEPTANCE, id.0, &row).await?;
        Ok(id)
    }
}
