//! Random histories of public money: whatever people try in whatever order, the books balance after every step
//! and no fen runs ahead of the paper that allows it (T6, C9, C28, S68).

use std::collections::BTreeMap;
use std::sync::Mutex;

use app::db::Row;
use app::funds::{self, Book, payments};
use app::{City, Error, args, journal};
use domain::kernel::{ContractId, Fen};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::money_history_steps::{CONTRACTS, Step, Treasury};
use crate::planted::PRICE;
use crate::support::on_sqlite;

/// Histories of an ordinary run; `GONGZHI_HISTORIES` asks for more.
const HISTORIES: u32 = 8;
const STEPS: usize = 90;
/// How every history begins, so that chance has something to spend.
const BEGINNING: [Step; 7] = [
    Step::Appropriate(0, PRICE),
    Step::Appropriate(1, 3 * PRICE),
    Step::Allot(1, PRICE),
    Step::Allot(2, PRICE + PRICE / 20),
    Step::Allot(3, PRICE),
    Step::Sign(0),
    Step::Sign(2),
];

fn step() -> impl Strategy<Value = Step> {
    let which = 0_usize..16;
    let fen = prop_oneof![1_i64..PRICE / 5, Just(PRICE), Just(PRICE / 20), Just(0), Just(-1)];
    let pair = (which.clone(), fen);
    prop_oneof![
        1 => pair.clone().prop_map(|(which, fen)| Step::Appropriate(which, fen)),
        1 => pair.clone().prop_map(|(which, fen)| Step::Reduce(which, fen)),
        2 => pair.clone().prop_map(|(which, fen)| Step::Allot(which, fen)),
        1 => pair.prop_map(|(which, fen)| Step::Withdraw(which, fen)),
        4 => which.clone().prop_map(Step::Sign),
        3 => (which.clone(), 1_i64..PRICE / 8).prop_map(|(which, fen)| Step::Supplement(which, fen)),
        6 => (which.clone(), 0_i64..4).prop_map(|(which, missing)| Step::Accept(which, missing)),
        6 => which.clone().prop_map(Step::Request),
        2 => which.clone().prop_map(Step::Return),
        5 => which.clone().prop_map(Step::Approve),
        5 => which.clone().prop_map(Step::Send),
        5 => (which.clone(), 0_u8..4).prop_map(|(which, told)| Step::Reconcile(which, told > 0)),
        1 => which.clone().prop_map(Step::End),
        2 => which.prop_map(Step::Release),
    ]
}

/// The name of a step's kind.
fn kind(step: Step) -> String {
    format!("{step:?}").chars().take_while(char::is_ascii_alphabetic).collect()
}

#[test]
fn no_history_moves_money_ahead_of_its_papers() {
    let asked = std::env::var("GONGZHI_HISTORIES").ok().and_then(|text| text.parse().ok());
    let config = Config {
        cases: asked.unwrap_or(HISTORIES),
        failure_persistence: None,
        max_shrink_iters: 64,
        ..Config::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let done = Mutex::new(BTreeMap::new());
    let histories = proptest::collection::vec(step(), STEPS);
    let outcome = runner.run(&histories, |steps| {
        let found = runtime.block_on(history(&steps, &done));
        prop_assert!(found.is_empty(), "{found:?}");
        Ok(())
    });
    assert_eq!(outcome, Ok(()));
    let done = done.into_inner().expect("counts");
    assert_eq!(done.len(), 14, "every kind of step was done at least once: {done:?}");
}

/// Plays a history; what is wrong after the first step that broke something.
async fn history(steps: &[Step], done: &Mutex<BTreeMap<String, usize>>) -> Vec<String> {
    let mut found = Vec::new();
    let found_in = &mut found;
    on_sqlite(async move |city| {
        let mut treasury = Treasury::new(&city).await;
        for step in BEGINNING.iter().chain(steps) {
            match treasury.take(&city, *step).await {
                Ok(()) => *done.lock().expect("counts").entry(kind(*step)).or_default() += 1,
                Err(Error::Refused(_) | Error::Invalid(_) | Error::NotFound) => {}
                Err(other) => found_in.push(format!("{step:?}: {other}")),
            }
            found_in
                .extend(faults(&city, &treasury).await.into_iter().map(|fault| format!("{step:?}: {fault}")));
            if !found_in.is_empty() {
                return;
            }
        }
        let kept = journal::verify(&city.db).await.expect("verified");
        found_in.extend(kept.into_iter().map(|fault| format!("{fault:?}")));
    })
    .await;
    found
}

/// Every inequality that does not hold now.
async fn faults(city: &City, treasury: &Treasury) -> Vec<String> {
    let mut found: Vec<String> =
        funds::check(city).await.expect("checked").into_iter().map(|fault| fault.what).collect();
    found.extend(payments::paid_without_acceptance(city).await.expect("checked"));
    let mut allotted: BTreeMap<usize, Fen> = BTreeMap::new();
    for at in 0..CONTRACTS {
        let item = funds::of_item(city, treasury.items[at]).await.expect("a book");
        let mut needed = Fen::ZERO;
        if let Some(contract) = treasury.contracts[at] {
            let (faulty, bound) = contract_faults(city, contract).await;
            found.extend(faulty);
            needed = bound;
        }
        at_most(&mut found, "contract and supplements", needed, "allotment", item.allotted());
        let of_fund = allotted.entry(at / 2).or_default();
        *of_fund = of_fund.plus(item.allotted()).expect("a sum");
    }
    for line in funds::funds(city).await.expect("funds") {
        let place = treasury.funds.iter().position(|fund| *fund == line.fund.id).expect("a fund");
        let Book { appropriated, unallotted, .. } = line.book;
        at_most(&mut found, "allotment", allotted[&place], "appropriation", appropriated);
        if allotted[&place].plus(unallotted) != Some(appropriated) {
            found.push(format!("{}: {unallotted} beside what is allotted", line.fund.code));
        }
    }
    found
}

/// What is wrong with a contract, and what it needs of its allotment: all of it, or what was bound of it before
/// the rest was released.
async fn contract_faults(city: &City, contract: ContractId) -> (Vec<String>, Fen) {
    let sql = "SELECT c.stage, c.amount_fen,
        (SELECT COALESCE(CAST(sum(s.amount_fen) AS BIGINT), 0) FROM supplement s
           WHERE s.contract_id = c.id AND s.state = 'signed') AS more,
        (SELECT COALESCE(CAST(sum(a.accepted_fen) AS BIGINT), 0) FROM acceptance a
           WHERE a.contract_id = c.id AND a.state = 'accepted') AS accepted,
        (SELECT count(*) FROM transfer t WHERE t.contract_id = c.id AND t.kind = 'release') AS released
      FROM contract c WHERE c.id = $1";
    let row: Row = city.db.one(sql, args![contract]).await.expect("the contract");
    let fen = |name| Fen(row.get::<i64>(name).expect("an amount"));
    let whole = fen("amount_fen").plus(fen("more")).expect("a sum");
    let book = funds::contract_money(city, contract).await.expect("a book");
    let mut found = Vec::new();
    let gone = book.paid.plus(book.transit).expect("a sum");
    at_most(&mut found, "paid and on its way", gone, "accepted", fen("accepted"));
    at_most(&mut found, "accepted", fen("accepted"), "contract and supplements", whole);
    let is_released = row.get::<i64>("released").expect("a count") > 0;
    if !is_released && book.bound() != whole {
        found.push(format!("{} bound for a contract of {whole}", book.bound()));
    }
    (found, if is_released { book.bound() } else { whole })
}

fn at_most(found: &mut Vec<String>, name: &str, small: Fen, other: &str, large: Fen) {
    if small > large {
        found.push(format!("{name} {small} beyond {other} {large}"));
    }
}
