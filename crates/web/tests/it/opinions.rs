//! Opinions with their reasons, and foundations that a city does not register, as browsers meet them.

use axum::http::StatusCode;

use crate::registration::{NUMBER, went, window};

#[tokio::test]
async fn an_opinion_gives_a_reason_for_what_is_doubtful() {
    let at = window().await;
    let world = &at.world;
    let case = at.start().await;
    at.fill(&case).await;
    let programme = [("basis", "programme")];
    went(&world.post_as(&at.applicant, &format!("{case}/basis"), &programme).await, &case);
    went(&world.post_as(&at.applicant, &format!("{case}/check"), &[]).await, &format!("{case}/receipt"));
    at.does(&at.window, "acceptance", &[]).await;
    at.checks_charter(&at.first, &[]).await;
    let path = format!("/desk/cases/{NUMBER}/opinion");
    at.speaks(&at.first, &path).await;
    let page = world.get_as(&at.first, &path).await.text();
    let field = page.split("name=\"reason-").nth(1).and_then(|rest| rest.split('"').next());
    let field = format!("reason-{}", field.expect("a field for the reason"));
    let opinion = [("verdict", "yes"), ("text", "符合条件，建议准予。")];
    let silent = world.post_as(&at.first, &path, &opinion).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let silent = silent.text();
    for told in [&format!("href=\"#{field}\""), "是否列入专项培育计划", "/rules/S34", "建议准予。"]
    {
        assert!(silent.contains(told), "the page says {told}");
    }
    let reason = "已经核对培育计划名单（示例）。";
    let [verdict, text] = opinion;
    let whole = [verdict, text, (field.as_str(), reason)];
    went(&world.post_as(&at.first, &path, &whole).await, &format!("/desk/cases/{NUMBER}"));
    // The second officer finds the reason in the field and under the first one's name.
    let page = world.get_as(&at.second, &path).await.text();
    assert!(page.contains(&format!(">{reason}</textarea>")), "to be agreed with");
    for (reader, path) in [(&at.second, path.as_str()), (&at.first, &format!("/desk/cases/{NUMBER}"))] {
        assert!(world.get_as(reader, path).await.text().contains("不构成障碍"), "{path}");
        at.speaks(reader, path).await;
    }
}

#[tokio::test]
async fn no_foundation_begins_where_none_is_delegated() {
    let at = window().await;
    let checked =
        at.world.get_as(&at.applicant, "/apply?kind=foundation&name=南京市示例助学基金会").await.text();
    assert!(checked.contains("《基金会管理条例》第6条") && !checked.contains("以此名称开始申请"));
    let fields = [("kind", "foundation"), ("name", "南京市示例助学基金会")];
    let refused = at.world.post_as(&at.applicant, "/apply", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("请向省民政厅提出申请"));
}
