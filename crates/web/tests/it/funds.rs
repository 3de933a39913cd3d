//! Public money on pages: the budget desk, what everyone reads, and what a wrong form gets back.

use axum::http::StatusCode;
use domain::kernel::{Post, Role, Scope};

use crate::planted;
use crate::support::{Reader, World};

const NUMBER: &str = "NJGZ-HT-2014-001";

async fn finance(world: &World, login: &str) -> Reader {
    world.reader(login, Post { role: Role::Finance, scope: Scope::City }).await.1
}

#[tokio::test]
async fn a_fund_is_opened_filled_and_allotted_on_the_desk_and_read_by_everyone() {
    let world = World::new().await;
    planted::awarded(&world.city, 12, "awarded").await;
    let finance = finance(&world, "second-finance").await;
    for lang in ["", "/en"] {
        for path in ["/desk/funds", "/desk/funds/2014-BM", "/desk/payments", "/desk/payment-batches"] {
            world.check_page(&finance, &format!("{lang}{path}")).await;
        }
        for path in ["/funds", "/funds/2014-BM"] {
            world.check_page(&Reader::default(), &format!("{lang}{path}")).await;
        }
    }
    let book = world.get("/funds/2014-BM").await.text();
    assert!(book.contains("100,000.00") && book.contains("GZ-2014-01"), "every sum with its rows: {book}");
    let open = [("year", "2014"), ("source", "donation"), ("name", "捐赠资金（示例）")];
    let opened = world.post_as(&finance, "/desk/funds", &open).await;
    assert_eq!(opened.location, "/desk/funds?done=fund-opened");
    let give = [("kind", "appropriate"), ("amount", "5000.50"), ("document", "捐赠协议1号（示例）")];
    let given = world.post_as(&finance, "/desk/funds/2014-JZ", &give).await;
    assert_eq!(given.location, "/desk/funds/2014-JZ?done=fund-moved");
    assert!(world.get("/funds/2014-JZ").await.text().contains("5,000.50"));
}

#[tokio::test]
async fn a_wrong_form_comes_back_with_its_reason_and_all_that_was_typed() {
    let world = World::new().await;
    planted::awarded(&world.city, 12, "awarded").await;
    let finance = finance(&world, "second-finance").await;
    let again = [("year", "2014"), ("source", "department_budget"), ("name", "又一笔（示例）")];
    let answer = world.post_as(&finance, "/desk/funds", &again).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("又一笔（示例）") && answer.text().contains("已经建立"));
    let torn = [("kind", "reduce"), ("amount", "很多"), ("document", "文号一")];
    let answer = world.post_as(&finance, "/desk/funds/2014-BM", &torn).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("文号一"));
    let item = world.city.db.number("SELECT id FROM item", &[]).await.expect("the item").to_string();
    let more = [("item", item.as_str()), ("item_amount", "0.01")];
    let answer = world.post_as(&finance, "/desk/funds/2014-BM/items", &more).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("超过项目预算"), "{}", answer.text());
    let nothing = world.post_as(&finance, "/desk/payment-batches", &[]).await;
    assert!(nothing.text().contains("请至少选择一笔"));
    let upload = world.upload_as(
        &finance,
        "/desk/payment-batches/reconciliation",
        "bank.csv",
        "甲,乙\n1,2\n".as_bytes(),
    );
    let answer = upload.await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("付款流水号"), "{}", answer.text());
    let row = "付款流水号,金额（元）,结果\nFK-1999-1-1,1,成功\n";
    let answer =
        world.upload_as(&finance, "/desk/payment-batches/reconciliation", "bank.csv", row.as_bytes()).await;
    assert!(answer.text().contains("FK-1999-1-1"), "the row and its reason: {}", answer.text());
}

#[tokio::test]
async fn what_is_not_signed_or_not_ones_own_is_not_found() {
    let world = World::new().await;
    let p = planted::awarded(&world.city, 12, "awarded").await;
    let post = Post { role: Role::OrganisationUser, scope: Scope::Organisation(p.organisation) };
    let (_, provider) = world.reader("second-winner", post).await;
    let own = format!("/me/contracts/{NUMBER}/payments");
    assert_eq!(world.get_as(&provider, &own).await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.get(&format!("/contracts/{NUMBER}/money")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.get("/funds/2014-XX").await.status, StatusCode::NOT_FOUND);
    let finance = finance(&world, "second-finance").await;
    for path in ["/desk/payments/FK-2014-0001", "/desk/payment-batches/PC-2014-001"] {
        assert_eq!(world.get_as(&finance, path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
