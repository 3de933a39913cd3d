//! Closing and going on: S71, E2, E3, C51 and C56, each with the refusal that G10 asks for.

use app::performance::evaluation::{
    self, CloseProject, ContinueContract, OpenEvaluation, closing_findings, held,
};
use app::performance::publication::PublishAcceptance;
use app::{Error, journal};
use domain::contracts::ContractStage;
use domain::kernel::{Level, OfficeId, Post, Role, Scope};
use domain::performance::evaluation::EvaluationKind;

use crate::evaluation_ground::{Ground, NO_KEY, codes, go};
use crate::planted::{self, Accepted};
use crate::support::on_both;
use crate::surveyed::NUMBER;

#[tokio::test]
async fn twenty_seven_answers_close_nothing_and_thirty_three_do() {
    on_both(async |city| {
        let ground = Ground::new(&city, 3).await;
        let planted = &ground.at.planted;
        let close = CloseProject { tender: planted.tender };
        ground.fix(&city, ground.draft()).await;
        go(&city, "2014-07-01");
        ground.mid_term(&city).await;
        ground.answers(&city, 0, 27, 25).await;
        go(&city, "2015-01-06");
        ground.report(&city, EvaluationKind::Final).await;
        ground.draw(&city).await;
        ground.score(&city).await;
        ground.purchaser(&city).await;
        assert_eq!(codes(ground.send(&city).await), ["performance.answers-insufficient"]);
        assert_eq!(
            codes(city.act(&planted.director, &NO_KEY, &close).await),
            [
                "performance.close-without-acceptance",
                "performance.answers-insufficient",
                "performance.close-without-final"
            ]
        );
        ground.answers(&city, 27, 6, 4).await;
        ground.send(&city).await.expect("sent");
        assert_eq!(
            codes(city.act(&planted.director, &NO_KEY, &close).await),
            ["performance.close-without-acceptance", "performance.close-without-final"]
        );
        go(&city, "2015-01-20");
        ground.publish(&city).await.expect("published");
        let contract = ground.at.contract;
        let undelivered = city.act(&planted.director, &NO_KEY, &close).await;
        assert_eq!(codes(undelivered), ["performance.close-without-acceptance"]);
        let accept = Accepted { contract, milestone: None, deducted: 0, is_published: false };
        let acceptance = city.act(&planted.lead, &NO_KEY, &accept).await.expect("accepted");
        let hidden = city.act(&planted.director, &NO_KEY, &close).await;
        assert_eq!(codes(hidden), ["performance.close-unpublished"]);
        let publish = PublishAcceptance { acceptance, version: 1 };
        city.act(&planted.lead, &NO_KEY, &publish).await.expect("published");
        let contract = held::by_number(&city, NUMBER).await.expect("a contract");
        let findings = closing_findings(&city, &contract).await.expect("findings");
        assert!(findings.iter().all(|finding| finding.level == Level::Met), "{findings:?}");
        city.act(&planted.director, &NO_KEY, &close).await.expect("closed");
        let contract = held::by_number(&city, NUMBER).await.expect("still public");
        assert_eq!(contract.stage, ContractStage::Ended);
        assert_eq!(codes(city.act(&planted.director, &NO_KEY, &close).await), ["performance.closed-already"]);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn one_evaluation_at_the_end_of_a_year_is_not_enough() {
    on_both(async |city| {
        let ground = Ground::new(&city, 3).await;
        ground.fix(&city, ground.draft()).await;
        ground.answers(&city, 0, 33, 29).await;
        go(&city, "2015-01-06");
        ground.report(&city, EvaluationKind::Final).await;
        ground.draw(&city).await;
        ground.score(&city).await;
        ground.purchaser(&city).await;
        ground.send(&city).await.expect("sent");
        go(&city, "2015-01-20");
        ground.publish(&city).await.expect("published");
        let accept =
            Accepted { contract: ground.at.contract, milestone: None, deducted: 0, is_published: true };
        city.act(&ground.at.planted.lead, &NO_KEY, &accept).await.expect("accepted");
        let close = CloseProject { tender: ground.at.planted.tender };
        assert_eq!(
            codes(city.act(&ground.at.planted.director, &NO_KEY, &close).await),
            ["performance.single-evaluation"]
        );
        let open = OpenEvaluation { contract: ground.at.contract, kind: EvaluationKind::MidTerm };
        let answer = city.act(&ground.at.planted.staff, &NO_KEY, &open).await;
        assert_eq!(codes(answer), ["performance.mid-term-too-late"]);
    })
    .await;
}

#[tokio::test]
async fn nothing_closes_without_a_contract_or_in_another_office() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        let close = CloseProject { tender: p.tender };
        assert_eq!(
            codes(city.act(&p.director, &NO_KEY, &close).await),
            ["performance.close-without-contract"]
        );
        let other = domain::kernel::Actor {
            post: Post { role: Role::OfficeDirector, scope: Scope::Office(OfficeId(7)) },
            ..p.director.clone()
        };
        assert_eq!(city.act(&other, &NO_KEY, &close).await, Err(Error::NotFound));
        assert_eq!(city.act(&p.staff, &NO_KEY, &close).await, Err(Error::NotPermitted));
    })
    .await;
}

#[tokio::test]
async fn a_good_grade_is_no_renewal() {
    on_both(async |city| {
        let ground = Ground::new(&city, 3).await;
        ground.until_sent(&city).await;
        go(&city, "2015-01-20");
        ground.publish(&city).await.expect("published");
        let ask = ContinueContract { contract: ground.at.contract };
        let answer = city.act(&ground.at.planted.director, &NO_KEY, &ask).await;
        let Err(Error::Refused(refusal)) = answer else { panic!("{answer:?}") };
        assert_eq!((refusal.code, refusal.rule), ("performance.renewal-without-competition", "C56"));
        assert!(format!("{:?}", refusal.facts).contains("liang"), "the grade is named, and changes nothing");
        let facts = evaluation::published(&city, None, Some(&planted::code())).await.expect("facts");
        assert_eq!(facts.len(), 1, "what it is for: a fact of the next competition");
    })
    .await;
}
