//! The pages around the business, in both languages.

use app::open_data::feed;
use axum::http::StatusCode;
use domain::kernel::{Post, Role, Scope};
use evidence::Digest;
use evidence::receipt::Receipt;

use crate::planted;
use crate::support::{Reader, World};

const PAGES: [&str; 16] = [
    "/",
    "/about",
    "/help",
    "/open-data",
    "/accessibility",
    "/privacy",
    "/sitemap",
    "/verify",
    "/rules",
    "/rules?q=C26",
    "/rules/C26",
    "/rules/C36",
    "/rules/E12",
    "/rules/calendar/2014",
    "/contracts",
    "/api/docs",
];
/// Beginnings of message keys: a key that has no message would be shown as itself.
const KEYS: [&str; 14] = [
    "home-",
    "page-",
    "rules-",
    "rule-",
    "inbox-",
    "task-",
    "verify-",
    "sitemap-",
    "api-",
    "contracts-",
    "contract-",
    "tokens-",
    "news-",
    "shell-",
];

/// A page that speaks: no key shown, one main heading, nothing inline.
fn assert_page(path: &str, html: &str) {
    assert_eq!(html.matches("<h1").count(), 1, "{path}: one main heading");
    for banned in ["style=\"", "<style", "onclick", "javascript:"] {
        assert!(!html.contains(banned), "{path} has {banned}");
    }
    let texts = html.split('>').filter_map(|part| part.split('<').next());
    for text in texts.map(str::trim).filter(|text| !text.contains(' ')) {
        assert!(!KEYS.iter().any(|key| text.starts_with(key)), "{path} shows {text}");
    }
}

#[tokio::test]
async fn every_page_speaks_both_languages() {
    let world = World::new().await;
    planted::awarded(&world.city, 12, "awarded").await;
    for path in PAGES {
        for lang in ["", "/en"] {
            let there = format!("{lang}{path}");
            let there = if there == "/en/" { "/en".to_owned() } else { there };
            let answer = world.get(&there).await;
            assert_eq!(answer.status, StatusCode::OK, "{there}");
            assert_page(&there, &answer.text());
        }
    }
}

#[tokio::test]
async fn what_does_not_exist_is_not_found() {
    let world = World::new().await;
    for path in ["/rules/Z9", "/rules/calendar/1999", "/rules/calendar/x", "/contracts/none", "/nowhere"] {
        let status = world.get(path).await.status;
        assert!([StatusCode::NOT_FOUND, StatusCode::BAD_REQUEST].contains(&status), "{path}: {status}");
    }
}

#[tokio::test]
async fn each_kind_of_news_has_a_sentence() {
    let world = World::new().await;
    let mut kinds = Vec::new();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../app/src");
    sources(std::path::Path::new(folder), &mut |text| {
        for call in text.split(".announce(").skip(1) {
            if let Some(kind) = call.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next()) {
                kinds.push(kind.to_owned());
            }
        }
    });
    assert!(kinds.len() > 5, "the sources were read: {kinds:?}");
    for kind in kinds {
        let key = format!("news-{}", kind.replace(['.', '_'], "-"));
        assert!(web::i18n::has(&key), "no message {key}");
    }
    assert!(feed::latest(&world.city, 1).await.expect("read").is_empty());
}

fn sources(folder: &std::path::Path, look: &mut impl FnMut(&str)) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, look);
        } else {
            look(&std::fs::read_to_string(&path).expect("a source"));
        }
    }
}

#[tokio::test]
async fn the_desk_leads_each_role_to_its_own_place() {
    let world = World::new().await;
    let planted = planted::awarded(&world.city, 12, "awarded").await;
    for (login, post, expected) in [
        ("an-expert", Post { role: Role::Expert, scope: Scope::City }, "/expert"),
        (
            "a-user",
            Post { role: Role::OrganisationUser, scope: Scope::Organisation(planted.organisation) },
            "/me",
        ),
        ("an-admin", Post { role: Role::Administrator, scope: Scope::City }, "/desk/people"),
    ] {
        let (_, reader) = world.reader(login, post).await;
        assert_eq!(world.get_as(&reader, "/desk").await.location, expected, "{login}");
    }
    let staff = world.demo_reader("staff").await;
    for path in ["/desk", "/en/desk", "/desk?tab=others", "/desk?tab=overdue"] {
        let answer = world.get_as(&staff, path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_page(path, &answer.text());
    }
    assert!(world.get_as(&staff, "/desk").await.text().contains("NJGZ-2014-001"));
    assert_eq!(world.get_as(&Reader::default(), "/desk").await.location, "/sign-in?back=/desk");
}

#[tokio::test]
async fn verification_reads_receipts_digests_and_public_numbers() {
    let world = World::new().await;
    planted::awarded(&world.city, 12, "awarded").await;
    let receipt = Receipt {
        tender: "NJGZ-2014-001".to_owned(),
        bid: "B-7".to_owned(),
        version: 1,
        package: Digest::of(b"package"),
        bytes: 7,
        received: "2014-02-20T16:59:59.123456+08:00".to_owned(),
        deadline: "2014-02-21T09:00:00.000000+08:00".to_owned(),
    };
    let digest = receipt.digest().hex();
    let altered = receipt.text().replace("version 1", "version 01");
    for (typed, expected) in [
        (receipt.text(), digest.as_str()),
        (digest.clone(), "SHA-256"),
        ("NJGZ-2014-001".to_owned(), "/tenders/NJGZ-2014-001"),
        (altered, "没有认出"),
        ("NJGZ-HT-2014-001".to_owned(), "没有认出"),
        ("<script>alert(1)</script>".to_owned(), "没有认出"),
    ] {
        let answer = world.upload_as(&Reader::default(), "/verify", "receipt.txt", typed.as_bytes()).await;
        assert_eq!(answer.status, StatusCode::OK);
        let page = answer.text();
        assert!(page.contains(expected), "{typed}: {expected}");
        assert!(!page.contains("<script>alert"), "what was typed is shown, not run");
    }
}

#[tokio::test]
async fn a_token_is_shown_once_and_only_once() {
    let world = World::new().await;
    planted::awarded(&world.city, 12, "awarded").await;
    let organisation: (domain::kernel::OrganisationId,) =
        world.city.db.one("SELECT id FROM organisation", &[]).await.expect("an organisation");
    let post = Post { role: Role::OrganisationUser, scope: Scope::Organisation(organisation.0) };
    let (_, reader) = world.reader("bidder", post).await;
    let fields = [("label", "投标程序"), ("request_key", "k1")];
    let made = world.post_as(&reader, "/me/tokens", &fields).await.text();
    let token =
        made.split("<code>").nth(1).and_then(|rest| rest.split('<').next()).expect("a token").to_owned();
    assert!(app::access::sessions::find_api(&world.city, &token).await.expect("read").is_some());
    let again = world.post_as(&reader, "/me/tokens", &fields).await.text();
    assert!(!again.contains("<code>"), "the same form makes no second token");
    let listed = world.get_as(&reader, "/me/tokens").await.text();
    assert!(listed.contains("投标程序") && !listed.contains(&token));
    let unnamed = world.post_as(&reader, "/me/tokens", &[("label", ""), ("request_key", "k2")]).await;
    assert_eq!(unnamed.status, StatusCode::UNPROCESSABLE_ENTITY);
}
