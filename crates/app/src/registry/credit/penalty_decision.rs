//! The decision on a penalty of the registrar's own: after its notice, the answer and the hearing, by another person, and
//! never heavier than it was told (B23, C14).

use domain::kernel::{Date, Fen, Refusal, Role, RuleKey};
use domain::registry::DocumentKind;
use domain::registry::credit::penalty_case::last_day;
use domain::registry::credit::{Measure, Penalty, PenaltyKind, Sanction};
use domain::registry::document::Withdrawal;

use super::held::{HeldPenalty, kind_of, lock_penalty};
use super::penalty::take_effect;
use super::{DIRECTORS, TEXT_MAX, optional, penalty_papers, required, writer};
use crate::db::Val;
use crate::journal::PENALTY;
use crate::{Act, Cx, Error, deadlines, documents};

/// Decides a penalty of the registrar's own.
#[derive(Clone, Debug)]
pub struct DecidePenalty {
    /// Which.
    pub penalty: i64,
    /// Whether it is imposed; otherwise it is dropped.
    pub is_imposed: bool,
    /// What is imposed instead of what was told; never heavier.
    pub lighter: Option<Measure>,
    /// Why so, with an answer to what the organisation said; asked where it said something.
    pub reason: String,
}

impl Act for DecidePenalty {
    type Outcome = ();
    const NAME: &'static str = "registry.decide_penalty";
    const WHO: &'static [Role] = DIRECTORS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = lock_penalty(cx, self.penalty).await?;
        let (decider, today) = (cx.actor.person, cx.now.date());
        let facts = held.facts();
        if self.is_imposed {
            facts.may_be_imposed(decider, today)?;
        } else {
            facts.may_be_dropped(decider)?;
        }
        let mut faults = Vec::new();
        let reason = if held.is_stated() {
            required(&mut faults, "B23", "reason", &self.reason, TEXT_MAX)
        } else {
            optional(&mut faults, "B23", "reason", &self.reason, TEXT_MAX)
        };
        let imposed = if self.is_imposed { self.imposed(cx, &held, &mut faults).await? } else { None };
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        deadlines::resume(cx, held.subject()).await?;
        deadlines::done(cx, held.subject(), RuleKey::PenaltyDecisionDays).await?;
        match imposed {
            Some(penalty) => impose(cx, held, &penalty, reason).await,
            None => drop_it(cx, &held, reason).await,
        }
    }
}

impl DecidePenalty {
    /// The penalty as it is imposed today; none with what is wrong with it among `faults`.
    async fn imposed(
        &self,
        cx: &mut Cx<'_>,
        held: &HeldPenalty,
        faults: &mut Vec<Refusal>,
    ) -> Result<Option<Penalty>, Error> {
        let today = cx.now.date();
        let noticed = held.measure();
        let decided = self.lighter.unwrap_or(noticed);
        faults.extend(decided.heavier_than(&noticed, held.is_stated()));
        let penalty = match decided.decided(today) {
            Ok(penalty) => penalty,
            Err(found) => {
                faults.extend(found);
                return Ok(None);
            }
        };
        let sanction = Sanction {
            offence: held.offence(),
            of: kind_of(cx, held.organisation_id).await?,
            illegal: held.illegal(),
            base: held.fine_base,
            evidence: held.illegal_evidence.as_deref().unwrap_or_default(),
            mend_by: mend_by(held, today),
            replaced: held.replaced.as_deref().unwrap_or_default(),
        };
        if self.lighter.is_some() && faults.is_empty() {
            faults.extend(sanction.faults(&penalty, cx.app.book.on(held.imposed_on)));
        }
        Ok(Some(penalty))
    }
}

/// The last day to mend: as many days after the decision as were told.
fn mend_by(held: &HeldPenalty, decided: Date) -> Option<Date> {
    held.mend_days().and_then(|days| last_day(decided, days.saturating_add(1)))
}

async fn impose(
    cx: &mut Cx<'_>,
    mut held: HeldPenalty,
    penalty: &Penalty,
    reason: String,
) -> Result<(), Error> {
    let is_beside = penalty.kind == PenaltyKind::Suspension && penalty.amount.0 > 0;
    held.kind = penalty.kind;
    held.amount_fen = if is_beside { Fen::ZERO } else { penalty.amount };
    held.fine_beside_fen = is_beside.then_some(penalty.amount);
    held.mend_by = mend_by(&held, penalty.imposed_on);
    held.imposed_on = penalty.imposed_on;
    held.until_on = penalty.until;
    held.decision = Some(reason);
    held.document_number = penalty_papers::decision(cx, &held).await?;
    let values = [
        ("kind", Val::code(held.kind)),
        ("amount_fen", held.amount_fen.into()),
        ("fine_beside_fen", held.fine_beside_fen.into()),
        ("imposed_on", held.imposed_on.into()),
        ("until_on", held.until_on.into()),
        ("mend_by", held.mend_by.into()),
        ("document_number", held.document_number.as_str().into()),
        ("decision", held.decision.as_deref().into()),
        ("state", "confirmed".into()),
        ("confirmed_by", writer(cx.actor).into()),
        ("confirmed_at", cx.now.into()),
    ];
    cx.update(&PENALTY, held.id, held.version, &values).await?;
    take_effect(cx, &held).await
}

async fn drop_it(cx: &mut Cx<'_>, held: &HeldPenalty, reason: String) -> Result<(), Error> {
    let values = [
        ("state", "dropped".into()),
        ("decision", reason.into()),
        ("confirmed_by", writer(cx.actor).into()),
        ("confirmed_at", cx.now.into()),
    ];
    cx.update(&PENALTY, held.id, held.version, &values).await?;
    let why = documents::coded_why(Withdrawal::NotPunished);
    for kind in [DocumentKind::PenaltyNotice, DocumentKind::PenaltyHearing] {
        documents::withdraw(cx, held.subject(), kind, &why).await?;
    }
    Ok(())
}
