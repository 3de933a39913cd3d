//! Change, cancellation and revocation at the doors, in both languages.

use app::RequestKey;
use app::papers::GivePaper;
use app::registry::{OrganisationForm, RegisterOrganisation, profile};
use app::uploads::StoredFile;
use axum::http::StatusCode;
use domain::kernel::{Actor, CreditCode, Moment, OrganisationId, Post, Role, Scope};
use domain::registry::PaperKind;

use crate::support::{Reader, World};

pub struct Cast {
    pub officer: Reader,
    pub director: Reader,
    pub own: Reader,
    pub uscc: String,
    pub papers: [String; 2],
}

pub fn form() -> OrganisationForm {
    let code = CreditCode::derive('5', '2', "320104", "XX900001").expect("a code");
    OrganisationForm {
        code: code.as_str().into(),
        name: "南京市秦淮区示例服务中心（示例）".into(),
        kind: "social_service_institution".into(),
        legal: "registered".into(),
        division: "320104002".into(),
        fields: "elderly_care".into(),
        domicile: "南京市秦淮区示例路1号".into(),
        registered_on: "2010-03-05".into(),
        ..OrganisationForm::default()
    }
}

pub async fn cast(world: &World) -> Cast {
    let post = |role| Post { role, scope: Scope::City };
    let (_, officer) = world.reader("officer", post(Role::ApprovalOfficer)).await;
    let (_, director) = world.reader("chief", post(Role::ApprovalDirector)).await;
    let act = RegisterOrganisation { form: form() };
    let id = world.city.act(&Actor::SYSTEM, &RequestKey::None, &act).await.expect("entered");
    let post = Post { role: Role::OrganisationUser, scope: Scope::Organisation(id) };
    let (person, own) = world.reader("own", post).await;
    let actor = Actor::new(person, post.role, post.scope);
    let mut papers = Vec::new();
    for kind in [PaperKind::Minutes, PaperKind::LiquidationReport] {
        let file = StoredFile::store(&world.city, "B21", "paper.pdf", b"%PDF-1.7 report").expect("a file");
        let give = GivePaper { kind, title: String::new(), file, valid_until: None, on_behalf_of: None };
        let paper = world.city.act(&actor, &RequestKey::None, &give).await.expect("given");
        papers.push(paper.0.to_string());
    }
    let uscc = profile::organisation_by_id(&world.city, id).await.expect("held").uscc;
    Cast { officer, director, own, uscc, papers: papers.try_into().expect("two") }
}

/// A page in both languages without a key that no message file has.
pub async fn check(world: &World, reader: &Reader, path: &str) -> String {
    let chinese = world.check_page(reader, path).await;
    let english = world.get_as(reader, &format!("/en{path}")).await.text();
    for page in [&chinese, &english] {
        for mark in
            ["ending-", "change-", "finding-", "refusal-", "remainder-", "revocation-", "document-", "desk-"]
        {
            let shown = page.split(['>', '<']).find(|text| text.trim().starts_with(mark));
            assert_eq!(shown, None, "{path} shows a key");
        }
    }
    chinese
}

pub async fn do_step(world: &World, reader: &Reader, path: &str, fields: &[(&str, &str)]) {
    let answer = world.post_as(reader, path, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path} {fields:?}: {}", answer.text());
    assert!(!answer.location.starts_with("/password"), "{path} asks for the password");
}

/// A decision wants the password once more.
pub async fn decide(world: &World, director: &Reader, path: &str, fields: &[(&str, &str)]) {
    assert!(world.post_as(director, path, fields).await.location.starts_with("/password"));
    let password = [("password", crate::support::PASSWORD), ("back", path)];
    assert_eq!(world.post_as(director, "/password", &password).await.status, StatusCode::SEE_OTHER);
    do_step(world, director, path, fields).await;
}

/// Every document that a page links to says something in both languages.
async fn read_documents(world: &World, reader: &Reader, page: &str) {
    let links: Vec<&str> = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let documents: Vec<&&str> = links.iter().filter(|link| link.starts_with("/documents/")).collect();
    assert!(!documents.is_empty(), "documents are linked");
    for link in documents {
        check(world, reader, link).await;
    }
}

#[tokio::test]
async fn a_change_and_a_cancellation_are_asked_for_reviewed_and_decided() {
    let world = World::new().await;
    let cast = cast(&world).await;
    assert!(world.city.clock.move_to(Moment::beijing("2014-06-10".parse().expect("a date"), 9, 0)));
    let page = check(&world, &cast.own, "/me/changes").await;
    assert!(!page.contains("name=\"value\""), "the item is chosen first");
    let change = |papers: &'static str| {
        vec![
            ("item", "scope"),
            ("value", "养老服务（示例）"),
            ("consent_on", "2014-06-01"),
            ("reason", "业务发展（示例）"),
            ("other", papers),
        ]
    };
    let faulty = world.post_as(&cast.own, "/me/changes", &change("")).await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(faulty.text().contains("会议纪要") && faulty.text().contains("养老服务（示例）"));
    let mut fields = change("");
    fields.push(("papers", &cast.papers[0]));
    do_step(&world, &cast.own, "/me/changes", &fields).await;
    let case = "/desk/endings/c20140001";
    assert!(check(&world, &cast.officer, "/desk/endings").await.contains("20140001"));
    let page = check(&world, &cast.officer, case).await;
    assert!(page.contains("value=\"accept\"") && !page.contains("value=\"fit\""), "first it is taken up");
    do_step(&world, &cast.officer, case, &[("step", "accept")]).await;
    do_step(&world, &cast.officer, case, &[("step", "fit"), ("opinion", "材料齐全（示例）")]).await;
    check(&world, &cast.director, case).await;
    let seen = [("preview", "yes"), ("decision", "符合规定（示例）")];
    world.foresees(&cast.director, case, &seen, "准予变更").await;
    decide(&world, &cast.director, case, &[("step", "yes"), ("decision", "符合规定（示例）")]).await;
    let page = check(&world, &cast.own, "/me/endings/c20140001").await;
    read_documents(&world, &cast.own, &page).await;
    check(&world, &cast.own, "/me/cancellation").await;
    let mut fields = vec![
        ("liquidated_on", "2014-06-05"),
        ("remainder", "members"),
        ("recipient", ""),
        ("reason", "宗旨已经完成（示例）"),
        ("papers", cast.papers[1].as_str()),
    ];
    let faulty = world.post_as(&cast.own, "/me/cancellation", &fields).await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(faulty.text().contains("remainder-error"));
    fields[1].1 = "nothing";
    do_step(&world, &cast.own, "/me/cancellation", &fields).await;
    check(&world, &cast.own, "/me/endings/e20140001").await;
    let case = "/desk/endings/e20140001";
    check(&world, &cast.officer, case).await;
    do_step(&world, &cast.officer, case, &[("step", "accept")]).await;
    do_step(&world, &cast.officer, case, &[("step", "fit"), ("opinion", "清算完毕（示例）")]).await;
    do_step(&world, &cast.director, case, &[("step", "yes"), ("decision", "符合规定（示例）")]).await;
    gives_back(&world, &cast, case).await;
    let page = check(&world, &cast.director, case).await;
    read_documents(&world, &cast.director, &page).await;
    check(&world, &cast.director, "/desk/endings?state=settled").await;
    assert_ne!(world.get_as(&cast.own, "/me/changes").await.status, StatusCode::OK, "the post has ended");
    let public = check(&world, &Reader::default(), &format!("/orgs/{}", cast.uscc)).await;
    assert!(public.contains("宁民社销〔2014〕0001号"));
}

/// The seals come back, the vouchers are lost, the certificate is declared void; every fault is told beside its field.
async fn gives_back(world: &World, cast: &Cast, case: &str) {
    let page = check(world, &cast.officer, case).await;
    assert!(page.contains("还没有交回") && page.contains("value=\"void\""), "{page}");
    assert!(!check(world, &cast.director, case).await.contains("value=\"surrender\""), "the window does");
    assert!(check(world, &cast.officer, "/desk").await.contains("收回证书、印章和财务凭证"));
    let faulty = [("step", "surrender"), ("given_on", "6月"), ("surrender_note", "")];
    let faulty = world.post_as(&cast.officer, case, &faulty).await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let faulty = faulty.text();
    assert!(faulty.contains("given_on-error") && faulty.contains("certificate-error"), "{faulty}");
    let given = [
        ("step", "surrender"),
        ("seals", "handed_in"),
        ("vouchers", "lost"),
        ("given_on", "2014-06-10"),
        ("surrender_note", "示例日报6月10日声明"),
    ];
    do_step(world, &cast.officer, case, &given).await;
    let bare = world.post_as(&cast.officer, case, &[("step", "void"), ("void_reason", "")]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bare.text().contains("void_reason-error"));
    do_step(world, &cast.officer, case, &[("step", "void"), ("void_reason", "多次通知未交回（示例）")]).await;
    let page = check(world, &cast.officer, case).await;
    assert!(page.contains("未交回，已公告作废") && page.contains("示例日报6月10日声明"), "{page}");
    assert!(!page.contains("value=\"surrender\"") && !page.contains("value=\"void\""));
}

#[tokio::test]
async fn what_comes_back_is_corrected_once_from_what_was_handed_in() {
    let world = World::new().await;
    let cast = cast(&world).await;
    assert!(world.city.clock.move_to(Moment::beijing("2014-06-10".parse().expect("a date"), 9, 0)));
    let fields = [
        ("item", "scope"),
        ("value", "养老服务（示例）"),
        ("consent_on", "2014-06-01"),
        ("reason", "业务发展（示例）"),
        ("papers", cast.papers[0].as_str()),
    ];
    do_step(&world, &cast.own, "/me/changes", &fields).await;
    let (case, own) = ("/desk/endings/c20140001", "/me/endings/c20140001");
    let correction = format!("{own}/correction");
    assert_ne!(world.get_as(&cast.own, &correction).await.status, StatusCode::OK, "nothing came back");
    let bare = world.post_as(&cast.officer, case, &[("step", "correct"), ("defects", " ")]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bare.text().contains("defects-error"));
    let seen = [("preview", "correct"), ("defects", "业务范围不清（示例）")];
    world.foresees(&cast.officer, case, &seen, "业务范围不清（示例）").await;
    do_step(&world, &cast.officer, case, &[("step", "correct"), ("defects", "业务范围不清（示例）")]).await;
    let page = check(&world, &cast.own, own).await;
    assert!(page.contains("已退回补正") && page.contains(&correction), "{page}");
    read_documents(&world, &cast.own, &page).await;
    assert!(check(&world, &cast.own, "/me").await.contains("补正变更申请"));
    let form = check(&world, &cast.own, &correction).await;
    assert!(form.contains("业务范围不清（示例）") && form.contains("养老服务（示例）"), "{form}");
    let faulty = world.post_as(&cast.own, &correction, &[("value", ""), ("reason", "更正（示例）")]).await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(faulty.text().contains("value-error") && faulty.text().contains("更正（示例）"));
    let again = [("value", "居家养老服务（示例）"), ("consent_on", "2014-06-01"), ("reason", "更正（示例）")];
    do_step(&world, &cast.own, &correction, &again).await;
    let page = check(&world, &cast.officer, case).await;
    assert!(page.contains("居家养老服务（示例）") && !page.contains("value=\"correct\""), "once: {page}");
    do_step(&world, &cast.officer, case, &[("step", "accept")]).await;
    let fields = [
        ("liquidated_on", "2014-06-05"),
        ("remainder", "nothing"),
        ("reason", "宗旨已经完成（示例）"),
        ("papers", cast.papers[1].as_str()),
    ];
    assert!(
        world.post_as(&cast.own, "/me/cancellation", &fields).await.text().contains("没有办结"),
        "the change is open"
    );
    do_step(&world, &cast.officer, case, &[("step", "fit"), ("opinion", "材料齐全（示例）")]).await;
    decide(&world, &cast.director, case, &[("step", "yes"), ("decision", "符合规定（示例）")]).await;
    do_step(&world, &cast.own, "/me/cancellation", &fields).await;
    do_step(&world, &cast.own, "/me/endings/e20140001", &[("step", "withdraw")]).await;
    assert!(check(&world, &cast.own, "/me/endings/e20140001").await.contains("已撤回"));
    assert!(check(&world, &cast.officer, "/desk/endings?state=settled").await.contains("已撤回"));
    do_step(&world, &cast.own, "/me/cancellation", &fields).await;
    let (case, own) = ("/desk/endings/e20140002", "/me/endings/e20140002");
    do_step(&world, &cast.officer, case, &[("step", "correct"), ("defects", "写明债务（示例）")]).await;
    let form = check(&world, &cast.own, &format!("{own}/correction")).await;
    assert!(form.contains("写明债务（示例）") && form.contains("宗旨已经完成（示例）"), "{form}");
    let again = [
        ("liquidated_on", "2014-06-05"),
        ("remainder", "nothing"),
        ("reason", "宗旨已经完成，债务已清偿（示例）"),
    ];
    do_step(&world, &cast.own, &format!("{own}/correction"), &again).await;
    assert!(check(&world, &cast.officer, case).await.contains("债务已清偿（示例）"));
}

#[tokio::test]
async fn a_revocation_is_proposed_told_answered_and_decided() {
    let world = World::new().await;
    let cast = cast(&world).await;
    assert!(world.city.clock.move_to(Moment::beijing("2014-06-10".parse().expect("a date"), 9, 0)));
    let propose = format!("/desk/endings/organisations/{}", cast.uscc);
    check(&world, &cast.officer, &propose).await;
    let bad = [("ground", "idle"), ("evidence", "走访记录（示例）")];
    assert_eq!(world.post_as(&cast.officer, &propose, &bad).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let good = [("ground", "certificate_lent"), ("evidence", "出借证书（示例）")];
    do_step(&world, &cast.officer, &propose, &good).await;
    let (case, own) = ("/desk/endings/e20140001", "/me/endings/e20140001");
    assert_eq!(world.get_as(&cast.own, own).await.status, StatusCode::NOT_FOUND, "not yet told");
    let list = check(&world, &cast.officer, "/desk").await;
    assert!(list.contains("open=send_revocation_notice%3Ae20140001") && !list.contains("id=\"pane\""));
    let open = "/desk?tab=own&open=send_revocation_notice%3Ae20140001";
    let pane = check(&world, &cast.officer, open).await;
    assert!(
        pane.contains("id=\"pane\"") && pane.contains("出借证书（示例）"),
        "the case stands beside the list"
    );
    assert!(pane.contains("2014年9月9日"), "ninety days, past the festival: {pane}");
    let unknown = check(&world, &cast.officer, "/desk?open=send_revocation_notice%3Ae20140009").await;
    assert!(!unknown.contains("id=\"pane\""));
    world.foresees(&cast.officer, case, &[("preview", "notice")], "事先告知书").await;
    do_step(&world, &cast.officer, case, &[("step", "notice")]).await;
    let (_, stranger) = world
        .reader(
            "stranger",
            Post { role: Role::OrganisationUser, scope: Scope::Organisation(OrganisationId(7)) },
        )
        .await;
    assert_eq!(world.get_as(&stranger, own).await.status, StatusCode::NOT_FOUND);
    assert!(check(&world, &cast.own, own).await.contains("提交答复"));
    do_step(&world, &cast.own, own, &[("statement_kind", "hearing"), ("statement", "要求听证（示例）")])
        .await;
    check(&world, &cast.officer, case).await;
    let heard = [("step", "hearing"), ("heard_on", "2014-06-10"), ("note", "已听取意见（示例）")];
    do_step(&world, &cast.officer, case, &heard).await;
    decide(&world, &cast.director, case, &[("step", "yes"), ("decision", "情形属实（示例）")]).await;
    let page = check(&world, &cast.own, own).await;
    read_documents(&world, &cast.own, &page).await;
    let figures = check(&world, &cast.director, "/desk/statistics").await;
    assert!(figures.contains("what=revocation") && figures.contains("late=no"), "{figures}");
    let rows = "/desk/endings?mine=yes&what=revocation&late=";
    assert!(check(&world, &cast.director, &format!("{rows}no")).await.contains("20140001"));
    assert!(!check(&world, &cast.director, &format!("{rows}yes")).await.contains("20140001"));
}

#[tokio::test]
async fn a_released_organisation_and_those_who_watch_see_the_last_day() {
    let world = World::new().await;
    let cast = cast(&world).await;
    let go = |day: &str| Moment::beijing(day.parse().expect("a date"), 9, 0);
    assert!(world.city.clock.move_to(go("2014-03-10")));
    let supervisor = Post { role: Role::Supervisor, scope: Scope::City };
    let (_, supervisor) = world.reader("watch", supervisor).await;
    let path = "/me/changes/release";
    let faulty = [("unit", ""), ("released_on", "2014-03-11"), ("release_reason", "来函（示例）")];
    let faulty = world.post_as(&cast.own, path, &faulty).await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(faulty.text().contains("unit-error") && faulty.text().contains("来函（示例）"));
    // The office to which the unit wrote may report it as well; here it does.
    let desk = format!("/desk/endings/organisations/{}", cast.uscc);
    let good = [("unit", "南京市示例局"), ("released_on", "2014-03-03"), ("release_reason", "来函（示例）")];
    do_step(&world, &cast.officer, &format!("{desk}/release"), &good).await;
    let again = world.post_as(&cast.own, path, &good).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(check(&world, &cast.own, "/me").await.contains("南京市示例局不再主管"));
    assert!(check(&world, &cast.own, "/me/changes").await.contains("2014年6月3日"));
    assert!(check(&world, &supervisor, "/desk/endings").await.contains("期限内"));
    assert!(world.city.clock.move_to(go("2014-06-10")));
    assert!(check(&world, &supervisor, "/desk/endings").await.contains("已逾期"));
    let late = check(&world, &supervisor, "/desk/late").await;
    assert!(late.contains("另找业务主管单位期限") && late.contains(&cast.uscc), "{late}");
    assert!(check(&world, &cast.own, "/me/changes").await.contains("应当清算并申请注销"));
}

#[tokio::test]
async fn a_charter_is_approved_with_its_own_document_and_lateness_is_explained() {
    let world = World::new().await;
    let cast = cast(&world).await;
    assert!(world.city.clock.move_to(Moment::beijing("2014-06-10".parse().expect("a date"), 9, 0)));
    let given = [("kind", "charter"), ("title", ""), ("valid_until", "")];
    world.upload_with(&cast.own, "/me/papers", &given, "章程.pdf", b"%PDF-1.7 x").await;
    let page = check(&world, &cast.own, "/me/changes?item=charter").await;
    let mut fields = vec![
        ("item", "charter"),
        ("value", "第十条增加一款（示例）"),
        ("consent_on", "2014-06-01"),
        ("reason", "会员大会决议（示例）"),
    ];
    let papers: Vec<&str> = page
        .match_indices("name=\"papers\" type=\"checkbox\" value=\"")
        .map(|(at, mark)| page[at + mark.len()..].split('"').next().unwrap_or_default())
        .collect();
    fields.extend(papers.iter().map(|paper| ("papers", *paper)));
    do_step(&world, &cast.own, "/me/changes", &fields).await;
    let case = "/desk/endings/c20140001";
    do_step(&world, &cast.officer, case, &[("step", "accept")]).await;
    checks_charter(&world, &cast, case).await;
    do_step(&world, &cast.officer, case, &[("step", "fit"), ("opinion", "材料齐全（示例）")]).await;
    decide(&world, &cast.director, case, &[("step", "yes"), ("decision", "符合规定（示例）")]).await;
    let page = check(&world, &cast.own, "/me/endings/c20140001").await;
    read_documents(&world, &cast.own, &page).await;
    // What was issued in one moment of the standing clock has no order.
    let codes = page.split("/documents/").skip(1).filter_map(|rest| rest.split('"').next());
    let mut approvals = 0;
    for code in codes {
        let sheet = world.get_as(&cast.own, &format!("/documents/{code}")).await.text();
        approvals += usize::from(sheet.contains("核准章程修改") && sheet.contains("第十条增加一款（示例）"));
    }
    assert_eq!(approvals, 1, "{page}");
    let mut fields = vec![
        ("liquidated_on", "2014-05-05"),
        ("remainder", "nothing"),
        ("recipient", ""),
        ("reason", "宗旨已经完成（示例）"),
        ("papers", cast.papers[1].as_str()),
    ];
    let late = world.post_as(&cast.own, "/me/cancellation", &fields).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.text().contains("late_why-error"), "{}", late.text());
    fields.push(("late_why", "账目交接延误（示例）"));
    do_step(&world, &cast.own, "/me/cancellation", &fields).await;
    let shown = check(&world, &cast.officer, "/desk/endings/e20140001").await;
    assert!(shown.contains("账目交接延误（示例）"), "{shown}");
}

/// The amended charter is compared with the law's list before the opinion is offered.
async fn checks_charter(world: &World, cast: &Cast, case: &str) {
    let page = check(world, &cast.officer, case).await;
    assert!(page.contains("尚未核对") && !page.contains("value=\"fit\""), "no opinion before that: {page}");
    let path = format!("{case}/charter");
    let page = check(world, &cast.officer, &path).await;
    let items: std::collections::BTreeSet<&str> =
        page.split("name=\"item-").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let bare = world.post_as(&cast.officer, &path, &[]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY, "every item is asked for");
    let names: Vec<String> = items.iter().map(|item| format!("item-{item}")).collect();
    let fields: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "yes")).collect();
    do_step(world, &cast.officer, &path, &fields).await;
    assert!(check(world, &cast.officer, case).await.contains("必备事项齐全"));
}
