//! Killing the program while batches go to the bank and answers come in: nothing that was acknowledged is lost,
//! nothing is paid twice, and the books add up to the fen.

use app::contracts::{DraftContract, EditContract, OfferContract, SignAsBuyer, SignAsProvider};
use app::db::Row;
use app::funds::{self, ApproveRequest, BankRow, Bill, Reconcile, RequestPayment, SendBatch, payments};
use app::uploads::StoredFile;
use app::{City, RequestKey, args, journal};
use domain::contracts::Milestone;
use domain::funds::RequestState;
use domain::kernel::{Actor, ContractId, Fen, PersonId, Role, Scope};

use crate::crash::{childs_city, one_round, open};
use crate::planted::{self, Accepted, PRICE, Planted};
use crate::support::databases;

const NO_KEY: RequestKey = RequestKey::None;
const ROUNDS: u32 = 8;
const MILESTONES: i64 = 96;

/// A signed contract of many milestones, all accepted, billed and approved.
async fn prepare(city: &City) {
    let p = planted::awarded(city, 12, "awarded").await;
    planted::person(city, "payer", Role::Finance, Scope::City).await;
    let contract = signed(city, &p).await;
    let sql = "SELECT id, amount_fen FROM milestone WHERE contract_id = $1 ORDER BY position";
    for (index, row) in city.db.all::<Row>(sql, args![contract]).await.expect("milestones").iter().enumerate()
    {
        let amount: Fen = row.get("amount_fen").expect("an amount");
        let milestone = Some(row.get("id").expect("an id"));
        let accept = Accepted { contract, milestone, deducted: 0, is_published: true };
        let acceptance = city.act(&p.lead, &NO_KEY, &accept).await.expect("accepted");
        let bill = Bill {
            invoice_number: format!("FP-{index}"),
            invoice_on: Some(city.clock.now().date()),
            invoice_amount: amount,
            bank: "南京银行（示例）".into(),
            account: "0123".into(),
        };
        let file = StoredFile::store(city, "C28", "发票.pdf", b"%PDF-1.7 invoice").expect("a file");
        let ask = RequestPayment { acceptance, bill, file };
        let request = city.act(&p.provider, &NO_KEY, &ask).await.expect("asked");
        city.act(&p.finance, &NO_KEY, &ApproveRequest { request, version: 1 }).await.expect("approved");
    }
}

async fn signed(city: &City, p: &Planted) -> ContractId {
    let contract = city.act(&p.staff, &NO_KEY, &DraftContract { tender: p.tender }).await.expect("a draft");
    let share = PRICE / MILESTONES;
    let milestone = |place: i64| Milestone {
        name: format!("第{place}期"),
        due: "2014-06-30".parse().expect("a day"),
        amount: Fen(if place == 1 { PRICE - share * (MILESTONES - 1) } else { share }),
    };
    let edit = EditContract {
        contract,
        version: 1,
        starts: "2014-01-07".parse().expect("a day"),
        ends: "2015-01-06".parse().expect("a day"),
        ticks: vec![],
        is_budget_assured: false,
        settlement: "分期".into(),
        rights: "按约定".into(),
        breach: "依法承担".into(),
        confidentiality: "依法保护".into(),
        feedback: "每月一次".into(),
        milestones: (1..=MILESTONES).map(milestone).collect(),
    };
    city.act(&p.staff, &NO_KEY, &edit).await.expect("edited");
    city.act(&p.staff, &NO_KEY, &OfferContract { contract, version: 2 }).await.expect("offered");
    city.act(&p.director, &NO_KEY, &SignAsBuyer { contract, version: 3 }).await.expect("signed");
    city.act(&p.provider, &NO_KEY, &SignAsProvider { contract, version: 4 }).await.expect("signed");
    contract
}

async fn payer(city: &City) -> Actor {
    let sql = "SELECT id FROM person WHERE login = 'payer'";
    let id = PersonId(city.db.number(sql, &[]).await.expect("the payer"));
    Actor::new(id, Role::Finance, Scope::City).with_fresh_password()
}

/// The child's part: it sends what is approved and takes in the bank's word, one payment at a time.
#[tokio::test(flavor = "multi_thread")]
async fn the_child_that_is_killed() {
    let Some((city, _)) = childs_city() else { return };
    let payer = payer(&city).await;
    let approved = payments::requests(&city, Some(RequestState::Approved)).await.expect("requests");
    for line in approved {
        let batch = city.act(&payer, &NO_KEY, &SendBatch { requests: vec![line.id] }).await.expect("sent");
        println!("acknowledged sent {}.", line.number);
        let payment = &payments::of_batch(&city, &batch).await.expect("a batch")[0];
        let row = BankRow {
            number: 2,
            reference: payment.reference.clone(),
            amount: payment.amount_fen.to_string(),
            outcome: "成功".into(),
            note: String::new(),
        };
        city.act(&payer, &NO_KEY, &Reconcile { rows: vec![row] }).await.expect("told");
        println!("acknowledged paid {}.", line.number);
    }
}

#[tokio::test]
async fn killing_the_program_while_it_pays_loses_no_payment_and_makes_none_twice() {
    for (name, database) in databases("payments") {
        let folder = std::env::temp_dir().join(format!("gongzhi-payments-{}-{name}", std::process::id()));
        let folder = folder.to_str().expect("a plain path").to_owned();
        let city = open(&folder, database.clone());
        city.db.migrate().await.expect("the schema is built");
        prepare(&city).await;
        drop(city);
        let mut acknowledged = Vec::new();
        for round in 0..ROUNDS {
            let child = "payments_crash::the_child_that_is_killed";
            acknowledged.extend(one_round(child, &folder, database.as_deref(), round));
            let city = open(&folder, database.clone());
            check(&city, &acknowledged).await;
        }
        assert!(acknowledged.len() >= usize::try_from(ROUNDS).expect("few rounds"), "the child worked");
        std::fs::remove_dir_all(&folder).expect("the folder goes");
    }
}

async fn check(city: &City, acknowledged: &[String]) {
    for said in acknowledged {
        let (word, number) = said.split_once(' ').expect("two words");
        let line = payments::request(city, number).await.expect("the request");
        let held = matches!(
            (word, line.state),
            ("sent", RequestState::Sent | RequestState::Paid) | ("paid", RequestState::Paid)
        );
        assert!(held, "{said} was acknowledged, but it is {:?}", line.state);
    }
    let sql = "SELECT count(*) FROM payment p WHERE (SELECT count(*) FROM payment q WHERE q.request_id = p.request_id) > 1";
    assert_eq!(city.db.number(sql, &[]).await, Ok(0), "paid twice");
    let (contract,): (ContractId,) = city.db.one("SELECT id FROM contract", &[]).await.expect("the contract");
    let book = funds::contract_money(city, contract).await.expect("a book");
    let sum = |outcome: &'static str| async move {
        let sql = "SELECT amount_fen FROM payment WHERE outcome = $1";
        let found: Vec<(Fen,)> = city.db.all(sql, args![outcome]).await.expect("payments");
        Fen::sum(found.into_iter().map(|(fen,)| fen)).expect("a sum")
    };
    assert_eq!((book.transit, book.paid), (sum("pending").await, sum("paid").await));
    assert_eq!(book.bound(), Fen(PRICE));
    assert_eq!(funds::check(city).await.expect("checked"), vec![]);
    assert_eq!(payments::paid_without_acceptance(city).await.expect("checked"), Vec::<String>::new());
    assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
}
