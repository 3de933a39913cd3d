//! How an officer works on a case: papers are read where they are judged, a notice is seen before it goes out (W5).

use app::journal::PAPER;
use app::{Act, Cx, Error, RequestKey};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use domain::kernel::{Actor, Role};

use crate::registration::{NUMBER, Window, went, window};
use crate::support::Reader;

/// An application that was sent in, with its papers; gives the papers' ids.
async fn sent_in(at: &Window) -> Vec<i64> {
    let case = at.start().await;
    at.fill(&case).await;
    went(&at.world.post_as(&at.applicant, &format!("{case}/check"), &[]).await, &case);
    let sql = "SELECT id FROM paper ORDER BY id";
    let rows: Vec<(i64,)> = at.world.city.db.all(sql, &[]).await.expect("papers");
    rows.into_iter().map(|(id,)| id).collect()
}

async fn headers_of(at: &Window, reader: &Reader, path: &str) -> (StatusCode, String, String, String) {
    let request = Request::get(path).header(header::COOKIE, format!("sid={}", reader.token));
    let answer = at.world.raw(request.body(Body::empty()).expect("a request")).await;
    let text = |name: &str| {
        answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    };
    let (disposition, policy) = (text("content-disposition"), text("content-security-policy"));
    assert_eq!(text("x-content-type-options"), "nosniff", "{path}");
    (answer.status(), disposition, policy, text("x-frame-options"))
}

#[tokio::test]
async fn a_paper_is_read_in_the_page_by_those_who_work_on_its_case() {
    let at = window().await;
    let paper = sent_in(&at).await[0];
    let case = format!("/desk/cases/{NUMBER}");
    at.speaks(&at.window, &format!("{case}?paper={paper}")).await;
    let plain = at.world.get_as(&at.window, &case).await.text();
    assert!(
        !plain.contains("<iframe") && plain.contains(&format!("?paper={paper}#paper")),
        "chosen by a link"
    );
    let page = at.world.get_as(&at.window, &format!("{case}?paper={paper}")).await.text();
    assert!(page.contains(&format!(
        "<iframe class=\"app-paper__shown app-paper__frame\" src=\"/papers/{paper}/view\""
    )));
    assert!(!at.world.get_as(&at.window, &format!("{case}?paper=1")).await.text().contains("<iframe"));

    let (_, _, closed, _) = headers_of(&at, &at.window, &case).await;
    let (_, _, open, around) = headers_of(&at, &at.window, &format!("{case}?paper={paper}")).await;
    assert!(!closed.contains("frame-src") && open.contains("frame-src 'self'"), "{closed} and {open}");
    assert!(open.contains("frame-ancestors 'none'") && around == "DENY", "the page itself is held by none");

    let view = format!("/papers/{paper}/view");
    for reader in [&at.window, &at.approver, &at.supervisor, &at.applicant] {
        let (status, disposition, policy, frame) = headers_of(&at, reader, &view).await;
        assert_eq!(status, StatusCode::OK);
        assert!(disposition.starts_with("inline") && policy.contains("frame-ancestors 'self'"), "{policy}");
        assert_eq!(frame, "SAMEORIGIN");
    }
    let (status, disposition, policy, frame) = headers_of(&at, &at.window, &format!("/papers/{paper}")).await;
    assert_eq!((status, frame.as_str()), (StatusCode::OK, "DENY"));
    assert!(disposition.starts_with("attachment") && policy.contains("sandbox"), "saved, without any right");
    for reader in [&at.stranger, &at.bureau, &Reader::default()] {
        let (status, ..) = headers_of(&at, reader, &view).await;
        assert_ne!(status, StatusCode::OK, "not for strangers");
    }
}

#[tokio::test]
async fn what_could_run_is_never_shown() {
    let at = window().await;
    let case = at.start().await;
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>";
    for name in ["图.svg", "页.html", "图.png"] {
        let fields = [("kind", "application")];
        let given = at.world.upload_with(&at.applicant, &format!("{case}/papers"), &fields, name, svg).await;
        assert_eq!(given.status, StatusCode::UNPROCESSABLE_ENTITY, "{name} is not taken at all");
    }
    // Even a row that says otherwise is only handed over.
    let paper = sent_in_row(&at).await;
    let (status, disposition, policy, frame) =
        headers_of(&at, &at.window, &format!("/papers/{paper}/view")).await;
    assert_eq!((status, frame.as_str()), (StatusCode::OK, "DENY"));
    assert!(disposition.starts_with("attachment") && policy.starts_with("sandbox"), "{disposition} {policy}");
    let page = at.world.get_as(&at.window, &format!("/desk/cases/{NUMBER}?paper={paper}")).await.text();
    assert!(page.contains("浏览器不能直接显示此类文件") && !page.contains("<iframe"), "and the page says so");
}

#[tokio::test]
async fn a_notice_is_seen_before_it_goes_out() {
    let at = window().await;
    sent_in(&at).await;
    let city = &at.world.city;
    let count = async || {
        let sql = "SELECT (SELECT count(*) FROM document) + (SELECT count(*) FROM journal)";
        city.db.number(sql, &[]).await.expect("a count")
    };
    let path = format!("/desk/cases/{NUMBER}/correction");
    let form = at.world.get_as(&at.window, &path).await.text();
    assert!(form.contains("name=\"preview\" value=\"show\"") && form.contains("预览文书"));
    let before = count().await;
    let typed = [("defect-premises", "合同缺少签章，<b>请补齐</b>。"), ("preview", "show")];
    for (prefix, mark) in [("", "预览，尚未出具"), ("/en", "Preview, not issued")] {
        let seen = at.world.post_as(&at.window, &format!("{prefix}{path}"), &typed).await;
        assert_eq!(seen.status, StatusCode::OK);
        let sheet = seen.text();
        for said in
            [mark, "合同缺少签章，&#60;b&#62;请补齐", "doc-a4__preview", "name=\"defect-premises\" value="]
        {
            assert!(sheet.contains(said), "the sheet has {said}");
        }
        assert!(!sheet.contains("/verify/") && !sheet.contains("app-qr"), "no code");
        assert!(!sheet.contains("号</p>"), "and no number");
    }
    let faulty = at.world.post_as(&at.window, &path, &[("preview", "show")]).await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY, "what cannot go out is told, not shown");
    let back = at.world.post_as(&at.window, &path, &[typed[0], ("preview", "edit")]).await;
    assert_eq!(back.status, StatusCode::OK);
    assert!(back.text().contains("合同缺少签章，&#60;b&#62;请补齐"), "everything typed is there again");
    assert_eq!(count().await, before, "nothing was kept");
    let stranger = at.world.post_as(&at.approver, &path, &typed).await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND, "whoever may not issue it may not see it");
    // Acceptance has nothing to type; its sheet stands for it, then it is issued from there.
    let acceptance = format!("/desk/cases/{NUMBER}/acceptance");
    let seen = at.world.post_as(&at.window, &acceptance, &[("preview", "show")]).await.text();
    assert!(seen.contains("受理通知书") && seen.contains(">受理</button>"));
    went(&at.world.post_as(&at.window, &acceptance, &[]).await, "/desk/cases/");
    assert!(count().await > before);
}

#[tokio::test]
async fn a_case_is_handed_over_and_given_out() {
    let at = window().await;
    sent_in(&at).await;
    let path = format!("/desk/cases/{NUMBER}/hand-off");
    for reader in [&at.window, &at.approver] {
        at.speaks(reader, &path).await;
    }
    let form = at.world.get_as(&at.first, &path).await.text();
    let option = |login: &str| {
        let list = form.split("id=\"to\"").nth(1).expect("a list");
        let before = list.split(&format!("{login}（示例）")).next().expect("an option");
        let value = before.rsplit("value=\"").next().and_then(|rest| rest.split('"').next());
        value.expect("a value").to_owned()
    };
    assert!(!form.contains("approver（示例）"), "only who can take the next step is offered");
    let (second, first) = (option("officer2"), option("officer1"));
    let bare = at.world.post_as(&at.first, &path, &[("to", second.as_str()), ("reason", "")]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = bare.text();
    assert!(page.contains("href=\"#reason\""), "{page}");
    assert!(page.contains(&format!("value=\"{second}\" selected")), "{page}");
    let empty = at.world.post_as(&at.first, &path, &[]).await.text();
    assert!(empty.contains("href=\"#to\"") && empty.contains("href=\"#reason\""), "both at once");
    let typed = [("to", second.as_str()), ("reason", "外出培训（示例）")];
    went(&at.world.post_as(&at.first, &path, &typed).await, "/desk/cases/");
    let page = at.world.get_as(&at.first, &format!("/desk/cases/{NUMBER}")).await.text();
    assert!(
        page.contains("承办人：officer2（示例）") && page.contains("外出培训（示例）"),
        "in the timeline too"
    );
    for (reader, is_own) in [(&at.first, false), (&at.second, true)] {
        for list in ["/desk?tab=own", "/desk/cases?tab=own", "/desk/cases?tab=own&mine=held"] {
            let list_page = at.world.get_as(reader, list).await.text();
            assert_eq!(list_page.contains(NUMBER), is_own, "{list}");
        }
    }
    let others = at.world.get_as(&at.first, "/desk?tab=others").await.text();
    assert!(others.contains("承办人：officer2（示例）"), "who has it stands in the inbox");
    // From the list: everything wrong at once, then given out.
    let list = "/desk/cases/assignment?tab=all";
    let none = at.world.post_as(&at.approver, list, &[]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["case", "to", "reason"] {
        assert!(none.text().contains(&format!("href=\"#{field}\"")), "{field} is told");
    }
    at.speaks(&at.approver, "/desk/cases?tab=all").await;
    let all = at.world.get_as(&at.approver, "/desk/cases?tab=all&all=1").await.text();
    assert!(all.contains(&format!("value=\"{NUMBER}\" checked")) && all.contains("分派所选"));
    assert!(
        all.contains("officer1（示例） ·") && !all.contains("approver（示例） ·"),
        "who may take the step"
    );
    let version = all.split("name=\"version.NJSL-2026-0001\" value=\"").nth(1).expect("a version");
    let version = version.split('"').next().expect("its end").to_owned();
    let typed = [
        ("case", NUMBER),
        ("version.NJSL-2026-0001", version.as_str()),
        ("to", first.as_str()),
        ("reason", "按片分工（示例）"),
    ];
    let stranger = at.world.post_as(&at.supervisor, list, &typed).await;
    assert_ne!(stranger.status, StatusCode::SEE_OTHER, "discipline gives nothing out");
    went(&at.world.post_as(&at.approver, list, &typed).await, "/desk/cases");
    assert!(at.world.get_as(&at.first, "/desk/cases?tab=own").await.text().contains(NUMBER));
    let supervised = at.world.get_as(&at.supervisor, "/desk/cases?tab=all").await.text();
    assert!(supervised.contains("承办人：officer1") && !supervised.contains("分派所选"));
}

/// A paper of a case whose row claims to be a drawing.
async fn sent_in_row(at: &Window) -> i64 {
    let paper = sent_in(at).await[0];
    at.world.city.act(&Actor::SYSTEM, &RequestKey::None, &CallIt { paper }).await.expect("written");
    paper
}

/// Writes another kind into a paper's row, which no page can do.
struct CallIt {
    paper: i64,
}

impl Act for CallIt {
    type Outcome = ();
    const NAME: &'static str = "test.call_it";
    const WHO: &'static [Role] = &[Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        cx.update(&PAPER, self.paper, 1, &[("media_type", "image/svg+xml".into())]).await
    }
}
