//! An abnormally low price, from the question to the chair's verdict, as the people of one tender see it.

use axum::http::StatusCode;

use crate::review::{desk, members, own, panel_and_sessions, qualification, read, scores, send};
use crate::room::{self, NUMBER, PLAN, Plan, Room};
use crate::support::{Reader, World};

/// A tender of 2026 whose first bid is far below the others, with every sheet locked.
async fn asked(world: &World) -> Room {
    let room = Room::new(&world.city, Plan { rules_on: "2026-02-02", ..PLAN }).await;
    for (number, yuan) in [40_000, 120_000, 137_500].into_iter().enumerate() {
        room.bid(&world.city, number, yuan).await;
    }
    assert!(world.city.clock.move_to(room::deadline()));
    let (lead, witness) = (world.sign_in("lead").await, world.sign_in("witness").await);
    send(world, &witness, &desk("opening"), &[("act", "attend")]).await;
    send(world, &lead, &desk("opening"), &[("act", "open")]).await;
    qualification(world).await;
    panel_and_sessions(world, &room).await;
    scores(world, &room).await;
    room
}

/// The chair and another member.
async fn chair_and_member(world: &World, room: &Room) -> (Reader, Reader) {
    let place = room::seats(&world.city).await.iter().position(|seat| seat.is_chair).expect("a chair");
    let mut all = members(world, room).await;
    let chair = all.remove(place);
    (chair, all.remove(0))
}

#[tokio::test]
async fn a_low_price_is_explained_by_its_bidder_and_judged_by_the_chair() {
    let world = World::new().await;
    let room = asked(&world).await;
    let (chair, member) = chair_and_member(&world, &room).await;
    let bid: (i64,) = world.city.db.one("SELECT bid_id FROM low_price", &[]).await.expect("a low price");
    let bid = bid.0.to_string();
    let prices = own("/prices");
    assert!(!read(&world, &member, &prices).await.contains("name=\"verdict\""), "the chair alone records");
    read(&world, &chair, &prices).await;
    let judge = |verdict| [("bid", bid.as_str()), ("is_accepted", verdict), ("verdict", "成本说明充分")];
    for wrong in [judge(""), judge("yes")] {
        let answer = world.post_as(&chair, &prices, &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "no choice, then too early");
        assert!(answer.text().contains("成本说明充分"), "what was typed is still there");
    }
    let (bidder, other) = (world.sign_in("bidder0").await, world.sign_in("bidder1").await);
    let page = format!("/me/bids/{NUMBER}/price");
    assert!(read(&world, &bidder, &format!("/me/bids/{NUMBER}")).await.contains(&page));
    assert!(!read(&world, &other, &format!("/me/bids/{NUMBER}")).await.contains(&page));
    assert_eq!(world.get_as(&other, &page).await.status, StatusCode::NOT_FOUND);
    read(&world, &bidder, &page).await;
    let silent = world.post_as(&bidder, &page, &[("explanation", " ")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.text().contains("explanation-error"));
    send(&world, &bidder, &page, &[("explanation", "志愿者承担，附工时表")]).await;
    assert!(read(&world, &chair, &prices).await.contains("附工时表"));
    let lead = world.sign_in("lead").await;
    assert!(read(&world, &lead, &desk("review")).await.contains("未作结论"));
    send(&world, &chair, &prices, &judge("yes")).await;
    assert!(read(&world, &lead, &desk("review")).await.contains("说明成立"));
    assert!(read(&world, &bidder, &page).await.contains("成本说明充分"));
    let late = world.post_as(&bidder, &page, &[("explanation", "补充")]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    send(&world, &lead, &desk("review"), &[]).await;
}
