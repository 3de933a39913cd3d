//! What everyone may read: only what is public, each row once.

use app::Error;
use app::contracts::{DraftContract, OfferContract, SignAsBuyer, SignAsProvider};
use app::funds::{Bill, RequestPayment, payments};
use app::open_data::{catalogue, contracts, feed, figures, organisations, registry, results, tenders};
use app::performance::lines;
use app::registry::generated::{Plan, generate};
use app::uploads::StoredFile;
use app::{City, RequestKey};
use domain::kernel::Fen;

use crate::delivered::{line, move_to, signed};
use crate::planted::{self, Accepted, PRICE, Planted};
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

#[tokio::test]
async fn the_registers_lists_are_walked_by_code_and_number() {
    on_both(async |city| {
        let plan = Plan { organisations: 300, years: 5, seed: 4 };
        generate(&city, plan, &|_| {}).await.expect("generated");
        let [mut inspections, mut grades, mut places] = [(); 3].map(|()| Vec::new());
        for walk in 0..3 {
            let mut key = (String::new(), 0);
            loop {
                let at = (key.0.as_str(), key.1);
                let found: Vec<(String, i64)> = match walk {
                    0 => {
                        let page = registry::inspections(&city, at, 7).await.expect("a page");
                        page.into_iter().map(|row| (row.uscc, row.year)).collect()
                    }
                    1 => {
                        let page = registry::ratings(&city, at, 7).await.expect("a page");
                        page.into_iter().map(|row| (row.uscc, row.id)).collect()
                    }
                    _ => {
                        let page = registry::places(&city, at, 7).await.expect("a page");
                        page.into_iter().map(|row| (row.uscc, row.id)).collect()
                    }
                };
                let Some(last) = found.last().cloned() else { break };
                key = last;
                [&mut inspections, &mut grades, &mut places][walk].extend(found);
            }
        }
        for (walked, from) in [
            (&inspections, "inspection WHERE state IN ('decided', 'absent')"),
            (&grades, "rating_grade"),
            (&places, "credit_listing WHERE listed_on IS NOT NULL"),
        ] {
            let held = city.db.number(&format!("SELECT count(*) FROM {from}"), &[]).await.expect("a number");
            assert_eq!(i64::try_from(walked.len()), Ok(held), "{from}");
            assert!(held > 0 && walked.is_sorted(), "{from}");
        }
        assert!(registry::known(&city, &places[0].0).await.is_ok());
        assert_eq!(registry::known(&city, "none").await.err(), Some(Error::NotFound));
    })
    .await;
}

#[tokio::test]
async fn a_provider_reads_its_own_requests_and_ledger() {
    on_both(async |city| {
        let s = signed(&city).await;
        move_to(&city, "2014-07-10");
        for number in 1..=3 {
            s.record(&city, line(&format!("2014-07-0{number}"), "A001", number)).await.expect("a line");
        }
        let page = lines::records_of(&city, s.contract, None, 2).await.expect("a page");
        let rest = lines::records_of(&city, s.contract, page.last().map(|row| row.id), 2).await;
        let mut units: Vec<i64> = page.iter().chain(&rest.expect("a page")).map(|row| row.units).collect();
        units.sort_unstable();
        assert_eq!(units, [1, 2, 3]);
        let none = payments::of_organisation(&city, s.p.organisation, "", 10).await.expect("a page");
        assert!(none.is_empty());
        let sql = "SELECT id FROM milestone WHERE position = 1";
        let milestone = Some(city.db.number(sql, &[]).await.expect("a milestone"));
        let accept = Accepted { contract: s.contract, milestone, deducted: 0, is_published: true };
        let acceptance = city.act(&s.p.lead, &NO_KEY, &accept).await.expect("accepted");
        let bill = Bill {
            invoice_number: "1".into(),
            invoice_on: Some(city.clock.now().date()),
            invoice_amount: Fen(PRICE / 2),
            bank: "南京银行（示例）".into(),
            account: "1".into(),
        };
        let file = StoredFile::store(&city, "C28", "发票.pdf", b"%PDF-1.7 invoice").expect("a file");
        let ask = RequestPayment { acceptance, bill, file };
        city.act(&s.p.provider, &NO_KEY, &ask).await.expect("asked");
        let own = payments::of_organisation(&city, s.p.organisation, "", 10).await.expect("a page");
        assert_eq!(own.iter().map(|row| row.position).collect::<Vec<_>>(), [1]);
        assert_eq!(payments::billable(&city, s.contract).await.expect("billable")[0].position, 1);
        let other = domain::kernel::OrganisationId(9);
        assert!(payments::of_organisation(&city, other, "", 10).await.expect("a page").is_empty());
        let after = payments::of_organisation(&city, s.p.organisation, &own[0].number, 10).await;
        assert!(after.expect("a page").is_empty());
    })
    .await;
}
