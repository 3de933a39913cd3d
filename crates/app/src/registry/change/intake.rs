//! Taking a change up, telling every defect once, or taking it back (B9, B21).

use domain::kernel::{Coded, Role};
use domain::registry::course::Intake;

use super::OFFICERS;
use super::held::{ChangeCase, lock_case};
use crate::registry::course;
use crate::{Act, Cx, Error};

/// Takes a change up: the days for the decision run.
#[derive(Clone, Copy, Debug)]
pub struct AcceptChange {
    /// The case's number.
    pub number: i64,
}

impl Act for AcceptChange {
    type Outcome = ();
    const NAME: &'static str = "registry.accept_change";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: ChangeCase = lock_case(cx, self.number).await?;
        course::accept(cx, &case).await
    }
}

/// Tells every defect, once.
#[derive(Clone, Debug)]
pub struct CorrectChange {
    /// The case's number.
    pub number: i64,
    /// Everything that is to be mended, in words.
    pub defects: String,
}

impl Act for CorrectChange {
    type Outcome = ();
    const NAME: &'static str = "registry.correct_change";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: ChangeCase = lock_case(cx, self.number).await?;
        course::correct(cx, &case, &self.defects).await
    }
}

/// Takes a change back before it is decided.
#[derive(Clone, Copy, Debug)]
pub struct WithdrawChange {
    /// The case's number.
    pub number: i64,
}

impl Act for WithdrawChange {
    type Outcome = ();
    const NAME: &'static str = "registry.withdraw_change";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: ChangeCase = course::lock_own(cx, self.number).await?;
        course::withdraw(cx, &case, vec![("intake", Intake::Withdrawn.code().into())]).await
    }
}
