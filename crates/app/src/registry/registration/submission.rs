//! Sending in: a number, a receipt with a code, and the days in which the office must speak (B9).

use domain::kernel::{CaseId, Coded, Finding, Role, RuleKey};
use domain::registry::DocumentKind;
use domain::registry::registration::{CaseAct, CaseState};

use super::{case, checks};
use crate::db::Val;
use crate::{Act, Cx, Error, args, deadlines, papers};

/// Sends an application in, the first time or corrected. The outcome is the case's number.
#[derive(Clone, Copy)]
pub struct SubmitCase {
    /// Which case.
    pub case: CaseId,
    /// The version that the writer saw.
    pub version: i64,
}

impl Act for SubmitCase {
    type Outcome = String;
    const NAME: &'static str = "registry.submit_registration";
    const WHO: &'static [Role] = &[Role::Applicant, Role::ApprovalOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<String, Error> {
        let held = case::hold_own(cx, self.case, self.version).await?;
        let act = if held.state == CaseState::Draft { CaseAct::Submit } else { CaseAct::Resubmit };
        let next = act.from(held.state, held.is_corrected)?;
        let obstacles = checks::of(cx.app, &held).await?.obstacles();
        if !obstacles.is_empty() {
            return Err(Error::Invalid(obstacles));
        }
        let today = cx.now.date();
        let mut values: Vec<(&'static str, Val)> =
            vec![("state", next.code().into()), ("received_on", today.into())];
        // What was mended is another charter: it is compared with the list anew (B11).
        values.push(("charter_missing", None::<i64>.into()));
        let number = match &held.number {
            Some(number) => number.clone(),
            None => {
                let (year, serial, number) = next_number(cx).await?;
                values.extend([
                    ("number", number.as_str().into()),
                    ("serial_year", year.into()),
                    ("serial", serial.into()),
                    ("submitted_at", cx.now.into()),
                ]);
                number
            }
        };
        case::write(cx, &held, &values).await?;
        let sent = case::hold(cx, held.id, held.version + 1).await?;
        case::note(cx, &sent, act, cx.actor.person, "").await?;
        let rules_on = sent.rules_on(today);
        deadlines::start_anew(cx, sent.subject(), RuleKey::CorrectionWorkingDays, today, rules_on).await?;
        let count = papers::of_in(cx, sent.subject()).await?.len();
        let limit =
            cx.app.book.on(rules_on).deadline(&cx.app.calendar, RuleKey::CorrectionWorkingDays, today)?;
        let facts = [("papers", count.into()), ("until", limit.due.into())];
        let keyed = keyed_in(cx, &sent).await?;
        case::tell(cx, &sent, DocumentKind::Receipt, &facts, keyed.into_iter().collect()).await?;
        Ok(number)
    }
}

/// Who keyed the application in at the window for whom; nothing when the applicant did (S11).
async fn keyed_in(cx: &mut Cx<'_>, case: &case::Case) -> Result<Option<Finding>, Error> {
    let Some(assistant) = case.assisted_by else { return Ok(None) };
    let sql = "SELECT name FROM person WHERE id = $1";
    let (applicant,): (String,) = cx.tx.one(sql, args![case.applicant_id]).await?;
    let (assistant,): (String,) = cx.tx.one(sql, args![assistant]).await?;
    let finding = Finding::met("registration.keyed-in", "S11");
    Ok(Some(finding.with("applicant", applicant).with("assistant", assistant)))
}

/// The next number of the one window, such as NJSL-2026-0312.
async fn next_number(cx: &mut Cx<'_>) -> Result<(i64, i64, String), Error> {
    let year = i64::from(cx.now.date().year());
    let sql = "SELECT COALESCE(max(serial), 0) FROM registration_case WHERE serial_year = $1";
    let serial = cx.tx.number(sql, args![year]).await? + 1;
    Ok((year, serial, format!("NJSL-{year}-{serial:04}")))
}
