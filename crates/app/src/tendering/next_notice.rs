//! The next notice: a failed or cancelled tender is noticed again as a new one, with its documents (C33).
//!
//! Nothing of the old bids comes along. The new tender is written, checked and published like any other.

use domain::kernel::{Refusal, Role, TenderId};
use domain::tendering::stage::Stage;

use super::case::{self, CRITERIA, CriterionRow};
use super::queries;
use super::requirement::StartTender;
use crate::db::{Row, Val};
use crate::journal::{CRITERION, TENDER};
use crate::{Act, Cx, Error, args};

/// Starts the next attempt for the item of a tender that failed or was cancelled.
#[derive(Clone, Copy)]
pub struct NextNotice {
    /// The tender that ended.
    pub tender: TenderId,
}

/// The documents that the new attempt takes over.
const TEXTS: [&str; 10] = [
    "title",
    "requirement",
    "deliverables",
    "qualification",
    "price_rule",
    "recipients_role",
    "performance_standard",
    "contract_draft",
    "challenge_contact",
    "venue",
];

impl Act for NextNotice {
    type Outcome = TenderId;
    const NAME: &'static str = "tendering.next_notice";
    const WHO: &'static [Role] = &[Role::OfficeStaff];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<TenderId, Error> {
        let old = case::locked_of_office(cx, self.tender).await?;
        if !matches!(old.stage, Stage::Failed | Stage::Cancelled) {
            return Err(Refusal::new("tendering.not-ended", "C33").with_code("stage", old.stage).into());
        }
        let new = StartTender { item: old.item_id }.perform(cx).await?;
        let sql = format!(
            "SELECT {}, term_months, is_price_fixed, designers, consortia FROM tender WHERE id = $1",
            TEXTS.join(", ")
        );
        let row: Row = cx.tx.one(&sql, args![old.id]).await?;
        let mut values: Vec<(&'static str, Val)> = vec![
            ("term_months", row.get::<i64>("term_months")?.into()),
            ("is_price_fixed", row.get::<bool>("is_price_fixed")?.into()),
            ("designers", row.get::<String>("designers")?.into()),
            ("consortia", row.get::<Option<String>>("consortia")?.into()),
            ("tie_rule", Val::code(old.tie_rule)),
        ];
        for name in TEXTS {
            values.push((name, row.get::<String>(name)?.into()));
        }
        let fresh = queries::lock_own(cx, new).await?;
        cx.update(&TENDER, new.0, fresh.version, &values).await?;
        for line in cx.tx.all::<CriterionRow>(CRITERIA, args![old.id]).await? {
            let id = cx.id();
            let values = [
                ("tender_id", new.into()),
                ("position", line.position.into()),
                ("name", line.name.as_str().into()),
                ("detail", line.detail.as_str().into()),
                ("kind", Val::code(line.kind)),
                ("weight", line.weight.into()),
                ("is_objective", line.is_objective.into()),
            ];
            cx.insert(&CRITERION, id, &values).await?;
        }
        Ok(new)
    }
}
