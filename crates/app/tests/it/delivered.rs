//! A contract signed by both sides, with units, a deduction table, workers and recipients: the ground on which
//! delivery and acceptance are tested.

use app::contracts::plan::SetServicePlan;
use app::contracts::{DraftContract, EditContract, OfferContract, SignAsBuyer, SignAsProvider};
use app::performance::acceptance::CallAcceptance;
use app::performance::call_back::{DrawCallBacks, RecordCallBack};
use app::performance::ledger::{RecordUnits, ServiceLine};
use app::performance::read::{self, AcceptanceFile};
use app::performance::register::{self, AddRecipients, AddWorker};
use app::performance::report::ReportMilestone;
use app::{Act, City, Error, RequestKey, args};
use domain::contracts::Milestone;
use domain::contracts::plan::PlannedUnit;
use domain::kernel::{AcceptanceId, Actor, ContractId, Date, Fen, Moment, ServiceRecordId};
use domain::performance::CallBackOutcome;

use crate::planted::{self, PRICE, Planted};

/// The contract's number.
pub const NUMBER: &str = "NJGZ-HT-2014-001";
/// Units of the first milestone, and what one costs.
pub const PLANNED: i64 = 50;
pub const UNIT_FEN: i64 = PRICE / 2 / PLANNED;

/// A signed contract and those around it.
pub struct Signed {
    pub p: Planted,
    pub contract: ContractId,
}

pub fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

/// Moves the city's clock to ten in the morning of a day.
pub fn move_to(city: &City, text: &str) {
    assert!(city.clock.move_to(Moment::beijing(day(text), 10, 0)), "the clock moves");
}

pub async fn act<A: Act>(city: &City, actor: &Actor, command: A) -> Result<A::Outcome, Error> {
    city.act(actor, &RequestKey::None, &command).await
}

pub fn codes<T: std::fmt::Debug>(answer: Result<T, Error>) -> Vec<&'static str> {
    match answer {
        Err(Error::Refused(refusal)) => vec![refusal.code],
        Err(Error::Invalid(faults)) => faults.iter().map(|fault| fault.code).collect(),
        other => panic!("expected a refusal, got {other:?}"),
    }
}

async fn version(city: &City, contract: ContractId) -> i64 {
    city.db.number("SELECT version FROM contract WHERE id = $1", args![contract]).await.expect("a version")
}

/// Two milestones: the first of fifty units, the second whole. Signed on the day of the award.
pub async fn signed(city: &City) -> Signed {
    let p = planted::awarded(city, 12, "awarded").await;
    let contract = act(city, &p.staff, DraftContract { tender: p.tender }).await.expect("a draft");
    let milestone =
        |name: &str, due: &str, fen| Milestone { name: name.into(), due: day(due), amount: Fen(fen) };
    let edit = EditContract {
        contract,
        version: 1,
        starts: day("2014-03-01"),
        ends: day("2015-02-28"),
        ticks: vec![],
        is_budget_assured: false,
        settlement: "分两期".into(),
        rights: "按约定".into(),
        breach: "依法承担".into(),
        confidentiality: "依法保护".into(),
        feedback: "每月一次".into(),
        milestones: vec![
            milestone("上半年上门服务", "2014-08-31", PRICE / 2),
            milestone("全年服务总结", "2015-02-28", PRICE - PRICE / 2),
        ],
    };
    act(city, &p.staff, edit).await.expect("edited");
    let unit = PlannedUnit {
        milestone: 1,
        name: "上门服务".into(),
        measure: "人次".into(),
        planned: PLANNED,
        price: Fen(UNIT_FEN),
    };
    let plan =
        SetServicePlan { contract, version: version(city, contract).await, units: vec![unit], lines: vec![] };
    act(city, &p.staff, plan).await.expect("planned");
    let offer = OfferContract { contract, version: version(city, contract).await };
    act(city, &p.staff, offer).await.expect("offered");
    let provider = SignAsProvider { contract, version: version(city, contract).await };
    act(city, &p.provider, provider).await.expect("signed");
    let buyer = SignAsBuyer { contract, version: version(city, contract).await };
    act(city, &p.director, buyer).await.expect("signed");
    let recipients =
        AddRecipients { contract, text: "A001 独居老人\nA002 独居老人\nA003 失能老人".into() };
    act(city, &p.provider, recipients).await.expect("recipients");
    let worker =
        AddWorker {
            contract, code: "W01".into(), name: "陈护理（示例）".into(), is_of_subcontractor: false
        };
    act(city, &p.provider, worker).await.expect("a worker");
    Signed { p, contract }
}

/// A line of the first milestone.
pub fn line(served_on: &str, token: &str, units: i64) -> ServiceLine {
    ServiceLine {
        milestone: 1,
        unit: Some(1),
        served_on: day(served_on),
        place: "梅园新村".into(),
        worker: "W01".into(),
        token: token.into(),
        units,
        note: String::new(),
    }
}

impl Signed {
    pub async fn record(&self, city: &City, line: ServiceLine) -> Result<ServiceRecordId, Error> {
        act(city, &self.p.provider, RecordUnits { contract: self.contract, line, photos: vec![] }).await
    }

    pub async fn report(&self, city: &City, milestone: i64) -> Result<AcceptanceId, Error> {
        let report = ReportMilestone { contract: self.contract, milestone, report: "已完成".into() };
        act(city, &self.p.provider, report).await
    }

    pub async fn file(&self, city: &City) -> AcceptanceFile {
        read::acceptance(city, self.contract, 1).await.expect("an acceptance")
    }

    /// Forty units in ten lines, reported on 2014-08-25.
    pub async fn reported(&self, city: &City) -> AcceptanceId {
        move_to(city, "2014-08-25");
        for at in 0..10 {
            let token = ["A001", "A002", "A003"][at % 3];
            self.record(city, line(&format!("2014-07-{:02}", at + 1), token, 4)).await.expect("a line");
        }
        self.report(city, 1).await.expect("reported")
    }

    /// Reported, called for the next day with every recipient, call-backs drawn and confirmed; it is that day.
    pub async fn called(&self, city: &City) -> AcceptanceId {
        let acceptance = self.reported(city).await;
        self.call(city, acceptance).await.expect("called");
        self.call_back(city, acceptance).await;
        move_to(city, "2014-08-26");
        acceptance
    }

    pub async fn call(&self, city: &City, acceptance: AcceptanceId) -> Result<(), Error> {
        let rows = register::recipients(city, self.contract).await.expect("a register");
        let call = CallAcceptance {
            acceptance,
            version: self.file(city).await.view.version,
            meets_on: day("2014-08-26"),
            place: "社区会议室".into(),
            recipients: rows.iter().map(|row| row.id).collect(),
        };
        act(city, &self.p.lead, call).await
    }

    pub async fn call_back(&self, city: &City, acceptance: AcceptanceId) {
        act(city, &self.p.lead, DrawCallBacks { acceptance }).await.expect("drawn");
        for one in self.file(city).await.call_backs {
            let outcome = Some(CallBackOutcome::Confirmed);
            let record = RecordCallBack { acceptance, call_back: one.id, outcome, note: String::new() };
            act(city, &self.p.lead, record).await.expect("recorded");
        }
    }
}
