//! From an accepted milestone to the bank's answer: three hands, three papers, one payment.

use app::db::{DbError, Val};
use app::funds::payments::{self, RequestLine};
use app::funds::reconciliation::{bank_sheet, read_bank_file};
use app::funds::{
    self, ApproveRequest, BankRow, Bill, Reconcile, ReleaseRest, RequestPayment, ReturnRequest, SendBatch,
};
use app::journal::{ACCEPTANCE, CONTRACT, PAYMENT};
use app::registry::inspection::recorded::year_rows;
use app::uploads::StoredFile;
use app::{Act, City, Cx, Error, RequestKey, args, deadlines, journal};
use domain::funds::{Outcome, RequestState};
use domain::kernel::{
    AcceptanceId, Actor, ContractId, Fen, PaymentRequestId, Role, Scope, Subject, SubjectKind, parse_date,
};

use crate::funds::signed;
use crate::planted::{self, Accepted, PRICE, Planted};
use crate::support::on_both;
use crate::tendering_ground::codes;

const NO_KEY: RequestKey = RequestKey::None;

/// A signed contract whose only milestone was accepted, and who pays for it.
pub struct Ground {
    pub planted: Planted,
    pub payer: Actor,
    pub contract: ContractId,
    pub acceptance: AcceptanceId,
}

pub async fn ground(city: &City, deducted: i64, is_published: bool) -> Ground {
    let planted = planted::awarded(city, 12, "awarded").await;
    let contract = signed(city, &planted).await;
    let accept = Accepted { contract, milestone: None, deducted, is_published };
    let acceptance = city.act(&planted.lead, &NO_KEY, &accept).await.expect("accepted");
    let payer = planted::person(city, "payer", Role::Finance, Scope::City).await;
    Ground { planted, payer, contract, acceptance }
}

impl Ground {
    fn ask(&self, city: &City, invoice: i64) -> RequestPayment {
        let bill = Bill {
            invoice_number: "04403225".into(),
            invoice_on: parse_date("2014-01-02").ok(),
            invoice_amount: Fen(invoice),
            bank: "南京银行（示例）".into(),
            account: "0123 4567".into(),
        };
        let file = StoredFile::store(city, "C28", "发票.pdf", b"%PDF-1.7 invoice").expect("a file");
        RequestPayment { acceptance: self.acceptance, bill, file }
    }

    async fn requested(&self, city: &City) -> RequestLine {
        city.act(&self.planted.provider, &NO_KEY, &self.ask(city, PRICE)).await.expect("asked");
        self.line(city).await
    }

    async fn line(&self, city: &City) -> RequestLine {
        payments::request(city, "FK-2014-0001").await.expect("the request")
    }

    pub async fn approved(&self, city: &City) -> PaymentRequestId {
        let line = self.requested(city).await;
        let approve = ApproveRequest { request: line.id, version: line.version };
        city.act(&self.planted.finance, &NO_KEY, &approve).await.expect("approved");
        line.id
    }

    pub async fn sent(&self, city: &City) -> PaymentRequestId {
        let request = self.approved(city).await;
        let send = SendBatch { requests: vec![request] };
        assert_eq!(city.act(&self.payer, &NO_KEY, &send).await.as_deref(), Ok("PC-2014-001"));
        request
    }
}

fn bank(reference: &str, outcome: &str, fen: i64) -> Reconcile {
    let row = BankRow {
        number: 2,
        reference: reference.into(),
        amount: Fen(fen).to_string(),
        outcome: outcome.into(),
        note: "".into(),
    };
    Reconcile { rows: vec![row] }
}

/// Every payment whose transfers are not those of its outcome, beside what the program checks of itself.
pub async fn faults(city: &City) -> Vec<String> {
    let mut found: Vec<String> =
        funds::check(city).await.expect("checked").into_iter().map(|fault| fault.what).collect();
    found.extend(payments::paid_without_acceptance(city).await.expect("checked"));
    let sql = "SELECT p.reference, p.outcome,
        (SELECT count(*) FROM transfer t WHERE t.payment_id = p.id AND t.kind = 'send') AS sent,
        (SELECT count(*) FROM transfer t WHERE t.payment_id = p.id AND t.kind = 'pay') AS paid,
        (SELECT count(*) FROM transfer t WHERE t.payment_id = p.id AND t.kind = 'fail') AS failed FROM payment p";
    for row in city.db.all::<app::db::Row>(sql, &[]).await.expect("payments") {
        let count = |name| row.get::<i64>(name).expect("a count");
        let expected = match row.get::<String>("outcome").expect("an outcome").as_str() {
            "pending" => (1, 0, 0),
            "paid" => (1, 1, 0),
            _ => (1, 0, 1),
        };
        if (count("sent"), count("paid"), count("failed")) != expected {
            found.push(format!("{}: moved otherwise", row.get::<String>("reference").expect("a reference")));
        }
    }
    found
}

async fn sound(city: &City) {
    assert_eq!(faults(city).await, Vec::<String>::new());
    assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
}

#[tokio::test]
async fn a_milestone_is_paid_from_request_to_the_bank_s_answer() {
    on_both(async |city| {
        let g = ground(&city, 0, true).await;
        let line = g.requested(&city).await;
        assert_eq!((line.amount_fen, line.due_on.to_string().as_str()), (Fen(PRICE), "2014-02-07"));
        let matched = payments::match_of(&city, &line).await.expect("a match");
        assert!(matched.iter().all(|(_, holds)| *holds), "{matched:?}");
        let back =
            ReturnRequest { request: line.id, version: line.version, reason: "发票抬头有误".into() };
        city.act(&g.planted.finance, &NO_KEY, &back).await.expect("sent back");
        assert_eq!(g.line(&city).await.return_reason, "发票抬头有误");
        g.sent(&city).await;
        let book = funds::contract_money(&city, g.contract).await.expect("a book");
        assert_eq!((book.committed, book.transit, book.paid), (Fen::ZERO, Fen(PRICE), Fen::ZERO));
        let sheet = bank_sheet(&city, "PC-2014-001", false).await.expect("a sheet");
        assert!(sheet.starts_with(b"PK"), "an Excel file");
        let file = format!("付款流水号,金额（元）,结果,备注\nFK-2014-0001-1,{},成功,\n", PRICE / 100);
        let rows = read_bank_file(file.into_bytes()).await.expect("rows");
        assert_eq!(city.act(&g.payer, &NO_KEY, &Reconcile { rows: rows.clone() }).await, Ok(1));
        assert_eq!(city.act(&g.payer, &NO_KEY, &Reconcile { rows }).await, Ok(0), "said before");
        let book = funds::contract_money(&city, g.contract).await.expect("a book");
        assert_eq!((book.transit, book.paid), (Fen::ZERO, Fen(PRICE)));
        assert_eq!(g.line(&city).await.state, RequestState::Paid);
        // The yearly report of the provider begins with it.
        let provider = g.planted.provider.organisation().expect("an organisation");
        let of_year = async |year| year_rows(&city, provider, year).await.expect("rows").recorded().paid;
        assert_eq!((of_year(2014).await, of_year(2013).await), (Fen(PRICE), Fen::ZERO));
        let held = deadlines::of(&city, Subject::new(SubjectKind::Acceptance, g.acceptance.0))
            .await
            .expect("clocks");
        assert!(held.iter().all(|clock| clock.done_at.is_some()) && held.len() == 1);
        sound(&city).await;
    })
    .await;
}

#[tokio::test]
async fn what_does_not_match_is_not_paid() {
    on_both(async |city| {
        let g = ground(&city, 500, false).await;
        let ask = |invoice| g.ask(&city, invoice);
        let answer = city.act(&g.planted.provider, &NO_KEY, &ask(PRICE)).await;
        assert_eq!(codes(answer), ["funds.invoice-differs"]);
        let mut late = ask(PRICE - 500);
        late.bill = Bill { invoice_amount: Fen(PRICE - 500), ..Bill::default() };
        let answer = city.act(&g.planted.provider, &NO_KEY, &late).await;
        assert_eq!(
            codes(answer),
            ["funds.bill-incomplete", "funds.bill-incomplete", "funds.bill-incomplete", "funds.invoice-day"]
        );
        let stranger = planted::person(
            &city,
            "other",
            Role::OrganisationUser,
            Scope::Organisation(domain::kernel::OrganisationId(7)),
        )
        .await;
        assert_eq!(city.act(&stranger, &NO_KEY, &ask(PRICE - 500)).await, Err(Error::NotFound));
        let id = city.act(&g.planted.provider, &NO_KEY, &ask(PRICE - 500)).await.expect("asked");
        let again = city.act(&g.planted.provider, &NO_KEY, &ask(PRICE - 500)).await;
        assert_eq!(codes(again), ["funds.request-wrong-state"]);
        let approve = ApproveRequest { request: id, version: 1 };
        let answer = city.act(&g.planted.finance, &NO_KEY, &approve).await;
        assert_eq!(codes(answer), ["funds.papers-differ"], "the acceptance is not public");
        let send = SendBatch { requests: vec![id] };
        assert_eq!(codes(city.act(&g.payer, &NO_KEY, &send).await), ["funds.request-not-approved"]);
        let none = SendBatch { requests: vec![] };
        assert_eq!(codes(city.act(&g.payer, &NO_KEY, &none).await), ["funds.nothing-chosen"]);
        let back = ReturnRequest { request: id, version: 1, reason: " ".into() };
        assert_eq!(codes(city.act(&g.payer, &NO_KEY, &back).await), ["funds.reason-missing"]);
        sound(&city).await;
    })
    .await;
}

#[tokio::test]
async fn who_approves_does_not_pay_and_nothing_is_sent_twice() {
    on_both(async |city| {
        let g = ground(&city, 0, true).await;
        let request = g.approved(&city).await;
        let send = SendBatch { requests: vec![request] };
        let answer = city.act(&g.planted.finance, &NO_KEY, &send).await;
        assert_eq!(codes(answer), ["funds.payer-approved"]);
        city.act(&g.payer, &NO_KEY, &send).await.expect("sent");
        // The bank is silent: whoever asks again is told that it is on its way.
        assert_eq!(codes(city.act(&g.payer, &NO_KEY, &send).await), ["funds.request-not-approved"]);
        for (answer, code) in [
            (bank("FK-2014-0009-1", "成功", PRICE), "funds.reference-unknown"),
            (bank("FK-2014-0001-1", "好像成功", PRICE), "funds.outcome-unreadable"),
            (bank("FK-2014-0001-1", "成功", PRICE + 1), "funds.bank-amount-differs"),
            (Reconcile { rows: vec![] }, "funds.bank-file-empty"),
        ] {
            assert_eq!(codes(city.act(&g.payer, &NO_KEY, &answer).await), [code]);
        }
        let mut torn = bank("FK-2014-0001-1", "成功", PRICE);
        torn.rows.extend(bank("FK-2014-0001-1", "失败", PRICE).rows);
        assert_eq!(codes(city.act(&g.payer, &NO_KEY, &torn).await), ["funds.told-otherwise"]);
        sound(&city).await;
    })
    .await;
}

#[tokio::test]
async fn a_payment_that_failed_is_sent_again_under_a_new_reference() {
    on_both(async |city| {
        let g = ground(&city, 0, true).await;
        let request = g.sent(&city).await;
        let failed = bank("FK-2014-0001-1", "失败", PRICE);
        assert_eq!(city.act(&g.payer, &NO_KEY, &failed).await, Ok(1));
        let book = funds::contract_money(&city, g.contract).await.expect("a book");
        assert_eq!((book.committed, book.transit), (Fen(PRICE), Fen::ZERO));
        let later = bank("FK-2014-0001-1", "成功", PRICE);
        assert_eq!(codes(city.act(&g.payer, &NO_KEY, &later).await), ["funds.already-told"]);
        let send = SendBatch { requests: vec![request] };
        city.act(&g.payer, &NO_KEY, &send).await.expect("sent again");
        let lines = payments::of_batch(&city, "PC-2014-002").await.expect("a batch");
        assert_eq!(lines.iter().map(|line| line.reference.as_str()).collect::<Vec<_>>(), ["FK-2014-0001-2"]);
        let paid = bank("FK-2014-0001-2", "成功", PRICE);
        assert_eq!(city.act(&g.payer, &NO_KEY, &paid).await, Ok(1));
        let outcomes: Vec<Outcome> = payments::of_batch(&city, "PC-2014-001")
            .await
            .expect("a batch")
            .iter()
            .map(|line| line.outcome)
            .collect();
        assert_eq!(outcomes, [Outcome::Failed]);
        sound(&city).await;
    })
    .await;
}

struct End(ContractId);

impl Act for End {
    type Outcome = ();
    const NAME: &'static str = "test.end";
    const WHO: &'static [Role] = &[Role::Finance];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (version,): (i64,) =
            cx.tx.one("SELECT version FROM contract WHERE id = $1", args![self.0]).await?;
        cx.update(&CONTRACT, self.0.0, version, &[("stage", "ended".into())]).await
    }
}

#[tokio::test]
async fn the_rest_of_a_contract_goes_back_when_it_is_over() {
    on_both(async |city| {
        let g = ground(&city, 500, true).await;
        let finance = &g.planted.finance;
        let release = ReleaseRest { contract: g.contract };
        assert_eq!(codes(city.act(finance, &NO_KEY, &release).await), ["funds.contract-not-over"]);
        let id = city.act(&g.planted.provider, &NO_KEY, &g.ask(&city, PRICE - 500)).await.expect("asked");
        city.act(finance, &NO_KEY, &ApproveRequest { request: id, version: 1 }).await.expect("approved");
        city.act(&g.payer, &NO_KEY, &SendBatch { requests: vec![id] }).await.expect("sent");
        city.act(finance, &NO_KEY, &End(g.contract)).await.expect("ended");
        assert_eq!(codes(city.act(finance, &NO_KEY, &release).await), ["funds.payment-on-its-way"]);
        let paid = bank("FK-2014-0001-1", "成功", PRICE - 500);
        city.act(&g.payer, &NO_KEY, &paid).await.expect("told");
        city.act(finance, &NO_KEY, &release).await.expect("released");
        assert_eq!(codes(city.act(finance, &NO_KEY, &release).await), ["funds.nothing-to-release"]);
        let kinds: Vec<&str> = funds::transfers_of_contract(&city, g.contract)
            .await
            .expect("transfers")
            .iter()
            .map(|line| domain::kernel::Coded::code(line.kind))
            .collect();
        assert_eq!(kinds, ["commit", "send", "pay", "release"]);
        sound(&city).await;
    })
    .await;
}

#[tokio::test]
async fn many_who_pay_at_once_pay_once() {
    on_both(async |city| {
        let g = ground(&city, 0, true).await;
        let request = g.approved(&city).await;
        let sent = race(&city, &g.payer, SendBatch { requests: vec![request] }).await;
        assert_eq!(sent, 1, "one batch");
        let told = race(&city, &g.payer, bank("FK-2014-0001-1", "成功", PRICE)).await;
        assert!(told >= 1, "a repeated answer says nothing new");
        let book = funds::contract_money(&city, g.contract).await.expect("a book");
        assert_eq!((book.transit, book.paid), (Fen::ZERO, Fen(PRICE)));
        sound(&city).await;
    })
    .await;
}

/// Sixteen at once; how many were done.
pub async fn race<A: Act + Clone + 'static>(city: &City, actor: &Actor, act: A) -> usize {
    let racers: Vec<_> = (0..16)
        .map(|_| {
            let (city, actor, act) = (city.clone(), actor.clone(), act.clone());
            tokio::spawn(async move { city.act(&actor, &NO_KEY, &act).await.is_ok() })
        })
        .collect();
    let mut done = 0;
    for racer in racers {
        done += usize::from(racer.await.expect("a racer"));
    }
    done
}

/// A program that pays wrongly: each way in which it may.
#[derive(Clone, Copy, Debug)]
enum Plant {
    Twice,
    OwnApproval,
    OtherAmount,
    OtherAcceptance,
}

struct Planting(Plant, PaymentRequestId);

impl Act for Planting {
    type Outcome = ();
    const NAME: &'static str = "test.plant_bad_payment";
    const WHO: &'static [Role] = &[Role::Finance];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        if matches!(self.0, Plant::OtherAcceptance) {
            let sql = "SELECT id, version FROM acceptance";
            let row: app::db::Row = cx.tx.one(sql, &[]).await?;
            let values = [("deducted_fen", 1_i64.into()), ("accepted_fen", (PRICE - 1).into())];
            return cx.update(&ACCEPTANCE, row.get::<i64>("id")?, row.get("version")?, &values).await;
        }
        let sql = "SELECT batch_id, approved_by, paid_by, amount_fen FROM payment LIMIT 1";
        let row: app::db::Row = cx.tx.one(sql, &[]).await?;
        let (approver, payer): (i64, i64) = (row.get("approved_by")?, row.get("paid_by")?);
        let is = |plant| std::mem::discriminant(&self.0) == std::mem::discriminant(&plant);
        let amount = row.get::<i64>("amount_fen")? + i64::from(is(Plant::OtherAmount));
        let is_live = is(Plant::Twice);
        let values: Vec<(&'static str, Val)> = vec![
            ("batch_id", row.get::<i64>("batch_id")?.into()),
            ("request_id", self.1.into()),
            ("live_request_id", is_live.then_some(self.1).into()),
            ("reference", "FK-2014-0001-9".into()),
            ("amount_fen", amount.into()),
            ("approved_by", approver.into()),
            ("paid_by", if is(Plant::OwnApproval) { approver } else { payer }.into()),
            ("outcome", if is_live { "pending" } else { "failed" }.into()),
            ("told_at", (!is_live).then_some(cx.now).into()),
            ("told_note", "".into()),
        ];
        let id = cx.id();
        cx.insert(&PAYMENT, id, &values).await
    }
}

#[tokio::test]
async fn the_tables_refuse_a_payment_that_no_rule_would_make() {
    on_both(async |city| {
        let g = ground(&city, 0, true).await;
        let request = g.sent(&city).await;
        for plant in [Plant::Twice, Plant::OwnApproval, Plant::OtherAmount, Plant::OtherAcceptance] {
            let answer = city.act(&g.payer, &NO_KEY, &Planting(plant, request)).await;
            let is_caught = matches!(
                &answer,
                Err(Error::Db(DbError::Check(_) | DbError::Reference | DbError::Unique(_)))
            );
            assert!(is_caught, "{plant:?}: {answer:?}");
        }
        sound(&city).await;
    })
    .await;
}
