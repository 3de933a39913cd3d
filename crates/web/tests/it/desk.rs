//! The approval office's list at the doors: tabs, several cases at once, keys, Excel, the clock of several
//! departments, late steps, and the own figures (W4, B12).

use axum::http::StatusCode;
use domain::kernel::{Moment, Post, Role, Scope};

use crate::registration::{NAME, NUMBER, Window, went, window};

#[tokio::test]
async fn several_cases_are_accepted_at_once_and_every_refused_one_is_named() {
    let at = window().await;
    let world = &at.world;
    let first = at.start().await;
    at.fill(&first).await;
    went(&world.post_as(&at.applicant, &format!("{first}/check"), &[]).await, &first);
    let other = "南京市秦淮区晨曦居家养老服务中心";
    let fields = [("kind", "social_service_institution"), ("name", other)];
    let second = went(&world.post_as(&at.applicant, "/apply", &fields).await, "/apply/");
    at.fill_as(&second, other, "320104196501010011").await;
    went(&world.post_as(&at.applicant, &format!("{second}/check"), &[]).await, &second);
    let list = world.get_as(&at.window, "/desk/cases").await.text();
    for text in ["data-keys", "data-press=\"1\"", "data-press=\"2\"", "待办（2）", "快捷键", "受理所选"]
    {
        assert!(list.contains(text), "the list says {text}");
    }
    let version = |number: &str| {
        let start = format!("name=\"version.{number}\" value=\"");
        let rest = list.split(&start).nth(1).expect("a version");
        rest.split('"').next().expect("its end").to_owned()
    };
    let (one, two) = (version(NUMBER), version("NJSL-2026-0002"));
    // Somebody else has accepted the first one meanwhile.
    at.does(&at.first, "acceptance", &[]).await;
    let ticked = [
        ("case", NUMBER),
        ("case", "NJSL-2026-0002"),
        ("version.NJSL-2026-0001", one.as_str()),
        ("version.NJSL-2026-0002", two.as_str()),
    ];
    let refused = world.post_as(&at.window, "/desk/cases?tab=own", &ticked).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = refused.text();
    assert!(
        page.contains(&format!("{NAME}（{NUMBER}）：")) && page.contains("已有变动"),
        "named with its reason"
    );
    assert!(page.contains("value=\"NJSL-2026-0002\" checked"), "what was ticked stays ticked");
    let none = world.post_as(&at.window, "/desk/cases", &[]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    went(&world.post_as(&at.window, "/desk/cases?tab=own", &[ticked[1], ticked[3]]).await, "/desk/cases");
    let ended = world.get_as(&at.window, "/desk/cases?tab=all&state=accepted").await.text();
    assert!(ended.contains(NUMBER) && ended.contains("NJSL-2026-0002"));
    for tab in ["own", "others", "ended", "overdue", "all"] {
        at.speaks(&at.first, &format!("/desk/cases?tab={tab}&mark=late&mine=yes")).await;
    }
    for reader in [&at.window, &at.supervisor] {
        let sheet = world.get_as(reader, "/desk/cases/export.xlsx?tab=all").await;
        assert_eq!(sheet.status, StatusCode::OK);
        assert!(sheet.bytes.starts_with(b"PK"), "an Excel file");
    }
    own_figures_open_to_rows(&at).await;
}

/// Every number of the own figures is the count of the list behind it.
async fn own_figures_open_to_rows(at: &Window) {
    at.speaks(&at.window, "/desk/statistics").await;
    let page = at.world.get_as(&at.first, "/desk/statistics").await.text();
    let link = "/desk/cases?tab=all&#38;state=accepted&#38;kind=social_service_institution&#38;mine=yes";
    let link = if page.contains(link) { link.to_owned() } else { link.replace("&#38;", "&amp;") };
    let number = page.split(&format!("{link}\">")).nth(1).and_then(|rest| rest.split('<').next());
    assert_eq!(number, Some("1"), "one accepted by this officer");
    let rows = "/desk/cases?tab=all&state=accepted&kind=social_service_institution&mine=yes";
    let rows = at.world.get_as(&at.first, rows).await.text();
    assert!(rows.contains(NUMBER) && !rows.contains("NJSL-2026-0002"));
}

#[tokio::test]
async fn joint_handling_is_extended_with_its_reason_and_late_steps_lead_to_their_case() {
    let at = window().await;
    let world = &at.world;
    let case = at.start().await;
    at.fill(&case).await;
    went(&world.post_as(&at.applicant, &format!("{case}/check"), &[]).await, &case);
    at.does(&at.window, "acceptance", &[]).await;
    let consulted = [("department", "市卫生健康委员会"), ("question", "是否符合要求？")];
    at.does(&at.window, "consultation", &consulted).await;
    let page = world.get_as(&at.window, &format!("/desk/cases/{NUMBER}")).await.text();
    assert!(page.contains("多部门统一办理期限") && page.contains("45 个工作日"), "the clock is on the page");
    let extension = format!("/desk/cases/{NUMBER}/joint-extension");
    let bare = world.post_as(&at.approver, &extension, &[]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    let reasons = [("approval", "宁政批〔2026〕1号"), ("reasons", "意见尚未全部收到（示例）")];
    at.does(&at.approver, "joint-extension", &reasons).await;
    let page = world.get_as(&at.approver, &format!("/desk/cases/{NUMBER}")).await.text();
    assert!(page.contains("多部门统一办理延长期限") && !page.contains(&extension), "once only");
    assert!(world.city.clock.move_to(Moment::beijing("2026-07-01".parse().expect("a date"), 9, 0)));
    let post = Post { role: Role::Supervisor, scope: Scope::City };
    let (_, supervisor) = world.reader("supervisor2", post).await;
    let late = world.get_as(&supervisor, "/desk/late").await.text();
    assert!(late.contains(&format!("/desk/cases/{NUMBER}")) && late.contains("多部门统一办理延长期限"));
}
