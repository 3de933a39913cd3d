//! Panel, sessions, scores and ranking: the review from qualification to the signed report.

use app::tendering::attendance::Occasion;
use app::tendering::conformity::VoteConformity;
use app::tendering::draw::DrawPanel;
use app::tendering::panel::{Answer, AnswerInvitation};
use app::tendering::qualification::{CloseQualification, QualifyBid};
use app::tendering::ranking::{RankBids, SignReport};
use app::tendering::score_sheet::{CorrectScore, DoubtScore, LockScores, SaveScores, ScoreEntry};
use app::tendering::session::{
    EndPresentation, EndSession, ScheduleSession, SessionKind, StartPresentation, StartSession,
};
use app::tendering::{committee, opening_sheet, result, review};
use app::{City, Error, journal};
use domain::kernel::{Actor, BidId, Fen, PersonId, Role, Scope, SeatId};
use domain::tendering::conformity::InvalidGround;
use domain::tendering::score::ScoreCorrectionGround;

use crate::room::{NO_KEY, NUMBER, PLAN, Plan, Room, bids, codes, moment, seats};
use crate::support::on_both;

/// Every bid qualifies and the review begins.
pub async fn qualify(city: &City, room: &Room) {
    for (bid, version, _) in bids(city).await {
        let verdict =
            QualifyBid { tender: room.tender, bid, version, is_qualified: true, reason: String::new() };
        city.act(&room.staff, &NO_KEY, &verdict).await.expect("a verdict");
    }
    let close = CloseQualification { tender: room.tender };
    assert_eq!(city.act(&room.staff, &NO_KEY, &close).await, Ok("reviewing".to_owned()));
}

/// The panel is drawn and everyone accepts.
pub async fn seat(city: &City, room: &Room) {
    city.act(&room.lead, &NO_KEY, &DrawPanel { tender: room.tender }).await.expect("a draw");
    for seat in seats(city).await.into_iter().filter(|seat| seat.state == "invited") {
        answer(city, room, seat.person, seat.seat, Answer::Accept, "").await.expect("accepted");
    }
}

pub async fn answer(
    city: &City,
    room: &Room,
    person: PersonId,
    seat: SeatId,
    answer: Answer,
    reason: &str,
) -> Result<(), Error> {
    let act = AnswerInvitation { seat, answer, reason: reason.into() };
    city.act(room.holder(person), &NO_KEY, &act).await
}

async fn members(city: &City) -> Vec<(SeatId, PersonId)> {
    let seats = seats(city).await.into_iter().filter(|seat| seat.state == "accepted");
    seats.map(|seat| (seat.seat, seat.person)).collect()
}

/// A session is held from roll-call to its end; the review stays open.
pub async fn hold_sessions(city: &City, room: &Room) {
    for kind in [SessionKind::Live, SessionKind::Review] {
        let schedule = ScheduleSession {
            tender: room.tender,
            kind,
            place: "一楼会议室".into(),
            starts_at: city.clock.now(),
        };
        city.act(&room.lead, &NO_KEY, &schedule).await.expect("scheduled");
    }
    for (_, person) in members(city).await {
        room.attend(city, room.holder(person), Occasion::Live).await;
        room.attend(city, room.holder(person), Occasion::Review).await;
    }
    let live = StartSession { tender: room.tender, kind: SessionKind::Live };
    city.act(&room.lead, &NO_KEY, &live).await.expect("begun");
    for position in 1..=i64::try_from(bids(city).await.len()).expect("a count") {
        let tender = room.tender;
        city.act(&room.lead, &NO_KEY, &StartPresentation { tender, position }).await.expect("called in");
        city.act(&room.lead, &NO_KEY, &EndPresentation { tender, position }).await.expect("done");
    }
    let end = EndSession { tender: room.tender, kind: SessionKind::Live };
    city.act(&room.lead, &NO_KEY, &end).await.expect("ended");
    let review = StartSession { tender: room.tender, kind: SessionKind::Review };
    city.act(&room.lead, &NO_KEY, &review).await.expect("begun");
}

/// Everyone finds every bid valid.
pub async fn vote(city: &City, room: &Room) {
    for (seat, person) in members(city).await {
        for (bid, _, _) in bids(city).await {
            let vote = VoteConformity { seat, bid, invalid: None, reason: String::new() };
            city.act(room.holder(person), &NO_KEY, &vote).await.expect("a vote");
        }
    }
}

fn sheet(seat: SeatId, bids: &[BidId], quality: i64) -> SaveScores {
    let entry = |bid: &BidId, position, points| ScoreEntry {
        bid: *bid,
        position,
        points: Some(points),
        reason: String::new(),
    };
    let entries = bids
        .iter()
        .flat_map(|bid| [entry(bid, 2, quality), entry(bid, 3, 900), entry(bid, 4, 1_600)])
        .collect();
    SaveScores { seat, entries }
}

/// Everyone scores every bid alike but for `quality` by member, then locks.
pub async fn score(city: &City, room: &Room) {
    let bids: Vec<BidId> = bids(city).await.into_iter().map(|(bid, _, _)| bid).collect();
    for (place, (seat, person)) in members(city).await.into_iter().enumerate() {
        let quality = 4_800 + 100 * i64::try_from(place).expect("a place");
        city.act(room.holder(person), &NO_KEY, &sheet(seat, &bids, quality)).await.expect("saved");
        city.act(room.holder(person), &NO_KEY, &LockScores { seat }).await.expect("locked");
    }
}

/// From opened bids to a ranking that everyone has signed.
pub async fn ranked(city: &City, plan: Plan) -> Room {
    let room = Room::opened(city, plan).await;
    qualify(city, &room).await;
    seat(city, &room).await;
    hold_sessions(city, &room).await;
    vote(city, &room).await;
    score(city, &room).await;
    city.act(&room.lead, &NO_KEY, &RankBids { tender: room.tender }).await.expect("ranked");
    for (seat, person) in members(city).await {
        let sign = SignReport { seat, dissent: String::new() };
        city.act(room.holder(person), &NO_KEY, &sign).await.expect("signed");
    }
    room
}

#[tokio::test]
async fn three_bids_become_an_exact_ranking_that_everyone_signs() {
    on_both(async |city| {
        let room = ranked(&city, PLAN).await;
        let outcome = result::desk(&city, &room.lead, NUMBER).await.expect("an outcome");
        let lines: Vec<(i64, i64, i64)> =
            outcome.ranking.iter().map(|line| (line.rank, line.price_score, line.total_score)).collect();
        // C44: 10.00, 8.33, 7.27; the mean of the members is 50.00 + 9.00 + 16.00.
        assert_eq!(lines, [(1, 1_000, 8_500), (2, 833, 8_333), (3, 727, 8_227)]);
        assert!(outcome.case.report_at.is_some());
        assert_eq!(
            codes(city.act(&room.lead, &NO_KEY, &RankBids { tender: room.tender }).await),
            ["tendering.wrong-stage"]
        );
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn the_purchaser_cannot_qualify_whom_the_register_bars_nor_bar_without_a_reason() {
    on_both(async |city| {
        let room = Room::opened(&city, PLAN).await;
        let close = CloseQualification { tender: room.tender };
        assert_eq!(codes(city.act(&room.staff, &NO_KEY, &close).await), ["tendering.qualification-open"]);
        let (bid, version, _) = bids(&city).await.remove(0);
        let mut verdict =
            QualifyBid { tender: room.tender, bid, version, is_qualified: false, reason: " ".into() };
        let answer = city.act(&room.staff, &NO_KEY, &verdict).await;
        assert_eq!(codes(answer), ["tendering.disqualification-reason-missing"]);
        let stranger = Actor::new(
            room.staff.person.expect("a person"),
            Role::OfficeStaff,
            Scope::Office(domain::kernel::OfficeId(1)),
        );
        assert_eq!(city.act(&stranger, &NO_KEY, &verdict).await, Err(Error::NotFound));
        verdict.reason = "未提供资格材料".into();
        city.act(&room.staff, &NO_KEY, &verdict).await.expect("a verdict");
        assert_eq!(city.act(&room.staff, &NO_KEY, &verdict).await, Err(Error::Stale));
        for (bid, version, _) in bids(&city).await.into_iter().skip(1) {
            let verdict =
                QualifyBid { tender: room.tender, bid, version, is_qualified: true, reason: String::new() };
            city.act(&room.staff, &NO_KEY, &verdict).await.expect("a verdict");
        }
        // Two are left of the three that C32 asks for.
        assert_eq!(city.act(&room.staff, &NO_KEY, &close).await, Ok("failed".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn sessions_begin_with_everyone_present_and_go_in_the_order_of_the_lot() {
    on_both(async |city| {
        let room = Room::opened(&city, PLAN).await;
        qualify(&city, &room).await;
        let late = ScheduleSession {
            tender: room.tender,
            kind: SessionKind::Review,
            place: " ".into(),
            starts_at: moment("2014-02-20", 9),
        };
        let answer = city.act(&room.lead, &NO_KEY, &late).await;
        assert_eq!(codes(answer), ["tendering.session-place-missing", "tendering.session-in-the-past"]);
        let far = ScheduleSession { place: "会议室".into(), starts_at: moment("2014-03-14", 9), ..late };
        city.act(&room.lead, &NO_KEY, &far).await.expect("scheduled");
        let draw = DrawPanel { tender: room.tender };
        assert_eq!(codes(city.act(&room.lead, &NO_KEY, &draw).await), ["tendering.draw-too-early"]);
        let near = ScheduleSession { starts_at: moment("2014-02-24", 9), ..far };
        city.act(&room.lead, &NO_KEY, &near).await.expect("moved");
        seat(&city, &room).await;
        let review = StartSession { tender: room.tender, kind: SessionKind::Review };
        assert_eq!(codes(city.act(&room.lead, &NO_KEY, &review).await), ["tendering.session-too-early"]);
        assert!(city.clock.move_to(moment("2014-02-24", 9)));
        assert_eq!(codes(city.act(&room.lead, &NO_KEY, &review).await), ["tendering.session-not-scheduled"]);
        let live = ScheduleSession { kind: SessionKind::Live, ..near.clone() };
        city.act(&room.lead, &NO_KEY, &live).await.expect("scheduled");
        assert_eq!(codes(city.act(&room.lead, &NO_KEY, &review).await), ["tendering.live-session-open"]);
        let start = StartSession { tender: room.tender, kind: SessionKind::Live };
        assert_eq!(codes(city.act(&room.lead, &NO_KEY, &start).await), ["tendering.member-absent"]);
        for (_, person) in members(&city).await {
            room.attend(&city, room.holder(person), Occasion::Live).await;
        }
        city.act(&room.lead, &NO_KEY, &start).await.expect("begun");
        let tender = room.tender;
        let second = StartPresentation { tender, position: 2 };
        assert_eq!(
            codes(city.act(&room.lead, &NO_KEY, &second).await),
            ["tendering.presentation-out-of-order"]
        );
        let end = EndSession { tender, kind: SessionKind::Live };
        assert_eq!(codes(city.act(&room.lead, &NO_KEY, &end).await), ["tendering.presenters-waiting"]);
        let case = committee::desk_case(&city, &room.lead, NUMBER).await.expect("a case");
        let sessions = committee::sessions(&city, &case).await.expect("sessions");
        let seed = sessions.live.as_ref().and_then(|live| live.order_seed.clone()).expect("a seed");
        let mut lots: Vec<_> =
            sessions.turns.iter().map(|turn| evidence::draw::ticket(&seed, &turn.alias)).collect();
        let drawn = lots.clone();
        lots.sort();
        assert_eq!(lots, drawn);
    })
    .await;
}

#[tokio::test]
async fn a_member_sees_no_price_before_locking_and_nobody_elses_sheet_ever() {
    on_both(async |city| {
        let room = Room::opened(&city, PLAN).await;
        qualify(&city, &room).await;
        seat(&city, &room).await;
        let all = members(&city).await;
        let (seat, person) = all[0];
        let (member, other) = (room.holder(person), room.holder(all[1].1));
        let ids: Vec<BidId> = bids(&city).await.into_iter().map(|(bid, _, _)| bid).collect();
        let early = city.act(member, &NO_KEY, &sheet(seat, &ids, 4_800)).await;
        assert_eq!(codes(early), ["tendering.session-not-running"]);
        hold_sessions(&city, &room).await;
        assert_eq!(city.act(other, &NO_KEY, &sheet(seat, &ids, 4_800)).await, Err(Error::NotFound));
        assert_eq!(city.act(other, &NO_KEY, &LockScores { seat }).await, Err(Error::NotFound));
        let own = review::own_sheet(&city, member, NUMBER).await.expect("a sheet");
        assert!(own.bids.iter().all(|bid| bid.price.is_none()));
        let public = opening_sheet::read(&city, member, NUMBER).await.expect("a sheet");
        assert!(public.is_without_prices && public.lines.iter().all(|line| line.price.is_none()));
        assert_eq!(
            codes(city.act(member, &NO_KEY, &LockScores { seat }).await),
            ["tendering.conformity-open"]
        );
        vote(&city, &room).await;
        let over = ScoreEntry { bid: ids[0], position: 2, points: Some(6_001), reason: String::new() };
        let price = ScoreEntry { bid: ids[0], position: 1, points: Some(1), reason: String::new() };
        let wrong = SaveScores { seat, entries: vec![over, price] };
        let answer = city.act(member, &NO_KEY, &wrong).await;
        assert_eq!(codes(answer), ["tendering.score-out-of-range", "tendering.score-of-no-criterion"]);
        city.act(member, &NO_KEY, &sheet(seat, &ids[..2], 5_900)).await.expect("saved with gaps");
        let locked = codes(city.act(member, &NO_KEY, &LockScores { seat }).await);
        assert_eq!(locked.iter().filter(|code| **code == "tendering.score-reason-missing").count(), 2);
        assert_eq!(locked.iter().filter(|code| **code == "tendering.score-missing").count(), 3);
        city.act(member, &NO_KEY, &sheet(seat, &ids, 4_800)).await.expect("saved");
        let tired = Actor { fresh: false, ..member.clone() };
        assert_eq!(city.act(&tired, &NO_KEY, &LockScores { seat }).await, Err(Error::PasswordNeeded));
        city.act(member, &NO_KEY, &LockScores { seat }).await.expect("locked");
        let own = review::own_sheet(&city, member, NUMBER).await.expect("a sheet");
        assert!(own.bids.iter().all(|bid| bid.price > Some(Fen::ZERO)));
        assert_eq!(
            codes(city.act(member, &NO_KEY, &sheet(seat, &ids, 4_900)).await),
            ["tendering.score-locked"]
        );
        assert_eq!(codes(city.act(member, &NO_KEY, &LockScores { seat }).await), ["tendering.score-locked"]);
        let recuse = answer_late(&city, member, seat).await;
        assert_eq!(codes(recuse), ["tendering.recusal-after-lock"]);
        let rank = city.act(&room.lead, &NO_KEY, &RankBids { tender: room.tender }).await;
        assert_eq!(codes(rank), ["tendering.scores-unlocked"]);
    })
    .await;
}

async fn answer_late(city: &City, member: &Actor, seat: SeatId) -> Result<(), Error> {
    let act = AnswerInvitation { seat, answer: Answer::Recuse, reason: "想起一事".into() };
    city.act(member, &NO_KEY, &act).await
}

#[tokio::test]
async fn a_majority_finds_a_bid_invalid_and_too_few_valid_bids_end_the_tender() {
    on_both(async |city| {
        let room = Room::opened(&city, PLAN).await;
        qualify(&city, &room).await;
        seat(&city, &room).await;
        hold_sessions(&city, &room).await;
        let ids: Vec<BidId> = bids(&city).await.into_iter().map(|(bid, _, _)| bid).collect();
        for (place, (seat, person)) in members(&city).await.into_iter().enumerate() {
            for (number, bid) in ids.iter().enumerate() {
                let invalid = (number == 0 && place < 3).then_some(InvalidGround::RequirementNotMet);
                let mut vote = VoteConformity { seat, bid: *bid, invalid, reason: String::new() };
                if invalid.is_some() {
                    let silent = city.act(room.holder(person), &NO_KEY, &vote).await;
                    assert_eq!(codes(silent), ["tendering.vote-reason-missing"]);
                    vote.reason = "未响应服务频次".into();
                }
                city.act(room.holder(person), &NO_KEY, &vote).await.expect("a vote");
            }
        }
        let sql =
            "SELECT count(*) FROM bid WHERE is_conforming = 0 AND conformity_note = 'requirement_not_met'";
        assert_eq!(city.db.number(sql, &[]).await, Ok(1));
        let sql = "SELECT count(*) FROM tender WHERE stage = 'failed' AND ended_reason = 'too_few_valid'";
        assert_eq!(city.db.number(sql, &[]).await, Ok(1));
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn a_locked_score_changes_on_its_four_grounds_only() {
    on_both(async |city| {
        let room = ranked(&city, PLAN).await;
        let all = members(&city).await;
        let ((seat, person), bid) = (all[0], bids(&city).await[0].0);
        let member = room.holder(person);
        let correct = |ground, points, position| CorrectScore {
            seat,
            bid,
            position,
            ground,
            points,
            reason: "复核".into(),
        };
        for ground in [
            correct(ScoreCorrectionGround::OutOfRange, 5_000, 2),
            correct(ScoreCorrectionGround::ObjectiveDiffers, 800, 3),
            correct(ScoreCorrectionGround::Extreme, 5_000, 2),
            correct(ScoreCorrectionGround::WrongSum, 5_000, 2),
        ] {
            let answer = city.act(member, &NO_KEY, &ground).await;
            assert_eq!(codes(answer), ["tendering.correction-ground-absent"]);
        }
        let foreign = city
            .act(room.holder(all[1].1), &NO_KEY, &correct(ScoreCorrectionGround::Extreme, 5_000, 2))
            .await;
        assert_eq!(foreign, Err(Error::NotFound));
        for (own, holder) in all.iter().skip(1).take(3) {
            let doubt = DoubtScore { seat: *own, of: seat, bid, position: 2 };
            city.act(room.holder(*holder), &NO_KEY, &doubt).await.expect("a doubt");
            let twice = city.act(room.holder(*holder), &NO_KEY, &doubt).await;
            assert_eq!(codes(twice), ["tendering.doubted-twice"]);
        }
        let own = DoubtScore { seat, of: seat, bid, position: 2 };
        assert_eq!(codes(city.act(member, &NO_KEY, &own).await), ["tendering.doubt-of-own-score"]);
        city.act(member, &NO_KEY, &correct(ScoreCorrectionGround::Extreme, 5_000, 2))
            .await
            .expect("corrected");
        assert_eq!(
            city.db.number("SELECT count(*) FROM ranking", &[]).await,
            Ok(0),
            "the ranking falls with it"
        );
        assert_eq!(city.db.number("SELECT count(*) FROM seat WHERE signed_at IS NOT NULL", &[]).await, Ok(0));
        city.act(&room.lead, &NO_KEY, &RankBids { tender: room.tender }).await.expect("ranked again");
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}
