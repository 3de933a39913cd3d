//! What everyone may read: only what is public, each row once.

use app::Error;
use app::contracts::{DraftContract, OfferContract, SignAsBuyer, SignAsProvider};
use app::open_data::{catalogue, contracts, feed, figures, organisations, results, tenders};
use app::{City, RequestKey};
use domain::kernel::Fen;

use crate::planted::{self, PRICE, Planted};
use crate::support::on_both;

const NO_KEY: RequestKey = RequestKey::None;

async fn sign(city: &City, p: &Planted) {
    let contract = city.act(&p.staff, &NO_KEY, &DraftContract { tender: p.tender }).await.expect("a draft");
    city.act(&p.staff, &NO_KEY, &OfferContract { contract, version: 1 }).await.expect("offered");
    city.act(&p.director, &NO_KEY, &SignAsBuyer { contract, version: 2 }).await.expect("signed");
    city.act(&p.provider, &NO_KEY, &SignAsProvider { contract, version: 3 }).await.expect("signed");
}

#[tokio::test]
async fn each_list_gives_its_rows_once_and_in_order() {
    on_both(async |city| {
        let p = planted::awarded(&city, 12, "awarded").await;
        assert_eq!(contracts::list(&city, "", 10).await.expect("a list").len(), 0);
        sign(&city, &p).await;
        let found = organisations::list(&city, "", 10).await.expect("a list");
        assert_eq!(found.len(), 1);
        let after = found.first().map(|row| row.uscc.clone()).unwrap_or_default();
        assert!(organisations::list(&city, &after, 10).await.expect("a list").is_empty());
        assert_eq!(organisations::one(&city, &after).await.expect("one").uscc, after);
        assert_eq!(catalogue::items(&city, "", 10).await.expect("a list").len(), 1);
        assert_eq!(catalogue::item(&city, "GZ-2014-01").await.expect("one").ceiling_fen, Fen(10_000_000));
        assert!(catalogue::years(&city).await.expect("a list").is_empty());
        assert_eq!(tenders::list(&city, "", 10).await.expect("a list").len(), 1);
        assert_eq!(tenders::one(&city, "NJGZ-2014-001").await.expect("one").attempt, 1);
        let contract = contracts::one(&city, "NJGZ-HT-2014-001").await.expect("one");
        assert_eq!((contract.amount_fen, contract.tender.as_str()), (Fen(PRICE), "NJGZ-2014-001"));
        let news = feed::after(&city, 0, 10).await.expect("a list");
        assert_eq!(news.last().map(|one| one.subject.as_str()), Some("NJGZ-HT-2014-001"));
        assert_eq!(feed::latest(&city, 10).await.expect("a list").len(), news.len());
        let figures = figures::at(&city, city.clock.now()).await.expect("figures");
        assert_eq!((figures.organisations, figures.items, figures.contracts), (1, 1, 1));
        assert_eq!((figures.items_fen, figures.contracts_fen), (Fen(10_000_000), Fen(PRICE)));
    })
    .await;
}

#[tokio::test]
async fn nothing_is_told_before_it_is_public() {
    on_both(async |city| {
        planted::awarded(&city, 12, "ranked").await;
        assert!(results::list(&city, "", 10).await.expect("a list").is_empty());
        assert_eq!(results::one(&city, "NJGZ-2014-001").await.err(), Some(Error::NotFound));
        assert_eq!(contracts::one(&city, "NJGZ-HT-2014-001").await.err(), Some(Error::NotFound));
        assert_eq!(tenders::one(&city, "NJGZ-2014-999").await.err(), Some(Error::NotFound));
        let now = city.clock.now();
        let soon = tenders::opening_between(&city, now, now.plus_seconds(86_400)).await.expect("a list");
        assert!(soon.is_empty(), "a ranked tender is not opened again");
    })
    .await;
}
