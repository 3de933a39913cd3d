//! All that is wrong with a form is told at once: everything is sent wrong, and the summary names every field, in the
//! order of the form, with a sentence beside each field that the page shows.

use axum::http::StatusCode;
use domain::kernel::{Post, Role, Scope};

use crate::credit::{cast, set};
use crate::support::{Reader, World};

/// The fields that the summary of a page links to, in its order.
fn told(page: &str) -> Vec<String> {
    let summary = page.split("govuk-error-summary__list").nth(1).and_then(|rest| rest.split("</ul>").next());
    let links = summary.unwrap_or_default().split("href=\"#").skip(1);
    links.filter_map(|rest| rest.split('"').next().map(str::to_owned)).collect()
}

/// Who sends which fields where, and the fields that are told.
type Case<'a> = (&'a Reader, &'a str, &'a [(&'a str, &'a str)], &'a str);

async fn check(
    world: &World,
    reader: &Reader,
    path: &str,
    fields: &[(&str, &str)],
    expected: &str,
) -> Option<String> {
    let answer = world.post_as(reader, path, fields).await;
    let page = answer.text();
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {fields:?}: {page}");
    let found = told(&page);
    if found.join(" ") != expected {
        return Some(format!("{path} {fields:?}: {} instead of {expected}", found.join(" ")));
    }
    for field in found.iter().filter(|field| page.contains(&format!("name=\"{field}\""))) {
        if !page.contains(&format!("id=\"{field}-error\"")) {
            return Some(format!("{path}: no sentence beside {field}"));
        }
    }
    for (name, typed) in fields.iter().filter(|(_, typed)| typed.starts_with("unreadable")) {
        assert!(page.contains(typed), "{path}: {name} is lost");
    }
    None
}

#[tokio::test]
async fn what_cannot_be_read_does_not_hide_what_is_missing() {
    let world = World::new().await;
    let cast = cast(&world).await;
    set(&world, "2014-03-03");
    let bad = "unreadable";
    let (officer, director, own) = (&cast.officer, &cast.director, &cast.own);
    let post = Post { role: Role::OrganisationBureau, scope: Scope::City };
    let (_, bureau) = world.reader("bureau", post).await;
    let file = format!("/desk/credit/organisations/{}", cast.uscc);
    let proposal = format!("{file}/proposal");
    let endings = format!("/desk/endings/organisations/{}", cast.uscc);
    let release = format!("{endings}/release");
    let cases: &[Case<'_>] = &[
        (own, "/me/changes", &[("consent_on", bad)], "item value consent_on reason papers"),
        (own, "/me/changes/release", &[("released_on", bad)], "unit released_on release_reason"),
        (own, "/me/cancellation", &[("liquidated_on", bad)], "liquidated_on remainder reason papers"),
        (officer, "/desk/ratings", &[("apply_until", bad), ("fee", bad)], "title notice apply_until fee"),
        (
            director,
            "/desk/ratings/bodies",
            &[("term_from", bad), ("term_until", bad)],
            "kind name term_from term_until",
        ),
        (
            director,
            "/desk/ratings/bodies",
            &[("kind", "committee"), ("term_from", bad), ("term_until", "2014-01-01")],
            "name term_from members",
        ),
        (
            officer,
            &file,
            &[("step", "penalty"), ("amount", bad), ("imposed_on", bad), ("until", bad)],
            "offence kind amount until document_number authority imposed_on reason",
        ),
        (officer, &file, &[("step", "letter"), ("sent_on", bad)], "sent_on mail_number"),
        (officer, &proposal, &[("arose_on", bad)], "ground arose_on evidence"),
        (officer, &endings, &[], "ground evidence"),
        (officer, &release, &[("released_on", bad)], "unit released_on release_reason"),
        (&bureau, "/desk/peers/claim", &[("last_year", bad)], "last_year"),
        (&bureau, "/desk/peers/claim", &[], "last_year"),
    ];
    let mut wrong = Vec::new();
    for (reader, path, fields, expected) in cases {
        wrong.extend(check(&world, reader, path, fields, expected).await);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(!world.get_as(officer, &file).await.text().contains("unreadable"), "nothing was kept");
}

#[tokio::test]
async fn the_value_of_a_change_is_told_beside_it() {
    let world = World::new().await;
    let cast = cast(&world).await;
    set(&world, "2014-03-03");
    let own = &cast.own;
    let cases: &[Case<'_>] = &[
        (
            own,
            "/me/changes",
            &[("item", "scope"), ("value", "新范围"), ("reason", "")],
            "consent_on reason papers",
        ),
        (
            own,
            "/me/changes",
            &[("item", "capital"), ("value", "三万")],
            "value consent_on reason papers papers",
        ),
        (
            own,
            "/me/changes",
            &[("item", "legal_representative"), ("value", "13900000000")],
            "value identity lost_rights consent_on reason papers papers",
        ),
        (
            own,
            "/me/changes",
            &[("item", "domicile"), ("value", "示例路9号"), ("division", "1")],
            "division consent_on reason papers papers",
        ),
    ];
    for (reader, path, fields, expected) in cases {
        assert_eq!(check(&world, reader, path, fields, expected).await, None);
    }
}

#[tokio::test]
async fn a_summary_names_its_fields() {
    let world = World::new().await;
    let cast = cast(&world).await;
    let summary = async |path: &str| {
        let page = world.post_as(&cast.own, path, &[]).await.text();
        let summary =
            page.split("govuk-error-summary__list").nth(1).and_then(|rest| rest.split("</ul>").next());
        summary.unwrap_or_default().to_owned()
    };
    for (path, names) in
        [("/me/changes", ["变更事项", "变更理由"]), ("/me/cancellation", ["剩余财产", "注销理由"])]
    {
        let told = summary(path).await;
        assert!(names.iter().all(|name| told.contains(name)), "{path} names its fields: {told}");
    }
}

#[tokio::test]
async fn a_name_check_says_what_it_was_not_told() {
    let world = World::new().await;
    let cast = cast(&world).await;
    for (query, expected) in
        [("kind=&name=", "kind name"), ("name=x", "kind"), ("kind=social_service_institution&name=", "name")]
    {
        let page = world.get_as(&cast.officer, &format!("/apply?{query}")).await.text();
        assert_eq!(told(&page).join(" "), expected, "{query}");
    }
    assert!(told(&world.get_as(&cast.officer, "/apply").await.text()).is_empty());
}

#[tokio::test]
async fn a_part_of_an_address_that_cannot_be_read_names_nothing() {
    let world = World::new().await;
    let cast = cast(&world).await;
    let post = |role| Post { role, scope: Scope::City };
    let (_, applicant) = world.reader("applicant", post(Role::Applicant)).await;
    let (_, keeper) = world.reader("keeper", post(Role::Administrator)).await;
    let visitor = Reader::default();
    let cases: &[(&Reader, &str)] = &[
        (&cast.officer, "/desk/seals/x"),
        (&cast.officer, "/desk/charity/x"),
        (&cast.own, "/me/charity/x"),
        (&cast.officer, "/desk/inspections/x"),
        (&cast.own, "/me/inspection/x"),
        (&applicant, "/apply/x"),
        (&cast.officer, "/papers/x"),
        (&cast.officer, "/desk/credit/cases/x"),
        (&cast.own, "/me/credit/x"),
        (&cast.officer, "/desk/fundraising/x"),
        (&keeper, "/desk/people/x"),
        (&visitor, "/rules/calendar/x"),
        (&visitor, "/rules/calendar/99999999999999999999"),
        (&visitor, "/orgs/%FF"),
    ];
    for (reader, path) in cases {
        for (lang, said) in [("", "没有找到这一页"), ("/en", "This page was not found")] {
            let answer = world.get_as(reader, &format!("{lang}{path}")).await;
            let page = answer.text();
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{lang}{path}: {page}");
            assert!(page.contains(said) && page.contains("<main"), "{lang}{path}: {page}");
        }
    }
}
