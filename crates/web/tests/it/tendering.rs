//! Tendering as browsers meet it: from the desk to the notice, from the draft to the receipt; and two
//! worlds, with and without bids, whose pages are equal to the byte.

use app::journal;
use axum::http::StatusCode;
use domain::kernel::Moment;

use crate::support::Reader;
use crate::tendering_ground::*;

#[tokio::test]
async fn every_page_is_readable_in_both_languages() {
    let stage = stage().await;
    let world = &stage.world;
    assert_eq!(world.get(&format!("/tenders/{NUMBER}")).await.status, StatusCode::NOT_FOUND);
    stage.publish().await;
    let fields = bid_fields("95000");
    let bid = format!("/tenders/{NUMBER}/bid");
    let saved = world.multipart_as(&stage.bidder, &bid, &borrowed(&fields), &[("a.pdf", b"%PDF-1.7")]).await;
    assert_done(&saved, &format!("{bid}/check"));
    assert_done(
        &world.post_as(&stage.bidder, &format!("{bid}/check"), &[("version", "1")]).await,
        "/me/bids/",
    );
    let asked = [("question", "几时开标？")];
    assert_done(&world.post_as(&stage.other, &format!("/tenders/{NUMBER}/qa"), &asked).await, "/tenders/");
    let corrected = [("version", "6"), ("subject", "wording"), ("text", "电话更正"), ("reason", "笔误")];
    let correct = world.post_as(&stage.lead, &format!("/desk/tenders/{NUMBER}/correction"), &corrected).await;
    assert_done(&correct, "/desk/tenders/");
    let answered = [("place", "1"), ("version", "1"), ("answer", "见公告")];
    let answer = world.post_as(&stage.staff, &format!("/desk/tenders/{NUMBER}/questions"), &answered).await;
    assert_done(&answer, "/desk/tenders/");
    let public = ["", "/qa", "/corrections", "/deadlines", "/notice"];
    let desk = ["", "/requirement", "/scoring", "/check", "/publish", "/questions", "/correction"];
    let mut pages: Vec<(&Reader, String)> = vec![
        (&stage.other, "/tenders".to_owned()),
        (&stage.other, "/tenders?stage=bidding&office=fushi&before=NJGZ-2014-009&batch=x".to_owned()),
        (&stage.staff, "/desk/tenders".to_owned()),
        (&stage.lead, "/desk/tenders".to_owned()),
        (&stage.bidder, "/me/bids".to_owned()),
        (&stage.other, "/me/bids".to_owned()),
        (&stage.other, "/me/questions".to_owned()),
        (&stage.bidder, format!("/me/bids/{NUMBER}")),
        (&stage.bidder, format!("/me/bids/{NUMBER}/receipt")),
        (&stage.bidder, format!("/me/bids/{NUMBER}/withdrawal")),
        (&stage.bidder, bid.clone()),
        (&stage.other, bid.clone()),
        (&stage.bidder, format!("{bid}/check")),
    ];
    pages.extend(public.map(|tail| (&stage.other, format!("/tenders/{NUMBER}{tail}"))));
    for reader in [&stage.staff, &stage.lead] {
        pages.extend(desk.map(|tail| (reader, format!("/desk/tenders/{NUMBER}{tail}"))));
    }
    for (reader, path) in &pages {
        for prefix in ["", "/en"] {
            let path = format!("{prefix}{path}");
            let page = world.get_as(reader, &path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert_spoken(&path, &page.text());
            assert!(!page.text().contains("style=\""), "{path}");
        }
    }
    assert_eq!(journal::verify(&world.city.db).await.expect("verified"), vec![]);
}

#[tokio::test]
async fn faulty_forms_come_back_as_typed() {
    let stage = stage().await;
    let world = &stage.world;
    let desk = format!("/desk/tenders/{NUMBER}");
    world.post_as(&stage.staff, "/desk/tenders", &[("item", &stage.item)]).await;
    let form = format!("{desk}/requirement");
    for (name, value, status) in [
        ("ceiling", "-5", 422),
        ("ceiling", "1234567890123", 422),
        ("ceiling", "300000", 422),
        ("term_months", "一年", 422),
        ("qualification", "注册资本不低于百万", 422),
        ("designers", "523201005804886000", 422),
        ("title", "", 422),
        ("version", "7", 409),
    ] {
        let fields = with(&with(&DOCUMENTS, &[("version", "1")]), &[(name, value)]);
        let answer = world.post_as(&stage.staff, &form, &fields).await;
        assert_eq!(answer.status.as_u16(), status, "{name}={value}");
        assert!(
            answer.text().contains("为120名老年人提供居家服务"),
            "{name}={value}: what was typed is kept"
        );
        assert_spoken(&form, &answer.text());
    }
    let fields = with(&with(&TABLE, &[("version", "1")]), &[("criteria.2.weight", "many")]);
    let table = world.post_as(&stage.staff, &format!("{desk}/scoring"), &fields).await;
    assert_eq!(table.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(table.text().contains("many"));
    let written = with(&DOCUMENTS, &[("version", "1")]);
    assert_done(&world.post_as(&stage.staff, &form, &written).await, &desk);
    let table = with(&TABLE, &[("version", "2")]);
    assert_done(&world.post_as(&stage.staff, &format!("{desk}/scoring"), &table).await, &desk);
    world.post_as(&stage.staff, &format!("{desk}/check"), &[("version", "3")]).await;
    let mute = world.post_as(&stage.checker, &format!("{desk}/check"), &[("version", "4")]).await;
    assert_eq!(mute.status, StatusCode::UNPROCESSABLE_ENTITY);
    let accept = [("version", "4"), ("verdict", "accept")];
    assert_done(&world.post_as(&stage.checker, &format!("{desk}/check"), &accept).await, &desk);
    for deadline in ["2014-02-30T09:00", "2014-01-18T09:00", "2014-01-10T09:00", "soon", "2099-01-05T09:00"] {
        let fields = [("version", "5"), ("deadline", deadline)];
        let answer = world.post_as(&stage.lead, &format!("{desk}/publish"), &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{deadline}");
        assert!(answer.text().contains(deadline), "{deadline}");
        assert_spoken(deadline, &answer.text());
    }
    assert_eq!(journal::verify(&world.city.db).await.expect("verified"), vec![]);
}

#[tokio::test]
async fn a_bid_with_faults_is_kept_and_a_stranger_finds_nothing() {
    let stage = stage().await;
    stage.publish().await;
    let world = &stage.world;
    let bid = format!("/tenders/{NUMBER}/bid");
    let fields = bid_fields("300000");
    let hostile: [(&str, &[u8]); 1] = [("方案.pdf", b"MZ\x90\0")];
    let answer = world.multipart_as(&stage.bidder, &bid, &borrowed(&fields), &hostile).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("示例负责人"), "what was typed is kept");
    let check = world.get_as(&stage.bidder, &format!("{bid}/check")).await;
    assert!(check.text().contains("#price"), "the price over the ceiling is pointed out");
    let early = world.post_as(&stage.bidder, &format!("{bid}/check"), &[("version", "1")]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    let stale = world.multipart_as(&stage.bidder, &bid, &borrowed(&bid_fields("95000")), &[]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.text().contains("95000"));
    let mut fields = bid_fields("95000");
    fields[0].1 = "1".to_owned();
    assert_done(&world.multipart_as(&stage.bidder, &bid, &borrowed(&fields), &[]).await, &bid);
    let submit = [("version", "2"), ("request_key", "once")];
    for _ in 0..2 {
        let answer = world.post_as(&stage.bidder, &format!("{bid}/check"), &submit).await;
        assert_done(&answer, &format!("/me/bids/{NUMBER}"));
    }
    let receipt = world.get_as(&stage.bidder, &format!("/me/bids/{NUMBER}/receipt")).await.text();
    assert!(receipt.contains("version 1\n") && receipt.contains("sha256 "), "{receipt}");
    for path in [format!("/me/bids/{NUMBER}"), format!("/me/bids/{NUMBER}/receipt")] {
        assert_eq!(world.get_as(&stage.other, &path).await.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(world.get_as(&stage.staff, &path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(world.get_as(&stage.other, &format!("{bid}/files/1")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.get(&bid).await.status, StatusCode::SEE_OTHER, "a visitor signs in first");
    let end = Moment::beijing("2014-01-17".parse().expect("a date"), 9, 30);
    assert!(world.city.clock.move_to(end));
    let late = world.post_as(&stage.bidder, &format!("{bid}/check"), &[("version", "2")]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    let withdraw = format!("/me/bids/{NUMBER}/withdrawal");
    let late = world.post_as(&stage.bidder, &withdraw, &[("version", "1")]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(journal::verify(&world.city.db).await.expect("verified"), vec![]);
}

#[tokio::test]
async fn two_organisations_bid_as_one_through_the_pages() {
    let stage = stage().await;
    stage.publish().await;
    let world = &stage.world;
    let codes: Vec<(String,)> =
        world.city.db.all("SELECT uscc FROM organisation ORDER BY id", &[]).await.expect("codes");
    let [(first,), (second,)] = &codes[..] else { panic!("two organisations") };
    // Ids of one moment are in no order, so the bidder's own page says which is whose.
    let own = world.get_as(&stage.bidder, "/me").await.text();
    let (lead, member) = if own.contains(first) { (first, second) } else { (second, first) };
    let (bid, join) = (format!("/tenders/{NUMBER}/bid"), format!("/tenders/{NUMBER}/consortium"));
    let mut fields = bid_fields("95000");
    fields.extend([("members".to_owned(), member.clone()), ("joint_liability".to_owned(), "yes".to_owned())]);
    let saved = world.multipart_as(&stage.bidder, &bid, &borrowed(&fields), &[]).await;
    assert_done(&saved, &format!("{bid}/check"));
    let check = world.get_as(&stage.bidder, &format!("{bid}/check")).await.text();
    assert!(check.contains("#agreement") && check.contains("#members") && check.contains(member), "{check}");
    for faulty in [[("lead", "523201005804886001")], [("lead", lead.as_str())]] {
        let answer = world.post_as(&stage.other, &join, &faulty).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains(faulty[0].1), "what was typed is kept");
        assert_spoken(&join, &answer.text());
    }
    let joined = [("lead", lead.as_str()), ("joint_liability", "yes")];
    assert_done(&world.post_as(&stage.other, &join, &joined).await, &join);
    for prefix in ["", "/en"] {
        let page = world.get_as(&stage.other, &format!("{prefix}{join}")).await;
        assert!(page.text().contains(lead), "{}", page.text());
        assert_spoken(&join, &page.text());
    }
    let part = [("agreement", "joint.pdf", &b"%PDF-1.7 joint"[..])];
    fields[0].1 = "1".to_owned();
    let saved = world.parts_as(&stage.bidder, &bid, &borrowed(&fields), &part).await;
    assert_done(&saved, &format!("{bid}/check"));
    let check = world.get_as(&stage.bidder, &format!("{bid}/check")).await.text();
    assert!(!check.contains("open-points"), "{check}");
    assert_done(
        &world.post_as(&stage.bidder, &format!("{bid}/check"), &[("version", "2")]).await,
        "/me/bids/",
    );
    let barred = world.get_as(&stage.other, &bid).await;
    assert_eq!(barred.status, StatusCode::OK);
    assert_eq!(journal::verify(&world.city.db).await.expect("verified"), vec![]);
}

/// What everyone but the bidder reads, without what differs on every visit.
async fn pages_of_all_others(with_bids: bool) -> Vec<String> {
    let stage = stage().await;
    stage.publish().await;
    let world = &stage.world;
    let bid = format!("/tenders/{NUMBER}/bid");
    if with_bids {
        let file: [(&str, &[u8]); 1] = [("a.pdf", b"%PDF-1.7")];
        world.multipart_as(&stage.bidder, &bid, &borrowed(&bid_fields("95000")), &file).await;
        let submitted = world.post_as(&stage.bidder, &format!("{bid}/check"), &[("version", "1")]).await;
        assert_done(&submitted, "/me/bids/");
    }
    let question = [("question", "几时开标？")];
    world.post_as(&stage.other, &format!("/tenders/{NUMBER}/qa"), &question).await;
    let visitor = Reader::default();
    let mut pages = Vec::new();
    for moment in ["2014-01-06", "2014-01-17"] {
        let noon = Moment::beijing(moment.parse().expect("a date"), 12, 0);
        assert!(world.city.clock.move_to(noon));
        for reader in [&visitor, &stage.staff, &stage.lead, &stage.other] {
            let tails = ["", "/qa", "/corrections", "/deadlines", "/notice", "/bid"];
            let mut paths: Vec<String> =
                tails.iter().map(|tail| format!("/tenders/{NUMBER}{tail}")).collect();
            let desk = ["", "/requirement", "/scoring", "/check", "/publish", "/questions", "/correction"];
            paths.extend(desk.iter().map(|tail| format!("/desk/tenders/{NUMBER}{tail}")));
            paths.extend(
                ["/tenders", "/desk/tenders", "/me/bids", "/api/v1/tenders", "/api/v1/changes", "/"]
                    .map(str::to_owned),
            );
            for path in paths {
                let answer = world.get_as(reader, &path).await;
                pages.push(format!("{path} {} {}", answer.status, settled(&answer.text())));
            }
        }
    }
    pages
}

/// A page without tokens, which are random on every visit, and without ids, which start at random.
fn settled(page: &str) -> String {
    let is_token = |word: &str| word.len() >= 64 && word.chars().all(|c| c.is_ascii_hexdigit());
    let is_id = |word: &str| word.len() >= 17 && word.chars().all(|c| c.is_ascii_digit());
    let words = page.split_inclusive(|c: char| !c.is_ascii_alphanumeric());
    words
        .map(|word| {
            let core = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
            if is_token(core) || is_id(core) { word.replace(core, "…") } else { word.to_owned() }
        })
        .collect()
}

#[tokio::test]
async fn nobody_reads_from_any_page_whether_somebody_has_bid() {
    let (without, with) = (pages_of_all_others(false).await, pages_of_all_others(true).await);
    assert_eq!(without.len(), with.len());
    for (left, right) in without.iter().zip(&with) {
        assert_eq!(left, right);
    }
}
