//! Public fundraising at the doors, in both languages: before the law, applying, correcting, deciding, the public.

use app::RequestKey;
use app::papers::GivePaper;
use app::registry::{OrganisationForm, RegisterOrganisation, profile};
use app::uploads::StoredFile;
use axum::http::StatusCode;
use domain::kernel::{Actor, Coded, CreditCode, Moment, Post, Role, Scope};
use domain::registry::PaperKind;
use domain::registry::fundraising::Condition;

use crate::support::{Reader, World};

struct Cast {
    officer: Reader,
    director: Reader,
    own: Reader,
    uscc: String,
    papers: [String; 2],
}

fn form() -> OrganisationForm {
    let code = CreditCode::derive('5', '2', "320104", "XX900001").expect("a code");
    OrganisationForm {
        code: code.as_str().into(),
        name: "南京市秦淮区示例慈善服务中心（示例）".into(),
        kind: "social_service_institution".into(),
        legal: "registered".into(),
        division: "320104002".into(),
        fields: "elderly_care".into(),
        domicile: "南京市秦淮区示例路1号".into(),
        // Younger than two years on the days of the stories, so that no grade is asked for.
        registered_on: "2025-03-05".into(),
        ..OrganisationForm::default()
    }
}

fn at(day: &str) -> Moment {
    Moment::beijing(day.parse().expect("a date"), 9, 0)
}

async fn cast(world: &World, day: &str) -> Cast {
    assert!(world.city.clock.move_to(at("2026-09-01")));
    let post = |role| Post { role, scope: Scope::City };
    let (_, officer) = world.reader("officer", post(Role::ApprovalOfficer)).await;
    let (_, director) = world.reader("chief", post(Role::ApprovalDirector)).await;
    let act = RegisterOrganisation { form: form() };
    let id = world.city.act(&Actor::SYSTEM, &RequestKey::None, &act).await.expect("entered");
    let post = Post { role: Role::OrganisationUser, scope: Scope::Organisation(id) };
    let (person, own) = world.reader("own", post).await;
    let actor = Actor::new(person, post.role, post.scope);
    let mut papers = Vec::new();
    for kind in [PaperKind::Minutes, PaperKind::AuditReport] {
        let file = StoredFile::store(&world.city, "B39", "paper.pdf", b"%PDF-1.7 report").expect("a file");
        let give = GivePaper { kind, title: String::new(), file, valid_until: None, on_behalf_of: None };
        let paper = world.city.act(&actor, &RequestKey::None, &give).await.expect("given");
        papers.push(paper.0.to_string());
    }
    let uscc = profile::organisation_by_id(&world.city, id).await.expect("held").uscc;
    crate::charity::charity_since(&world.city, id, "2025-09-01").await;
    assert!(world.city.clock.move_to(at(day)));
    Cast { officer, director, own, uscc, papers: papers.try_into().expect("two") }
}

/// A page in both languages without a key that no message file has.
async fn check(world: &World, reader: &Reader, path: &str) -> String {
    let chinese = world.check_page(reader, path).await;
    let english = world.get_as(reader, &format!("/en{path}")).await.text();
    for page in [&chinese, &english] {
        for mark in
            ["fundraising-", "finding-", "refusal-", "document-", "desk-", "task-", "ending-", "rule-"]
        {
            let shown = page.split(['>', '<']).find(|text| text.trim().starts_with(mark));
            assert_eq!(shown, None, "{path} shows a key");
        }
    }
    chinese
}

async fn do_step(world: &World, reader: &Reader, path: &str, fields: &[(&str, &str)]) -> String {
    let answer = world.post_as(reader, path, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path} {fields:?}: {}", answer.text());
    assert!(!answer.location.starts_with("/password"), "{path} asks for the password");
    answer.location
}

/// A decision wants the password once more.
async fn decide(world: &World, director: &Reader, path: &str, fields: &[(&str, &str)]) {
    let answer = world.post_as(director, path, fields).await;
    if answer.location.starts_with("/password") {
        let password = [("password", crate::support::PASSWORD), ("back", path)];
        assert_eq!(world.post_as(director, "/password", &password).await.status, StatusCode::SEE_OTHER);
        do_step(world, director, path, fields).await;
    }
}

/// The form with every condition explained.
fn filled(cast: &Cast) -> Vec<(String, String)> {
    let mut fields = vec![
        ("way".to_owned(), "application".to_owned()),
        ("papers".to_owned(), cast.papers[0].clone()),
        ("papers".to_owned(), cast.papers[1].clone()),
        ("promise".to_owned(), "yes".to_owned()),
    ];
    for condition in Condition::ALL {
        fields.push((format!("met_{}", condition.code()), "yes".to_owned()));
        fields.push((format!("says_{}", condition.code()), format!("示例说明{}", condition.code())));
    }
    fields
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

fn checks(unmet: &str) -> Vec<(String, String)> {
    let mut fields =
        vec![("step".to_owned(), "review".to_owned()), ("opinion".to_owned(), "逐项核对（示例）".to_owned())];
    for condition in Condition::ALL {
        let is_unmet = condition.code() == unmet;
        let found = if is_unmet { "no" } else { "yes" };
        fields.push((format!("found_{}", condition.code()), found.to_owned()));
        let note = if is_unmet { "没有执行（示例）" } else { "" };
        fields.push((format!("finding_{}", condition.code()), note.to_owned()));
    }
    fields
}

#[tokio::test]
async fn a_charity_applies_corrects_is_granted_and_everyone_can_see_it() {
    let world = World::new().await;
    let cast = cast(&world, "2026-09-02").await;
    let page = check(&world, &cast.own, "/me/fundraising").await;
    assert!(page.contains("name=\"met_governance\"") && page.contains("第5条第（1）项"), "{page}");
    assert!(check(&world, &cast.own, "/me").await.contains("/me/fundraising"), "the card leads there");
    // Everything that is missing is told at once, and nothing typed is lost.
    let bare = [("way", "application"), ("met_tax", "yes"), ("says_governance", "有理事会（示例）")];
    let faulty = world.post_as(&cast.own, "/me/fundraising", &bare).await;
    let page = faulty.text();
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.matches("href=\"#met_").count(), 7, "{page}");
    assert_eq!(page.matches("href=\"#says_").count(), 7);
    for said in ["缺少“审计报告”", "缺少“会议纪要”", "请勾选书面承诺", "有理事会（示例）"]
    {
        assert!(page.contains(said), "{said}");
    }
    let there = do_step(&world, &cast.own, "/me/fundraising", &borrowed(&filled(&cast))).await;
    assert!(there.starts_with("/me/fundraising/20260001?"), "{there}");
    let (own, desk) = ("/me/fundraising/20260001", "/desk/fundraising/20260001");
    assert!(check(&world, &cast.own, "/me/fundraising").await.contains("已有申请正在办理"));
    assert!(check(&world, &cast.officer, "/desk/fundraising").await.contains("20260001"));
    assert!(check(&world, &cast.officer, "/desk").await.contains(desk), "it is in the inbox");
    check(&world, &cast.officer, desk).await;
    let empty = world.post_as(&cast.officer, desk, &[("step", "correct"), ("defects", "")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let defects = [("step", "correct"), ("defects", "补充专项信息（示例）")];
    do_step(&world, &cast.officer, desk, &defects).await;
    assert!(check(&world, &cast.own, "/me").await.contains(own), "the correction is the next step");
    let page = check(&world, &cast.own, own).await;
    assert!(page.contains("补充专项信息（示例）") && page.contains("示例说明tax"), "the form is as it was");
    let again = [filled(&cast), vec![("step".to_owned(), "resubmit".to_owned())]].concat();
    do_step(&world, &cast.own, own, &borrowed(&again)).await;
    do_step(&world, &cast.officer, desk, &[("step", "accept")]).await;
    let faulty = world.post_as(&cast.officer, desk, &[("step", "review"), ("opinion", "示例")]).await;
    assert_eq!(faulty.text().matches("href=\"#found_").count(), 8, "every condition is asked for");
    do_step(&world, &cast.officer, desk, &borrowed(&checks(""))).await;
    check(&world, &cast.director, desk).await;
    let seen = [("preview", "grant"), ("decision", "各项条件均符合（示例）")];
    world.foresees(&cast.director, desk, &seen, "预览").await;
    let grant = [("step", "grant"), ("decision", "各项条件均符合（示例）")];
    decide(&world, &cast.director, desk, &grant).await;
    let page = check(&world, &cast.own, own).await;
    for link in page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        if link.starts_with("/documents/") {
            check(&world, &cast.own, link).await;
        }
    }
    let page = check(&world, &cast.own, "/me/fundraising").await;
    assert!(page.contains("宁民募〔2026〕0001号"), "{page}");
    public_pages(&world, &cast).await;
}

/// What everyone sees of a certificate.
async fn public_pages(world: &World, cast: &Cast) {
    let nobody = Reader::default();
    let page = check(world, &nobody, &format!("/orgs/{}", cast.uscc)).await;
    assert!(page.contains("可以面向公众募捐") && page.contains("宁民募〔2026〕0001号"), "{page}");
    let verify = page.split("href=\"").find(|rest| rest.starts_with("/verify/")).expect("a link");
    let verify = verify.split('"').next().expect("its end").to_owned();
    assert!(check(world, &nobody, &verify).await.contains("现行有效"));
    assert!(check(world, &nobody, "/orgs?fundraising=yes").await.contains("示例慈善服务中心"));
    let api = world.get(&format!("/api/v1/organisations/{}", cast.uscc)).await.text();
    assert!(api.contains("\"fundraising_certificate\":\"宁民募〔2026〕0001号\""), "{api}");
    let json = world.get(&format!("/orgs/{}/record.json", cast.uscc)).await.text();
    assert!(json.contains("宁民募〔2026〕0001号"));
    check(world, &nobody, "/services/fundraising").await;
}

#[tokio::test]
async fn a_denial_tells_its_grounds_and_a_revoked_certificate_is_gone() {
    let world = World::new().await;
    let cast = cast(&world, "2026-09-02").await;
    let apply = filled(&cast);
    do_step(&world, &cast.own, "/me/fundraising", &borrowed(&apply)).await;
    let desk = "/desk/fundraising/20260001";
    do_step(&world, &cast.officer, desk, &[("step", "accept")]).await;
    do_step(&world, &cast.officer, desk, &borrowed(&checks("staff"))).await;
    let grant = [("step", "grant"), ("decision", "符合（示例）")];
    let password = [("password", crate::support::PASSWORD), ("back", desk)];
    assert!(world.post_as(&cast.director, desk, &grant).await.location.starts_with("/password"));
    world.post_as(&cast.director, "/password", &password).await;
    let refused = world.post_as(&cast.director, desk, &grant).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("经核对不符合，不能发证") && refused.text().contains("符合（示例）"));
    let deny = [("step", "deny"), ("decision", "秘书长不是专职（示例）"), ("ground", "tax")];
    decide(&world, &cast.director, desk, &deny).await;
    let page = check(&world, &cast.own, "/me/fundraising/20260001").await;
    let denial =
        page.split("href=\"/documents/").skip(1).find(|rest| rest.contains("宁民不募")).expect("one");
    let code = denial.split('"').next().expect("its end");
    let page = check(&world, &cast.own, &format!("/documents/{code}")).await;
    for said in ["秘书长为专职", "依法办理税务登记", "60日内", "6个月内", "/rules/B39"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert_eq!(world.get(&format!("/documents/{code}")).await.status, StatusCode::NOT_FOUND);
    do_step(&world, &cast.own, "/me/fundraising", &borrowed(&apply)).await;
    let desk = "/desk/fundraising/20260002";
    do_step(&world, &cast.officer, desk, &[("step", "accept")]).await;
    do_step(&world, &cast.officer, desk, &borrowed(&checks(""))).await;
    decide(&world, &cast.director, desk, &grant).await;
    let penalty =
        [("step", "penalty"), ("penalty_number", ""), ("penalty_on", "明天"), ("penalty_reason", "示例")];
    assert_eq!(world.post_as(&cast.officer, desk, &penalty).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let penalty = [
        ("step", "penalty"),
        ("penalty_number", "示例罚决1号"),
        ("penalty_on", "2026-09-02"),
        ("penalty_reason", "违规募捐（示例）"),
    ];
    do_step(&world, &cast.officer, desk, &penalty).await;
    check(&world, &cast.director, desk).await;
    decide(&world, &cast.director, desk, &[("step", "revoke")]).await;
    let page = check(&world, &Reader::default(), &format!("/orgs/{}", cast.uscc)).await;
    assert!(!page.contains("可以面向公众募捐"));
    assert!(check(&world, &cast.own, "/me/fundraising").await.contains("没有被吊销公开募捐资格证书"));
    check(&world, &cast.director, "/desk/fundraising?state=settled").await;
}

#[tokio::test]
async fn before_the_law_the_page_says_so_and_strangers_see_nothing() {
    let world = World::new().await;
    let cast = cast(&world, "2026-09-02").await;
    do_step(&world, &cast.own, "/me/fundraising", &borrowed(&filled(&cast))).await;
    let mut other = form();
    other.code = CreditCode::derive('5', '2', "320104", "XX900002").expect("a code").as_str().into();
    other.name = "南京市秦淮区另一示例中心（示例）".into();
    let act = RegisterOrganisation { form: other };
    let id = world.city.act(&Actor::SYSTEM, &RequestKey::None, &act).await.expect("entered");
    let post = Post { role: Role::OrganisationUser, scope: Scope::Organisation(id) };
    let (_, stranger) = world.reader("stranger", post).await;
    let path = "/me/fundraising/20260001";
    assert_eq!(world.get_as(&stranger, path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.post_as(&stranger, path, &[("step", "withdraw")]).await.status, StatusCode::NOT_FOUND);
    let world = World::new().await;
    let post = Post { role: Role::OrganisationUser, scope: Scope::City };
    let act =
        RegisterOrganisation { form: OrganisationForm { registered_on: "2010-03-05".into(), ..form() } };
    let id = world.city.act(&Actor::SYSTEM, &RequestKey::None, &act).await.expect("entered");
    let (_, own) = world.reader("own", Post { scope: Scope::Organisation(id), ..post }).await;
    let page = check(&world, &own, "/me/fundraising").await;
    assert!(page.contains("2016年9月1日") && page.contains("/rules/B39"), "{page}");
    assert!(!page.contains("name=\"met_governance\""), "there is nothing to fill in");
    let guide = world.get("/services/fundraising").await.text();
    assert!(!guide.contains(">0 年<"), "no bar is told as one of no years");
    let answer = world.post_as(&own, "/me/fundraising", &[("way", "application")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("慈善法自2016年9月1日起施行"), "{}", answer.text());
}
