//! Taking an application for public fundraising up, or telling every defect once; silence takes it up from the
//! day of its receipt; asking others and looking on the spot stops the days (B39, B9, E17).

use domain::kernel::{Refusal, Role};

use super::held::FundraisingCase;
use crate::registry::change::OFFICERS;
use crate::registry::course;
use crate::{Act, Cx, Error};

/// Takes an application up: the days for the decision run from now, or from its receipt when the office let the
/// days for a notice pass.
#[derive(Clone, Copy, Debug)]
pub struct AcceptFundraising {
    /// The case's number.
    pub number: i64,
}

impl Act for AcceptFundraising {
    type Outcome = ();
    const NAME: &'static str = "registry.accept_fundraising";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: FundraisingCase = course::lock(cx, self.number).await?;
        course::accept(cx, &case).await
    }
}

/// Tells every defect, once.
#[derive(Clone, Debug)]
pub struct CorrectFundraising {
    /// The case's number.
    pub number: i64,
    /// Everything that is to be mended, in words.
    pub defects: String,
}

impl Act for CorrectFundraising {
    type Outcome = ();
    const NAME: &'static str = "registry.correct_fundraising";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: FundraisingCase = course::lock(cx, self.number).await?;
        course::correct(cx, &case, &self.defects).await
    }
}

/// Asks other departments or looks at the organisation on the spot: the days for the decision stand still; or
/// lets them run again (PF74-7, E17).
#[derive(Clone, Copy, Debug)]
pub struct PauseFundraising {
    /// The case's number.
    pub number: i64,
    /// Whether the days stand still from tomorrow on; otherwise they run again.
    pub is_paused: bool,
}

impl Act for PauseFundraising {
    type Outcome = ();
    const NAME: &'static str = "registry.pause_fundraising";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: FundraisingCase = course::lock(cx, self.number).await?;
        let code = if self.is_paused { "fundraising.paused-already" } else { "fundraising.not-paused" };
        course::pause(cx, &case, self.is_paused, Refusal::new(code, "E17")).await
    }
}
