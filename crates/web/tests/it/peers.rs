//! The other cities' figures and the rank on the public page (S7).

use axum::http::StatusCode;
use domain::kernel::{Post, Role, Scope};

use crate::support::World;

#[tokio::test]
async fn a_figure_is_entered_with_its_source_and_no_lead_is_claimed_without_all() {
    let world = World::new().await;
    let post = Post { role: Role::OrganisationBureau, scope: Scope::City };
    let (_, bureau) = world.reader("bureau2", post).await;
    world.check_page(&bureau, "/desk/peers").await;
    let typed = [
        ("year", "2013"),
        ("city", "320500"),
        ("organisations", "5000"),
        ("residents", "很多"),
        ("source", ""),
    ];
    let faulty = world.post_as(&bureau, "/desk/peers", &typed).await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = faulty.text();
    for told in ["id=\"residents-error\"", "id=\"source-error\"", "value=\"5000\"", "value=\"很多\""] {
        assert!(text.contains(told), "{told}: {text}");
    }
    let typed = [
        ("year", "2013"),
        ("city", "320500"),
        ("organisations", "5000"),
        ("residents", "10578700"),
        ("source", "公报（示例）"),
    ];
    let entered = world.post_as(&bureau, "/desk/peers", &typed).await;
    assert_eq!(entered.location, "/desk/peers?done=peer-entered");
    let claimed = world.post_as(&bureau, "/desk/peers/claim", &[("last_year", "2013")]).await;
    assert_eq!(claimed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(claimed.text().contains("id=\"last_year-error\"") && claimed.text().contains("3 个年度"));
    assert!(world.check_page(&bureau, "/desk/peers").await.contains("公报（示例）"));
    for lang in ["", "/en"] {
        assert_eq!(world.get(&format!("{lang}/statistics")).await.status, StatusCode::OK);
    }
    let page = world.get("/statistics").await.text();
    assert!(page.contains("没有“连续三年省内领先”的表述") && page.contains("苏州市"), "{page}");
}
