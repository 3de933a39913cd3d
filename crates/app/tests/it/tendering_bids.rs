//! Bids: submitted, replaced, withdrawn, late, barred; and two worlds that nobody can tell apart.

use app::tendering::bid::{SubmitBid, WithdrawBid};
use app::tendering::bid_draft::{self, AttachFile, RemoveFile, SaveDraft, StoredFile};
use app::tendering::package::Package;
use app::tendering::question::{self, AskQuestion};
use app::tendering::{correction, eligibility, queries, receipt};
use app::{City, Error, RequestKey, journal};
use domain::kernel::{Actor, Fen, Level, Moment, TenderId};
use evidence::Digest;

use crate::support::on_both;
use crate::tendering_ground::*;

const NUMBER: &str = "NJGZ-2014-001";

fn later(moment: Moment, micros: i64) -> Moment {
    Moment(moment.0 + micros)
}

async fn own(city: &City, bidder: &Actor) -> receipt::OwnBid {
    let organisation = bidder.organisation().expect("an organisation");
    receipt::own_bid(city, organisation, NUMBER).await.expect("read").expect("a bid")
}

#[tokio::test]
async fn a_bid_is_received_with_time_and_digest() {
    on_both(async |city| {
        let ground = ground(&city, false).await;
        let tender = ground.published(&city).await;
        let bidder = bidder(&city, "12345678", vec![]).await;
        let draft = SaveDraft { tender, version: 0, fields: fields("95,000.00") };
        let draft_version = act(&city, &bidder, draft).await.expect("saved");
        let key = RequestKey::Given { key: "k".into(), digest: "d".into() };
        let submit = SubmitBid { tender, draft_version };
        let text = city.act(&bidder, &key, &submit).await.expect("received");
        let held = own(&city, &bidder).await;
        let kept = held.receipt().expect("a receipt");
        assert_eq!((text.as_str(), kept.version, kept.tender.as_str()), (held.receipt.as_str(), 1, NUMBER));
        assert_eq!(kept.received, city.clock.now().rfc3339());
        let (package,): (Vec<u8>,) = city.db.one("SELECT package FROM bid", &[]).await.expect("a package");
        assert_eq!(Digest::of(&package), kept.package);
        let package = Package::parse(&package).expect("a package");
        assert_eq!(
            (package.content.price, package.project_lead.as_str()),
            (Fen::yuan(95_000), "示例项目负责人")
        );
        // The same request again, even after the deadline, is answered with the same receipt.
        assert!(city.clock.move_to(later(deadline(), 1)));
        assert_eq!(city.act(&bidder, &key, &submit).await, Ok(text));
        assert_eq!(city.db.number("SELECT count(*) FROM bid", &[]).await, Ok(1));
        let organisation = bidder.organisation().expect("an organisation");
        assert_eq!(receipt::own_bids(&city, organisation).await.expect("bids").len(), 1);
        assert_eq!(receipt::own_drafts(&city, organisation).await.expect("drafts").len(), 0);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn a_bid_is_late_from_the_very_microsecond_of_the_deadline() {
    on_both(async |city| {
        let ground = ground(&city, false).await;
        let tender = ground.published(&city).await;
        let early = bidder(&city, "12345678", vec![]).await;
        let late = bidder(&city, "87654321", vec![]).await;
        let draft = SaveDraft { tender, version: 0, fields: fields("95000") };
        act(&city, &late, draft.clone()).await.expect("a draft");
        assert!(city.clock.move_to(later(deadline(), -1)));
        bid(&city, &early, tender, "95000").await.expect("one microsecond before");
        assert!(city.clock.move_to(deadline()));
        let submit = SubmitBid { tender, draft_version: 1 };
        assert_eq!(codes(act(&city, &late, submit).await), ["tendering.deadline-passed"]);
        assert_eq!(
            codes(act(&city, &late, SaveDraft { version: 1, ..draft }).await),
            ["tendering.deadline-passed"]
        );
        let withdraw = WithdrawBid { tender, version: 1 };
        assert_eq!(codes(act(&city, &early, withdraw).await), ["tendering.deadline-passed"]);
        assert_eq!(city.db.number("SELECT count(*) FROM bid", &[]).await, Ok(1));
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn a_bid_is_replaced_and_withdrawn_before_the_deadline() {
    on_both(async |city| {
        let ground = ground(&city, false).await;
        let tender = ground.published(&city).await;
        let bidder = bidder(&city, "12345678", vec![]).await;
        let nothing = act(&city, &bidder, WithdrawBid { tender, version: 1 }).await;
        assert_eq!(codes(nothing), ["tendering.nothing-to-withdraw"]);
        let first = bid(&city, &bidder, tender, "95000").await.expect("received");
        let draft = SaveDraft { tender, version: 1, fields: fields("90000") };
        assert_eq!(act(&city, &bidder, draft).await, Ok(2));
        let stale = act(&city, &bidder, SubmitBid { tender, draft_version: 1 }).await;
        assert_eq!(stale, Err(Error::Stale), "what is submitted is what was confirmed");
        let second = act(&city, &bidder, SubmitBid { tender, draft_version: 2 }).await.expect("replaced");
        assert_ne!(first, second);
        let held = own(&city, &bidder).await;
        assert_eq!((held.edition, held.version, held.is_submitted()), (2, 2, true));
        act(&city, &bidder, WithdrawBid { tender, version: 2 }).await.expect("withdrawn");
        let again = act(&city, &bidder, WithdrawBid { tender, version: 3 }).await;
        assert_eq!(codes(again), ["tendering.nothing-to-withdraw"]);
        let (package,): (Vec<u8>,) = city.db.one("SELECT package FROM bid", &[]).await.expect("a package");
        assert!(package.is_empty(), "a withdrawn bid is nobody's to read");
        act(&city, &bidder, SubmitBid { tender, draft_version: 2 }).await.expect("handed in again");
        assert_eq!(own(&city, &bidder).await.edition, 3);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn a_faulty_bid_is_kept_as_typed_and_not_received() {
    on_both(async |city| {
        let ground = ground(&city, false).await;
        let tender = ground.published(&city).await;
        let bidder = bidder(&city, "12345678", vec![]).await;
        let cases = [
            ("", "tendering.price-missing"),
            ("-5", "kernel.money-negative"),
            ("1234567890123", "kernel.money-too-large"),
            ("九万", "kernel.money-unreadable"),
            ("1.234", "kernel.money-too-many-decimals"),
            ("0", "tendering.price-not-positive"),
            ("200000.01", "tendering.price-over-ceiling"),
        ];
        for (version, (price, code)) in (0_i64..).zip(cases) {
            let draft = SaveDraft { tender, version, fields: fields(price) };
            let draft_version = act(&city, &bidder, draft).await.expect("saved as typed");
            assert_eq!(codes(act(&city, &bidder, SubmitBid { tender, draft_version }).await), [code]);
        }
        let organisation = bidder.organisation().expect("an organisation");
        let held = bid_draft::draft(&city, tender, organisation).await.expect("read").expect("a draft");
        assert_eq!((held.version, held.fields.get("price").map(String::as_str)), (7, Some("200000.01")));
        let blank = SaveDraft {
            tender,
            version: 7,
            fields: vec![("price".into(), "1".into()), ("x".into(), "y".into())],
        };
        act(&city, &bidder, blank).await.expect("saved");
        let found = codes(act(&city, &bidder, SubmitBid { tender, draft_version: 8 }).await);
        assert_eq!(found.len(), 6 + 5 + 2 + 1, "{found:?}");
        let stale = SaveDraft { tender, version: 7, fields: fields("1") };
        assert_eq!(act(&city, &bidder, stale).await, Err(Error::Stale));
        let long = SaveDraft { tender, version: 8, fields: vec![("price".into(), "9".repeat(200_001))] };
        assert_eq!(codes(act(&city, &bidder, long).await), ["tendering.draft-too-long"]);
        assert_eq!(city.db.number("SELECT count(*) FROM bid", &[]).await, Ok(0));
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn files_are_the_bidders_own_and_few() {
    on_both(async |city| {
        let ground = ground(&city, false).await;
        let tender = ground.published(&city).await;
        let owner = bidder(&city, "12345678", vec![]).await;
        let stranger = bidder(&city, "87654321", vec![]).await;
        let store =
            |name: String| StoredFile::store(&city, "C30", &name, format!("%PDF-1.7 {name}").as_bytes());
        let hostile = StoredFile::store(&city, "C30", "a.pdf", b"MZ\x90");
        assert_eq!(codes(hostile), ["upload.content-differs"]);
        let mut first = 0;
        for number in 0..10 {
            let file = store(format!("{number}.pdf")).expect("stored");
            first = act(&city, &owner, AttachFile { tender, file, is_joint_agreement: false })
                .await
                .expect("attached");
        }
        let more =
            AttachFile { tender, file: store("11.pdf".into()).expect("stored"), is_joint_agreement: false };
        assert_eq!(codes(act(&city, &owner, more).await), ["tendering.too-many-files"]);
        let organisation = |actor: &Actor| actor.organisation().expect("an organisation");
        let (_, bytes) = bid_draft::file(&city, tender, organisation(&owner), first).await.expect("own file");
        assert_eq!(bytes, b"%PDF-1.7 9.pdf");
        let foreign = bid_draft::file(&city, tender, organisation(&stranger), first).await;
        assert!(matches!(foreign, Err(Error::NotFound)));
        let remove = RemoveFile { tender, file: first };
        assert_eq!(act(&city, &stranger, remove).await, Err(Error::NotFound));
        act(&city, &owner, remove).await.expect("removed");
        let twice =
            AttachFile { tender, file: store("0.pdf".into()).expect("stored"), is_joint_agreement: false };
        assert_eq!(codes(act(&city, &owner, twice).await), ["tendering.file-twice"]);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn the_bureaus_own_bid_on_equal_terms_but_do_not_rate() {
    on_both(async |city| {
        let ground = ground(&city, false).await;
        let tender = ground.published(&city).await;
        let own = bidder(&city, "12345678", vec![("is_supervised", true.into())]).await;
        bid(&city, &own, tender, "95000").await.expect("S70: equal terms");
        let first = own.organisation().expect("an organisation");
        let outside = bidder(&city, "87654321", vec![]).await.organisation().expect("an organisation");
        let met = |found: domain::registry::Eligibility| {
            found.findings.iter().map(|finding| (finding.code, finding.level)).collect::<Vec<_>>()
        };
        let of =
            async |organisation| met(eligibility::check(&city, NUMBER, organisation).await.expect("found"));
        assert_eq!(of(first).await, of(outside).await);
    })
    .await;
    on_both(async |city| {
        let ground = ground(&city, true).await;
        let tender = ground.published(&city).await;
        let own = bidder(&city, "12345678", vec![("is_supervised", true.into())]).await;
        assert_eq!(codes(bid(&city, &own, tender, "95000").await), ["registry.not-affiliate"]);
        let organisation = own.organisation().expect("an organisation");
        let found = eligibility::check(&city, NUMBER, organisation).await.expect("found");
        assert_eq!(found.findings.len(), 10, "every condition is shown before bidding");
        assert!(!found.is_eligible());
        let other = bidder(&city, "87654321", vec![]).await;
        bid(&city, &other, tender, "95000").await.expect("anyone else may");
    })
    .await;
}

#[tokio::test]
async fn the_register_bars_some_and_only_warns_of_others() {
    on_both(async |city| {
        let ground = ground(&city, false).await;
        let tender = ground.published(&city).await;
        let cases: [(&'static str, &'static str, app::db::Val, Option<&str>); 7] = [
            ("10000001", "legal", "filed".into(), Some("registry.legal-personality")),
            ("10000002", "status", "revoked".into(), Some("registry.status-active")),
            ("10000003", "listing", "serious".into(), Some("registry.credit-listing")),
            ("10000004", "listing", "abnormal".into(), None),
            ("10000005", "inspection", "fail".into(), Some("registry.inspection")),
            ("10000006", "inspection", "absent".into(), None),
            ("10000007", "banned_until", "2014-01-06".into(), Some("registry.not-banned")),
        ];
        for (subject, column, value, barred) in cases {
            let bidder = bidder(&city, subject, vec![(column, value)]).await;
            let answer = bid(&city, &bidder, tender, "95000").await;
            match barred {
                Some(code) => assert_eq!(codes(answer), [code]),
                None => {
                    answer.expect("a warning does not bar");
                    let organisation = bidder.organisation().expect("an organisation");
                    let found = eligibility::check(&city, NUMBER, organisation).await.expect("found");
                    assert!(found.findings.iter().any(|finding| finding.level == Level::Warn));
                }
            }
        }
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

/// Everything that the public, the officials and another organisation can read of the tender.
async fn seen(city: &City, ground: &Ground, other: &Actor, tender: TenderId) -> String {
    let organisation = other.organisation().expect("an organisation");
    let public = queries::by_number(city, NUMBER).await.expect("public");
    let listed = queries::published(city, &queries::Filter::default()).await.expect("a list");
    let desks = [
        queries::desk(city, &ground.staff).await.expect("a desk"),
        queries::desk(city, &ground.lead).await.expect("a desk"),
    ];
    let questions = question::on_tender(city, tender).await.expect("questions");
    let corrections = correction::on_tender(city, tender).await.expect("corrections");
    let findings = eligibility::check(city, NUMBER, organisation).await.expect("findings");
    let own = receipt::own_bids(city, organisation).await.expect("bids");
    let feed: Vec<app::db::Row> =
        city.db.all("SELECT seq, at, kind, subject FROM feed ORDER BY seq", &[]).await.expect("a feed");
    let text =
        format!("{public:?}{listed:?}{desks:?}{questions:?}{corrections:?}{findings:?}{own:?}{feed:?}");
    // Ids are made from a random start in each city, so they differ with and without bids alike.
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() >= 17)
        .fold(text.clone(), |text, id| text.replace(id, "id"))
}

async fn world(city: &City, with_bids: bool) -> String {
    let ground = ground(city, false).await;
    let tender = ground.published(city).await;
    let first = bidder(city, "12345678", vec![]).await;
    let second = bidder(city, "87654321", vec![]).await;
    let other = bidder(city, "11111111", vec![]).await;
    if with_bids {
        bid(city, &first, tender, "95000").await.expect("a bid");
        bid(city, &second, tender, "90000").await.expect("a bid");
        act(city, &second, WithdrawBid { tender, version: 1 }).await.expect("withdrawn");
        let file = StoredFile::store(city, "C30", "a.pdf", b"%PDF-1.7").expect("stored");
        act(city, &first, AttachFile { tender, file, is_joint_agreement: false }).await.expect("attached");
    }
    act(city, &other, AskQuestion { tender, text: "何时开标？".into() }).await.expect("asked");
    seen(city, &ground, &other, tender).await
}

#[tokio::test]
async fn nobody_can_tell_a_world_with_bids_from_one_without() {
    let worlds = std::sync::Mutex::new(Vec::new());
    for with_bids in [false, true] {
        on_both(async |city| {
            let found = world(&city, with_bids).await;
            worlds.lock().expect("a list").push(found);
        })
        .await;
    }
    let worlds = worlds.into_inner().expect("a list");
    let (without, with) = worlds.split_at(worlds.len() / 2);
    assert_eq!(without, with);
}
