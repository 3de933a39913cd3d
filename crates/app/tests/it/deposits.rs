//! Deposits: asked within their limits while the documents are written, entered after the opening, given back in
//! time, and a finding when they are not.

use app::db::Val;
use app::funds::deposit::{AskDeposits, ReceiveDeposit, ReturnDeposit};
use app::funds::deposits;
use app::inbox::{self, TaskKind};
use app::journal::TENDER;
use app::supervision::read::{self, Filter};
use app::supervision::stock;
use app::{Act, City, Cx, Error, RequestKey, journal};
use domain::funds::deposit::{DepositKind, DepositStart};
use domain::kernel::{Actor, Date, Fen, Moment, Role, TenderId};
use domain::supervision::FindingKind;

use crate::account::signed;
use crate::planted::{self, code};
use crate::support::on_both;
use crate::tendering_ground::codes;

const NO_KEY: RequestKey = RequestKey::None;
const TENDER_NO: &str = "NJGZ-2014-001";

/// Moves the planted tender to another stage, as its own capability would.
struct Move {
    tender: TenderId,
    stage: &'static str,
    is_opened: bool,
}

impl Act for Move {
    type Outcome = ();
    const NAME: &'static str = "test.move_tender";
    const WHO: &'static [Role] = &[Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let version = cx.tx.number("SELECT version FROM tender WHERE id = $1", &[self.tender.into()]).await?;
        let opened: Val = self.is_opened.then_some(cx.now).into();
        let values = [("stage", self.stage.into()), ("opened_at", opened)];
        cx.update(&TENDER, self.tender.0, version, &values).await
    }
}

async fn moved(city: &City, tender: TenderId, stage: &'static str, is_opened: bool) {
    city.act(&Actor::SYSTEM, &NO_KEY, &Move { tender, stage, is_opened }).await.expect("moved");
}

fn ask(bid: i64, performance: i64) -> AskDeposits {
    AskDeposits { tender: TENDER_NO.into(), bid: Fen::yuan(bid), performance: Fen::yuan(performance) }
}

fn receive(kind: DepositKind, yuan: i64, means: &str) -> ReceiveDeposit {
    ReceiveDeposit {
        tender: TENDER_NO.into(),
        kind,
        organisation: code(),
        amount: Fen::yuan(yuan),
        means: means.into(),
        paper: "回单一号（示例）".into(),
        received_on: Date::constant(2014, 1, 6),
    }
}

#[tokio::test]
async fn a_deposit_is_asked_within_limits_and_enters_after_the_opening_only() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "drafting").await;
        // A hundred thousand yuan of budget and ceiling: at most 2,000 and 10,000.
        assert_eq!(
            codes(city.act(&p.staff, &NO_KEY, &ask(2_001, 10_001)).await),
            ["deposit.bid-over-limit", "deposit.performance-over-limit"]
        );
        assert_eq!(city.act(&p.finance, &NO_KEY, &ask(0, 0)).await, Err(Error::NotPermitted));
        city.act(&p.staff, &NO_KEY, &ask(1_000, 0)).await.expect("asked");
        city.act(&p.staff, &NO_KEY, &ask(2_000, 0)).await.expect("asked anew");
        moved(&city, p.tender, "bidding", false).await;
        assert_eq!(codes(city.act(&p.staff, &NO_KEY, &ask(0, 0)).await), ["deposit.documents-fixed"]);
        let early = receive(DepositKind::Bid, 2_000, "transfer");
        assert_eq!(codes(city.act(&p.finance, &NO_KEY, &early).await), ["deposit.not-opened"]);
        moved(&city, p.tender, "opened", true).await;
        for (asked, code) in [
            (receive(DepositKind::Bid, 2_000, "cash"), "deposit.cash"),
            (receive(DepositKind::Bid, 2_001, "transfer"), "deposit.over-asked"),
            (
                ReceiveDeposit { organisation: "x".into(), ..receive(DepositKind::Bid, 2_000, "transfer") },
                "deposit.not-a-party",
            ),
        ] {
            assert_eq!(codes(city.act(&p.finance, &NO_KEY, &asked).await), [code]);
        }
        let unasked = receive(DepositKind::Performance, 1, "transfer");
        assert_eq!(
            codes(city.act(&p.finance, &NO_KEY, &unasked).await),
            ["deposit.not-a-party", "deposit.not-asked"]
        );
        city.act(&p.finance, &NO_KEY, &early).await.expect("entered");
        assert_eq!(codes(city.act(&p.finance, &NO_KEY, &early).await), ["deposit.received-before"]);
        let held = deposits::lines(&city, Some(p.office), Some(TENDER_NO)).await.expect("lines");
        assert_eq!((held.len(), held[0].due_on), (1, None), "the winner's goes back after its contract");
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

async fn late(city: &City) -> Vec<(String, Option<Date>)> {
    stock::take(city).await.expect("stock is taken");
    let filter = Filter { kind: Some(FindingKind::DepositLate), ..Filter::default() };
    let found = read::findings(city, &filter).await.expect("findings");
    found.into_iter().map(|one| (one.subject, one.due_on)).collect()
}

#[tokio::test]
async fn a_deposit_kept_too_long_is_found_and_cured_by_its_return() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "drafting").await;
        city.act(&p.staff, &NO_KEY, &ask(2_000, 0)).await.expect("asked");
        moved(&city, p.tender, "awarded", true).await;
        city.act(&p.finance, &NO_KEY, &receive(DepositKind::Bid, 2_000, "guarantee")).await.expect("in");
        signed(&city, &p).await;
        let held = deposits::lines(&city, None, None).await.expect("lines");
        let (start, due) = (held[0].start.expect("started"), held[0].due_on.expect("due"));
        assert_eq!(start.0, DepositStart::Signed);
        let tasks = inbox::tasks(&city, &p.finance).await.expect("tasks");
        assert!(tasks.iter().any(|one| one.kind == TaskKind::ReturnDeposit && one.due == Some(due)));
        city.clock.move_to(Moment::beijing(due, 12, 0));
        assert_eq!(late(&city).await, []);
        city.clock.move_to(Moment::beijing(due.tomorrow().expect("a day"), 12, 0));
        assert_eq!(late(&city).await, [(TENDER_NO.to_owned(), Some(due))]);
        let give =
            |day, paper: &str| ReturnDeposit { deposit: held[0].id, returned_on: day, paper: paper.into() };
        let before = Date::constant(2014, 1, 1);
        assert_eq!(
            codes(city.act(&p.finance, &NO_KEY, &give(before, " ")).await),
            ["deposit.return-day", "deposit.paper-missing"]
        );
        city.act(&p.finance, &NO_KEY, &give(due, "回单二号（示例）")).await.expect("returned");
        assert_eq!(codes(city.act(&p.finance, &NO_KEY, &give(due, "x")).await), ["deposit.returned-before"]);
        assert_eq!(late(&city).await, []);
        let held = deposits::lines(&city, None, None).await.expect("lines");
        assert!(!held[0].is_late(city.clock.now().date()), "it went back on its last day");
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}
