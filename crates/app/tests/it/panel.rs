//! The panel: drawn in a way that anyone can recompute, odd, from outside, and refilled from the reserves.

use app::tendering::attendance::Occasion;
use app::tendering::committee;
use app::tendering::draw::DrawPanel;
use app::tendering::expert::{DeclareRelation, EditExpert};
use app::tendering::panel::{Answer, AnswerInvitation, NamePurchaserSeat};
use app::{Error, journal};
use domain::kernel::Actor;
use domain::tendering::recusal::TieKind;

use crate::review::{answer, qualify};
use crate::room::{NO_KEY, NUMBER, PLAN, Plan, Room, codes, record, seats};
use crate::support::on_both;

#[tokio::test]
async fn an_expert_who_worked_for_a_bidder_two_years_ago_is_not_drawn() {
    on_both(async |city| {
        let room = Room::new(&city, Plan { experts: 6, ..PLAN }).await;
        let declare = |place: usize, ended: &str| DeclareRelation {
            expert: room.experts[place].expert,
            organisation: room.bidders[0].organisation,
            kind: TieKind::Employed,
            ended_on: Some(ended.parse().expect("a date")),
        };
        city.act(&room.experts[0].user, &NO_KEY, &declare(0, "2012-02-01")).await.expect("a tie");
        city.act(&room.lead, &NO_KEY, &declare(1, "2010-12-31")).await.expect("an old tie");
        assert_eq!(
            city.act(&room.experts[2].user, &NO_KEY, &declare(1, "2012-02-01")).await,
            Err(Error::NotFound)
        );
        for number in 0..3 {
            room.bid(&city, number, 100_000).await;
        }
        let draw = DrawPanel { tender: room.tender };
        assert_eq!(codes(city.act(&room.lead, &NO_KEY, &draw).await), ["tendering.draw-before-opening"]);
        assert!(city.clock.move_to(crate::room::deadline()));
        room.attend(&city, &room.witness, Occasion::Opening).await;
        let open = app::tendering::opening::OpenBids { tender: room.tender };
        city.act(&room.lead, &NO_KEY, &open).await.expect("opened");
        city.act(&room.lead, &NO_KEY, &draw).await.expect("a draw");
        let drawn = seats(&city).await;
        assert_eq!(drawn.len(), 5);
        assert!(drawn.iter().all(|seat| Some(seat.person) != room.experts[0].user.person));
        assert_eq!(drawn.iter().filter(|seat| seat.is_chair).count(), 1);
        let case = committee::desk_case(&city, &room.lead, NUMBER).await.expect("a case");
        let records = committee::draws(&city, &room.lead, &case).await.expect("records");
        let excluded = records[0].pool_file.lines().filter(|line| line.ends_with("no,employed")).count();
        assert_eq!((excluded, records[0].winners.len(), records[0].reserves.len()), (1, 5, 0));
        let hidden = committee::draws(&city, &Actor::VISITOR, &case).await.map(|_| ());
        assert_eq!(hidden, Err(Error::NotFound), "names stay secret until the result");
        assert_eq!(codes(city.act(&room.lead, &NO_KEY, &draw).await), ["tendering.panel-complete"]);
    })
    .await;
}

#[tokio::test]
async fn a_draw_can_be_recomputed_from_its_record_alone() {
    on_both(async |city| {
        let room = Room::opened(&city, PLAN).await;
        city.act(&room.lead, &NO_KEY, &DrawPanel { tender: room.tender }).await.expect("a draw");
        let case = committee::desk_case(&city, &room.lead, NUMBER).await.expect("a case");
        let record = committee::draws(&city, &room.lead, &case).await.expect("records").remove(0);
        let digest = evidence::Digest::of(record.commitment.as_bytes());
        assert_eq!(digest.hex(), record.commitment_sha256);
        assert!(record.commitment.contains(&evidence::Digest::of(record.pool_file.as_bytes()).hex()));
        let secret: [u8; 32] = evidence::hex::decode(&record.secrets[0])
            .and_then(|bytes| bytes.try_into().ok())
            .expect("a secret");
        assert_eq!(evidence::draw::seed(&digest, &[secret], &record.beacon), record.seed);
        let eligible = record.pool_file.lines().filter_map(|line| line.strip_suffix(",expert,yes,"));
        let mut tickets: Vec<(String, String)> = eligible
            .map(|code| (evidence::draw::ticket(&record.seed, code).hex(), code.to_owned()))
            .collect();
        tickets.sort();
        let codes: Vec<String> = tickets.iter().map(|(_, code)| code.clone()).collect();
        assert_eq!(tickets, record.tickets);
        assert_eq!(codes, [record.winners, record.reserves].concat());
    })
    .await;
}

#[tokio::test]
async fn a_panel_is_odd_and_mostly_experts_from_outside_the_office() {
    on_both(async |city| {
        let room = Room::opened(&city, Plan { panel_size: 6, ..PLAN }).await;
        let draw = DrawPanel { tender: room.tender };
        assert_eq!(codes(city.act(&room.lead, &NO_KEY, &draw).await), ["tendering.panel-even"]);
    })
    .await;
    on_both(async |city| {
        let room = Room::opened(&city, Plan { experts: 5, ..PLAN }).await;
        let insider = &room.experts[0];
        let edit = EditExpert {
            expert: insider.expert,
            version: 1,
            record: app::tendering::expert::ExpertRecord { office: Some(room.office), ..record("本局") },
            is_suspended: false,
        };
        city.act(&room.lead, &NO_KEY, &edit).await.expect("edited");
        let draw = DrawPanel { tender: room.tender };
        assert_eq!(codes(city.act(&room.lead, &NO_KEY, &draw).await), ["tendering.pool-too-small"]);
        let stranger =
            NamePurchaserSeat { tender: room.tender, person: room.witness.person.expect("a person") };
        let answer = city.act(&room.director, &NO_KEY, &stranger).await;
        assert_eq!(codes(answer), ["tendering.purchaser-of-other-office"]);
        let name = NamePurchaserSeat { tender: room.tender, person: room.staff.person.expect("a person") };
        city.act(&room.director, &NO_KEY, &name).await.expect("named");
        city.act(&room.lead, &NO_KEY, &draw).await.expect("four experts and one purchaser");
        let seats = seats(&city).await;
        assert_eq!(seats.iter().filter(|seat| seat.kind == "expert").count(), 4);
        assert!(seats.iter().all(|seat| !seat.is_chair || seat.kind == "expert"));
    })
    .await;
}

#[tokio::test]
async fn who_cannot_sit_is_followed_by_the_next_reserve_and_the_chair_moves_on() {
    on_both(async |city| {
        let room = Room::opened(&city, PLAN).await;
        qualify(&city, &room).await;
        city.act(&room.lead, &NO_KEY, &DrawPanel { tender: room.tender }).await.expect("a draw");
        let chair = seats(&city).await.into_iter().find(|seat| seat.is_chair).expect("a chair");
        let silent = answer(&city, &room, chair.person, chair.seat, Answer::Decline, "").await;
        assert_eq!(codes(silent), ["tendering.decline-reason-missing"]);
        answer(&city, &room, chair.person, chair.seat, Answer::Recuse, "曾任其顾问").await.expect("recused");
        let after = seats(&city).await;
        assert_eq!((after.len(), after.iter().filter(|seat| seat.state == "invited").count()), (6, 5));
        assert_eq!(after.iter().filter(|seat| seat.is_chair && seat.state == "invited").count(), 1);
        let again = answer(&city, &room, chair.person, chair.seat, Answer::Accept, "").await;
        assert_eq!(codes(again), ["tendering.invitation-answered"]);
        let other = room.holder(after[1].person);
        let foreign = AnswerInvitation { seat: after[2].seat, answer: Answer::Accept, reason: String::new() };
        assert_eq!(city.act(other, &NO_KEY, &foreign).await, Err(Error::NotFound));
        let declare = DeclareRelation {
            expert: room
                .experts
                .iter()
                .find(|one| one.user.person == Some(after[1].person))
                .expect("one")
                .expert,
            organisation: room.bidders[1].organisation,
            kind: TieKind::Spouse,
            ended_on: None,
        };
        city.act(other, &NO_KEY, &declare).await.expect("a tie");
        let refused = answer(&city, &room, after[1].person, after[1].seat, Answer::Accept, "").await;
        assert_eq!(codes(refused), ["tendering.must-recuse"]);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}
