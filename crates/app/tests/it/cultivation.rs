//! The cultivation programme: from the notice to the enrolment and out of it, and everything that keeps an
//! organisation from being enrolled (D1, D2, B38, S12, S32), and what a tie asks of it (T4).

use app::cultivation::apply::{ApplyForProgramme, conditions};
use app::cultivation::assess::PubliciseEnrolment;
use app::cultivation::decide::{ConfirmEnrolment, RefuseEnrolment};
use app::cultivation::follow::{RecordExit, ReviewEnrolment};
use app::cultivation::programme::OpenProgramme;
use app::cultivation::{public, read};
use app::inbox::{self, TaskKind};
use app::registry::credit::due::DoWhatIsDue;
use app::registry::credit::penalty::{ConfirmPenalty, Footing, RecordPenalty};
use app::registry::credit::read as credit;
use app::registry::enrolled::enrolled_at;
use app::registry::filing::{CloseFiling, FileOrganisation, ledger};
use app::registry::{RegisterOrganisation, profile};
use app::{City, Error, documents, journal};
use domain::cultivation::{Asked, EnrolmentStage, MediationPart, RefusalGround, ServiceTag};
use domain::kernel::{Actor, Coded, Fen, Level, PersonId, Role, Scope};
use domain::registry::DocumentKind;
use domain::registry::Offence;
use domain::registry::credit::PenaltyKind;
use domain::registry::enrolled::{ExitGround, ProgrammeType};
use domain::registry::filing::FilingEnd;

use crate::credit_cast::{Cast, cast, form, list_now, person};
use crate::cultivation_ground::{Bureau, NO_KEY, asked, codes, day, leave, move_to, opening};
use crate::support::on_both;

const NUMBER: &str = "PY-2014-001";

async fn tally(city: &City, kind: ProgrammeType) -> (i64, i64) {
    let found = public::progress(city, 2014).await.expect("progress").of(kind);
    (found.actual, found.exits)
}

async fn kinds(city: &City, bureau: &Bureau, cast: &Cast) -> Vec<DocumentKind> {
    let case = bureau.case(city, NUMBER).await;
    let held = documents::of(city, &cast.own, case.subject()).await.expect("documents");
    held.into_iter().filter(|one| one.withdrawn_at.is_none()).map(|one| one.kind).collect()
}

#[tokio::test]
async fn an_organisation_comes_into_the_programme_step_by_step() {
    on_both(async |city| {
        let cast = cast(&city).await;
        let bureau = Bureau::set(&city).await;
        assert_eq!(codes(bureau.does(&city, &opening()).await), ["cultivation.year-open"]);
        let empty = OpenProgramme { year: Some(2013), notice: String::new(), apply_until: None };
        let faults = ["cultivation.year-early", "cultivation.text-missing", "cultivation.day-missing"];
        assert_eq!(codes(bureau.does(&city, &empty).await), faults);
        let found = conditions(&city, cast.id).await.expect("conditions");
        assert!(found.iter().all(|one| one.level == Level::Met), "{found:?}");

        let id = bureau.apply(&city, &cast.own, ProgrammeType::Elderly).await;
        let tasks = inbox::tasks(&city, &bureau.scorer).await.expect("tasks");
        assert_eq!(tasks.iter().map(|task| task.kind).collect::<Vec<_>>(), [TaskKind::ScoreEnrolment]);
        assert_eq!(codes(bureau.does(&city, &bureau.score(id, 101)).await), ["cultivation.points-range"; 3]);
        let early = PubliciseEnrolment { enrolment: id };
        assert_eq!(codes(bureau.does(&city, &early).await), ["cultivation.wrong-stage"]);
        bureau.does(&city, &bureau.score(id, 80)).await.expect("scored");
        assert_eq!(codes(bureau.does(&city, &early).await), ["cultivation.partner-missing"]);
        bureau.does(&city, &bureau.opinion(&city, id, true)).await.expect("heard");
        // Monday 6 January: five working days end on the 13th.
        assert_eq!(bureau.does(&city, &early).await.as_deref(), Ok("2014-01-13"));
        assert_eq!(codes(bureau.confirm(&city, id).await), ["cultivation.still-public"]);
        assert_eq!(public::in_publicity(&city).await.expect("read").len(), 1);
        move_to(&city, "2014-01-14");
        let own_word = bureau.does(&city, &ConfirmEnrolment { enrolment: id }).await;
        assert_eq!(codes(own_word), ["cultivation.same-person"]);
        assert!(enrolled_at(&city, cast.id, city.clock.now()).await.expect("read").is_none());
        let tasks = inbox::tasks(&city, &bureau.second).await.expect("tasks");
        assert_eq!(tasks.iter().map(|task| task.kind).collect::<Vec<_>>(), [TaskKind::ConfirmEnrolment]);
        let code = bureau.confirm(&city, id).await.expect("enrolled");
        let notice = documents::read(&city, &Actor::VISITOR, &code).await.expect("anyone reads it");
        assert_eq!((notice.kind, notice.is_public), (DocumentKind::ProgrammeNotice, true));
        assert_eq!(tally(&city, ProgrammeType::Elderly).await, (1, 0));
        let case = bureau.case(&city, NUMBER).await;
        assert_eq!((case.stage, case.counted_year), (EnrolmentStage::Enrolled, Some(2014)));
        let held = read::of_organisation(&city, cast.id).await.expect("read").expect("enrolled");
        assert_eq!(held.number, NUMBER);
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_application_says_one_thing_and_stands_alone() {
    on_both(async |city| {
        let cast = cast(&city).await;
        let bureau = Bureau::set(&city).await;
        let apply = |asked| ApplyForProgramme { year: 2014, asked };
        let two = Asked {
            kinds: vec![ProgrammeType::Elderly, ProgrammeType::Children],
            ..asked(ProgrammeType::Elderly)
        };
        let own = &cast.own;
        assert_eq!(codes(city.act(own, &NO_KEY, &apply(two)).await), ["cultivation.two-types"]);
        let both = Asked { parts: MediationPart::ALL.to_vec(), ..asked(ProgrammeType::Mediation) };
        assert_eq!(codes(city.act(own, &NO_KEY, &apply(both)).await), ["cultivation.two-parts"]);
        let foreign = Asked { sub_services: vec![ServiceTag::Environment], ..asked(ProgrammeType::Children) };
        assert_eq!(codes(city.act(own, &NO_KEY, &apply(foreign)).await), ["cultivation.service-foreign"]);
        let blank = codes(city.act(own, &NO_KEY, &apply(Asked::default())).await);
        assert_eq!(blank.len(), 4, "everything at once: {blank:?}");

        let id = bureau.apply(&city, own, ProgrammeType::Children).await;
        let again = apply(asked(ProgrammeType::Comprehensive));
        assert_eq!(codes(city.act(own, &NO_KEY, &again).await), ["cultivation.already-applied"]);
        let found = conditions(&city, cast.id).await.expect("conditions");
        assert!(found.iter().any(|one| one.code == "cultivation.no-other" && one.level == Level::Barred));
        let stranger_form = RegisterOrganisation { form: form("XX900002") };
        let other = city.act(&cast.officer, &NO_KEY, &stranger_form).await.expect("entered");
        let stranger = person(&city, "stranger", Role::OrganisationUser, Scope::Organisation(other)).await;
        assert_eq!(leave(&city, &stranger, id).await, Err(Error::NotFound));
        assert!(read::by_number(&city, &stranger, NUMBER).await.is_err(), "strangers' things answer alike");
        assert!(public::by_number(&city, NUMBER).await.is_err(), "not public before publicity");
        leave(&city, own, id).await.expect("taken back");
        city.act(own, &NO_KEY, &again).await.expect("free to apply again");
        move_to(&city, "2014-07-01");
        let late = apply(asked(ProgrammeType::Elderly));
        assert_eq!(codes(city.act(&stranger, &NO_KEY, &late).await), ["cultivation.closed"]);
        let wrong = city.act(&cast.officer, &NO_KEY, &bureau.score(id, 80)).await;
        assert_eq!(wrong, Err(Error::NotPermitted), "the approval office runs no programme");
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn whom_the_criteria_or_the_partner_stop_is_refused_in_writing() {
    on_both(async |city| {
        let cast = cast(&city).await;
        let bureau = Bureau::set(&city).await;
        let id = bureau.apply(&city, &cast.own, ProgrammeType::Children).await;
        bureau.does(&city, &bureau.score(id, 59)).await.expect("scored");
        bureau.does(&city, &bureau.opinion(&city, id, false)).await.expect("heard");
        let publish = bureau.does(&city, &PubliciseEnrolment { enrolment: id }).await;
        assert_eq!(codes(publish), ["cultivation.below-line"]);
        let refuse = |ground, reason: &str| RefuseEnrolment { enrolment: id, ground, reason: reason.into() };
        let met = Some(RefusalGround::CriteriaNotMet);
        assert_eq!(codes(bureau.does(&city, &refuse(met, "未达合格线")).await), ["cultivation.same-person"]);
        let second = async |act: RefuseEnrolment| city.act(&bureau.second, &NO_KEY, &act).await;
        let nothing = ["cultivation.ground-missing", "cultivation.reason-missing"];
        assert_eq!(codes(second(refuse(None, "")).await), nothing);
        let standing = Some(RefusalGround::Standing);
        assert_eq!(codes(second(refuse(standing, "名录")).await), ["cultivation.ground-unfounded"]);
        let stale = Actor { fresh: false, ..bureau.second.clone() };
        let unsure = city.act(&stale, &NO_KEY, &refuse(met, "未达合格线")).await;
        assert_eq!(unsure, Err(Error::PasswordNeeded));
        second(refuse(met, "未达合格线，可以再次申请（示例）")).await.expect("refused");
        assert_eq!(kinds(&city, &bureau, &cast).await, [DocumentKind::ProgrammeRefusal]);
        assert_eq!(tally(&city, ProgrammeType::Children).await, (0, 0));
        assert!(DocumentKind::ProgrammeRefusal.is_adverse());
        bureau.apply(&city, &cast.own, ProgrammeType::Children).await;
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

/// A fine of sixty thousand leads to the serious list.
async fn list_seriously(city: &City, cast: &Cast) {
    let record = RecordPenalty {
        organisation: cast.id,
        kind: PenaltyKind::Fine,
        amount: Fen::yuan(60_000),
        document_number: "宁民罚〔2014〕9号".into(),
        authority: "南京市民政局（示例）".into(),
        reason: "示例情形".into(),
        imposed_on: city.clock.now().date(),
        until: None,
        footing: Footing::on(Offence::OtherLaw),
    };
    let penalty = city.act(&cast.officer, &NO_KEY, &record).await.expect("recorded");
    let confirm = ConfirmPenalty { penalty, is_right: true };
    city.act(&cast.director, &NO_KEY, &confirm).await.expect("confirmed");
    city.act(&cast.officer, &NO_KEY, &DoWhatIsDue).await.expect("proposed");
    let number = credit::cases(city, credit::CaseFilter::default()).await.expect("read")[0].number;
    list_now(city, cast, number).await;
}

#[tokio::test]
async fn the_serious_list_bars_the_confirmation_and_ends_an_enrolment_by_itself() {
    on_both(async |city| {
        let cast = cast(&city).await;
        let bureau = Bureau::set(&city).await;
        let id = bureau.publish(&city, &cast.own, ProgrammeType::Mediation).await;
        move_to(&city, "2014-01-14");
        bureau.confirm(&city, id).await.expect("enrolled");
        let before = city.clock.now();
        move_to(&city, "2014-02-10");
        let reason = "列入名单（示例）";
        let exit = RecordExit { enrolment: id, reason: reason.into() };
        assert_eq!(codes(bureau.does(&city, &exit).await), ["cultivation.nothing-ended"]);
        list_seriously(&city, &cast).await;
        move_to(&city, "2014-02-11");
        let now = city.clock.now();
        assert!(enrolled_at(&city, cast.id, before).await.expect("read").is_some(), "the past stays");
        assert!(enrolled_at(&city, cast.id, now).await.expect("read").is_none(), "nobody had to act");
        assert_eq!(tally(&city, ProgrammeType::Mediation).await, (0, 1));
        let tasks = inbox::tasks(&city, &bureau.second).await.expect("tasks");
        assert_eq!(tasks.iter().map(|task| task.kind).collect::<Vec<_>>(), [TaskKind::RecordExit]);
        let review = ReviewEnrolment {
            enrolment: id,
            year: Some(2014),
            is_passed: Some(true),
            text: "正常（示例）".into(),
        };
        assert_eq!(codes(bureau.does(&city, &review).await), ["cultivation.ended-by-effect"]);
        bureau.does(&city, &exit).await.expect("recorded");
        let case = bureau.case(&city, NUMBER).await;
        assert_eq!((case.stage, case.exit_ground), (EnrolmentStage::Exited, Some(ExitGround::SeriousList)));
        assert_eq!(case.ended_at.map(|at| at.date()), Some(day("2014-02-10")), "as of its own moment");
        assert_eq!(kinds(&city, &bureau, &cast).await, [DocumentKind::ProgrammeExit]);
        let again = ApplyForProgramme { year: 2014, asked: asked(ProgrammeType::Elderly) };
        assert_eq!(codes(city.act(&cast.own, &NO_KEY, &again).await), ["registry.not-serious"]);
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn standing_is_checked_again_when_an_enrolment_is_confirmed() {
    on_both(async |city| {
        let cast = cast(&city).await;
        let bureau = Bureau::set(&city).await;
        let id = bureau.publish(&city, &cast.own, ProgrammeType::Elderly).await;
        move_to(&city, "2014-01-14");
        list_seriously(&city, &cast).await;
        assert_eq!(codes(bureau.confirm(&city, id).await), ["registry.not-serious"]);
        let refuse = RefuseEnrolment {
            enrolment: id,
            ground: Some(RefusalGround::Standing),
            reason: "公示期间列入名单（示例）".into(),
        };
        city.act(&bureau.second, &NO_KEY, &refuse).await.expect("refused");
        let code = city.act(&bureau.second, &NO_KEY, &refuse).await;
        assert_eq!(codes(code), ["cultivation.wrong-stage"]);
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn two_failed_reviews_and_an_own_wish_end_an_enrolment() {
    on_both(async |city| {
        let cast = cast(&city).await;
        let bureau = Bureau::set(&city).await;
        let id = bureau.publish(&city, &cast.own, ProgrammeType::Comprehensive).await;
        move_to(&city, "2014-01-14");
        bureau.confirm(&city, id).await.expect("enrolled");
        let review = |year, is_passed| ReviewEnrolment {
            enrolment: id,
            year,
            is_passed,
            text: "未按计划提供服务（示例）".into(),
        };
        let nothing = ["cultivation.review-year-missing", "cultivation.outcome-missing"];
        assert_eq!(codes(bureau.does(&city, &review(None, None)).await), nothing);
        let waiting = async || {
            let reader = Actor::new(PersonId(1), Role::OrganisationBureau, Scope::City);
            let tasks = inbox::tasks(&city, &reader).await.expect("tasks");
            tasks.into_iter().filter(|task| task.kind == TaskKind::ReviewEnrolment).count()
        };
        assert_eq!(waiting().await, 0, "its first year is not over");
        move_to(&city, "2015-02-02");
        assert_eq!(waiting().await, 1);
        assert_eq!(
            codes(bureau.does(&city, &review(Some(2016), Some(false))).await),
            ["cultivation.review-year"]
        );
        bureau.does(&city, &review(Some(2014), Some(false))).await.expect("a first failure");
        assert_eq!(waiting().await, 0);
        assert_eq!(
            codes(bureau.does(&city, &review(Some(2014), Some(true))).await),
            ["cultivation.reviewed"]
        );
        assert_eq!(tally(&city, ProgrammeType::Comprehensive).await, (1, 0), "once is not enough");
        bureau.does(&city, &review(Some(2015), Some(false))).await.expect("a second failure");
        assert_eq!(tally(&city, ProgrammeType::Comprehensive).await, (0, 1));
        let case = bureau.case(&city, NUMBER).await;
        assert_eq!(case.exit_ground, Some(ExitGround::FailedReviews));

        // Whoever comes back is enrolled, and not counted as new.
        let next = OpenProgramme { year: Some(2015), apply_until: Some(day("2015-12-31")), ..opening() };
        bureau.does(&city, &next).await.expect("the next year");
        let apply = ApplyForProgramme { year: 2015, asked: asked(ProgrammeType::Comprehensive) };
        let number = city.act(&cast.own, &NO_KEY, &apply).await.expect("applied again");
        let again = bureau.case(&city, &number).await.id;
        bureau.does(&city, &bureau.score(again, 80)).await.expect("scored");
        bureau.does(&city, &PubliciseEnrolment { enrolment: again }).await.expect("public, no partner");
        move_to(&city, "2015-02-12");
        bureau.confirm(&city, again).await.expect("enrolled again");
        assert_eq!(bureau.case(&city, &number).await.counted_year, None);
        leave(&city, &cast.own, again).await.expect("left");
        assert_eq!(codes(leave(&city, &cast.own, again).await), ["cultivation.wrong-stage"]);
        assert!(enrolled_at(&city, cast.id, city.clock.now()).await.expect("read").is_none());
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_filed_organisation_is_enrolled_too_until_its_filing_ends() {
    on_both(async |city| {
        let bureau = Bureau::set(&city).await;
        let street = crate::filing::officer(&city, "street", 320_104_002).await;
        let file = FileOrganisation { form: crate::filing::form("邻里调解队（示例）") };
        let filing = city.act(&street, &NO_KEY, &file).await.expect("filed");
        let held = profile::organisation(&city, &filing).await.expect("held").id;
        let own = person(&city, "filed", Role::OrganisationUser, Scope::Organisation(held)).await;
        let id = bureau.publish(&city, &own, ProgrammeType::Mediation).await;
        move_to(&city, "2014-01-14");
        bureau.confirm(&city, id).await.expect("enrolled");
        let parts = public::progress(&city, 2014).await.expect("progress");
        assert_eq!(parts.of_part(MediationPart::ProjectBase).actual, 1);
        assert_eq!(parts.of_part(MediationPart::MajorPetitions).actual, 0, "it counts in one only");
        let filter = public::Filter { district: Some("320104".into()), ..public::Filter::default() };
        assert_eq!(public::list(&city, &filter).await.expect("a list").len(), 1);
        let ledger = ledger::one(&city, &street, &filing).await.expect("own filing");
        let end = CloseFiling { filing: ledger.id, version: ledger.version, end: FilingEnd::Dissolved };
        city.act(&street, &NO_KEY, &end).await.expect("ended");
        move_to(&city, "2014-01-15");
        assert!(enrolled_at(&city, held, city.clock.now()).await.expect("read").is_none());
        assert_eq!(tally(&city, ProgrammeType::Mediation).await, (0, 1));
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}
