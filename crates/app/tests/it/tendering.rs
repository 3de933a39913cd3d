//! From the requirement to the notice, with questions and corrections, and what is refused on the way.

use app::catalogue::CloseBatch;
use app::tendering::checking::{CheckTender, SubmitForCheck, Verdict};
use app::tendering::correction::{self, PublishCorrection};
use app::tendering::notice::{self, PublishNotice};
use app::tendering::question::{self, AnswerQuestion, AskQuestion};
use app::tendering::requirement::{StartTender, WriteRequirement};
use app::tendering::{queries, scoring::SetScoringTable};
use app::{Error, journal};
use domain::kernel::{Actor, Fen, Moment, Role, Scope};
use domain::tendering::correction::CorrectionSubject;
use domain::tendering::stage::{Phase, Stage};

use crate::support::on_both;
use crate::tendering_ground::*;

fn at(day: &str, hour: i8, minute: i8) -> Moment {
    Moment::beijing(day.parse().expect("a date"), hour, minute)
}

#[tokio::test]
async fn from_item_to_notice_with_every_deadline_explained() {
    on_both(async |city| {
        let ground = ground(&city, true).await;
        let tender = ground.ready(&city).await;
        let hidden = queries::by_number(&city, "NJGZ-2014-001").await;
        assert!(matches!(hidden, Err(Error::NotFound)), "nothing is public before the notice");
        let publish = PublishNotice { tender, version: 5, deadline: deadline() };
        act(&city, &ground.lead, publish).await.expect("published");
        let public = queries::by_number(&city, "NJGZ-2014-001").await.expect("public");
        assert_eq!((public.attempt, public.stage, public.excludes_supervised), (1, Stage::Bidding, true));
        assert_eq!(public.notice_until, Some(at("2014-01-14", 0, 0)));
        assert_eq!(public.phase(city.clock.now()), Phase::Bidding);
        assert_eq!(public.phase(deadline()), Phase::AwaitingOpening);
        let explained = notice::explain_deadlines(&city, &public, city.clock.now()).expect("explained");
        let due: Vec<String> =
            explained.terms.iter().map(|term| format!("{} {}", term.name, term.deadline.due)).collect();
        assert_eq!(due, ["notice 2014-01-13", "documents 2014-01-13", "bids 2014-01-16"]);
        assert!(explained.terms.iter().all(|term| !term.deadline.steps.is_empty()));
        assert_eq!(explained.last_questions.map(|day| day.to_string()).as_deref(), Some("2014-01-14"));
        assert_eq!(notice::working_days_left(&city, city.clock.now(), deadline()), Some(9));
        let listed = queries::published(&city, &queries::Filter::default()).await.expect("a list");
        assert_eq!(listed.len(), 1);
        let narrow = queries::Filter {
            stage: Some(Stage::Failed),
            office: Some(ground.office),
            batch: Some(public.batch_id),
            before: Some("NJGZ-2014-009".into()),
        };
        assert_eq!(queries::published(&city, &narrow).await.expect("a list").len(), 0);
        let feed = city.db.number("SELECT count(*) FROM feed WHERE kind = 'tendering.published'", &[]).await;
        assert_eq!(feed, Ok(1));
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn a_tender_starts_from_a_listed_item_in_an_open_batch_once() {
    on_both(async |city| {
        let ground = ground(&city, false).await;
        let start = StartTender { item: ground.item };
        let stranger = Actor::new(
            person(&city, "stranger").await,
            Role::OfficeStaff,
            Scope::Office(domain::kernel::OfficeId(1)),
        );
        assert_eq!(act(&city, &stranger, start).await, Err(Error::NotFound));
        assert_eq!(act(&city, &ground.lead, start).await, Err(Error::NotPermitted));
        assert_eq!(queries::ready_items(&city, ground.office).await.expect("items").len(), 1);
        act(&city, &ground.staff, start).await.expect("a tender");
        assert_eq!(codes(act(&city, &ground.staff, start).await), ["tendering.item-has-tender"]);
        assert_eq!(queries::ready_items(&city, ground.office).await.expect("items").len(), 0);
        let (batch,): (domain::kernel::BatchId,) =
            city.db.one("SELECT id FROM batch", &[]).await.expect("a batch");
        let closed = act(&city, &ground.lead, CloseBatch { batch, version: 1 }).await;
        if closed.is_ok() {
            assert_eq!(codes(act(&city, &ground.staff, start).await), ["tendering.item-not-in-open-batch"]);
        }
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn faulty_documents_are_named_field_by_field() {
    on_both(async |city| {
        let ground = ground(&city, false).await;
        let tender = act(&city, &ground.staff, StartTender { item: ground.item }).await.expect("a tender");
        let wrong = WriteRequirement {
            title: " ".into(),
            qualification: "注册资本不低于100万元".into(),
            ceiling: Fen::yuan(200_001),
            term_months: 37,
            panel_size: 4,
            designers: "523201005804886000".into(),
            ..documents(tender, 1)
        };
        let found = codes(act(&city, &ground.staff, wrong).await);
        assert_eq!(
            found.get(1..),
            Some(
                &[
                    "tendering.title-missing",
                    "tendering.term-out-of-range",
                    "tendering.panel-too-small",
                    "tendering.condition-discriminates",
                    "tendering.ceiling-over-item"
                ][..]
            )
        );
        let even = WriteRequirement { panel_size: 6, ..documents(tender, 1) };
        assert_eq!(codes(act(&city, &ground.staff, even).await), ["tendering.panel-even"]);
        let long = WriteRequirement { requirement: "长".repeat(20_001), ..documents(tender, 1) };
        assert_eq!(codes(act(&city, &ground.staff, long).await), ["tendering.text-too-long"]);
        let incomplete = WriteRequirement { contract_draft: String::new(), ..documents(tender, 1) };
        act(&city, &ground.staff, incomplete).await.expect("kept, though incomplete");
        let stale = act(&city, &ground.staff, documents(tender, 1)).await;
        assert_eq!(stale, Err(Error::Stale));
        let early = act(&city, &ground.staff, SubmitForCheck { tender, version: 2 }).await;
        let early = codes(early);
        assert!(
            early.contains(&"tendering.document-part-missing") && early.contains(&"tendering.weights-sum")
        );
        assert_eq!(
            codes(act(&city, &ground.staff, table(tender, 2, 31)).await),
            ["tendering.price-weight-range"]
        );
        let mut lines = table(tender, 2, 20);
        lines.criteria[1].name = "成立年限".into();
        lines.criteria[2].weight = 31;
        let found = codes(act(&city, &ground.staff, lines).await);
        assert_eq!(found, ["tendering.criterion-barred-factor", "tendering.weights-sum"]);
        let many = SetScoringTable {
            criteria: vec![table(tender, 2, 20).criteria[1].clone(); 21],
            ..table(tender, 2, 20)
        };
        assert!(codes(act(&city, &ground.staff, many).await).contains(&"tendering.too-many-criteria"));
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn nobody_checks_what_he_wrote() {
    on_both(async |city| {
        let ground = ground(&city, false).await;
        let tender = ground.written(&city).await;
        // The first writer leaves the last word to a colleague, and is still an author.
        let colleague =
            Actor::new(person(&city, "colleague").await, Role::OfficeStaff, Scope::Office(ground.office));
        act(&city, &colleague, documents(tender, 3)).await.expect("written");
        act(&city, &colleague, SubmitForCheck { tender, version: 4 }).await.expect("submitted");
        let check = |verdict, note: &str| CheckTender { tender, version: 5, verdict, note: note.into() };
        for author in [&ground.staff, &colleague] {
            let as_lead = Actor::new(author.person.expect("a person"), Role::PurchaseLead, Scope::City);
            let own = act(&city, &as_lead, check(Verdict::Accept, "")).await;
            assert_eq!(codes(own), ["tendering.checked-by-author"]);
        }
        let silent = act(&city, &ground.checker, check(Verdict::Return, " ")).await;
        assert_eq!(codes(silent), ["tendering.send-back-reason-missing"]);
        let late = act(&city, &ground.staff, documents(tender, 5)).await;
        assert_eq!(codes(late), ["tendering.wrong-stage"]);
        act(&city, &ground.checker, check(Verdict::Return, "请补充指标")).await.expect("sent back");
        act(&city, &ground.staff, documents(tender, 6)).await.expect("mended");
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn a_notice_leaves_everyone_the_time_the_rules_give() {
    on_both(async |city| {
        let ground = ground(&city, false).await;
        let tender = ground.ready(&city).await;
        let publish = |deadline| PublishNotice { tender, version: 5, deadline };
        let short = act(&city, &ground.lead, publish(at("2014-01-10", 9, 0))).await;
        assert_eq!(
            codes(short),
            ["tendering.notice-too-short", "tendering.documents-too-short", "tendering.bid-period-too-short"]
        );
        let rest_day = act(&city, &ground.lead, publish(at("2014-01-18", 9, 0))).await;
        assert_eq!(codes(rest_day), ["tendering.deadline-on-rest-day"]);
        let unlisted = act(&city, &ground.lead, publish(at("2040-01-18", 9, 0))).await;
        assert!(!codes(unlisted).is_empty(), "no calendar is published that far");
        assert_eq!(act(&city, &ground.staff, publish(deadline())).await, Err(Error::NotPermitted));
        act(&city, &ground.lead, publish(deadline())).await.expect("published");
        assert_eq!(codes(act(&city, &ground.lead, publish(deadline())).await), ["tendering.wrong-stage"]);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn questions_are_answered_to_all_and_name_nobody() {
    on_both(async |city| {
        let ground = ground(&city, false).await;
        let tender = ground.published(&city).await;
        let asker = bidder(&city, "12345678", vec![]).await;
        let ask = |text: &str| AskQuestion { tender, text: text.into() };
        assert_eq!(codes(act(&city, &asker, ask(" ")).await), ["tendering.question-empty"]);
        assert_eq!(codes(act(&city, &asker, ask(&"长".repeat(4_001))).await), ["tendering.text-too-long"]);
        assert_eq!(act(&city, &ground.staff, ask("可以吗？")).await, Err(Error::NotPermitted));
        let question = act(&city, &asker, ask("评估是否含外地组织？")).await.expect("asked");
        let answer = |version, text: &str| AnswerQuestion { question, version, answer: text.into() };
        assert_eq!(codes(act(&city, &ground.staff, answer(1, "")).await), ["tendering.answer-empty"]);
        let stranger = Actor::new(
            ground.staff.person.expect("a person"),
            Role::OfficeStaff,
            Scope::Office(domain::kernel::OfficeId(1)),
        );
        assert_eq!(act(&city, &stranger, answer(1, "不含")).await, Err(Error::NotFound));
        act(&city, &ground.staff, answer(1, "不含，限本市登记。")).await.expect("answered");
        assert_eq!(act(&city, &ground.staff, answer(1, "再答")).await, Err(Error::Stale));
        let shown = question::on_tender(&city, tender).await.expect("questions");
        assert!(!format!("{shown:?}").contains("示例"), "neither person nor organisation is named");
        let own = asker.organisation().expect("an organisation");
        assert_eq!(question::of_organisation(&city, own).await.expect("questions").len(), 1);
        assert!(city.clock.move_to(at("2014-01-14", 23, 59)));
        act(&city, &asker, ask("最后一天还能问吗？")).await.expect("the last day counts");
        assert!(city.clock.move_to(at("2014-01-15", 0, 0)));
        assert_eq!(codes(act(&city, &asker, ask("还能问吗？")).await), ["tendering.questions-closed"]);
        assert!(city.clock.move_to(deadline()));
        assert_eq!(codes(act(&city, &ground.staff, answer(2, "迟")).await), ["tendering.deadline-passed"]);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn a_late_correction_moves_the_deadline_and_none_changes_the_purchase() {
    on_both(async |city| {
        let ground = ground(&city, false).await;
        let tender = ground.published(&city).await;
        let correct = |version, subject, deadline| PublishCorrection {
            tender,
            version,
            subject,
            text: "评估数量更正为118家".into(),
            reason: "两家已注销".into(),
            deadline,
        };
        for subject in [CorrectionSubject::Object, CorrectionSubject::Qualification] {
            let refused = act(&city, &ground.lead, correct(6, subject, None)).await;
            assert_eq!(codes(refused), ["tendering.correction-changes-purchase"]);
        }
        let empty = PublishCorrection {
            text: "".into(),
            reason: " ".into(),
            ..correct(6, CorrectionSubject::Wording, None)
        };
        assert_eq!(codes(act(&city, &ground.lead, empty).await), ["tendering.correction-incomplete"; 2]);
        act(&city, &ground.lead, correct(6, CorrectionSubject::Bids, None)).await.expect("in time");
        assert!(city.clock.move_to(at("2014-01-15", 9, 0)));
        let late = act(&city, &ground.lead, correct(7, CorrectionSubject::Bids, None)).await;
        assert_eq!(codes(late), ["tendering.correction-too-late"]);
        let earlier = Some(at("2014-01-16", 9, 30));
        let forward = act(&city, &ground.lead, correct(7, CorrectionSubject::Wording, earlier)).await;
        assert_eq!(codes(forward), ["tendering.deadline-brought-forward"]);
        act(&city, &ground.lead, correct(7, CorrectionSubject::Wording, None))
            .await
            .expect("wording may be late");
        let moved = Some(at("2014-01-20", 9, 30));
        let stale = act(&city, &ground.lead, correct(7, CorrectionSubject::Bids, moved)).await;
        assert_eq!(stale, Err(Error::Stale));
        act(&city, &ground.lead, correct(8, CorrectionSubject::Bids, moved)).await.expect("moved");
        let public = queries::by_number(&city, "NJGZ-2014-001").await.expect("public");
        assert_eq!((public.deadline_at, public.questions_until), (moved, Some(at("2014-01-16", 0, 0))));
        let shown = correction::on_tender(&city, tender).await.expect("corrections");
        let numbers: Vec<i64> = shown.iter().map(|line| line.number).collect();
        assert_eq!(numbers, [1, 2, 3]);
        assert!(city.clock.move_to(at("2014-01-20", 9, 30)));
        let over = act(&city, &ground.lead, correct(9, CorrectionSubject::Wording, None)).await;
        assert_eq!(codes(over), ["tendering.deadline-passed"]);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn a_desk_shows_an_office_its_own_tenders_only() {
    on_both(async |city| {
        let ground = ground(&city, false).await;
        ground.written(&city).await;
        let number = "NJGZ-2014-001";
        assert_eq!(queries::desk(&city, &ground.staff).await.expect("a desk").len(), 1);
        assert_eq!(queries::desk(&city, &ground.lead).await.expect("a desk").len(), 1);
        queries::on_desk(&city, &ground.staff, number).await.expect("own");
        let office = Scope::Office(domain::kernel::OfficeId(1));
        let stranger = Actor::new(ground.staff.person.expect("a person"), Role::OfficeStaff, office);
        assert_eq!(queries::desk(&city, &stranger).await.expect("a desk").len(), 0);
        assert!(matches!(queries::on_desk(&city, &stranger, number).await, Err(Error::NotFound)));
        assert!(matches!(queries::desk(&city, &Actor::VISITOR).await, Err(Error::NotPermitted)));
        let supervisor = Actor::new(ground.staff.person.expect("a person"), Role::Supervisor, Scope::City);
        queries::on_desk(&city, &supervisor, number).await.expect("reads everything");
    })
    .await;
}
