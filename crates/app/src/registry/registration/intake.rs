//! The window: one correction with every defect, acceptance, or that it is no matter for it (B6, B9, S11).

use std::collections::BTreeSet;

use domain::kernel::{CaseId, Coded, Finding, PersonId, Refusal, Role, RuleKey};
use domain::registry::DocumentKind;
use domain::registry::registration::denial::{self, Defect, NonAcceptanceGround};
use domain::registry::registration::{CaseAct, CaseState, threshold};

use super::case::{self, Case, hold_on_desk};
use crate::{Act, Cx, Error, args, deadlines};

/// No text of an official is longer, in characters.
pub(super) const TEXT_MAX: usize = 2_000;

/// Tells every defect, once.
#[derive(Clone)]
pub struct RequestCorrection {
    /// Which case.
    pub case: CaseId,
    /// The version that the officer saw.
    pub version: i64,
    /// What is wrong where, in words that say what to do.
    pub defects: Vec<(Defect, String)>,
}

impl Act for RequestCorrection {
    type Outcome = ();
    const NAME: &'static str = "registry.request_registration_correction";
    const WHO: &'static [Role] = &[Role::ApprovalOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let act = CaseAct::RequestCorrection;
        let (case, next, person) = hold_on_desk(cx, self.case, self.version, act).await?;
        if self.defects.is_empty() {
            let first = Defect::ALL.first().copied().map_or_else(String::new, field_of);
            return Err(Error::Invalid(vec![Refusal::new("registration.defects-missing", "B9").at(first)]));
        }
        let too_long =
            self.defects.iter().filter_map(|(defect, text)| text_fault(text, field_of(*defect), "B9"));
        let mut faults: Vec<Refusal> = too_long.collect();
        if self.defects.iter().any(|(defect, _)| *defect == Defect::Funds)
            && let Ok(application) = case.application()
        {
            let asked = threshold::may_ask_for_funds(&application, case.rules(cx.app, cx.now.date()));
            faults.extend(asked.map_err(|refusal| refusal.at(field_of(Defect::Funds))).err());
        }
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let items = self.defects.iter().map(|(defect, text)| {
            Finding::barred("registration.defect", "B11")
                .with_code("defect", *defect)
                .with("text", text.trim())
        });
        case::tell(cx, &case, DocumentKind::CorrectionNotice, &[], items.collect()).await?;
        deadlines::done(cx, case.subject(), RuleKey::CorrectionWorkingDays).await?;
        case::note(cx, &case, act, Some(person), "").await?;
        case::write(cx, &case, &[("state", next.code().into()), ("is_corrected", true.into())]).await
    }
}

/// Takes the application up.
#[derive(Clone, Copy)]
pub struct AcceptCase {
    /// Which case.
    pub case: CaseId,
    /// The version that the officer saw.
    pub version: i64,
}

impl Act for AcceptCase {
    type Outcome = ();
    const NAME: &'static str = "registry.accept_registration";
    const WHO: &'static [Role] = &[Role::ApprovalOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (case, next, person) = hold_on_desk(cx, self.case, self.version, CaseAct::Accept).await?;
        take_up(cx, &case, next, person).await
    }
}

async fn take_up(cx: &mut Cx<'_>, case: &Case, next: CaseState, person: PersonId) -> Result<(), Error> {
    let today = cx.now.date();
    case::start_review(cx, case, today).await?;
    case::tell_accepted(cx, case, today).await?;
    case::note(cx, case, CaseAct::Accept, Some(person), "").await?;
    let values = [
        ("state", next.code().into()),
        ("accepted_on", today.into()),
        ("visits_missing", case.visits_needed(case.rules(cx.app, today)).into()),
        ("reviews_missing", case::reviews_needed(cx, case).into()),
    ];
    case::write(cx, case, &values).await
}

/// Takes several applications up at once: each is judged by the same rule, and one that is refused stops
/// them all, so that the officer sees every reason and nothing is half done.
#[derive(Clone)]
pub struct AcceptMany {
    /// The number of each case, with the version that the officer saw.
    pub cases: Vec<(String, i64)>,
}

/// Cases of one batch at most.
pub const BATCH_MAX: usize = 200;

impl Act for AcceptMany {
    type Outcome = ();
    const NAME: &'static str = "registry.accept_registrations";
    const WHO: &'static [Role] = &[Role::ApprovalOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let person = cx.actor.person.ok_or(Error::NotPermitted)?;
        let refuse = |code, field: String| Refusal::new(code, "B9").at(field);
        if self.cases.is_empty() {
            return Err(Error::Invalid(vec![refuse("registration.none-chosen", "case".to_owned())]));
        }
        if self.cases.len() > BATCH_MAX {
            let refusal = refuse("registration.too-many-chosen", "case".to_owned());
            return Err(Error::Invalid(vec![refusal.with("most", BATCH_MAX)]));
        }
        let (mut sound, mut refused) = (Vec::new(), Vec::new());
        // In one order, so that two batches at once wait for each other instead of crossing.
        let ordered: BTreeSet<&(String, i64)> = self.cases.iter().collect();
        for (number, version) in ordered {
            let field = format!("case.{number}");
            let (id,): (CaseId,) =
                cx.tx.one("SELECT id FROM registration_case WHERE number = $1", args![number]).await?;
            match case::hold(cx, id, *version).await {
                Ok(held) => match may_take_up(cx, held, person) {
                    Ok(found) => sound.push(found),
                    Err(refusal) => refused.push(refusal.at(field)),
                },
                Err(Error::Stale) => refused.push(refuse("registration.case-changed", field)),
                Err(other) => return Err(other),
            }
        }
        if !refused.is_empty() {
            return Err(Error::Invalid(refused));
        }
        for (held, next) in &sound {
            take_up(cx, held, *next, person).await?;
        }
        Ok(())
    }
}

/// Whether this person may take the case up now; one that silence accepted is taken up already (B9).
fn may_take_up(cx: &Cx<'_>, held: Case, person: PersonId) -> Result<(Case, CaseState), Refusal> {
    case::hands(&held, &[], &[]).may_handle(person)?;
    let now = held.state_at(cx.app, cx.now)?;
    let next = CaseAct::Accept.from(now.state, now.is_corrected)?;
    Ok((now, next))
}

/// Refuses to take it up: it is no matter for this window.
#[derive(Clone)]
pub struct RefuseAcceptance {
    /// Which case.
    pub case: CaseId,
    /// The version that the officer saw.
    pub version: i64,
    /// Which of the listed grounds.
    pub ground: NonAcceptanceGround,
    /// Why, in words.
    pub reasons: String,
}

impl Act for RefuseAcceptance {
    type Outcome = ();
    const NAME: &'static str = "registry.refuse_registration_acceptance";
    const WHO: &'static [Role] = &[Role::ApprovalOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let act = CaseAct::RefuseAcceptance;
        let (case, next, person) = hold_on_desk(cx, self.case, self.version, act).await?;
        Error::all([
            denial::check_reasons(&self.reasons).map_err(Error::from),
            expect_text(&self.reasons, "reasons", "B10"),
        ])?;
        let item = Finding::barred("registration.non-acceptance", "B6")
            .with_code("ground", self.ground)
            .with("reasons", self.reasons.trim());
        case::tell(cx, &case, DocumentKind::NonAcceptance, &[], vec![item]).await?;
        deadlines::done(cx, case.subject(), RuleKey::CorrectionWorkingDays).await?;
        case::note(cx, &case, act, Some(person), &self.reasons).await?;
        case::write(cx, &case, &[("state", next.code().into()), ("decided_at", cx.now.into())]).await
    }
}

/// Something is written, and not too much.
pub(super) fn expect_text(text: &str, field: &'static str, rule: &'static str) -> Result<(), Error> {
    text_fault(text, field, rule).map_or(Ok(()), |refusal| Err(Error::Invalid(vec![refusal])))
}

fn text_fault(text: &str, field: impl Into<String>, rule: &'static str) -> Option<Refusal> {
    let signs = text.trim().chars().count();
    let refusal = match signs {
        0 => Refusal::new("registration.text-missing", rule),
        _ if signs > TEXT_MAX => Refusal::new("registration.text-too-long", rule).with("max", TEXT_MAX),
        _ => return None,
    };
    Some(refusal.at(field))
}

/// Where the notice names a defect on the page.
fn field_of(defect: Defect) -> String {
    format!("defect-{}", defect.code())
}
