//! The way in as browsers meet it: an applicant's account, the application that grows out of a filing, and
//! forms that speak before they are sent.

use app::journal;
use axum::http::StatusCode;
use domain::kernel::{Coded, Moment, Post, Role, Scope, Street};
use domain::registry::inspection::Question;
use serde_json::Value;

use crate::inspected::{organisation, typed};
use crate::support::{Answer, PASSWORD, Reader, World};

const CHECK: &str = "x-check-fields";
const DRAFT: &str = "x-save-draft";

fn sign_up<'a>(password: &'a str, again: &'a str) -> [(&'a str, &'a str); 5] {
    [
        ("name", "林夏（示例）"),
        ("contact", "025-83630000"),
        ("login", "linxia"),
        ("password", password),
        ("again", again),
    ]
}

fn told(answer: &Answer) -> Value {
    assert_eq!(answer.kind, "application/json", "{} {}", answer.status, answer.text());
    serde_json::from_slice(&answer.bytes).expect("JSON")
}

fn fields_told(answer: &Answer) -> Vec<String> {
    let told = told(answer);
    let faults = told["faults"].as_array().cloned().unwrap_or_default();
    faults.iter().map(|fault| fault["field"].as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn a_founder_makes_an_account_and_begins() {
    let world = World::new().await;
    for (page, link) in [("/sign-in", "/sign-up"), ("/services/social-association", "/sign-up")] {
        assert!(world.get(page).await.text().contains(&format!("href=\"{link}\"")), "{page} leads there");
    }
    world.check_page(&Reader::default(), "/sign-up").await;
    let faulty = world.post_as(&Reader::default(), "/sign-up", &sign_up("short", "else")).await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = faulty.text();
    assert!(page.contains("value=\"林夏（示例）\"") && page.contains("id=\"again-error\""), "{page}");
    assert!(!page.contains("short"), "no password comes back");

    let request = axum::http::Request::post("/sign-up")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(axum::body::Body::from(format!(
            "name=lin&contact=025-83630000&login=linxia&password={0}&again={0}",
            PASSWORD.replace(' ', "+")
        )));
    let made = world.raw(request.expect("a request")).await;
    assert_eq!(made.status(), StatusCode::SEE_OTHER);
    assert_eq!(made.headers()["location"], "/apply?done=signed-up");
    let cookie = made.headers()["set-cookie"].to_str().expect("text").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let token = cookie.split(['=', ';']).nth(1).expect("a token").to_owned();
    let mut reader = Reader::default();
    reader.token = token;
    let begun = world.check_page(&reader, "/apply").await;
    let login = begun.split("linxia-").nth(1).and_then(|rest| rest.get(..4)).expect("the account's name");
    world.sign_in(&format!("linxia-{login}")).await;
    assert_eq!(world.get_as(&reader, "/desk/people").await.status, StatusCode::NOT_FOUND);
    // Whoever is signed in already is told so, and nobody changes hands.
    assert!(world.check_page(&reader, "/sign-up").await.contains("您已经登录"));
    // A script that asks about the form makes no account.
    let people = "SELECT count(*) FROM person";
    let before = world.city.db.number(people, &[]).await.expect("a count");
    let fields = sign_up(PASSWORD, PASSWORD);
    let asked = world.ask_as(&Reader::default(), "/sign-up", &fields, (CHECK, "login")).await;
    assert_eq!((asked.status, asked.bytes.len()), (StatusCode::NO_CONTENT, 0));
    assert_eq!(world.city.db.number(people, &[]).await, Ok(before));
    assert_eq!(journal::verify(&world.city.db).await.expect("verified"), vec![]);
}

const FILED: &[(&str, &str)] = &[
    ("name", "邻里互助会（示例）"),
    ("kind", "social_association"),
    ("fields", "community"),
    ("domicile", "社区活动室（示例）"),
    ("person_in_charge", "示例负责人"),
    ("contact", "025-83631111"),
    ("members", "12"),
    ("led_by", "street"),
];
const NUMBER: &str = "BA3201040020001";
const NAME: &str = "南京市秦淮区邻里互助协会";

#[tokio::test]
async fn a_filed_group_applies_for_registration() {
    let world = World::new().await;
    assert!(world.city.clock.move_to(Moment::beijing("2026-03-02".parse().expect("a date"), 9, 0)));
    let scope = Scope::Street(Street(320_104_002));
    let (_, street) = world.reader("street", Post { role: Role::StreetOfficer, scope }).await;
    let applicant = Post { role: Role::Applicant, scope: Scope::City };
    let (_, own) = world.reader("linxia-7k3q", applicant).await;
    let (_, alone) = world.reader("other-7k3q", applicant).await;
    let wrong: Vec<(&str, &str)> =
        FILED.iter().map(|(name, value)| (*name, if *name == "members" { "0" } else { *value })).collect();
    let asked = world.ask_as(&street, "/desk/filings/new", &wrong, (CHECK, "members,name")).await;
    assert_eq!(fields_told(&asked), ["members"]);
    let filed = world.post_as(&street, "/desk/filings/new", FILED).await;
    assert_eq!(filed.location, format!("/desk/filings/{NUMBER}?done=filed"), "{}", filed.text());

    let desk = format!("/desk/filings/{NUMBER}");
    assert!(
        world.check_page(&street, &desk).await.contains("value=\"邻里互助会（示例）\""),
        "its name stands ready"
    );
    let grow = format!("{desk}/registration");
    let refused = world.post_as(&street, &grow, &[("applicant", "nobody"), ("name", "邻里互助会")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("id=\"applicant-error\""), "{}", refused.text());
    let begun = world.post_as(&street, &grow, &[("applicant", "linxia-7k3q"), ("name", NAME)]).await;
    assert_eq!(begun.location, format!("{desk}?done=filing-grown"), "{}", begun.text());
    assert!(world.check_page(&street, &desk).await.contains(NAME), "the street sees the case");

    let list = world.check_page(&own, "/apply").await;
    let case = list.split("href=\"/apply/").nth(1).and_then(|rest| rest.split('"').next()).expect("a case");
    assert!(world.check_page(&own, &format!("/apply/{case}")).await.contains(NUMBER));
    let head = world.check_page(&own, &format!("/apply/{case}/head")).await;
    assert!(head.contains("025-83631111") && head.contains("示例负责人"), "carried over: {head}");
    assert_eq!(world.get_as(&alone, &format!("/apply/{case}")).await.status, StatusCode::NOT_FOUND);

    // The group's own page leads whoever reads it to the same beginning, without what is not public.
    let public = world.check_page(&Reader::default(), &format!("/orgs/{NUMBER}")).await;
    assert!(public.contains(&format!("href=\"/apply?filing={NUMBER}\"")), "{public}");
    let start = world.check_page(&alone, &format!("/apply?filing={NUMBER}")).await;
    assert!(start.contains("社区活动室（示例）") && !start.contains("025-83631111"), "{start}");
    let fields = [("filing", NUMBER), ("kind", "social_association"), ("name", "南京市秦淮区邻里帮扶协会")];
    let begun = world.post_as(&alone, "/apply", &fields).await;
    let second = begun.location.split('?').next().unwrap_or_default().to_owned();
    assert!(!world.check_page(&alone, &format!("{second}/head")).await.contains("025-83631111"));
    assert_eq!(journal::verify(&world.city.db).await.expect("verified"), vec![]);
}

fn report<'a>(
    version: &'a str,
    key: &'a str,
    change: &[(Question, &'static str)],
) -> Vec<(&'a str, &'a str)> {
    let answers = Question::ALL.iter().map(|question| (question.code(), typed(*question, change)));
    answers.chain([("version", version), ("request_key", key), ("do", "save")]).collect()
}

#[tokio::test]
async fn a_yearly_report_saves_itself_and_checks_its_fields() {
    let world = World::new().await;
    organisation(&world.city, 1, '2', "2010-05-01").await;
    let member = world.demo_reader("org-1").await;
    let officer = world.reader("officer", Post { role: Role::ApprovalOfficer, scope: Scope::City }).await.1;
    world.post_as(&officer, "/desk/inspections", &[("year", "2013")]).await;
    let own = "/me/inspection/2013";
    let faulty = report("0", "k-0", &[(Question::Staff, "许多")]);
    assert_eq!(fields_told(&world.ask_as(&member, own, &faulty, (CHECK, "staff,income")).await), ["staff"]);
    let saved = |answer: &Answer| told(answer)["version"].as_i64();
    let first = world.ask_as(&member, own, &report("0", "k-1", &[]), (DRAFT, "1")).await;
    assert_eq!((first.status, saved(&first)), (StatusCode::OK, Some(1)), "{}", first.text());
    let again = world.ask_as(&member, own, &report("0", "k-1", &[]), (DRAFT, "1")).await;
    assert_eq!(saved(&again), Some(1), "an answer that was lost is given again");
    let changed = report("1", "k-2", &[(Question::Staff, "9")]);
    assert_eq!(saved(&world.ask_as(&member, own, &changed, (DRAFT, "1")).await), Some(2));
    let overtaken = world.ask_as(&member, own, &report("1", "k-3", &[]), (DRAFT, "1")).await;
    assert_eq!(overtaken.status, StatusCode::CONFLICT);
    let page = world.check_page(&member, own).await;
    assert!(page.contains("data-autosave=\"do=save\"") && page.contains("value=\"9\""), "{page}");
    assert_eq!(journal::verify(&world.city.db).await.expect("verified"), vec![]);
}

#[tokio::test]
async fn the_desk_of_people_checks_fields_and_keeps_nothing() {
    let world = World::new().await;
    let admin = world.reader("admin", Post { role: Role::Administrator, scope: Scope::City }).await.1;
    let clerk = world.person("clerk").await;
    let people = "SELECT count(*) FROM journal";
    let before = world.city.db.number(people, &[]).await.expect("a count");
    let fields = [("login", "Clerk!"), ("name", ""), ("password", "")];
    let asked = world.ask_as(&admin, "/desk/people", &fields, (CHECK, "login")).await;
    assert_eq!(fields_told(&asked), ["login"]);
    let sound = [("login", "clerk-2"), ("name", "某人（示例）"), ("password", "")];
    assert!(fields_told(&world.ask_as(&admin, "/desk/people", &sound, (CHECK, "login")).await).is_empty());
    let desk = format!("/desk/people/{}", clerk.0);
    let give = [("act", "give"), ("role", "office_staff"), ("office", "")];
    let asked = world.ask_as(&admin, &desk, &give, (CHECK, "role,office")).await;
    assert_eq!(fields_told(&asked), ["office"]);
    assert_eq!(world.city.db.number(people, &[]).await, Ok(before));
}
