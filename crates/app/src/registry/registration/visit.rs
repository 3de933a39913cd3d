//! The visit to the premises: one of two officers writes down what they found, the other signs (B9, S35).

use std::collections::BTreeMap;

use domain::kernel::{Actor, CaseId, Finding, Moment, PersonId, Refusal, Role};
use domain::registry::DocumentKind;
use domain::registry::registration::{CaseAct, TypedVisit, VisitPoint, visit};

use super::case::{self, Case, hold_on_desk};
use super::intake::expect_text;
use crate::db::{Row, Val};
use crate::journal::REGISTRATION_VISIT;
use crate::{Act, App, Cx, Error, args, row};

/// Writes down what two officers found.
#[derive(Clone)]
pub struct RecordVisit {
    /// Which case.
    pub case: CaseId,
    /// The version that the officer saw.
    pub version: i64,
    /// The record as typed.
    pub typed: TypedVisit,
    /// The other officer, who has to sign.
    pub companion: Option<PersonId>,
}

impl Act for RecordVisit {
    type Outcome = ();
    const NAME: &'static str = "registry.record_registration_visit";
    const WHO: &'static [Role] = &[Role::ApprovalOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let act = CaseAct::RecordVisit;
        let (case, _, person) = hold_on_desk(cx, self.case, self.version, act).await?;
        case::hands(&case, &[], &[]).may_visit(person)?;
        if waiting(cx, &case).await?.is_some() {
            return Err(Refusal::new("registration.visit-unsigned", "B9").into());
        }
        let today = cx.now.date();
        let day = self.typed.day(case.accepted_on.unwrap_or(today), today);
        let companion = companion(cx, &case, person, self.companion).await?;
        let (day, companion) = match (day, companion) {
            (Ok(day), Ok(companion)) => (day, companion),
            (day, companion) => {
                let mut faults: Vec<Refusal> = companion.err().into_iter().collect();
                faults.extend(day.err().unwrap_or_default());
                return Err(Error::Invalid(faults));
            }
        };
        let agrees = |point| Val::from(self.typed.verdict(point) == Some(true));
        let id = cx.id();
        let values = [
            ("case_id", case.id.into()),
            ("visited_on", day.into()),
            ("place", self.typed.place.trim().into()),
            ("met", self.typed.met.trim().into()),
            ("is_premises", agrees(VisitPoint::Premises)),
            ("is_originals", agrees(VisitPoint::Originals)),
            ("is_purpose", agrees(VisitPoint::Purpose)),
            ("text", self.typed.text.trim().into()),
            ("recorded_by", person.into()),
            ("recorded_at", cx.now.into()),
            ("companion_id", companion.into()),
            ("declined_why", "".into()),
        ];
        cx.insert(&REGISTRATION_VISIT, id, &values).await?;
        case::note(cx, &case, act, Some(person), "").await?;
        case::write(cx, &case, &[("saved_at", case.saved_at.into())]).await
    }
}

/// The other of the two: an officer of the window who has no part in the application itself.
async fn companion(
    cx: &mut Cx<'_>,
    case: &Case,
    recorder: PersonId,
    named: Option<PersonId>,
) -> Result<Result<PersonId, Refusal>, Error> {
    let companion = match visit::companion(recorder, named) {
        Ok(companion) => companion,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if let Err(refusal) = case::hands(case, &[], &[]).may_visit(companion) {
        return Ok(Err(refusal.at("companion")));
    }
    let sql = "SELECT count(*) FROM post p JOIN person n ON n.id = p.person_id
               WHERE p.person_id = $1 AND p.role = 'approval_officer' AND p.until IS NULL AND n.is_active = 1";
    let is_officer = cx.tx.number(sql, args![companion]).await? > 0;
    Ok(if is_officer {
        Ok(companion)
    } else {
        Err(Refusal::new("registration.visit-companion", "B9").at("companion"))
    })
}

/// Signs the record as the other of the two, or says why not; what is not signed by both is no record.
#[derive(Clone)]
pub struct SignVisit {
    /// Which case.
    pub case: CaseId,
    /// The version that the officer saw.
    pub version: i64,
    /// Whether it says what this officer saw.
    pub agrees: bool,
    /// Why not; needed when it does not.
    pub why: String,
}

impl Act for SignVisit {
    type Outcome = ();
    const NAME: &'static str = "registry.sign_registration_visit";
    const WHO: &'static [Role] = &[Role::ApprovalOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let act = CaseAct::SignVisit;
        let (case, _, person) = hold_on_desk(cx, self.case, self.version, act).await?;
        let Some(waiting) = waiting(cx, &case).await? else {
            return Err(Refusal::new("registration.visit-none", "B9").into());
        };
        if waiting.companion_id != person {
            return Err(Refusal::new("registration.visit-other", "B9")
                .with("name", waiting.companion)
                .into());
        }
        if !self.agrees {
            expect_text(&self.why, "why", "B9")?;
            let values = [("declined_at", cx.now.into()), ("declined_why", self.why.trim().into())];
            cx.update(&REGISTRATION_VISIT, waiting.id, waiting.version, &values).await?;
            case::note(cx, &case, act, Some(person), &self.why).await?;
            return case::write(cx, &case, &[("saved_at", case.saved_at.into())]).await;
        }
        let values = [("signed_at", cx.now.into())];
        cx.update(&REGISTRATION_VISIT, waiting.id, waiting.version, &values).await?;
        tell(cx, &case, &waiting).await?;
        case::note(cx, &case, act, Some(person), "").await?;
        let missing = case.visits_missing.map(|missing| (missing - 1).max(0));
        case::write(cx, &case, &[("visits_missing", missing.into())]).await
    }
}

/// The record as a document: the applicant gets a copy.
async fn tell(cx: &mut Cx<'_>, case: &Case, of: &Visit) -> Result<(), Error> {
    let facts = [
        ("visited_on", of.visited_on.into()),
        ("place", of.place.as_str().into()),
        ("met", of.met.as_str().into()),
        ("recorder", of.recorder.as_str().into()),
        ("companion", of.companion.as_str().into()),
        ("text", of.text.as_str().into()),
    ];
    let points = of.points().into_iter().map(|(point, agrees)| point_finding(point, agrees)).collect();
    case::tell(cx, case, DocumentKind::VisitRecord, &facts, points).await?;
    Ok(())
}

/// What a point of the record says, for the document and for whoever decides.
fn point_finding(point: VisitPoint, agrees: bool) -> Finding {
    if agrees {
        Finding::met("registration.visit-agrees", "B9").with_code("point", point)
    } else {
        Finding::warn("registration.visit-differs", "B9").with_code("point", point)
    }
}

row! {
    /// A record of a visit.
    pub struct Visit {
        /// Its row.
        id: i64,
        /// The row's version.
        version: i64,
        /// The day.
        visited_on: domain::kernel::Date,
        /// Where.
        place: String,
        /// Whom they met.
        met: String,
        /// The premises are as the application says.
        is_premises: bool,
        /// The papers agree with their originals.
        is_originals: bool,
        /// Room and equipment serve the purpose.
        is_purpose: bool,
        /// What they found.
        text: String,
        /// Who wrote it down.
        recorder: String,
        /// Who that is.
        recorded_by: PersonId,
        /// When.
        recorded_at: Moment,
        /// The other officer.
        companion: String,
        /// Who that is.
        companion_id: PersonId,
        /// When the other signed.
        signed_at: Option<Moment>,
        /// When the other declined to.
        declined_at: Option<Moment>,
        /// Why.
        declined_why: String,
    }
}

impl Visit {
    /// Whether the other officer has neither signed nor declined.
    pub fn is_waiting(&self) -> bool {
        self.signed_at.is_none() && self.declined_at.is_none()
    }

    /// Each point, and whether it agrees.
    pub fn points(&self) -> [(VisitPoint, bool); 3] {
        [
            (VisitPoint::Premises, self.is_premises),
            (VisitPoint::Originals, self.is_originals),
            (VisitPoint::Purpose, self.is_purpose),
        ]
    }
}

const VISITS: &str = "SELECT v.*, r.name AS recorder, c.name AS companion FROM registration_visit v
    JOIN person r ON r.id = v.recorded_by JOIN person c ON c.id = v.companion_id WHERE v.case_id = $1";

/// The visits of a case, the oldest first.
///
/// # Errors
/// The database could not be read.
pub async fn of(app: &App, case: &Case) -> Result<Vec<Visit>, Error> {
    Ok(app.db.all(&format!("{VISITS} ORDER BY v.recorded_at, v.id"), args![case.id]).await?)
}

/// The record that waits for the other officer.
async fn waiting(cx: &mut Cx<'_>, case: &Case) -> Result<Option<Visit>, Error> {
    let sql = format!("{VISITS} AND v.signed_at IS NULL AND v.declined_at IS NULL");
    Ok(cx.tx.maybe(&sql, args![case.id]).await?)
}

/// Who recorded or signed a visit; whoever did decides no more (B9).
///
/// # Errors
/// `registration.visit-unsigned` while a record waits for its second signature.
pub(super) async fn visitors(cx: &mut Cx<'_>, case: &Case) -> Result<Vec<PersonId>, Error> {
    if waiting(cx, case).await?.is_some() {
        return Err(Refusal::new("registration.visit-unsigned", "B9").into());
    }
    seen_by(cx, case).await
}

/// Who recorded a visit or was named as the other, signed or not.
pub(super) async fn seen_by(cx: &mut Cx<'_>, case: &Case) -> Result<Vec<PersonId>, Error> {
    let visits: Vec<Visit> = cx.tx.all(VISITS, args![case.id]).await?;
    Ok(visits.iter().flat_map(|visit| [visit.recorded_by, visit.companion_id]).collect())
}

/// What a case lacks of visits, and what the signed ones found: for the officer's list of conditions.
///
/// # Errors
/// The database could not be read.
pub(super) async fn findings(app: &App, case: &Case) -> Result<Vec<Finding>, Error> {
    let visits = of(app, case).await?;
    let signed = || visits.iter().filter(|visit| visit.signed_at.is_some());
    let mut all = Vec::new();
    if case.visits_missing.is_some_and(|missing| missing > 0) || signed().next().is_some() {
        let holds = case.visits_missing.unwrap_or(0) == 0;
        all.push(Finding::required("registration.visited", "B9", holds).with("signed", signed().count()));
    }
    let points = signed().flat_map(Visit::points);
    all.extend(points.filter(|(_, agrees)| !agrees).map(|(point, agrees)| point_finding(point, agrees)));
    Ok(all)
}

/// The cases whose record waits for a signature, each with the officer who has to give it.
///
/// # Errors
/// The database could not be read.
pub async fn unsigned(app: &App) -> Result<BTreeMap<CaseId, PersonId>, Error> {
    let sql = "SELECT case_id, companion_id FROM registration_visit
               WHERE signed_at IS NULL AND declined_at IS NULL";
    let mut found = BTreeMap::new();
    for row in app.db.all::<Row>(sql, args![]).await? {
        found.insert(CaseId(row.get("case_id")?), PersonId(row.get("companion_id")?));
    }
    Ok(found)
}

/// The officers who can go along: everyone of the window but the reader, and nobody with a part in the case.
///
/// # Errors
/// The database could not be read.
pub async fn companions(app: &App, actor: &Actor, case: &Case) -> Result<Vec<Officer>, Error> {
    let sql = "SELECT DISTINCT n.id, n.name FROM person n JOIN post p ON p.person_id = n.id
               WHERE p.role = 'approval_officer' AND p.until IS NULL AND n.is_active = 1 ORDER BY n.name, n.id";
    let hands = case::hands(case, &[], &[]);
    let may_go = |one: &Officer| actor.person != Some(one.id) && hands.may_visit(one.id).is_ok();
    let all: Vec<Officer> = app.db.all(sql, args![]).await?;
    Ok(all.into_iter().filter(may_go).collect())
}

row! {
    /// An officer of the window.
    pub struct Officer {
        /// Who.
        id: PersonId,
        /// Their name.
        name: String,
    }
}
