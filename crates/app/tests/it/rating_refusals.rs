//! What keeps a rating from being given: ties, agencies, fees, conditions, recusal at a sitting (G5).

use app::registry::rating::appeal::FileAppeal;
use app::registry::rating::apply::{ApplyForRating, CheckApplication};
use app::registry::rating::bodies::FormBody;
use app::registry::rating::meeting::{ConcludeMeeting, RecuseMember};
use app::registry::rating::publicity::Publicise;
use app::registry::rating::sheet::{GiveOpinion, LockSheet};
use app::registry::rating::visit::{AppointVisitor, NameAgency, RecuseVisitor};
use app::registry::rating::{own, public, read};
use app::registry::{RegisterOrganisation, specimen};
use app::tendering::expert::DeclareRelation;
use app::{Error, journal};
use domain::kernel::*;
use domain::registry::rating::{Body, Conduct, Grade, RatingStage};
use domain::tendering::recusal::TieKind;

use crate::rating::{NO_KEY, NUMBER, Stage, codes, day, move_to, person};
use crate::support::{on_both, system};

#[tokio::test]
async fn who_must_not_judge_is_kept_away_and_replaced() {
    on_both(async |city| {
        let stage = Stage::set(&city).await;
        city.act(&stage.user, &NO_KEY, &stage.application()).await.expect("an application");
        let case = stage.case(&city).await.id;
        let appoint = |place: usize| AppointVisitor { case, expert: stage.experts[place].id };
        assert_eq!(codes(stage.office(&city, &appoint(0)).await), ["rating.wrong-stage"]);
        let check = CheckApplication { case, conduct: Conduct::default(), note: String::new() };
        stage.office(&city, &check).await.expect("checked");
        stage.office(&city, &appoint(0)).await.expect("appointed");
        stage.office(&city, &appoint(1)).await.expect("appointed");
        assert_eq!(codes(stage.office(&city, &appoint(1)).await), ["rating.expert-twice"]);
        // Worked there twenty months ago: refused when it is known, recused when it comes out later.
        let declare = |place: usize, ended: &str| DeclareRelation {
            expert: stage.experts[place].id,
            organisation: stage.organisation,
            kind: TieKind::Employed,
            ended_on: Some(day(ended)),
        };
        city.act(&system(), &NO_KEY, &declare(2, "2012-05-06")).await.expect("a tie");
        assert_eq!(codes(stage.office(&city, &appoint(2)).await), ["rating.recused"]);
        city.act(&system(), &NO_KEY, &declare(3, "2012-01-06")).await.expect("an old tie");
        stage.office(&city, &appoint(3)).await.expect("two years are over");
        city.act(&stage.experts[1].actor, &NO_KEY, &declare(1, "2012-05-06")).await.expect("a tie");
        let lock = city.act(&stage.experts[1].actor, &NO_KEY, &LockSheet { case }).await;
        assert_eq!(codes(lock), ["rating.own-tie"]);
        let recuse =
            RecuseVisitor { case, expert: stage.experts[1].id, reason: "曾在该单位任职".into() };
        let other = city.act(&stage.experts[0].actor, &NO_KEY, &recuse).await;
        assert_eq!(other, Err(Error::NotFound), "nobody recuses another expert");
        city.act(&stage.experts[1].actor, &NO_KEY, &recuse).await.expect("recused");
        let opinion = GiveOpinion { case, text: "意见".into() };
        let few = city.act(&stage.experts[0].actor, &NO_KEY, &opinion).await;
        assert_eq!(codes(few), ["rating.experts-few"]);
        stage.office(&city, &appoint(4)).await.expect("a replacement");
        let open = city.act(&stage.experts[0].actor, &NO_KEY, &opinion).await;
        assert_eq!(codes(open), ["rating.sheets-open"]);
        let blank = city.act(&stage.experts[0].actor, &NO_KEY, &LockSheet { case }).await;
        assert!(codes(blank).iter().all(|code| *code == "rating.points-missing"));
        let recused = own::sheet(&city, &stage.experts[1].actor, NUMBER).await;
        assert_eq!(recused.err(), Some(Error::NotFound));
        // No affiliate of the bureau as agency, and no fee (T8, B14).
        let agency = |uscc: &str, fee| NameAgency { case, uscc: uscc.into(), fee };
        let own = stage.office(&city, &agency(&stage.uscc, Fen::ZERO)).await;
        assert_eq!(codes(own), ["rating.agency-itself"]);
        assert_eq!(codes(stage.office(&city, &agency("x", Fen::ZERO)).await), ["rating.agency-unknown"]);
        for (place, supervised, fee, expected) in [
            (2, "是", 0, Some("rating.agency-affiliate")),
            (3, "否", 800, Some("rating.fee")),
            (3, "否", 0, None),
        ] {
            let code = CreditCode::derive('5', '2', "320104", &format!("XX90000{place}")).expect("a code");
            let mut form = specimen::invented(place + 1, 3).pop().expect("a form");
            (form.code, form.supervised) = (code.as_str().into(), supervised.into());
            form.kind = "民办非企业单位".into();
            form.legal = "登记".into();
            // The second visit finds the agency already there.
            let _ = city.act(&system(), &NO_KEY, &RegisterOrganisation { form }).await;
            let named = stage.office(&city, &agency(code.as_str(), Fen::yuan(fee))).await;
            match expected {
                Some(code) => assert_eq!(codes(named), [code]),
                None => named.expect("an agency"),
            }
        }
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn applications_are_refused_with_their_ground() {
    on_both(async |city| {
        let stage = Stage::set(&city).await;
        let blank =
            ApplyForRating { statement: " ".into(), papers: vec![], declares: false, ..stage.application() };
        let expected = ["rating.text-missing", "rating.papers-missing", "rating.declaration-missing"];
        assert_eq!(codes(city.act(&stage.user, &NO_KEY, &blank).await), expected);
        let bureau = person(&city, "bureau", Role::OrganisationBureau, Scope::City).await;
        city.act(&stage.user, &NO_KEY, &stage.application()).await.expect("an application");
        let again = city.act(&stage.user, &NO_KEY, &stage.application()).await;
        assert_eq!(codes(again), ["rating.already-applied"]);
        let case = stage.case(&city).await.id;
        let conduct = Conduct { last_penalty: Some(day("2013-05-06")), ..Conduct::default() };
        let check = CheckApplication { case, conduct, note: "处罚决定书".into() };
        assert_eq!(city.act(&bureau, &NO_KEY, &check).await, Err(Error::NotPermitted), "S12");
        assert_eq!(read::by_number(&city, &bureau, NUMBER).await.err(), Some(Error::NotFound));
        stage.office(&city, &check).await.expect("checked");
        let held = stage.case(&city).await;
        assert_eq!(held.stage, RatingStage::Ineligible);
        let frozen = app::frozen::thaw(&held.eligibility);
        let barred: Vec<&str> = frozen
            .iter()
            .filter(|finding| finding.level == Level::Barred)
            .map(|finding| finding.code.as_str())
            .collect();
        assert_eq!(barred, ["rating.no-penalty"]);
        assert_eq!(public::by_number(&city, NUMBER).await.err(), Some(Error::NotFound));
        move_to(&city, "2014-03-03");
        let late = city.act(&stage.user, &NO_KEY, &stage.application()).await;
        assert_eq!(codes(late), ["rating.round-closed"]);
    })
    .await;
}

#[tokio::test]
async fn recusal_at_a_sitting_lowers_neither_quorum_nor_majority() {
    on_both(async |city| {
        let stage = Stage::set(&city).await;
        let case = stage.assess(&city).await;
        stage.call(&city, case, stage.committee, 10).await.expect("a sitting");
        stage.vote(&city, case, 0..8, Some(Grade::FourA)).await;
        let recuse = RecuseMember { case, reason: "亲属在该单位任职".into() };
        city.act(&stage.experts[9].actor, &NO_KEY, &recuse).await.expect("recused");
        assert_eq!(codes(stage.conclude(&city, case).await), ["rating.quorum"], "nine of fifteen take part");
        // A new sitting adjourns the old one; a decision off the points is explained.
        stage.call(&city, case, stage.committee, 15).await.expect("another sitting");
        stage.vote(&city, case, 0..8, Some(Grade::ThreeA)).await;
        assert_eq!(codes(stage.conclude(&city, case).await), ["rating.deviation-unexplained"]);
        let conclude = ConcludeMeeting { case, reason: "财务管理问题突出。".into() };
        stage.office(&city, &conclude).await.expect("decided");
        let meetings = read::meetings(&city, case).await.expect("meetings");
        assert_eq!(meetings.iter().map(|one| one.attempt).collect::<Vec<_>>(), [1, 2]);
        let votes = read::ballots(&city, meetings[1].id).await.expect("ballots");
        assert_eq!(votes.iter().filter(|one| one.choice.as_deref() == Some("3a")).count(), 8);
        assert_eq!(stage.case(&city).await.grade, Some(Grade::ThreeA));
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}

#[tokio::test]
async fn nobody_reviews_a_grade_that_they_decided() {
    on_both(async |city| {
        let stage = Stage::set(&city).await;
        let case = stage.assess(&city).await;
        stage.call(&city, case, stage.committee, 10).await.expect("a sitting");
        stage.vote(&city, case, 0..8, Some(Grade::FourA)).await;
        stage.conclude(&city, case).await.expect("decided");
        stage.office(&city, &Publicise { case }).await.expect("public");
        let appeal = FileAppeal { case, text: "请复核服务质量得分。".into(), papers: vec![] };
        city.act(&stage.user, &NO_KEY, &appeal).await.expect("an appeal");
        // Two of these five sat when the committee decided, three had stayed away.
        let members = stage.experts[8..13].iter().filter_map(|expert| expert.actor.person).collect();
        let form = FormBody {
            kind: Body::ReviewBoard,
            name: "另一复核委员会（示例）".into(),
            term_from: day("2014-01-01"),
            term_until: day("2018-12-31"),
            members,
        };
        let board = city.act(&stage.director, &NO_KEY, &form).await.expect("a board");
        assert_eq!(
            codes(stage.call(&city, case, board, 5).await),
            ["rating.quorum"],
            "three of five are left"
        );
        stage.call(&city, case, stage.board, 4).await.expect("a board of others");
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}
