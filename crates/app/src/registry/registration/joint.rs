//! Several departments on one case: their common clock, and its one extension (B12).

use domain::kernel::{CaseId, Role, RuleKey};
use domain::registry::DocumentKind;
use domain::registry::registration::CaseAct;
use domain::registry::registration::joint::{JointClock, may_extend};

use super::case::{self, Case, hold_on_desk};
use super::intake::expect_text;
use crate::{Act, Cx, Error, args, deadlines};

/// Starts the clock of several departments, from the day of acceptance; it runs once for a case.
pub(super) async fn start(cx: &mut Cx<'_>, case: &Case) -> Result<(), Error> {
    let today = cx.now.date();
    let (from, rules_on) = (case.accepted_on.unwrap_or(today), case.rules_on(today));
    deadlines::start(cx, case.subject(), RuleKey::JointHandlingWorkingDays, from, rules_on).await
}

/// Extends the time of several departments, with the approval of the government at the same level; the
/// applicant is told why.
#[derive(Clone)]
pub struct ExtendJoint {
    /// Which case.
    pub case: CaseId,
    /// The version that the director saw.
    pub version: i64,
    /// The number or day of the approval.
    pub approval: String,
    /// Why the time is not enough.
    pub reasons: String,
}

impl Act for ExtendJoint {
    type Outcome = ();
    const NAME: &'static str = "registry.extend_joint_handling";
    const WHO: &'static [Role] = &[Role::ApprovalDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let act = CaseAct::ExtendJoint;
        let (case, _, person) = hold_on_desk(cx, self.case, self.version, act).await?;
        Error::all([
            expect_text(&self.approval, "approval", "B12"),
            expect_text(&self.reasons, "reasons", "B12"),
        ])?;
        let first = may_extend(clock(cx, &case).await?, cx.now.date())?;
        let (subject, rules_on) = (case.subject(), case.rules_on(cx.now.date()));
        let rule = RuleKey::JointExtensionWorkingDays;
        let until = cx.app.book.on(rules_on).deadline(&cx.app.calendar, rule, first)?.due;
        deadlines::done(cx, subject, RuleKey::JointHandlingWorkingDays).await?;
        deadlines::start(cx, subject, rule, first, rules_on).await?;
        let facts = [
            ("due", first.into()),
            ("until", until.into()),
            ("approval", self.approval.trim().into()),
            ("reason", self.reasons.trim().into()),
        ];
        case::tell(cx, &case, DocumentKind::ExtensionNotice, &facts, Vec::new()).await?;
        case::note(cx, &case, act, Some(person), &self.approval).await?;
        case::write(cx, &case, &[("saved_at", case.saved_at.into())]).await
    }
}

/// The clock of several departments as it stands.
async fn clock(cx: &mut Cx<'_>, case: &Case) -> Result<JointClock, Error> {
    let sql = "SELECT rule, due_on FROM deadline WHERE subject_kind = 'case' AND subject_id = $1
               AND rule IN ('joint_handling_working_days', 'joint_extension_working_days')";
    let rows: Vec<crate::db::Row> = cx.tx.all(sql, args![case.id]).await?;
    let mut clock = JointClock::default();
    for row in rows {
        match row.code::<RuleKey>("rule")? {
            RuleKey::JointHandlingWorkingDays => clock.due_on = row.get("due_on")?,
            _ => clock.is_extended = true,
        }
    }
    Ok(clock)
}
