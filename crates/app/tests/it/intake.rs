//! A change and a cancellation on the course of every application, and what an ended organisation gives back, on both
//! databases (B9, B21, B22).

use app::inbox::{self, TaskKind, member};
use app::registry::change::application::{ApplyChange, ResubmitChange};
use app::registry::change::charter::CheckAmendedCharter;
use app::registry::change::decision::{DecideChange, ReviewChange};
use app::registry::change::intake::{AcceptChange, CorrectChange, WithdrawChange};
use app::registry::change::read as changes;
use app::registry::change::release::ReportRelease;
use app::registry::course::silence;
use app::registry::ending::cancellation::{ApplyCancellation, ResubmitCancellation, ReviewCancellation};
use app::registry::ending::decision::DecideEnding;
use app::registry::ending::intake::{AcceptCancellation, CorrectCancellation, WithdrawCancellation};
use app::registry::ending::open;
use app::registry::ending::read as endings;
use app::registry::ending::surrender::{DeclareVoid, RecordSurrender};
use app::{City, deadlines, documents, journal};
use domain::kernel::{Actor, Role, RuleKey, Scope};
use domain::registry::change::ChangeItem;
use domain::registry::course::Intake;
use domain::registry::ending::surrender::{Thing, Way};
use domain::registry::registration::charter::{self, CharterItem, Mark};
use domain::registry::{DocumentKind, PaperKind};

use crate::credit_cast::{Cast, act, at, cast, code, day, form, person};
use crate::ending::{cancellation, change, paper};
use crate::support::on_both;

async fn tasks(city: &City, reader: &Actor) -> Vec<TaskKind> {
    let found = inbox::tasks(city, reader).await.expect("tasks").into_iter();
    found.filter(|task| task.is_own).map(|task| task.kind).collect()
}

async fn own_tasks(city: &City, cast: &Cast) -> Vec<member::MemberTaskKind> {
    let found = member::of_organisation(city, cast.id).await.expect("tasks");
    found.into_iter().map(|task| task.kind).filter(|kind| !is_of_seal(*kind)).collect()
}

fn is_of_seal(kind: member::MemberTaskKind) -> bool {
    matches!(kind, member::MemberTaskKind::HandInSeal | member::MemberTaskKind::HandInAccount)
}

/// The kinds of the documents of a change, in their order.
async fn told(city: &City, cast: &Cast, number: i64) -> Vec<DocumentKind> {
    let whole = changes::one(city, &cast.own, number).await.expect("own");
    let all = documents::of(city, &cast.own, whole.case.subject()).await.expect("read");
    let mut kinds: Vec<DocumentKind> = all.iter().map(|one| one.kind).collect();
    kinds.sort_unstable_by_key(|kind| format!("{kind:?}"));
    kinds
}

#[tokio::test]
async fn a_change_is_returned_once_corrected_taken_up_and_approved() {
    on_both(async |city| {
        let cast = cast(&city).await;
        assert!(city.clock.move_to(at("2014-06-10", 9)));
        let minutes = paper(&city, &cast.own, PaperKind::Minutes).await;
        let charter = paper(&city, &cast.own, PaperKind::Charter).await;
        let ask = change(ChangeItem::Charter, "第十条（示例）", &[minutes, charter]);
        let number = act(&city, &cast.own, &ask).await.expect("asked");
        assert_eq!(tasks(&city, &cast.officer).await, [TaskKind::TakeInChange]);
        // What the comparison finds lacking goes into the one notice.
        let whole = changes::one(&city, &cast.officer, number).await.expect("read");
        let marks = |lacks: Option<CharterItem>| -> Vec<Mark> {
            let mark = |item: &CharterItem| Mark {
                item: *item,
                is_there: lacks != Some(*item),
                note: String::new(),
            };
            charter::items(whole.organisation.kind).iter().map(mark).collect()
        };
        let lacking = CheckAmendedCharter { number, marks: marks(Some(CharterItem::Amendment)) };
        act(&city, &cast.officer, &lacking).await.expect("compared");
        let bare = CorrectChange { number, defects: " ".into() };
        assert_eq!(code(act(&city, &cast.officer, &bare).await), "change.text-missing@defects");
        let correct = CorrectChange { number, defects: "章程没有修改程序（示例）".into() };
        act(&city, &cast.officer, &correct).await.expect("returned");
        assert!(tasks(&city, &cast.officer).await.is_empty(), "it is with the organisation");
        assert_eq!(own_tasks(&city, &cast).await, [member::MemberTaskKind::CorrectChange]);
        for barred in [
            code(act(&city, &cast.officer, &AcceptChange { number }).await),
            code(act(&city, &cast.officer, &lacking).await),
        ] {
            assert_eq!(barred, "course.not-accepted (B9)");
        }
        corrected(&city, &cast, number, &ask).await;
        let again = CorrectChange { number, defects: "还有（示例）".into() };
        assert_eq!(code(act(&city, &cast.officer, &again).await), "course.corrected-once (B9)");
        act(&city, &cast.officer, &AcceptChange { number }).await.expect("taken up");
        let review = ReviewChange { number, is_fit: true, opinion: "材料齐全（示例）".into() };
        assert_eq!(
            code(act(&city, &cast.officer, &review).await),
            "registration.charter-unchecked (B11)",
            "a corrected charter is compared anew"
        );
        act(&city, &cast.officer, &CheckAmendedCharter { number, marks: marks(None) }).await.expect("anew");
        act(&city, &cast.officer, &review).await.expect("reviewed");
        let decide = DecideChange { number, is_approved: true, decision: "符合规定（示例）".into() };
        act(&city, &cast.director, &decide).await.expect("approved");
        assert_eq!(
            told(&city, &cast, number).await,
            [DocumentKind::Acceptance, DocumentKind::ChangeApproval, DocumentKind::CorrectionNotice]
        );
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

/// The organisation hands in again, weeks later: what it asked for in time stays asked for in time.
async fn corrected(city: &City, cast: &Cast, number: i64, ask: &ApplyChange) {
    assert!(city.clock.move_to(at("2014-07-07", 9)));
    let stranger = form("XX900002");
    let other = app::registry::RegisterOrganisation { form: stranger };
    let other = act(city, &cast.officer, &other).await.expect("entered");
    let other = person(city, "stranger", Role::OrganisationUser, Scope::Organisation(other)).await;
    let again = ResubmitChange {
        number,
        form: ApplyChange { value: "第十条、第三十条（示例）".into(), ..ask.clone() },
    };
    assert_eq!(act(city, &other, &again).await, Err(app::Error::NotFound), "its own alone");
    let bare = ResubmitChange { number, form: ApplyChange { value: String::new(), ..ask.clone() } };
    assert_eq!(code(act(city, &cast.own, &bare).await), "change.text-missing@value");
    act(city, &cast.own, &again).await.expect("handed in again");
    assert_eq!(code(act(city, &cast.own, &again).await), "course.not-accepted (B9)");
    let whole = changes::one(city, &cast.own, number).await.expect("own");
    assert_eq!(whole.case.new_value, "第十条、第三十条（示例）");
    assert_eq!(
        (whole.case.intake, whole.case.received_on),
        (Some(Intake::Received), Some(day("2014-07-07")))
    );
    let late = deadlines::late(city, day("2014-07-07"), day("2014-01-01")).await.expect("read");
    assert!(late.is_empty(), "{late:?}");
}

#[tokio::test]
async fn silence_of_five_working_days_takes_a_change_and_a_cancellation_up_from_their_receipt() {
    on_both(async |city| {
        let cast = cast(&city).await;
        assert!(city.clock.move_to(at("2014-06-10", 9)));
        let report = paper(&city, &cast.own, PaperKind::LiquidationReport).await;
        let number = act(&city, &cast.own, &cancellation(&[report])).await.expect("asked");
        // From Tuesday the 10th five working days lead to the 17th.
        assert!(city.clock.move_to(at("2014-06-17", 9)));
        assert_eq!(silence::settle(&city).await.expect("looked"), 0, "the last day is not over");
        assert!(city.clock.move_to(at("2014-06-18", 9)));
        let correct = CorrectCancellation { number, defects: "补充（示例）".into() };
        assert_eq!(code(act(&city, &cast.officer, &correct).await), "course.accepted-by-silence (B9)");
        assert_eq!(silence::settle(&city).await.expect("looked"), 1);
        assert_eq!(silence::settle(&city).await.expect("looked"), 0, "once is once");
        let whole = endings::one(&city, &cast.own, number).await.expect("own");
        let taken = (whole.case.intake, whole.case.accepted_on);
        assert_eq!(taken, (Some(Intake::Accepted), Some(day("2014-06-10"))));
        let running = deadlines::of(&city, whole.case.subject()).await.expect("deadlines");
        let running = running.iter().find(|one| one.rule == RuleKey::CancellationDecisionWorkingDays);
        assert_eq!(running.and_then(|one| one.due_on), Some(day("2014-07-08")), "from the day of receipt");
        let public = documents::of(&city, &cast.own, whole.case.subject()).await.expect("read");
        assert_eq!(public.iter().map(|one| one.kind).collect::<Vec<_>>(), [DocumentKind::Acceptance]);
        assert_eq!(tasks(&city, &cast.officer).await, [TaskKind::ReviewCancellation]);
        let minutes = paper(&city, &cast.own, PaperKind::Minutes).await;
        let ask = change(ChangeItem::Scope, "养老服务（示例）", &[minutes]);
        let number = act(&city, &cast.own, &ask).await.expect("asked");
        assert!(city.clock.move_to(at("2014-07-01", 9)));
        // An officer who comes late takes it up from the day of receipt as well.
        act(&city, &cast.officer, &AcceptChange { number }).await.expect("taken up");
        let whole = changes::one(&city, &cast.own, number).await.expect("own");
        assert_eq!(whole.case.accepted_on, Some(day("2014-06-18")));
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

/// What comes back and is handed in again within a day waits with a last day, like on any other day (B9).
#[tokio::test]
async fn a_correction_on_the_day_of_receipt_runs_its_days_anew() {
    on_both(async |city| {
        let cast = cast(&city).await;
        assert!(city.clock.move_to(at("2014-06-10", 9)));
        let minutes = paper(&city, &cast.own, PaperKind::Minutes).await;
        let ask = change(ChangeItem::Scope, "助餐（示例）", &[minutes]);
        let number = act(&city, &cast.own, &ask).await.expect("asked");
        let correct = CorrectChange { number, defects: "范围不清（示例）".into() };
        act(&city, &cast.officer, &correct).await.expect("returned");
        act(&city, &cast.own, &ResubmitChange { number, form: ask }).await.expect("handed in again");
        let found = inbox::tasks(&city, &cast.officer).await.expect("tasks");
        let due: Vec<Option<String>> = found.iter().map(|task| task.due.map(|day| day.to_string())).collect();
        assert_eq!(due, [Some("2014-06-17".to_owned())]);
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_is_taken_back_bars_nothing_and_may_be_asked_for_again() {
    on_both(async |city| {
        let cast = cast(&city).await;
        assert!(city.clock.move_to(at("2014-06-10", 9)));
        let minutes = paper(&city, &cast.own, PaperKind::Minutes).await;
        let ask = change(ChangeItem::Scope, "养老服务（示例）", &[minutes]);
        let number = act(&city, &cast.own, &ask).await.expect("asked");
        let correct = CorrectChange { number, defects: "范围不清（示例）".into() };
        act(&city, &cast.officer, &correct).await.expect("returned");
        act(&city, &cast.own, &WithdrawChange { number }).await.expect("taken back");
        assert_eq!(code(act(&city, &cast.own, &WithdrawChange { number }).await), "course.not-accepted (B9)");
        assert!(own_tasks(&city, &cast).await.is_empty() && tasks(&city, &cast.officer).await.is_empty());
        let settled = changes::on_desk(&city, true).await.expect("read");
        assert_eq!(settled.iter().map(|one| one.case.number).collect::<Vec<_>>(), [number]);
        assert!(changes::on_desk(&city, false).await.expect("read").is_empty());
        let report = paper(&city, &cast.own, PaperKind::LiquidationReport).await;
        let cancel = act(&city, &cast.own, &cancellation(&[report])).await.expect("no change bars it");
        act(&city, &cast.officer, &AcceptCancellation { number: cancel }).await.expect("taken up");
        let review =
            ReviewCancellation { number: cancel, is_fit: true, opinion: "清算完毕（示例）".into() };
        act(&city, &cast.officer, &review).await.expect("reviewed");
        act(&city, &cast.own, &WithdrawCancellation { number: cancel }).await.expect("taken back");
        let decide =
            DecideEnding { number: cancel, is_ended: true, decision: "符合规定（示例）".into() };
        assert_eq!(code(act(&city, &cast.director, &decide).await), "course.not-accepted (B9)");
        assert!(tasks(&city, &cast.director).await.is_empty());
        act(&city, &cast.own, &ask).await.expect("asked again");
        let late = deadlines::late(&city, day("2014-09-10"), day("2014-01-01")).await.expect("read");
        assert_eq!(late.len(), 1, "only what was asked for again is due: {late:?}");
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

/// Gives the organisation a supervising unit by a change.
async fn supervised(city: &City, cast: &Cast) {
    let minutes = paper(city, &cast.own, PaperKind::Minutes).await;
    let ask = change(ChangeItem::SupervisingUnit, "南京市示例局", &[minutes]);
    let number = act(city, &cast.own, &ask).await.expect("asked");
    act(city, &cast.officer, &AcceptChange { number }).await.expect("taken up");
    let review = ReviewChange { number, is_fit: true, opinion: "同意（示例）".into() };
    act(city, &cast.officer, &review).await.expect("reviewed");
    let decide = DecideChange { number, is_approved: true, decision: "符合规定（示例）".into() };
    act(city, &cast.director, &decide).await.expect("approved");
}

#[tokio::test]
async fn a_cancellation_brings_the_opinion_and_gives_certificate_seals_and_vouchers_back() {
    on_both(async |city| {
        let cast = cast(&city).await;
        assert!(city.clock.move_to(at("2014-06-10", 9)));
        supervised(&city, &cast).await;
        let report = paper(&city, &cast.own, PaperKind::LiquidationReport).await;
        let bare = cancellation(&[report]);
        assert_eq!(code(act(&city, &cast.own, &bare).await), "ending.opinion-missing@papers");
        let opinion = paper(&city, &cast.own, PaperKind::SupervisingConsent).await;
        let ask = cancellation(&[report, opinion]);
        let number = act(&city, &cast.own, &ask).await.expect("asked");
        let correct =
            CorrectCancellation { number, defects: "剩余财产接收方不明（示例）".into() };
        act(&city, &cast.officer, &correct).await.expect("returned");
        assert_eq!(own_tasks(&city, &cast).await, [member::MemberTaskKind::CorrectCancellation]);
        // The fifteen days were kept by the first handing in.
        assert!(city.clock.move_to(at("2014-06-20", 9)));
        let form =
            ApplyCancellation { recipient: "南京市另一示例基金会（示例）".into(), ..ask };
        act(&city, &cast.own, &ResubmitCancellation { number, form }).await.expect("handed in again");
        act(&city, &cast.officer, &AcceptCancellation { number }).await.expect("taken up");
        let review = ReviewCancellation { number, is_fit: true, opinion: "清算完毕（示例）".into() };
        act(&city, &cast.officer, &review).await.expect("reviewed");
        let early = surrendered(number, &[(Thing::Certificate, Way::HandedIn)], "2014-06-20", "");
        assert_eq!(code(act(&city, &cast.officer, &early).await), "ending.nothing-owed (B22)");
        let decide = DecideEnding { number, is_ended: true, decision: "符合规定（示例）".into() };
        act(&city, &cast.director, &decide).await.expect("ended");
        assert_eq!(tasks(&city, &cast.officer).await, [TaskKind::TakeBack]);
        given_back(&city, &cast, number).await;
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

fn surrendered(number: i64, things: &[(Thing, Way)], on: &str, note: &str) -> RecordSurrender {
    RecordSurrender { number, things: things.to_vec(), given_on: day(on), note: note.into() }
}

/// The seals come back, the vouchers are lost, the certificate is declared void.
async fn given_back(city: &City, cast: &Cast, number: i64) {
    assert!(city.clock.move_to(at("2014-06-25", 9)));
    let seals = surrendered(number, &[(Thing::Seals, Way::HandedIn)], "2014-06-24", "");
    assert!(act(city, &cast.director, &seals).await.is_err(), "the window does");
    act(city, &cast.officer, &seals).await.expect("written down");
    assert_eq!(code(act(city, &cast.officer, &seals).await), "ending.surrendered-already@");
    let lost = surrendered(number, &[(Thing::Vouchers, Way::Lost)], "2014-06-20", "");
    assert_eq!(code(act(city, &cast.officer, &lost).await), "ending.loss-unannounced@surrender_note");
    act(city, &cast.officer, &RecordSurrender { note: "示例日报6月20日声明".into(), ..lost })
        .await
        .expect("lost");
    assert_eq!(tasks(city, &cast.officer).await, [TaskKind::TakeBack]);
    let void = DeclareVoid { number, reason: "多次通知未交回（示例）".into() };
    act(city, &cast.officer, &void).await.expect("declared void");
    assert!(tasks(city, &cast.officer).await.is_empty());
    assert_eq!(code(act(city, &cast.officer, &void).await), "ending.nothing-to-void (B22)");
    let whole = endings::one(city, &cast.officer, number).await.expect("read");
    let given: Vec<_> = whole.surrendered.iter().map(|one| (one.thing, one.way)).collect();
    let expected =
        [(Thing::Certificate, Way::Void), (Thing::Seals, Way::HandedIn), (Thing::Vouchers, Way::Lost)];
    assert_eq!((given.as_slice(), whole.owed.is_empty()), (expected.as_slice(), true));
    let public = documents::of(city, &Actor::VISITOR, whole.case.subject()).await.expect("read");
    let announced = public.iter().filter(|one| one.kind == DocumentKind::Announcement).count();
    assert_eq!(announced, 2, "the end, and that the certificate is void");
}

#[tokio::test]
async fn whoever_was_registered_directly_brings_no_opinion() {
    on_both(async |city| {
        let cast = cast(&city).await;
        assert!(city.clock.move_to(at("2014-06-10", 9)));
        assert!(!endings::asks_opinion(&city, cast.id).await.expect("read"));
        supervised(&city, &cast).await;
        assert!(endings::asks_opinion(&city, cast.id).await.expect("read"));
        let release = ReportRelease {
            organisation: cast.id,
            unit: "南京市示例局".into(),
            released_on: day("2014-06-09"),
            reason: "来函（示例）".into(),
        };
        act(&city, &cast.own, &release).await.expect("let go");
        assert!(
            endings::asks_opinion(&city, cast.id).await.expect("read"),
            "until there is a new one the old one keeps its duties"
        );
        assert!(open::complaints(&city, cast.id).await.expect("read").is_empty());
    })
    .await;
}
