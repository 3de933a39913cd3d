//! Plan, experts, scores, result and reply: G10 as the rule book tells it, with its refusals.

use app::performance::evaluation::{
    self, AnswerReply, CheckPlan, DraftPlan, DrawExperts, GivePurchaserScore, LockSheet, OpenEvaluation,
    RecuseFromEvaluation, ReplyToResult, ReportActuals, SaveSheet, SheetEntry, SubmitPlan,
};
use app::tendering::expert::{DeclareRelation, pool};
use app::{Error, journal};
use domain::kernel::{OfficeId, Post, Role, Scope};
use domain::performance::evaluation::{EvaluationGrade, EvaluationKind, EvaluationStage, Weights};
use domain::tendering::recusal::TieKind;

use crate::evaluation_ground::{Ground, NO_KEY, codes, eighty_five, go};
use crate::support::on_both;
use crate::surveyed::NUMBER;

#[tokio::test]
async fn eighty_five_and_twenty_nine_of_thirty_three_and_ninety_five_are_88_2_liang() {
    on_both(async |city| {
        let ground = Ground::new(&city, 5).await;
        ground.until_sent(&city).await;
        let round = ground.round(&city).await;
        assert_eq!((round.total, round.grade), (Some(8820), Some(EvaluationGrade::Liang)));
        assert_eq!((round.valid, round.satisfied, round.expert_count), (Some(33), Some(29), Some(3)));
        assert_eq!(codes(ground.publish(&city).await), ["performance.reply-term-runs"]);
        assert!(evaluation::published(&city, None, None).await.expect("a list").is_empty());

        let reply =
            |text: &str, version| ReplyToResult { evaluation: round.id, version, text: text.to_owned() };
        let provider = &ground.at.planted.provider;
        assert_eq!(
            codes(city.act(provider, &NO_KEY, &reply(" ", round.version)).await),
            ["performance.reply-empty"]
        );
        city.act(provider, &NO_KEY, &reply("助浴次数统计有误。", round.version)).await.expect("a reply");
        assert_eq!(codes(ground.publish(&city).await), ["performance.reply-unanswered"]);
        assert_eq!(
            codes(city.act(provider, &NO_KEY, &reply("再说一次", round.version + 1)).await),
            ["performance.replied-already"]
        );
        let lead = &ground.at.planted.lead;
        let answer =
            AnswerReply {
                evaluation: round.id, version: round.version + 1, text: "已核对，维持。".into()
            };
        city.act(lead, &NO_KEY, &answer).await.expect("an answer");
        ground.publish(&city).await.expect("published");
        let lines = evaluation::published(&city, Some(EvaluationGrade::Liang), None).await.expect("a list");
        assert_eq!((lines.len(), lines[0].total, lines[0].number.as_str()), (1, 8820, NUMBER));
        assert!(
            evaluation::published(&city, Some(EvaluationGrade::You), None).await.expect("read").is_empty()
        );
        let sql = "SELECT count(*) FROM feed WHERE kind = 'performance.result_published'";
        assert_eq!(city.db.number(sql, &[]).await.expect("a count"), 1);
        let sql = "SELECT count(*) FROM document WHERE kind = 'evaluation_result' AND is_public = 1";
        assert_eq!(city.db.number(sql, &[]).await.expect("a count"), 1);
        let sql = "SELECT count(*) FROM deadline WHERE subject_kind = 'evaluation' AND done_on IS NOT NULL";
        assert_eq!(city.db.number(sql, &[]).await.expect("a count"), 1);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn silence_lets_the_term_pass_and_a_late_reply_is_refused() {
    on_both(async |city| {
        let ground = Ground::new(&city, 3).await;
        ground.until_sent(&city).await;
        // Five working days after 2015-01-06 end on the thirteenth.
        go(&city, "2015-01-13");
        assert_eq!(codes(ground.publish(&city).await), ["performance.reply-term-runs"]);
        go(&city, "2015-01-14");
        let round = ground.round(&city).await;
        let late = ReplyToResult { evaluation: round.id, version: round.version, text: "迟了".into() };
        let answer = city.act(&ground.at.planted.provider, &NO_KEY, &late).await;
        assert_eq!(codes(answer), ["performance.reply-too-late"]);
        ground.publish(&city).await.expect("published");
        assert_eq!(ground.round(&city).await.stage, EvaluationStage::Published);
    })
    .await;
}

#[tokio::test]
async fn weights_and_targets_are_checked_when_a_plan_is_written() {
    on_both(async |city| {
        let ground = Ground::new(&city, 0).await;
        let weigh = |experts, recipients, purchaser| DraftPlan {
            weights: Weights { experts, recipients, purchaser, third_party: 0 },
            ..ground.draft()
        };
        let staff = &ground.at.planted.staff;
        for (draft, expected) in [
            (weigh(20, 20, 60), "performance.purchaser-weight"),
            (weigh(30, 20, 50), "performance.purchaser-weight"),
            (weigh(0, 80, 20), "performance.experts-weight-zero"),
            (weigh(80, 0, 20), "performance.recipients-weight-zero"),
            (weigh(40, 40, 10), "performance.weights-sum"),
            (DraftPlan { targets: vec!["95%".into(); 7], ..ground.draft() }, "performance.target-missing"),
        ] {
            assert_eq!(codes(city.act(staff, &NO_KEY, &draft).await), [expected]);
        }
        let nobody = DraftPlan {
            has_recipients: false,
            weights: Weights { experts: 60, recipients: 0, purchaser: 20, third_party: 20 },
            ..ground.draft()
        };
        assert_eq!(
            codes(city.act(staff, &NO_KEY, &nobody).await),
            ["performance.no-recipients-reason-missing", "performance.third-party-missing"]
        );
        let stranger = domain::kernel::Actor {
            post: Post { role: Role::OfficeStaff, scope: Scope::Office(OfficeId(7)) },
            ..staff.clone()
        };
        assert_eq!(city.act(&stranger, &NO_KEY, &ground.draft()).await, Err(Error::NotFound));
        assert_eq!(
            city.act(&ground.at.planted.lead, &NO_KEY, &ground.draft()).await,
            Err(Error::NotPermitted)
        );
    })
    .await;
}

#[tokio::test]
async fn a_plan_is_checked_by_somebody_else_before_the_service_begins() {
    on_both(async |city| {
        let ground = Ground::new(&city, 0).await;
        let contract = ground.at.contract;
        let (staff, lead) = (&ground.at.planted.staff, &ground.at.planted.lead);
        let check =
            |version, is_fixed, note: &str| CheckPlan { contract, version, is_fixed, note: note.to_owned() };
        assert_eq!(codes(city.act(lead, &NO_KEY, &check(1, true, "")).await), ["performance.plan-missing"]);
        city.act(staff, &NO_KEY, &ground.draft()).await.expect("a plan");
        assert_eq!(codes(city.act(lead, &NO_KEY, &check(1, true, "")).await), ["performance.plan-stage"]);
        city.act(staff, &NO_KEY, &SubmitPlan { contract, version: 1 }).await.expect("handed in");
        // The same person as purchase lead, by a second post.
        let own =
            domain::kernel::Actor::new(staff.person.expect("a person"), Role::PurchaseLead, Scope::City);
        assert_eq!(codes(city.act(&own, &NO_KEY, &check(2, true, "")).await), ["performance.own-plan"]);
        assert_eq!(codes(city.act(lead, &NO_KEY, &check(2, false, " ")).await), ["performance.note-missing"]);
        city.act(lead, &NO_KEY, &check(2, false, "目标值偏低")).await.expect("given back");
        let again = DraftPlan { version: 3, ..ground.draft() };
        city.act(staff, &NO_KEY, &again).await.expect("mended");
        city.act(staff, &NO_KEY, &SubmitPlan { contract, version: 4 }).await.expect("handed in");
        go(&city, "2014-01-07");
        assert_eq!(codes(city.act(lead, &NO_KEY, &check(5, true, "")).await), ["performance.plan-too-late"]);
        let open = OpenEvaluation { contract, kind: EvaluationKind::Final };
        assert_eq!(codes(city.act(staff, &NO_KEY, &open).await), ["performance.plan-stage"]);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn a_fixed_plan_stays_and_rounds_have_their_time() {
    on_both(async |city| {
        let ground = Ground::new(&city, 0).await;
        let (staff, contract) = (&ground.at.planted.staff, ground.at.contract);
        ground.fix(&city, ground.draft()).await;
        let again = DraftPlan { version: 3, ..ground.draft() };
        assert_eq!(codes(city.act(staff, &NO_KEY, &again).await), ["performance.plan-fixed"]);
        let open = |kind| OpenEvaluation { contract, kind };
        let early = city.act(staff, &NO_KEY, &open(EvaluationKind::MidTerm)).await;
        assert_eq!(codes(early), ["performance.service-not-begun"]);
        go(&city, "2014-07-01");
        let early = city.act(staff, &NO_KEY, &open(EvaluationKind::Final)).await;
        assert_eq!(codes(early), ["performance.final-too-early"]);
        let id = city.act(staff, &NO_KEY, &open(EvaluationKind::MidTerm)).await.expect("a round");
        let second = city.act(staff, &NO_KEY, &open(EvaluationKind::MidTerm)).await;
        assert_eq!(codes(second), ["performance.round-open"]);
        let report = ReportActuals { evaluation: id, version: 1, actuals: vec!["1".into(); 7] };
        assert_eq!(codes(city.act(staff, &NO_KEY, &report).await), ["performance.actual-missing"]);
        let round = ground.round(&city).await;
        let draw = DrawExperts { evaluation: id, version: round.version, experts: 3 };
        let answer = city.act(&ground.at.planted.lead, &NO_KEY, &draw).await;
        assert_eq!(codes(answer), ["performance.round-without-grade"]);
    })
    .await;
}

#[tokio::test]
async fn experts_are_three_drawn_by_seed_and_never_tied_to_the_provider() {
    on_both(async |city| {
        let ground = Ground::new(&city, 4).await;
        let lead = &ground.at.planted.lead;
        ground.fix(&city, ground.draft()).await;
        go(&city, "2015-01-06");
        ground.report(&city, EvaluationKind::Final).await;
        let tied = pool(&city).await.expect("the pool").remove(0);
        let tie = DeclareRelation {
            expert: tied.id,
            organisation: ground.at.planted.organisation,
            kind: TieKind::Adviser,
            ended_on: None,
        };
        city.act(lead, &NO_KEY, &tie).await.expect("a tie");
        let round = ground.round(&city).await;
        let draw = |experts| DrawExperts { evaluation: round.id, version: round.version, experts };
        assert_eq!(codes(city.act(lead, &NO_KEY, &draw(1)).await), ["performance.too-few-experts"]);
        assert_eq!(codes(city.act(lead, &NO_KEY, &draw(4)).await), ["performance.experts-even"]);
        assert_eq!(codes(city.act(lead, &NO_KEY, &draw(5)).await), ["performance.pool-too-small"]);
        ground.draw(&city).await;
        let sitting = ground.sitting(&city).await;
        assert_eq!(sitting.len(), 3);
        assert!(sitting.iter().all(|(expert, _)| expert.person != Some(tied.person_id)));
        let record = evaluation::draws(&city, round.id).await.expect("draws").remove(0).record;
        assert!(record.contains("founded_or_advised"));
        assert!(!record.contains("judge"), "the record names nobody");

        // One recuses himself; the only other expert is tied, so nobody can be drawn in his place.
        let (expert, seat) = &sitting[0];
        let recuse = |reason: &str| RecuseFromEvaluation { seat: *seat, reason: reason.to_owned() };
        assert_eq!(
            codes(city.act(expert, &NO_KEY, &recuse("")).await),
            ["performance.recusal-reason-missing"]
        );
        city.act(expert, &NO_KEY, &recuse("曾任其理事")).await.expect("recused");
        let round = ground.round(&city).await;
        let again = DrawExperts { evaluation: round.id, version: round.version, experts: 3 };
        assert_eq!(codes(city.act(lead, &NO_KEY, &again).await), ["performance.pool-too-small"]);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn each_expert_scores_alone_and_locks_for_good() {
    on_both(async |city| {
        let ground = Ground::new(&city, 3).await;
        ground.fix(&city, ground.draft()).await;
        go(&city, "2015-01-06");
        ground.report(&city, EvaluationKind::Final).await;
        ground.draw(&city).await;
        let sitting = ground.sitting(&city).await;
        let ((one, seat), (other, _)) = (&sitting[0], &sitting[1]);
        let save = |entries| SaveSheet { seat: *seat, entries };
        assert_eq!(city.act(other, &NO_KEY, &save(eighty_five())).await, Err(Error::NotFound));
        let mut extreme = eighty_five();
        extreme[0].points = Some(1001);
        assert_eq!(
            codes(city.act(one, &NO_KEY, &save(extreme.clone())).await),
            ["performance.score-out-of-range"]
        );
        extreme[0].points = Some(1000);
        extreme[1] = SheetEntry { points: None, reason: String::new() };
        city.act(one, &NO_KEY, &save(extreme)).await.expect("saved with a gap");
        let lock = LockSheet { seat: *seat };
        assert_eq!(
            codes(city.act(one, &NO_KEY, &lock).await),
            ["performance.score-reason-missing", "performance.score-missing"]
        );
        city.act(one, &NO_KEY, &save(eighty_five())).await.expect("saved");
        let stale = domain::kernel::Actor { fresh: false, ..one.clone() };
        assert_eq!(city.act(&stale, &NO_KEY, &lock).await, Err(Error::PasswordNeeded));
        city.act(one, &NO_KEY, &lock).await.expect("locked");
        assert_eq!(codes(city.act(one, &NO_KEY, &save(eighty_five())).await), ["performance.sheet-locked"]);
        let round = ground.round(&city).await;
        assert!(
            evaluation::scores(&city, round.id).await.expect("read").is_empty(),
            "hidden while others score"
        );
        assert_eq!(codes(ground.send(&city).await), ["performance.sheets-open"]);
        let give = GivePurchaserScore {
            evaluation: round.id,
            version: round.version,
            score: Some(9500),
            evidence: " ".into(),
        };
        assert_eq!(
            codes(city.act(&ground.at.planted.director, &NO_KEY, &give).await),
            ["performance.evidence-missing"]
        );
        ground.purchaser(&city).await;
    })
    .await;
}

#[tokio::test]
async fn a_contract_without_recipients_hears_a_third_party_with_a_reason() {
    on_both(async |city| {
        let ground = Ground::new(&city, 3).await;
        let nobody = DraftPlan {
            has_recipients: false,
            weights: Weights { experts: 60, recipients: 0, purchaser: 20, third_party: 20 },
            no_recipients_reason: "面向公众的研究，没有可识别的服务对象".into(),
            third_party: "宁衡评价事务所（示例）".into(),
            ..ground.draft()
        };
        ground.fix(&city, nobody).await;
        go(&city, "2015-01-06");
        ground.report(&city, EvaluationKind::Final).await;
        ground.draw(&city).await;
        ground.score(&city).await;
        ground.purchaser(&city).await;
        assert_eq!(codes(ground.send(&city).await), ["performance.score-of-party-missing"]);
        let round = ground.round(&city).await;
        let give = evaluation::GiveThirdPartyScore {
            evaluation: round.id,
            version: round.version,
            score: Some(8000),
            evidence: "评价报告（示例）".into(),
        };
        city.act(&ground.at.planted.lead, &NO_KEY, &give).await.expect("a score");
        ground.send(&city).await.expect("sent");
        let round = ground.round(&city).await;
        // 0.6 of 85, 0.2 of 95, 0.2 of 80.
        assert_eq!((round.total, round.grade), (Some(8600), Some(EvaluationGrade::Liang)));
        assert_eq!((round.valid, round.satisfied), (None, None));
    })
    .await;
}
