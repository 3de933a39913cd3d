//! The ground on which tendering is tested: a bureau with a published catalogue and organisations that
//! may bid. The catalogue comes by its own use cases; organisations are planted through one journalled act.

use app::access::offices::{AddOffice, AppointDirector};
use app::access::people::AddPerson;
use app::catalogue::*;
use app::db::Val;
use app::journal::ORGANISATION;
use app::tendering::bid::SubmitBid;
use app::tendering::bid_draft::SaveDraft;
use app::tendering::checking::{self, CheckTender, SubmitForCheck};
use app::tendering::notice::PublishNotice;
use app::tendering::requirement::{StartTender, WriteRequirement};
use app::tendering::scoring::{CriterionLine, SetScoringTable};
use app::{Act, City, Cx, Error, RequestKey};
use domain::catalogue::{FunctionKind, FundSource, ItemScope, NegativeListRow, RowAnswer};
use domain::kernel::{
    Actor, Coded, CreditCode, Fen, ItemId, Moment, OfficeId, OrganisationId, PersonId, Role, Scope, TenderId,
};
use domain::tendering::bid::{BidPart, Statement};
use domain::tendering::scoring_table::{CriterionKind, TieRule};

/// A bureau with one office and one listed item in an open batch.
pub struct Ground {
    pub office: OfficeId,
    pub staff: Actor,
    pub checker: Actor,
    pub lead: Actor,
    pub item: ItemId,
}

pub async fn act<A: Act>(city: &City, actor: &Actor, command: A) -> Result<A::Outcome, Error> {
    city.act(actor, &RequestKey::None, &command).await
}

pub async fn person(city: &City, login: &str) -> PersonId {
    let (login, name) = (login.to_owned(), format!("示例{login}"));
    let person = AddPerson { login, name, password_hash: "-".to_owned(), is_demo: true };
    act(city, &Actor::SYSTEM, person).await.expect("a person")
}

/// Builds the bureau; `excludes_affiliates` is what its one item says (T8).
pub async fn ground(city: &City, excludes_affiliates: bool) -> Ground {
    let office = AddOffice {
        code: "fushi".into(),
        name: "社会福利处".into(),
        name_en: "Welfare Office".into(),
        duties: "福利".into(),
    };
    let office = act(city, &Actor::SYSTEM, office).await.expect("an office");
    let director = person(city, "director").await;
    let appointed = AppointDirector { office, person: director, handover: String::new() };
    act(city, &Actor::SYSTEM, appointed).await.expect("a director");
    let director = Actor::new(director, Role::OfficeDirector, Scope::Office(office)).with_fresh_password();
    let staff = Actor::new(person(city, "staff").await, Role::OfficeStaff, Scope::Office(office));
    let lead = |person| Actor::new(person, Role::PurchaseLead, Scope::City).with_fresh_password();
    let (checker, lead) = (lead(person(city, "checker").await), lead(person(city, "lead").await));
    let text = MeasuresText {
        title: "购买服务实施办法（试行）".into(),
        document_no: "宁民社〔2014〕示例1号".into(),
        special_body: "由社管局牵头".into(),
        list: "按年编制".into(),
        procedure: "一律公开竞标".into(),
        performance_standards: "三方评价".into(),
        responsibilities: "处长负责制".into(),
    };
    let measures = act(city, &lead, DraftMeasures { text }).await.expect("measures");
    act(city, &checker, PublishMeasures { measures, version: 1 }).await.expect("published");
    let content = item("社会组织评估", excludes_affiliates);
    let item = act(city, &staff, ProposeItem { year: 2014, content }).await.expect("an item");
    let answer = |row: &NegativeListRow| RowAnswer { row: *row, applies: false, reason: "不属于".into() };
    let answers: Vec<RowAnswer> = NegativeListRow::ALL.iter().map(answer).collect();
    act(city, &director, SignNegativeList { item, version: 1, answers }).await.expect("signed");
    let review = ReviewItem { item, version: 2, verdict: Verdict::Accept, note: String::new() };
    act(city, &checker, review).await.expect("reviewed");
    act(city, &lead, PublishCatalogue { year: 2014 }).await.expect("a catalogue");
    let batch = CreateBatch { year: 2014, title: "首批".into(), item_ids: vec![item] };
    act(city, &lead, batch).await.expect("a batch");
    Ground { office, staff, checker, lead, item }
}

fn item(title: &str, excludes_affiliates: bool) -> ItemContent {
    ItemContent {
        title: title.into(),
        function: FunctionKind::Rating,
        why_purchasable: "事务性、辅助性工作，等级由本局作出".into(),
        quantity: "120家".into(),
        standard: "按评估指标逐项打分并出具报告".into(),
        ceiling: Fen::yuan(200_000),
        budget: Fen::yuan(200_000),
        fund_source: FundSource::DepartmentBudget,
        scope: ItemScope::City,
        recipients: "参评社会组织".into(),
        performance_standard: "按期完成，满意率不低于90%".into(),
        excludes_affiliates,
    }
}

/// The documents of a tender, complete.
pub fn documents(tender: TenderId, version: i64) -> WriteRequirement {
    WriteRequirement {
        tender,
        version,
        title: "2014年度社会组织评估服务".into(),
        requirement: "对120家社会组织开展实地评估并出具报告".into(),
        deliverables: "评估报告120份".into(),
        qualification: "具有独立法人资格，有评估工作经验".into(),
        price_rule: "报价为含税总价，以元为单位".into(),
        recipients_role: "参评组织填写满意度评价".into(),
        performance_standard: "按期完成，满意率不低于90%".into(),
        contract_draft: "合同草案（示例）".into(),
        challenge_contact: "社会福利处 025-0000".into(),
        venue: "三楼会议室".into(),
        term_months: 12,
        ceiling: Fen::yuan(200_000),
        tie_rule: TieRule::Lot,
        panel_size: 5,
        designers: String::new(),
        consortia: domain::tendering::consortium::ConsortiumRule::NotStated,
    }
}

/// A table that sums to 100, with the price at `price` points.
pub fn table(tender: TenderId, version: i64, price: i64) -> SetScoringTable {
    let line = |name: &str, kind, weight| CriterionLine {
        name: name.into(),
        detail: "按档打分".into(),
        kind,
        weight,
        is_objective: false,
    };
    let criteria = vec![
        line("报价", CriterionKind::Price, price),
        line("服务方案", CriterionKind::Quality, 70 - price),
        line("现场陈述", CriterionKind::Presentation, 30),
    ];
    SetScoringTable { tender, version, criteria, is_price_fixed: false }
}

/// Friday 2014-01-17, 09:30: the deadline of the tests.
pub fn deadline() -> Moment {
    Moment::beijing("2014-01-17".parse().expect("a date"), 9, 30)
}

impl Ground {
    /// A tender with complete documents, sent to its check.
    pub async fn written(&self, city: &City) -> TenderId {
        let tender = act(city, &self.staff, StartTender { item: self.item }).await.expect("a tender");
        act(city, &self.staff, documents(tender, 1)).await.expect("documents");
        act(city, &self.staff, table(tender, 2, 20)).await.expect("a table");
        tender
    }

    /// A checked tender.
    pub async fn ready(&self, city: &City) -> TenderId {
        let tender = self.written(city).await;
        act(city, &self.staff, SubmitForCheck { tender, version: 3 }).await.expect("submitted");
        let accept = CheckTender { tender, version: 4, verdict: checking::Verdict::Accept, note: "".into() };
        act(city, &self.checker, accept).await.expect("checked");
        tender
    }

    /// A published tender.
    pub async fn published(&self, city: &City) -> TenderId {
        let tender = self.ready(city).await;
        let publish = PublishNotice { tender, version: 5, deadline: deadline() };
        act(city, &self.lead, publish).await.expect("published");
        tender
    }
}

/// An organisation to plant; what is not said is in order.
pub struct Plant {
    pub subject: &'static str,
    pub name: &'static str,
    pub changes: Vec<(&'static str, Val)>,
}

impl Act for Plant {
    type Outcome = OrganisationId;
    const NAME: &'static str = "test.plant_organisation";
    const WHO: &'static [Role] = &[Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<OrganisationId, Error> {
        let id = cx.id();
        let code = CreditCode::derive('5', '2', "320100", self.subject).expect("a code");
        let mut values: Vec<(&'static str, Val)> = vec![
            ("uscc", code.as_str().into()),
            ("name", self.name.into()),
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
            ("person_in_charge", "示例负责人".into()),
            ("contact", "".into()),
            ("pinyin", "".into()),
            ("initials", "".into()),
            ("is_demo", true.into()),
        ];
        for (name, value) in &self.changes {
            values.retain(|(held, _)| held != name);
            values.push((name, value.clone()));
        }
        cx.insert(&ORGANISATION, id, &values).await?;
        Ok(OrganisationId(id))
    }
}

/// Plants an organisation and gives it a user.
pub async fn bidder(city: &City, subject: &'static str, changes: Vec<(&'static str, Val)>) -> Actor {
    let plant = Plant { subject, name: "示例服务中心", changes };
    let organisation = act(city, &Actor::SYSTEM, plant).await.expect("an organisation");
    let login = format!("org-{subject}").to_lowercase();
    Actor::new(person(city, &login).await, Role::OrganisationUser, Scope::Organisation(organisation))
}

/// The fields of a complete bid at `price` yuan.
pub fn fields(price: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = [
        ("price", price),
        ("project_lead", "示例项目负责人"),
        ("contact_name", "示例联系人"),
        ("contact_phone", "025-0000"),
    ]
    .map(|(name, text)| (name.to_owned(), text.to_owned()))
    .to_vec();
    fields.extend(Statement::ALL.iter().map(|one| (format!("statements.{}", one.code()), "yes".to_owned())));
    fields.extend(BidPart::ALL.iter().map(|part| (format!("parts.{}", part.code()), "示例内容".to_owned())));
    fields
}

/// Saves and submits a whole bid; the draft must be new.
pub async fn bid(city: &City, bidder: &Actor, tender: TenderId, price: &str) -> Result<String, Error> {
    let draft = SaveDraft { tender, version: 0, fields: fields(price) };
    let draft_version = act(city, bidder, draft).await?;
    act(city, bidder, SubmitBid { tender, draft_version }).await
}

/// The codes of a refusal.
pub fn codes<T: std::fmt::Debug>(answer: Result<T, Error>) -> Vec<&'static str> {
    match answer {
        Err(Error::Refused(refusal)) => vec![refusal.code],
        Err(Error::Invalid(refusals)) => refusals.iter().map(|refusal| refusal.code).collect(),
        other => panic!("not refused: {other:?}"),
    }
}
