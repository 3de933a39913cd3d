//! Findings and tickets for the desks, and their counts for everyone.

use domain::kernel::{Date, Moment, OfficeId};
use domain::supervision::{FindingKind, TicketState};

use crate::db::Val;
use crate::{App, Error, args, row};

/// No list is longer.
const LINES_MAX: i64 = 500;

row! {
    /// A finding with the ticket that was opened last for it.
    pub struct FindingLine {
        /// The finding.
        id: i64,
        /// Its number, counted in the order in which findings were made.
        number: i64,
        /// What.
        @code kind: FindingKind,
        /// The public number of what it is about.
        subject: String,
        /// Its name.
        title: String,
        /// Who answers.
        office_id: OfficeId,
        /// Its name.
        office: String,
        /// The office's code.
        office_code: String,
        /// The director of the day of the act.
        director: Option<String>,
        /// The day of the act or omission.
        arose_on: Date,
        /// The last day that was missed.
        due_on: Option<Date>,
        /// When it was first seen.
        first_seen_at: Moment,
        /// `open` or `cured`.
        state: String,
        /// When it was set right.
        cured_at: Option<Moment>,
        /// The ticket.
        ticket: Option<String>,
        /// Where the ticket stands.
        @code_option ticket_state: Option<TicketState>,
    }
}

impl FindingLine {
    /// Whether it is set right.
    pub fn is_cured(&self) -> bool {
        self.cured_at.is_some()
    }
}

row! {
    /// A ticket with its finding.
    pub struct Ticket {
        /// Its number.
        number: String,
        /// The finding's number.
        finding: i64,
        /// What was found.
        @code kind: FindingKind,
        /// The public number of what it is about.
        subject: String,
        /// Its name.
        title: String,
        /// Who answers.
        office_id: OfficeId,
        /// Its name.
        office: String,
        /// The director of the day of the act.
        director: Option<String>,
        /// The day of the act or omission.
        arose_on: Date,
        /// The last day that was missed.
        missed_on: Option<Date>,
        /// What the office is to do.
        demand: String,
        /// Who opened it.
        opener: String,
        /// When.
        opened_at: Moment,
        /// The last day to answer.
        due_on: Date,
        /// Where it stands.
        @code state: TicketState,
        /// What the office says.
        answer: String,
        /// Who answered.
        answerer: Option<String>,
        /// When.
        answered_at: Option<Moment>,
        /// How often it was sent back.
        returns: i64,
        /// When it went up to the leader.
        escalated_at: Option<Moment>,
        /// Who closed it; nobody, when it was set right.
        closer: Option<String>,
        /// When.
        closed_at: Option<Moment>,
        /// Why it was closed or sent back.
        closed_why: String,
    }
}

/// What a list of findings shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// One kind only.
    pub kind: Option<FindingKind>,
    /// One office only.
    pub office: Option<OfficeId>,
    /// Those set right instead of those that are open.
    pub is_cured: bool,
}

const FINDINGS: &str =
    "SELECT g.id, g.number, g.kind, g.subject, g.title, g.office_id, f.name AS office, f.code AS office_code,
      p.name AS director, g.arose_on, g.due_on, g.first_seen_at, g.state, g.cured_at, k.number AS ticket,
      k.state AS ticket_state
    FROM supervision_finding g JOIN office f ON f.id = g.office_id LEFT JOIN person p ON p.id = g.director_id
      LEFT JOIN ticket k ON k.id = (SELECT max(l.id) FROM ticket l WHERE l.finding_id = g.id)";

/// Findings, the oldest first.
///
/// # Errors
/// The database could not be read.
pub async fn findings(app: &App, filter: &Filter) -> Result<Vec<FindingLine>, Error> {
    let sql = format!(
        "{FINDINGS} WHERE g.state = $1 AND g.office_id = COALESCE($2, g.office_id) AND g.kind = COALESCE($3, g.kind)
         ORDER BY g.arose_on, g.number LIMIT {LINES_MAX}"
    );
    let state = if filter.is_cured { "cured" } else { "open" };
    let kind = filter.kind.map_or(Val::Text(None), Val::code);
    Ok(app.db.all(&sql, &[state.into(), filter.office.into(), kind]).await?)
}

/// One finding by its number.
///
/// # Errors
/// `NotFound` for an unknown one.
pub async fn finding(app: &App, number: i64) -> Result<FindingLine, Error> {
    Ok(app.db.one(&format!("{FINDINGS} WHERE g.number = $1"), args![number]).await?)
}

const TICKETS: &str = "SELECT k.number, g.number AS finding, g.kind, g.subject, g.title, k.office_id, f.name AS office,
      d.name AS director, g.arose_on, g.due_on AS missed_on, k.demand, o.name AS opener, k.opened_at, k.due_on, k.state,
      k.answer, a.name AS answerer, k.answered_at, k.returns, k.escalated_at, c.name AS closer, k.closed_at, k.closed_why
    FROM ticket k JOIN supervision_finding g ON g.id = k.finding_id JOIN office f ON f.id = k.office_id
      JOIN person o ON o.id = k.opened_by LEFT JOIN person d ON d.id = g.director_id
      LEFT JOIN person a ON a.id = k.answered_by LEFT JOIN person c ON c.id = k.closed_by";

/// Tickets, those that wait first; of one office or of all.
///
/// # Errors
/// The database could not be read.
pub async fn tickets(app: &App, office: Option<OfficeId>) -> Result<Vec<Ticket>, Error> {
    let sql = format!(
        "{TICKETS} WHERE k.office_id = COALESCE($1, k.office_id)
         ORDER BY CASE k.state WHEN 'open' THEN 0 WHEN 'answered' THEN 1 ELSE 2 END, k.due_on, k.id LIMIT {LINES_MAX}"
    );
    Ok(app.db.all(&sql, args![office]).await?)
}

/// One ticket, of this office when one is named.
///
/// # Errors
/// `NotFound` for an unknown number or another office's ticket.
pub async fn ticket(app: &App, number: &str, office: Option<OfficeId>) -> Result<Ticket, Error> {
    let found: Ticket = app.db.one(&format!("{TICKETS} WHERE k.number = $1"), args![number]).await?;
    if office.is_some_and(|own| own != found.office_id) {
        return Err(Error::NotFound);
    }
    Ok(found)
}

row! {
    /// How many findings of a kind are open, were set right, and have a pending ticket.
    pub struct KindCount {
        /// The kind.
        @code kind: FindingKind,
        /// Open findings.
        open: i64,
        /// Those set right.
        cured: i64,
        /// Open tickets.
        tickets: i64,
    }
}

/// The counts of each kind that was ever found, for the public page.
///
/// # Errors
/// The database could not be read.
pub async fn counts(app: &App) -> Result<Vec<KindCount>, Error> {
    let sql = "SELECT g.kind, CAST(sum(CASE g.state WHEN 'open' THEN 1 ELSE 0 END) AS BIGINT) AS open,
                 CAST(sum(CASE g.state WHEN 'cured' THEN 1 ELSE 0 END) AS BIGINT) AS cured,
                 CAST(sum((SELECT count(*) FROM ticket k WHERE k.finding_id = g.id AND k.state IN ('open', 'answered'))) AS BIGINT) AS tickets
               FROM supervision_finding g GROUP BY g.kind ORDER BY g.kind";
    Ok(app.db.all(sql, &[]).await?)
}
