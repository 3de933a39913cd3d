//! The award: in ranked order, public first, and no way round the competition (S67, S69).

use app::contracts::{DraftContract, RefuseAward};
use app::db::DbError;
use app::tendering::award::{DecideAward, NotifyAward};
use app::tendering::cancellation::{AskCancellation, CancelTender};
use app::tendering::next_notice::NextNotice;
use app::tendering::result;
use app::{Act, City, Cx, Error, args, journal};
use domain::kernel::{Actor, BidId, Role};
use domain::tendering::award::PassedOverGround;
use domain::tendering::cancellation::CancellationGround;

use crate::review::ranked;
use crate::room::{NO_KEY, NUMBER, PLAN, Room, bids, codes, moment};
use crate::support::on_both;

async fn order(city: &City) -> Vec<BidId> {
    let rows: Vec<(BidId,)> =
        city.db.all("SELECT bid_id FROM ranking ORDER BY rank", &[]).await.expect("a ranking");
    rows.into_iter().map(|(bid,)| bid).collect()
}

fn decide(room: &Room, bid: BidId) -> DecideAward {
    DecideAward { tender: room.tender, bid, reason: String::new() }
}

#[tokio::test]
async fn the_first_is_awarded_after_three_public_working_days() {
    on_both(async |city| {
        let room = ranked(&city, PLAN).await;
        let order = order(&city).await;
        assert_eq!(result::public(&city, NUMBER).await.map(|_| ()), Err(Error::NotFound));
        let second = city.act(&room.director, &NO_KEY, &decide(&room, order[1])).await;
        assert_eq!(codes(second), ["tendering.award-out-of-order"]);
        assert_eq!(city.act(&room.lead, &NO_KEY, &decide(&room, order[0])).await, Err(Error::NotPermitted));
        city.act(&room.director, &NO_KEY, &decide(&room, order[0])).await.expect("decided");
        let public = result::public(&city, NUMBER).await.expect("public");
        assert_eq!((public.members.len(), public.scores.len()), (5, 45));
        assert!(public.members.iter().all(|member| !member.name.is_empty()));
        let notify = NotifyAward { tender: room.tender };
        assert_eq!(codes(city.act(&room.lead, &NO_KEY, &notify).await), ["tendering.result-still-public"]);
        // Decided on Friday 02-21: public until the end of Wednesday 02-26.
        assert!(city.clock.move_to(moment("2014-02-26", 23)));
        assert_eq!(codes(city.act(&room.lead, &NO_KEY, &notify).await), ["tendering.result-still-public"]);
        assert!(city.clock.move_to(moment("2014-02-27", 9)));
        city.act(&room.lead, &NO_KEY, &notify).await.expect("notified");
        let sql = "SELECT count(*) FROM tender WHERE stage = 'awarded' AND contract_due_on = '2014-03-31'";
        assert_eq!(city.db.number(sql, &[]).await, Ok(1), "thirty days, past the weekend");
        for (place, bidder) in room.bidders.iter().enumerate() {
            let own = result::own(&city, &bidder.user, NUMBER).await.expect("own result");
            assert_eq!(own.line.map(|line| line.rank), Some(place as i64 + 1));
            assert_eq!(own.is_winner, place == 0);
        }
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn no_public_command_and_no_row_makes_an_award_without_a_ranking() {
    on_both(async |city| {
        let room = Room::opened(&city, PLAN).await;
        let bid = bids(&city).await[0].0;
        let early = city.act(&room.director, &NO_KEY, &decide(&room, bid)).await;
        assert_eq!(codes(early), ["tendering.wrong-stage"]);
        let notify = city.act(&room.lead, &NO_KEY, &NotifyAward { tender: room.tender }).await;
        assert_eq!(codes(notify), ["tendering.wrong-stage"]);
        let raw = city.act(&Actor::SYSTEM, &NO_KEY, &RawAward { bid, room_tender: room.tender.0 }).await;
        assert!(matches!(raw, Err(Error::Db(DbError::Reference))), "{raw:?}");
        assert_eq!(city.db.number("SELECT count(*) FROM award", &[]).await, Ok(0));
    })
    .await;
    on_both(async |city| {
        let room = ranked(&city, PLAN).await;
        let stranger = city.act(&room.director, &NO_KEY, &decide(&room, BidId(7))).await;
        assert_eq!(codes(stranger), ["tendering.award-without-competition"]);
    })
    .await;
}

/// What a bug or a hand in the database would write.
struct RawAward {
    bid: BidId,
    room_tender: i64,
}

impl Act for RawAward {
    type Outcome = ();
    const NAME: &'static str = "test.raw_award";
    const WHO: &'static [Role] = &[Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (person,): (i64,) = cx.tx.one("SELECT min(id) FROM person", args![]).await?;
        let id = cx.id();
        let row = [
            ("tender_id", self.room_tender.into()),
            ("bid_id", self.bid.into()),
            ("rank", 1_i64.into()),
            ("state", "decided".into()),
            ("decided_by", person.into()),
            ("decided_at", cx.now.into()),
            ("reason", "指定".into()),
        ];
        cx.insert(&app::journal::AWARD, id, &row).await
    }
}

#[tokio::test]
async fn when_the_winner_refuses_the_next_one_follows_until_none_is_left() {
    on_both(async |city| {
        let room = ranked(&city, PLAN).await;
        let order = order(&city).await;
        city.act(&room.director, &NO_KEY, &decide(&room, order[0])).await.expect("decided");
        let refuse =
            |ground, reason: &str| RefuseAward { tender: room.tender, ground, reason: reason.into() };
        let refused = refuse(PassedOverGround::Refused, "人手不足");
        assert_eq!(city.act(&room.bidders[1].user, &NO_KEY, &refused).await, Err(Error::NotFound));
        let silent = city.act(&room.bidders[0].user, &NO_KEY, &refuse(PassedOverGround::Refused, " ")).await;
        assert_eq!(codes(silent), ["tendering.passed-over-reason-missing"]);
        let pretext = refuse(PassedOverGround::Ineligible, "看着不合格");
        assert_eq!(
            codes(city.act(&room.director, &NO_KEY, &pretext).await),
            ["tendering.candidate-eligible"]
        );
        city.act(&room.bidders[0].user, &NO_KEY, &refused).await.expect("refused");
        let again = city.act(&room.director, &NO_KEY, &decide(&room, order[0])).await;
        assert_eq!(codes(again), ["tendering.award-out-of-order"]);
        for bid in &order[1..] {
            city.act(&room.director, &NO_KEY, &decide(&room, *bid)).await.expect("the next");
            city.act(&room.director, &NO_KEY, &refused).await.expect("recorded");
        }
        let sql = "SELECT count(*) FROM tender WHERE stage = 'failed' AND ended_reason = 'no_candidate_left'";
        assert_eq!(city.db.number(sql, &[]).await, Ok(1));
        assert_eq!(city.db.number("SELECT count(*) FROM award WHERE state = 'refused'", &[]).await, Ok(3));
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn a_contract_drafted_on_a_refused_award_ends_with_it() {
    on_both(async |city| {
        let room = ranked(&city, PLAN).await;
        let first = order(&city).await[0];
        city.act(&room.director, &NO_KEY, &decide(&room, first)).await.expect("decided");
        assert!(city.clock.move_to(moment("2014-02-27", 9)));
        city.act(&room.lead, &NO_KEY, &NotifyAward { tender: room.tender }).await.expect("notified");
        city.act(&room.staff, &NO_KEY, &DraftContract { tender: room.tender }).await.expect("drafted");
        let drafted = "SELECT count(*) FROM contract WHERE stage = 'drafted'";
        assert_eq!(city.db.number(drafted, &[]).await, Ok(1));
        let refuse =
            RefuseAward {
                tender: room.tender, ground: PassedOverGround::Refused, reason: "人手不足".into()
            };
        city.act(&room.bidders[0].user, &NO_KEY, &refuse).await.expect("refused");
        let ended = "SELECT count(*) FROM contract WHERE stage = 'ended'";
        assert_eq!(city.db.number(ended, &[]).await, Ok(1));
        let sql = "SELECT count(*) FROM tender WHERE stage = 'ranked'";
        assert_eq!(city.db.number(sql, &[]).await, Ok(1), "the next candidate waits for the decision");
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn a_tender_is_cancelled_by_two_on_a_ground_of_the_law() {
    on_both(async |city| {
        let room = Room::opened(&city, PLAN).await;
        let cancel = CancelTender { tender: room.tender };
        assert_eq!(codes(city.act(&room.lead, &NO_KEY, &cancel).await), ["tendering.cancellation-not-asked"]);
        let ask =
            |ground, reason: &str| AskCancellation { tender: room.tender, ground, reason: reason.into() };
        let answer =
            city.act(&room.director, &NO_KEY, &ask(CancellationGround::AllOverBudget, "超预算")).await;
        assert_eq!(codes(answer), ["tendering.not-all-over-budget"]);
        let answer = city.act(&room.director, &NO_KEY, &ask(CancellationGround::TaskCancelled, "")).await;
        assert_eq!(codes(answer), ["tendering.cancellation-reason-missing"]);
        let right = ask(CancellationGround::TaskCancelled, "任务取消");
        city.act(&room.director, &NO_KEY, &right).await.expect("asked");
        assert_eq!(codes(city.act(&room.director, &NO_KEY, &right).await), ["tendering.cancellation-asked"]);
        let next = NextNotice { tender: room.tender };
        assert_eq!(codes(city.act(&room.staff, &NO_KEY, &next).await), ["tendering.not-ended"]);
        city.act(&room.lead, &NO_KEY, &cancel).await.expect("cancelled");
        let sql = "SELECT count(*) FROM tender WHERE stage = 'cancelled' AND ended_reason = '任务取消'";
        assert_eq!(city.db.number(sql, &[]).await, Ok(1));
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}
