//! The one extension of the days for a decision, with the approval of the ministry on record (B12, CL10).

use domain::kernel::{Date, Role, RuleKey};
use domain::registry::DocumentKind;
use domain::registry::charity::may_extend;

use super::held::CharityCase;
use crate::registry::change::{DIRECTORS, required};
use crate::registry::course::{advance, lock, tell};
use crate::registry::standing::Source;
use crate::{Act, Cx, Error, args, deadlines};

/// Extends the days for the decision on a recognition; the organisation is told why and until when.
#[derive(Clone, Debug)]
pub struct ExtendCharity {
    /// The case's number.
    pub number: i64,
    /// The number and day of the ministry's approval.
    pub approval: String,
    /// What is special about the case.
    pub reason: String,
}

impl Act for ExtendCharity {
    type Outcome = ();
    const NAME: &'static str = "registry.extend_charity";
    const WHO: &'static [Role] = DIRECTORS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: CharityCase = lock(cx, self.number).await?;
        let (today, rules_on) = (cx.now.date(), case.rules_on());
        let due = due_on(&mut Source::Tx(&mut cx.tx), case.id).await?;
        let first = may_extend(case.stage, due, case.extended_at.is_some(), today)?;
        let mut faults = Vec::new();
        let approval = required(&mut faults, "B12", "approval", &self.approval);
        let reason = required(&mut faults, "B12", "extension_reason", &self.reason);
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let rule = RuleKey::CharityExtensionDays;
        let until = cx.app.book.on(rules_on).deadline(&cx.app.calendar, rule, first)?.due;
        deadlines::done(cx, case.subject(), RuleKey::CharityRecognitionDays).await?;
        deadlines::start(cx, case.subject(), rule, first, rules_on).await?;
        let values = vec![
            ("extended_by", cx.actor.person.into()),
            ("extended_at", cx.now.into()),
            ("extension_approval", approval.as_str().into()),
            ("extension_reason", reason.as_str().into()),
        ];
        advance(cx, &case, case.stage, values).await?;
        let facts = vec![
            ("due", first.into()),
            ("until", until.into()),
            ("approval", approval.into()),
            ("reason", reason.into()),
        ];
        tell(cx, &case, DocumentKind::ExtensionNotice, (facts, Vec::new())).await.map(|_| ())
    }
}

/// The last day of the first term; none while it stands still.
pub(super) async fn due_on(source: &mut Source<'_>, case: i64) -> Result<Option<Date>, Error> {
    let sql = "SELECT due_on FROM deadline WHERE subject_kind = 'case' AND subject_id = $1
               AND rule = 'charity_recognition_days' AND done_on IS NULL";
    let rows: Vec<(Option<Date>,)> = source.all(sql, args![case]).await?;
    Ok(rows.into_iter().next().and_then(|(due,)| due))
}
