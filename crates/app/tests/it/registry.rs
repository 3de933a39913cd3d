//! The register: entering, changing, importing, listing and finding organisations.

use std::sync::atomic::{AtomicUsize, Ordering};

use app::access::accounts;
use app::registry::directory::{counts, list};
use app::registry::export::{FileKind, export};
use app::registry::import::{import, template};
use app::registry::specimen::invented;
use app::registry::{
    EditOrganisation, Filter, OrganisationForm, RegisterOrganisation, Tally, load_many, profile, search,
    search_purchases, standing,
};
use app::sheets::{Limits, read};
use app::{City, Error, RequestKey, journal};
use domain::kernel::{Actor, OrganisationId, PersonId, Refusal, Role, Scope};
use domain::registry::{Legal, OrganisationKind};

use crate::support::{on_both, system};

fn form(number: usize) -> OrganisationForm {
    invented(number + 1, 0).pop().expect("a form")
}

/// A registered institution in 夫子庙.
fn centre() -> OrganisationForm {
    let code = domain::kernel::CreditCode::derive('5', '2', "320104", "XX900001").expect("a code");
    OrganisationForm {
        code: code.as_str().into(),
        name: "南京市秦淮区夕照居家养老服务中心（示例）".into(),
        kind: "民办非企业单位".into(),
        legal: "登记".into(),
        division: "夫子庙街道".into(),
        fields: "养老服务、志愿服务".into(),
        registered_on: "2012-03-05".into(),
        person_in_charge: "王示例".into(),
        ..OrganisationForm::default()
    }
}

async fn register(city: &City, form: OrganisationForm) -> Result<OrganisationId, Error> {
    city.act(&system(), &RequestKey::None, &RegisterOrganisation { form }).await
}

async fn load(city: &City, count: usize) {
    let tally = load_many(city, &system(), &invented(count, 0), &|_| {}).await.expect("loaded");
    assert_eq!(tally.added, i64::try_from(count).expect("small"));
}

async fn found(city: &City, text: &str) -> Vec<String> {
    let found = search::organisations(city, text, 20).await.expect("searched");
    found.hits.into_iter().map(|hit| hit.name).collect()
}

async fn assert_journal(city: &City) {
    assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
}

#[tokio::test]
async fn an_organisation_is_entered_once_and_found_by_every_way_of_writing_it() {
    on_both(async |city| {
        let id = register(&city, centre()).await.expect("entered");
        let again = register(&city, centre()).await;
        let refusal = Refusal::new("registry.code-taken", "B40").at("code");
        assert_eq!(again, Err(Error::Refused(refusal)));
        let held = profile::organisation_by_id(&city, id).await.expect("held");
        assert_eq!((held.district.as_str(), held.division.as_str()), ("320104", "320104002"));
        assert_eq!(held.form().read(city.clock.now().date()).expect("sound").code, held.uscc);
        let code = held.uscc.clone();
        for text in ["夕照", "养老服务", "xizhao", "yanglaofuwu", "xzjjyl", code.as_str(), "XX9000"] {
            assert_eq!(found(&city, text).await, std::slice::from_ref(&held.name), "{text}");
        }
        assert!(found(&city, "夕养").await.is_empty());
        assert!(search::organisations(&city, "夕", 20).await.expect("searched").is_too_short);
        let page = profile::profile(&city, &code).await.expect("a profile");
        assert!(page.won.is_empty() && page.contracts.is_empty());
        assert_eq!(profile::profile(&city, "x").await.err(), Some(Error::NotFound));
        assert_journal(&city).await;
    })
    .await;
}

#[tokio::test]
async fn a_form_with_faults_leaves_no_trace() {
    on_both(async |city| {
        let faulty = OrganisationForm { code: "53100000500020462H".into(), name: String::new(), ..centre() };
        let Err(Error::Invalid(faults)) = register(&city, faulty).await else { panic!("it must be refused") };
        let codes: Vec<&str> = faults.iter().map(|fault| fault.code).collect();
        assert_eq!(codes, ["registry.name-missing", "kernel.credit-code-check"]);
        assert_eq!(city.db.number("SELECT count(*) FROM organisation", &[]).await.expect("a count"), 0);
        assert_eq!(city.db.number("SELECT count(*) FROM search_term", &[]).await.expect("a count"), 0);
    })
    .await;
}

#[tokio::test]
async fn only_the_lead_and_the_administrator_write_the_register() {
    on_both(async |city| {
        let person = PersonId(1);
        for role in [Role::Public, Role::OfficeStaff, Role::Expert, Role::Supervisor, Role::OrganisationUser]
        {
            let actor = Actor::new(person, role, Scope::City);
            let answer = city.act(&actor, &RequestKey::None, &RegisterOrganisation { form: centre() }).await;
            assert_eq!(answer, Err(Error::NotPermitted), "{role:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_edit_moves_the_row_on_and_a_stale_one_is_refused() {
    on_both(async |city| {
        let id = register(&city, centre()).await.expect("entered");
        let renamed =
            OrganisationForm { name: "南京市秦淮区晨曦助老社（示例）".into(), ..centre() };
        let edit = EditOrganisation { id, version: 1, form: renamed };
        city.act(&system(), &RequestKey::None, &edit).await.expect("edited");
        assert_eq!(city.act(&system(), &RequestKey::None, &edit).await, Err(Error::Stale));
        assert!(found(&city, "夕照").await.is_empty());
        assert_eq!(found(&city, "chenxi").await.len(), 1);
        let other = register(&city, form(0)).await.expect("another");
        let clash = EditOrganisation { id: other, version: 1, form: centre() };
        let Err(Error::Invalid(faults)) = city.act(&system(), &RequestKey::None, &clash).await else {
            panic!("a code is never rewritten")
        };
        let told = |fault: &Refusal| fault.code == "registry.fixed-for-good";
        assert!(
            faults.iter().any(|fault| told(fault) && fault.field.as_deref() == Some("code")),
            "{faults:?}"
        );
        let nobody = EditOrganisation { id: OrganisationId(5), version: 1, form: form(1) };
        assert_eq!(city.act(&system(), &RequestKey::None, &nobody).await, Err(Error::NotFound));
        assert_journal(&city).await;
    })
    .await;
}

#[tokio::test]
async fn the_directory_filters_pages_and_counts() {
    on_both(async |city| {
        load(&city, 450).await;
        let all = Filter::default();
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = list(&city, &all, after, 100).await.expect("a page");
            seen.extend(page.rows.into_iter().map(|row| (row.pinyin, row.id)));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen.len(), 450);
        assert!(seen.is_sorted());
        let total = counts(&city, &all).await.expect("counts");
        assert_eq!(total.all(), 450);
        assert!(total.registered > 0 && total.filed > 0);
        let forms = invented(450, 0);
        let kind = Filter { kind: Some(OrganisationKind::Foundation), ..Filter::default() };
        let expected = forms.iter().filter(|form| form.kind == "foundation").count();
        assert_eq!(list(&city, &kind, None, 500).await.expect("a page").rows.len(), expected);
        let near = Filter {
            district: Some("320104".into()),
            legal: Some(Legal::Registered),
            supervised: Some(false),
            field: Some(domain::registry::BusinessField::ElderlyCare),
            ..Filter::default()
        };
        let expected = forms.iter().filter(|form| {
            form.division.starts_with("320104")
                && form.legal == "registered"
                && form.supervised == "no"
                && form.fields.split(',').any(|field| field == "elderly_care")
        });
        assert_eq!(
            counts(&city, &near).await.expect("counts").all(),
            i64::try_from(expected.count()).expect("few")
        );
        let street = Filter { street: Some("320104002".into()), ..Filter::default() };
        assert!(
            list(&city, &street, None, 9)
                .await
                .expect("a page")
                .rows
                .iter()
                .all(|row| row.division == "320104002")
        );
    })
    .await;
}

#[tokio::test]
async fn a_sheet_brings_good_rows_in_and_bad_rows_back() {
    on_both(async |city| {
        let head = "统一社会信用代码,名称,类型,登记/备案,街道,业务领域,登记日期\n";
        let row = |form: &OrganisationForm| {
            let fields = form.fields.replace(',', ";");
            let (code, name, kind) = (&form.code, &form.name, &form.kind);
            format!("{code},{name},{kind},{},{},{fields},{}\n", form.legal, form.division, form.registered_on)
        };
        let (first, second) = (centre(), form(3));
        let bad = "53100000500020462H,坏行（示例）,基金会,登记,夫子庙街道,慈善,2012-01-01\n";
        let file = format!("{head}{}{bad}{}{}", row(&first), row(&second), row(&first));
        let heard = AtomicUsize::new(0);
        let progress = |done: usize, total: usize| {
            assert_eq!(total, 2);
            heard.store(done, Ordering::Relaxed);
        };
        let report = import(&city, &system(), file.clone().into_bytes(), &progress).await.expect("imported");
        assert_eq!(report.tally, Tally { added: 2, updated: 0, unchanged: 0 });
        assert_eq!(heard.load(Ordering::Relaxed), 2);
        let told: Vec<(usize, &str)> =
            report.faults.iter().map(|fault| (fault.row, fault.refusal.code)).collect();
        assert_eq!(told, [(3, "kernel.credit-code-check"), (5, "registry.code-twice")]);
        let sheet = report.error_sheet(false, &|refusal| refusal.code.to_owned()).expect("a sheet");
        let sheet = read(&sheet, Limits::default()).expect("readable");
        assert_eq!(sheet.header.last().map(String::as_str), Some("需要更正的内容"));
        assert_eq!(sheet.rows.len(), 2);
        assert!(sheet.rows[0].cells.last().is_some_and(|cell| cell.contains("kernel.credit-code-check")));
        let again = import(&city, &system(), file.into_bytes(), &|_, _| {}).await.expect("imported");
        assert_eq!(again.tally, Tally { added: 0, updated: 0, unchanged: 2 });
        let refiled = format!("{head}{}", row(&OrganisationForm { legal: "备案".into(), ..first.clone() }));
        let refused = import(&city, &system(), refiled.into_bytes(), &|_, _| {}).await.expect("imported");
        let told: Vec<(&str, &str)> =
            refused.faults.iter().map(|fault| (fault.refusal.code, fault.column.as_str())).collect();
        assert_eq!(told, [("registry.registered-stays-registered", "legal")]);
        let moved =
            format!("{head}{}", row(&OrganisationForm { registered_on: "2012-03-06".into(), ..first }));
        let changed = import(&city, &system(), moved.into_bytes(), &|_, _| {}).await.expect("imported");
        assert_eq!(changed.tally, Tally { added: 0, updated: 1, unchanged: 0 });
        assert_journal(&city).await;
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_no_sheet_of_organisations_is_refused_whole() {
    on_both(async |city| {
        for (file, expected) in [
            (&b""[..], "sheets.empty"),
            (b"PK\x03\x04 broken", "sheets.unreadable"),
            ("名称,类型\n甲,基金会\n".as_bytes(), "registry.columns-missing"),
            ("名称,名称\n".as_bytes(), "registry.column-twice"),
        ] {
            match import(&city, &system(), file.to_vec(), &|_, _| {}).await {
                Err(Error::Refused(refusal)) => assert_eq!(refusal.code, expected),
                other => panic!("{expected}: {other:?}"),
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_exported_can_be_imported() {
    on_both(async |city| {
        load(&city, 60).await;
        for kind in [FileKind::Xlsx, FileKind::Csv] {
            for is_english in [false, true] {
                let file = export(&city, &Filter::default(), kind, is_english).await.expect("a file");
                let report = import(&city, &system(), file, &|_, _| {}).await.expect("imported");
                assert_eq!(report.faults, vec![]);
                assert_eq!(report.tally.added, 0);
            }
        }
        let report =
            import(&city, &system(), template(false).expect("a file"), &|_, _| {}).await.expect("imported");
        assert_eq!(report.faults, vec![]);
        assert_journal(&city).await;
    })
    .await;
}

#[tokio::test]
async fn the_index_can_be_built_anew() {
    on_both(async |city| {
        load(&city, 250).await;
        let before = city.db.number("SELECT count(*) FROM search_term", &[]).await.expect("a count");
        assert_eq!(search::reindex(&city).await.expect("reindexed"), 250);
        assert_eq!(city.db.number("SELECT count(*) FROM search_term", &[]).await.expect("a count"), before);
        let many = search::organisations(&city, "示例", 20).await.expect("searched");
        assert_eq!((many.hits.len(), many.has_more), (20, true));
    })
    .await;
}

#[tokio::test]
async fn the_standing_tells_what_the_register_knows() {
    on_both(async |city| {
        let held = OrganisationForm { supervised: "是".into(), listing: "异常名录".into(), ..centre() };
        let id = register(&city, held).await.expect("entered");
        let known = standing::standing_at(&city, id, city.clock.now()).await.expect("a standing");
        assert!(known.supervised_by_bureau && known.has_valid_code);
        assert_eq!(known.relations.len(), 2);
        let mut tx = city.db.begin().await.expect("a transaction");
        assert_eq!(standing::standing_in(&city, &mut tx, id, city.clock.now()).await, Ok(known));
        tx.rollback().await.expect("undone");
    })
    .await;
}

#[tokio::test]
async fn a_profile_tells_what_is_public_and_nothing_earlier() {
    for (stage, expected) in [("ranked", 0), ("publicised", 1), ("awarded", 1)] {
        on_both(async |city| {
            let planted = crate::planted::awarded(&city, 12, stage).await;
            let held = profile::organisation_by_id(&city, planted.organisation).await.expect("held");
            let told = profile::profile(&city, &held.uscc).await.expect("a profile");
            assert_eq!((told.won.len(), told.contracts.len()), (expected, 0), "{stage}");
        })
        .await;
    }
}

#[tokio::test]
async fn only_published_tenders_and_listed_items_are_found() {
    on_both(async |city| {
        let planted = crate::planted::awarded(&city, 12, "awarded").await;
        let is_public = "SELECT count(*) FROM tender WHERE published_at IS NOT NULL";
        let expected = usize::try_from(city.db.number(is_public, &[]).await.expect("a count")).expect("few");
        for (text, is_there) in
            [("社会组织", true), ("%", false), ("_会组织", false), ("\\会", false), ("社", false)]
        {
            let found = search_purchases::tenders(&city, text, 9).await.expect("searched");
            assert_eq!(found.len(), if is_there { expected } else { 0 }, "{text}");
            let found = search_purchases::items(&city, text, 9).await.expect("searched");
            assert!(is_there || found.is_empty(), "{text}");
        }
        assert_eq!(search_purchases::items(&city, "GZ-2014", 9).await.expect("searched").len(), 1);
        let of_office = search_purchases::tenders_of(&city, planted.office, 9).await.expect("read");
        assert_eq!(of_office.len(), expected);
    })
    .await;
}

#[tokio::test]
async fn the_administrator_sees_people_with_their_posts_and_everyone_the_directors() {
    on_both(async |city| {
        let planted = crate::planted::awarded(&city, 12, "awarded").await;
        let all = accounts::accounts(&city, "", 50).await.expect("read");
        let told: Vec<String> =
            all.iter().map(|(one, posts)| format!("{} {}", one.login, posts.len())).collect();
        assert_eq!(told, ["director 1", "finance 1", "lead 1", "staff 1", "winner 1"]);
        let rest = accounts::accounts(&city, "lead", 1).await.expect("read");
        assert_eq!(rest.first().map(|(one, _)| one.login.as_str()), Some("staff"));
        let office = accounts::office_by_code(&city, "shezu").await.expect("an office");
        let tenures = accounts::tenures(&city, office.id).await.expect("read");
        assert_eq!(tenures.len(), 1);
        assert!(tenures.first().is_some_and(|one| one.until.is_none() && one.name == "director（示例）"));
        let person = planted.director.person.expect("a person");
        assert_eq!(accounts::account(&city, person).await.expect("read").login, "director");
        assert!(accounts::by_login(&city, "nobody").await.expect("read").is_none());
    })
    .await;
}
