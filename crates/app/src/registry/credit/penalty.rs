//! Penalties: recorded by one with the number of the decision, confirmed by another (C14, B35, B37).
//!
//! A penalty of the registrar's own rests on an item of the organisation's regulation, and `sanction` says whether that item
//! carries it; it is proposed here with the number of its file, told to the organisation (`penalty_notice`) and decided
//! (`penalty_decision`). What another law punishes has its decision elsewhere and is recorded with it.
//! What follows from a confirmed penalty is due work: see `due`. A stop of activity changes the status from
//! its first to its last day.

use domain::kernel::{Coded, Date, Fen, OrganisationId, Refusal, RuleKey};
use domain::registry::credit::case::check_other_person;
use domain::registry::credit::{FineBase, Illegal, Measure, Penalty, PenaltyKind, Sanction};
use domain::registry::{Offence, OrganisationStatus};

use super::held::{HeldPenalty, kind_of, lock_penalty, named};
use super::penalty_decision::DecidePenalty;
use super::{DIRECTORS, NUMBER_MAX, OFFICERS, TEXT_MAX, optional, penalty_papers, required, step, writer};
use crate::db::{DbError, Val};
use crate::deadlines;
use crate::journal::{PENALTY, STATUS_CHANGE};
use crate::{Act, Cx, Error};
use domain::kernel::Role;

/// What a penalty rests on and what it orders beside itself.
#[derive(Clone, Debug)]
pub struct Footing {
    /// For what.
    pub offence: Offence,
    /// What was unlawfully turned over and gained.
    pub illegal: Illegal,
    /// Which of the two the decision goes by, when it names one.
    pub base: Option<FineBase>,
    /// What shows the amounts.
    pub evidence: String,
    /// The last day to mend what is wrong, when that was ordered.
    pub mend_by: Option<Date>,
    /// Who is to be replaced, when that was ordered.
    pub replaced: String,
}

impl Footing {
    /// An offence without amounts and orders.
    pub fn on(offence: Offence) -> Self {
        let (evidence, replaced) = (String::new(), String::new());
        Self { offence, illegal: Illegal::default(), base: None, evidence, mend_by: None, replaced }
    }
}

/// Records a penalty. The outcome is its row.
#[derive(Clone, Debug)]
pub struct RecordPenalty {
    /// Whose.
    pub organisation: OrganisationId,
    /// What was imposed.
    pub kind: PenaltyKind,
    /// The fine, alone or beside a stop of activity; zero for a warning.
    pub amount: Fen,
    /// The number of the decision, or of the file while a decision of the registrar's own is being prepared.
    pub document_number: String,
    /// Who imposed it.
    pub authority: String,
    /// For what.
    pub reason: String,
    /// The day of the decision; of one of the registrar's own the day on which its file was opened.
    pub imposed_on: Date,
    /// Last day of a suspension; one of the registrar's own runs its days from its decision.
    pub until: Option<Date>,
    /// On what it rests.
    pub footing: Footing,
}

impl Act for RecordPenalty {
    type Outcome = i64;
    const NAME: &'static str = "registry.record_penalty";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        named(cx, self.organisation).await?;
        let penalty =
            Penalty { kind: self.kind, amount: self.amount, imposed_on: self.imposed_on, until: self.until };
        let mut faults = penalty.check(cx.now.date());
        let number = required(&mut faults, "B23", "document_number", &self.document_number, NUMBER_MAX);
        let authority = required(&mut faults, "B23", "authority", &self.authority, NUMBER_MAX);
        let reason = required(&mut faults, "B23", "reason", &self.reason, TEXT_MAX);
        let (sanction, evidence, replaced) = self.sanction(cx, &mut faults).await?;
        faults.extend(sanction.faults(&penalty, cx.app.book.on(self.imposed_on)));
        let (is_own, today) = (sanction.offence != Offence::OtherLaw, cx.now.date());
        let proposed = Measure::proposed(self.kind, self.amount, today, self.until);
        if is_own {
            over_already(&mut faults, &penalty, sanction.mend_by, today);
        }
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let id = cx.id();
        let is_beside = self.kind == PenaltyKind::Suspension && self.amount.0 > 0;
        let values = [
            ("organisation_id", self.organisation.into()),
            ("kind", Val::code(self.kind)),
            ("amount_fen", if is_beside { Fen::ZERO } else { self.amount }.into()),
            ("fine_beside_fen", is_beside.then_some(self.amount).into()),
            ("offence", Val::code(sanction.offence)),
            ("illegal_turnover_fen", sanction.illegal.turnover.into()),
            ("illegal_gains_fen", sanction.illegal.gains.into()),
            ("fine_base", sanction.illegal.base(sanction.base).map(Coded::code).into()),
            ("illegal_evidence", evidence.as_str().into()),
            ("confiscated_fen", sanction.confiscated().into()),
            ("mend_by", sanction.mend_by.into()),
            ("replaced", replaced.as_str().into()),
            ("document_number", number.into()),
            ("authority", authority.into()),
            ("reason", reason.into()),
            ("imposed_on", self.imposed_on.into()),
            ("until_on", self.until.into()),
            ("stop_days", proposed.stop_days.filter(|_| is_own).into()),
            ("state", "recorded".into()),
            ("recorded_by", writer(cx.actor).into()),
            ("recorded_at", cx.now.into()),
        ];
        let taken = Refusal::new("credit.document-taken", "B23").at("document_number");
        cx.insert(&PENALTY, id, &values)
            .await
            .map_err(|error| error.on_unique("penalty__document_number", taken))?;
        if is_own {
            let (subject, rule) = (penalty_papers::subject(id), RuleKey::PenaltyDecisionDays);
            deadlines::start(cx, subject, rule, self.imposed_on, self.imposed_on).await?;
        }
        Ok(id)
    }
}

/// A penalty of the registrar's own runs from its decision, which is yet to come: its last days are not over.
fn over_already(faults: &mut Vec<Refusal>, penalty: &Penalty, mend_by: Option<Date>, today: Date) {
    for (field, last, refusal) in [
        ("until", penalty.until, Refusal::new("credit.suspension-end-early", "B37")),
        ("mend_by", mend_by, Refusal::new("credit.mend-by-early", "B23")),
    ] {
        let is_told = faults.iter().any(|one| one.field.as_deref() == Some(field));
        if !is_told && last.is_some_and(|last| last < today) {
            faults.push(refusal.at(field));
        }
    }
}

impl RecordPenalty {
    /// The penalty against its article, with its texts as they are kept.
    async fn sanction(
        &self,
        cx: &mut Cx<'_>,
        faults: &mut Vec<Refusal>,
    ) -> Result<(Sanction<'_>, String, String), Error> {
        let of = kind_of(cx, self.organisation).await?;
        let footing = &self.footing;
        let evidence = optional(faults, "B23", "illegal_evidence", &footing.evidence, TEXT_MAX);
        let replaced = optional(faults, "B23", "replaced", &footing.replaced, NUMBER_MAX);
        let sanction = Sanction {
            offence: footing.offence,
            of,
            illegal: footing.illegal,
            base: footing.base,
            evidence: footing.evidence.trim(),
            mend_by: footing.mend_by,
            replaced: footing.replaced.trim(),
        };
        Ok((sanction, evidence, replaced))
    }
}

/// Confirms a penalty that another recorded, or drops it. One of the registrar's own is decided as it was told.
#[derive(Clone, Debug)]
pub struct ConfirmPenalty {
    /// Which.
    pub penalty: i64,
    /// Whether it stands as recorded.
    pub is_right: bool,
}

impl Act for ConfirmPenalty {
    type Outcome = ();
    const NAME: &'static str = "registry.confirm_penalty";
    const WHO: &'static [Role] = DIRECTORS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = lock_penalty(cx, self.penalty).await?;
        if held.is_own() {
            let (penalty, is_imposed, reason) = (self.penalty, self.is_right, String::new());
            return DecidePenalty { penalty, is_imposed, lighter: None, reason }.perform(cx).await;
        }
        if held.state != "recorded" {
            return Err(Refusal::new("credit.penalty-settled", "B23").into());
        }
        check_other_person(held.recorded_by, cx.actor.person)?;
        let state = if self.is_right { "confirmed" } else { "dropped" };
        let values = [
            ("state", state.into()),
            ("confirmed_by", writer(cx.actor).into()),
            ("confirmed_at", cx.now.into()),
        ];
        cx.update(&PENALTY, held.id, held.version, &values).await?;
        if self.is_right { take_effect(cx, &held).await } else { Ok(()) }
    }
}

/// A penalty stands: a stop of activity begins, and the public learns that it was imposed.
pub(super) async fn take_effect(cx: &mut Cx<'_>, held: &HeldPenalty) -> Result<(), Error> {
    if let Some(until) = held.until_on {
        suspend(cx, held, until).await?;
    }
    let (_, uscc) = named(cx, held.organisation_id).await?;
    cx.announce("registry.penalised", uscc);
    Ok(())
}

/// The status stands suspended from the decision's day through the last; then it is active again.
async fn suspend(cx: &mut Cx<'_>, held: &HeldPenalty, until: Date) -> Result<(), Error> {
    if until < cx.now.date() {
        // Over before it was on record: the status of days before is not changed afterwards.
        return Ok(());
    }
    let after = until.tomorrow().map_err(|_| DbError::corrupt("until_on", "a day of the calendar"))?;
    // On record since today: the status of days before is not changed afterwards.
    let first = held.imposed_on.max(cx.now.date());
    for (status, from) in [(OrganisationStatus::Suspended, first), (OrganisationStatus::Active, after)] {
        let id = cx.id();
        let values = [
            ("organisation_id", held.organisation_id.into()),
            ("status", Val::code(status)),
            ("from_on", from.into()),
            ("ground", held.document_number.as_str().into()),
        ];
        cx.insert(&STATUS_CHANGE, id, &values).await?;
    }
    step::keep(cx, held.organisation_id).await
}

/// Records that a penalty was carried out: a fine paid, a suspension kept (B30).
#[derive(Clone, Debug)]
pub struct FinishPenalty {
    /// Which.
    pub penalty: i64,
    /// The day.
    pub on: Date,
}

impl Act for FinishPenalty {
    type Outcome = ();
    const NAME: &'static str = "registry.finish_penalty";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = lock_penalty(cx, self.penalty).await?;
        if held.state != "confirmed" || held.finished_on.is_some() {
            return Err(Refusal::new("credit.penalty-settled", "B23").into());
        }
        if self.on < held.imposed_on || self.on > cx.now.date() {
            return Err(Error::Invalid(vec![
                Refusal::new("credit.penalty-day-ahead", "B30").at("finished_on"),
            ]));
        }
        cx.update(&PENALTY, held.id, held.version, &[("finished_on", self.on.into())]).await
    }
}
