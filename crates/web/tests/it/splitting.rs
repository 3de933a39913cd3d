//! The counter of split purchases through its pages: reported by an office, opened to its rows, approved by finance.

use axum::http::StatusCode;
use domain::kernel::{Post, Role, Scope};

use crate::planted;
use crate::support::World;

#[tokio::test]
async fn a_counter_opens_to_its_rows_and_finance_speaks_beside_the_very_purchase() {
    let world = World::new().await;
    let p = planted::awarded(&world.city, 12, "awarded").await;
    let _ = p;
    let staff = world.demo_reader("staff").await;
    let (_, finance) = world.reader("f2", Post { role: Role::Finance, scope: Scope::City }).await;
    let (_, discipline) = world.reader("s2", Post { role: Role::Supervisor, scope: Scope::City }).await;
    let empty = world.get_as(&discipline, "/desk/splitting?year=2013").await;
    assert!(empty.text().contains("该年度没有采购记录"));
    let wrong = world.post_as(&staff, "/desk/splitting", &[("title", "印刷"), ("amount", "多")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("id=\"amount-error\"") && wrong.text().contains("value=\"印刷\""));
    for (amount, day) in [("300000.00", "2014-01-02"), ("250000.00", "2014-01-03")] {
        let typed = [
            ("source", "special_fund"),
            ("function", "support"),
            ("way", "inquiry"),
            ("title", "资料印制（示例）"),
            ("supplier", "某印务（示例）"),
            ("amount", amount),
            ("bought_on", day),
            ("paper", "合同（示例）"),
        ];
        let done = world.post_as(&staff, "/desk/splitting", &typed).await;
        assert_eq!(done.location, "/desk/splitting?year=2014&done=purchase-reported", "{}", done.text());
    }
    let page = world.get_as(&discipline, "/desk/splitting?year=2014").await.text();
    assert!(
        page.contains("550,000.00") && page.contains("超过 50,000.00 元") && page.contains("红灯"),
        "{page}"
    );
    assert!(page.contains("/desk/supervision/1\""), "the finding is linked");
    let rows = "/desk/splitting/rows/2014/shezu/special_fund/support";
    assert!(page.contains(rows), "every number opens to its rows");
    for lang in ["", "/en"] {
        let opened = world.get_as(&discipline, &format!("{lang}{rows}")).await;
        assert!(opened.status == StatusCode::OK && opened.text().contains("300,000.00"));
    }
    world.check_page(&finance, rows).await;
    world.check_page(&staff, "/desk/splitting?year=2014").await;
    assert_eq!(
        world.get_as(&discipline, "/desk/splitting/rows/2014/none/special_fund/support").await.status,
        StatusCode::NOT_FOUND
    );
    let typed = [("consent-2", "method_approved"), ("paper-2", " ")];
    let faulty = world.post_as(&finance, "/desk/splitting/reported/2", &typed).await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = faulty.text();
    assert!(text.contains("id=\"paper-2-error\"") && !text.contains("id=\"paper-1-error\""), "{text}");
    let typed = [("consent-2", "method_approved"), ("paper-2", "批复（示例）")];
    let done = world.post_as(&finance, "/desk/splitting/reported/2", &typed).await;
    assert_eq!(done.location, format!("{rows}?done=purchase-consented"));
    let page = world.get_as(&finance, "/desk/splitting?year=2014").await.text();
    assert!(page.contains("绿灯") && !page.contains("红灯"), "{page}");
    let file = world.get_as(&staff, "/desk/splitting/export.xlsx?year=2014").await;
    assert!(file.bytes.starts_with(b"PK"));
}
