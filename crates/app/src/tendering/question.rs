//! Questions and answers: an organisation asks before the last day, its answer goes to all. Who asked is
//! told to nobody, officials included, since it would tell who means to bid (C21, C30, C60).

use domain::kernel::{Moment, OrganisationId, Refusal, Role, TenderId};
use domain::tendering::question as rule;

use super::{notice, queries};
use crate::journal::QUESTION;
use crate::{Act, App, Cx, Error, args, row};

/// No question or answer is longer, in characters.
const TEXT_MAX: usize = 4_000;

/// Asks a question about a published tender.
#[derive(Clone)]
pub struct AskQuestion {
    /// Which tender.
    pub tender: TenderId,
    /// The question.
    pub text: String,
}

impl Act for AskQuestion {
    type Outcome = i64;
    const NAME: &'static str = "tendering.ask_question";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let (Some(person), Some(organisation)) = (cx.actor.person, cx.actor.organisation()) else {
            return Err(Error::NotPermitted);
        };
        cx.tx.share("tender", self.tender.0).await?;
        let tender = queries::load(cx, self.tender).await?;
        notice::expect_public(tender.stage)?;
        let last = tender.questions_until.map_or(tender.rules_on, notice::last_day);
        rule::may_ask(tender.stage, last, cx.now, &self.text).map_err(at_field)?;
        check_length(&self.text, "question")?;
        let id = cx.id();
        let values = [
            ("tender_id", self.tender.into()),
            ("organisation_id", organisation.into()),
            ("asked_by", person.into()),
            ("asked_at", cx.now.into()),
            ("text", self.text.trim().into()),
        ];
        cx.insert(&QUESTION, id, &values).await?;
        cx.announce("tendering.question_asked", tender.number);
        Ok(id)
    }
}

/// Answers a question for all to read.
#[derive(Clone)]
pub struct AnswerQuestion {
    /// Which question.
    pub question: i64,
    /// The version that the writer saw.
    pub version: i64,
    /// The answer.
    pub answer: String,
}

impl Act for AnswerQuestion {
    type Outcome = ();
    const NAME: &'static str = "tendering.answer_question";
    const WHO: &'static [Role] = &[Role::OfficeStaff];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let person = cx.actor.person.ok_or(Error::NotPermitted)?;
        let sql = "SELECT tender_id FROM question WHERE id = $1";
        let (tender,): (TenderId,) = cx.tx.one(sql, args![self.question]).await?;
        cx.tx.share("tender", tender.0).await?;
        let tender = queries::load(cx, tender).await?;
        if cx.actor.office() != Some(tender.office_id) {
            return Err(Error::NotFound);
        }
        let deadline = tender.deadline_at.unwrap_or(cx.now);
        rule::may_answer(tender.stage, deadline, cx.now, &self.answer).map_err(at_field)?;
        check_length(&self.answer, "answer")?;
        let values = [
            ("answer", self.answer.trim().into()),
            ("answered_by", person.into()),
            ("answered_at", cx.now.into()),
        ];
        cx.update(&QUESTION, self.question, self.version, &values).await?;
        cx.announce("tendering.question_answered", tender.number);
        Ok(())
    }
}

/// A refusal that names a field goes beside that field.
pub(super) fn at_field(refusal: Refusal) -> Error {
    if refusal.field.is_some() { Error::Invalid(vec![refusal]) } else { Error::Refused(refusal) }
}

fn check_length(text: &str, field: &'static str) -> Result<(), Error> {
    if text.chars().count() <= TEXT_MAX {
        return Ok(());
    }
    Err(Error::Invalid(vec![Refusal::new("tendering.text-too-long", "C19").at(field).with("max", TEXT_MAX)]))
}

row! {
    /// A question with its answer; it names nobody.
    pub struct QuestionLine {
        /// Its id.
        id: i64,
        /// The row's version.
        version: i64,
        /// The tender's number.
        number: String,
        /// The tender's title.
        title: String,
        /// When it was asked.
        asked_at: Moment,
        /// The question.
        text: String,
        /// The answer, once there is one.
        answer: Option<String>,
        /// When it was answered.
        answered_at: Option<Moment>,
    }
}

const LINE: &str = "SELECT q.id, q.version, t.number, t.title, q.asked_at, q.text, q.answer, q.answered_at
     FROM question q JOIN tender t ON t.id = q.tender_id";

/// The questions on a tender, oldest first.
///
/// # Errors
/// The database could not be read.
pub async fn on_tender(app: &App, tender: TenderId) -> Result<Vec<QuestionLine>, Error> {
    let sql = format!("{LINE} WHERE q.tender_id = $1 ORDER BY q.asked_at, q.id LIMIT 500");
    Ok(app.db.all(&sql, args![tender]).await?)
}

/// The questions that an organisation asked, newest first.
///
/// # Errors
/// The database could not be read.
pub async fn of_organisation(app: &App, organisation: OrganisationId) -> Result<Vec<QuestionLine>, Error> {
    let sql = format!("{LINE} WHERE q.organisation_id = $1 ORDER BY q.asked_at DESC, q.id DESC LIMIT 500");
    Ok(app.db.all(&sql, args![organisation]).await?)
}
