//! The check: the office hands its documents in, and the purchase lead passes them or sends them back.
//! Nobody checks what he wrote (C14).

use domain::kernel::{Role, TenderId};
use domain::tendering::stage::Stage;
use domain::tendering::{requirement as rule, scoring_table};

use super::{queries, requirement};
use crate::db::Val;
use crate::journal::TENDER;
use crate::{Act, Cx, Error};

/// Sends complete documents to their check.
#[derive(Clone, Copy)]
pub struct SubmitForCheck {
    /// Which tender.
    pub tender: TenderId,
    /// The version that the writer saw.
    pub version: i64,
}

impl Act for SubmitForCheck {
    type Outcome = ();
    const NAME: &'static str = "tendering.submit_for_check";
    const WHO: &'static [Role] = &[Role::OfficeStaff];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let tender = queries::lock_own(cx, self.tender).await?;
        tender.stage.expect(Stage::Drafting)?;
        let rows = queries::criteria_in(cx, self.tender).await?;
        let table = queries::scoring_table(&tender, &rows);
        let rules = cx.app.book.on(cx.now.date());
        let mut faults = scoring_table::problems(&table, tender.procedure.procedure(), rules);
        let stage = match rule::submit(tender.stage, &requirement::draft_of(&tender)) {
            Ok(stage) if faults.is_empty() => stage,
            Ok(_) => return Err(Error::Invalid(faults)),
            Err(found) => {
                faults.splice(0..0, found);
                return Err(Error::Invalid(faults));
            }
        };
        cx.update(&TENDER, self.tender.0, self.version, &[("stage", Val::code(stage))]).await
    }
}

/// What the check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It may be published.
    Accept,
    /// The office mends it first.
    Return,
}

/// Checks the documents of a tender.
#[derive(Clone)]
pub struct CheckTender {
    /// Which tender.
    pub tender: TenderId,
    /// The version that the checker saw.
    pub version: i64,
    /// What was found.
    pub verdict: Verdict,
    /// What the office should know; needed when it is sent back.
    pub note: String,
}

impl Act for CheckTender {
    type Outcome = ();
    const NAME: &'static str = "tendering.check_tender";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let checker = cx.actor.person.ok_or(Error::NotPermitted)?;
        cx.tx.lock("tender", self.tender.0).await?;
        let tender = queries::load(cx, self.tender).await?;
        let authors = tender.author_ids();
        let stage = match self.verdict {
            Verdict::Accept => rule::pass(tender.stage, &authors, checker)?,
            Verdict::Return => rule::send_back(tender.stage, &authors, checker, &self.note)?,
        };
        let values = [
            ("stage", Val::code(stage)),
            ("checker_id", checker.into()),
            ("check_note", self.note.trim().into()),
        ];
        cx.update(&TENDER, self.tender.0, self.version, &values).await
    }
}
