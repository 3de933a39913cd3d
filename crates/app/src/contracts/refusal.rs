//! An award refused, with its contract: what was drafted or offered on it ends in the same transaction, so
//! that nobody can sign for a winner who is none any more (C58).

use domain::kernel::{Role, TenderId};
use domain::tendering::award::PassedOverGround;

use super::draft::end_unsigned;
use crate::tendering::award;
use crate::{Act, Cx, Error};

/// The winner refuses, or the director records why it falls away; the next candidate moves up (C58).
#[derive(Clone)]
pub struct RefuseAward {
    /// Which tender.
    pub tender: TenderId,
    /// On which ground; a winner itself can only refuse.
    pub ground: PassedOverGround,
    /// Why.
    pub reason: String,
}

impl Act for RefuseAward {
    type Outcome = ();
    const NAME: &'static str = "contracts.refuse_award";
    const WHO: &'static [Role] = &[Role::OrganisationUser, Role::OfficeDirector];
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let award = award::fall_away(cx, self.tender, self.ground, &self.reason).await?;
        end_unsigned(cx, award).await
    }
}
