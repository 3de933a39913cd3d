//! Recognition over time, on both databases: silence, the one extension, late decisions, days that stand still; and
//! how being a charity ends, by deceit or with the registration (B46, B12, B9, B22, B39, E17).

use app::inbox::{TaskKind, member};
use app::registry::charity::annulment::{AnswerCharity, DecideAnnulment, NoticeCharity};
use app::registry::charity::extension::ExtendCharity;
use app::registry::charity::intake::{AcceptCharity, PauseCharity};
use app::registry::charity::read;
use app::registry::ending::decision::DecideEnding;
use app::registry::ending::revocation::{AnswerRevocation, NoticeRevocation, ProposeRevocation};
use app::registry::fundraising::read as certificates;
use app::registry::late::{self, Place};
use app::registry::{Filter, directory, public_lists, standing};
use app::{City, deadlines, documents, journal};
use domain::kernel::{Actor, RuleKey};
use domain::registry::DocumentKind;
use domain::registry::charity::CharityStage;
use domain::registry::credit::StatementKind;
use domain::registry::ending::RevocationGround;

use crate::charity::{checked, decided, recognised, tasks, whole};
use crate::credit_cast::{act, at, cast, code, day};
use crate::support::on_both;

async fn charities(city: &City) -> i64 {
    let filter = Filter { is_charity: true, ..Filter::default() };
    directory::counts(city, &filter).await.expect("counted").all()
}

#[tokio::test]
async fn silence_accepts_and_a_late_decision_is_late_for_everyone_to_see() {
    on_both(async |city| {
        let cast = cast(&city).await;
        assert!(city.clock.move_to(at("2026-09-10", 9)));
        let apply = whole(&city, &cast.own).await;
        let number = act(&city, &cast.own, &apply).await.expect("applied");
        assert!(city.clock.move_to(at("2026-09-18", 9)));
        act(&city, &cast.officer, &AcceptCharity { number }).await.expect("accepted");
        let held = read::one(&city, &cast.officer, number).await.expect("read");
        assert_eq!(held.case.accepted_on, Some(day("2026-09-10")), "from its receipt (B9)");
        let late = async |on: &str| deadlines::late(&city, day(on), day("2026-01-01")).await.expect("read");
        // Twenty natural days from the 10th: the 30th.
        let found = late("2026-10-01").await;
        let decision = found.iter().find(|one| one.rule == RuleKey::CharityRecognitionDays).expect("late");
        assert_eq!(decision.due_on, day("2026-09-30"));
        let about = late::about(&city, decision).await.expect("read").expect("an application");
        assert_eq!((about.place, about.number), (Place::Charity, number.to_string()));
        act(&city, &cast.officer, &checked(number, None)).await.expect("reviewed");
        assert!(city.clock.move_to(at("2026-10-09", 9)));
        let extend = ExtendCharity { number, approval: "示例".into(), reason: "示例".into() };
        assert_eq!(code(act(&city, &cast.director, &extend).await), "charity.term-over (B12)");
        act(&city, &cast.director, &decided(number, true)).await.expect("recognised");
        let after = late("2026-10-09").await;
        let decision = after.iter().find(|one| one.rule == RuleKey::CharityRecognitionDays).expect("late");
        assert_eq!(decision.done_on, Some(day("2026-10-09")), "late stays late");
    })
    .await;
}

#[tokio::test]
async fn the_ministry_lets_the_term_be_extended_once() {
    on_both(async |city| {
        let cast = cast(&city).await;
        assert!(city.clock.move_to(at("2026-09-10", 9)));
        let apply = whole(&city, &cast.own).await;
        let number = act(&city, &cast.own, &apply).await.expect("applied");
        let approval = "民函〔2026〕示例1号，2026年9月15日";
        let extend =
            ExtendCharity { number, approval: approval.into(), reason: "情况特殊（示例）".into() };
        assert_eq!(code(act(&city, &cast.director, &extend).await), "charity.wrong-stage (B46)");
        act(&city, &cast.officer, &AcceptCharity { number }).await.expect("accepted");
        assert!(act(&city, &cast.officer, &extend).await.is_err(), "the director does");
        let bare = ExtendCharity { number, approval: " ".into(), reason: String::new() };
        let expected = "change.text-missing@approval change.text-missing@extension_reason";
        assert_eq!(code(act(&city, &cast.director, &bare).await), expected);
        act(&city, &cast.officer, &PauseCharity { number, is_paused: true }).await.expect("paused");
        assert_eq!(code(act(&city, &cast.director, &extend).await), "charity.paused-already (E17)");
        assert_eq!(
            code(act(&city, &cast.officer, &checked(number, None)).await),
            "charity.paused-already (E17)"
        );
        act(&city, &cast.officer, &PauseCharity { number, is_paused: false }).await.expect("resumed");
        act(&city, &cast.director, &extend).await.expect("extended");
        assert_eq!(code(act(&city, &cast.director, &extend).await), "charity.extended-before (B12)");
        let held = read::one(&city, &cast.own, number).await.expect("own");
        let rows = deadlines::of(&city, held.case.subject()).await.expect("read");
        let open: Vec<_> = rows.iter().filter(|one| one.done_at.is_none()).collect();
        let [one] = open.as_slice() else { panic!("one: {open:?}") };
        // Sixty days from the 30th of September, the last day of the first term.
        assert_eq!((one.rule, one.due_on), (RuleKey::CharityExtensionDays, Some(day("2026-11-30"))));
        let told = documents::of(&city, &cast.own, held.case.subject()).await.expect("read");
        assert!(told.iter().any(|one| one.kind == DocumentKind::ExtensionNotice), "told why");
        act(&city, &cast.officer, &checked(number, None)).await.expect("reviewed");
        act(&city, &cast.director, &decided(number, true)).await.expect("recognised");
        let rows = deadlines::of(&city, held.case.subject()).await.expect("read");
        assert!(rows.iter().all(|one| one.done_at.is_some()), "nothing is due any more");
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn whoever_deceived_is_heard_and_is_no_charity_any_more() {
    on_both(async |city| {
        let (cast, number) = recognised(&city, "2026-09-10").await;
        assert_eq!(charities(&city).await, 1);
        assert!(city.clock.move_to(at("2026-10-12", 9)));
        let empty = NoticeCharity { number, false_facts: String::new() };
        assert_eq!(code(act(&city, &cast.officer, &empty).await), "change.text-missing@false_facts");
        let notice = NoticeCharity { number, false_facts: "审计报告系伪造（示例）".into() };
        act(&city, &cast.officer, &notice).await.expect("told");
        let decide =
            |is_annulled| DecideAnnulment { number, is_annulled, reason: "属实（示例）".into() };
        let early = code(act(&city, &cast.director, &decide(true)).await);
        assert_eq!(early, "charity.answer-awaited (B46)");
        assert!(tasks(&city, &cast.director).await.is_empty(), "there is nothing to decide yet");
        let own = member::of_organisation(&city, cast.id).await.expect("tasks");
        assert_eq!(own.len(), 1, "{own:?}");
        let answer = AnswerCharity { number, answer: "报告由事务所出具（示例）".into() };
        act(&city, &cast.own, &answer).await.expect("answered");
        assert_eq!(tasks(&city, &cast.director).await, [TaskKind::DecideCharityAnnulment]);
        act(&city, &cast.director, &decide(false)).await.expect("it stands");
        assert_eq!(charities(&city).await, 1);
        act(&city, &cast.officer, &notice).await.expect("told again");
        assert!(city.clock.move_to(at("2026-11-12", 9)));
        assert_eq!(code(act(&city, &cast.own, &answer).await), "charity.answer-late (B46)");
        assert_eq!(tasks(&city, &cast.director).await, [TaskKind::DecideCharityAnnulment], "time is over");
        act(&city, &cast.director, &decide(true)).await.expect("annulled");
        assert_eq!(charities(&city).await, 0);
        let record = public_lists::record(&city, &cast.uscc).await.expect("a record");
        assert_eq!(record.charity[0].to_on, Some(day("2026-11-12")));
        let known =
            async |on| standing::known_at(&city, cast.id, at(on, 10)).await.expect("known").charity_since;
        assert_eq!(known("2026-11-11").await, Some(day("2026-09-10")), "the past stays");
        assert_eq!(known("2026-11-12").await, None);
        let held = read::one(&city, &cast.own, number).await.expect("own");
        assert_eq!(held.case.stage, CharityStage::Annulled);
        let told = documents::of(&city, &Actor::VISITOR, held.case.subject()).await.expect("read");
        let annulment = told.iter().find(|one| one.kind == DocumentKind::CharityAnnulment).expect("public");
        assert!(annulment.kind.is_adverse(), "it tells the rights of review");
        let decision = told.iter().find(|one| one.kind == DocumentKind::CharityDecision).expect("public");
        assert!(decision.withdrawn_at.is_some(), "and the first one holds no more");
        let again = whole(&city, &cast.own).await;
        act(&city, &cast.own, &again).await.expect("nothing bars an honest application");
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn with_being_a_charity_the_fundraising_certificate_falls() {
    on_both(async |city| {
        // Recognised a year before, then a holder of a certificate.
        let (cast, number) = recognised(&city, "2025-09-10").await;
        assert!(city.clock.move_to(at("2026-09-10", 9)));
        crate::fundraising::graded(&city, cast.id, "3a").await;
        crate::fundraising_ends::certify(&city, &cast).await;
        assert!(certificates::certificate_of(&city, cast.id).await.expect("read").is_some());
        let notice = NoticeCharity { number, false_facts: "会议纪要系伪造（示例）".into() };
        act(&city, &cast.officer, &notice).await.expect("told");
        let answer = AnswerCharity { number, answer: "没有异议（示例）".into() };
        act(&city, &cast.own, &answer).await.expect("answered");
        let decide = DecideAnnulment { number, is_annulled: true, reason: "属实（示例）".into() };
        act(&city, &cast.director, &decide).await.expect("annulled");
        assert!(certificates::certificate_of(&city, cast.id).await.expect("read").is_none());
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn with_the_registration_being_a_charity_ends() {
    on_both(async |city| {
        let (cast, number) = recognised(&city, "2026-09-10").await;
        let propose = ProposeRevocation {
            organisation: cast.id,
            ground: RevocationGround::CertificateLent,
            evidence: "出借证书（示例）".into(),
        };
        let ending = act(&city, &cast.officer, &propose).await.expect("proposed");
        act(&city, &cast.officer, &NoticeRevocation { number: ending }).await.expect("noticed");
        let answer = AnswerRevocation {
            number: ending,
            kind: StatementKind::Waived,
            statement: String::new(),
            papers: Vec::new(),
        };
        act(&city, &cast.own, &answer).await.expect("answered");
        let decide = DecideEnding { number: ending, is_ended: true, decision: "属实（示例）".into() };
        act(&city, &cast.director, &decide).await.expect("ended");
        assert_eq!(charities(&city).await, 0);
        let held = read::one(&city, &cast.officer, number).await.expect("read");
        assert_eq!(held.case.stage, CharityStage::Ended);
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}
