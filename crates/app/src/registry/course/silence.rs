//! Silence: what nobody answered in time is written down as taken up by the clock, so that its notice goes out and the
//! days of the decision run without anybody's act (B9, B12).

use std::marker::PhantomData;

use domain::kernel::{Actor, Refusal, Role};

use super::{Application, accept, lock, silent};
use crate::registry::change::held::ChangeCase;
use crate::registry::charity::held::CharityCase;
use crate::registry::ending::held::EndingCase;
use crate::registry::fundraising::held::FundraisingCase;
use crate::registry::registration;
use crate::{Act, App, Cx, Error, RequestKey};

/// Writes down every silent acceptance that is not written yet, of registrations and of all that goes the course;
/// answers how many there were.
///
/// # Errors
/// The database failed, or a term reaches beyond the published calendar.
pub async fn settle(app: &App) -> Result<usize, Error> {
    let mut settled = registration::silence::settle(app).await?;
    settled += settle_of::<CharityCase>(app).await?;
    settled += settle_of::<FundraisingCase>(app).await?;
    settled += settle_of::<ChangeCase>(app).await?;
    settled += settle_of::<EndingCase>(app).await?;
    Ok(settled)
}

async fn settle_of<C: Application>(app: &App) -> Result<usize, Error> {
    let (now, mut settled) = (app.clock.now(), 0);
    let rules = app.book.on(now.date());
    for case in app.db.all::<C>(C::RECEIVED, &[]).await? {
        let held = case.held();
        if domain::registry::course::silent_from(held.received_on, now, rules, &app.calendar)?.is_none() {
            continue;
        }
        let deem = Deem::<C> { number: held.number, version: held.version, of: PhantomData };
        match app.act(&Actor::SYSTEM, &RequestKey::None, &deem).await {
            Ok(()) => settled += 1,
            // Somebody acted on it in the same moment, and the act has written it down.
            Err(Error::Stale) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(settled)
}

/// Writes down that silence has taken a case up.
struct Deem<C> {
    number: i64,
    version: i64,
    of: PhantomData<fn() -> C>,
}

impl<C: Application> Act for Deem<C> {
    type Outcome = ();
    const NAME: &'static str = "registry.deem_accepted";
    const WHO: &'static [Role] = &[Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: C = lock(cx, self.number).await?;
        if case.held().version != self.version {
            return Err(Error::Stale);
        }
        if silent(cx, &case)?.is_none() {
            return Err(Refusal::new("registration.not-silent", "B9").into());
        }
        accept(cx, &case).await
    }
}
