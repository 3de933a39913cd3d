//! What cannot be done is not offered: its page tells every bar with its law, and leads back to the case.

use axum::http::StatusCode;

use crate::registration::{NUMBER, went, window};

#[tokio::test]
async fn a_barred_approval_tells_every_bar_and_leads_back() {
    let at = window().await;
    let case = at.start().await;
    at.fill(&case).await;
    let short = [
        ("division", "320104002"),
        ("domicile", "夕照里1号"),
        ("premises_from", "2026-03-01"),
        ("premises_until", "2026-10-31"),
    ];
    at.world.post_as(&at.applicant, &format!("{case}/premises"), &short).await;
    went(&at.world.post_as(&at.applicant, &format!("{case}/check"), &[]).await, &format!("{case}/receipt"));
    at.does(&at.window, "acceptance", &[]).await;
    at.checks_charter(&at.first, &["no_distribution"]).await;
    let opinion = [("verdict", "yes"), ("text", "符合条件，建议准予。")];
    at.does(&at.first, "opinion", &opinion).await;
    at.does(&at.second, "opinion", &opinion).await;
    let barred = at.world.get_as(&at.approver, &format!("/desk/cases/{NUMBER}/approval")).await;
    assert_eq!(barred.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = barred.text();
    for told in [
        "使用权",
        "还没有两人签字的现场核查笔录",
        "章程缺少：盈利不得分配，解体时财产不得私分",
        "《民办非企业单位登记暂行办法》第5、6条",
        "《民办非企业单位登记管理暂行条例》第8、13条",
        "《行政许可法》第32、34条",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(page.contains(&format!("href=\"/desk/cases/{NUMBER}\"")), "the way back to the case");
    assert!(
        !page.contains("<button type=\"submit\" class=\"govuk-button\""),
        "and no button that cannot be pressed"
    );
}
