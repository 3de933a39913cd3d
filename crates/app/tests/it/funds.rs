//! Money from the treasury to a contract's commitment: covered, balanced, in its own lane.

use app::contracts::{DraftContract, OfferContract, SignAsBuyer, SignAsProvider};
use app::db::{DbError, Val};
use app::funds::{self, AllotItem, Appropriate, OpenFund, Reduce, WithdrawAllotment};
use app::journal::{ENTRY, TRANSFER};
use app::{Act, City, Cx, Error, RequestKey, journal};
use domain::funds::MoneySource;
use domain::kernel::{Actor, ContractId, Fen, FundId, ItemId, Role};

use crate::planted::{self, PRICE, Planted};
use crate::support::on_both;
use crate::tendering_ground::codes;

const NO_KEY: RequestKey = RequestKey::None;
const BUDGET: i64 = 10_000_000;

async fn fund(city: &City) -> FundId {
    funds::funds(city).await.expect("funds")[0].fund.id
}

async fn item(city: &City) -> ItemId {
    ItemId(city.db.number("SELECT id FROM item", &[]).await.expect("the item"))
}

pub async fn signed(city: &City, p: &Planted) -> ContractId {
    let contract = city.act(&p.staff, &NO_KEY, &DraftContract { tender: p.tender }).await.expect("a draft");
    city.act(&p.staff, &NO_KEY, &OfferContract { contract, version: 1 }).await.expect("offered");
    city.act(&p.director, &NO_KEY, &SignAsBuyer { contract, version: 2 }).await.expect("signed");
    city.act(&p.provider, &NO_KEY, &SignAsProvider { contract, version: 3 }).await.expect("signed");
    contract
}

#[tokio::test]
async fn the_second_signature_binds_the_contract_s_money() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        let contract = signed(&city, &p).await;
        let book = funds::contract_money(&city, contract).await.expect("a book");
        assert_eq!((book.committed, book.paid), (Fen(PRICE), Fen::ZERO));
        let book = funds::of_item(&city, item(&city).await).await.expect("a book");
        assert_eq!((book.free, book.allotted()), (Fen(BUDGET - PRICE), Fen(BUDGET)));
        let line = &funds::funds(&city).await.expect("funds")[0];
        assert_eq!((line.book.appropriated, line.book.unallotted), (Fen(BUDGET), Fen::ZERO));
        assert_eq!(funds::transfers_of_contract(&city, contract).await.expect("a list").len(), 1);
        assert_eq!(funds::check(&city).await.expect("checked"), vec![]);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn no_budget_no_contract() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        let (fund, item) = (fund(&city).await, item(&city).await);
        let withdraw = WithdrawAllotment { fund, item, amount: Fen(BUDGET - PRICE + 1) };
        city.act(&p.finance, &NO_KEY, &withdraw).await.expect("withdrawn");
        let contract =
            city.act(&p.staff, &NO_KEY, &DraftContract { tender: p.tender }).await.expect("a draft");
        city.act(&p.staff, &NO_KEY, &OfferContract { contract, version: 1 }).await.expect("offered");
        city.act(&p.director, &NO_KEY, &SignAsBuyer { contract, version: 2 }).await.expect("signed");
        let sign = SignAsProvider { contract, version: 3 };
        assert_eq!(codes(city.act(&p.provider, &NO_KEY, &sign).await), ["funds.not-allotted"]);
        city.act(&p.finance, &NO_KEY, &AllotItem { fund, item, amount: Fen(1) }).await.expect("allotted");
        city.act(&p.provider, &NO_KEY, &sign).await.expect("signed");
        assert_eq!(funds::check(&city).await.expect("checked"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn what_does_not_fit_is_refused() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        let (fund, item) = (fund(&city).await, item(&city).await);
        let more = AllotItem { fund, item, amount: Fen(1) };
        assert_eq!(codes(city.act(&p.finance, &NO_KEY, &more).await), ["funds.allotment-over-budget"]);
        let reduce = Reduce { fund, amount: Fen(1), document: "宁财".into() };
        assert_eq!(codes(city.act(&p.finance, &NO_KEY, &reduce).await), ["funds.not-covered"]);
        let give = Appropriate { fund, amount: Fen(1), document: " ".into() };
        assert_eq!(codes(city.act(&p.finance, &NO_KEY, &give).await), ["funds.document-missing"]);
        let open = |source, year| OpenFund { year, source, name: "资金".into() };
        let again = open(MoneySource::DepartmentBudget, 2014);
        assert_eq!(codes(city.act(&p.finance, &NO_KEY, &again).await), ["funds.already-open"]);
        assert_eq!(
            codes(city.act(&p.finance, &NO_KEY, &open(MoneySource::Donation, 14)).await),
            ["funds.year-unreadable"]
        );
        let gift = city.act(&p.finance, &NO_KEY, &open(MoneySource::Donation, 2014)).await.expect("a fund");
        let allot = AllotItem { fund: gift, item, amount: Fen(1) };
        assert_eq!(codes(city.act(&p.finance, &NO_KEY, &allot).await), ["funds.other-source"]);
        assert_eq!(city.act(&p.lead, &NO_KEY, &give).await, Err(Error::NotPermitted));
    })
    .await;
}

/// A program that keeps the books wrong: each way in which it may.
#[derive(Clone, Copy, Debug)]
enum Plant {
    OneSide,
    Overdrawn,
    SkipsWhatWasThere,
    OtherWay,
    OtherAmount,
}

impl Act for Plant {
    type Outcome = ();
    const NAME: &'static str = "test.plant_bad_entry";
    const WHO: &'static [Role] = &[Role::Finance];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let sql = "SELECT a.id, a.fund_id, e.place, e.after_fen FROM account a
                   JOIN entry e ON e.account_id = a.id WHERE a.kind = $1 ORDER BY e.place DESC LIMIT 1";
        let from: app::db::Row = cx.tx.one(sql, &["allotment".into()]).await?;
        let to: app::db::Row = cx.tx.one(sql, &["appropriation".into()]).await?;
        let (fund, held): (FundId, Fen) = (from.get("fund_id")?, from.get("after_fen")?);
        let amount = if matches!(self, Plant::Overdrawn) { held.0 + 1 } else { 100 };
        let kind = if matches!(self, Plant::OtherWay) { "reduce" } else { "withdraw" };
        let (id, person) = (cx.id(), cx.actor.person);
        let row = [
            ("fund_id", fund.into()),
            ("serial", 99_i64.into()),
            ("kind", kind.into()),
            ("amount_fen", amount.into()),
            ("basis", "试".into()),
            ("made_by", person.into()),
            ("made_at", cx.now.into()),
        ];
        cx.insert(&TRANSFER, id, &row).await?;
        let before = held.0 - i64::from(matches!(self, Plant::SkipsWhatWasThere));
        let out = entry(id, kind, "debit", &from, "allotment", (amount, before, before - amount))?;
        let out_id = cx.id();
        cx.insert(&ENTRY, out_id, &out).await?;
        if matches!(self, Plant::OneSide) {
            return Ok(());
        }
        let before: Fen = to.get("after_fen")?;
        let other = amount + i64::from(matches!(self, Plant::OtherAmount));
        let into = entry(id, kind, "credit", &to, "appropriation", (other, before.0, before.0 + other))?;
        let into_id = cx.id();
        cx.insert(&ENTRY, into_id, &into).await
    }
}

type Columns = Vec<(&'static str, Val)>;

fn entry(
    transfer: i64,
    kind: &str,
    side: &'static str,
    account: &app::db::Row,
    account_kind: &'static str,
    (amount, before, after): (i64, i64, i64),
) -> Result<Columns, Error> {
    let place: i64 = account.get("place")?;
    let other = if side == "debit" { "credit" } else { "debit" };
    Ok(vec![
        ("transfer_id", transfer.into()),
        ("transfer_kind", kind.into()),
        ("fund_id", account.get::<FundId>("fund_id")?.into()),
        ("side", side.into()),
        ("other_side", other.into()),
        ("account_id", account.get::<i64>("id")?.into()),
        ("account_kind", account_kind.into()),
        ("amount_fen", amount.into()),
        ("place", (place + 1).into()),
        ("place_before", place.into()),
        ("before_fen", before.into()),
        ("after_fen", after.into()),
    ])
}

#[tokio::test]
async fn the_tables_refuse_every_book_that_does_not_add_up() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        let plants =
            [Plant::OneSide, Plant::Overdrawn, Plant::SkipsWhatWasThere, Plant::OtherWay, Plant::OtherAmount];
        for plant in plants {
            let answer = city.act(&p.finance, &NO_KEY, &plant).await;
            let is_caught = matches!(&answer, Err(Error::Db(DbError::Check(_) | DbError::Reference)));
            assert!(is_caught, "{plant:?}: {answer:?}");
            assert_eq!(funds::check(&city).await.expect("checked"), vec![], "{plant:?} left a trace");
        }
    })
    .await;
}

#[tokio::test]
async fn many_who_bind_at_once_never_bind_more_than_is_there() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        let (fund, item) = (fund(&city).await, item(&city).await);
        let racers = (0..16).map(|_| {
            let (city, finance): (City, Actor) = (city.clone(), p.finance.clone());
            tokio::spawn(async move {
                let withdraw = WithdrawAllotment { fund, item, amount: Fen(BUDGET / 4) };
                city.act(&finance, &NO_KEY, &withdraw).await
            })
        });
        let mut done = 0;
        for racer in racers.collect::<Vec<_>>() {
            match racer.await.expect("a racer") {
                Ok(_) => done += 1,
                answer => assert_eq!(codes(answer), ["funds.not-covered"]),
            }
        }
        assert_eq!(done, 4);
        let book = funds::of_item(&city, item).await.expect("a book");
        assert_eq!(book.free, Fen::ZERO);
        assert_eq!(funds::check(&city).await.expect("checked"), vec![]);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}
