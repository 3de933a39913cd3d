//! What the applicant does before sending in: start, answer, attach papers, take back (B9, B11).
//!
//! An officer at the window may do it for someone; both names stay on record.

use domain::kernel::{CaseId, Coded, Date, PaperId, PersonId, Refusal, Role};
use domain::registry::registration::{Answers, CaseAct, CaseState, Step};
use domain::registry::{OrganisationKind, head};

use super::{case, names};
use crate::journal::REGISTRATION_CASE;
use crate::papers::{self, Owner};
use crate::registry::area::areas;
use crate::registry::heads;
use crate::{Act, Cx, Error, args, deadlines, divisions};

/// Starts a case. The outcome is its id.
#[derive(Clone)]
pub struct StartCase {
    /// What is to be registered.
    pub kind: OrganisationKind,
    /// The name that is asked for.
    pub name: String,
    /// The sign-in name of the applicant, when an officer at the window keys it in.
    pub applicant: String,
    /// Invented for a demo.
    pub is_demo: bool,
}

impl Act for StartCase {
    type Outcome = CaseId;
    const NAME: &'static str = "registry.start_registration";
    const WHO: &'static [Role] = &[Role::Applicant, Role::ApprovalOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<CaseId, Error> {
        let person = cx.actor.person.ok_or(Error::NotPermitted)?;
        let (applicant, assisted_by) = match cx.actor.post.role {
            Role::ApprovalOfficer => (applicant_called(cx, self).await?, Some(person)),
            _ => (person, None),
        };
        start(cx, self, (applicant, assisted_by), Origin::default()).await
    }
}

/// What an application begins with besides its name.
#[derive(Default)]
pub(super) struct Origin {
    /// The filing that it grows out of.
    pub(super) filing: Option<i64>,
    /// What is known already.
    pub(super) answers: Answers,
}

/// Enters the draft for its applicant.
pub(super) async fn start(
    cx: &mut Cx<'_>,
    of: &StartCase,
    (applicant, assisted_by): (PersonId, Option<PersonId>),
    origin: Origin,
) -> Result<CaseId, Error> {
    if !of.kind.is_social_organisation() {
        return Err(Error::Invalid(vec![Refusal::new("registration.kind", "B1").at("kind")]));
    }
    if assisted_by == Some(applicant) {
        return Err(Refusal::new("registration.own-case", "B9").into());
    }
    let name = of.name.trim();
    names::expect_free(cx.app, of.kind, name, None).await?;
    let id = CaseId(cx.id());
    let mut answers = origin.answers;
    answers.0.insert("name".to_owned(), name.to_owned());
    let text = serde_json::to_string(&answers.0).map_err(|error| Error::Folder(error.to_string()))?;
    let district = district_of(&answers, cx.now.date());
    let values = [
        ("number", None::<String>.into()),
        ("serial_year", None::<i64>.into()),
        ("serial", None::<i64>.into()),
        ("kind", of.kind.code().into()),
        ("state", CaseState::Draft.code().into()),
        ("name", name.into()),
        ("district", district.into()),
        ("answers", text.into()),
        ("identity_digest", "".into()),
        ("applicant_id", applicant.into()),
        ("assisted_by", assisted_by.into()),
        ("filing_id", origin.filing.into()),
        ("opened_at", cx.now.into()),
        ("saved_at", cx.now.into()),
        ("is_deemed", false.into()),
        ("is_corrected", false.into()),
        ("reviews_missing", 0_i64.into()),
        ("is_demo", of.is_demo.into()),
    ];
    cx.insert(&REGISTRATION_CASE, id.0, &values).await?;
    let held = case::hold(cx, id, 1).await?;
    let person = cx.actor.person;
    case::note(cx, &held, CaseAct::Start, person, "").await?;
    Ok(id)
}

/// The applicant whom an officer keys in for; that there is none is told together with a name that is not free.
pub(super) async fn applicant_called(cx: &mut Cx<'_>, of: &StartCase) -> Result<PersonId, Error> {
    let sql = "SELECT n.id FROM person n JOIN post p ON p.person_id = n.id
               WHERE n.login = $1 AND n.is_active = 1 AND p.role = 'applicant' AND p.until IS NULL";
    let found: Option<(PersonId,)> = cx.tx.maybe(sql, args![of.applicant.trim()]).await?;
    let unknown = || Refusal::new("registration.applicant-unknown", "S11").at("applicant");
    let called = found.map(|(id,)| id).ok_or_else(|| Error::from(unknown()));
    let free = names::expect_free(cx.app, of.kind, of.name.trim(), None).await;
    Error::all([called.clone().map(|_| ()), free])?;
    called
}

/// Saves the answers of one page.
#[derive(Clone)]
pub struct SaveAnswers {
    /// Which case.
    pub case: CaseId,
    /// The version that the writer saw.
    pub version: i64,
    /// Which page.
    pub step: Step,
    /// As typed; fields of other pages are left out.
    pub typed: Answers,
}

impl Act for SaveAnswers {
    type Outcome = ();
    const NAME: &'static str = "registry.save_registration_answers";
    const WHO: &'static [Role] = &[Role::Applicant, Role::ApprovalOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = case::hold_own(cx, self.case, self.version).await?;
        expect_editable(&case)?;
        let answers = with_page(&case, self.step, &self.typed);
        let faults = answers.faults_at(self.step, case.kind);
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let name = answers.text("name");
        if self.step == Step::Name {
            names::expect_free(cx.app, case.kind, name, Some(case.id)).await?;
        }
        let is_area_asked = self.step == Step::Purpose && Step::asks(case.kind, "area");
        if let Some(outside) = areas().finding(answers.text("area")).refusal()
            && is_area_asked
            && !answers.text("area").is_empty()
        {
            return Err(Error::Invalid(vec![outside.at("area")]));
        }
        if self.step == Step::Premises && divisions::street(answers.text("division")).is_none() {
            return Err(Error::Invalid(vec![
                Refusal::new("registration.street-unknown", "B44").at("division"),
            ]));
        }
        write_answers(cx, &case, name, &answers).await
    }
}

/// Keeps what was typed on a page so far, whether it is whole or not: what is missing is told when the applicant
/// goes on. The name is kept whole or not at all, because it is reserved with the case.
#[derive(Clone)]
pub struct KeepAnswers {
    /// Which case.
    pub case: CaseId,
    /// The version that the writer saw.
    pub version: i64,
    /// Which page; not that of the name.
    pub step: Step,
    /// As typed; fields of other pages are left out.
    pub typed: Answers,
}

impl Act for KeepAnswers {
    type Outcome = ();
    const NAME: &'static str = "registry.keep_registration_answers";
    const WHO: &'static [Role] = &[Role::Applicant, Role::ApprovalOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = case::hold_own(cx, self.case, self.version).await?;
        expect_editable(&case)?;
        if self.step == Step::Name {
            return Err(Refusal::new("registration.name-not-kept", "B7").at("name").into());
        }
        let answers = with_page(&case, self.step, &self.typed);
        let name = case.name.clone();
        write_answers(cx, &case, &name, &answers).await
    }
}

/// The answers of the case with those of one page as they are typed now.
fn with_page(case: &case::Case, step: Step, typed: &Answers) -> Answers {
    let mut answers = case.answers();
    for field in step.fields() {
        answers.0.insert((*field).to_owned(), typed.text(field).replace("\r\n", "\n"));
    }
    answers
}

async fn write_answers(
    cx: &mut Cx<'_>,
    case: &case::Case,
    name: &str,
    answers: &Answers,
) -> Result<(), Error> {
    let district = district_of(answers, cx.now.date());
    let text = serde_json::to_string(&answers.0).map_err(|error| Error::Folder(error.to_string()))?;
    let values = [
        ("name", name.into()),
        ("district", district.into()),
        ("answers", text.into()),
        ("identity_digest", identity_digest(answers).into()),
        ("saved_at", cx.now.into()),
    ];
    case::write(cx, case, &values).await
}

/// The district of the street that is asked for, as it is on this day: the case keeps it (B45). Empty before a street
/// is named.
fn district_of(answers: &Answers, today: Date) -> &'static str {
    divisions::street(answers.text("division")).map_or("", |street| divisions::district_on(street, today))
}

/// By which one person's cases are found again; empty before the number is known.
fn identity_digest(answers: &Answers) -> String {
    head::identity(answers.text("identity")).map_or_else(|_| String::new(), |number| heads::digest(&number))
}

fn expect_editable(case: &case::Case) -> Result<(), Error> {
    if case.state.is_editable() {
        return Ok(());
    }
    Err(Refusal::new("registration.not-editable", "B9").with_code("state", case.state).into())
}

/// Uses a paper of the applicant's store for the case.
#[derive(Clone, Copy)]
pub struct AttachPaper {
    /// Which case.
    pub case: CaseId,
    /// The version that the writer saw.
    pub version: i64,
    /// Which paper.
    pub paper: PaperId,
}

impl Act for AttachPaper {
    type Outcome = ();
    const NAME: &'static str = "registry.attach_registration_paper";
    const WHO: &'static [Role] = &[Role::Applicant, Role::ApprovalOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = case::hold_own(cx, self.case, self.version).await?;
        expect_editable(&case)?;
        papers::use_for(cx, self.paper, case.subject(), Owner::Person(case.applicant_id)).await?;
        case::write(cx, &case, &[("saved_at", cx.now.into())]).await
    }
}

/// Takes a paper out of the case; it stays in the store.
#[derive(Clone, Copy)]
pub struct DetachPaper {
    /// Which case.
    pub case: CaseId,
    /// The version that the writer saw.
    pub version: i64,
    /// Which paper.
    pub paper: PaperId,
}

impl Act for DetachPaper {
    type Outcome = ();
    const NAME: &'static str = "registry.detach_registration_paper";
    const WHO: &'static [Role] = &[Role::Applicant, Role::ApprovalOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = case::hold_own(cx, self.case, self.version).await?;
        expect_editable(&case)?;
        papers::take_from(cx, self.paper, case.subject()).await?;
        case::write(cx, &case, &[("saved_at", cx.now.into())]).await
    }
}

/// Takes the application back; what was given stays in the paper store.
#[derive(Clone, Copy)]
pub struct WithdrawCase {
    /// Which case.
    pub case: CaseId,
    /// The version that the writer saw.
    pub version: i64,
}

impl Act for WithdrawCase {
    type Outcome = ();
    const NAME: &'static str = "registry.withdraw_registration";
    const WHO: &'static [Role] = &[Role::Applicant];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = case::hold_own(cx, self.case, self.version).await?;
        let next = CaseAct::Withdraw.from(case.state, case.is_corrected)?;
        for rule in super::decision::RUNNING {
            deadlines::done(cx, case.subject(), rule).await?;
        }
        deadlines::resume(cx, case.subject()).await?;
        case::note(cx, &case, CaseAct::Withdraw, cx.actor.person, "").await?;
        case::write(cx, &case, &[("state", next.code().into())]).await
    }
}
