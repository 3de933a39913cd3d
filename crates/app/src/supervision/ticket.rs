//! Tickets: opened by discipline for a finding, answered by the office, closed or sent back by discipline, and
//! taken up to the purchase lead when they are overdue (S63, E7).

use domain::kernel::{Date, Moment, OfficeId, PersonId, Role, RuleKey};
use domain::supervision::TicketState;
use domain::supervision::ticket;

use super::{at_field, check_length};
use crate::db::{Row, Val};
use crate::journal::TICKET;
use crate::{Act, Cx, Error, args};

/// Opens a ticket for a finding.
#[derive(Clone)]
pub struct OpenTicket {
    /// The finding.
    pub finding: i64,
    /// What the office is to do or to explain.
    pub demand: String,
}

impl Act for OpenTicket {
    type Outcome = String;
    const NAME: &'static str = "supervision.open_ticket";
    const WHO: &'static [Role] = &[Role::Supervisor];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<String, Error> {
        check_length(&self.demand, "demand")?;
        cx.tx.lock("supervision_finding", self.finding).await?;
        let sql = "SELECT office_id, state FROM supervision_finding WHERE id = $1";
        let found: Row = cx.tx.one(sql, args![self.finding]).await?;
        let sql = "SELECT count(*) FROM ticket WHERE finding_id = $1 AND state IN ('open', 'answered')";
        let has_pending = cx.tx.number(sql, args![self.finding]).await? > 0;
        let is_cured = found.get::<String>("state")? == "cured";
        ticket::may_open(is_cured, has_pending, &self.demand).map_err(at_field)?;
        let today = cx.now.date();
        let due =
            cx.app.book.on(today).deadline(&cx.app.calendar, RuleKey::TicketAnswerWorkingDays, today)?;
        let year = today.year();
        let sql = "SELECT count(*) FROM ticket WHERE number LIKE $1";
        let used = cx.tx.number(sql, args![format!("DC-{year}-%")]).await?;
        let number = format!("DC-{year}-{:03}", used + 1);
        let id = cx.id();
        let values = [
            ("number", number.as_str().into()),
            ("finding_id", self.finding.into()),
            ("office_id", found.get::<OfficeId>("office_id")?.into()),
            ("demand", self.demand.trim().into()),
            ("opened_by", cx.actor.person.into()),
            ("opened_at", cx.now.into()),
            ("due_on", due.due.into()),
            ("state", Val::code(TicketState::Open)),
            ("answer", "".into()),
            ("returns", 0_i64.into()),
            ("closed_why", "".into()),
        ];
        cx.insert(&TICKET, id, &values).await?;
        Ok(number)
    }
}

/// The office answers its ticket.
#[derive(Clone)]
pub struct AnswerTicket {
    /// Its number.
    pub number: String,
    /// What was done.
    pub answer: String,
}

impl Act for AnswerTicket {
    type Outcome = ();
    const NAME: &'static str = "supervision.answer_ticket";
    const WHO: &'static [Role] = &[Role::OfficeStaff, Role::OfficeDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        check_length(&self.answer, "answer")?;
        let held = load(cx, &self.number).await?;
        if cx.actor.office() != Some(held.office) {
            return Err(Error::NotFound);
        }
        ticket::may_answer(held.state, &self.answer).map_err(at_field)?;
        let values = [
            ("state", Val::code(TicketState::Answered)),
            ("answer", self.answer.trim().into()),
            ("answered_by", cx.actor.person.into()),
            ("answered_at", cx.now.into()),
        ];
        cx.update(&TICKET, held.id, held.version, &values).await
    }
}

/// Discipline accepts an answer, or sends it back with a new term.
#[derive(Clone)]
pub struct JudgeTicket {
    /// Its number.
    pub number: String,
    /// Whether the answer is accepted.
    pub is_accepted: bool,
    /// Why.
    pub reason: String,
}

impl Act for JudgeTicket {
    type Outcome = ();
    const NAME: &'static str = "supervision.judge_ticket";
    const WHO: &'static [Role] = &[Role::Supervisor];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        check_length(&self.reason, "reason")?;
        let held = load(cx, &self.number).await?;
        let judge = cx.actor.person.ok_or(Error::NotPermitted)?;
        ticket::may_judge(held.state, held.answered_by, judge, &self.reason).map_err(at_field)?;
        let reason = ("closed_why", self.reason.trim().into());
        if self.is_accepted {
            let values = [
                ("state", Val::code(TicketState::Closed)),
                ("closed_by", judge.into()),
                ("closed_at", cx.now.into()),
                reason,
            ];
            return cx.update(&TICKET, held.id, held.version, &values).await;
        }
        let today = cx.now.date();
        let due =
            cx.app.book.on(today).deadline(&cx.app.calendar, RuleKey::TicketAnswerWorkingDays, today)?;
        let values = [
            ("state", Val::code(TicketState::Open)),
            ("due_on", due.due.into()),
            ("returns", (held.returns + 1).into()),
            reason,
        ];
        cx.update(&TICKET, held.id, held.version, &values).await
    }
}

/// Discipline takes an overdue ticket up to the purchase lead (E7).
#[derive(Clone)]
pub struct EscalateTicket {
    /// Its number.
    pub number: String,
}

impl Act for EscalateTicket {
    type Outcome = ();
    const NAME: &'static str = "supervision.escalate_ticket";
    const WHO: &'static [Role] = &[Role::Supervisor];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = load(cx, &self.number).await?;
        ticket::may_escalate(held.state, held.due, cx.now.date(), held.escalated_at.is_some())?;
        let values = [("escalated_at", cx.now.into()), ("escalated_by", cx.actor.person.into())];
        cx.update(&TICKET, held.id, held.version, &values).await
    }
}

struct Held {
    id: i64,
    version: i64,
    office: OfficeId,
    state: TicketState,
    due: Date,
    returns: i64,
    answered_by: Option<PersonId>,
    escalated_at: Option<Moment>,
}

async fn load(cx: &mut Cx<'_>, number: &str) -> Result<Held, Error> {
    let sql = "SELECT id, version, office_id, state, due_on, returns, answered_by, escalated_at
               FROM ticket WHERE number = $1";
    let row: Row = cx.tx.one(sql, args![number]).await?;
    Ok(Held {
        id: row.get("id")?,
        version: row.get("version")?,
        office: row.get("office_id")?,
        state: row.code("state")?,
        due: row.get("due_on")?,
        returns: row.get("returns")?,
        answered_by: row.get("answered_by")?,
        escalated_at: row.get("escalated_at")?,
    })
}
