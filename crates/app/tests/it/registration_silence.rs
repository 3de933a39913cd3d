//! Silence at the window: the application counts as accepted, and the clock writes it down (B9, B12).

use app::registry::registration::*;
use app::{documents, journal};
use domain::registry::DocumentKind;
use domain::registry::registration::denial::Defect;
use domain::registry::registration::{CaseAct, CaseState};

use crate::registration::{INSTITUTION, no};
use crate::registration_ground::*;
use crate::support::on_both;

#[tokio::test]
async fn silence_accepts_from_the_receipt_and_the_next_act_writes_it_down() {
    on_both(async |city| {
        let at = window(city, "2026-02-13").await;
        let case = at.fill(&at.applicant, INSTITUTION, &home_care(&[])).await.expect("filled");
        at.attach(&at.applicant, case, &PAPERS).await;
        at.submit(case).await.expect("sent in");
        set_day(&at.city, "2026-02-27");
        assert_eq!(at.held(case).await.state, CaseState::Submitted);
        set_day(&at.city, "2026-02-28");
        let held = at.held(case).await;
        assert_eq!((held.state, held.is_deemed), (CaseState::Accepted, true));
        assert_eq!(held.accepted_on.map(|day| day.to_string()).as_deref(), Some("2026-02-13"));
        let version = at.version(case).await;
        let late = RequestCorrection { case, version, defects: vec![(Defect::Charter, "缺页".to_owned())] };
        no(at.does(&at.window, &late).await, "registration.not-now");
        at.review(&at.first, case).await.expect("reviewed");
        let events = read::hanging(&at.city, &at.held(case).await).await.expect("read").events;
        assert!(events.iter().any(|event| event.act == CaseAct::Deem));
        let today = at.city.clock.now().date();
        let late =
            app::deadlines::late(&at.city, today, "2026-01-01".parse().expect("a day")).await.expect("read");
        assert_eq!(late.len(), 1, "the office spoke too late, and the list says so: {late:?}");
        assert_eq!(journal::verify(&at.city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn the_clock_writes_down_what_silence_accepted_and_the_decision_is_late_on_its_day() {
    on_both(async |city| {
        let at = window(city, "2026-02-13").await;
        let case = at.fill(&at.applicant, INSTITUTION, &home_care(&[])).await.expect("filled");
        at.attach(&at.applicant, case, &PAPERS).await;
        at.submit(case).await.expect("sent in");
        set_day(&at.city, "2026-02-27");
        assert_eq!(silence::settle(&at.city).await.expect("looked"), 0, "the fifth working day is not over");
        set_day(&at.city, "2026-02-28");
        assert_eq!(silence::settle(&at.city).await.expect("looked"), 1);
        assert_eq!(silence::settle(&at.city).await.expect("looked"), 0, "once is once");
        let held = at.held(case).await;
        assert_eq!(
            (held.state, held.visits_missing, held.reviews_missing),
            (CaseState::Accepted, Some(1), 2)
        );
        let issued = documents::of(&at.city, &at.applicant, held.subject()).await.expect("read");
        let told = issued.iter().find(|one| one.kind == DocumentKind::Acceptance).expect("an acceptance");
        let rules: Vec<String> = told.items().into_iter().map(|item| item.rule).collect();
        assert_eq!(rules, ["B15"], "it says that nothing but preparation is allowed");
        // Twenty working days from Friday 13 February, the festival left out, and sixty days after the receipt.
        let since = "2026-01-01".parse().expect("a day");
        for (day, expected) in [("2026-03-19", 1), ("2026-03-20", 2), ("2026-04-14", 2), ("2026-04-15", 3)] {
            let today = day.parse().expect("a day");
            let late = app::deadlines::late(&at.city, today, since).await.expect("read");
            assert_eq!(late.len(), expected, "{day}: {late:?}");
        }
        assert_eq!(journal::verify(&at.city.db).await.expect("verified"), vec![]);
    })
    .await;
}
