//! Sixteen at once: each seat is written by its holder alone, and one of many scores, draws and closings counts.

use std::sync::Arc;

use app::performance::evaluation::{
    self, DrawExperts, GivePurchaserScore, LockSheet, PublishResult, SaveSheet,
};
use app::{City, Error};
use domain::performance::evaluation::EvaluationKind;
use tokio::task::JoinSet;

use crate::evaluation_ground::{Ground, NO_KEY, eighty_five, go};
use crate::support::on_both;

async fn sixteen<F>(make: impl Fn(usize) -> F) -> Vec<Result<(), Error>>
where
    F: Future<Output = Result<(), Error>> + Send + 'static,
{
    let mut all = JoinSet::new();
    for number in 0..16 {
        all.spawn(make(number));
    }
    all.join_all().await
}

fn done(answers: &[Result<(), Error>]) -> usize {
    answers.iter().filter(|answer| answer.is_ok()).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn experts_and_purchasers_at_once_leave_one_of_each() {
    on_both(async |city: City| {
        let ground = Ground::new(&city, 15).await;
        ground.fix(&city, ground.draft()).await;
        ground.answers(&city, 0, 33, 29).await;
        go(&city, "2015-01-06");
        ground.report(&city, EvaluationKind::Final).await;
        let round = ground.round(&city).await;

        let draws = sixteen(|_| {
            let (city, lead) = (Arc::clone(&city), ground.at.planted.lead.clone());
            let draw = DrawExperts { evaluation: round.id, version: round.version, experts: 15 };
            async move { city.act(&lead, &NO_KEY, &draw).await.map(|_| ()) }
        })
        .await;
        assert_eq!(done(&draws), 1, "{draws:?}");
        let sitting = ground.sitting(&city).await;
        assert_eq!(sitting.len(), 15);

        let round = ground.round(&city).await;
        let (director, id) = (ground.at.planted.director.clone(), round.id);
        let answers = sixteen(|number| {
            let (city, director) = (Arc::clone(&city), director.clone());
            let seat = sitting.get(number).cloned();
            async move {
                let Some((expert, seat)) = seat else {
                    let give = GivePurchaserScore {
                        evaluation: id,
                        version: round.version,
                        score: Some(9500),
                        evidence: "台账".into(),
                    };
                    return city.act(&director, &NO_KEY, &give).await;
                };
                city.act(&expert, &NO_KEY, &SaveSheet { seat, entries: eighty_five() }).await?;
                city.act(&expert, &NO_KEY, &LockSheet { seat }).await
            }
        })
        .await;
        assert_eq!(done(&answers), 16, "{answers:?}");
        ground.send(&city).await.expect("sent");
        let round = ground.round(&city).await;
        assert_eq!((round.expert_sum, round.expert_count), (Some(15 * 8500), Some(15)));

        go(&city, "2015-01-20");
        let published = sixteen(|_| {
            let (city, lead) = (Arc::clone(&city), ground.at.planted.lead.clone());
            let publish = PublishResult { evaluation: round.id, version: round.version };
            async move { city.act(&lead, &NO_KEY, &publish).await }
        })
        .await;
        assert_eq!(done(&published), 1, "{published:?}");
        let sql = "SELECT count(*) FROM document WHERE kind = 'evaluation_result'";
        assert_eq!(city.db.number(sql, &[]).await.expect("a count"), 1);
        assert_eq!(evaluation::seats(&city, round.id).await.expect("seats").len(), 15);
        assert_eq!(app::journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}
