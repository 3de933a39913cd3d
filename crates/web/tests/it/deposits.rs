//! Deposits through their pages: none by default, sealed before the opening, faults beside the very row.

use app::{Act, Cx, Error, RequestKey};
use axum::http::StatusCode;
use domain::kernel::{Actor, Post, Role, Scope};

use crate::planted::{self, code};
use crate::support::World;

/// Moves the planted tender, as its own capability would.
struct Move(&'static str, bool);

impl Act for Move {
    type Outcome = ();
    const NAME: &'static str = "test.move_tender";
    const WHO: &'static [Role] = &[Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let row: app::db::Row = cx.tx.one("SELECT id, version FROM tender", &[]).await?;
        let values = [("stage", self.0.into()), ("opened_at", self.1.then_some(cx.now).into())];
        cx.update(&app::journal::TENDER, row.get::<i64>("id")?, row.get("version")?, &values).await
    }
}

#[tokio::test]
async fn deposits_are_asked_entered_and_given_back_from_pages() {
    let world = World::new().await;
    planted::awarded(&world.city, 12, "drafting").await;
    let moved = async |stage, is_opened| {
        let act = Move(stage, is_opened);
        world.city.act(&Actor::SYSTEM, &RequestKey::None, &act).await.expect("moved");
    };
    let staff = world.demo_reader("staff").await;
    let (_, finance) = world.reader("f2", Post { role: Role::Finance, scope: Scope::City }).await;
    let page = "/desk/tenders/NJGZ-2014-001/deposits";
    let text = world.check_page(&staff, page).await;
    assert!(text.contains("不收取"), "none by default");
    let typed = [("bid", "2000.01"), ("performance", "0")];
    let over = world.post_as(&staff, &format!("{page}/terms"), &typed).await;
    assert_eq!(over.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(over.text().contains("id=\"bid-error\"") && over.text().contains("value=\"2000.01\""));
    let typed = [("bid", "2000.00"), ("performance", "0")];
    let asked = world.post_as(&staff, &format!("{page}/terms"), &typed).await;
    assert!(asked.location.contains("done=deposits-asked"), "{}", asked.text());
    moved("bidding", false).await;
    assert!(world.check_page(&finance, page).await.contains("开标之前任何人不得知道谁来投标"));
    assert!(world.get("/tenders/NJGZ-2014-001").await.text().contains("2,000.00"), "the public reads it");
    assert!(world.get("/tenders/NJGZ-2014-001/notice").await.text().contains("投标保证金"));
    moved("opened", true).await;
    let code = code();
    let mut typed = vec![
        ("kind", "bid"),
        ("organisation", code.as_str()),
        ("amount", "2000.00"),
        ("means", "cash"),
        ("received_on", "2014-01-06"),
        ("paper", "回单（示例）"),
    ];
    let cash = world.post_as(&finance, page, &typed).await;
    assert_eq!(cash.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(cash.text().contains("id=\"means-error\"") && cash.text().contains("不得以现金缴纳"));
    typed[3] = ("means", "transfer");
    let entered = world.post_as(&finance, page, &typed).await;
    assert!(entered.location.contains("done=deposit-received"), "{}", entered.text());
    let text = world.check_page(&finance, page).await;
    let action = text.split(&format!("{page}/")).nth(1).and_then(|rest| rest.split('"').next());
    let id = action.filter(|id| *id != "terms").expect("a form to give it back").to_owned();
    let (day, paper) = (format!("returned_on-{id}"), format!("return_paper-{id}"));
    let typed = [(day.as_str(), "2014-01-06"), (paper.as_str(), " ")];
    let faulty = world.post_as(&finance, &format!("{page}/{id}"), &typed).await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(faulty.text().contains(&format!("id=\"{paper}-error\"")) && faulty.text().contains("2014-01-06"));
    let typed = [(day.as_str(), "2014-01-06"), (paper.as_str(), "回单二（示例）")];
    let done = world.post_as(&finance, &format!("{page}/{id}"), &typed).await;
    assert!(done.location.contains("done=deposit-returned"), "{}", done.text());
    assert_eq!(world.post_as(&finance, &format!("{page}/99"), &typed).await.status, StatusCode::NOT_FOUND);
    assert!(world.check_page(&staff, "/desk/deposits").await.contains("已退还"));
    assert!(world.get_as(&staff, "/desk/deposits/export.xlsx").await.bytes.starts_with(b"PK"));
}
