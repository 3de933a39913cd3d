//! Silence: an application that nobody answered in time is written down as accepted by the clock, so that its
//! notice goes out and the days of the decision run without anybody's act (B9, B12).

use domain::kernel::{Actor, CaseId, Refusal, Role};
use domain::registry::registration::CaseState;

use super::case::{self, Case};
use crate::{Act, App, Cx, Error, RequestKey};

/// Writes down every silent acceptance that is not written yet; answers how many there were.
///
/// # Errors
/// The database failed, or a term reaches beyond the published calendar.
pub async fn settle(app: &App) -> Result<usize, Error> {
    let sql = "SELECT * FROM registration_case WHERE state = 'submitted' ORDER BY submitted_at, id";
    let now = app.clock.now();
    let mut settled = 0;
    for case in app.db.all::<Case>(sql, &[]).await? {
        if case.deemed_from(app, now)?.is_none() {
            continue;
        }
        let deem = DeemAccepted { case: case.id, version: case.version };
        match app.act(&Actor::SYSTEM, &RequestKey::None, &deem).await {
            Ok(()) => settled += 1,
            // Somebody acted on it in the same moment, and the act has written it down.
            Err(Error::Stale) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(settled)
}

/// Writes down that silence has accepted a case.
struct DeemAccepted {
    case: CaseId,
    version: i64,
}

impl Act for DeemAccepted {
    type Outcome = ();
    const NAME: &'static str = "registry.deem_registration_accepted";
    const WHO: &'static [Role] = &[Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = case::hold(cx, self.case, self.version).await?;
        let settled = case::settle(cx, case).await?;
        if settled.state == CaseState::Submitted {
            return Err(Refusal::new("registration.not-silent", "B9").into());
        }
        Ok(())
    }
}
