//! The form of a change: each item asks its own, all faults of a field stand beside it, an identity number is asked and
//! never shown (B5, B7, B8, B16).

use app::RequestKey;
use app::registry::{OrganisationForm, RegisterOrganisation};
use axum::http::StatusCode;
use domain::kernel::{Actor, CreditCode, Moment, OrganisationId, Post, Role, Scope};

use crate::ending::{Cast, cast, check, do_step, form};
use crate::support::{Reader, World};

const NUMBER: &str = "320105197003050031";

async fn world() -> (World, Cast) {
    let world = World::new().await;
    let cast = cast(&world).await;
    assert!(world.city.clock.move_to(Moment::beijing("2014-06-10".parse().expect("a date"), 9, 0)));
    (world, cast)
}

/// Another organisation of the register.
async fn other(world: &World, digit: char, kind: &str, name: &str) -> OrganisationId {
    let code = CreditCode::derive('5', digit, "320104", "XX900031").expect("a code");
    let form =
        OrganisationForm { code: code.as_str().into(), name: name.into(), kind: kind.into(), ..form() };
    world.city.act(&Actor::SYSTEM, &RequestKey::None, &RegisterOrganisation { form }).await.expect("entered")
}

/// What stands beside a field.
fn beside(page: &str, field: &str) -> String {
    let mark = format!("id=\"{field}-error\"");
    let rest = page.split(&mark).nth(1).and_then(|rest| rest.split('>').nth(1));
    rest.and_then(|rest| rest.split('<').next()).unwrap_or_default().to_owned()
}

/// The fields that a page asks.
fn asks(page: &str, fields: &[&str]) -> Vec<bool> {
    fields.iter().map(|field| page.contains(&format!("name=\"{field}\""))).collect()
}

#[tokio::test]
async fn each_item_asks_its_own_and_each_kind_has_its_items() {
    let (world, cast) = world().await;
    let page = check(&world, &cast.own, "/me/changes").await;
    assert!(page.contains("/me/changes?item=aim#ask") && !page.contains("?item=area"), "{page}");
    let fields =
        ["value", "division", "name_reason", "personal_name", "identity", "leads_other", "lost_rights"];
    for (item, expected) in [
        ("aim", [true, false, false, false, false, false, false]),
        ("domicile", [true, true, false, false, false, false, false]),
        ("name", [true, false, true, true, false, false, false]),
        // The head of an institution may lead others, so nobody asks.
        ("legal_representative", [true, false, false, false, true, false, true]),
        ("area", [false; 7]),
        ("nothing", [false; 7]),
    ] {
        let page = check(&world, &cast.own, &format!("/me/changes?item={item}")).await;
        assert_eq!(asks(&page, &fields), expected, "{item}");
    }
    let id = other(&world, '1', "social_association", "南京市秦淮区示例书法研究会").await;
    let post = Post { role: Role::OrganisationUser, scope: Scope::Organisation(id) };
    let (_, scribe) = world.reader("scribe", post).await;
    let page = check(&world, &scribe, "/me/changes?item=area").await;
    assert!(page.contains("<option value=\"南京市秦淮区\"") && !page.contains("江苏省"), "{page}");
    let page = check(&world, &scribe, "/me/changes?item=legal_representative").await;
    assert_eq!(asks(&page, &["identity", "leads_other", "state_officer"]), [true, true, false]);
    let told = "任何页面都不显示号码";
    assert!(page.contains(told), "why the number is asked");
    // Whatever is sent, no wider area is taken.
    let wide = [("item", "area"), ("value", "江苏省"), ("consent_on", "2014-06-01"), ("reason", "扩大")];
    let page = world.post_as(&scribe, "/me/changes", &wide).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(beside(&page.text(), "value").contains("管辖区域"), "{}", page.text());
}

#[tokio::test]
async fn every_fault_of_a_field_stands_beside_it_and_the_number_is_shown_nowhere() {
    let (world, cast) = world().await;
    let mut fields = vec![
        ("item", "legal_representative"),
        ("value", "李四（示例）"),
        ("identity", NUMBER),
        ("lost_rights", "no"),
        ("consent_on", "2014-06-01"),
        ("reason", "换届（示例）"),
    ];
    let page = world.post_as(&cast.own, "/me/changes", &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let said = beside(&page.text(), "papers");
    assert!(said.contains("会议纪要") && said.contains("审计报告") && said.contains('\n'), "{said}");
    let given = [("kind", "audit_report"), ("title", ""), ("valid_until", "")];
    world.upload_with(&cast.own, "/me/papers", &given, "审计报告.pdf", b"%PDF-1.7 x").await;
    let page = check(&world, &cast.own, "/me/changes?item=legal_representative").await;
    let papers: Vec<String> = page
        .split("name=\"papers\" type=\"checkbox\" value=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next().map(str::to_owned))
        .collect();
    fields.extend(papers.iter().map(|paper| ("papers", paper.as_str())));
    do_step(&world, &cast.own, "/me/changes", &fields).await;
    for (reader, path) in [
        (&cast.own, "/me/endings/c20140001"),
        (&cast.officer, "/desk/endings/c20140001"),
        (&cast.director, "/desk/endings/c20140001"),
        (&cast.own, "/me/changes"),
    ] {
        let page = check(&world, reader, path).await;
        assert!(!page.contains(NUMBER), "{path} shows the number");
    }
    let page = check(&world, &cast.officer, "/desk/endings/c20140001").await;
    assert!(page.contains("只保存核对用的摘要") && page.contains("未受剥夺政治权利处罚"), "{page}");
}

#[tokio::test]
async fn a_near_name_and_a_persons_name_are_asked_for_their_reasons() {
    let (world, cast) = world().await;
    other(&world, '2', "social_service_institution", "南京市秦淮区夕照居家养老服务中心").await;
    let mut fields = vec![
        ("item", "name"),
        ("value", "南京市秦淮区夕照社区居家养老服务中心"),
        ("personal_name", "yes"),
        ("consent_on", "2014-06-01"),
        ("reason", "更名（示例）"),
        ("papers", cast.papers[0].as_str()),
    ];
    let page = world.post_as(&cast.own, "/me/changes", &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = page.text();
    let said = beside(&page, "name_reason");
    assert!(said.contains("南京市秦淮区夕照居家养老服务中心") && said.contains("75"), "{said}");
    for field in ["personal_name_of", "personal_name_ground"] {
        assert!(!beside(&page, field).is_empty(), "{field}");
    }
    assert!(page.contains("更名（示例）"), "what was typed is there");
    fields.extend([
        ("name_reason", "服务社区全体居民，不限于居家老人（示例）"),
        ("personal_name_of", "夕照（示例）"),
        ("personal_name_ground", "consent"),
    ]);
    do_step(&world, &cast.own, "/me/changes", &fields).await;
    let page = check(&world, &cast.officer, "/desk/endings/c20140001").await;
    for said in ["相似度", "夕照（示例）", "本人同意", "服务社区全体居民"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let visitor = Reader::default();
    assert_ne!(world.get_as(&visitor, "/desk/endings/c20140001").await.status, StatusCode::OK);
}
