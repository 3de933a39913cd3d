//! Deposits as pages read them: what the documents ask, what is held, and by when it goes back (C27).

use domain::funds::deposit::{self, Course, DepositKind, DepositMeans, DepositStart};
use domain::kernel::{ContractId, Date, Fen, Moment, OfficeId, TenderId};

use crate::{App, Error, args, row};

row! {
    /// What the documents of a tender ask.
    #[derive(Default, PartialEq, Eq)]
    pub struct Terms {
        /// The bid deposit.
        bid_fen: Fen,
        /// The performance deposit.
        performance_fen: Fen,
    }
}

pub(super) const TERMS: &str = "SELECT bid_fen, performance_fen FROM deposit_term WHERE tender_id = $1";

/// What the documents ask; nothing, unless the office said otherwise.
///
/// # Errors
/// The database could not be read.
pub async fn terms(app: &App, tender: TenderId) -> Result<Terms, Error> {
    Ok(app.db.maybe::<Terms>(TERMS, args![tender]).await?.unwrap_or_default())
}

/// Whether the bids of a tender are open: before that nobody enters a deposit (C30).
///
/// # Errors
/// The database could not be read.
pub async fn is_opened(app: &App, tender: TenderId) -> Result<bool, Error> {
    let sql = "SELECT count(*) FROM tender WHERE id = $1 AND opened_at IS NOT NULL";
    Ok(app.db.number(sql, args![tender]).await? > 0)
}

row! {
    /// A deposit with what became of its tender.
    struct Held {
        id: i64,
        @code kind: DepositKind,
        tender: String,
        title: String,
        office_id: OfficeId,
        office: String,
        organisation: String,
        uscc: String,
        amount_fen: Fen,
        @code means: DepositMeans,
        paper: String,
        received_on: Date,
        returned_on: Option<Date>,
        return_paper: Option<String>,
        rules_on: Date,
        bid_state: Option<String>,
        deadline_at: Option<Moment>,
        awarded_at: Option<Moment>,
        ended_at: Option<Moment>,
        contract_id: Option<ContractId>,
        signed_at: Option<Moment>,
        closed_at: Option<Moment>,
        halted_at: Option<Moment>,
        is_winner: bool,
    }
}

/// A deposit as desks see it.
#[derive(Clone, Debug)]
pub struct Line {
    /// The row.
    pub id: i64,
    /// What it secures.
    pub kind: DepositKind,
    /// The tender's number.
    pub tender: String,
    /// Its title.
    pub title: String,
    /// The purchasing office.
    pub office_id: OfficeId,
    /// Its name.
    pub office: String,
    /// Who paid.
    pub organisation: String,
    /// Its credit code.
    pub uscc: String,
    /// How much.
    pub amount: Fen,
    /// How it came.
    pub means: DepositMeans,
    /// The paper.
    pub paper: String,
    /// When it came.
    pub received_on: Date,
    /// When it went back.
    pub returned_on: Option<Date>,
    /// The paper of the return.
    pub return_paper: Option<String>,
    /// What started the time to give it back.
    pub start: Option<(DepositStart, Date)>,
    /// The last day to give it back.
    pub due_on: Option<Date>,
    /// The day whose rules judge it.
    pub rules_on: Date,
}

impl Line {
    /// Whether it was, or still is, kept too long.
    pub fn is_late(&self, today: Date) -> bool {
        self.due_on.is_some_and(|due| self.returned_on.unwrap_or(today) > due)
    }
}

const HELD: &str = "SELECT d.id, d.kind, t.number AS tender, t.title, t.office_id, f.name AS office,
      o.name AS organisation, o.uscc, d.amount_fen, d.means, d.paper, d.received_on, d.returned_on, d.return_paper,
      t.rules_on, b.state AS bid_state, t.deadline_at, t.awarded_at, t.ended_at, c.id AS contract_id,
      c.published_at AS signed_at, p.closed_at, h.in_force_at AS halted_at,
      CASE WHEN EXISTS (SELECT 1 FROM award a WHERE a.tender_id = t.id AND a.bid_id = b.id AND a.state = 'notified')
        THEN 1 ELSE 0 END AS is_winner
    FROM deposit d JOIN tender t ON t.id = d.tender_id JOIN office f ON f.id = t.office_id
      JOIN organisation o ON o.id = d.organisation_id
      LEFT JOIN bid b ON b.tender_id = t.id AND b.organisation_id = d.organisation_id
      LEFT JOIN contract c ON c.tender_id = t.id AND c.organisation_id = d.organisation_id
        AND c.published_at IS NOT NULL
      LEFT JOIN project_closing p ON p.contract_id = c.id
      LEFT JOIN contract_halt h ON h.contract_id = c.id AND h.kind = 'end' AND h.state = 'in_force'
    WHERE t.office_id = COALESCE($1, t.office_id) AND t.number = COALESCE($2, t.number)
    ORDER BY CASE WHEN d.returned_on IS NULL THEN 0 ELSE 1 END, d.received_on, d.id";

/// Every deposit, of one office or tender or of all; those still held first.
///
/// # Errors
/// The database could not be read, or a term reaches beyond the published calendar.
pub async fn lines(app: &App, office: Option<OfficeId>, tender: Option<&str>) -> Result<Vec<Line>, Error> {
    let held: Vec<Held> = app.db.all(HELD, args![office, tender]).await?;
    held.into_iter().map(|one| line(app, one)).collect()
}

fn line(app: &App, held: Held) -> Result<Line, Error> {
    let day = |at: Option<Moment>| at.map(Moment::date);
    let course = Course {
        withdrawn_on: day(held.deadline_at.filter(|_| held.bid_state.as_deref() == Some("withdrawn"))),
        signed_on: day(held.signed_at),
        notified_on: day(held.awarded_at.filter(|_| !held.is_winner)),
        ended_on: day(held.ended_at.filter(|_| held.contract_id.is_none())),
        closed_on: day(held.closed_at.or(held.halted_at)),
    };
    let start = deposit::start(held.kind, &course);
    let rules = app.book.on(held.rules_on);
    let due_on = match start {
        Some((_, from)) => Some(rules.deadline(&app.calendar, deposit::refund_rule(held.kind), from)?.due),
        None => None,
    };
    Ok(Line {
        id: held.id,
        kind: held.kind,
        tender: held.tender,
        title: held.title,
        office_id: held.office_id,
        office: held.office,
        organisation: held.organisation,
        uscc: held.uscc,
        amount: held.amount_fen,
        means: held.means,
        paper: held.paper,
        received_on: held.received_on,
        returned_on: held.returned_on,
        return_paper: held.return_paper,
        start,
        due_on,
        rules_on: held.rules_on,
    })
}
