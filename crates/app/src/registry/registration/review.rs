//! Review: two officers' opinions, the necessity of one more of a kind, other departments' answers (B9, B12,
//! B17, B18).

use domain::kernel::{CaseId, Coded, PersonId, Refusal, Role};
use domain::registry::registration::{CaseAct, Reason, charter, denial};

use super::case::{self, Case, hold_on_desk};
use super::intake::expect_text;
use super::{checks, joint, reasons};
use crate::deadlines::{self, SuspensionGround};
use crate::journal::{CONSULTATION, NECESSITY_OPINION, REGISTRATION_OPINION};
use crate::{Act, Cx, Error, args};

/// Gives one officer's opinion.
#[derive(Clone)]
pub struct GiveOpinion {
    /// Which case.
    pub case: CaseId,
    /// The version that the officer saw.
    pub version: i64,
    /// For registration, or against it.
    pub is_for: bool,
    /// Why.
    pub text: String,
    /// Why each doubtful condition does not stand in the way, or that it does.
    pub reasons: Vec<Reason>,
}

impl Act for GiveOpinion {
    type Outcome = ();
    const NAME: &'static str = "registry.review_registration";
    const WHO: &'static [Role] = &[Role::ApprovalOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (case, next, person) = hold_on_desk(cx, self.case, self.version, CaseAct::Review).await?;
        let reviewers = reviewers(cx, &case).await?;
        case::hands(&case, &reviewers, &[]).may_review(person)?;
        charter::expect_checked(case.kind, case.charter_missing.is_some())?;
        let checked = checks::of(cx.app, &case).await?;
        let mut faults = reasons::faults(&checked, &self.reasons, self.is_for);
        if let Err(error) = expect_text(&self.text, "text", "B9") {
            faults.splice(0..0, told(error)?);
        }
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let id = cx.id();
        let values = [
            ("case_id", case.id.into()),
            ("person_id", person.into()),
            ("at", cx.now.into()),
            ("is_for", self.is_for.into()),
            ("text", self.text.trim().into()),
        ];
        cx.insert(&REGISTRATION_OPINION, id, &values).await?;
        let said = reasons::record(cx, &case, person, (&checked, &self.reasons)).await?;
        case::note(cx, &case, CaseAct::Review, Some(person), &said).await?;
        let missing = (case.reviews_missing - 1).max(0);
        let values = [("state", next.code().into()), ("reviews_missing", missing.into())];
        case::write(cx, &case, &values).await
    }
}

/// What an error tells at fields; any other error as it is.
fn told(error: Error) -> Result<Vec<Refusal>, Error> {
    match error {
        Error::Invalid(refusals) => Ok(refusals),
        other => Err(other),
    }
}

/// Who has given an opinion.
pub(super) async fn reviewers(cx: &mut Cx<'_>, case: &Case) -> Result<Vec<PersonId>, Error> {
    let sql = "SELECT person_id FROM registration_opinion WHERE case_id = $1 ORDER BY at, id";
    let found: Vec<(PersonId,)> = cx.tx.all(sql, args![case.id]).await?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// Records whether one more is necessary beside those that are named (B18).
#[derive(Clone)]
pub struct WeighNecessity {
    /// Which case.
    pub case: CaseId,
    /// The version that the officer saw.
    pub version: i64,
    /// Whether it is.
    pub is_necessary: bool,
    /// The names of the organisations there are.
    pub named: String,
    /// Why.
    pub text: String,
}

impl Act for WeighNecessity {
    type Outcome = ();
    const NAME: &'static str = "registry.weigh_registration_necessity";
    const WHO: &'static [Role] = &[Role::ApprovalOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let act = CaseAct::WeighNecessity;
        let (case, _, person) = hold_on_desk(cx, self.case, self.version, act).await?;
        let similar = checks::of(cx.app, &case).await?.similar;
        let names_one = similar.iter().any(|one| self.named.contains(&one.name));
        let names_none = || Refusal::new("registration.necessity-names-none", "B18").at("named");
        Error::all([
            if names_one { Ok(()) } else { Err(names_none().into()) },
            denial::check_reasons(&self.text).map_err(|refusal| refusal.at("text").into()),
            expect_text(&self.text, "text", "B9"),
        ])?;
        let id = cx.id();
        let values = [
            ("case_id", case.id.into()),
            ("person_id", person.into()),
            ("at", cx.now.into()),
            ("is_necessary", self.is_necessary.into()),
            ("named", self.named.trim().into()),
            ("text", self.text.trim().into()),
        ];
        cx.insert(&NECESSITY_OPINION, id, &values).await?;
        case::note(cx, &case, act, Some(person), &self.named).await?;
        case::write(cx, &case, &[("saved_at", case.saved_at.into())]).await
    }
}

/// The latest opinion on necessity, if there is one.
pub(super) async fn necessity(cx: &mut Cx<'_>, case: &Case) -> Result<Option<bool>, Error> {
    let sql =
        "SELECT is_necessary FROM necessity_opinion WHERE case_id = $1 ORDER BY at DESC, id DESC LIMIT 1";
    let found: Option<(i64,)> = cx.tx.maybe(sql, args![case.id]).await?;
    Ok(found.map(|(is_necessary,)| is_necessary == 1))
}

/// Asks another department; the days stand still until it has answered.
#[derive(Clone)]
pub struct AskDepartment {
    /// Which case.
    pub case: CaseId,
    /// The version that the officer saw.
    pub version: i64,
    /// Whom.
    pub department: String,
    /// What.
    pub question: String,
}

impl Act for AskDepartment {
    type Outcome = ();
    const NAME: &'static str = "registry.ask_department";
    const WHO: &'static [Role] = &[Role::ApprovalOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (case, _, person) = hold_on_desk(cx, self.case, self.version, CaseAct::Consult).await?;
        Error::all([
            expect_text(&self.department, "department", "B9"),
            expect_text(&self.question, "question", "B9"),
        ])?;
        joint::start(cx, &case).await?;
        if open_consultations(cx, &case).await? == 0 {
            deadlines::suspend(cx, case.subject(), SuspensionGround::Consultation).await?;
        }
        let id = cx.id();
        let values = [
            ("case_id", case.id.into()),
            ("department", self.department.trim().into()),
            ("question", self.question.trim().into()),
            ("asked_by", person.into()),
            ("asked_at", cx.now.into()),
        ];
        cx.insert(&CONSULTATION, id, &values).await?;
        case::note(cx, &case, CaseAct::Consult, Some(person), &self.department).await?;
        case::write(cx, &case, &[("saved_at", case.saved_at.into())]).await
    }
}

/// How many departments have not answered.
pub(super) async fn open_consultations(cx: &mut Cx<'_>, case: &Case) -> Result<i64, Error> {
    let sql = "SELECT count(*) FROM consultation WHERE case_id = $1 AND replied_at IS NULL";
    Ok(cx.tx.number(sql, args![case.id]).await?)
}

/// Records what a department answered; when all have, the days count again.
#[derive(Clone)]
pub struct RecordReply {
    /// Which case.
    pub case: CaseId,
    /// The version that the officer saw.
    pub version: i64,
    /// Which consultation.
    pub consultation: i64,
    /// The answer.
    pub reply: String,
}

impl Act for RecordReply {
    type Outcome = ();
    const NAME: &'static str = "registry.record_department_reply";
    const WHO: &'static [Role] = &[Role::ApprovalOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let act = CaseAct::RecordReply;
        let (case, _, person) = hold_on_desk(cx, self.case, self.version, act).await?;
        expect_text(&self.reply, "reply", "B9")?;
        let sql = "SELECT version FROM consultation WHERE id = $1 AND case_id = $2 AND replied_at IS NULL";
        let (version,): (i64,) = cx.tx.one(sql, args![self.consultation, case.id]).await?;
        let values = [
            ("reply", self.reply.trim().into()),
            ("replied_at", cx.now.into()),
            ("recorded_by", person.into()),
        ];
        cx.update(&CONSULTATION, self.consultation, version, &values).await?;
        if open_consultations(cx, &case).await? == 0 {
            deadlines::resume(cx, case.subject()).await?;
        }
        case::note(cx, &case, act, Some(person), "").await?;
        case::write(cx, &case, &[("saved_at", case.saved_at.into())]).await
    }
}
