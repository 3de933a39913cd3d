//! Abnormally low prices: asked for, explained and judged before any ranking (C47).

use app::tendering::attendance::Occasion;
use app::tendering::low_price::{self, ExplainPrice, JudgeExplanation};
use app::tendering::opening::OpenBids;
use app::tendering::ranking::RankBids;
use app::{Error, journal};

use crate::review::{hold_sessions, qualify, score, seat, vote};
use crate::room::{NO_KEY, NUMBER, PLAN, Plan, Room, codes, deadline, seats};
use crate::support::on_both;

#[tokio::test]
async fn an_abnormally_low_price_is_explained_before_any_ranking() {
    on_both(async |city| {
        let room = Room::new(&city, Plan { rules_on: "2026-02-02", ..PLAN }).await;
        for (number, yuan) in [40_000, 120_000, 137_500].into_iter().enumerate() {
            room.bid(&city, number, yuan).await;
        }
        assert!(city.clock.move_to(deadline()));
        room.attend(&city, &room.witness, Occasion::Opening).await;
        let open = OpenBids { tender: room.tender };
        city.act(&room.lead, &NO_KEY, &open).await.expect("opened");
        qualify(&city, &room).await;
        seat(&city, &room).await;
        hold_sessions(&city, &room).await;
        vote(&city, &room).await;
        score(&city, &room).await;
        let rank = RankBids { tender: room.tender };
        assert_eq!(codes(city.act(&room.lead, &NO_KEY, &rank).await), ["tendering.low-price-open"]);
        let lines = low_price::lines(&city, room.tender).await.expect("lines");
        let asked = low_price::own(&city, &room.bidders[0].user, NUMBER).await.expect("asked");
        assert_eq!((asked.tests.len(), asked.ends_at), (3, asked.asked_at.plus_seconds(1_800)));
        let other = low_price::own(&city, &room.bidders[1].user, NUMBER).await;
        assert_eq!(other.map(|_| ()), Err(Error::NotFound));
        assert_eq!(lines[0].tests, "mean next ceiling");
        let chair = seats(&city).await.into_iter().find(|seat| seat.is_chair).expect("a chair");
        let view = low_price::for_member(&city, room.holder(chair.person), NUMBER).await.expect("a view");
        assert!(view.seat.is_chair && view.lines.len() == 1);
        let outsider = low_price::for_member(&city, &room.lead, NUMBER).await;
        assert_eq!(outsider.map(|_| ()), Err(Error::NotFound));
        let judge = JudgeExplanation {
            seat: chair.seat,
            bid: lines[0].bid_id,
            is_accepted: true,
            verdict: "成本说明充分".into(),
        };
        let answer = city.act(room.holder(chair.person), &NO_KEY, &judge).await;
        assert_eq!(codes(answer), ["tendering.explanation-still-open"]);
        let explain = ExplainPrice { tender: room.tender, explanation: "志愿者承担".into() };
        assert_eq!(city.act(&room.bidders[1].user, &NO_KEY, &explain).await, Err(Error::NotFound));
        city.act(&room.bidders[0].user, &NO_KEY, &explain).await.expect("explained");
        city.act(room.holder(chair.person), &NO_KEY, &judge).await.expect("judged");
        city.act(&room.lead, &NO_KEY, &rank).await.expect("ranked");
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}
