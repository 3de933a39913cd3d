//! Publicity, and the report upward of high grades (B31).

use domain::kernel::{Date, RatingId, Role, RuleKey};
use domain::registry::rating::RatingStage;
use domain::registry::rating::course::check_settled;

use super::OFFICE;
use super::case::{advance, locked};
use crate::journal::RATING_CASE;
use crate::{Act, Cx, Error};

/// Shows the committee's decision to everyone for the days of the rule. The outcome is the last day.
#[derive(Clone, Copy)]
pub struct Publicise {
    /// Which.
    pub case: RatingId,
}

impl Act for Publicise {
    type Outcome = String;
    const NAME: &'static str = "rating.publicise";
    const WHO: &'static [Role] = OFFICE;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<String, Error> {
        let case = locked(cx, self.case).await?;
        case.stage.expect(&[RatingStage::Decided])?;
        let app = cx.app;
        let key = RuleKey::RatingPublicityWorkingDays;
        let until: Date = case.rules(app).deadline(&app.calendar, key, cx.now.date())?.due;
        let values = vec![("publicised_at", cx.now.into()), ("public_until", until.into())];
        advance(cx, &case, RatingStage::Publicised, values).await?;
        cx.announce("rating.publicised", case.number);
        Ok(until.to_string())
    }
}

/// Records that a grade which goes upward was reported (B31).
#[derive(Clone, Copy)]
pub struct ReportUpward {
    /// Which.
    pub case: RatingId,
}

impl Act for ReportUpward {
    type Outcome = ();
    const NAME: &'static str = "rating.report_upward";
    const WHO: &'static [Role] = OFFICE;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = locked(cx, self.case).await?;
        check_settled(&case.ripeness(), cx.now.date())?;
        let rules = case.rules(cx.app);
        if case.reported_on.is_some() || !case.grade.is_some_and(|grade| grade.goes_upward(rules)) {
            let refusal = domain::kernel::Refusal::new("rating.nothing-to-report", "B31");
            return Err(refusal.into());
        }
        let today = cx.now.date();
        cx.update(&RATING_CASE, case.id.0, case.version, &[("reported_on", today.into())]).await
    }
}
