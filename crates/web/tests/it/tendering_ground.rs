//! The ground of tendering's pages: a bureau with one item ready to be tendered, and two organisations.

use app::access::offices::{AddOffice, AppointDirector};
use app::catalogue::*;
use app::registry::RegisterOrganisation;
use app::registry::specimen::invented;
use app::{Act, RequestKey};
use axum::http::StatusCode;
use domain::catalogue::{FunctionKind, FundSource, ItemScope, NegativeListRow, RowAnswer};
use domain::kernel::{Actor, Coded, Fen, OrganisationId, Post, Role, Scope};
use domain::tendering::bid::{BidPart, Statement};

use crate::support::{Answer, Reader, World};

/// The number of the one tender.
pub const NUMBER: &str = "NJGZ-2014-001";

/// A bureau with one item ready to be tendered, and two organisations.
pub struct Stage {
    pub world: World,
    pub staff: Reader,
    pub checker: Reader,
    pub lead: Reader,
    pub bidder: Reader,
    pub other: Reader,
    pub item: String,
}

async fn act<A: Act>(world: &World, actor: &Actor, command: A) -> A::Outcome {
    world.city.act(actor, &RequestKey::None, &command).await.expect("done")
}

/// Builds the bureau.
pub async fn stage() -> Stage {
    stage_in(World::new().await).await
}

/// Builds the bureau in a world that is there.
pub async fn stage_in(world: World) -> Stage {
    let office = AddOffice {
        code: "fushi".into(),
        name: "社会福利处".into(),
        name_en: "Welfare Office".into(),
        duties: "福利".into(),
    };
    let office = act(&world, &Actor::SYSTEM, office).await;
    let post = |role, scope| Post { role, scope };
    let in_office = Scope::Office(office);
    let (staff_id, staff) = world.reader("staff", post(Role::OfficeStaff, in_office)).await;
    let (director_id, _) = world.reader("director", post(Role::Supervisor, Scope::City)).await;
    let appoint = AppointDirector { office, person: director_id, handover: String::new() };
    act(&world, &Actor::SYSTEM, appoint).await;
    let (checker_id, checker) = world.reader("checker", post(Role::PurchaseLead, Scope::City)).await;
    let (lead_id, lead) = world.reader("lead", post(Role::PurchaseLead, Scope::City)).await;
    let director = Actor::new(director_id, Role::OfficeDirector, in_office).with_fresh_password();
    let official = |id| Actor::new(id, Role::PurchaseLead, Scope::City).with_fresh_password();
    let writer = Actor::new(staff_id, Role::OfficeStaff, in_office);
    let item = listed(&world, &writer, &director, &official(checker_id), &official(lead_id)).await;
    let mut users = Vec::new();
    let sound = invented(100, 0).into_iter().filter(|form| {
        form.legal == "registered"
            && form.status == "active"
            && form.inspection == "pass"
            && form.listing == "none"
            && form.banned_until.is_empty()
    });
    for (form, login) in sound.zip(["bidder", "other"]) {
        let organisation: OrganisationId = act(&world, &Actor::SYSTEM, RegisterOrganisation { form }).await;
        let post = post(Role::OrganisationUser, Scope::Organisation(organisation));
        users.push(world.reader(login, post).await.1);
    }
    let other = users.pop().expect("a user");
    let bidder = users.pop().expect("a user");
    Stage { world, staff, checker, lead, bidder, other, item }
}

async fn listed(world: &World, staff: &Actor, director: &Actor, checker: &Actor, lead: &Actor) -> String {
    let text = || "示例内容".to_owned();
    let measures = MeasuresText {
        title: "购买服务实施办法（试行）".into(),
        document_no: "宁民社〔2014〕示例1号".into(),
        special_body: text(),
        list: text(),
        procedure: text(),
        performance_standards: text(),
        responsibilities: text(),
    };
    let measures = act(world, lead, DraftMeasures { text: measures }).await;
    act(world, checker, PublishMeasures { measures, version: 1 }).await;
    let content = ItemContent {
        title: "社区居家养老服务".into(),
        function: FunctionKind::PublicService,
        why_purchasable: "事务性工作".into(),
        quantity: "120人".into(),
        standard: text(),
        ceiling: Fen::yuan(200_000),
        budget: Fen::yuan(200_000),
        fund_source: FundSource::DepartmentBudget,
        scope: ItemScope::City,
        recipients: "老年人".into(),
        performance_standard: text(),
        excludes_affiliates: false,
    };
    let item = act(world, staff, ProposeItem { year: 2014, content }).await;
    let answer = |row: &NegativeListRow| RowAnswer { row: *row, applies: false, reason: "不属于".into() };
    let answers: Vec<RowAnswer> = NegativeListRow::ALL.iter().map(answer).collect();
    act(world, director, SignNegativeList { item, version: 1, answers }).await;
    let review = ReviewItem { item, version: 2, verdict: Verdict::Accept, note: String::new() };
    act(world, checker, review).await;
    act(world, lead, PublishCatalogue { year: 2014 }).await;
    act(world, lead, CreateBatch { year: 2014, title: "首批".into(), item_ids: vec![item] }).await;
    item.0.to_string()
}

pub const DOCUMENTS: [(&str, &str); 15] = [
    ("title", "社区居家养老服务"),
    ("requirement", "为120名老年人提供居家服务\n每周两次"),
    ("deliverables", "服务记录"),
    ("qualification", "具有独立法人资格"),
    ("price_rule", "含税总价"),
    ("recipients_role", "老年人评价"),
    ("performance_standard", "满意率不低于90%"),
    ("contract_draft", "合同草案（示例）"),
    ("challenge_contact", "025-0000"),
    ("venue", "三楼会议室"),
    ("term_months", "12"),
    ("ceiling", "200000"),
    ("tie_rule", "lot"),
    ("panel_size", "5"),
    ("designers", ""),
];

pub fn with<'a>(base: &[(&'a str, &'a str)], changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> =
        base.iter().filter(|(name, _)| changes.iter().all(|(other, _)| other != name)).copied().collect();
    fields.extend_from_slice(changes);
    fields
}

pub const TABLE: [(&str, &str); 9] = [
    ("criteria.1", "报价"),
    ("criteria.1.kind", "price"),
    ("criteria.1.weight", "20"),
    ("criteria.2", "服务方案"),
    ("criteria.2.kind", "quality"),
    ("criteria.2.weight", "50"),
    ("criteria.4", "现场陈述"),
    ("criteria.4.kind", "presentation"),
    ("criteria.4.weight", "30"),
];

/// The answer sends the reader on, and nowhere but to a page of ours.
pub fn assert_done(answer: &Answer, there: &str) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert!(answer.location.starts_with(there), "{}", answer.location);
}

impl Stage {
    /// Takes the item to its notice through the forms.
    pub async fn publish(&self) {
        let world = &self.world;
        let desk = format!("/desk/tenders/{NUMBER}");
        assert_done(&world.post_as(&self.staff, "/desk/tenders", &[("item", &self.item)]).await, &desk);
        let post = async |reader: &Reader, page: &str, fields: &[(&str, &str)]| {
            assert_done(&world.post_as(reader, &format!("{desk}/{page}"), fields).await, &desk);
        };
        post(&self.staff, "requirement", &with(&DOCUMENTS, &[("version", "1")])).await;
        post(&self.staff, "scoring", &with(&TABLE, &[("version", "2")])).await;
        post(&self.staff, "check", &[("version", "3")]).await;
        post(&self.checker, "check", &[("version", "4"), ("verdict", "accept")]).await;
        post(&self.lead, "publish", &[("version", "5"), ("deadline", "2014-01-17T09:30")]).await;
    }
}

pub fn bid_fields(price: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = [
        ("version", "0"),
        ("price", price),
        ("project_lead", "示例负责人"),
        ("contact_name", "示例联系人"),
        ("contact_phone", "025-0000"),
        ("action", "check"),
    ]
    .map(|(name, text)| (name.to_owned(), text.to_owned()))
    .to_vec();
    fields.extend(Statement::ALL.iter().map(|one| (format!("statements.{}", one.code()), "yes".to_owned())));
    fields.extend(BidPart::ALL.iter().map(|part| (format!("parts.{}", part.code()), "示例内容".to_owned())));
    fields
}

pub fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}

/// A page without a key that no message file has.
pub fn assert_spoken(path: &str, page: &str) {
    const MARKS: [&str; 20] = [
        "tender-",
        "task-",
        "bid-",
        "refusal-",
        "finding-",
        "criterion-",
        "stage-",
        "phase-",
        "term-",
        "days-",
        "deadline-",
        "qa-",
        "correction-",
        "flash-",
        "notice-",
        "receipt-",
        "my-",
        "level-",
        "procedure-",
        "check-",
    ];
    for text in page.split(['>', '<']).map(str::trim) {
        let is_key = MARKS.iter().any(|mark| text.starts_with(mark)) && !text.contains([' ', '{']);
        assert!(!is_key, "{path} shows {text}");
    }
}
