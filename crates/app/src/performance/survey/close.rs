//! The final count: only when enough have answered (E2).

use domain::kernel::Role;

use super::group::put_on_record;
use super::{held, result};
use crate::journal::SURVEY;
use crate::{Act, Cx, Error};

/// Ends a survey; what still waits goes on record with it.
#[derive(Clone, Copy)]
pub struct CloseSurvey {
    /// Which survey.
    pub survey: i64,
    /// The version that the actor saw.
    pub version: i64,
}

impl Act for CloseSurvey {
    type Outcome = ();
    const NAME: &'static str = "performance.close_survey";
    const WHO: &'static [Role] = &[Role::OfficeStaff, Role::OfficeDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = held::locked(cx, self.survey).await?;
        held.require_office(cx)?;
        held.step().expect_open()?;
        let tally = result::result_in(cx, held.contract_id, held.round()).await?.unwrap_or_default();
        tally.expect_sufficient()?;
        put_on_record(cx, self.survey).await?;
        cx.update(&SURVEY, self.survey, self.version, &[("closed_on", cx.now.date().into())]).await?;
        cx.announce("survey.closed", held.number);
        Ok(())
    }
}
