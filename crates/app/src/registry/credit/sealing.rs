//! During a stop of activity the registrar keeps certificate, seals and vouchers under seal and gives them back afterwards;
//! and what a decision ordered beside the penalty is reported as done (B23).

use domain::kernel::{Date, Refusal, Role};

use super::OFFICERS;
use super::held::lock_penalty;
use crate::journal::PENALTY;
use crate::{Act, Cx, Error};

/// Records that certificate, seals and vouchers were sealed.
#[derive(Clone, Debug)]
pub struct SealDuringStop {
    /// The penalty that stops activity.
    pub penalty: i64,
    /// The day.
    pub on: Date,
}

impl Act for SealDuringStop {
    type Outcome = ();
    const NAME: &'static str = "registry.seal_during_stop";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = lock_penalty(cx, self.penalty).await?;
        held.sealing().may_seal(self.on, cx.now.date()).map_err(invalid)?;
        cx.update(&PENALTY, held.id, held.version, &[("sealed_on", self.on.into())]).await
    }
}

/// Records that what was sealed was given back.
#[derive(Clone, Debug)]
pub struct GiveBackSealed {
    /// The penalty that stopped activity.
    pub penalty: i64,
    /// The day.
    pub on: Date,
}

impl Act for GiveBackSealed {
    type Outcome = ();
    const NAME: &'static str = "registry.give_back_sealed";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = lock_penalty(cx, self.penalty).await?;
        held.sealing().may_return(self.on, cx.now.date()).map_err(invalid)?;
        cx.update(&PENALTY, held.id, held.version, &[("given_back_on", self.on.into())]).await
    }
}

/// Records that the orders of a decision were obeyed: mended, and the person replaced.
#[derive(Clone, Debug)]
pub struct RecordObeyed {
    /// The penalty whose decision ordered it.
    pub penalty: i64,
    /// The day.
    pub on: Date,
}

impl Act for RecordObeyed {
    type Outcome = ();
    const NAME: &'static str = "registry.record_obeyed";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = lock_penalty(cx, self.penalty).await?;
        if held.state != "confirmed" || !held.has_orders() || held.obeyed_on.is_some() {
            return Err(invalid(Refusal::new("credit.no-order-open", "B23").at("obeyed_penalty")));
        }
        if self.on < held.imposed_on || self.on > cx.now.date() {
            let refusal = Refusal::new("credit.obeyed-day", "B23").at("obeyed_on");
            return Err(invalid(refusal.with("first", held.imposed_on)));
        }
        cx.update(&PENALTY, held.id, held.version, &[("obeyed_on", self.on.into())]).await
    }
}

fn invalid(refusal: Refusal) -> Error {
    Error::Invalid(vec![refusal])
}
