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

#[tokio::test]
async fn a_target_is_set_by_the_bureau_alone_and_shown_to_everyone() {
    let world = World::new().await;
    let post = Post { role: Role::OrganisationBureau, scope: Scope::City };
    let (_, bureau) = world.reader("bureau2", post).await;
    let post = Post { role: Role::Supervisor, scope: Scope::City };
    let (_, supervisor) = world.reader("supervisor2", post).await;
    assert!(!world.get("/statistics").await.text().contains("年度目标与进度"), "nothing is invented");
    assert!(world.check_page(&supervisor, "/desk/targets").await.contains("还没有设定目标"));
    let typed =
        |value| [("figure", "growth"), ("year", "2014"), ("value", value), ("reason", "要点（示例）")];
    let faulty = world.post_as(&bureau, "/desk/targets", &[("value", "很多"), ("year", "2013")]).await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["figure", "year", "reason"] {
        assert!(faulty.text().contains(&format!("id=\"{field}-error\"")), "{field}: {}", faulty.text());
    }
    assert!(faulty.text().contains("value=\"很多\""), "nothing typed is lost");
    let wrong = world.post_as(&bureau, "/desk/targets", &typed("27.555")).await;
    assert!(wrong.text().contains("id=\"value-error\""), "{}", wrong.text());
    let refused = world.post_as(&supervisor, "/desk/targets", &typed("27")).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    let set = world.post_as(&bureau, "/desk/targets", &typed("27")).await;
    assert_eq!(set.location, "/desk/targets?done=target-set", "{}", set.text());
    for lang in ["", "/en"] {
        let page = world.get(&format!("{lang}/statistics")).await.text();
        assert!(page.contains("27.00%") && page.contains("要点（示例）"), "{page}");
    }
}
