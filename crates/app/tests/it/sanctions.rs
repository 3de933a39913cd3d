//! Penalties of the registrar's own, on both databases: the item of the regulation, the range of a fine, what is
//! confiscated, ordered and sealed, and the decision that says so (B23, B35, B37).

use app::documents;
use app::frozen::FrozenFinding;
use app::inbox::member::MemberTaskKind;
use app::inbox::{self, TaskKind};
use app::registry::credit::due::due;
use app::registry::credit::penalty::{ConfirmPenalty, Footing, RecordPenalty};
use app::registry::credit::read;
use app::registry::credit::sealing::{GiveBackSealed, RecordObeyed, SealDuringStop};
use app::registry::standing;
use app::{City, journal};
use domain::kernel::{Actor, Fen};
use domain::registry::credit::{FineBase, Illegal, ListingGround, PenaltyKind};
use domain::registry::{DocumentKind, Offence, OrganisationStatus};

use crate::credit_cast::{Cast, act, at, cast, code, day, tell_penalty};
use crate::support::on_both;

fn record(cast: &Cast, kind: PenaltyKind, fen: i64, footing: Footing) -> RecordPenalty {
    RecordPenalty {
        organisation: cast.id,
        kind,
        amount: Fen(fen),
        document_number: "宁民立〔2014〕7号（示例）".into(),
        authority: "南京市民政局（示例）".into(),
        reason: "另收赞助费（示例）".into(),
        imposed_on: day("2014-03-03"),
        until: (kind == PenaltyKind::Suspension).then(|| day("2014-04-30")),
        footing,
    }
}

fn fees(turnover: i64, gains: i64) -> Footing {
    Footing {
        illegal: Illegal { turnover: Fen(turnover), gains: Fen(gains) },
        evidence: "收费台账（示例）".into(),
        ..Footing::on(Offence::UnlawfulFees)
    }
}

/// The points of the decision on a penalty, as its organisation reads them.
async fn points(city: &City, own: &Actor, penalty: i64) -> Vec<String> {
    let code = read::decision_of(city, penalty).await.expect("read").expect("issued");
    let decision = documents::read(city, own, &code).await.expect("own");
    assert_eq!(decision.kind, DocumentKind::PenaltyDecision);
    decision.items().iter().map(|one: &FrozenFinding| one.code.clone()).collect()
}

async fn tasks(city: &City, reader: &Actor) -> Vec<TaskKind> {
    inbox::tasks(city, reader).await.expect("tasks").into_iter().map(|one| one.kind).collect()
}

async fn own_tasks(city: &City, cast: &Cast) -> Vec<MemberTaskKind> {
    let found = inbox::member::of_organisation(city, cast.id).await.expect("tasks");
    found.into_iter().map(|one| one.kind).collect()
}

#[tokio::test]
async fn a_fine_outside_its_range_or_list_is_refused_and_nothing_is_kept() {
    on_both(async |city| {
        let cast = cast(&city).await;
        assert!(city.clock.move_to(at("2014-03-03", 9)));
        let outside = "credit.fine-outside-range@amount";
        for (kind, fen, footing, expected) in [
            (PenaltyKind::Fine, 999_999, fees(1_000_000, 0), outside),
            (PenaltyKind::Fine, 3_000_001, fees(1_000_000, 0), outside),
            (PenaltyKind::Fine, 2_999_999, fees(0, 1_000_000), outside),
            (
                PenaltyKind::Fine,
                1,
                Footing::on(Offence::Branches),
                "credit.fine-without-base@illegal_turnover",
            ),
            (PenaltyKind::Fine, 5, fees(5, 5), "credit.fine-base-missing@fine_base"),
            (
                PenaltyKind::Warning,
                0,
                Footing::on(Offence::SpendingMissed),
                "credit.offence-not-of-this-kind@offence",
            ),
            (
                PenaltyKind::Warning,
                0,
                Footing { replaced: "王五（示例）".into(), ..Footing::on(Offence::Branches) },
                "credit.replacement-not-in-law@replaced",
            ),
        ] {
            let answer = act(&city, &cast.officer, &record(&cast, kind, fen, footing)).await;
            assert_eq!(code(answer), expected);
        }
        assert!(read::penalties(&city, cast.id, true).await.expect("read").is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_fine_by_gains_confiscates_them_and_its_decision_says_so() {
    on_both(async |city| {
        let cast = cast(&city).await;
        assert!(city.clock.move_to(at("2014-03-03", 9)));
        let footing = Footing {
            base: Some(FineBase::Gains),
            mend_by: Some(day("2014-03-20")),
            ..fees(9_000_000, 1_000_000)
        };
        let fine = record(&cast, PenaltyKind::Fine, 5_000_000, footing);
        let penalty = act(&city, &cast.officer, &fine).await.expect("recorded");
        assert_eq!(
            read::decision_of(&city, penalty).await.expect("read"),
            None,
            "not before it is confirmed"
        );
        tell_penalty(&city, &cast, penalty).await;
        act(&city, &cast.director, &ConfirmPenalty { penalty, is_right: true }).await.expect("confirmed");
        let held = read::penalties(&city, cast.id, false).await.expect("read").remove(0);
        assert_eq!(held.document_number, "宁民社罚〔2014〕0001号");
        assert_eq!((held.fine(), held.confiscated_fen), (Fen::yuan(50_000), Some(Fen::yuan(10_000))));
        let expected = ["credit.offence-cited", "credit.confiscated", "credit.fined", "credit.mend-ordered"];
        assert_eq!(points(&city, &cast.own, penalty).await, expected);
        assert!(documents::read(&city, &Actor::VISITOR, &held.document_number).await.is_err());
        assert_eq!(due(&city).await.expect("read")[0].ground, ListingGround::FinedLarge);
        let obeyed = RecordObeyed { penalty, on: day("2014-03-03") };
        let early = RecordObeyed { penalty, on: day("2014-03-02") };
        assert_eq!(code(act(&city, &cast.officer, &early).await), "credit.obeyed-day@obeyed_on");
        assert_eq!(own_tasks(&city, &cast).await, [MemberTaskKind::ObeyPenalty]);
        assert!(!tasks(&city, &cast.officer).await.contains(&TaskKind::CheckOrder), "its term runs");
        assert!(city.clock.move_to(at("2014-03-21", 9)));
        assert!(tasks(&city, &cast.officer).await.contains(&TaskKind::CheckOrder));
        act(&city, &cast.officer, &obeyed).await.expect("obeyed");
        assert!(own_tasks(&city, &cast).await.is_empty());
        assert_eq!(code(act(&city, &cast.officer, &obeyed).await), "credit.no-order-open@obeyed_penalty");
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_stop_with_a_fine_seals_the_certificate_until_it_is_over() {
    on_both(async |city| {
        let cast = cast(&city).await;
        assert!(city.clock.move_to(at("2014-03-03", 9)));
        let stop = record(&cast, PenaltyKind::Suspension, 200_000, fees(100_000, 0));
        let penalty = act(&city, &cast.officer, &stop).await.expect("recorded");
        let seal = |on| SealDuringStop { penalty, on: day(on) };
        let unconfirmed = act(&city, &cast.officer, &seal("2014-03-03")).await;
        assert_eq!(code(unconfirmed), "credit.sealing-not-suspended@sealed_penalty");
        tell_penalty(&city, &cast, penalty).await;
        act(&city, &cast.director, &ConfirmPenalty { penalty, is_right: true }).await.expect("confirmed");
        let status = async |on| standing::standing_at(&city, cast.id, on).await.expect("known").status;
        assert_eq!(status(at("2014-04-30", 9)).await, OrganisationStatus::Suspended);
        let expected = [
            "credit.offence-cited",
            "credit.stopped",
            "credit.confiscated",
            "credit.fined",
            "credit.to-be-sealed",
        ];
        assert_eq!(points(&city, &cast.own, penalty).await, expected);
        assert_eq!(
            code(act(&city, &cast.officer, &seal("2014-03-04")).await),
            "credit.sealing-day@sealed_on"
        );
        assert!(tasks(&city, &cast.officer).await.contains(&TaskKind::SealCertificate));
        assert_eq!(own_tasks(&city, &cast).await, [MemberTaskKind::HandOverToSeal]);
        act(&city, &cast.officer, &seal("2014-03-03")).await.expect("sealed");
        assert!(own_tasks(&city, &cast).await.is_empty());
        assert!(
            !tasks(&city, &cast.officer).await.contains(&TaskKind::GiveBackSealed),
            "not before it is over"
        );
        let back = |on| GiveBackSealed { penalty, on: day(on) };
        let early = act(&city, &cast.officer, &back("2014-03-03")).await;
        assert_eq!(code(early), "credit.sealed-until@given_back_on");
        assert!(city.clock.move_to(at("2014-05-01", 9)));
        assert!(tasks(&city, &cast.officer).await.contains(&TaskKind::GiveBackSealed));
        act(&city, &cast.officer, &back("2014-05-01")).await.expect("given back");
        assert_eq!(
            code(act(&city, &cast.officer, &back("2014-05-01")).await),
            "credit.not-sealed@returned_penalty"
        );
        let held = read::penalties(&city, cast.id, false).await.expect("read").remove(0);
        assert_eq!((held.fine(), held.amount_fen), (Fen(200_000), Fen::ZERO));
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}
