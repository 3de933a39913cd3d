//! A contract over three years: each year is judged by answers of its own, and the last one by the final survey
//! (C51, E2).

use app::contracts::{DraftContract, EditContract, OfferContract, SignAsBuyer, SignAsProvider};
use app::performance::evaluation::{ContinueContract, OpenEvaluation};
use app::performance::report::ReportMilestone;
use app::performance::survey::{
    self, CloseSurvey, DrawSample, HandInKeys, StartSurvey, of_card, rounds_of, shown,
};
use app::supervision::{
    read::{Filter, findings},
    stock,
};
use app::{City, Error, journal};
use domain::contracts::{LongTermTick, Milestone};
use domain::kernel::{Coded, Fen};
use domain::performance::evaluation::EvaluationKind;
use domain::performance::survey::{Mark, Round};
use domain::supervision::FindingKind;

use crate::evaluation_ground::{Ground, NO_KEY, codes, day, go};
use crate::planted::{self, PRICE};
use crate::support::on_both;
use crate::surveyed::{NUMBER, Surveyed, give, keys_of, ledger, typed};

/// A signed contract of three years, and nobody asked yet.
async fn long(city: &City) -> Ground {
    let planted = planted::awarded(city, 36, "awarded").await;
    let contract =
        city.act(&planted.staff, &NO_KEY, &DraftContract { tender: planted.tender }).await.expect("a draft");
    let edit = EditContract {
        contract,
        version: 1,
        starts: day("2014-03-01"),
        ends: day("2017-02-28"),
        ticks: LongTermTick::ALL.to_vec(),
        is_budget_assured: true,
        settlement: "分期".into(),
        rights: "按约定".into(),
        breach: "依法承担".into(),
        confidentiality: "依法保护".into(),
        feedback: "每月一次".into(),
        milestones: vec![Milestone { name: "总结".into(), due: day("2017-02-28"), amount: Fen(PRICE) }],
    };
    city.act(&planted.staff, &NO_KEY, &edit).await.expect("edited");
    city.act(&planted.staff, &NO_KEY, &OfferContract { contract, version: 2 }).await.expect("offered");
    city.act(&planted.provider, &NO_KEY, &SignAsProvider { contract, version: 3 }).await.expect("signed");
    city.act(&planted.director, &NO_KEY, &SignAsBuyer { contract, version: 4 }).await.expect("signed");
    Ground::around(city, Surveyed { planted, contract, survey: 0 }, 3).await
}

fn begin(ground: &Ground, round: Round) -> StartSurvey {
    let beacon = "双色球（示例）".to_owned();
    StartSurvey { contract: ground.at.contract, round, ledger: ledger(40), beacon }
}

/// Forty cards of a round, from this one on.
async fn open(city: &City, ground: &mut Ground, round: Round, first: u16) {
    let staff = ground.at.planted.staff.clone();
    let survey = city.act(&staff, &NO_KEY, &begin(ground, round)).await.expect("started");
    let draw = DrawSample { survey, version: 1, beacon_value: "3 5 8".to_owned() };
    city.act(&staff, &NO_KEY, &draw).await.expect("drawn");
    let keys = keys_of(first..first + 40).for_round(&round.to_string());
    city.act(&staff, &NO_KEY, &HandInKeys { survey, version: 2, text: keys.text() }).await.expect("keys");
    ground.at.survey = survey;
}

async fn close(city: &City, ground: &Ground) {
    let close = CloseSurvey { survey: ground.at.survey, version: 3 };
    city.act(&ground.at.planted.staff, &NO_KEY, &close).await.expect("closed");
}

/// A whole round of evaluation, on the answers of its survey.
async fn judge(city: &City, ground: &Ground, kind: EvaluationKind, reply_over: &str) {
    ground.report(city, kind).await;
    ground.draw(city).await;
    ground.score(city).await;
    ground.purchaser(city).await;
    ground.send(city).await.expect("sent");
    go(city, reply_over);
    ground.publish(city).await.expect("published");
}

async fn unjudged(city: &City) -> usize {
    stock::take(city).await.expect("stock is taken");
    let filter = Filter { kind: Some(FindingKind::YearUnjudged), ..Filter::default() };
    findings(city, &filter).await.expect("read").len()
}

/// The second year from its evaluation to the third: it finds nothing to count before its own recipients were asked.
async fn second_year(city: &City, ground: &mut Ground) {
    let contract = ground.at.contract;
    let (staff, director) = (ground.at.planted.staff.clone(), ground.at.planted.director.clone());
    let go_on = ContinueContract { contract };
    go(city, "2015-12-01");
    ground.report(city, EvaluationKind::Yearly).await;
    ground.draw(city).await;
    ground.score(city).await;
    ground.purchaser(city).await;
    assert_eq!(codes(ground.send(city).await), ["performance.recipients-not-asked"]);
    open(city, ground, Round::Yearly(2), 100).await;
    ground.answers(city, 100, 29, 29).await;
    assert_eq!(codes(ground.send(city).await), ["performance.answers-insufficient"]);
    ground.answers(city, 129, 4, 1).await;
    ground.send(city).await.expect("sent");
    go(city, "2015-12-21");
    ground.publish(city).await.expect("published");
    let second = ground.round(city).await;
    assert_eq!((second.valid, second.satisfied, second.round), (Some(33), Some(30), 2));
    assert_eq!(city.act(&director, &NO_KEY, &go_on).await, Ok(3));
    let third = OpenEvaluation { contract, kind: EvaluationKind::Yearly };
    let refused = city.act(&staff, &NO_KEY, &third).await;
    assert!(
        matches!(&refused, Err(Error::Invalid(faults)) if faults[0].field.as_deref() == Some("kind")),
        "{refused:?}"
    );
    assert_eq!(codes(refused), ["performance.yearly-beyond-term"]);
}

#[tokio::test]
async fn three_years_are_judged_by_two_yearly_surveys_and_a_final_one() {
    on_both(async |city| {
        let mut ground = long(&city).await;
        let contract = ground.at.contract;
        ground.fix(&city, ground.draft()).await;
        let rounds = rounds_of(&city, contract).await.expect("rounds");
        assert_eq!(rounds, [Round::Midterm, Round::Yearly(1), Round::Yearly(2), Round::Final]);
        let go_on = ContinueContract { contract };
        let director = ground.at.planted.director.clone();
        let provider = ground.at.planted.provider.clone();
        let report = ReportMilestone { contract, milestone: 1, report: "完成（示例）".into() };

        go(&city, "2014-12-01");
        open(&city, &mut ground, Round::Yearly(1), 0).await;
        ground.answers(&city, 0, 30, 24).await;
        close(&city, &ground).await;
        assert_eq!(
            codes(city.act(&director, &NO_KEY, &go_on).await),
            ["performance.yearly-evaluation-missing"]
        );
        go(&city, "2015-03-02");
        assert_eq!(unjudged(&city).await, 1, "the first year is over and not judged");
        judge(&city, &ground, EvaluationKind::Yearly, "2015-03-20").await;
        assert_eq!(unjudged(&city).await, 0);
        let first = ground.round(&city).await;
        assert_eq!((first.valid, first.satisfied, first.round), (Some(30), Some(24), 1));
        assert_eq!(city.act(&director, &NO_KEY, &go_on).await, Ok(2));
        // The milestone belongs to the third year, which nobody has let go on yet.
        assert_eq!(codes(city.act(&provider, &NO_KEY, &report).await), ["performance.year-not-let-go-on"]);

        second_year(&city, &mut ground).await;
        assert_eq!(
            codes(city.act(&provider, &NO_KEY, &report).await),
            ["performance.report-without-records"]
        );
        // The second year's survey is still open when the final one begins: each card finds its own.
        go(&city, "2017-01-09");
        open(&city, &mut ground, Round::Final, 200).await;
        let old = typed(0, 135, Mark::Satisfied);
        let owner = of_card(&city, contract, NUMBER, &old.given).await.expect("read").expect("open");
        assert_eq!(owner.round(), Round::Yearly(2));
        give(&city, &app::performance::survey::AnswerSurvey { survey: owner.id, ..old })
            .await
            .expect("answered");
        ground.answers(&city, 200, 32, 20).await;
        go(&city, "2017-02-28");
        judge(&city, &ground, EvaluationKind::Final, "2017-03-14").await;
        let last = ground.round(&city).await;
        assert_eq!((last.valid, last.satisfied), (Some(32), Some(20)));
        let of = async |round| shown(&city, contract, round).await.expect("read").map(|tally| tally.valid);
        assert_eq!(
            (of(Round::Yearly(1)).await, of(Round::Final).await),
            (Some(30), Some(30)),
            "in groups of five"
        );
        assert_eq!(of(Round::Midterm).await, None);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn a_year_that_the_contract_does_not_have_is_refused_at_its_field() {
    on_both(async |city| {
        let mut ground = long(&city).await;
        let staff = ground.at.planted.staff.clone();
        go(&city, "2014-12-01");
        for (round, code) in [
            (Round::Yearly(0), "performance.yearly-beyond-term"),
            (Round::Yearly(3), "performance.yearly-beyond-term"),
            (Round::Yearly(2), "performance.year-not-begun"),
        ] {
            let Err(Error::Invalid(faults)) = city.act(&staff, &NO_KEY, &begin(&ground, round)).await else {
                panic!("{round} began")
            };
            assert_eq!((faults[0].code, faults[0].field.as_deref()), (code, Some("round")), "{round}");
        }
        open(&city, &mut ground, Round::Yearly(1), 0).await;
        let again = city.act(&staff, &NO_KEY, &begin(&ground, Round::Yearly(1))).await;
        assert_eq!(codes(again), ["performance.survey-started"]);
        let half = city.act(&staff, &NO_KEY, &begin(&ground, Round::Midterm)).await.expect("beside it");
        let strange = keys_of(100..140).for_round("yearly-1").text();
        let answer = city.act(&staff, &NO_KEY, &HandInKeys { survey: half, version: 1, text: strange }).await;
        assert_eq!(codes(answer), ["performance.keys-of-another-round"]);
        assert_eq!(
            codes(city.act(&staff, &NO_KEY, &begin(&ground, Round::Midterm)).await),
            ["performance.survey-started"]
        );

        let fresh = survey::of_contract(&city, ground.at.contract).await.expect("surveys");
        assert_eq!(
            fresh.iter().map(|one| one.round()).collect::<Vec<_>>(),
            [Round::Yearly(1), Round::Midterm]
        );
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn a_contract_of_one_year_has_no_yearly_round() {
    on_both(async |city| {
        let ground = Ground::new(&city, 0).await;
        let staff = &ground.at.planted.staff;
        ground.fix(&city, ground.draft()).await;
        go(&city, "2014-07-01");
        let refused = city.act(staff, &NO_KEY, &begin(&ground, Round::Yearly(1))).await;
        assert_eq!(codes(refused), ["performance.yearly-beyond-term"]);
        let open = OpenEvaluation { contract: ground.at.contract, kind: EvaluationKind::Yearly };
        assert_eq!(codes(city.act(staff, &NO_KEY, &open).await), ["performance.yearly-beyond-term"]);
        let rounds = rounds_of(&city, ground.at.contract).await.expect("rounds");
        assert_eq!(rounds, [Round::Midterm, Round::Final]);
    })
    .await;
}
