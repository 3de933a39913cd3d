//! Declared ties are taken back without being deleted, and the draw and the invitation honour what is left.

use app::inbox::TaskKind;
use app::tendering::attendance::Occasion;
use app::tendering::committee;
use app::tendering::draw::DrawPanel;
use app::tendering::expert::DeclareRelation;
use app::tendering::expert_tie::{CallTieError, DecideTieError, EndTie, ListedTie, ties_of};
use app::{City, Error, journal};
use domain::kernel::{Actor, Role, Scope};
use domain::tendering::recusal::TieKind;

use crate::room::{NO_KEY, NUMBER, PLAN, Plan, Room, codes};
use crate::support::on_both;

async fn declared(city: &City, room: &Room, by: &Actor, place: usize) -> ListedTie {
    let declare = DeclareRelation {
        expert: room.experts[place].expert,
        organisation: room.bidders[0].organisation,
        kind: TieKind::Employed,
        ended_on: None,
    };
    city.act(by, &NO_KEY, &declare).await.expect("a tie");
    tie(city, room, place).await
}

async fn tie(city: &City, room: &Room, place: usize) -> ListedTie {
    ties_of(city, room.experts[place].expert).await.expect("ties").remove(0)
}

fn end(tie: &ListedTie, day: &str) -> EndTie {
    let last_day = day.parse().expect("a date");
    EndTie { tie: tie.id, version: tie.version, last_day, reason: "已离职".into() }
}

fn error(tie: &ListedTie) -> CallTieError {
    CallTieError { tie: tie.id, version: tie.version, reason: "填错单位".into() }
}

/// How many experts of the pool the draw left out for having worked for a bidder.
async fn left_out(city: &City, room: &Room) -> usize {
    for number in 0..3 {
        room.bid(city, number, 100_000).await;
    }
    assert!(city.clock.move_to(crate::room::deadline()));
    room.attend(city, &room.witness, Occasion::Opening).await;
    let open = app::tendering::opening::OpenBids { tender: room.tender };
    city.act(&room.lead, &NO_KEY, &open).await.expect("opened");
    city.act(&room.lead, &NO_KEY, &DrawPanel { tender: room.tender }).await.expect("a draw");
    let case = committee::desk_case(city, &room.lead, NUMBER).await.expect("a case");
    let records = committee::draws(city, &room.lead, &case).await.expect("records");
    records[0].pool_file.lines().filter(|line| line.ends_with("no,employed")).count()
}

#[tokio::test]
async fn an_ended_tie_still_keeps_its_expert_out_of_the_draw() {
    on_both(async |city| {
        let room = Room::new(&city, Plan { experts: 6, ..PLAN }).await;
        let user = &room.experts[0].user;
        let held = declared(&city, &room, user, 0).await;
        let early = end(&held, "2014-01-05");
        assert_eq!(codes(city.act(user, &NO_KEY, &early).await), ["tendering.tie-lasted-then"]);
        let late = end(&held, "2099-01-01");
        assert_eq!(codes(city.act(user, &NO_KEY, &late).await), ["tendering.relation-ends-later"]);
        let today = city.clock.now().date().to_string();
        let silent = EndTie { reason: " ".into(), ..end(&held, &today) };
        assert_eq!(codes(city.act(user, &NO_KEY, &silent).await), ["tendering.tie-reason-missing"]);
        let stranger = &room.experts[1].user;
        assert_eq!(city.act(stranger, &NO_KEY, &end(&held, &today)).await, Err(Error::NotFound));
        let lead = city.act(&room.lead, &NO_KEY, &end(&held, &today)).await;
        assert_eq!(codes(lead), ["tendering.tie-of-another"], "only its author takes a tie back");
        city.act(user, &NO_KEY, &end(&held, &today)).await.expect("ended");
        assert_eq!(city.act(user, &NO_KEY, &error(&held)).await, Err(Error::Stale));
        let after = tie(&city, &room, 0).await;
        assert_eq!(
            codes(city.act(user, &NO_KEY, &end(&after, &today)).await),
            ["tendering.tie-ended-already"]
        );
        assert_eq!(left_out(&city, &room).await, 1);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn an_error_counts_until_another_person_confirms_it() {
    on_both(async |city| {
        let room = Room::new(&city, Plan { experts: 6, ..PLAN }).await;
        let user = &room.experts[0].user;
        let held = declared(&city, &room, user, 0).await;
        let decide =
            |tie: &ListedTie, is_error| DecideTieError { tie: tie.id, version: tie.version, is_error };
        let unasked = city.act(&room.lead, &NO_KEY, &decide(&held, true)).await;
        assert_eq!(codes(unasked), ["tendering.tie-error-unasked"]);
        city.act(user, &NO_KEY, &error(&held)).await.expect("asked");
        let asked = tie(&city, &room, 0).await;
        let tasks = app::inbox::tasks(&city, &room.lead).await.expect("tasks");
        assert!(tasks.iter().any(|task| task.is_own && task.kind == TaskKind::DecideTieError));
        assert_eq!(codes(city.act(user, &NO_KEY, &error(&asked)).await), ["tendering.tie-error-asked"]);
        assert_eq!(city.act(user, &NO_KEY, &decide(&asked, true)).await, Err(Error::NotPermitted));
        city.act(&room.lead, &NO_KEY, &decide(&asked, false)).await.expect("rejected");
        let rejected = tie(&city, &room, 0).await;
        city.act(user, &NO_KEY, &error(&rejected)).await.expect("asked again");
        let again = tie(&city, &room, 0).await;
        city.act(&room.lead, &NO_KEY, &decide(&again, true)).await.expect("confirmed");
        let of_lead = declared(&city, &room, &room.lead, 1).await;
        city.act(&room.lead, &NO_KEY, &error(&of_lead)).await.expect("asked");
        let of_lead = tie(&city, &room, 1).await;
        let own = city.act(&room.lead, &NO_KEY, &decide(&of_lead, true)).await;
        assert_eq!(codes(own), ["tendering.tie-error-own"], "nobody confirms their own word");
        let second = crate::room::person(&city, "lead2", Role::PurchaseLead, Scope::City).await;
        city.act(&second, &NO_KEY, &decide(&of_lead, false)).await.expect("decided by another");
        assert_eq!(
            left_out(&city, &room).await,
            1,
            "the confirmed error recuses nobody, the rejected one does"
        );
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn whoever_left_the_post_is_not_drawn() {
    on_both(async |city| {
        let room = Room::new(&city, Plan { experts: 6, ..PLAN }).await;
        let gone = room.experts[0].user.person.expect("a person");
        let close = app::access::leaving::DeactivatePerson { person: gone };
        city.act(&Actor::SYSTEM, &NO_KEY, &close).await.expect("closed");
        assert_eq!(left_out(&city, &room).await, 0);
        assert!(crate::room::seats(&city).await.iter().all(|seat| seat.person != gone));
    })
    .await;
}
