//! Charters that are approved, supervising units that let go, charities that form their group (B21, B22).

use app::registry::change::application::ApplyChange;
use app::registry::change::charter::CheckAmendedCharter;
use app::registry::change::checks::Particulars;
use app::registry::change::decision::{DecideChange, ReviewChange};
use app::registry::change::intake::AcceptChange;
use app::registry::change::read as changes;
use app::registry::change::release::{ReportRelease, all_open, open_of};
use app::registry::ending::cancellation::ApplyCancellation;
use app::registry::ending::read as endings;
use app::registry::late::{Place, about};
use app::{City, deadlines, documents, journal};
use domain::kernel::{Actor, Level, Role, RuleKey, Scope};
use domain::registry::change::ChangeItem;
use domain::registry::registration::charter::{self, CharterItem, Mark};
use domain::registry::{DocumentKind, PaperKind};

use crate::credit_cast::{Cast, act, at, cast, charity_since, code, day, form, person};
use crate::ending::{approve, cancellation, change, paper};
use crate::support::on_both;

#[tokio::test]
async fn an_amended_charter_is_approved_and_kept_without_touching_the_register() {
    on_both(async |city| {
        let cast = cast(&city).await;
        assert!(city.clock.move_to(at("2014-06-10", 9)));
        let minutes = paper(&city, &cast.own, PaperKind::Minutes).await;
        let text = "第十条：理事会每年至少召开两次会议";
        let bare = change(ChangeItem::Charter, text, &[minutes]);
        assert_eq!(code(act(&city, &cast.own, &bare).await), "change.paper-missing@papers");
        let charter = paper(&city, &cast.own, PaperKind::Charter).await;
        let ask = change(ChangeItem::Charter, text, &[minutes, charter]);
        let late = ApplyChange { consent_on: day("2014-05-08"), ..ask.clone() };
        assert_eq!(code(act(&city, &cast.own, &late).await), "change.too-late@consent_on");
        let number = act(&city, &cast.own, &ask).await.expect("asked");
        act(&city, &cast.officer, &AcceptChange { number }).await.expect("taken up");
        // The office has thirty days; the thirty-first is late for whoever watches.
        let whole = changes::one(&city, &cast.officer, number).await.expect("read");
        let running = deadlines::of(&city, whole.case.subject()).await.expect("deadlines");
        let running = running.iter().find(|one| one.rule == RuleKey::CharterApprovalDays).expect("one");
        assert_eq!(running.due_on, Some(day("2014-07-10")));
        assert!(city.clock.move_to(at("2014-07-11", 9)));
        let late = deadlines::late(&city, day("2014-07-11"), day("2014-01-01")).await.expect("read");
        let found = about(&city, &late[0]).await.expect("read").expect("a change");
        assert_eq!((found.place, found.number), (Place::Change, number.to_string()));
        // The opinion comes after the comparison with the law's list, the approval when nothing is lacking.
        let fit = ReviewChange { number, is_fit: true, opinion: "材料齐全（示例）".into() };
        assert_eq!(code(act(&city, &cast.officer, &fit).await), "registration.charter-unchecked (B11)");
        let marks = |lacks: Option<CharterItem>| -> Vec<Mark> {
            let kind = whole.organisation.kind;
            let there = |item: &CharterItem| lacks != Some(*item);
            let mark = |item| Mark { item, is_there: there(&item), note: String::new() };
            charter::items(kind).iter().copied().map(mark).collect()
        };
        let bare = CheckAmendedCharter { number, marks: Vec::new() };
        assert!(code(act(&city, &cast.officer, &bare).await).starts_with("registration.charter-item-open"));
        let lacks = CheckAmendedCharter { number, marks: marks(Some(CharterItem::Amendment)) };
        act(&city, &cast.officer, &lacks).await.expect("compared");
        act(&city, &cast.officer, &fit).await.expect("an opinion");
        let decide = DecideChange { number, is_approved: true, decision: "符合规定（示例）".into() };
        let barred = code(act(&city, &cast.director, &decide).await);
        assert_eq!(barred, "registration.charter-lacks@decision");
        let whole_again = CheckAmendedCharter { number, marks: marks(None) };
        act(&city, &cast.officer, &whole_again).await.expect("compared once more");
        act(&city, &cast.director, &decide).await.expect("approved");
        assert_eq!(code(act(&city, &cast.officer, &whole_again).await), "change.wrong-stage (B21)");
        let now = changes::items_now(&city, cast.id).await.expect("items");
        assert!(now.contains(&(ChangeItem::Charter, text.to_owned())));
        assert_eq!(city.db.number("SELECT count(*) FROM registered_item", &[]).await, Ok(0));
        let public = documents::of(&city, &Actor::VISITOR, whole.case.subject()).await.expect("read");
        let kinds: Vec<DocumentKind> = public.iter().map(|one| one.kind).collect();
        assert_eq!(kinds, [DocumentKind::ChangeApproval], "approved, and not announced (B16)");
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

fn release(cast: &Cast) -> ReportRelease {
    ReportRelease {
        organisation: cast.id,
        unit: "南京市示例局".into(),
        released_on: day("2014-03-03"),
        reason: "宁示函〔2014〕1号（示例）".into(),
    }
}

#[tokio::test]
async fn a_new_supervising_unit_is_found_in_ninety_days_and_who_is_late_is_seen() {
    on_both(async |city| {
        let cast = cast(&city).await;
        assert!(city.clock.move_to(at("2014-03-10", 9)));
        let ask = release(&cast);
        let ahead = ReportRelease { released_on: day("2014-03-11"), unit: " ".into(), ..ask.clone() };
        let expected = "change.unit-missing@unit change.release-day@released_on";
        assert_eq!(code(act(&city, &cast.own, &ahead).await), expected);
        let stranger = crate::registration_ground::someone(&city, "stranger", Role::Applicant).await;
        assert!(act(&city, &stranger, &ask).await.is_err());
        let other = app::registry::RegisterOrganisation { form: form("XX900002") };
        let other = act(&city, &cast.officer, &other).await.expect("entered");
        let other = person(&city, "other", Role::OrganisationUser, Scope::Organisation(other)).await;
        assert_eq!(act(&city, &other, &ask).await, Err(app::Error::NotFound), "its own alone");
        act(&city, &cast.officer, &ask).await.expect("an officer to whom the unit wrote");
        assert_eq!(code(act(&city, &cast.own, &ask).await), "change.release-on-file (B21)");
        let held = open_of(&city, cast.id).await.expect("read").expect("a release");
        assert_eq!(held.due_on, day("2014-06-03"));
        late_and_settled(&city, &cast).await;
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

/// After the last day it is late and listed; the new unit settles it.
async fn late_and_settled(city: &City, cast: &Cast) {
    assert!(city.clock.move_to(at("2014-06-10", 9)));
    let late = deadlines::late(city, day("2014-06-10"), day("2014-01-01")).await.expect("read");
    assert_eq!(late.iter().map(|one| one.rule).collect::<Vec<_>>(), [RuleKey::NewSupervisingUnitDays]);
    let found = about(city, &late[0]).await.expect("read").expect("a release");
    assert_eq!((found.place, found.number.as_str()), (Place::Release, cast.uscc.as_str()));
    assert_eq!(all_open(city).await.expect("read").len(), 1);
    let minutes = paper(city, &cast.own, PaperKind::Minutes).await;
    let ask = change(ChangeItem::SupervisingUnit, "南京市示例新局", &[minutes]);
    let number = act(city, &cast.own, &ask).await.expect("asked");
    act(city, &cast.officer, &AcceptChange { number }).await.expect("taken up");
    let review = ReviewChange { number, is_fit: true, opinion: "同意主管（示例）".into() };
    act(city, &cast.officer, &review).await.expect("reviewed");
    assert!(open_of(city, cast.id).await.expect("read").is_some(), "until then the old one keeps its duties");
    let decide = DecideChange { number, is_approved: true, decision: "符合规定（示例）".into() };
    act(city, &cast.director, &decide).await.expect("decided");
    assert!(open_of(city, cast.id).await.expect("read").is_none());
    let late = deadlines::late(city, day("2014-06-10"), day("2014-01-01")).await.expect("read");
    assert_eq!(late[0].done_on, Some(day("2014-06-10")), "found, and late");
}

#[tokio::test]
async fn a_charity_tells_when_its_liquidation_group_was_formed() {
    on_both(async |city| {
        let cast = cast(&city).await;
        charity_since(&city, cast.id, "2013-03-05").await;
        assert!(city.clock.move_to(at("2014-06-10", 9)));
        let report = paper(&city, &cast.own, PaperKind::LiquidationReport).await;
        let ask = cancellation(&[report]);
        let expected = "ending.ground-day-missing@ground_on ending.group-day-missing@group_on";
        assert_eq!(code(act(&city, &cast.own, &ask).await), expected);
        let days = |ground, group| (Some(day(ground)), Some(day(group)));
        let (ground_on, group_on) = days("2014-03-03", "2014-02-28");
        let early = ApplyCancellation { ground_on, group_on, ..ask.clone() };
        assert_eq!(code(act(&city, &cast.own, &early).await), "ending.group-before-ground@group_on");
        let (ground_on, group_on) = days("2014-03-03", "2014-04-08");
        let late = ApplyCancellation { ground_on, group_on, ..ask };
        let number = act(&city, &cast.own, &late).await.expect("taken: nobody is kept from ending lawfully");
        let whole = endings::one(&city, &cast.officer, number).await.expect("read");
        let found = whole.findings.iter().find(|one| one.code == "ending.group-in-time").expect("a finding");
        assert_eq!(found.level, Level::Warn);
        let late = deadlines::late(&city, day("2014-06-10"), day("2014-01-01")).await.expect("read");
        let [late] = late.as_slice() else { panic!("one: {late:?}") };
        assert_eq!((late.rule, late.due_on), (RuleKey::CharityLiquidationDays, day("2014-04-02")));
        assert_eq!(late.done_on, Some(day("2014-04-08")));
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_new_domicile_moves_the_organisation_to_its_district() {
    on_both(async |city| {
        let cast = cast(&city).await;
        assert!(city.clock.move_to(at("2014-06-10", 9)));
        let minutes = paper(&city, &cast.own, PaperKind::Minutes).await;
        let premises = paper(&city, &cast.own, PaperKind::PremisesRight).await;
        let mut ask = change(ChangeItem::Domicile, "示例路9号", &[minutes, premises]);
        ask.told.division = "320102002".into();
        let nowhere = ApplyChange { told: Particulars::default(), ..ask.clone() };
        assert_eq!(code(act(&city, &cast.own, &nowhere).await), "registration.street-unknown@division");
        let number = act(&city, &cast.own, &ask).await.expect("asked");
        approve(&city, &cast, number, "2014-07-08").await;
        let sql = "SELECT district || ' ' || division || ' ' || domicile FROM organisation WHERE id = $1";
        let (held,): (String,) = city.db.one(sql, &[cast.id.into()]).await.expect("read");
        assert_eq!(held, "320102 320102002 示例路9号");
    })
    .await;
}
