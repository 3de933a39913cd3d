//! The scoring table as its office sets it: replaced whole, so that no half-changed table can exist (C41).

use domain::kernel::{Refusal, Role, TenderId};
use domain::tendering::scoring_table::{self, Criterion, CriterionKind, RoundingRule, ScoringTable};
use domain::tendering::stage::Stage;

use super::{queries, requirement};
use crate::db::Val;
use crate::journal::{CRITERION, TENDER};
use crate::{Act, Cx, Error};

/// No table has more lines.
const LINES_MAX: usize = 20;

/// One line as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CriterionLine {
    /// What is looked at.
    pub name: String,
    /// How points are given.
    pub detail: String,
    /// Kind.
    pub kind: CriterionKind,
    /// Whole points.
    pub weight: i64,
    /// True when it counts facts.
    pub is_objective: bool,
}

/// Sets the whole table of a tender that is being drafted.
#[derive(Clone)]
pub struct SetScoringTable {
    /// Which tender.
    pub tender: TenderId,
    /// The version that the writer saw.
    pub version: i64,
    /// The lines, in order.
    pub criteria: Vec<CriterionLine>,
    /// True when the price is fixed and not scored.
    pub is_price_fixed: bool,
}

impl Act for SetScoringTable {
    type Outcome = ();
    const NAME: &'static str = "tendering.set_scoring_table";
    const WHO: &'static [Role] = &[Role::OfficeStaff];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let author = cx.actor.person.ok_or(Error::NotPermitted)?;
        let tender = queries::lock_own(cx, self.tender).await?;
        tender.stage.expect(Stage::Drafting)?;
        let table = ScoringTable {
            criteria: self.criteria(),
            tie_rule: tender.tie_rule,
            rounding_rule: RoundingRule::HalfUp,
            is_price_fixed: self.is_price_fixed,
        };
        let rules = cx.app.book.on(cx.now.date());
        let mut faults = scoring_table::problems(&table, tender.procedure.procedure(), rules);
        if self.criteria.len() > LINES_MAX {
            faults.push(
                Refusal::new("tendering.too-many-criteria", "C41").at("criteria").with("max", LINES_MAX),
            );
        }
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        for row in queries::criteria_in(cx, self.tender).await? {
            cx.delete(&CRITERION, row.id, row.version).await?;
        }
        for (position, line) in (1_i64..).zip(&self.criteria) {
            let id = cx.id();
            let values = [
                ("tender_id", self.tender.into()),
                ("position", position.into()),
                ("name", line.name.trim().into()),
                ("detail", line.detail.trim().into()),
                ("kind", Val::code(line.kind)),
                ("weight", line.weight.into()),
                ("is_objective", line.is_objective.into()),
            ];
            cx.insert(&CRITERION, id, &values).await?;
        }
        let mut values = vec![("is_price_fixed", self.is_price_fixed.into())];
        values.extend(requirement::authorship(&tender, author));
        cx.update(&TENDER, self.tender.0, self.version, &values).await
    }
}

impl SetScoringTable {
    fn criteria(&self) -> Vec<Criterion> {
        let lines = (1_u32..).zip(&self.criteria);
        lines
            .map(|(position, line)| Criterion {
                position,
                name: line.name.clone(),
                kind: line.kind,
                weight_points: line.weight,
                is_objective: line.is_objective,
            })
            .collect()
    }
}
