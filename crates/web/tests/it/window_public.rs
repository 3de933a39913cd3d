//! What everyone reads of the one window: blank forms, announcements, and the cases behind the promises.

use axum::http::StatusCode;

use crate::registration::{NAME, NUMBER, Window, window};
use crate::support::Reader;

/// What came of a registration stands in the list of announcements, as page and as files, and behind its promise; and no
/// edit page writes over it.
pub async fn is_told_to_everyone(at: &Window) {
    for path in ["/announcements", "/announcements?kind=establishment&year=2026&district=320104&q=夕照"] {
        at.speaks(&Reader::default(), path).await;
        let page = at.world.get(path).await.text();
        assert!(page.contains("成立公告") && page.contains(NAME) && page.contains("已经登记成立"), "{path}");
    }
    for path in
        ["/announcements?kind=cancellation", "/announcements?district=320106", "/announcements?page=2"]
    {
        assert!(!at.world.get(path).await.text().contains(NAME), "{path}");
    }
    let csv = at.world.get("/announcements.csv?kind=establishment").await.text();
    assert!(csv.contains(NAME) && csv.contains("公告内容"));
    let json: serde_json::Value =
        serde_json::from_slice(&at.world.get("/announcements.json").await.bytes).expect("JSON");
    let api = at.world.get("/api/v1/announcements?limit=1").await;
    let page: serde_json::Value = serde_json::from_slice(&api.bytes).expect("JSON");
    let first = &page["items"][0];
    assert_eq!((first["kind"].as_str(), first["district"].as_str()), (Some("establishment"), Some("320104")));
    let cursor = page["next"].as_str().expect("a full page has a next one");
    let api = at.world.get(&format!("/api/v1/announcements?limit=1&cursor={cursor}")).await;
    let next: serde_json::Value = serde_json::from_slice(&api.bytes).expect("JSON");
    assert!(
        next["items"].as_array().is_some_and(|rows| rows.iter().all(|row| row["number"] != first["number"]))
    );
    for wrong in ["cursor=zz", "cursor=6162", "cursor=612f62", "limit=0"] {
        let answer = at.world.get(&format!("/api/v1/announcements?{wrong}")).await;
        assert_eq!(answer.status, axum::http::StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    assert_eq!(json["items"][0]["kind"], "establishment");
    assert!(json["items"][0]["uscc"].as_str().is_some_and(|code| code.starts_with("52320100MJ")));
    let kept = at.world.get("/promises/simpler-procedure").await.text();
    assert!(kept.contains(NUMBER) && kept.contains("0 / 20") && !kept.contains("/desk/cases/"), "{kept}");
    let officer = at.world.get_as(&at.window, "/promises/simpler-procedure").await.text();
    assert!(officer.contains(&format!("href=\"/desk/cases/{NUMBER}\"")), "whoever works on cases opens it");
    crate::registry_owned::is_not_rewritten_by_hand(at).await;
}

/// Every form that a guide offers is a whole page in both languages, and asks what the pages ask.
#[tokio::test]
async fn blank_forms_ask_what_the_pages_ask() {
    let at = window().await;
    let nobody = Reader::default();
    let guides = at.world.get("/services").await.text();
    let keys = guides.split("href=\"/services/").skip(1).filter_map(|rest| rest.split('"').next());
    let mut offered = 0;
    for key in keys {
        let guide = at.world.get(&format!("/services/{key}")).await.text();
        let forms: Vec<&str> =
            guide.split("/forms/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(!forms.is_empty(), "{key} offers a form");
        for form in forms {
            at.speaks(&nobody, &format!("/services/{key}/forms/{form}")).await;
            offered += 1;
        }
    }
    assert_eq!(offered, 20);
    let path = "/services/social-service-institution/forms";
    let form = at.world.get(&format!("{path}/application")).await.text();
    for said in ["法定代表人姓名", "活动（开办、原始）资金", "居家养老", "doc-form__box"]
    {
        assert!(form.contains(said), "the form asks for {said}");
    }
    let charter = at.world.get(&format!("{path}/charter")).await.text();
    assert_eq!(
        charter.matches("doc-form__space").count(),
        9,
        "what Article 10 lists, and that nothing is shared out"
    );
    for missing in ["rating/forms/charter", "nothing/forms/application", "foundation/forms/else"] {
        assert_eq!(at.world.get(&format!("/services/{missing}")).await.status, StatusCode::NOT_FOUND);
    }
}

/// A value's source is told by the English name of its law, with the Chinese beside it on the rule's own page; festivals
/// have English names too; a form is called as the office calls it; a bar of no years is not told as one.
#[tokio::test]
async fn laws_festivals_and_forms_have_their_names() {
    let at = window().await;
    let page = async |path: &str| at.world.get(path).await.text();
    let guide = page("/en/services/social-association").await;
    assert!(guide.contains("Regulations on the Registration of Social Associations"), "{guide}");
    assert!(!guide.contains("《") && !guide.contains("惯例设定"), "{guide}");
    let rule = page("/en/rules/B1").await;
    assert!(rule.contains("Regulations on the Registration of Social Associations"), "{rule}");
    assert!(rule.contains("<br><span lang=\"zh-CN\">《"), "the original beside it: {rule}");
    assert!(!page("/rules/B1").await.contains("Regulations on"));
    let year = page("/en/rules/calendar/2014").await;
    assert!(year.contains("Spring Festival") && !year.contains(">春节<"), "{year}");
    assert!(page("/rules/calendar/2014").await.contains(">春节<"));
    for (guide, title) in [
        ("rating", "社会组织评估申报表"),
        ("inspection", "社会组织年度检查报告书"),
        ("change", "变更登记申请表"),
    ] {
        let form = page(&format!("/services/{guide}/forms/application")).await;
        assert!(form.contains(title) && !form.contains("（报告书）"), "{guide}: {form}");
    }
    assert!(page("/services/fundraising").await.contains("5 年"));
}
