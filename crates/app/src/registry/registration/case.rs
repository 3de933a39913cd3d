//! A case: its row, who may touch it, its timeline, and the silence that accepts it.

use std::collections::BTreeMap;

use domain::kernel::{
    Actor, CaseId, Coded, Date, Moment, OrganisationId, PersonId, Refusal, Role, RuleKey, Rules, Subject,
    SubjectKind,
};
use domain::registry::charity::founding::decision_limit;
use domain::registry::registration::state::Lacking;
use domain::registry::registration::visit::visits_needed;
use domain::registry::registration::{
    Answers, Application, CaseAct, CaseState, charter, preparation, silence, state,
};
use domain::registry::{DocumentKind, OrganisationKind};

use crate::db::Val;
use crate::documents::{self, Draft, Issued};
use crate::journal::{REGISTRATION_CASE, REGISTRATION_EVENT};
use crate::{App, Cx, Error, args, deadlines, row};

row! {
    /// A case as it is held.
    pub struct Case {
        /// Its row.
        id: CaseId,
        /// The row's version.
        version: i64,
        /// The number of its receipt; none while it is a draft.
        number: Option<String>,
        /// What is to be registered.
        @code kind: OrganisationKind,
        /// Where it was when it was last written; see `state_at`.
        @code state: CaseState,
        /// The name that is asked for.
        name: String,
        /// The district's six digits; empty until the street is known.
        district: String,
        /// The answers, as JSON.
        answers: String,
        /// Whose case it is.
        applicant_id: PersonId,
        /// Who keyed it in at the window.
        assisted_by: Option<PersonId>,
        /// The filing that it grows out of (B20).
        filing_id: Option<i64>,
        /// When it was started.
        opened_at: Moment,
        /// When an answer was last saved.
        saved_at: Moment,
        /// When it was first sent in.
        submitted_at: Option<Moment>,
        /// The day of the latest receipt.
        received_on: Option<Date>,
        /// The day from which it counts as accepted.
        accepted_on: Option<Date>,
        /// Accepted because the office stayed silent.
        is_deemed: bool,
        /// The one correction has been asked for.
        is_corrected: bool,
        /// Signed visits that are still needed, once it is accepted; none while it is not.
        visits_missing: Option<i64>,
        /// Items that the charter lacks; none while it has not been compared with the list (B11).
        charter_missing: Option<i64>,
        /// Opinions that are still needed, once it is accepted.
        reviews_missing: i64,
        /// When it was decided.
        decided_at: Option<Moment>,
        /// By whom.
        decided_by: Option<PersonId>,
        /// What came of it.
        organisation_id: Option<OrganisationId>,
        /// From whom the next step is expected.
        holder_id: Option<PersonId>,
        /// Invented for a demo.
        is_demo: bool,
    }
}

impl Case {
    /// What papers, documents and deadlines of this case belong to.
    pub fn subject(&self) -> Subject {
        Subject::new(SubjectKind::Case, self.id.0)
    }

    /// The answers as typed.
    pub fn answers(&self) -> Answers {
        Answers(serde_json::from_str::<BTreeMap<String, String>>(&self.answers).unwrap_or_default())
    }

    /// The application, when every question is answered.
    ///
    /// # Errors
    /// Every fault, at its field.
    pub fn application(&self) -> Result<Application, Vec<Refusal>> {
        Application::read(self.kind, &self.answers())
    }

    /// The limit of its decision: shorter when the founders apply as a charity (B12, B46).
    pub fn decision_limit(&self) -> RuleKey {
        decision_limit(self.application().is_ok_and(|application| application.is_charity))
    }

    /// The day whose rules judge the case: that of its first sending in, today for a draft (T1).
    pub fn rules_on(&self, today: Date) -> Date {
        self.submitted_at.map_or(today, Moment::date)
    }

    /// The rules that judge the case.
    pub fn rules<'a>(&self, app: &'a App, today: Date) -> Rules<'a> {
        app.book.on(self.rules_on(today))
    }

    /// The day from which silence has accepted it, if it has by `now` (B9).
    ///
    /// # Errors
    /// Beyond the published calendar.
    pub fn deemed_from(&self, app: &App, now: Moment) -> Result<Option<Date>, Refusal> {
        let Some(received) = self.received_on else { return Ok(None) };
        silence::deemed_from(self.state, received, now, self.rules(app, now.date()), &app.calendar)
    }

    /// The case as it stands at `now`: silence counts before anyone writes it down.
    ///
    /// # Errors
    /// Beyond the published calendar.
    pub fn state_at(mut self, app: &App, now: Moment) -> Result<Case, Refusal> {
        if let Some(from) = self.deemed_from(app, now)? {
            self.state = CaseState::Accepted;
            self.accepted_on = Some(from);
            self.is_deemed = true;
            let rules = self.rules(app, now.date());
            self.reviews_missing = i64::try_from(rules.count(RuleKey::ReviewOfficersMin)).unwrap_or(i64::MAX);
            self.visits_missing = Some(self.visits_needed(rules));
        }
        Ok(self)
    }

    /// How many signed visits it needs; none before every question is answered (B9, S35).
    pub(super) fn visits_needed(&self, rules: Rules<'_>) -> i64 {
        let needed = self.application().map_or(0, |application| visits_needed(&application, rules));
        i64::try_from(needed).unwrap_or(i64::MAX)
    }

    /// What it lacks before somebody can decide; whether a record waits for a signature is told.
    pub fn lacking(&self, is_unsigned: bool) -> Lacking {
        Lacking {
            visits: self.visits_missing.unwrap_or(0),
            signature: is_unsigned,
            charter: charter::expect_checked(self.kind, self.charter_missing.is_some()).is_err(),
            reviews: self.reviews_missing,
        }
    }

    /// Whether it is the reader's own: the applicant's, or keyed in by this officer for the applicant.
    pub fn is_own_of(&self, actor: &Actor) -> bool {
        match actor.post.role {
            Role::Applicant => actor.person == Some(self.applicant_id),
            Role::ApprovalOfficer => actor.person.is_some() && actor.person == self.assisted_by,
            _ => false,
        }
    }
}

/// The case, held against other writers.
///
/// # Errors
/// `NotFound`, or `Stale` when it has moved on since `version`.
pub(super) async fn hold(cx: &mut Cx<'_>, id: CaseId, version: i64) -> Result<Case, Error> {
    cx.tx.lock("registration_case", id.0).await?;
    let case: Case = cx.tx.one("SELECT * FROM registration_case WHERE id = $1", args![id]).await?;
    if case.version == version { Ok(case) } else { Err(Error::Stale) }
}

/// An own case of the actor, to be filled in.
///
/// # Errors
/// `NotFound` for strangers, `Stale`, or that it cannot be changed now.
pub(super) async fn hold_own(cx: &mut Cx<'_>, id: CaseId, version: i64) -> Result<Case, Error> {
    let case = hold(cx, id, version).await.map_err(|error| match error {
        Error::Stale => Error::Stale,
        _ => Error::NotFound,
    })?;
    if case.is_own_of(cx.actor) { Ok(case) } else { Err(Error::NotFound) }
}

/// A case on an official's desk, with the state to which `act` takes it. Silence is written down first, so
/// that the act meets the case as the law sees it.
///
/// # Errors
/// `NotFound` for drafts, `Stale`, an own case, or an act that is not possible now.
pub(super) async fn hold_on_desk(
    cx: &mut Cx<'_>,
    id: CaseId,
    version: i64,
    act: CaseAct,
) -> Result<(Case, CaseState, PersonId), Error> {
    let person = cx.actor.person.ok_or(Error::NotPermitted)?;
    let case = hold(cx, id, version).await?;
    if case.number.is_none() {
        return Err(Error::NotFound);
    }
    hands(&case, &[], &[]).may_handle(person)?;
    let case = settle(cx, case).await?;
    let next = act.from(case.state, case.is_corrected)?;
    Ok((case, next, person))
}

/// Who has had a hand in the case.
pub(super) fn hands<'a>(
    case: &Case,
    reviewers: &'a [PersonId],
    visitors: &'a [PersonId],
) -> state::Hands<'a> {
    state::Hands { applicant: case.applicant_id, assisted_by: case.assisted_by, reviewers, visitors }
}

/// Writes down that silence has accepted the case, with the notice that the office owes.
pub(super) async fn settle(cx: &mut Cx<'_>, case: Case) -> Result<Case, Error> {
    let Some(from) = case.deemed_from(cx.app, cx.now)? else { return Ok(case) };
    let values = [
        ("state", CaseState::Accepted.code().into()),
        ("accepted_on", from.into()),
        ("is_deemed", true.into()),
        ("visits_missing", case.visits_needed(case.rules(cx.app, cx.now.date())).into()),
        ("reviews_missing", reviews_needed(cx, &case).into()),
    ];
    write(cx, &case, &values).await?;
    note(cx, &case, CaseAct::Deem, None, "").await?;
    start_review(cx, &case, from).await?;
    let settled = reload(cx, &case).await?;
    tell_accepted(cx, &settled, from).await?;
    Ok(settled)
}

/// Issues the acceptance, which says that until the certificate nothing but preparation is allowed (B15).
pub(super) async fn tell_accepted(cx: &mut Cx<'_>, case: &Case, on: Date) -> Result<Issued, Error> {
    let facts = [("accepted_on", on.into())];
    tell(cx, case, DocumentKind::Acceptance, &facts, vec![preparation::told()]).await
}

/// How many officers review a case under its rules (B9).
pub(super) fn reviews_needed(cx: &Cx<'_>, case: &Case) -> usize {
    case.rules(cx.app, cx.now.date()).count(RuleKey::ReviewOfficersMin)
}

/// The deadlines that run from acceptance: the law's and the promised one (B12).
pub(super) async fn start_review(cx: &mut Cx<'_>, case: &Case, from: Date) -> Result<(), Error> {
    let (subject, rules_on) = (case.subject(), case.rules_on(cx.now.date()));
    deadlines::done(cx, subject, RuleKey::CorrectionWorkingDays).await?;
    deadlines::start(cx, subject, case.decision_limit(), from, rules_on).await?;
    deadlines::start(cx, subject, RuleKey::RegistrationPromiseWorkingDays, from, rules_on).await
}

/// Changes columns of the case.
pub(super) async fn write(cx: &mut Cx<'_>, case: &Case, values: &[(&'static str, Val)]) -> Result<(), Error> {
    cx.update(&REGISTRATION_CASE, case.id.0, case.version, values).await
}

async fn reload(cx: &mut Cx<'_>, case: &Case) -> Result<Case, Error> {
    Ok(cx.tx.one("SELECT * FROM registration_case WHERE id = $1", args![case.id]).await?)
}

/// Adds a line to the case's timeline.
pub(super) async fn note(
    cx: &mut Cx<'_>,
    case: &Case,
    act: CaseAct,
    person: Option<PersonId>,
    text: &str,
) -> Result<(), Error> {
    let sql = "SELECT count(*) FROM registration_event WHERE case_id = $1";
    let place = cx.tx.number(sql, args![case.id]).await? + 1;
    let id = cx.id();
    let values = [
        ("case_id", case.id.into()),
        ("place", place.into()),
        ("at", cx.now.into()),
        ("person_id", person.into()),
        ("act", act.code().into()),
        ("note", text.trim().into()),
    ];
    cx.insert(&REGISTRATION_EVENT, id, &values).await
}

/// Issues a document of the case to its applicant. Its sentence knows name, number and receipt of the case
/// besides the given facts.
pub(super) async fn tell(
    cx: &mut Cx<'_>,
    case: &Case,
    kind: DocumentKind,
    facts: &[(&'static str, domain::kernel::Fact)],
    items: Vec<domain::kernel::Finding>,
) -> Result<Issued, Error> {
    let sql = "SELECT name FROM person WHERE id = $1";
    let (addressee,): (String,) = cx.tx.one(sql, args![case.applicant_id]).await?;
    let mut all = vec![
        ("name", case.name.as_str().into()),
        ("number", case.number.clone().unwrap_or_default().into()),
        ("received_on", case.received_on.unwrap_or(cx.now.date()).into()),
    ];
    all.extend(facts.iter().cloned());
    let draft = Draft {
        kind,
        subject: case.subject(),
        organisation: case.organisation_id,
        person: Some(case.applicant_id),
        addressee,
        facts: all,
        items,
        is_public: false,
    };
    documents::issue(cx, &draft).await
}
