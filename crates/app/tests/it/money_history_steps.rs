//! One step of a random history of money, done through the acts of those who do it: refused, or done.

use app::contracts::{DraftContract, EditContract, OfferContract, SignAsBuyer, SignAsProvider};
use app::db::Row;
use app::funds::{
    AllotItem, Appropriate, ApproveRequest, BankRow, Bill, OpenFund, Reconcile, Reduce, ReleaseRest,
    RequestPayment, ReturnRequest, SendBatch, WithdrawAllotment, payments,
};
use app::performance::acceptance::{AcceptMilestone, CallAcceptance, JudgedItem};
use app::performance::call_back::{DrawCallBacks, RecordCallBack};
use app::performance::halt::{AnswerHalt, AskHalt};
use app::performance::ledger::{RecordUnits, ServiceLine};
use app::performance::opinion::RecordOpinion;
use app::performance::publication::PublishAcceptance;
use app::performance::read;
use app::performance::register::{self, AddRecipients, AddWorker};
use app::performance::report::ReportMilestone;
use app::performance::supplement::{self, OfferSupplement, SignSupplement};
use app::uploads::StoredFile;
use app::{City, Error, args};
use domain::contracts::Milestone;
use domain::funds::{MoneySource, RequestState};
use domain::kernel::{Actor, ContractId, Fen, FundId, ItemId, Role, Scope, TenderId};
use domain::performance::{CallBackOutcome, HaltGround, HaltKind, OpinionVerdict};

use crate::delivered::act;
use crate::planted::{self, PRICE, Planted};

/// Contracts that may be signed.
pub const CONTRACTS: usize = 4;
/// Milestones of each at its signing.
const MILESTONES: i64 = 3;

/// What somebody tries to do; each number is taken modulo what there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Appropriate(usize, i64),
    Reduce(usize, i64),
    Allot(usize, i64),
    Withdraw(usize, i64),
    Sign(usize),
    Supplement(usize, i64),
    Accept(usize, i64),
    Request(usize),
    Return(usize),
    Approve(usize),
    Send(usize),
    Reconcile(usize, bool),
    End(usize),
    Release(usize),
}

/// Two funds, four awarded tenders, and everyone who moves money.
pub struct Treasury {
    pub p: Planted,
    payer: Actor,
    pub funds: Vec<FundId>,
    pub items: Vec<ItemId>,
    tenders: Vec<TenderId>,
    pub contracts: Vec<Option<ContractId>>,
    invoices: i64,
}

impl Treasury {
    /// The first item has its money already; the others wait for theirs.
    pub async fn new(city: &City) -> Treasury {
        let p = planted::awarded(city, 12, "awarded").await;
        let payer = planted::person(city, "payer", Role::Finance, Scope::City).await;
        let open =
            OpenFund {
                year: 2014, source: MoneySource::WelfareLottery, name: "福利彩票公益金".into()
            };
        act(city, &p.finance, open).await.expect("a fund");
        let mut tenders = vec![p.tender];
        for (serial, source) in [(2, "department_budget"), (3, "welfare_lottery"), (4, "welfare_lottery")] {
            tenders.push(planted::one_more(city, &p, serial, source).await);
        }
        let ids = async |sql| city.db.all::<(i64,)>(sql, &[]).await.expect("rows");
        let funds = ids("SELECT id FROM fund ORDER BY code").await.into_iter().map(|(id,)| FundId(id));
        let items = ids("SELECT id FROM item ORDER BY code").await.into_iter().map(|(id,)| ItemId(id));
        let (funds, items) = (funds.collect(), items.collect());
        Treasury { p, payer, funds, items, tenders, contracts: vec![None; CONTRACTS], invoices: 0 }
    }

    /// Which fund pays for an item.
    pub fn fund_of(&self, item: usize) -> FundId {
        self.funds[item / 2]
    }

    /// Does a step, or gives the refusal.
    pub async fn take(&mut self, city: &City, step: Step) -> Result<(), Error> {
        let finance = &self.p.finance.clone();
        let document = || "宁财〔2014〕9号（示例）".to_owned();
        match step {
            Step::Appropriate(which, fen) => {
                let fund = self.funds[which % 2];
                act(city, finance, Appropriate { fund, amount: Fen(fen), document: document() }).await?;
            }
            Step::Reduce(which, fen) => {
                let fund = self.funds[which % 2];
                act(city, finance, Reduce { fund, amount: Fen(fen), document: document() }).await?;
            }
            Step::Allot(which, fen) => {
                let at = which % CONTRACTS;
                let (fund, item) = (self.fund_of(at), self.items[at]);
                act(city, finance, AllotItem { fund, item, amount: Fen(fen) }).await?;
            }
            Step::Withdraw(which, fen) => {
                let at = which % CONTRACTS;
                let (fund, item) = (self.fund_of(at), self.items[at]);
                act(city, finance, WithdrawAllotment { fund, item, amount: Fen(fen) }).await?;
            }
            Step::Sign(which) => self.sign(city, which % CONTRACTS).await?,
            Step::Supplement(which, fen) => self.supplement(city, self.contract(which)?, fen).await?,
            Step::Accept(which, missing) => self.accept(city, self.contract(which)?, missing).await?,
            Step::Request(which) => self.request(city, which).await?,
            Step::Return(which) => {
                let line = some(city, RequestState::Requested, which).await?;
                let back = ReturnRequest { request: line.id, version: line.version, reason: "重开".into() };
                act(city, finance, back).await?;
            }
            Step::Approve(which) => {
                let line = some(city, RequestState::Requested, which).await?;
                act(city, finance, ApproveRequest { request: line.id, version: line.version }).await?;
            }
            Step::Send(which) => {
                let line = some(city, RequestState::Approved, which).await?;
                act(city, &self.payer, SendBatch { requests: vec![line.id] }).await?;
            }
            Step::Reconcile(which, is_paid) => self.reconcile(city, which, is_paid).await?,
            Step::End(which) => self.end(city, self.contract(which)?).await?,
            Step::Release(which) => {
                act(city, finance, ReleaseRest { contract: self.contract(which)? }).await?;
            }
        }
        Ok(())
    }

    fn contract(&self, which: usize) -> Result<ContractId, Error> {
        self.contracts[which % CONTRACTS].ok_or(Error::NotFound)
    }

    async fn sign(&mut self, city: &City, at: usize) -> Result<(), Error> {
        let contract = match self.drafted(city, at).await? {
            Some(contract) => contract,
            None => self.draft(city, at).await?,
        };
        let sql = "SELECT version FROM contract WHERE id = $1";
        let version = city.db.number(sql, args![contract]).await?;
        act(city, &self.p.provider, SignAsProvider { contract, version }).await?;
        self.contracts[at] = Some(contract);
        // The service may begin: a day passes.
        let tomorrow = city.clock.now().plus_seconds(86_400);
        assert!(city.clock.move_to(tomorrow), "a day passes");
        let tokens = AddRecipients { contract, text: "A001 独居老人".into() };
        act(city, &self.p.provider, tokens).await?;
        let (code, name) = ("W01".into(), "陈护理（示例）".into());
        act(city, &self.p.provider, AddWorker { contract, code, name, is_of_subcontractor: false }).await?;
        Ok(())
    }

    async fn drafted(&self, city: &City, at: usize) -> Result<Option<ContractId>, Error> {
        let sql = "SELECT id FROM contract WHERE tender_id = $1";
        Ok(city.db.maybe::<(ContractId,)>(sql, args![self.tenders[at]]).await?.map(|(id,)| id))
    }

    async fn draft(&self, city: &City, at: usize) -> Result<ContractId, Error> {
        let contract = act(city, &self.p.staff, DraftContract { tender: self.tenders[at] }).await?;
        let starts = city.clock.now().date().tomorrow().expect("a day");
        let share = PRICE / MILESTONES;
        let milestone = |place: i64| Milestone {
            name: format!("第{place}期"),
            due: "2014-12-31".parse().expect("a day"),
            amount: Fen(if place == 1 { PRICE - share * (MILESTONES - 1) } else { share }),
        };
        let edit = EditContract {
            contract,
            version: 1,
            starts,
            ends: "2014-12-31".parse().expect("a day"),
            ticks: vec![],
            is_budget_assured: false,
            settlement: "分期".into(),
            rights: "按约定".into(),
            breach: "依法承担".into(),
            confidentiality: "依法保护".into(),
            feedback: "每月一次".into(),
            milestones: (1..=MILESTONES).map(milestone).collect(),
        };
        act(city, &self.p.staff, edit).await?;
        act(city, &self.p.staff, OfferContract { contract, version: 2 }).await?;
        act(city, &self.p.director, SignAsBuyer { contract, version: 3 }).await?;
        Ok(contract)
    }

    async fn supplement(&self, city: &City, contract: ContractId, fen: i64) -> Result<(), Error> {
        let offer = OfferSupplement {
            contract,
            amount: Fen(fen),
            is_same_content: true,
            content: "增加服务".into(),
            reason: "新增服务对象".into(),
        };
        let id = act(city, &self.p.staff, offer).await?;
        let sign = |version| SignSupplement { contract, supplement: id, version };
        act(city, &self.p.provider, sign(1)).await?;
        let signed = act(city, &self.p.director, sign(2)).await;
        if signed.is_err() {
            let drop = supplement::DropSupplement { contract, supplement: id, version: 2 };
            act(city, &self.p.provider, drop).await?;
        }
        signed
    }

    /// The next milestone, from its ledger to its published acceptance. A milestone without units is one item:
    /// all of it, or nothing of it by the published table.
    async fn accept(&self, city: &City, contract: ContractId, missing: i64) -> Result<(), Error> {
        let sql = "SELECT m.position FROM milestone m WHERE m.contract_id = $1
                     AND NOT EXISTS (SELECT 1 FROM acceptance a WHERE a.milestone_id = m.id) ORDER BY m.position";
        let open: Vec<(i64,)> = city.db.all(sql, args![contract]).await?;
        let milestone = open.first().ok_or(Error::NotFound)?.0;
        let (lead, today) = (&self.p.lead, city.clock.now().date());
        let line = ServiceLine {
            milestone,
            unit: None,
            served_on: today,
            place: "梅园新村".into(),
            worker: "W01".into(),
            token: "A001".into(),
            units: 1,
            note: String::new(),
        };
        act(city, &self.p.provider, RecordUnits { contract, line, photos: vec![] }).await?;
        let report = ReportMilestone { contract, milestone, report: "已完成".into() };
        let acceptance = act(city, &self.p.provider, report).await?;
        let recipients = register::recipients(city, contract).await?.iter().map(|row| row.id).collect();
        let place = "社区会议室".to_owned();
        act(city, lead, CallAcceptance { acceptance, version: 1, meets_on: today, place, recipients })
            .await?;
        act(city, lead, DrawCallBacks { acceptance }).await?;
        let file = read::acceptance(city, contract, milestone).await?;
        for one in file.call_backs {
            let outcome = Some(CallBackOutcome::Confirmed);
            act(city, lead, RecordCallBack { acceptance, call_back: one.id, outcome, note: String::new() })
                .await?;
        }
        let verdict = Some(OpinionVerdict::Satisfied);
        let opinion = file.opinions.first().ok_or(Error::NotFound)?.id;
        let words = "来得准时".to_owned();
        act(city, lead, RecordOpinion { acceptance, opinion, verdict, words, is_assisted: true }).await?;
        let unit_line = file.lines.first().map(|line| line.id).filter(|_| missing == 0);
        let accepted = i64::from(unit_line.is_none());
        let item = JudgedItem { position: 1, accepted, unit_line, share_line: None, remark: "按表".into() };
        act(city, lead, AcceptMilestone { acceptance, version: 2, items: vec![item] }).await?;
        act(city, lead, PublishAcceptance { acceptance, version: 3 }).await?;
        Ok(())
    }

    async fn request(&mut self, city: &City, which: usize) -> Result<(), Error> {
        let sql = "SELECT a.id, a.accepted_fen FROM acceptance a WHERE a.state = 'accepted' ORDER BY a.id";
        let rows: Vec<Row> = city.db.all(sql, &[]).await?;
        let row = rows.get(which % rows.len().max(1)).ok_or(Error::NotFound)?;
        self.invoices += 1;
        let bill = Bill {
            invoice_number: format!("FP-{}", self.invoices),
            invoice_on: Some(city.clock.now().date()),
            invoice_amount: row.get("accepted_fen")?,
            bank: "南京银行（示例）".into(),
            account: "0123".into(),
        };
        let file = StoredFile::store(city, "C28", "发票.pdf", b"%PDF-1.7 invoice")?;
        act(city, &self.p.provider, RequestPayment { acceptance: row.get("id")?, bill, file }).await?;
        Ok(())
    }

    async fn reconcile(&self, city: &City, which: usize, is_paid: bool) -> Result<(), Error> {
        let sql = "SELECT reference, amount_fen, outcome FROM payment ORDER BY id";
        let rows: Vec<Row> = city.db.all(sql, &[]).await?;
        let row = rows.get(which % rows.len().max(1)).ok_or(Error::NotFound)?;
        let told = BankRow {
            number: 2,
            reference: row.get("reference")?,
            amount: row.get::<Fen>("amount_fen")?.to_string(),
            outcome: if is_paid { "成功" } else { "失败" }.into(),
            note: String::new(),
        };
        act(city, &self.payer, Reconcile { rows: vec![told] }).await?;
        Ok(())
    }

    async fn end(&self, city: &City, contract: ContractId) -> Result<(), Error> {
        let ask = AskHalt {
            contract,
            kind: HaltKind::End,
            ground: Some(HaltGround::Agreement),
            reason: "双方商定".into(),
            compensation: "无".into(),
        };
        let halt = act(city, &self.p.director, ask).await?;
        act(city, &self.p.provider, AnswerHalt { contract, halt, version: 1, agrees: true }).await
    }
}

async fn some(city: &City, state: RequestState, which: usize) -> Result<payments::RequestLine, Error> {
    let mut lines = payments::requests(city, Some(state)).await?;
    let at = which % lines.len().max(1);
    if lines.is_empty() { Err(Error::NotFound) } else { Ok(lines.swap_remove(at)) }
}
