//! Rectification: the organisation reports what it mended, an officer verifies it (B27).

use domain::kernel::{Coded, Role, RuleKey};
use domain::registry::inspection::rectification::{RectificationState, may_report, may_verify};

use super::held::{self, RECTIFICATION_OF, load, load_own};
use super::review::check_length;
use crate::journal::{INSPECTION_GROUND, RECTIFICATION};
use crate::{Act, Cx, Error, args, deadlines};

/// Reports what was mended. Papers for it are attached to the inspection.
#[derive(Clone)]
pub struct ReportRectification {
    /// The year of the inspection.
    pub year: i64,
    /// The version that the writer saw.
    pub version: i64,
    /// What was mended and how.
    pub text: String,
}

impl Act for ReportRectification {
    type Outcome = ();
    const NAME: &'static str = "inspection.report_rectification";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (loaded, person) = load_own(cx, self.year).await?;
        let held: held::Rectification = cx.tx.one(RECTIFICATION_OF, args![loaded.inspection.id]).await?;
        may_report(held.state, &self.text)
            .and_then(|()| check_length(&self.text, "text"))
            .map_err(|refusal| Error::Invalid(vec![refusal]))?;
        let values = [
            ("state", RectificationState::Reported.code().into()),
            ("report", self.text.trim().into()),
            ("reported_at", cx.now.into()),
            ("reported_by", person.into()),
        ];
        cx.update(&RECTIFICATION, held.id, self.version, &values).await?;
        deadlines::done(cx, loaded.inspection.subject(), RuleKey::RectificationMonths).await
    }
}

/// Finds a rectification done, which closes the grounds, or sends it back with a reason.
#[derive(Clone)]
pub struct VerifyRectification {
    /// The year of the inspection.
    pub year: i64,
    /// Whose, by its code.
    pub uscc: String,
    /// The version that the officer saw.
    pub version: i64,
    /// Whether everything is mended.
    pub is_done: bool,
    /// What is not, when something is not.
    pub reason: String,
}

impl Act for VerifyRectification {
    type Outcome = ();
    const NAME: &'static str = "inspection.verify_rectification";
    const WHO: &'static [Role] = &[Role::ApprovalOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let loaded = load(cx, self.year, &self.uscc).await?;
        let held: held::Rectification = cx.tx.one(RECTIFICATION_OF, args![loaded.inspection.id]).await?;
        may_verify(held.state, self.is_done, &self.reason)
            .and_then(|()| check_length(&self.reason, "reason"))
            .map_err(|refusal| Error::Invalid(vec![refusal]))?;
        let note = ("note", self.reason.trim().into());
        if !self.is_done {
            let values = [("state", RectificationState::Open.code().into()), note];
            return cx.update(&RECTIFICATION, held.id, self.version, &values).await;
        }
        let values = [
            ("state", RectificationState::Verified.code().into()),
            ("verified_at", cx.now.into()),
            ("verified_by", cx.actor.person.into()),
            note,
        ];
        cx.update(&RECTIFICATION, held.id, self.version, &values).await?;
        for ground in loaded.grounds.iter().filter(|ground| ground.closed_at.is_none()) {
            let closed = [("closed_at", cx.now.into())];
            cx.update(&INSPECTION_GROUND, ground.id, ground.version, &closed).await?;
        }
        cx.announce("inspection.rectified", loaded.organisation.uscc.clone());
        Ok(())
    }
}
