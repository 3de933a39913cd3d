//! Recipients answer: from the ledger to a result that anyone can recount (E2, G10).

use app::inbox::{TaskKind, tasks};
use app::performance::survey::feedback::{self, AcknowledgeFeedback, AnswerFeedback};
use app::performance::survey::{self, CloseSurvey, DrawSample, StartSurvey, published, shown};
use app::{City, Error, RequestKey, journal};
use domain::kernel::{Actor, Role, Scope, Street};
use domain::performance::survey::feedback::FeedbackStep;
use domain::performance::survey::{Exclusion, LedgerLine, Mark, Round, Tally};
use evidence::survey::Published;

use crate::support::on_both;
use crate::surveyed::{self, NUMBER, Surveyed, give, signed_answer, typed};

const NO_KEY: RequestKey = RequestKey::None;

fn code<T: std::fmt::Debug>(answer: Result<T, Error>) -> &'static str {
    match answer {
        Err(Error::Refused(refusal)) => refusal.code,
        Err(Error::Invalid(faults)) => faults[0].code,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

async fn public(city: &City, at: &Surveyed) -> Published {
    let view = survey::one(city, at.contract, Round::Final).await.expect("the survey");
    published(city, NUMBER, &view).await.expect("published")
}

async fn on_record(city: &City, at: &Surveyed) -> Tally {
    shown(city, at.contract, Round::Final).await.expect("read").expect("a survey")
}

#[tokio::test]
async fn twenty_seven_answers_close_nothing_and_thirty_three_do() {
    on_both(async |city| {
        let at = surveyed::open(&city, 120, 40).await;
        for card in 0..27 {
            let mark = if card < 25 { Mark::VerySatisfied } else { Mark::Neutral };
            let answered = give(&city, &signed_answer(at.survey, card, mark)).await.expect("answered");
            assert!(!answered.is_repeat);
        }
        let few = survey::result(&city, at.contract).await.expect("read").expect("a survey");
        assert_eq!((few.recipients, few.sample_minimum, few.issued, few.valid), (120, 30, 40, 27));
        assert!(!few.is_sufficient());
        assert_eq!(on_record(&city, &at).await.valid, 25, "two wait for their group");
        let close = CloseSurvey { survey: at.survey, version: 3 };
        let refused = city.act(&at.planted.staff, &NO_KEY, &close).await;
        assert_eq!(code(refused), "performance.survey-insufficient");
        for card in 27..33 {
            let mark = if card < 31 { Mark::Satisfied } else { Mark::Dissatisfied };
            give(&city, &typed(at.survey, card, mark)).await.expect("answered");
        }
        city.act(&at.planted.staff, &NO_KEY, &close).await.expect("closed");
        let enough = survey::result(&city, at.contract).await.expect("read").expect("a survey");
        assert_eq!((enough.valid, enough.satisfied, enough.very_satisfied), (33, 29, 25));
        assert_eq!(enough.rate().map(|rate| rate.percent_text()).as_deref(), Some("87.88%"));
        assert_eq!(on_record(&city, &at).await, enough, "closing puts everything on record");
        let found = public(&city, &at).await;
        assert_eq!(found.faults(), Vec::new());
        assert_eq!((found.answers.len(), found.keys.len()), (33, 40));
        let late = give(&city, &typed(at.survey, 39, Mark::Neutral)).await;
        assert_eq!(code(late), "performance.survey-not-open");
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn an_answer_leaves_no_trace_of_its_moment() {
    on_both(async |city| {
        let at = surveyed::open(&city, 120, 40).await;
        let entries = "SELECT count(*) FROM journal";
        let (before, public_before) =
            (city.db.number(entries, &[]).await.expect("a count"), city.db.generation().await.expect("read"));
        for card in 0..4 {
            give(&city, &signed_answer(at.survey, card, Mark::Satisfied)).await.expect("answered");
        }
        assert_eq!(city.db.number(entries, &[]).await.expect("a count"), before, "nothing is journalled");
        assert_eq!(city.db.generation().await.expect("read"), public_before, "no public page moves");
        let kept = "SELECT count(*) FROM idempotency WHERE action LIKE 'performance.%'";
        assert_eq!(city.db.number(kept, &[]).await.expect("a count"), 0);
        give(&city, &signed_answer(at.survey, 4, Mark::Satisfied)).await.expect("answered");
        assert_eq!(city.db.number(entries, &[]).await.expect("a count"), before + 1, "one entry for a group");
        let sql = "SELECT person_id FROM journal ORDER BY seq DESC LIMIT 1";
        let person: (Option<i64>,) = city.db.one(sql, &[]).await.expect("an entry");
        assert_eq!(person.0, None);
        let sql = "SELECT public_key FROM survey_answer ORDER BY id";
        let keys: Vec<(String,)> = city.db.all(sql, &[]).await.expect("answers");
        assert_eq!(keys.len(), 5);
        assert!(public(&city, &at).await.answers.is_empty(), "five answers would show five people");
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn the_sample_is_drawn_from_the_ledger_without_the_providers_people() {
    on_both(async |city| {
        let (p, contract) = surveyed::signed(&city).await;
        let mut start = surveyed::start(contract, 40);
        let staff = |token: &str, excluded| LedgerLine { token: token.to_owned(), excluded: Some(excluded) };
        start.ledger.push(staff("R-staff", Exclusion::ProviderStaff));
        start.ledger.push(staff("R-aunt", Exclusion::Relative));
        let twice =
            StartSurvey { ledger: [surveyed::ledger(2), surveyed::ledger(1)].concat(), ..start.clone() };
        assert_eq!(code(city.act(&p.staff, &NO_KEY, &twice).await), "performance.ledger-twice");
        let id = city.act(&p.staff, &NO_KEY, &start).await.expect("started");
        assert_eq!(code(city.act(&p.staff, &NO_KEY, &start).await), "performance.survey-started");
        let draw = DrawSample { survey: id, version: 1, beacon_value: "3 5 8".to_owned() };
        city.act(&p.staff, &NO_KEY, &draw).await.expect("drawn");
        assert_eq!(code(city.act(&p.staff, &NO_KEY, &draw).await), "performance.sample-drawn");
        let view = survey::one(&city, contract, Round::Final).await.expect("the survey");
        let drawn = survey::sample_of(&city, id).await.expect("the sample");
        assert_eq!(drawn.iter().filter(|one| one.place.is_some()).count(), 40);
        assert!(drawn.iter().all(|one| one.excluded.is_none() || one.place.is_none()));
        // Anyone recomputes the order from what is public.
        let secret: [u8; 32] =
            evidence::hex::decode(view.revealed().expect("revealed")).expect("hex").try_into().expect("32");
        let digest = evidence::Digest::of(view.commitment.as_bytes());
        let seed = evidence::draw::seed(&digest, &[secret], "3 5 8");
        assert_eq!(view.seed.as_deref(), Some(seed.as_str()));
        let mut codes: Vec<&str> =
            drawn.iter().filter(|one| one.place.is_some()).map(|one| one.code.as_str()).collect();
        let drawn_order = codes.clone();
        codes.sort_by_key(|code| evidence::draw::ticket(&seed, code));
        assert_eq!(codes, drawn_order);
        assert!(view.commitment.contains(&evidence::Digest::of(view.pool.as_bytes()).hex()));
        assert!(!view.pool.contains("R-"), "the public pool holds pseudonyms");
    })
    .await;
}

#[tokio::test]
async fn a_request_is_filed_without_a_name_and_answered_in_public() {
    on_both(async |city| {
        let at = surveyed::open(&city, 120, 40).await;
        let mut answer = typed(at.survey, 1, Mark::Dissatisfied);
        answer.words = Some(" ".to_owned());
        assert_eq!(code(give(&city, &answer).await), "performance.feedback-empty");
        answer.words = Some("上门服务迟到两次（示例）".to_owned());
        let receipt = give(&city, &answer).await.expect("answered").feedback.expect("a receipt");
        let again = give(&city, &answer).await.expect("answered");
        assert_eq!((again.is_repeat, again.feedback), (true, None), "a card files one request");
        let ticket = feedback::by_receipt(&city, &receipt).await.expect("the request");
        assert_eq!(
            (ticket.step(), ticket.acknowledge_due_on.to_string()),
            (FeedbackStep::Filed, "2014-01-09".into())
        );
        assert_eq!(ticket.answer_due_on.to_string(), "2014-01-20");
        let found = tasks(&city, &at.planted.staff).await.expect("tasks");
        let task = found.iter().find(|task| task.kind == TaskKind::AnswerFeedback).expect("a task");
        assert_eq!((task.subject.as_str(), task.days_left, task.is_own), (receipt.as_str(), Some(3), true));
        let today = "2014-01-10".parse().expect("a day");
        let since = "2013-01-10".parse().expect("a day");
        assert_eq!(feedback::late(&city, today, since).await.expect("read").len(), 1);
        let stranger = Actor::new(
            at.planted.staff.person.expect("a person"),
            Role::OfficeStaff,
            Scope::Office(domain::kernel::OfficeId(7)),
        );
        let take_up = AcknowledgeFeedback { receipt: receipt.clone(), version: 1 };
        assert_eq!(city.act(&stranger, &NO_KEY, &take_up).await, Err(Error::NotFound));
        city.act(&at.planted.staff, &NO_KEY, &take_up).await.expect("taken up");
        assert_eq!(
            code(city.act(&at.planted.staff, &NO_KEY, &take_up).await),
            "performance.feedback-acknowledged"
        );
        let reply =
            |text: &str, version| AnswerFeedback { receipt: receipt.clone(), version, answer: text.into() };
        let empty = city.act(&at.planted.staff, &NO_KEY, &reply("", 2)).await;
        assert_eq!(code(empty), "performance.feedback-answer-empty");
        city.act(&at.planted.staff, &NO_KEY, &reply("已调整上门时间（示例）", 2)).await.expect("answered");
        let twice = city.act(&at.planted.staff, &NO_KEY, &reply("再答", 3)).await;
        assert_eq!(code(twice), "performance.feedback-answered");
        assert_eq!(feedback::of_contract(&city, at.contract).await.expect("read").len(), 1);
        assert_eq!(feedback::late(&city, today, since).await.expect("read").len(), 0);
        assert_eq!(feedback::by_receipt(&city, "AAAAA").await.err(), Some(Error::NotFound));
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn a_street_officer_assists_and_it_shows() {
    on_both(async |city| {
        let at = surveyed::open(&city, 20, 30).await;
        let officer = Actor::new(
            at.planted.lead.person.expect("a person"),
            Role::StreetOfficer,
            Scope::Street(Street(320_104_002)),
        );
        let mut answer = typed(at.survey, 1, Mark::Satisfied);
        answer.is_proxy = true;
        survey::give(&city, &officer, &answer).await.expect("answered");
        let result = survey::result(&city, at.contract).await.expect("read").expect("a survey");
        assert_eq!((result.valid, result.assisted, result.proxy, result.sample_minimum), (1, 1, 1, 20));
        let open = survey::open_now(&city).await.expect("read");
        assert_eq!((open.len(), open[0].number.as_str()), (1, NUMBER));
    })
    .await;
}
