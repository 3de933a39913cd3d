//! The administrator's desk of one person, page by page, and the password that must be changed first.

use app::access::offices::AddOffice;
use app::{RequestKey, journal};
use axum::http::StatusCode;
use domain::kernel::{Actor, PersonId, Post, Role, Scope};

use crate::support::{PASSWORD, Reader, World};

const CITY: Scope = Scope::City;

async fn administrator(world: &World, login: &str) -> Reader {
    world.reader(login, Post { role: Role::Administrator, scope: CITY }).await.1
}

fn desk(person: PersonId) -> String {
    format!("/desk/people/{}", person.0)
}

async fn send(world: &World, reader: &Reader, path: &str, fields: &[(&str, &str)]) -> String {
    let answer = world.post_as(reader, path, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.text());
    answer.location
}

async fn refused(world: &World, reader: &Reader, path: &str, fields: &[(&str, &str)], sentence: &str) {
    let answer = world.post_as(reader, path, fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {}", answer.text());
    let text = answer.text();
    assert!(text.contains(sentence) && text.contains("govuk-error-message"), "{sentence}: {text}");
}

#[tokio::test]
async fn a_post_ends_and_its_holder_is_out_at_once() {
    let world = World::new().await;
    let admin = administrator(&world, "admin").await;
    let (clerk, reader) = world.reader("clerk", Post { role: Role::Finance, scope: CITY }).await;
    let page = world.check_page(&admin, &desk(clerk)).await;
    let id =
        page.split("name=\"post\" type=\"radio\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let post = id.expect("a post to end");
    let end = |post, day, key| [("act", "end"), ("post", post), ("last_day", day), ("request_key", key)];
    refused(&world, &admin, &desk(clerk), &end("", "", "a"), "选择").await;
    refused(&world, &admin, &desk(clerk), &end(post, "2013-12-31", "b"), "最后一天不能早于今天").await;
    refused(&world, &admin, &desk(clerk), &end(post, "some day", "c"), "last_day").await;
    assert_eq!(world.get_as(&reader, "/desk").await.status, StatusCode::OK);
    send(&world, &admin, &desk(clerk), &end(post, "", "d")).await;
    send(&world, &admin, &desk(clerk), &end(post, "", "d")).await;
    assert_eq!(world.get_as(&reader, "/desk").await.location, "/sign-in?back=/desk");
    let page = world.check_page(&admin, &desk(clerk)).await;
    assert!(page.contains("曾任岗位") && !page.contains("终止哪个岗位"));
    assert_eq!(journal::verify(&world.city.db).await.expect("verified"), vec![]);
}

#[tokio::test]
async fn an_account_closes_and_opens_and_a_directors_does_not() {
    let world = World::new().await;
    let admin = administrator(&world, "admin").await;
    let (clerk, reader) = world.reader("clerk", Post { role: Role::Finance, scope: CITY }).await;
    let act = |act, key| [("act", act), ("request_key", key)];
    send(&world, &admin, &desk(clerk), &act("close", "a")).await;
    assert_eq!(world.get_as(&reader, "/desk").await.location, "/sign-in?back=/desk");
    assert!(world.check_page(&admin, "/desk/people").await.contains("已停用"));
    refused(&world, &admin, &desk(clerk), &act("reset", "b"), "请先恢复再设置密码").await;
    send(&world, &admin, &desk(clerk), &act("open", "c")).await;
    world.sign_in("clerk").await;
    let office = AddOffice {
        code: "fushi".into(),
        name: "福事处".into(),
        name_en: "Welfare".into(),
        duties: "福利".into(),
    };
    world.city.act(&Actor::SYSTEM, &RequestKey::None, &office).await.expect("an office");
    let appoint = [("login", "clerk"), ("request_key", "d")];
    send(&world, &admin, "/desk/people/offices/fushi", &appoint).await;
    let page = world.check_page(&admin, &desk(clerk)).await;
    assert!(page.contains("/desk/people/offices/fushi"), "the office is handed over on its own page");
    let answer = world.post_as(&admin, &desk(clerk), &act("close", "e")).await;
    assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.text().contains("请先任命继任处长"));
    let (own, _) = world.reader("second", Post { role: Role::Administrator, scope: CITY }).await;
    let second = world.sign_in("second").await;
    refused(&world, &second, &desk(own), &act("close", "f"), "请由另一名管理员办理").await;
}

#[tokio::test]
async fn a_one_time_password_is_shown_once_and_opens_one_page_alone() {
    let world = World::new().await;
    let admin = administrator(&world, "admin").await;
    let (clerk, reader) = world.reader("clerk", Post { role: Role::Finance, scope: CITY }).await;
    let answer = world.post_as(&admin, &desk(clerk), &[("act", "reset"), ("request_key", "a")]).await;
    assert_eq!(answer.status, StatusCode::OK);
    let page = answer.text();
    let once = page.split("<code>").nth(1).and_then(|rest| rest.split('<').next()).expect("a password");
    assert!(!world.get_as(&admin, &desk(clerk)).await.text().contains(once), "shown once");
    assert_eq!(world.get_as(&reader, "/desk").await.location, "/sign-in?back=/desk");
    let old = [("login", "clerk"), ("password", PASSWORD)];
    refused(&world, &Reader::default(), "/sign-in", &old, "登录名或密码不正确").await;
    let held = world.sign_in_with("clerk", once).await;
    for path in ["/desk", "/", "/tenders", "/me"] {
        let answer = world.get_as(&held, path).await;
        assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/password/change"));
    }
    assert!(world.check_page(&held, "/password/change").await.contains("由管理员设置"));
    let post = world.post_as(&held, "/post", &[("post", "1")]).await;
    assert_eq!(post.location, "/password/change", "no form is open either");
    let new = "another sentence of mine";
    let typed = |old, new, again| [("password", old), ("new_password", new), ("again", again)];
    let change = "/password/change";
    refused(&world, &held, change, &typed(once, "short", "short"), "15 至 200").await;
    refused(&world, &held, change, &typed(once, new, "else"), "不一致").await;
    refused(&world, &held, change, &typed(once, once, once), "与原密码相同").await;
    refused(&world, &held, change, &typed("wrong", new, new), "登录名或密码不正确").await;
    let there = send(&world, &held, change, &typed(once, new, new)).await;
    assert_eq!(there, "/desk?done=password-changed");
    assert_eq!(world.get_as(&held, "/desk").await.status, StatusCode::OK);
    world.check_page(&held, "/password/change").await;
    world.sign_in_with("clerk", new).await;
    let own = world.post_as(&admin, "/desk/people/7", &[("act", "reset")]).await;
    assert_eq!(own.status, StatusCode::NOT_FOUND, "nobody's account");
    assert_eq!(journal::verify(&world.city.db).await.expect("verified"), vec![]);
}
