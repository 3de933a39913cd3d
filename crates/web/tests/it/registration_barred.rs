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

#[tokio::test]
async fn an_institution_with_a_practice_licence_hands_in_fewer_papers() {
    let at = window().await;
    let case = at.start().await;
    at.fill(&case).await;
    let path = format!("{case}/papers");
    let full = at.world.get_as(&at.applicant, &path).await.text();
    assert!(full.contains("住所使用权证明") && !full.contains("按简化手续办理"));
    let licensed = [
        ("aim", "服务老人"),
        ("scope", "居家养老服务"),
        ("fields", "elderly_care"),
        ("practice_licence", "养老机构设立许可证，秦淮区民政局（示例）"),
    ];
    went(&at.world.post_as(&at.applicant, &format!("{case}/purpose"), &licensed).await, &case);
    at.speaks(&at.applicant, &path).await;
    let page = at.world.get_as(&at.applicant, &path).await.text();
    for told in ["按简化手续办理", "第9条", "不用再提交：住所使用权证明。", "/rules/B12"]
    {
        assert!(page.contains(told), "{told}");
    }
    // The licence itself is still missing, and nothing else is.
    let early = at.world.post_as(&at.applicant, &format!("{case}/check"), &[]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.text().contains("执业许可证"));
    let kind = [("kind", "practice_licence")];
    let given = at.world.upload_with(&at.applicant, &path, &kind, "许可证.pdf", b"%PDF-1.7 licence").await;
    went(&given, &path);
    went(&at.world.post_as(&at.applicant, &format!("{case}/check"), &[]).await, &format!("{case}/receipt"));
}

/// Until the certificate an applicant may only prepare, and reads so with its ground wherever the case is met (B15).
#[tokio::test]
async fn an_applicant_reads_that_nothing_but_preparation_is_allowed() {
    let at = window().await;
    let case = at.start().await;
    at.fill(&case).await;
    let told = async |path: &str| {
        for (lang, sentence, rule) in [
            ("", "除筹备", "href=\"/rules/B15\""),
            ("/en", "nothing but preparation", "href=\"/en/rules/B15\""),
        ] {
            let page = at.world.get_as(&at.applicant, &format!("{lang}{path}")).await.text();
            assert!(page.contains(sentence) && page.contains(rule), "{lang}{path}: {page}");
        }
    };
    told(&case).await;
    told(&format!("{case}/check")).await;
    went(&at.world.post_as(&at.applicant, &format!("{case}/check"), &[]).await, &format!("{case}/receipt"));
    told(&format!("{case}/receipt")).await;
    at.does(&at.window, "acceptance", &[]).await;
    told(&case).await;
    let sql = "SELECT code FROM document WHERE kind = 'acceptance'";
    let (code,): (String,) = at.world.city.db.one(sql, &[]).await.expect("an acceptance");
    told(&format!("/documents/{code}")).await;
    let ground = at.world.get("/rules/B15").await.text();
    assert!(ground.contains("第9、32条") && ground.contains("取缔"), "{ground}");
    let taken = at.world.post_as(&at.applicant, &format!("{case}/withdrawal"), &[]).await;
    went(&taken, &case);
    let page = at.world.get_as(&at.applicant, &case).await.text();
    assert!(!page.contains("除筹备"), "who took it back is told no more");
}
