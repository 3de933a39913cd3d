//! Absence: recorded after the last day for whoever did not report. It is a status, never a fail (B27).

use domain::kernel::{Coded, Role};
use domain::registry::InspectionResult;
use domain::registry::inspection::InspectionState;
use domain::registry::inspection::duty::may_record_absence;

use super::held::{load, tell_register};
use super::review::check_size;
use crate::journal::INSPECTION;
use crate::{Act, Cx, Error};

/// Records the absence of the organisations selected; one that cannot be recorded stops them all.
#[derive(Clone)]
pub struct RecordAbsences {
    /// The year reported on.
    pub year: i64,
    /// Whose, by their codes.
    pub codes: Vec<String>,
}

impl Act for RecordAbsences {
    type Outcome = ();
    const NAME: &'static str = "inspection.record_absences";
    const WHO: &'static [Role] = &[Role::ApprovalOfficer, Role::ApprovalDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        check_size(self.codes.len())?;
        let today = cx.now.date();
        let (mut silent, mut refused) = (Vec::new(), Vec::new());
        for uscc in &self.codes {
            let loaded = load(cx, self.year, uscc).await?;
            match may_record_absence(loaded.inspection.state, loaded.due_on(), today) {
                Ok(()) => silent.push(loaded),
                Err(refusal) => refused.push(refusal.at(format!("outcome.{uscc}"))),
            }
        }
        if !refused.is_empty() {
            return Err(Error::Invalid(refused));
        }
        for loaded in silent {
            let values = [("state", InspectionState::Absent.code().into()), ("absent_on", today.into())];
            cx.update(&INSPECTION, loaded.inspection.id, loaded.inspection.version, &values).await?;
            tell_register(cx, &loaded, InspectionResult::Absent).await?;
            cx.announce("inspection.absent", loaded.organisation.uscc.clone());
        }
        Ok(())
    }
}
