//! Opening, roll-call, extension and the opening sheet, on both databases.

use app::tendering::attendance::{Occasion, RecordAttendance};
use app::tendering::bid::SubmitBid;
use app::tendering::opening::{OpenBids, OpeningOutcome};
use app::tendering::opening_sheet;
use app::{Error, args, journal};
use domain::kernel::{Actor, Fen, Moment};

use crate::room::{NO_KEY, NUMBER, PLAN, Plan, Room, codes, deadline, moment};
use crate::support::on_both;

#[tokio::test]
async fn bids_open_at_the_deadline_all_at_once() {
    on_both(async |city| {
        let room = Room::opened(&city, PLAN).await;
        let sheet = opening_sheet::read(&city, &Actor::VISITOR, NUMBER).await.expect("a sheet");
        assert_eq!(sheet.lines.len(), 3);
        let cheapest = sheet.lines.iter().min_by_key(|line| line.price).expect("a line");
        assert_eq!(cheapest.price, Some(Fen::yuan(100_000)));
        assert_eq!(cheapest.capitals(), "壹拾万元整");
        assert!(sheet.lines.iter().all(|line| line.is_eligible && line.eligibility.len() >= 10));
        let sql = "SELECT count(DISTINCT alias) FROM bid WHERE alias IN ('A', 'B', 'C')";
        assert_eq!(city.db.number(sql, &[]).await.expect("a count"), 3);
        let again = city.act(&room.lead, &NO_KEY, &OpenBids { tender: room.tender }).await;
        assert_eq!(codes(again), ["tendering.wrong-stage"]);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn nothing_opens_early_alone_or_without_the_password() {
    on_both(async |city| {
        let room = Room::new(&city, PLAN).await;
        for number in 0..3 {
            room.bid(&city, number, 100_000).await;
        }
        let open = OpenBids { tender: room.tender };
        assert_eq!(codes(city.act(&room.lead, &NO_KEY, &open).await), ["tendering.deadline-not-passed"]);
        let sheet = opening_sheet::read(&city, &Actor::VISITOR, NUMBER).await.expect("a sheet");
        assert_eq!((sheet.lines.len(), sheet.roll.len()), (0, 0));
        let early = RecordAttendance { tender: room.tender, occasion: Occasion::Opening };
        assert_eq!(codes(city.act(&room.witness, &NO_KEY, &early).await), ["tendering.attendance-too-early"]);
        assert!(city.clock.move_to(deadline()));
        assert_eq!(codes(city.act(&room.lead, &NO_KEY, &open).await), ["tendering.opener-alone"]);
        room.attend(&city, &room.bidders[0].user, Occasion::Opening).await;
        let sheet = opening_sheet::read(&city, &Actor::VISITOR, NUMBER).await.expect("a sheet");
        assert_eq!(sheet.roll.len(), 0, "a bidder in the room would betray its bid");
        let stale = Actor { fresh: false, ..room.lead.clone() };
        assert_eq!(city.act(&stale, &NO_KEY, &open).await, Err(Error::PasswordNeeded));
        assert_eq!(city.act(&room.director, &NO_KEY, &open).await, Err(Error::NotPermitted));
    })
    .await;
}

#[tokio::test]
async fn too_few_bids_extend_once_and_then_end_the_tender() {
    on_both(async |city| {
        let room = Room::new(&city, PLAN).await;
        room.bid(&city, 0, 100_000).await;
        assert!(city.clock.move_to(deadline()));
        room.attend(&city, &room.witness, Occasion::Opening).await;
        let open = OpenBids { tender: room.tender };
        let until = moment("2014-02-28", 9);
        let outcome = city.act(&room.lead, &NO_KEY, &open).await.expect("an outcome");
        assert_eq!(outcome, OpeningOutcome::Extended(until));
        let sql = "SELECT count(*) FROM correction WHERE published_by IS NULL AND deadline_after = $1";
        assert_eq!(city.db.number(sql, args![until]).await.expect("a count"), 1);
        assert_eq!(city.db.number("SELECT count(*) FROM bid WHERE alias IS NOT NULL", &[]).await, Ok(0));
        assert_eq!(codes(city.act(&room.lead, &NO_KEY, &open).await), ["tendering.deadline-not-passed"]);
        assert!(city.clock.move_to(until));
        assert_eq!(codes(city.act(&room.lead, &NO_KEY, &open).await), ["tendering.opener-alone"]);
        room.attend(&city, &room.witness, Occasion::Opening).await;
        assert_eq!(city.act(&room.lead, &NO_KEY, &open).await, Ok(OpeningOutcome::Failed));
        let sql = "SELECT count(*) FROM tender WHERE stage = 'failed' AND ended_reason = 'too_few_bids'";
        assert_eq!(city.db.number(sql, &[]).await, Ok(1));
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn two_bids_suffice_after_the_extension() {
    on_both(async |city| {
        let room = Room::new(&city, Plan { bidders: 2, ..PLAN }).await;
        room.bid(&city, 0, 100_000).await;
        assert!(city.clock.move_to(deadline()));
        room.attend(&city, &room.witness, Occasion::Opening).await;
        let open = OpenBids { tender: room.tender };
        let OpeningOutcome::Extended(until) = city.act(&room.lead, &NO_KEY, &open).await.expect("an outcome")
        else {
            panic!("extended")
        };
        room.bid(&city, 1, 90_000).await;
        assert!(city.clock.move_to(until));
        room.attend(&city, &room.witness, Occasion::Opening).await;
        assert_eq!(city.act(&room.lead, &NO_KEY, &open).await, Ok(OpeningOutcome::Opened(2)));
    })
    .await;
}

#[tokio::test]
async fn a_bid_after_the_opening_is_refused() {
    on_both(async |city| {
        let room = Room::opened(&city, PLAN).await;
        let late = SubmitBid { tender: room.tender, draft_version: 1 };
        let answer = city.act(&room.bidders[0].user, &NO_KEY, &late).await;
        assert_eq!(codes(answer), ["tendering.deadline-passed"]);
        assert_eq!(city.clock.now(), Moment(deadline().0));
    })
    .await;
}
