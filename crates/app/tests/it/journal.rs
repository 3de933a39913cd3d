//! What the journal promises: every change is in it, and a change beside it is found.

use app::access::offices::AddOffice;
use app::{Error, RequestKey, journal};
use domain::kernel::{Actor, Refusal};

use crate::support::{on_both, system};

fn office(code: &str) -> AddOffice {
    AddOffice {
        code: code.into(), name: "福事处".into(), name_en: "Welfare".into(), duties: "福利".into()
    }
}

fn key(name: &str, digest: &str) -> RequestKey {
    RequestKey::Given { key: name.into(), digest: digest.into() }
}

#[tokio::test]
async fn the_journal_agrees_with_the_tables_after_acts() {
    on_both(async |city| {
        for code in ["fushi", "zhengquan", "shequ"] {
            city.act(&system(), &RequestKey::None, &office(code)).await.expect("an office");
        }
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
        assert_eq!(city.db.number("SELECT count(*) FROM journal", &[]).await.expect("a count"), 3);
    })
    .await;
}

#[tokio::test]
async fn a_refused_act_leaves_no_trace() {
    on_both(async |city| {
        city.act(&system(), &RequestKey::None, &office("fushi")).await.expect("an office");
        let again = city.act(&system(), &RequestKey::None, &office("fushi")).await;
        let refusal = Refusal::new("access.office-code-taken", "E4").at("code");
        assert_eq!(again, Err(Error::Refused(refusal)));
        assert_eq!(city.db.number("SELECT count(*) FROM office", &[]).await.expect("a count"), 1);
        assert_eq!(city.db.number("SELECT count(*) FROM journal", &[]).await.expect("a count"), 1);
    })
    .await;
}

#[tokio::test]
async fn the_same_request_key_does_a_thing_once() {
    on_both(async |city| {
        let first = city.act(&system(), &key("k1", "d1"), &office("fushi")).await.expect("an office");
        let second = city.act(&system(), &key("k1", "d1"), &office("fushi")).await.expect("the same");
        assert_eq!(first, second);
        let other = city.act(&system(), &key("k1", "d2"), &office("shequ")).await;
        assert_eq!(other, Err(Error::KeyReused));
        assert_eq!(city.db.number("SELECT count(*) FROM office", &[]).await.expect("a count"), 1);
    })
    .await;
}

#[tokio::test]
async fn a_post_without_the_power_is_refused() {
    on_both(async |city| {
        let answer = city.act(&Actor::VISITOR, &RequestKey::None, &office("fushi")).await;
        assert_eq!(answer, Err(Error::NotPermitted));
    })
    .await;
}

#[tokio::test]
async fn many_writers_at_once_lose_nothing() {
    on_both(async |city| {
        let mut writers = Vec::new();
        for number in 0..40 {
            let city = city.clone();
            writers.push(tokio::spawn(async move {
                city.act(&system(), &RequestKey::None, &office(&format!("o{number}"))).await
            }));
        }
        for writer in writers {
            writer.await.expect("a task").expect("an office");
        }
        assert_eq!(city.db.number("SELECT count(*) FROM office", &[]).await.expect("a count"), 40);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}
