//! Aim and area of activity change as registered items; a near name needs its reason, a person's name its ground (B7,
//! B8, B16, B21).

use app::registry::change::application::ApplyChange;
use app::registry::change::checks::{Particulars, to_weigh};
use app::registry::change::read as changes;
use app::registry::{OrganisationForm, RegisterOrganisation, public_lists};
use app::{City, documents, journal};
use domain::kernel::{Actor, CreditCode, Level, PaperId, Role, Scope};
use domain::registry::change::ChangeItem;
use domain::registry::{DocumentKind, PaperKind};

use crate::credit_cast::{Cast, act, at, cast, code, form, person};
use crate::ending::{approve, change, paper};
use crate::support::{on_both, system};

/// From Tuesday 10 June 2014 twenty working days lead to the 8th of July.
const DUE: &str = "2014-07-08";

/// An association beside the institution of the cast, with its user and its minutes.
async fn association(city: &City) -> (Cast, Actor, PaperId) {
    let cast = cast(city).await;
    assert!(city.clock.move_to(at("2014-06-10", 9)));
    let uscc = CreditCode::derive('5', '1', "320104", "XX900021").expect("a code");
    let form = OrganisationForm {
        code: uscc.as_str().into(),
        name: "南京市秦淮区示例书法研究会".into(),
        kind: "social_association".into(),
        ..form("XX900021")
    };
    let id = act(city, &system(), &RegisterOrganisation { form }).await.expect("entered");
    let own = person(city, "scribe", Role::OrganisationUser, Scope::Organisation(id)).await;
    let minutes = paper(city, &own, PaperKind::Minutes).await;
    (Cast { id, uscc: uscc.as_str().into(), ..cast }, own, minutes)
}

/// What the public record says of an item.
async fn recorded(city: &City, uscc: &str, item: &str) -> Option<String> {
    let record = public_lists::record(city, uscc).await.expect("a record");
    record.items.into_iter().find(|one| one.item == item).map(|one| one.value)
}

#[tokio::test]
async fn aim_and_area_change_with_the_register_and_keep_their_past() {
    on_both(async |city| {
        let (cast, own, minutes) = association(&city).await;
        // Until one is registered the area is what the name says, and nobody invents an aim.
        assert_eq!(recorded(&city, &cast.uscc, "area").await.as_deref(), Some("南京市秦淮区"));
        assert_eq!(recorded(&city, &cast.uscc, "aim").await, None);
        let ask = |item, value: &str| change(item, value, &[minutes]);
        let wide = code(act(&city, &own, &ask(ChangeItem::Area, "江苏省")).await);
        assert_eq!(wide, "registration.area@value");
        let same = code(act(&city, &own, &ask(ChangeItem::Area, "秦淮区")).await);
        assert_eq!(same, "change.nothing-new@value", "a district in short is the same one");
        let long = code(act(&city, &own, &ask(ChangeItem::Aim, &"书".repeat(501))).await);
        assert_eq!(long, "change.value-too-long@value");
        let empty = code(act(&city, &own, &ask(ChangeItem::Aim, " ")).await);
        assert_eq!(empty, "change.text-missing@value");
        let number = act(&city, &own, &ask(ChangeItem::Area, "南京市")).await.expect("asked");
        approve(&city, &cast, number, DUE).await;
        let number = act(&city, &own, &ask(ChangeItem::Aim, "传习书法")).await.expect("asked");
        approve(&city, &cast, number, DUE).await;
        assert_eq!(recorded(&city, &cast.uscc, "area").await.as_deref(), Some("南京市"));
        assert_eq!(recorded(&city, &cast.uscc, "aim").await.as_deref(), Some("传习书法"));
        let sql = "SELECT item || ' ' || value || ' ' || from_on || ' ' || COALESCE(until_on, '-')
                   FROM registered_item ORDER BY item, from_on";
        let spans: Vec<(String,)> = city.db.all(sql, &[]).await.expect("read");
        let spans: Vec<String> = spans.into_iter().map(|(span,)| span).collect();
        let expected = [
            "aim 传习书法 2014-06-10 -",
            "area 南京市秦淮区 2010-03-05 2014-06-10",
            "area 南京市 2014-06-10 -",
        ];
        assert_eq!(spans, expected);
        let whole = changes::one(&city, &own, number).await.expect("own");
        let public = documents::of(&city, &Actor::VISITOR, whole.case.subject()).await.expect("read");
        let kinds: Vec<DocumentKind> = public.iter().map(|one| one.kind).collect();
        assert_eq!(kinds, [DocumentKind::ChangeApproval], "told, and not announced (B16)");
        // An institution registers no area.
        let ask = change(ChangeItem::Area, "南京市", &[paper(&city, &cast.own, PaperKind::Minutes).await]);
        assert_eq!(code(act(&city, &cast.own, &ask).await), "change.no-such-item@item");
        let items = changes::items_now(&city, cast.id).await.expect("items");
        assert!(items.contains(&(ChangeItem::Area, "南京市".to_owned())));
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_near_name_needs_a_reason_which_the_officer_weighs_with_it() {
    on_both(async |city| {
        let (cast, own, minutes) = association(&city).await;
        let ask = change(ChangeItem::Name, "南京市秦淮区示例XX900001服务协会", &[minutes]);
        let missing = "change.name-reason-missing@name_reason";
        assert_eq!(code(act(&city, &own, &ask).await), missing);
        let blank = Particulars { name_reason: " \n".into(), ..Particulars::default() };
        let blank = ApplyChange { told: blank, ..ask.clone() };
        assert_eq!(code(act(&city, &own, &blank).await), missing, "a blank is no reason");
        // What is wrong with the papers is told in the same answer.
        let bare = ApplyChange { papers: Vec::new(), ..ask.clone() };
        let both = code(act(&city, &own, &bare).await);
        assert_eq!(both, format!("change.paper-missing@papers {missing}"));
        let told = Particulars {
            name_reason: "一为协会，一为中心（示例）".into(), ..Particulars::default()
        };
        let number = act(&city, &own, &ApplyChange { told, ..ask }).await.expect("asked");
        let whole = changes::one(&city, &cast.officer, number).await.expect("read");
        assert_eq!(whole.case.name_reason.as_deref(), Some("一为协会，一为中心（示例）"));
        let found = to_weigh(&city, &whole.case, &whole.organisation).await.expect("weighed");
        let near = found.iter().find(|one| one.code == "name.near").expect("shown on the desk");
        assert_eq!((near.level, near.rule), (Level::Warn, "B8"));
        approve(&city, &cast, number, DUE).await;
        // Its own old name is no neighbour: back to it needs no reason of that kind, and is free again.
        let back = change(ChangeItem::Name, "南京市秦淮区示例书法研究会", &[minutes]);
        act(&city, &own, &back).await.expect("asked");
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_persons_name_in_a_new_name_is_told_with_its_ground_and_shown() {
    on_both(async |city| {
        let (cast, own, minutes) = association(&city).await;
        let told = |of: &str, ground: &str| Particulars {
            personal_name: "yes".into(),
            personal_name_of: of.into(),
            personal_name_ground: ground.into(),
            ..Particulars::default()
        };
        let ask = change(ChangeItem::Name, "南京市秦淮区行知诵读研究会", &[minutes]);
        let bare = ApplyChange { told: told("", ""), ..ask.clone() };
        let expected =
            "registration.answer-missing@personal_name_of registration.answer-missing@personal_name_ground";
        assert_eq!(code(act(&city, &own, &bare).await), expected);
        let whole = ApplyChange { told: told("行知（示例）", "consent"), ..ask };
        let number = act(&city, &own, &whole).await.expect("asked");
        let held = changes::one(&city, &cast.officer, number).await.expect("read");
        let found = to_weigh(&city, &held.case, &held.organisation).await.expect("weighed");
        let person = found.iter().find(|one| one.code == "name.person").expect("shown on the desk");
        assert_eq!((person.level, person.rule), (Level::Warn, "B7"));
        assert_eq!(held.case.personal().map(|one| one.of).as_deref(), Some("行知（示例）"));
        approve(&city, &cast, number, DUE).await;
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}
