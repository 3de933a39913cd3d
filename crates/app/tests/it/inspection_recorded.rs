//! What the system recorded of a year stands in its yearly report, and what the report hides is found (B25, B26).

use app::registry::credit::penalty::{ConfirmPenalty, Footing, RecordPenalty};
use app::registry::inspection;
use domain::kernel::{Fen, Role, Scope};
use domain::registry::Offence;
use domain::registry::credit::PenaltyKind;
use domain::registry::inspection::{Ground, Question};

use crate::inspected::{NO_KEY, file, organisation, person};
use crate::support::on_both;

#[tokio::test]
async fn a_form_begins_with_what_was_recorded_of_the_year_and_hiding_it_is_found() {
    on_both(async |city| {
        let officer = person(&city, "officer", Role::ApprovalOfficer, Scope::City).await;
        let director = person(&city, "director", Role::ApprovalDirector, Scope::City).await;
        let own = organisation(&city, 1, '2', "2010-05-01").await;
        for (number, day, is_right) in
            [("罚1（示例）", "2013-12-20", true), ("罚2（示例）", "2013-12-21", false)]
        {
            let record = RecordPenalty {
                organisation: own.id,
                kind: PenaltyKind::Warning,
                amount: Fen::ZERO,
                document_number: number.into(),
                authority: "南京市民政局（示例）".into(),
                reason: "示例情形".into(),
                imposed_on: day.parse().expect("a day"),
                until: None,
                footing: Footing::on(Offence::OtherLaw),
            };
            let penalty = city.act(&officer, &NO_KEY, &record).await.expect("recorded");
            let confirm = ConfirmPenalty { penalty, is_right };
            city.act(&director, &NO_KEY, &confirm).await.expect("looked at");
        }
        inspection::open(&city, &officer, &NO_KEY, 2013).await.expect("opened");
        let form = inspection::whole(&city, own.id, 2013).await.expect("a form");
        assert_eq!(form.recorded.penalties.len(), 1, "what was not confirmed is not on record");
        assert_eq!(form.answers.text(Question::WasPunished), "yes");
        assert_eq!(form.answers.text(Question::HasChanged), "");
        file(&city, &own, 2013).await;
        let filed = inspection::whole(&city, own.id, 2013).await.expect("a report");
        let hidden = filed.hints.iter().find(|hint| hint.finding.code == "inspection.penalties-told");
        assert_eq!(hidden.and_then(|hint| hint.ground), Some(Ground::Concealment));
    })
    .await;
}
