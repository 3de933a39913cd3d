//! What the register holds bars a rating and founds a lowering; a notice says why none is made; a body changes its
//! members within its term (B30, B32, B33).

use app::registry::credit::penalty::{ConfirmPenalty, FinishPenalty, Footing, RecordPenalty};
use app::registry::ending::revocation::ProposeRevocation;
use app::registry::rating::apply::{CheckApplication, conditions};
use app::registry::rating::bodies::{self, FormBody};
use app::registry::rating::lowering::LowerGrade;
use app::registry::rating::succession::ReplaceMember;
use app::{City, Error, documents, journal};
use domain::kernel::{Actor, Fen};
use domain::registry::DocumentKind;
use domain::registry::Offence;
use domain::registry::credit::PenaltyKind;
use domain::registry::ending::RevocationGround;
use domain::registry::rating::{Body, Conduct, LoweringGround, RatingStage};

use crate::rating::{NO_KEY, Stage, codes, day, move_to};
use crate::support::on_both;

fn penalty(stage: &Stage, kind: PenaltyKind, imposed_on: &str) -> RecordPenalty {
    RecordPenalty {
        organisation: stage.organisation,
        kind,
        amount: if kind == PenaltyKind::Fine { Fen::yuan(1_000) } else { Fen::ZERO },
        document_number: format!("宁民社罚〔2014〕示例{imposed_on}"),
        authority: "南京市民政局".into(),
        reason: "超出业务范围活动（示例）".into(),
        imposed_on: day(imposed_on),
        until: None,
        footing: Footing::on(Offence::OtherLaw),
    }
}

async fn barred(city: &City, stage: &Stage) -> Vec<&'static str> {
    let found = conditions(city, stage.organisation).await.expect("conditions");
    found.findings.iter().filter_map(|one| one.refusal()).map(|no| no.code).collect()
}

#[tokio::test]
async fn penalties_and_investigations_of_the_register_bar_a_rating() {
    on_both(async |city| {
        let stage = Stage::set(&city).await;
        assert!(barred(&city, &stage).await.is_empty());
        // Recorded and not confirmed, it is under investigation; confirmed, it is a penalty.
        let record = penalty(&stage, PenaltyKind::Fine, "2012-05-06");
        let fine = stage.office(&city, &record).await.expect("recorded");
        assert_eq!(barred(&city, &stage).await, ["rating.not-investigated"]);
        let confirm = ConfirmPenalty { penalty: fine, is_right: true };
        city.act(&stage.director, &NO_KEY, &confirm).await.expect("confirmed");
        assert_eq!(barred(&city, &stage).await, ["rating.no-penalty"], "two years old, and not paid");
        let applied = city.act(&stage.user, &NO_KEY, &stage.application()).await;
        assert_eq!(codes(applied), ["rating.no-penalty"], "whatever it declares");
        let paid = FinishPenalty { penalty: fine, on: day("2014-01-06") };
        stage.office(&city, &paid).await.expect("paid");
        assert!(barred(&city, &stage).await.is_empty());
        city.act(&stage.user, &NO_KEY, &stage.application()).await.expect("an application");
        // Penalised last year: the check of the approval office reads it, though nobody tells it.
        let record = penalty(&stage, PenaltyKind::Warning, "2013-12-31");
        let warning = stage.office(&city, &record).await.expect("recorded");
        let confirm = ConfirmPenalty { penalty: warning, is_right: true };
        city.act(&stage.director, &NO_KEY, &confirm).await.expect("confirmed");
        let case = stage.case(&city).await.id;
        let check = CheckApplication { case, conduct: Conduct::default(), note: "见处罚记录".into() };
        stage.office(&city, &check).await.expect("checked");
        told_why(&city, &stage).await;
        // A revocation that is proposed is an investigation too.
        let propose = ProposeRevocation {
            organisation: stage.organisation,
            ground: RevocationGround::BeyondScope,
            evidence: "检查记录（示例）".into(),
        };
        stage.office(&city, &propose).await.expect("proposed");
        assert_eq!(barred(&city, &stage).await, ["rating.no-penalty", "rating.not-investigated"]);
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

/// The organisation reads on which grounds it is not rated; the public does not.
async fn told_why(city: &City, stage: &Stage) {
    let held = stage.case(city).await;
    assert_eq!(held.stage, RatingStage::Ineligible);
    let told = documents::of(city, &stage.user, held.subject()).await.expect("documents");
    let [notice] = told.as_slice() else { panic!("one notice: {told:?}") };
    assert_eq!(notice.kind, DocumentKind::RatingIneligible);
    assert!(notice.kind.is_adverse(), "its sheet tells the rights of review");
    let items: Vec<String> = notice.items().iter().map(|one| format!("{} {}", one.code, one.rule)).collect();
    assert_eq!(items, ["rating.no-penalty B30"]);
    assert_eq!(documents::read(city, &Actor::VISITOR, &notice.code).await.err(), Some(Error::NotFound));
}

#[tokio::test]
async fn a_grade_is_lowered_for_a_penalty_only_when_one_is_on_record_since() {
    on_both(async |city| {
        let stage = Stage::set(&city).await;
        let case = stage.confirmed(&city).await;
        let (ground, reason) = (LoweringGround::Penalty, "受到行政处罚（示例）".to_owned());
        let lower = LowerGrade { case, to: None, ground, reason };
        let unfounded = city.act(&stage.director, &NO_KEY, &lower).await;
        assert_eq!(codes(unfounded), ["rating.ground-unfounded"]);
        for (on, expected) in [("2014-01-19", false), ("2014-01-20", true)] {
            let penalty =
                stage.office(&city, &penalty(&stage, PenaltyKind::Warning, on)).await.expect("recorded");
            let confirm = ConfirmPenalty { penalty, is_right: true };
            city.act(&stage.director, &NO_KEY, &confirm).await.expect("confirmed");
            let lowered = city.act(&stage.director, &NO_KEY, &lower).await;
            assert_eq!(lowered.is_ok(), expected, "{on}: {lowered:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_member_is_replaced_within_the_term_and_quorum_counts_all_members() {
    on_both(async |city| {
        let stage = Stage::set(&city).await;
        let case = stage.assess(&city).await;
        let members = bodies::members(&city, stage.committee).await.expect("members");
        let successor = stage.experts[19].actor.person;
        let replace = ReplaceMember {
            body: stage.committee,
            member: members[14].id,
            successor,
            reason: "调离（示例）".into(),
        };
        assert_eq!(stage.office(&city, &replace).await, Err(Error::NotPermitted));
        let act = async |act: &ReplaceMember| city.act(&stage.director, &NO_KEY, act).await;
        assert_eq!(
            codes(act(&ReplaceMember { reason: " ".into(), ..replace.clone() }).await),
            ["rating.text-missing"]
        );
        let same = ReplaceMember { successor: Some(members[0].person_id), ..replace.clone() };
        assert_eq!(codes(act(&same).await), ["rating.member-known"]);
        let stranger = ReplaceMember { successor: stage.officer.person, ..replace.clone() };
        assert_eq!(codes(act(&stranger).await), ["rating.member-no-expert"]);
        act(&replace).await.expect("replaced");
        assert_eq!(act(&replace).await, Err(Error::NotFound), "who has left leaves no second time");
        let now = bodies::members(&city, stage.committee).await.expect("members");
        assert_eq!((now.len(), now[14].person_id), (15, successor.expect("a person")));
        let former = bodies::former_members(&city, stage.committee).await.expect("former");
        assert_eq!((former.len(), former[0].left_on), (1, city.clock.now().date()));
        // The successor counts and votes; the one who left does neither, and nobody goes while the body sits.
        stage.call(&city, case, stage.committee, 15).await.expect("a sitting");
        let amid =
            ReplaceMember { member: now[0].id, successor: stage.experts[18].actor.person, ..replace.clone() };
        assert_eq!(codes(act(&amid).await), ["rating.body-sits"]);
        let vote = app::registry::rating::meeting::CastVote { case, choice: None };
        city.act(&stage.experts[19].actor, &NO_KEY, &vote).await.expect("a vote");
        assert_eq!(city.act(&stage.experts[14].actor, &NO_KEY, &vote).await, Err(Error::NotFound));
        too_small(&city, &stage).await;
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

/// The review board of five keeps its five; of six one may go without a successor.
async fn too_small(city: &City, stage: &Stage) {
    let members = bodies::members(city, stage.board).await.expect("members");
    let goes = ReplaceMember {
        body: stage.board,
        member: members[0].id,
        successor: None,
        reason: "退休（示例）".into(),
    };
    assert_eq!(codes(city.act(&stage.director, &NO_KEY, &goes).await), ["rating.body-size"]);
    let six = FormBody {
        kind: Body::ReviewBoard,
        name: "第二届复核委员会（示例）".into(),
        term_from: day("2014-01-01"),
        term_until: day("2014-12-31"),
        members: stage.experts[10..16].iter().filter_map(|one| one.actor.person).collect(),
    };
    let body = city.act(&stage.director, &NO_KEY, &six).await.expect("formed");
    let members = bodies::members(city, body).await.expect("members");
    let goes = ReplaceMember { body, member: members[0].id, ..goes };
    city.act(&stage.director, &NO_KEY, &goes).await.expect("gone");
    move_to(city, "2015-01-05");
    let over = ReplaceMember { member: members[1].id, ..goes };
    assert_eq!(codes(city.act(&stage.director, &NO_KEY, &over).await), ["rating.term-over"]);
}
