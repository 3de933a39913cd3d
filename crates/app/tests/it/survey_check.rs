//! The telephone check: drawn once the cards are out, by somebody who has neither cards nor service in hand (E2, E11).

use app::access::people::GivePost;
use app::performance::survey::{DrawChecks, RecordCheck, check_counts, check_draw, check_lines};
use app::{Error, journal};
use domain::kernel::{Actor, Post, Role, Scope, Street};
use domain::performance::survey::CheckOutcome;
use evidence::draw;

use crate::evaluation_ground::{NO_KEY, codes};
use crate::support::on_both;
use crate::surveyed;

#[tokio::test]
async fn a_twentieth_of_the_cards_is_called_and_shown_as_counts() {
    on_both(async |city| {
        let at = surveyed::open(&city, 120, 41).await;
        let lead = &at.planted.lead;
        let survey = at.survey;
        assert_eq!(
            city.act(&at.planted.staff, &NO_KEY, &DrawChecks { survey }).await,
            Err(Error::NotPermitted)
        );
        assert_eq!(city.act(lead, &NO_KEY, &DrawChecks { survey }).await, Ok(3));
        assert_eq!(codes(city.act(lead, &NO_KEY, &DrawChecks { survey }).await), ["performance.check-drawn"]);
        let held = check_draw(&city, survey).await.expect("read").expect("a draw");
        let record: serde_json::Value = serde_json::from_str(&held.record).expect("a record");
        let pool = record["pool_file"].as_str().expect("the pool");
        let drawn: Vec<&str> = pool.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
        assert_eq!(drawn.len(), 41, "as many as there are cards");
        let lowest = drawn.iter().min_by_key(|code| draw::ticket(&held.seed, code)).expect("a code");
        assert_eq!(record["winners"][0].as_str(), Some(*lowest), "anyone recomputes it");
        assert!(!held.record.contains("R-0"), "no token in public");

        let record =
            |position, outcome, note: &str| RecordCheck { survey, position, outcome, note: note.into() };
        let unsaid = city.act(lead, &NO_KEY, &record(1, Some(CheckOutcome::NotServed), " ")).await;
        let Err(Error::Invalid(faults)) = unsaid else { panic!("{unsaid:?}") };
        assert_eq!(
            (faults[0].code, faults[0].field.as_deref()),
            ("performance.check-note-empty", Some("note.1"))
        );
        assert_eq!(
            codes(city.act(lead, &NO_KEY, &record(1, None, "")).await),
            ["performance.check-outcome-missing"]
        );
        city.act(lead, &NO_KEY, &record(1, Some(CheckOutcome::Confirmed), "")).await.expect("recorded");
        city.act(lead, &NO_KEY, &record(2, Some(CheckOutcome::NoCard), "没有拿到卡"))
            .await
            .expect("recorded");
        let twice = city.act(lead, &NO_KEY, &record(1, Some(CheckOutcome::NoCard), "x")).await;
        assert_eq!(codes(twice), ["performance.check-recorded"]);
        assert_eq!(city.act(lead, &NO_KEY, &record(4, None, "")).await, Err(Error::NotFound));
        let counts = check_counts(&city, survey).await.expect("counts");
        let of = |outcome| counts.iter().find(|(one, _)| *one == outcome).map(|(_, count)| *count);
        assert_eq!(
            (of(Some(CheckOutcome::Confirmed)), of(Some(CheckOutcome::NoCard)), of(None)),
            (Some(1), Some(1), Some(1))
        );
        assert_eq!(check_lines(&city, survey).await.expect("lines").len(), 3);
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn nobody_checks_before_the_cards_are_out_or_what_they_type_themselves() {
    on_both(async |city| {
        let (planted, contract) = surveyed::signed(&city).await;
        let start = surveyed::start(contract, 40);
        let survey = city.act(&planted.staff, &NO_KEY, &start).await.expect("started");
        let early = city.act(&planted.lead, &NO_KEY, &DrawChecks { survey }).await;
        assert_eq!(codes(early), ["performance.check-too-early"]);
        let person = planted.lead.person.expect("a person");
        let scope = Scope::Street(Street(320_104_002));
        let give = GivePost { person, post: Post { role: Role::StreetOfficer, scope } };
        city.act(&Actor::SYSTEM, &NO_KEY, &give).await.expect("a post");
        let keyer = city.act(&planted.lead, &NO_KEY, &DrawChecks { survey }).await;
        assert_eq!(codes(keyer), ["performance.check-not-independent"]);
    })
    .await;
}
