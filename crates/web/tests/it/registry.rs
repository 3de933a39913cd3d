//! The register's pages: what a visitor sees, what an official enters, what a stranger may not.

use app::access::offices::{AddOffice, AppointDirector};
use app::registry::specimen::invented;
use app::registry::{OrganisationForm, RegisterOrganisation, load_many, words};
use app::{RequestKey, journal};
use axum::http::StatusCode;
use domain::kernel::{
    Actor, CodeKind, Coded, CreditCode, DayKind, Level, ListedDay, Post, Role, RuleKey, RuleShape, RuleUnit,
    Scope,
};
use domain::registry::{
    BusinessField, CreditListing, InspectionResult, Legal, OrganisationKind, OrganisationStatus, RelationKind,
};
use web::i18n::Lang;
use web::shell::words::coded;

use crate::support::{Reader, World};

const CITY: Scope = Scope::City;

fn centre() -> OrganisationForm {
    let code = CreditCode::derive('5', '2', "320104", "XX900001").expect("a code");
    OrganisationForm {
        code: code.as_str().into(),
        name: "南京市秦淮区夕照居家养老服务中心（示例）".into(),
        kind: "social_service_institution".into(),
        legal: "registered".into(),
        division: "320104002".into(),
        fields: "elderly_care".into(),
        registered_on: "2012-03-05".into(),
        contact: "025-00001234".into(),
        ..OrganisationForm::default()
    }
}

fn fields(form: &OrganisationForm) -> Vec<(&str, &str)> {
    vec![
        ("request_key", "k1"),
        ("code", &form.code),
        ("name", &form.name),
        ("kind", &form.kind),
        ("legal", &form.legal),
        ("division", &form.division),
        ("fields", &form.fields),
        ("registered_on", &form.registered_on),
        ("contact", &form.contact),
    ]
}

/// A page without a key that no message file has.
fn assert_spoken(page: &str) {
    for mark in ["registry-", "refusal-", "finding-", "organisation-kind-", "business-field-"] {
        let shown = page.split(['>', '<']).any(|text| text.trim().starts_with(mark));
        assert!(!shown, "{mark} is shown to the reader");
    }
}

#[tokio::test]
async fn a_visitor_reads_the_register_in_both_languages() {
    let world = World::new().await;
    load_many(&world.city, &Actor::SYSTEM, &invented(120, 0), &|_| {}).await.expect("loaded");
    let first = invented(1, 0).pop().expect("a form");
    let office = AddOffice {
        code: "fushi".into(),
        name: "福事处".into(),
        name_en: "Welfare".into(),
        duties: "福利".into(),
    };
    let office = world.city.act(&Actor::SYSTEM, &RequestKey::None, &office).await.expect("an office");
    let (person, _) = world.reader("lin", Post { role: Role::Supervisor, scope: CITY }).await;
    let appoint = AppointDirector { office, person, handover: String::new() };
    world.city.act(&Actor::SYSTEM, &RequestKey::None, &appoint).await.expect("a director");
    let profile = format!("/orgs/{}", first.code);
    let paths = [
        "/orgs",
        "/orgs?district=320104&kind=foundation",
        "/orgs?kind=nonsense&after=x",
        "/search",
        "/search?q=%E5%85%BB%E8%80%81",
        "/search?q=x",
        "/offices",
        "/offices/fushi",
        profile.as_str(),
    ];
    for path in paths {
        for prefix in ["", "/en"] {
            let answer = world.get(&format!("{prefix}{path}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{prefix}{path}");
            assert_spoken(&answer.text());
        }
    }
    let page = world.get(&profile).await.text();
    assert!(page.contains(&first.name));
    assert!(!page.contains(&first.contact), "a contact is not for the public");
    assert!(world.get("/offices/fushi").await.text().contains("lin（示例）"));
    for path in ["/orgs/unknown", "/offices/unknown", "/orgs?after=5", "/districts/999999/orgs"] {
        assert_eq!(world.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let sheet = world.get("/orgs/export.xlsx?kind=foundation").await;
    assert!(sheet.kind.contains("spreadsheetml") && sheet.bytes.starts_with(b"PK"));
    assert!(world.get("/orgs/export.csv").await.text().contains(&first.code));
}

#[tokio::test]
async fn a_former_district_is_named_with_its_days_and_leads_to_the_one_of_today() {
    let world = World::new().await;
    let code = CreditCode::derive('5', '2', "320103", "XX900001").expect("a code");
    let code = code.as_str();
    let form = OrganisationForm {
        code: code.into(),
        division: "320104006".into(),
        registered_on: "2012-03-05".into(),
        ..centre()
    };
    let act = RegisterOrganisation { form };
    world.city.act(&Actor::SYSTEM, &RequestKey::None, &act).await.expect("entered");
    let page = world.get("/divisions").await.text();
    for told in ["320103", "白下区", "2013年3月27日", "320104 秦淮区", "五老村街道", "国函〔2013〕24号"]
    {
        assert!(page.contains(told), "{told}");
    }
    let of_day = world.get("/divisions?on=2012-06-30").await.text();
    assert!(of_day.contains("白下区") && !of_day.contains("溧水区</a>"), "those of that day alone");
    let today = world.get("/en/divisions?on=2014-03-01").await.text();
    assert!(!today.contains("白下区</a>") && today.contains("溧水区</a>"));
    assert_spoken(&today);
    let wrong = world.get("/divisions?on=2012-13-99").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("2012-13-99"), "what was typed stays");
    let file = world.get("/divisions.csv?on=2012-06-30").await.text();
    assert!(file.contains("320103,白下区,,2013-03-27,320104,"), "{file}");
    let list = world.get("/orgs?district=320103").await.text();
    assert!(
        list.contains("白下区已于2013年3月27日终止") && list.contains(code),
        "under the district of today"
    );
    assert!(!world.get("/orgs?district=320106").await.text().contains(code));
    let there = world.get("/districts/320103/orgs").await;
    assert_eq!((there.status, there.location.as_str()), (StatusCode::SEE_OTHER, "/orgs?district=320103"));
    let profile = world.get(&format!("/orgs/{code}")).await.text();
    assert_eq!(
        profile.matches("320103 白下区（今属秦淮区）").count(),
        2,
        "in the code, and of the address then"
    );
    assert!(profile.contains("南京市白下区民政局"), "who registered it, by its code");
    let english = world.get(&format!("/en/orgs/{code}")).await.text();
    assert!(english.contains("320103 白下区 (now 秦淮区)"));
}

#[tokio::test]
async fn the_directory_goes_on_where_the_page_before_ended() {
    let world = World::new().await;
    load_many(&world.city, &Actor::SYSTEM, &invented(120, 0), &|_| {}).await.expect("loaded");
    let (mut path, mut seen) = ("/orgs".to_owned(), 0);
    loop {
        let page = world.get(&path).await.text();
        seen += page.matches("href=\"/orgs/").count() - page.matches("href=\"/orgs/export").count();
        let Some((_, rest)) = page.split_once("href=\"/orgs?after=") else { break };
        let id: String = rest.chars().take_while(char::is_ascii_digit).collect();
        path = format!("/orgs?after={id}");
    }
    assert_eq!(seen, 120);
}

#[tokio::test]
async fn strangers_do_not_reach_the_desks() {
    let world = World::new().await;
    let desks = ["/desk/organisations/new", "/desk/organisations/import", "/desk/people", "/me"];
    let (_, expert) = world.reader("expert", Post { role: Role::Expert, scope: CITY }).await;
    for path in desks {
        assert_eq!(world.get(path).await.status, StatusCode::SEE_OTHER, "{path}");
        assert_eq!(world.get_as(&expert, path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let (_, lead) = world.reader("lead", Post { role: Role::PurchaseLead, scope: CITY }).await;
    assert_eq!(world.get_as(&lead, "/desk/people").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_form_with_faults_comes_back_as_typed_and_a_sound_one_is_kept() {
    let world = World::new().await;
    let (_, lead) = world.reader("lead", Post { role: Role::Administrator, scope: CITY }).await;
    let faulty = OrganisationForm { code: "53100000500020462H".into(), division: String::new(), ..centre() };
    let answer = world.post_as(&lead, "/desk/organisations/new", &fields(&faulty)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.text();
    for typed in ["53100000500020462H", faulty.name.as_str(), "2012-03-05"] {
        assert!(page.contains(typed), "{typed} must still be there");
    }
    assert!(page.contains("第 18 位校验不符：应为“K”") && page.contains("division-error"));
    assert_spoken(&page);
    let sound = centre();
    let answer = world.post_as(&lead, "/desk/organisations/new", &fields(&sound)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(answer.location.starts_with(&format!("/orgs/{}", sound.code)));
    let again = world.post_as(&lead, "/desk/organisations/new", &fields(&sound)).await;
    assert_eq!(again.location, answer.location, "a second submit does nothing twice");
    let edit = format!("/desk/organisations/{}/edit", sound.code);
    let page = world.get_as(&lead, &edit).await.text();
    let value = |name: &str| {
        let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).expect("the field");
        rest.split_once('"').expect("a value").0.to_owned()
    };
    let (id, version) = (value("id"), value("version"));
    let renamed = OrganisationForm { name: "南京市秦淮区晨曦助老社（示例）".into(), ..sound };
    let mut changed = fields(&renamed);
    changed[0] = ("request_key", "k2");
    changed.extend([("id", id.as_str()), ("version", version.as_str())]);
    assert_eq!(world.post_as(&lead, &edit, &changed).await.status, StatusCode::SEE_OTHER);
    changed[0] = ("request_key", "k3");
    assert_eq!(world.post_as(&lead, &edit, &changed).await.status, StatusCode::CONFLICT);
    assert_eq!(journal::verify(&world.city.db).await.expect("verified"), vec![]);
}

#[tokio::test]
async fn an_upload_reports_each_row_and_gives_the_bad_ones_back() {
    let world = World::new().await;
    let (_, lead) = world.reader("lead", Post { role: Role::Administrator, scope: CITY }).await;
    let path = "/desk/organisations/import";
    let template = world.get_as(&lead, "/desk/organisations/import/template.xlsx").await;
    assert!(template.bytes.starts_with(b"PK"));
    let report = world.upload_as(&lead, path, "模板.xlsx", &template.bytes).await;
    assert_eq!(report.status, StatusCode::OK);
    let bad = "代码,名称,类型,登记/备案,街道,业务领域,登记日期\n53100000500020462H,坏行,基金会,登记,夫子庙街道,慈善,2012-01-01\n";
    let page = world.upload_as(&lead, path, "坏.csv", bad.as_bytes()).await.text();
    assert!(page.contains("第 18 位校验不符"));
    assert_spoken(&page);
    let (_, rest) = page.split_once("href=\"/desk/organisations/import/").expect("a link");
    let digest = rest.split_once('"').expect("an address").0;
    let sheet = world.get_as(&lead, &format!("{path}/{digest}")).await;
    assert!(sheet.bytes.starts_with(b"PK"));
    for (file, expected) in [(&b"PK\x03\x04 broken"[..], "文件已损坏"), (b"a,b\n1,2\n", "表头缺少这些列")]
    {
        let answer = world.upload_as(&lead, path, "x.xlsx", file).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains(expected), "{expected}");
    }
    let nothing = world.upload_as(&lead, path, "", b"").await;
    assert!(nothing.text().contains("请选择要上传的表格文件"));
    // Other files of the same store are not given out here.
    let other = world.city.blobs.put(b"a sealed bid").expect("stored");
    assert_eq!(world.get_as(&lead, &format!("{path}/{other}")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_organisation_sees_its_own_standing() {
    let world = World::new().await;
    let act = RegisterOrganisation { form: OrganisationForm { listing: "serious".into(), ..centre() } };
    let id = world.city.act(&Actor::SYSTEM, &RequestKey::None, &act).await.expect("entered");
    let post = Post { role: Role::OrganisationUser, scope: Scope::Organisation(id) };
    let (_, own) = world.reader("own", post).await;
    for path in ["/me", "/en/me"] {
        let answer = world.get_as(&own, path).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.text().contains("025-00001234") && answer.text().contains("app-verdict--stop"));
        assert_spoken(&answer.text());
    }
}

#[tokio::test]
async fn the_administrator_adds_people_and_appoints_directors() {
    let world = World::new().await;
    let office = AddOffice {
        code: "fushi".into(),
        name: "福事处".into(),
        name_en: "Welfare".into(),
        duties: "福利".into(),
    };
    world.city.act(&Actor::SYSTEM, &RequestKey::None, &office).await.expect("an office");
    let (_, admin) = world.reader("admin", Post { role: Role::Administrator, scope: CITY }).await;
    let password = ("password", "a long enough sentence");
    let faulty = [("login", "Wang!"), ("name", "王示例"), password];
    let answer = world.post_as(&admin, "/desk/people", &faulty).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("Wang!") && !answer.text().contains("a long enough sentence"));
    let sound = [("login", "wang"), ("name", "王示例"), password];
    let there = world.post_as(&admin, "/desk/people", &sound).await.location;
    let person = there.split('?').next().expect("a path").to_owned();
    assert_eq!(world.get_as(&admin, &person).await.status, StatusCode::OK);
    let nowhere = world.post_as(&admin, &person, &[("request_key", "a"), ("role", "office_staff")]).await;
    assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY);
    let finance = world.post_as(&admin, &person, &[("request_key", "b"), ("role", "finance")]).await;
    assert_eq!(finance.status, StatusCode::SEE_OTHER);
    let appoint = "/desk/people/offices/fushi";
    assert_eq!(world.get_as(&admin, appoint).await.status, StatusCode::OK);
    let unknown = world.post_as(&admin, appoint, &[("request_key", "c"), ("login", "nobody")]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    let first = world.post_as(&admin, appoint, &[("request_key", "d"), ("login", "wang")]).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER);
    let unsaid = world.post_as(&admin, appoint, &[("request_key", "e"), ("login", "admin")]).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = world.get_as(&admin, "/en/desk/people").await.text();
    assert!(page.contains("王示例"));
    assert_spoken(&page);
    assert_eq!(journal::verify(&world.city.db).await.expect("verified"), vec![]);
}

#[test]
fn every_member_of_the_kernels_lists_has_a_name() {
    fn check<C: Coded>() {
        for one in C::ALL {
            let key = format!("{}-{}", C::LIST, one.code()).replace('_', "-");
            assert!(web::i18n::has(&key), "{key}");
        }
    }
    check::<CodeKind>();
    check::<DayKind>();
    check::<ListedDay>();
    check::<Level>();
    check::<RuleKey>();
    check::<RuleUnit>();
    check::<RuleShape>();
    check::<RelationKind>();
}

#[test]
fn a_sheet_and_a_page_use_the_same_words() {
    fn check<C: Coded>() {
        for one in C::ALL {
            assert_eq!(coded(Lang::Zh, *one), words::word(*one, false));
            assert_eq!(coded(Lang::En, *one), words::word(*one, true));
        }
    }
    check::<OrganisationKind>();
    check::<Legal>();
    check::<OrganisationStatus>();
    check::<InspectionResult>();
    check::<CreditListing>();
    check::<BusinessField>();
}

#[tokio::test]
async fn the_register_of_promises_has_ten_slots_and_invents_none() {
    let world = World::new().await;
    let visitor = Reader::default();
    let page = world.get_as(&visitor, "/promises").await.text();
    assert_eq!(page.matches("原文未载</td>").count(), 5, "{page}");
    for key in [
        "direct-registration",
        "several-associations",
        "out-of-area-chambers",
        "lower-thresholds",
        "simpler-procedure",
    ] {
        assert!(page.contains(&format!("/promises/{key}")), "{key}");
        for prefix in ["", "/en"] {
            let one = world.get_as(&visitor, &format!("{prefix}/promises/{key}")).await;
            assert_eq!(one.status, StatusCode::OK, "{key}");
        }
    }
    assert_eq!(world.get_as(&visitor, "/promises/six").await.status, StatusCode::NOT_FOUND);
}
