//! A penalty of the registrar's own from its notice to its decision, on both databases: told with its rights, answered,
//! heard, and decided by another, never heavier than it was told (B23, C14).

use app::inbox::member::MemberTaskKind;
use app::inbox::{self, TaskKind};
use app::registry::credit::penalty::{ConfirmPenalty, Footing, RecordPenalty};
use app::registry::credit::penalty_decision::DecidePenalty;
use app::registry::credit::penalty_notice::{
    AnswerPenalty, CallPenaltyHearing, NoticePenalty, RecordPenaltyHearing,
};
use app::registry::credit::read;
use app::{City, Error, deadlines, documents, journal, papers};
use domain::kernel::{Actor, Date, Fen, OrganisationId, PaperId, PersonId, Role, Scope};
use domain::registry::credit::{Illegal, Measure, PenaltyKind, StatementKind};
use domain::registry::{DocumentKind, Offence, PaperKind};

use crate::credit_cast::{Cast, act, at, cast, code, day, person};
use crate::ending_open::ask;
use crate::support::on_both;

fn fine(cast: &Cast, yuan: i64, gains: i64, on: &str) -> RecordPenalty {
    RecordPenalty {
        organisation: cast.id,
        kind: PenaltyKind::Fine,
        amount: Fen::yuan(yuan),
        document_number: "宁民立〔2014〕8号（示例）".into(),
        authority: "南京市民政局（示例）".into(),
        reason: "另收赞助费（示例）".into(),
        imposed_on: day(on),
        until: None,
        footing: Footing {
            illegal: Illegal { turnover: Fen::ZERO, gains: Fen::yuan(gains) },
            evidence: "收费台账（示例）".into(),
            ..Footing::on(Offence::UnlawfulFees)
        },
    }
}

fn stop(cast: &Cast) -> RecordPenalty {
    RecordPenalty {
        kind: PenaltyKind::Suspension,
        until: Some(day("2014-04-01")),
        footing: Footing::on(Offence::Branches),
        amount: Fen::ZERO,
        ..fine(cast, 0, 0, "2014-03-03")
    }
}

fn answer(penalty: i64, kind: StatementKind, text: &str) -> AnswerPenalty {
    AnswerPenalty { penalty, kind, statement: text.into(), papers: vec![] }
}

fn decide(penalty: i64, lighter: Option<Measure>) -> DecidePenalty {
    let reason = "申辩意见部分采纳（示例）".into();
    DecidePenalty { penalty, is_imposed: true, lighter, reason }
}

fn measure(kind: PenaltyKind, yuan: i64, stop_days: Option<i64>) -> Option<Measure> {
    Some(Measure { kind, amount: Fen::yuan(yuan), stop_days })
}

async fn tasks(city: &City, reader: &Actor) -> Vec<(TaskKind, Option<Date>)> {
    inbox::tasks(city, reader).await.expect("tasks").into_iter().map(|one| (one.kind, one.due)).collect()
}

async fn own_tasks(city: &City, cast: &Cast) -> Vec<(MemberTaskKind, Option<Date>)> {
    let found = inbox::member::of_organisation(city, cast.id).await.expect("tasks");
    found.into_iter().map(|one| (one.kind, one.due)).collect()
}

async fn papers_of(city: &City, own: &Actor, penalty: i64) -> Vec<DocumentKind> {
    let (held, _) = read::penalty(city, own, penalty).await.expect("told");
    let all = documents::of(city, own, held.subject()).await.expect("documents");
    let mut kinds: Vec<DocumentKind> = all.iter().map(|one| one.kind).collect();
    kinds.sort();
    kinds
}

async fn intact(city: &City) {
    assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
}

#[tokio::test]
async fn nothing_is_decided_before_the_notice_and_its_clock() {
    on_both(async |city| {
        let cast = cast(&city).await;
        assert!(city.clock.move_to(at("2014-03-03", 9)));
        let penalty =
            act(&city, &cast.officer, &fine(&cast, 3_000, 1_000, "2014-03-03")).await.expect("proposed");
        assert_eq!(
            code(act(&city, &cast.director, &decide(penalty, None)).await),
            "penalty.not-noticed (B23)"
        );
        let confirm = ConfirmPenalty { penalty, is_right: true };
        assert_eq!(code(act(&city, &cast.director, &confirm).await), "penalty.not-noticed (B23)");
        assert_eq!(
            read::penalty(&city, &cast.own, penalty).await.err(),
            Some(Error::NotFound),
            "not told yet"
        );
        let unheard = answer(penalty, StatementKind::Waived, "");
        assert_eq!(act(&city, &cast.own, &unheard).await.err(), Some(Error::NotFound));
        let ninety = Some(day("2014-06-03"));
        assert_eq!(tasks(&city, &cast.officer).await, [(TaskKind::SendPenaltyNotice, ninety)]);
        act(&city, &cast.officer, &NoticePenalty { penalty }).await.expect("told");
        assert_eq!(papers_of(&city, &cast.own, penalty).await, [DocumentKind::PenaltyNotice]);
        let again = act(&city, &cast.officer, &NoticePenalty { penalty }).await;
        assert_eq!(code(again), "penalty.wrong-stage (B23)");
        // Three days of the calendar under the text of 2009.
        let last = Some(day("2014-03-06"));
        assert_eq!(own_tasks(&city, &cast).await, [(MemberTaskKind::AnswerPenaltyNotice, last)]);
        let hearing = answer(penalty, StatementKind::Hearing, "不服（示例）");
        assert_eq!(code(act(&city, &cast.own, &hearing).await), "penalty.no-hearing-right@statement_kind");
        let empty = answer(penalty, StatementKind::Written, " ");
        assert_eq!(code(act(&city, &cast.own, &empty).await), "credit.text-missing@statement");
        assert!(city.clock.move_to(at("2014-03-06", 17)));
        let early = act(&city, &cast.director, &decide(penalty, None)).await;
        assert_eq!(code(early), "penalty.answer-awaited (B23)");
        assert!(!tasks(&city, &cast.director).await.iter().any(|(kind, _)| *kind == TaskKind::DecidePenalty));
        assert!(city.clock.move_to(at("2014-03-07", 9)));
        let late = answer(penalty, StatementKind::Written, "迟到（示例）");
        assert_eq!(code(act(&city, &cast.own, &late).await), "penalty.answer-late@statement");
        assert_eq!(tasks(&city, &cast.director).await, [(TaskKind::DecidePenalty, None)]);
        let harder = decide(penalty, measure(PenaltyKind::Fine, 3_001, None));
        assert_eq!(code(act(&city, &cast.director, &harder).await), "penalty.heavier-than-noticed@amount");
        act(&city, &cast.director, &decide(penalty, None)).await.expect("imposed");
        let (held, _) = read::penalty(&city, &cast.own, penalty).await.expect("read");
        assert_eq!((held.imposed_on, held.fine()), (day("2014-03-07"), Fen::yuan(3_000)));
        let running = deadlines::of(&city, held.subject()).await.expect("read");
        assert_eq!(running[0].done_on, Some(day("2014-03-07")));
        let twice = act(&city, &cast.director, &decide(penalty, None)).await;
        assert_eq!(code(twice), "penalty.wrong-stage (B23)");
        intact(&city).await;
    })
    .await;
}

#[tokio::test]
async fn a_proposal_whose_days_are_over_is_refused_at_both() {
    on_both(async |city| {
        let cast = cast(&city).await;
        assert!(city.clock.move_to(at("2014-03-10", 9)));
        let (mend_by, until) = (Some(day("2014-03-06")), Some(day("2014-03-05")));
        let footing = Footing { mend_by, ..Footing::on(Offence::Branches) };
        let late = RecordPenalty { until, footing, ..stop(&cast) };
        let expected = "credit.suspension-end-early@until credit.mend-by-early@mend_by";
        assert_eq!(code(act(&city, &cast.officer, &late).await), expected);
        let footing = Footing { mend_by: Some(day("2014-03-20")), ..Footing::on(Offence::Branches) };
        let penalty =
            act(&city, &cast.officer, &RecordPenalty { footing, ..stop(&cast) }).await.expect("proposed");
        act(&city, &cast.officer, &NoticePenalty { penalty }).await.expect("told");
        assert!(city.clock.move_to(at("2014-03-20", 9)));
        act(&city, &cast.director, &ConfirmPenalty { penalty, is_right: true }).await.expect("imposed");
        let (held, _) = read::penalty(&city, &cast.own, penalty).await.expect("read");
        // Ten days to mend and twenty-three of the stop, told on 10 March, run from the decision.
        assert_eq!((held.mend_by, held.until_on), (Some(day("2014-03-30")), Some(day("2014-04-11"))));
        intact(&city).await;
    })
    .await;
}

async fn minutes(city: &City, officer: &Actor) -> PaperId {
    let bytes = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";
    let file = app::uploads::StoredFile::store(city, "B23", "minutes.pdf", bytes).expect("stored");
    let (title, valid_until, on_behalf_of) = (String::new(), None, None);
    let give = papers::GivePaper { kind: PaperKind::Other, title, file, valid_until, on_behalf_of };
    act(city, officer, &give).await.expect("given")
}

#[tokio::test]
async fn a_stop_is_heard_days_after_the_call_and_never_made_heavier() {
    on_both(async |city| {
        let cast = cast(&city).await;
        let chief = person(&city, "second", Role::ApprovalDirector, Scope::City).await;
        assert!(city.clock.move_to(at("2014-03-03", 9)));
        let penalty = act(&city, &cast.officer, &stop(&cast)).await.expect("proposed");
        act(&city, &cast.officer, &NoticePenalty { penalty }).await.expect("told");
        act(&city, &cast.own, &answer(penalty, StatementKind::Hearing, "情节轻微（示例）"))
            .await
            .expect("asked");
        let unheard = act(&city, &chief, &decide(penalty, None)).await;
        assert_eq!(code(unheard), "penalty.hearing-not-held (B23)");
        assert_eq!(tasks(&city, &cast.officer).await, [(TaskKind::HearPenalty, None)]);
        let call =
            |on: &str, place: &str| CallPenaltyHearing { penalty, hearing_on: day(on), place: place.into() };
        let soon = act(&city, &cast.officer, &call("2014-03-09", "")).await;
        assert_eq!(code(soon), "penalty.hearing-soon@hearing_on credit.text-missing@hearing_place");
        let held_on = |on: &str, minutes| {
            let note = "双方陈述、质证（示例）".into();
            RecordPenaltyHearing { penalty, heard_on: day(on), note, minutes }
        };
        let uncalled = act(&city, &cast.officer, &held_on("2014-03-03", None)).await;
        assert_eq!(code(uncalled), "penalty.hearing-not-called (B23)");
        act(&city, &cast.officer, &call("2014-03-10", "301室（示例）")).await.expect("called");
        act(&city, &cast.officer, &call("2014-03-11", "302室（示例）")).await.expect("moved");
        let called = Some(day("2014-03-11"));
        assert_eq!(own_tasks(&city, &cast).await, [(MemberTaskKind::AttendPenaltyHearing, called)]);
        assert_eq!(tasks(&city, &cast.officer).await, [(TaskKind::HearPenalty, called)]);
        assert!(city.clock.move_to(at("2014-03-13", 9)));
        let before = act(&city, &cast.officer, &held_on("2014-03-10", None)).await;
        assert_eq!(code(before), "penalty.hearing-day@heard_on");
        let paper = minutes(&city, &cast.officer).await;
        act(&city, &cast.officer, &held_on("2014-03-11", Some(paper))).await.expect("heard");
        let (held, _) = read::penalty(&city, &cast.own, penalty).await.expect("read");
        assert_eq!(papers::of(&city, held.subject()).await.expect("papers").len(), 1);
        for (lighter, expected) in [
            (measure(PenaltyKind::Suspension, 0, Some(31)), "penalty.heavier-after-statement@stop_days"),
            (measure(PenaltyKind::Suspension, 0, None), "penalty.stop-days@stop_days"),
            (measure(PenaltyKind::Fine, 1, None), "penalty.heavier-after-statement@amount"),
        ] {
            assert_eq!(code(act(&city, &chief, &decide(penalty, lighter)).await), expected);
        }
        let silent = DecidePenalty { reason: String::new(), ..decide(penalty, None) };
        assert_eq!(code(act(&city, &chief, &silent).await), "credit.text-missing@reason");
        let lighter = measure(PenaltyKind::Suspension, 0, Some(10));
        act(&city, &chief, &decide(penalty, lighter)).await.expect("imposed");
        let (held, _) = read::penalty(&city, &cast.own, penalty).await.expect("read");
        assert_eq!((held.imposed_on, held.until_on), (day("2014-03-13"), Some(day("2014-03-22"))));
        let expected = [
            DocumentKind::PenaltyNotice,
            DocumentKind::PenaltyHearing,
            DocumentKind::PenaltyHearing,
            DocumentKind::PenaltyDecision,
        ];
        assert_eq!(papers_of(&city, &cast.own, penalty).await, expected);
        let running = deadlines::of(&city, held.subject()).await.expect("read");
        // Ninety days from 3 March, and the ten from the request to the record of the hearing.
        assert_eq!(running[0].due_on, Some(day("2014-06-11")));
        intact(&city).await;
    })
    .await;
}

#[tokio::test]
async fn whoever_told_it_does_not_decide_it_and_a_dropped_one_leaves_no_notice() {
    on_both(async |city| {
        let cast = cast(&city).await;
        // Five working days under the text of 2021.
        assert!(city.clock.move_to(at("2026-03-02", 9)));
        let penalty =
            act(&city, &cast.officer, &fine(&cast, 30_000, 10_000, "2026-03-02")).await.expect("proposed");
        act(&city, &cast.officer, &NoticePenalty { penalty }).await.expect("told");
        let (held, _) = read::penalty(&city, &cast.own, penalty).await.expect("told");
        assert_eq!((held.answer_by, held.hearing_by), (Some(day("2026-03-09")), Some(day("2026-03-09"))));
        let elsewhere = Scope::Organisation(OrganisationId(7));
        let stranger = Actor::new(PersonId(7), Role::OrganisationUser, elsewhere);
        assert_eq!(read::penalty(&city, &stranger, penalty).await.err(), Some(Error::NotFound));
        act(&city, &cast.own, &answer(penalty, StatementKind::Written, "已退还（示例）"))
            .await
            .expect("stated");
        let person = cast.officer.person.expect("a person");
        let both = Actor::new(person, Role::ApprovalDirector, Scope::City).with_fresh_password();
        assert_eq!(code(act(&city, &both, &decide(penalty, None)).await), "credit.same-person (C14)");
        let harder = decide(penalty, measure(PenaltyKind::Fine, 40_000, None));
        assert_eq!(code(act(&city, &cast.director, &harder).await), "penalty.heavier-after-statement@amount");
        let outside = decide(penalty, measure(PenaltyKind::Fine, 29_999, None));
        assert_eq!(code(act(&city, &cast.director, &outside).await), "credit.fine-outside-range@amount");
        let cancellation = ask(&city, &cast.own).await;
        let barred = code(act(&city, &cast.own, &cancellation).await);
        assert_eq!(barred, "ending.no-open-cases@", "nobody cancels itself out of a penalty");
        let drop = DecidePenalty { is_imposed: false, ..decide(penalty, None) };
        act(&city, &cast.director, &drop).await.expect("dropped");
        let (held, _) = read::penalty(&city, &cast.own, penalty).await.expect("read");
        let all = documents::of(&city, &cast.own, held.subject()).await.expect("documents");
        assert!(all.iter().all(|one| one.withdrawn_at.is_some()) && all.len() == 1);
        assert!(own_tasks(&city, &cast).await.is_empty());
        // What another authority decided is not told by us.
        let record = RecordPenalty {
            footing: Footing::on(Offence::OtherLaw),
            document_number: "税罚1号（示例）".into(),
            ..fine(&cast, 500, 0, "2026-03-02")
        };
        let elsewhere = act(&city, &cast.officer, &record).await.expect("recorded");
        let notice = act(&city, &cast.officer, &NoticePenalty { penalty: elsewhere }).await;
        assert_eq!(code(notice), "penalty.not-ours (B23)");
        assert_eq!(tasks(&city, &cast.director).await, [(TaskKind::ConfirmPenalty, None)]);
        let confirm = ConfirmPenalty { penalty: elsewhere, is_right: true };
        act(&city, &cast.director, &confirm).await.expect("confirmed");
        intact(&city).await;
    })
    .await;
}
