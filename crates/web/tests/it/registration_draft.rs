//! A page of an application saves itself: on any device, whole or not, and judged when the applicant goes on.

use axum::http::StatusCode;

use crate::registration::window;

#[tokio::test]
async fn a_page_saves_itself_half_filled() {
    let at = window().await;
    let case = at.start().await;
    let page = format!("{case}/head");
    let half =
        [("representative", "周示例"), ("identity", "3201"), ("version", "1"), ("request_key", "draft-1")];
    let kept = at.world.ask_as(&at.applicant, &page, &half, ("x-save-draft", "1")).await;
    let told: serde_json::Value =
        serde_json::from_slice(&kept.bytes).unwrap_or_else(|_| panic!("{}", kept.text()));
    assert_eq!((kept.status, told["version"].as_i64()), (StatusCode::OK, Some(2)), "{}", kept.text());
    let elsewhere = at.world.get_as(&at.applicant, &page).await.text();
    assert!(elsewhere.contains("value=\"周示例\"") && elsewhere.contains("value=\"3201\""));
    let stranger = at.world.ask_as(&at.stranger, &page, &half, ("x-save-draft", "1")).await;
    assert_ne!(stranger.status, StatusCode::OK, "nobody else's application is written");
    let going_on = [("representative", "周示例"), ("identity", "3201"), ("version", "2")];
    let judged = at.world.post_as(&at.applicant, &page, &going_on).await;
    assert_eq!(judged.status, StatusCode::UNPROCESSABLE_ENTITY, "what is missing is told at the button");
    let nameless = [("name", ""), ("version", "2"), ("request_key", "draft-2")];
    let name =
        at.world.ask_as(&at.applicant, &format!("{case}/name"), &nameless, ("x-save-draft", "1")).await;
    assert_eq!(name.status, StatusCode::UNPROCESSABLE_ENTITY, "a name is saved whole or not at all");
}
