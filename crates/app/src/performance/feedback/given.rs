//! Telling the other side, acknowledging it, answering it; the last days are deadlines on record (E6).

use domain::kernel::{Coded, ContractId, Refusal, Role, RuleKey, Subject, SubjectKind};
use domain::performance::feedback::{self as rule, FeedbackMatter, FeedbackWay};

use crate::db::Row;
use crate::journal::OFFICE_FEEDBACK;
use crate::performance::evaluation::held::{self, HeldContract};
use crate::{Act, Cx, Error, args, deadlines};

/// Tells the other side of a contract something.
#[derive(Clone)]
pub struct GiveFeedback {
    /// The contract.
    pub contract: ContractId,
    /// What it is about; who may raise it follows.
    pub matter: FeedbackMatter,
    /// The milestone's place, for an office's feedback.
    pub milestone: Option<i64>,
    /// The words.
    pub words: String,
    /// What it rests on; needed from an organisation.
    pub evidence: String,
}

impl Act for GiveFeedback {
    /// Its row.
    type Outcome = i64;
    const NAME: &'static str = "performance.give_feedback";
    const WHO: &'static [Role] = &[Role::OfficeStaff, Role::OfficeDirector, Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let contract = held::contract(cx, self.contract).await?;
        let way = self.matter.way();
        require_writer(cx, &contract, way)?;
        let mut found = rule::problems(way, &self.words, &self.evidence);
        if way == FeedbackWay::ToOrganisation {
            found.extend(self.check_milestone(cx).await?);
        }
        if !found.is_empty() {
            return Err(Error::Invalid(found));
        }
        let id = cx.id();
        let milestone = self.milestone.filter(|_| way == FeedbackWay::ToOrganisation);
        let values = [
            ("contract_id", self.contract.into()),
            ("way", way.code().into()),
            ("matter", self.matter.code().into()),
            ("milestone", milestone.into()),
            ("words", self.words.trim().into()),
            ("evidence", self.evidence.trim().into()),
            ("given_by", held::person(cx)?.into()),
            ("given_at", cx.now.into()),
        ];
        cx.insert(&OFFICE_FEEDBACK, id, &values).await?;
        let (subject, today) = (Subject::new(SubjectKind::Feedback, id), cx.now.date());
        for rule in [RuleKey::FeedbackAcknowledgeWorkingDays, RuleKey::FeedbackAnswerWorkingDays] {
            deadlines::start(cx, subject, rule, today, today).await?;
        }
        Ok(id)
    }
}

impl GiveFeedback {
    /// An office speaks of a milestone of the contract, once its day has come.
    async fn check_milestone(&self, cx: &mut Cx<'_>) -> Result<Option<Refusal>, Error> {
        let sql = "SELECT count(*) FROM milestone WHERE contract_id = $1 AND position = $2 AND due_on <= $3";
        let count = cx.tx.number(sql, args![self.contract, self.milestone, cx.now.date()]).await?;
        Ok((count == 0).then(|| Refusal::new("performance.milestone-not-due", "E6").at("milestone")))
    }
}

/// The side that writes; a stranger learns nothing.
fn require_writer(cx: &Cx<'_>, contract: &HeldContract, way: FeedbackWay) -> Result<(), Error> {
    match way {
        FeedbackWay::ToOrganisation => contract.require_office(cx)?,
        FeedbackWay::ToOffice => contract.require_provider(cx)?,
    }
    if contract.published_at.is_none() {
        return Err(Error::NotFound);
    }
    Ok(())
}

/// Says that a feedback has been seen.
#[derive(Clone, Copy)]
pub struct AcknowledgeFeedback {
    /// Which.
    pub feedback: i64,
    /// The version that was read.
    pub version: i64,
}

impl Act for AcknowledgeFeedback {
    type Outcome = ();
    const NAME: &'static str = "performance.acknowledge_feedback";
    const WHO: &'static [Role] = &[Role::OfficeStaff, Role::OfficeDirector, Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let row = received(cx, self.feedback).await?;
        if row.get::<Option<i64>>("acknowledged_at")?.is_some() {
            return Err(Refusal::new("performance.told-acknowledged", "E6").into());
        }
        let values = [("acknowledged_by", held::person(cx)?.into()), ("acknowledged_at", cx.now.into())];
        cx.update(&OFFICE_FEEDBACK, self.feedback, self.version, &values).await?;
        let subject = Subject::new(SubjectKind::Feedback, self.feedback);
        deadlines::done(cx, subject, RuleKey::FeedbackAcknowledgeWorkingDays).await
    }
}

/// Answers a feedback, which acknowledges it too.
#[derive(Clone)]
pub struct AnswerOfficeFeedback {
    /// Which.
    pub feedback: i64,
    /// The version that was read.
    pub version: i64,
    /// The answer.
    pub answer: String,
}

impl Act for AnswerOfficeFeedback {
    type Outcome = ();
    const NAME: &'static str = "performance.answer_office_feedback";
    const WHO: &'static [Role] = &[Role::OfficeStaff, Role::OfficeDirector, Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let row = received(cx, self.feedback).await?;
        if row.get::<Option<i64>>("answered_at")?.is_some() {
            return Err(Refusal::new("performance.told-answered", "E6").into());
        }
        let checked = rule::check_text(&self.answer, "answer", "performance.told-no-answer");
        checked.map_err(|refusal| Error::Invalid(vec![refusal]))?;
        let person = held::person(cx)?;
        let mut values = vec![
            ("answer", self.answer.trim().into()),
            ("answered_by", person.into()),
            ("answered_at", cx.now.into()),
        ];
        if row.get::<Option<i64>>("acknowledged_at")?.is_none() {
            values.push(("acknowledged_by", person.into()));
            values.push(("acknowledged_at", cx.now.into()));
        }
        cx.update(&OFFICE_FEEDBACK, self.feedback, self.version, &values).await?;
        let subject = Subject::new(SubjectKind::Feedback, self.feedback);
        for rule in [RuleKey::FeedbackAcknowledgeWorkingDays, RuleKey::FeedbackAnswerWorkingDays] {
            deadlines::done(cx, subject, rule).await?;
        }
        Ok(())
    }
}

/// A feedback that the actor's side received, held.
async fn received(cx: &mut Cx<'_>, id: i64) -> Result<Row, Error> {
    cx.tx.lock("office_feedback", id).await?;
    let sql = "SELECT contract_id, way, acknowledged_at, answered_at FROM office_feedback WHERE id = $1";
    let row: Row = cx.tx.one(sql, args![id]).await?;
    let contract = held::contract(cx, row.get("contract_id")?).await?;
    match row.code("way")? {
        FeedbackWay::ToOrganisation => contract.require_provider(cx)?,
        FeedbackWay::ToOffice => contract.require_office(cx)?,
    }
    Ok(row)
}
