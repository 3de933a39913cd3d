//! Taking a cancellation up, telling every defect once, or taking it back (B9, B22).

use domain::kernel::{Coded, Role};
use domain::registry::course::Intake;

use super::held::{EndingCase, lock_case};
use crate::registry::change::OFFICERS;
use crate::registry::course;
use crate::{Act, Cx, Error};

/// Takes a cancellation up: the days for the decision run.
#[derive(Clone, Copy, Debug)]
pub struct AcceptCancellation {
    /// The case's number.
    pub number: i64,
}

impl Act for AcceptCancellation {
    type Outcome = ();
    const NAME: &'static str = "registry.accept_cancellation";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: EndingCase = lock_case(cx, self.number).await?;
        course::accept(cx, &case).await
    }
}

/// Tells every defect, once.
#[derive(Clone, Debug)]
pub struct CorrectCancellation {
    /// The case's number.
    pub number: i64,
    /// Everything that is to be mended, in words.
    pub defects: String,
}

impl Act for CorrectCancellation {
    type Outcome = ();
    const NAME: &'static str = "registry.correct_cancellation";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: EndingCase = lock_case(cx, self.number).await?;
        course::correct(cx, &case, &self.defects).await
    }
}

/// Takes a cancellation back before it is decided.
#[derive(Clone, Copy, Debug)]
pub struct WithdrawCancellation {
    /// The case's number.
    pub number: i64,
}

impl Act for WithdrawCancellation {
    type Outcome = ();
    const NAME: &'static str = "registry.withdraw_cancellation";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: EndingCase = course::lock_own(cx, self.number).await?;
        course::withdraw(cx, &case, vec![("intake", Intake::Withdrawn.code().into())]).await
    }
}
