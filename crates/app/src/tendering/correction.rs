//! Corrections of a published notice: public, numbered, with a reason; when they come late, the deadline
//! moves so that bidders can take them in (C21).

use domain::kernel::{Moment, Refusal, Role, TenderId};
use domain::tendering::correction::{CorrectionSubject, problems};
use domain::tendering::schedule;
use domain::tendering::stage::Stage;

use super::{notice, queries};
use crate::db::Val;
use crate::journal::{CORRECTION, TENDER};
use crate::{Act, App, Cx, Error, args, row};

/// No correction is longer, in characters.
const TEXT_MAX: usize = 10_000;

/// Publishes a correction.
#[derive(Clone)]
pub struct PublishCorrection {
    /// Which tender.
    pub tender: TenderId,
    /// The version that the writer saw.
    pub version: i64,
    /// What it concerns.
    pub subject: CorrectionSubject,
    /// What is corrected.
    pub text: String,
    /// Why.
    pub reason: String,
    /// The new deadline; `None` leaves it.
    pub deadline: Option<Moment>,
}

impl Act for PublishCorrection {
    type Outcome = i64;
    const NAME: &'static str = "tendering.publish_correction";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let person = cx.actor.person.ok_or(Error::NotPermitted)?;
        cx.tx.lock("tender", self.tender.0).await?;
        let tender = queries::load(cx, self.tender).await?;
        tender.stage.expect(Stage::Bidding)?;
        let Some(before) = tender.deadline_at else { return Err(Error::NotFound) };
        let (rules, procedure) = (cx.app.book.on(tender.rules_on), tender.procedure.procedure());
        let calendar = &cx.app.calendar;
        let touches = self.subject.touches_bids();
        let effect = schedule::correction(cx.now, before, touches, procedure, rules, calendar)?;
        let after = self.deadline.unwrap_or(before);
        let mut faults = problems(self.subject, &self.text, &self.reason);
        faults.extend(self.too_long());
        faults.extend(schedule::check_moved_deadline(&effect, before, after, calendar).err());
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let sql = "SELECT count(*) FROM correction WHERE tender_id = $1";
        let number = cx.tx.number(sql, args![self.tender]).await? + 1;
        let id = cx.id();
        let values = [
            ("tender_id", self.tender.into()),
            ("number", number.into()),
            ("subject", Val::code(self.subject)),
            ("text", self.text.trim().into()),
            ("reason", self.reason.trim().into()),
            ("published_at", cx.now.into()),
            ("published_by", person.into()),
            ("deadline_before", before.into()),
            ("deadline_after", after.into()),
        ];
        cx.insert(&CORRECTION, id, &values).await?;
        // The row is written even when the deadline stays, so that a stale page is refused.
        let mut moved = vec![("deadline_at", after.into()), ("next_check_at", after.into())];
        if after != before {
            let plan = schedule::last_questions_day(after, procedure, rules, calendar)?;
            moved.push(("questions_until", Moment::end_of(plan).into()));
        }
        cx.update(&TENDER, self.tender.0, self.version, &moved).await?;
        cx.announce("tendering.corrected", tender.number);
        Ok(id)
    }
}

impl PublishCorrection {
    fn too_long(&self) -> Vec<Refusal> {
        [("text", &self.text), ("reason", &self.reason)]
            .into_iter()
            .filter(|(_, text)| text.chars().count() > TEXT_MAX)
            .map(|(name, _)| Refusal::new("tendering.text-too-long", "C19").at(name).with("max", TEXT_MAX))
            .collect()
    }
}

row! {
    /// A published correction.
    pub struct CorrectionLine {
        /// 1, 2, … within its tender.
        number: i64,
        /// What it concerns.
        @code subject: CorrectionSubject,
        /// What is corrected.
        text: String,
        /// Why.
        reason: String,
        /// When it was published.
        published_at: Moment,
        /// The deadline before it.
        deadline_before: Moment,
        /// The deadline after it.
        deadline_after: Moment,
    }
}

/// The corrections of a tender, oldest first.
///
/// # Errors
/// The database could not be read.
pub async fn on_tender(app: &App, tender: TenderId) -> Result<Vec<CorrectionLine>, Error> {
    let sql = "SELECT number, subject, text, reason, published_at, deadline_before, deadline_after
               FROM correction WHERE tender_id = $1 ORDER BY number LIMIT 200";
    Ok(app.db.all(sql, args![tender]).await?)
}

/// The last day on which a correction that touches bids leaves the deadline alone, for the form.
pub fn quiet_until(tender: &queries::Tender) -> Option<domain::kernel::Date> {
    tender.questions_until.map(notice::last_day)
}
