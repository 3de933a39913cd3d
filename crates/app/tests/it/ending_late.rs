//! A revocation that is not decided in its days (B23).

use app::registry::ending::decision::DecideEnding;
use app::registry::ending::read as endings;
use app::registry::ending::revocation::{AnswerRevocation, NoticeRevocation, ProposeRevocation};
use app::registry::late::{self, Place};
use app::registry::registration::own_figures;
use app::{deadlines, journal};
use domain::kernel::RuleKey;
use domain::registry::credit::StatementKind;
use domain::registry::ending::RevocationGround;

use crate::credit_cast::{act, at, cast, day};
use crate::ending::NINETY_DAYS;
use crate::support::on_both;

#[tokio::test]
async fn a_revocation_that_is_not_decided_in_its_days_is_late_and_stays_so() {
    on_both(async |city| {
        let cast = cast(&city).await;
        assert!(city.clock.move_to(at("2014-06-03", 9)));
        let propose = ProposeRevocation {
            organisation: cast.id,
            ground: RevocationGround::CertificateLent,
            evidence: "出借证书（示例）".into(),
        };
        let number = act(&city, &cast.officer, &propose).await.expect("proposed");
        let late = async |on: &str| deadlines::late(&city, day(on), day("2014-01-01")).await.expect("read");
        assert!(late(NINETY_DAYS).await.is_empty(), "the last day is in time");
        let found = late("2014-09-02").await;
        assert_eq!(found.iter().map(|one| one.rule).collect::<Vec<_>>(), [RuleKey::RevocationDecisionDays]);
        let about = late::about(&city, &found[0]).await.expect("read").expect("an ending");
        assert_eq!((about.place, about.number), (Place::Ending, number.to_string()));
        assert!(city.clock.move_to(at("2014-09-01", 9)));
        act(&city, &cast.officer, &NoticeRevocation { number }).await.expect("noticed");
        let answer = AnswerRevocation {
            number,
            kind: StatementKind::Waived,
            statement: String::new(),
            papers: vec![],
        };
        act(&city, &cast.own, &answer).await.expect("answered");
        assert!(city.clock.move_to(at("2014-09-03", 9)));
        let decide = DecideEnding { number, is_ended: false, decision: "情节轻微（示例）".into() };
        act(&city, &cast.director, &decide).await.expect("dropped");
        let found = late("2014-09-03").await;
        assert_eq!(found.first().and_then(|one| one.done_on), Some(day("2014-09-03")), "late stays late");
        let cases = own_figures::late_cases(&city).await.expect("late cases");
        let whole = endings::one(&city, &cast.own, number).await.expect("own");
        assert!(cases.contains(&whole.case.id));
        assert!(journal::verify(&city.db).await.expect("a comparison").is_empty());
    })
    .await;
}
