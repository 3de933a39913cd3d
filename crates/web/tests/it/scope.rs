//! Scope: whoever may come to an address still finds nothing there that belongs to another office, another
//! organisation or another committee.

use app::RequestKey;
use app::access::offices::AddOffice;
use axum::http::StatusCode;
use domain::kernel::{Actor, Coded, OrganisationId, Post, Role, Scope};

use crate::planted;
use crate::support::{Reader, World};

const TENDER: &str = "NJGZ-2014-001";
const CONTRACT: &str = "NJGZ-HT-2014-001";

/// One reader for each role that has a scope, each in a scope that nothing of the planted tender touches.
async fn strangers(world: &World, own: OrganisationId) -> Vec<(Role, Reader)> {
    let office = AddOffice {
        code: "other".into(),
        name: "另一处".into(),
        name_en: "Another".into(),
        duties: "其他".into(),
    };
    let office = world.city.act(&Actor::SYSTEM, &RequestKey::None, &office).await.expect("an office");
    let forms = app::registry::specimen::invented(1, 5);
    app::registry::load_many(&world.city, &Actor::SYSTEM, &forms, &|_| {}).await.expect("loaded");
    let sql = "SELECT id FROM organisation WHERE id <> $1";
    let (organisation,): (OrganisationId,) =
        world.city.db.one(sql, app::args![own]).await.expect("an organisation");
    let mut readers = Vec::new();
    for (role, scope) in [
        (Role::OfficeStaff, Scope::Office(office)),
        (Role::OfficeDirector, Scope::Office(office)),
        (Role::OrganisationUser, Scope::Organisation(organisation)),
        (Role::Expert, Scope::City),
    ] {
        let login = format!("strange-{}", role.code().replace('_', "-"));
        readers.push((role, world.reader(&login, Post { role, scope }).await.1));
    }
    readers
}

/// The address of the planted thing; `None` for addresses that are not about one tender or contract, and for
/// the bid desk, where every organisation may bid.
fn address(path: &str) -> Option<String> {
    if !path.contains("{no}") || path.starts_with("/tenders/") {
        return None;
    }
    let number = if path.contains("/contracts/") { CONTRACT } else { TENDER };
    Some(
        path.replace("{no}", number)
            .replace("{alias}", "A")
            .replace("{place}", "1")
            .replace("{id}", "1")
            .replace("{photo}", "1")
            .replace("{milestone}", "1"),
    )
}

#[tokio::test]
async fn nobody_finds_what_belongs_to_others() {
    let world = World::new().await;
    let p = planted::awarded(&world.city, 12, "awarded").await;
    let staff = world.demo_reader("staff").await;
    let tender = p.tender.0.to_string();
    let draft = [("tender", tender.as_str()), ("request_key", "d")];
    let drafted = world.post_as(&staff, "/desk/contracts", &draft).await;
    assert!(drafted.location.contains(CONTRACT), "{}", drafted.text());
    let strangers = strangers(&world, p.organisation).await;
    let mut asked = 0;
    for route in web::routes::all() {
        let Some(path) = address(route.path) else { continue };
        for (role, reader) in strangers.iter().filter(|(role, _)| route.access.admits(*role, true)) {
            asked += 1;
            for answer in [world.get_as(reader, &path).await, world.post_as(reader, &path, &[]).await] {
                let status = answer.status;
                let is_absent = [StatusCode::NOT_FOUND, StatusCode::METHOD_NOT_ALLOWED].contains(&status);
                assert!(is_absent, "{path} as {role:?}: {status} {} {}", answer.location, answer.text());
            }
        }
    }
    assert!(asked > 40, "{asked} addresses with a scope");
    let foreign = world.post_as(&strangers[0].1, "/desk/contracts", &draft).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND, "a contract of another office's tender");
}

#[tokio::test]
async fn discipline_reads_every_desk_and_writes_on_none() {
    let world = World::new().await;
    planted::awarded(&world.city, 12, "awarded").await;
    let post = Post { role: Role::Supervisor, scope: Scope::City };
    let (_, reader) = world.reader("discipline", post).await;
    for page in ["", "/requirement", "/check", "/questions", "/opening", "/panel", "/sessions"] {
        let path = format!("/desk/tenders/{TENDER}{page}");
        assert_eq!(world.get_as(&reader, &path).await.status, StatusCode::OK, "{path}");
    }
    for page in
        ["requirement", "scoring", "check", "publish", "questions", "qualification", "panel", "result"]
    {
        let path = format!("/desk/tenders/{TENDER}/{page}");
        let answer = world.post_as(&reader, &path, &[("act", "decide")]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
}
