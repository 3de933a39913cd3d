//! The acceptance of a milestone: who holds it, on what it rests, what it deducts, and that it is done once
//! (C14, C55, E3b).

use app::inbox::{self, TaskKind};
use app::performance::acceptance::{AcceptMilestone, CallAcceptance, JudgedItem, ReturnMilestone};
use app::performance::call_back::{DrawCallBacks, RecordCallBack};
use app::performance::opinion::{GiveOpinion, RecordOpinion};
use app::performance::publication::PublishAcceptance;
use app::{City, Error, args, deadlines, documents, journal};
use domain::kernel::{AcceptanceId, Actor, Fen, Role, RuleKey, Scope, Subject, SubjectKind};
use domain::performance::{AcceptanceState, CallBackOutcome, OpinionVerdict};
use evidence::draw;

use crate::delivered::{NUMBER, Signed, UNIT_FEN, act, codes, day, line, move_to, signed};
use crate::support::on_both;

fn item(accepted: i64) -> JudgedItem {
    JudgedItem { position: 1, accepted, unit_line: None, share_line: None, remark: String::new() }
}

async fn accept(city: &City, s: &Signed, item: JudgedItem) -> Result<(), Error> {
    let view = s.file(city).await.view;
    let accept = AcceptMilestone { acceptance: view.id, version: view.version, items: vec![item] };
    act(city, &s.p.lead, accept).await
}

pub async fn hear(city: &City, s: &Signed, acceptance: AcceptanceId) {
    let file = s.file(city).await;
    let opinion = RecordOpinion {
        acceptance,
        opinion: file.opinions[0].id,
        verdict: Some(OpinionVerdict::Satisfied),
        words: "来得准时".into(),
        is_assisted: true,
    };
    act(city, &s.p.lead, opinion).await.expect("heard");
}

async fn kinds(city: &City, actor: &Actor) -> Vec<TaskKind> {
    let tasks = inbox::tasks(city, actor).await.expect("tasks");
    tasks.into_iter().filter(|task| task.is_own && task.kind.is_of_delivery()).map(|task| task.kind).collect()
}

#[tokio::test]
async fn a_milestone_is_reported_called_heard_accepted_and_published() {
    on_both(async |city| {
        let s = signed(&city).await;
        let acceptance = s.reported(&city).await;
        assert_eq!(kinds(&city, &s.p.lead).await, [TaskKind::HoldAcceptance]);
        assert_eq!(kinds(&city, &s.p.staff).await, [TaskKind::GiveAcceptanceOpinion]);
        let file = s.file(&city).await;
        assert_eq!((file.view.claimed_fen, file.view.accepted_fen), (Fen(40 * UNIT_FEN), Fen::ZERO));
        let opinion =
            GiveOpinion { acceptance, version: file.view.version, text: "已按约定提供".into() };
        act(&city, &s.p.staff, opinion).await.expect("an opinion");
        assert_eq!(kinds(&city, &s.p.staff).await, []);
        s.call(&city, acceptance).await.expect("called");
        s.call_back(&city, acceptance).await;
        move_to(&city, "2014-08-26");
        hear(&city, &s, acceptance).await;
        let lines = s.file(&city).await.lines;
        let judged = JudgedItem { unit_line: Some(lines[0].id), share_line: Some(lines[1].id), ..item(38) };
        accept(&city, &s, judged).await.expect("accepted");
        let view = s.file(&city).await.view;
        let accepted = 38 * UNIT_FEN - 38 * UNIT_FEN * 5 / 100;
        assert_eq!((view.state, view.accepted_fen), (AcceptanceState::Accepted, Fen(accepted)));
        assert_eq!(view.deducted_fen, Fen(40 * UNIT_FEN - accepted));
        assert_eq!(kinds(&city, &s.p.lead).await, [TaskKind::PublishAcceptance]);
        let held =
            deadlines::of(&city, Subject::new(SubjectKind::Acceptance, acceptance.0)).await.expect("terms");
        let due = |rule| held.iter().find(|one| one.rule == rule).and_then(|one| one.due_on);
        let publish_by = due(RuleKey::AcceptancePublishWorkingDays);
        assert_eq!(publish_by, Some(day("2014-08-28")), "two working days");
        assert_eq!(due(RuleKey::PaymentDays), Some(day("2014-09-25")), "the money, asked for or not");
        let late = deadlines::late(&city, day("2014-09-26"), day("2014-09-26")).await.expect("late steps");
        let owed = late.iter().find(|step| step.rule == RuleKey::PaymentDays).expect("late for the bureau");
        let about = app::registry::late::about(&city, owed).await.expect("read").expect("a page");
        assert_eq!(about.number, format!("{NUMBER}/1"));
        let publish = PublishAcceptance { acceptance, version: view.version };
        let code = act(&city, &s.p.lead, publish).await.expect("published");
        let document = documents::read(&city, &Actor::VISITOR, &code).await.expect("a document");
        assert_eq!(document.items().len(), 1);
        let again = PublishAcceptance { acceptance, version: view.version + 1 };
        assert_eq!(codes(act(&city, &s.p.lead, again).await), ["performance.published-already"]);
        let sql =
            "SELECT count(*) FROM feed WHERE kind = 'performance.acceptance_published' AND subject = $1";
        assert_eq!(city.db.number(sql, args![NUMBER]).await, Ok(1));
        assert_eq!(kinds(&city, &s.p.lead).await, []);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn an_acceptance_without_a_recipients_opinion_is_refused() {
    on_both(async |city| {
        let s = signed(&city).await;
        let acceptance = s.called(&city).await;
        assert_eq!(codes(accept(&city, &s, item(40)).await), ["performance.no-recipient-opinion"]);
        hear(&city, &s, acceptance).await;
        accept(&city, &s, item(40)).await.expect("accepted");
    })
    .await;
}

#[tokio::test]
async fn only_the_published_table_deducts() {
    on_both(async |city| {
        let s = signed(&city).await;
        let acceptance = s.called(&city).await;
        hear(&city, &s, acceptance).await;
        let lines = s.file(&city).await.lines;
        let (unit, share) = (Some(lines[0].id), Some(lines[1].id));
        for (judged, expected) in [
            (item(38), "performance.deduction-without-line"),
            (JudgedItem { unit_line: Some(77), ..item(38) }, "performance.deduction-not-in-table"),
            (JudgedItem { unit_line: share, ..item(38) }, "performance.deduction-not-in-table"),
            (JudgedItem { unit_line: unit, ..item(40) }, "performance.deduction-of-nothing"),
            (item(41), "performance.accepted-beyond-claimed"),
            (JudgedItem { position: 2, ..item(40) }, "performance.items-unjudged"),
        ] {
            assert_eq!(codes(accept(&city, &s, judged).await), [expected]);
        }
        assert_eq!(s.file(&city).await.view.state, AcceptanceState::Called, "nothing is half-accepted");
    })
    .await;
}

#[tokio::test]
async fn whoever_is_tied_to_requirement_or_contract_does_not_hold_it() {
    on_both(async |city| {
        let s = signed(&city).await;
        let acceptance = s.reported(&city).await;
        for tied in [&s.p.director, &s.p.staff, &s.p.provider] {
            let lead = Actor::new(tied.person.expect("a person"), Role::PurchaseLead, Scope::City);
            let answer = act(&city, &lead, DrawCallBacks { acceptance }).await;
            assert_eq!(codes(answer), ["performance.acceptance-not-independent"]);
        }
        assert_eq!(act(&city, &s.p.director, DrawCallBacks { acceptance }).await, Err(Error::NotPermitted));
        let other = Actor::new(
            s.p.staff.person.expect("a person"),
            Role::OfficeStaff,
            Scope::Office(domain::kernel::OfficeId(9)),
        );
        let opinion = GiveOpinion { acceptance, version: 1, text: "好".into() };
        assert_eq!(act(&city, &other, opinion).await, Err(Error::NotFound));
        let silent = GiveOpinion { acceptance, version: 1, text: " ".into() };
        assert_eq!(codes(act(&city, &s.p.staff, silent).await), ["performance.reason-empty"]);
    })
    .await;
}

#[tokio::test]
async fn an_acceptance_is_called_with_recipients_for_a_day_to_come() {
    on_both(async |city| {
        let s = signed(&city).await;
        let acceptance = s.reported(&city).await;
        let call = |meets_on: &str, recipients| CallAcceptance {
            acceptance,
            version: 1,
            meets_on: day(meets_on),
            place: "会议室".into(),
            recipients,
        };
        let answer = act(&city, &s.p.lead, call("2014-08-26", vec![])).await;
        assert_eq!(codes(answer), ["performance.no-recipient-invited"]);
        let answer = act(&city, &s.p.lead, call("2014-08-24", vec![])).await;
        assert_eq!(codes(answer), ["performance.day-has-passed", "performance.no-recipient-invited"]);
        assert_eq!(act(&city, &s.p.lead, call("2014-08-26", vec![7])).await, Err(Error::NotFound));
        assert_eq!(codes(accept(&city, &s, item(40)).await), ["performance.wrong-state"]);
        s.call(&city, acceptance).await.expect("called");
        let early = accept(&city, &s, item(40)).await;
        let expected = [
            "performance.before-the-day",
            "performance.no-recipient-opinion",
            "performance.call-backs-not-drawn",
        ];
        assert_eq!(codes(early), expected);
        assert_eq!(codes(s.call(&city, acceptance).await), ["performance.wrong-state"]);
    })
    .await;
}

#[tokio::test]
async fn a_milestone_sent_back_is_repaired_and_judged_anew() {
    on_both(async |city| {
        let s = signed(&city).await;
        let acceptance = s.called(&city).await;
        let back = |reason: &str, by: &str| ReturnMilestone {
            acceptance,
            version: 2,
            reason: reason.to_owned(),
            repair_by: day(by),
        };
        let answer = act(&city, &s.p.lead, back("", "2014-08-26")).await;
        assert_eq!(codes(answer), ["performance.reason-empty", "performance.repair-day"]);
        let answer = act(&city, &s.p.lead, back("补做", "2014-10-26")).await;
        assert_eq!(codes(answer), ["performance.repair-day"]);
        act(&city, &s.p.lead, back("补做 10 人次", "2014-09-10")).await.expect("sent back");
        s.record(&city, line("2014-08-26", "A001", 10)).await.expect("the ledger is open again");
        s.report(&city, 1).await.expect("reported again");
        let file = s.file(&city).await;
        assert_eq!((file.view.round, file.view.claimed_fen), (2, Fen(50 * UNIT_FEN)));
        assert!(file.opinions.is_empty() && file.draw.is_none(), "a new round is heard anew");
        s.call(&city, acceptance).await.expect("called");
        s.call_back(&city, acceptance).await;
        hear(&city, &s, acceptance).await;
        accept(&city, &s, item(50)).await.expect("accepted");
        assert_eq!(codes(s.report(&city, 1).await), ["performance.wrong-state"]);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn call_backs_are_drawn_once_by_a_seed_that_anyone_recomputes() {
    on_both(async |city| {
        let s = signed(&city).await;
        let acceptance = s.reported(&city).await;
        act(&city, &s.p.lead, DrawCallBacks { acceptance }).await.expect("drawn");
        let again = act(&city, &s.p.lead, DrawCallBacks { acceptance }).await;
        assert_eq!(codes(again), ["performance.call-backs-drawn"]);
        let file = s.file(&city).await;
        let held = file.draw.expect("a draw");
        assert_eq!((held.need, file.call_backs.len()), (1, 1), "a twentieth of ten, and one at least");
        let record: serde_json::Value = serde_json::from_str(&held.record).expect("JSON");
        let pool = record["pool_file"].as_str().expect("a pool");
        let codes_of_pool: Vec<&str> =
            pool.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
        let lowest = codes_of_pool.iter().min_by_key(|code| draw::ticket(&held.seed, code)).expect("a code");
        assert_eq!(*lowest, file.call_backs[0].code);
        let answer = |outcome, note: &str| RecordCallBack {
            acceptance,
            call_back: file.call_backs[0].id,
            outcome,
            note: note.to_owned(),
        };
        let missing = act(&city, &s.p.lead, answer(None, "")).await;
        assert_eq!(codes(missing), ["performance.outcome-missing"]);
        let silent = act(&city, &s.p.lead, answer(Some(CallBackOutcome::Differs), "")).await;
        assert_eq!(codes(silent), ["performance.call-back-note-empty"]);
        act(&city, &s.p.lead, answer(Some(CallBackOutcome::Differs), "只来过一次")).await.expect("recorded");
        let twice = act(&city, &s.p.lead, answer(Some(CallBackOutcome::Confirmed), "")).await;
        assert_eq!(codes(twice), ["performance.call-back-recorded"]);
    })
    .await;
}

#[tokio::test]
async fn of_sixteen_who_accept_at_once_exactly_one_does() {
    on_both(async |city| {
        let s = signed(&city).await;
        let acceptance = s.called(&city).await;
        hear(&city, &s, acceptance).await;
        let version = s.file(&city).await.view.version;
        let mut clients = tokio::task::JoinSet::new();
        for _ in 0..16 {
            let (city, lead) = (city.clone(), s.p.lead.clone());
            let accept = AcceptMilestone { acceptance, version, items: vec![item(40)] };
            clients.spawn(async move { act(&city, &lead, accept).await });
        }
        let answers = clients.join_all().await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
        for answer in answers.into_iter().filter(Result::is_err) {
            assert!(answer == Err(Error::Stale) || codes(answer) == ["performance.wrong-state"]);
        }
        assert_eq!(faults(&city, acceptance, version).await, Vec::<String>::new());
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

/// What is wrong with a milestone of forty units that was waiting in `version`: it is accepted by one act, and
/// no fen is accepted twice.
pub async fn faults(city: &City, acceptance: AcceptanceId, version: i64) -> Vec<String> {
    let mut found = Vec::new();
    let sql = "SELECT version, state, accepted_fen FROM acceptance WHERE id = $1";
    let row: app::db::Row = city.db.one(sql, args![acceptance]).await.expect("the acceptance");
    let (after, state, fen): (i64, String, i64) = (
        row.get("version").expect("it"),
        row.get("state").expect("it"),
        row.get("accepted_fen").expect("it"),
    );
    if after != version + 1 {
        found.push(format!("written {} times", after - version));
    }
    if (state.as_str(), fen) != ("accepted", 40 * UNIT_FEN) {
        found.push(format!("{state} at {fen}"));
    }
    found
}
