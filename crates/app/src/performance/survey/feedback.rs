//! What a recipient asks to be followed up: filed without a name, answered in public (E6, S73).

use domain::kernel::{Actor, ContractId, Date, OfficeId, Refusal, Role};
use domain::performance::survey::feedback::{self as rule, FeedbackStep};
use evidence::base32;

use crate::db::DbError;
use crate::journal::FEEDBACK_TICKET;
use crate::{Act, App, Cx, Error, args, row};

/// Characters of a receipt: it is the only key to the words, so nobody may guess it.
const RECEIPT_CHARACTERS: usize = 20;

/// Files a request; gives the receipt under which its progress is read.
pub(super) async fn file(cx: &mut Cx<'_>, contract: ContractId, words: &str) -> Result<String, Error> {
    let today = cx.now.date();
    let due = rule::due(cx.app.book.on(today), &cx.app.calendar, today)?;
    let bytes = cx.app.chance.bytes()?;
    let receipt: Vec<char> = base32::encode(&bytes).chars().take(RECEIPT_CHARACTERS).collect();
    let receipt =
        receipt.chunks(5).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-");
    let id = cx.id();
    let values = [
        ("contract_id", contract.into()),
        ("receipt", receipt.as_str().into()),
        ("words", words.trim().into()),
        ("filed_on", today.into()),
        ("acknowledge_due_on", due.acknowledge.into()),
        ("answer_due_on", due.answer.into()),
    ];
    cx.insert(&FEEDBACK_TICKET, id, &values).await?;
    Ok(receipt)
}

row! {
    /// A request with its contract.
    pub struct Ticket {
        /// Its row.
        id: i64,
        /// The row's version.
        version: i64,
        /// The contract's public number.
        number: String,
        /// What the contract is about.
        title: String,
        /// The office that answers.
        office_id: OfficeId,
        /// Its name.
        office: String,
        /// The receipt.
        receipt: String,
        /// The recipient's words.
        words: String,
        /// The day on which it came.
        filed_on: Date,
        /// Last day to acknowledge.
        acknowledge_due_on: Date,
        /// Last day to answer.
        answer_due_on: Date,
        /// The day on which it was taken up.
        acknowledged_on: Option<Date>,
        /// The day on which it was answered.
        answered_on: Option<Date>,
        /// The answer.
        answer: Option<String>,
    }
}

impl Ticket {
    /// How far it has come.
    pub fn step(&self) -> FeedbackStep {
        FeedbackStep::of(self.acknowledged_on.is_some(), self.answered_on.is_some())
    }

    /// What was due next, and when it was done at last; none when everything is or was in time.
    pub fn late(&self, today: Date) -> Option<(Date, Option<Date>)> {
        let steps = [(self.acknowledge_due_on, self.acknowledged_on), (self.answer_due_on, self.answered_on)];
        steps.into_iter().find(|(due, done)| done.unwrap_or(today) > *due)
    }
}

const TICKET: &str = "SELECT k.id, k.version, c.number, c.title, c.office_id, f.name AS office, k.receipt,
       k.words, k.filed_on, k.acknowledge_due_on, k.answer_due_on, k.acknowledged_on, k.answered_on, k.answer
     FROM feedback_ticket k JOIN contract c ON c.id = k.contract_id JOIN office f ON f.id = c.office_id";

/// Reads a request by its receipt.
///
/// # Errors
/// `NotFound` for a receipt that nobody was given.
pub async fn by_receipt(app: &App, receipt: &str) -> Result<Ticket, Error> {
    Ok(app.db.one(&format!("{TICKET} WHERE k.receipt = $1"), args![receipt]).await?)
}

/// The requests that an official sees: of the own office, or of all for those who oversee.
///
/// # Errors
/// The database could not be read.
pub async fn on_desk(app: &App, actor: &Actor) -> Result<Vec<Ticket>, Error> {
    let sql = format!(
        "{TICKET} WHERE c.office_id = COALESCE($1, c.office_id)
         ORDER BY CASE WHEN k.answered_on IS NULL THEN 0 ELSE 1 END, k.answer_due_on, k.id LIMIT 500"
    );
    Ok(app.db.all(&sql, args![actor.office()]).await?)
}

/// The requests about a contract, newest first: for the public list, which leaves out words and receipt.
///
/// # Errors
/// The database could not be read.
pub async fn of_contract(app: &App, contract: ContractId) -> Result<Vec<Ticket>, Error> {
    let sql = format!("{TICKET} WHERE k.contract_id = $1 ORDER BY k.filed_on DESC, k.id DESC LIMIT 200");
    Ok(app.db.all(&sql, args![contract]).await?)
}

/// Requests with a step that is late, or was late since `since`.
///
/// # Errors
/// The database could not be read.
pub async fn late(app: &App, today: Date, since: Date) -> Result<Vec<Ticket>, Error> {
    let sql = format!(
        "{TICKET} WHERE (k.acknowledged_on IS NULL AND k.acknowledge_due_on < $1)
           OR (k.answered_on IS NULL AND k.answer_due_on < $1)
           OR (k.acknowledged_on > k.acknowledge_due_on AND k.acknowledged_on >= $2)
           OR (k.answered_on > k.answer_due_on AND k.answered_on >= $2)
         ORDER BY k.acknowledge_due_on, k.id LIMIT 500"
    );
    Ok(app.db.all(&sql, args![today, since]).await?)
}

/// Takes a request up.
#[derive(Clone)]
pub struct AcknowledgeFeedback {
    /// Its receipt.
    pub receipt: String,
    /// The version that the actor saw.
    pub version: i64,
}

impl Act for AcknowledgeFeedback {
    type Outcome = ();
    const NAME: &'static str = "performance.acknowledge_feedback";
    const WHO: &'static [Role] = &[Role::OfficeStaff, Role::OfficeDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let ticket = own(cx, &self.receipt).await?;
        if ticket.step() != FeedbackStep::Filed {
            return Err(Refusal::new("performance.feedback-acknowledged", "E6").into());
        }
        let values = [("acknowledged_on", cx.now.date().into())];
        cx.update(&FEEDBACK_TICKET, ticket.id, self.version, &values).await
    }
}

/// Answers a request for all to read; one that nobody took up is taken up by it.
#[derive(Clone)]
pub struct AnswerFeedback {
    /// Its receipt.
    pub receipt: String,
    /// The version that the actor saw.
    pub version: i64,
    /// The answer.
    pub answer: String,
}

impl Act for AnswerFeedback {
    type Outcome = ();
    const NAME: &'static str = "performance.answer_feedback";
    const WHO: &'static [Role] = &[Role::OfficeStaff, Role::OfficeDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let person = cx.actor.person.ok_or(Error::NotPermitted)?;
        let ticket = own(cx, &self.receipt).await?;
        let checked = rule::check_answer(ticket.step(), &self.answer);
        checked.map_err(|refusal| match refusal.field {
            Some(_) => Error::Invalid(vec![refusal]),
            None => Error::Refused(refusal),
        })?;
        let today = cx.now.date();
        let values = [
            ("acknowledged_on", ticket.acknowledged_on.unwrap_or(today).into()),
            ("answered_on", today.into()),
            ("answered_by", person.into()),
            ("answer", self.answer.trim().into()),
        ];
        cx.update(&FEEDBACK_TICKET, ticket.id, self.version, &values).await?;
        cx.announce("survey.feedback_answered", ticket.number);
        Ok(())
    }
}

/// A request of the actor's own office; another's does not exist.
async fn own(cx: &mut Cx<'_>, receipt: &str) -> Result<Ticket, Error> {
    let ticket: Ticket = cx.tx.one(&format!("{TICKET} WHERE k.receipt = $1"), args![receipt]).await?;
    if cx.actor.office() == Some(ticket.office_id) { Ok(ticket) } else { Err(DbError::Missing.into()) }
}
