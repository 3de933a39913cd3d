//! The annual inspection as its people walk it: the organisation's form, the review grid, one decision.

use axum::http::StatusCode;
use domain::kernel::{Coded, Post, Role, Scope};
use domain::registry::inspection::Question;

use crate::inspected::{held, organisation, typed};
use crate::support::{Reader, World};

async fn reader(world: &World, login: &str, role: Role) -> Reader {
    world.reader(login, Post { role, scope: Scope::City }).await.1
}

/// The fields of a sound report, with some replaced.
fn report(version: &str, step: &str, change: &[(Question, &'static str)]) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Question::ALL
        .iter()
        .map(|question| (question.code().to_owned(), typed(*question, change).to_owned()))
        .collect();
    fields.push(("version".into(), version.into()));
    fields.push(("do".into(), step.into()));
    fields
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[tokio::test]
async fn a_report_is_written_filed_reviewed_and_decided() {
    let world = World::new().await;
    let own = organisation(&world.city, 1, '2', "2010-05-01").await;
    let silent = organisation(&world.city, 2, '2', "2010-05-01").await;
    let member = world.demo_reader("org-1").await;
    let officer = reader(&world, "officer", Role::ApprovalOfficer).await;
    let director = reader(&world, "director", Role::ApprovalDirector).await;
    world.check_page(&member, "/me/inspection").await;
    world.check_page(&officer, "/desk/inspections").await;
    let early = world.post_as(&officer, "/desk/inspections", &[("year", "2014")]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.text().contains("2014 年还没有结束"), "{}", early.text());
    let opened = world.post_as(&officer, "/desk/inspections", &[("year", "2013")]).await;
    assert_eq!(opened.location, "/desk/inspections?year=2013&done=inspection-opened");

    let home = world.check_page(&member, "/me").await;
    assert!(home.contains("2013 年度检查报告待报送"), "{home}");
    let form = world.check_page(&member, "/me/inspection/2013").await;
    assert!(
        form.contains("周晨（示例）") && form.contains("玄武区示例路1号"),
        "what the register knows is filled in"
    );
    let faulty = report("0", "submit", &[(Question::Staff, "许多"), (Question::Income, "120000")]);
    let faulty = world.post_as(&member, "/me/inspection/2013", &borrowed(&faulty)).await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(faulty.text().contains("value=\"许多\"") && faulty.text().contains("id=\"staff-error\""));
    let whole = report("0", "submit", &[]);
    let no_paper = world.post_as(&member, "/me/inspection/2013", &borrowed(&whole)).await;
    assert_eq!(no_paper.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no_paper.text().contains("请在“随报材料”中附上财务会计报告"), "{}", no_paper.text());
    let kind = [("kind", "financial_report")];
    let given =
        world.upload_with(&member, "/me/inspection/2013/papers", &kind, "报告.pdf", b"%PDF-1.7 report").await;
    assert_eq!(given.location, "/me/inspection/2013?done=inspection-paper", "{}", given.text());
    let filed = world.post_as(&member, "/me/inspection/2013", &borrowed(&whole)).await;
    assert_eq!(filed.location, "/me/inspection/2013?done=inspection-submitted", "{}", filed.text());

    review_in_the_grid(&world, &officer, &director, &own.uscc, &silent.uscc).await;
    let decided = world.check_page(&member, "/me/inspection/2013").await;
    assert!(decided.contains("宁民社检〔2014〕0001号") && decided.contains("合格"), "{decided}");
    let document =
        decided.split("/documents/").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
    let sheet = world.get_as(&member, &format!("/documents/{document}")).await.text();
    assert!(sheet.contains("2013 年度检查结论为：合格"), "{sheet}");
    assert_eq!(held(&world.city, &silent, 2013).await.version, 1, "the silent one is as it was");
    // What was decided is public, with its money as numbers and as bars; what is only due is not.
    let public = world.check_page(&Reader::default(), &format!("/orgs/{}", own.uscc)).await;
    for said in ["近年年检和财务", "年末净资产", "class=\"chart\"", "2013 年收入"] {
        assert!(public.contains(said), "no {said}: {public}");
    }
    let quiet = world.check_page(&Reader::default(), &format!("/orgs/{}", silent.uscc)).await;
    assert!(!quiet.contains("近年年检和财务"), "{quiet}");
}

/// The officer proposes and the director decides, both in the grid; what stops a batch is named by row.
async fn review_in_the_grid(world: &World, officer: &Reader, director: &Reader, own: &str, silent: &str) {
    let grid = "/desk/inspections/2013";
    let page = world.check_page(officer, &format!("{grid}?state=reported&all=1")).await;
    assert!(page.contains(&format!("value=\"{own}\" checked")), "{page}");
    assert!(!page.contains(silent), "the filter holds");
    let (outcome, version) = (format!("outcome.{own}"), format!("version.{own}"));
    let fail = [("row", own), (outcome.as_str(), "fail"), (version.as_str(), "2"), ("step", "propose")];
    let refused = world.post_as(officer, grid, &fail).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("示例1号服务中心（示例）：没有情节严重的情形"), "{}", refused.text());
    let both = [
        ("row", own),
        ("row", silent),
        (outcome.as_str(), "pass"),
        (version.as_str(), "2"),
        ("step", "propose"),
    ];
    let refused = world.post_as(officer, grid, &both).await.text();
    assert!(refused.contains("示例2号服务中心（示例）：") && refused.contains("请刷新"), "{refused}");
    let pass = [("row", own), (outcome.as_str(), "pass"), (version.as_str(), "2"), ("step", "propose")];
    let proposed = world.post_as(officer, grid, &pass).await;
    assert_eq!(proposed.location, format!("{grid}?done=inspection-reviewed"), "{}", proposed.text());
    let one = world.check_page(director, &format!("{grid}/{own}")).await;
    assert!(one.contains("年初净资产加收入减支出"), "the checks are shown: {one}");
    world.check_page(officer, &format!("{grid}/{own}")).await;
    world.check_page(director, &format!("{grid}/reminders")).await;
    let decide = [("row", own), (outcome.as_str(), "pass"), (version.as_str(), "3"), ("step", "decide")];
    let seen = [("row", own), (outcome.as_str(), "pass"), (version.as_str(), "3"), ("preview", "decide")];
    world.foresees(director, grid, &seen, "2013 年度检查结论为：合格").await;
    let decided = world.post_as(director, grid, &decide).await;
    assert_eq!(decided.location, format!("{grid}?done=inspection-decided"), "{}", decided.text());
    let sheet = world.get_as(director, &format!("{grid}/export.xlsx")).await;
    assert_eq!(sheet.status, StatusCode::OK);
    assert!(sheet.bytes.starts_with(b"PK"), "an Excel file");
}

#[tokio::test]
async fn a_ground_leads_to_rectification_and_strangers_find_nothing() {
    let world = World::new().await;
    let own = organisation(&world.city, 1, '2', "2010-05-01").await;
    organisation(&world.city, 2, '2', "2010-05-01").await;
    let (member, stranger) = (world.demo_reader("org-1").await, world.demo_reader("org-2").await);
    let officer = reader(&world, "officer", Role::ApprovalOfficer).await;
    let director = reader(&world, "director", Role::ApprovalDirector).await;
    let bureau = reader(&world, "bureau", Role::OrganisationBureau).await;
    world.post_as(&officer, "/desk/inspections", &[("year", "2013")]).await;
    crate::inspected::file(&world.city, &own, 2013).await;
    let one = format!("/desk/inspections/2013/{}", own.uscc);
    assert_eq!(world.get_as(&bureau, &one).await.status, StatusCode::NOT_FOUND);
    world.check_page(&bureau, "/desk/inspections/2013").await;
    let review = [("ground.finance", "minor"), ("outcome", "pass"), ("version", "2"), ("step", "review")];
    let refused = world.post_as(&officer, &one, &review).await;
    assert!(refused.text().contains("还有 1 项未消除的情形，不能定为合格"), "{}", refused.text());
    let review =
        [("ground.finance", "minor"), ("outcome", "basic_pass"), ("version", "2"), ("step", "review")];
    assert_eq!(
        world.post_as(&officer, &one, &review).await.location,
        format!("{one}?done=inspection-reviewed")
    );
    // The order to mend is shown first, and the notice of the outcome behind its button.
    let see = |which| [("outcome", "basic_pass"), ("version", "3"), ("preview", which)];
    let order = world.post_as(&director, &one, &see("decide")).await.text();
    assert!(order.contains("限期整改通知书") && order.contains("预览，尚未出具"), "{order}");
    assert!(
        order.contains("name=\"preview\" value=\"decide.0\"") && order.contains("年度检查结论通知书"),
        "{order}"
    );
    let notice = world.post_as(&director, &one, &see("decide.0")).await.text();
    assert!(notice.contains("2013 年度检查结论为：基本合格"), "{notice}");
    assert!(notice.contains("name=\"preview\" value=\"decide.1\""), "and back to the order: {notice}");
    assert!(notice.contains("name=\"step\" value=\"decide\""), "it can be issued from there: {notice}");
    world.foresees(&director, &one, &see("decide"), "限期整改通知书").await;
    let decide = [("outcome", "basic_pass"), ("version", "3"), ("step", "decide")];
    assert_eq!(
        world.post_as(&director, &one, &decide).await.location,
        format!("{one}?done=inspection-decided")
    );
    let mine = world.check_page(&member, "/me/inspection/2013").await;
    assert!(mine.contains("限期整改通知书") && mine.contains("整改中"), "{mine}");
    // Another organisation sees its own year, never this one's papers or notices.
    let theirs = world.check_page(&stranger, "/me/inspection/2013").await;
    assert!(!theirs.contains("宁民社改"), "{theirs}");
    let send = [("version", "1"), ("text", "账目已更正（示例）")];
    let sent = world.post_as(&member, "/me/inspection/2013/rectification", &send).await;
    assert_eq!(sent.location, "/me/inspection/2013?done=inspection-mended", "{}", sent.text());
    let verify = [("version", "2"), ("step", "verify"), ("reason", "")];
    assert_eq!(
        world.post_as(&officer, &one, &verify).await.location,
        format!("{one}?done=inspection-verified")
    );
    let overview = world.check_page(&officer, "/desk/inspections").await;
    assert!(overview.contains("整改已核验"), "{overview}");
}
