//! Taking an application for recognition up, or telling every defect once; silence takes it up from the day of its
//! receipt; asking others and looking on the spot stops the days (B46, B9, E17, CO58-8).

use domain::kernel::{Refusal, Role};

use super::held::CharityCase;
use crate::registry::change::OFFICERS;
use crate::registry::course;
use crate::{Act, Cx, Error};

/// Takes an application up: the days for the decision run from now, or from its receipt when the office let the
/// days for a notice pass.
#[derive(Clone, Copy, Debug)]
pub struct AcceptCharity {
    /// The case's number.
    pub number: i64,
}

impl Act for AcceptCharity {
    type Outcome = ();
    const NAME: &'static str = "registry.accept_charity";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: CharityCase = course::lock(cx, self.number).await?;
        course::accept(cx, &case).await
    }
}

/// Tells every defect, once.
#[derive(Clone, Debug)]
pub struct CorrectCharity {
    /// The case's number.
    pub number: i64,
    /// Everything that is to be mended, in words.
    pub defects: String,
}

impl Act for CorrectCharity {
    type Outcome = ();
    const NAME: &'static str = "registry.correct_charity";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: CharityCase = course::lock(cx, self.number).await?;
        course::correct(cx, &case, &self.defects).await
    }
}

/// Asks other departments or looks at the organisation on the spot: the days for the decision stand still; or
/// lets them run again (CO58-8, E17).
#[derive(Clone, Copy, Debug)]
pub struct PauseCharity {
    /// The case's number.
    pub number: i64,
    /// Whether the days stand still from tomorrow on; otherwise they run again.
    pub is_paused: bool,
}

impl Act for PauseCharity {
    type Outcome = ();
    const NAME: &'static str = "registry.pause_charity";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: CharityCase = course::lock(cx, self.number).await?;
        let code = if self.is_paused { "charity.paused-already" } else { "charity.not-paused" };
        course::pause(cx, &case, self.is_paused, Refusal::new(code, "E17")).await
    }
}
