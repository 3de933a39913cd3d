//! The purchaser's score by the office's director, and a third party's where nobody can be asked; each with its
//! evidence in writing (E1, S72).

use domain::kernel::{Refusal, Role};
use domain::performance::evaluation::{EvaluationStage, score};

use super::held::{self, HeldRound};
use crate::journal::EVALUATION;
use crate::{Act, Cx, Error};

/// The director gives the office's score.
#[derive(Clone)]
pub struct GivePurchaserScore {
    /// The round.
    pub evaluation: i64,
    /// The version that was read.
    pub version: i64,
    /// Hundredths of a point, 0 to 10,000.
    pub score: Option<i64>,
    /// What it rests on.
    pub evidence: String,
}

impl Act for GivePurchaserScore {
    type Outcome = ();
    const NAME: &'static str = "performance.give_purchaser_score";
    const WHO: &'static [Role] = &[Role::OfficeDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (contract, round) = held::round(cx, self.evaluation).await?;
        contract.require_office(cx)?;
        check(&round, self.score, &self.evidence)?;
        if round.purchaser_score.is_some() {
            return Err(Refusal::new("performance.score-given", "E1").into());
        }
        let values = [
            ("purchaser_score", self.score.into()),
            ("purchaser_evidence", self.evidence.trim().into()),
            ("purchaser_by", held::person(cx)?.into()),
            ("purchaser_at", cx.now.into()),
        ];
        cx.update(&EVALUATION, round.id, self.version, &values).await
    }
}

/// The purchase lead records what the third party of the plan found.
#[derive(Clone)]
pub struct GiveThirdPartyScore {
    /// The round.
    pub evaluation: i64,
    /// The version that was read.
    pub version: i64,
    /// Hundredths of a point, 0 to 10,000.
    pub score: Option<i64>,
    /// Its report.
    pub evidence: String,
}

impl Act for GiveThirdPartyScore {
    type Outcome = ();
    const NAME: &'static str = "performance.give_third_party_score";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (contract, round) = held::round(cx, self.evaluation).await?;
        let plan = held::fixed_plan(cx, contract.id).await?;
        if plan.has_recipients {
            return Err(Refusal::new("performance.third-party-beside-recipients", "E1").into());
        }
        check(&round, self.score, &self.evidence)?;
        let values = [
            ("third_score", self.score.into()),
            ("third_evidence", self.evidence.trim().into()),
            ("third_by", held::person(cx)?.into()),
            ("third_at", cx.now.into()),
        ];
        cx.update(&EVALUATION, round.id, self.version, &values).await
    }
}

fn check(round: &HeldRound, score: Option<i64>, evidence: &str) -> Result<(), Error> {
    round.stage.expect(EvaluationStage::Scoring)?;
    let found = score::check_given(score, evidence);
    if found.is_empty() { Ok(()) } else { Err(Error::Invalid(found)) }
}
