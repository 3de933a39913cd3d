//! Where the lines of an account come from: one statement for each step, for all offices at once.

use std::collections::BTreeMap;

use domain::kernel::{Date, Fen, Moment, OfficeId, RuleKey};
use domain::performance::account::Step;
use domain::performance::account::part::in_time;
use domain::performance::account::payment;

use super::judged;
use crate::db::{FromRow, Val};
use crate::{App, Error, row};

/// One line before it is given points: which step, of what, due when, done when, worth how much.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// The office that answers.
    pub(crate) office: OfficeId,
    /// The step.
    pub(crate) step: Step,
    /// The row that it is about: a tender, a contract, a milestone, a question.
    pub(crate) row: i64,
    /// The day whose rules judge it.
    pub(crate) rules_on: Date,
    /// The public number of what it is about.
    pub(crate) subject: String,
    /// Its name.
    pub(crate) title: String,
    /// The last day, when the step has one.
    pub(crate) due: Option<Date>,
    /// When it was done.
    pub(crate) done: Option<Date>,
    /// The day to which the line belongs: its last day, or the day it was done.
    pub(crate) on: Date,
    /// The day of the act: whoever directed the office then answers for it (E5).
    pub(crate) acted_on: Date,
    /// What was earned.
    pub(crate) got: i64,
    /// What could be earned.
    pub(crate) of: i64,
}

row! {
    /// A step with the event that starts its term, or with its last day.
    struct Term {
        id: i64,
        office_id: OfficeId,
        subject: String,
        title: String,
        rules_on: Date,
        due_on: Option<Date>,
        began_at: Option<Moment>,
        done_at: Option<Moment>,
    }
}

row! {
    /// An item with how many offices share it.
    struct Shared {
        id: i64,
        office_id: OfficeId,
        code: String,
        name: String,
        shared: i64,
    }
}

row! {
    /// Money accepted or paid, of one contract.
    struct Flow {
        id: i64,
        office_id: OfficeId,
        number: String,
        title: String,
        rules_on: Date,
        at: Moment,
        fen: Fen,
    }
}

/// A step whose last day follows from an event, or is stated.
struct Source {
    step: Step,
    /// Gives `Term` rows; `$1` is the office or null, `$2` and `$3` the first and last moment of the time in
    /// which events of the year may have begun.
    sql: &'static str,
    /// The rule that sets the term; none when the row states the last day.
    term: Option<RuleKey>,
}

const SOURCES: [Source; 6] = [
    Source {
        step: Step::DecideAward,
        sql: "SELECT t.id, t.office_id, t.number AS subject, t.title, t.rules_on, CAST(NULL AS TEXT) AS due_on,
                t.report_at AS began_at,
                (SELECT min(a.decided_at) FROM award a WHERE a.tender_id = t.id) AS done_at
              FROM tender t WHERE t.report_at BETWEEN $2 AND $3 AND t.office_id = COALESCE($1, t.office_id)
                AND t.stage NOT IN ('failed', 'cancelled')",
        term: Some(RuleKey::DecideWorkingDays),
    },
    Source {
        step: Step::SignContract,
        sql: "SELECT t.id, t.office_id, t.number AS subject, t.title, t.rules_on, t.contract_due_on AS due_on,
                t.awarded_at AS began_at, c.published_at AS done_at
              FROM tender t JOIN award a ON a.tender_id = t.id AND a.state = 'notified'
                LEFT JOIN contract c ON c.award_id = a.id
              WHERE t.contract_due_on IS NOT NULL AND t.awarded_at BETWEEN $2 AND $3
                AND t.stage NOT IN ('failed', 'cancelled') AND t.office_id = COALESCE($1, t.office_id)",
        term: None,
    },
    Source {
        step: Step::PublishContract,
        sql: "SELECT c.id, c.office_id, c.number AS subject, c.title, t.rules_on, CAST(NULL AS TEXT) AS due_on,
                CASE WHEN c.buyer_signed_at > c.provider_signed_at THEN c.buyer_signed_at
                     ELSE c.provider_signed_at END AS began_at, c.published_at AS done_at
              FROM contract c JOIN tender t ON t.id = c.tender_id
              WHERE c.stage IN ('signed', 'ended') AND c.provider_signed_at BETWEEN $2 AND $3
                AND c.office_id = COALESCE($1, c.office_id)",
        term: Some(RuleKey::ContractPublishWorkingDays),
    },
    Source {
        step: Step::DeliverMilestone,
        sql: "SELECT m.id, c.office_id, c.number AS subject, m.name AS title, t.rules_on, m.due_on,
                CAST(NULL AS BIGINT) AS began_at, e.reported_at AS done_at
              FROM milestone m JOIN contract c ON c.id = m.contract_id JOIN tender t ON t.id = c.tender_id
                LEFT JOIN acceptance e ON e.milestone_id = m.id
              WHERE c.stage IN ('signed', 'ended') AND c.office_id = COALESCE($1, c.office_id)
                AND c.provider_signed_at <= $3 AND CAST($2 AS BIGINT) <= CAST($3 AS BIGINT)",
        term: None,
    },
    Source {
        step: Step::PublishAcceptance,
        sql: "SELECT m.id, c.office_id, c.number AS subject, m.name AS title, t.rules_on, CAST(NULL AS TEXT) AS due_on,
                e.accepted_at AS began_at, e.published_at AS done_at
              FROM acceptance e JOIN milestone m ON m.id = e.milestone_id JOIN contract c ON c.id = e.contract_id
                JOIN tender t ON t.id = c.tender_id
              WHERE e.accepted_at BETWEEN $2 AND $3 AND c.office_id = COALESCE($1, c.office_id)",
        term: Some(RuleKey::AcceptancePublishWorkingDays),
    },
    Source {
        step: Step::AnswerQuestion,
        sql: "SELECT q.id, t.office_id, t.number AS subject, t.title, t.rules_on, CAST(NULL AS TEXT) AS due_on,
                q.asked_at AS began_at, q.answered_at AS done_at
              FROM question q JOIN tender t ON t.id = q.tender_id
              WHERE q.asked_at BETWEEN $2 AND $3 AND t.office_id = COALESCE($1, t.office_id)
                AND t.stage <> 'cancelled'",
        term: Some(RuleKey::InquiryWorkingDays),
    },
];

/// Events may begin this long before the year in which their last day lies, in seconds: a hundred days.
const BEFORE_SECONDS: i64 = 100 * 86_400;

/// Every line of a year, of one office or of all.
pub(super) async fn lines(
    app: &App,
    year: i16,
    office: Option<OfficeId>,
    today: Date,
) -> Result<Vec<Line>, Error> {
    let (Ok(first), Ok(last)) = (Date::new(year, 1, 1), Date::new(year, 12, 31)) else {
        return Err(Error::NotFound);
    };
    let from = Moment::start_of(first).plus_seconds(-BEFORE_SECONDS);
    let mut lines = steps(app, office, (from, Moment(Moment::end_of(last).0 - 1)), today).await?;
    lines.extend(judged::scores(app, office).await?);
    lines.extend(shared(app, year, office, last.min(today)).await?);
    lines.retain(|line| line.on >= first && line.on <= last);
    Ok(lines)
}

/// Every step that began within a time and can be judged by now, of one office or of all.
pub(crate) async fn steps(
    app: &App,
    office: Option<OfficeId>,
    (from, until): (Moment, Moment),
    today: Date,
) -> Result<Vec<Line>, Error> {
    let within: [Val; 3] = [office.into(), from.into(), until.into()];
    let mut lines = Vec::new();
    for source in &SOURCES {
        for term in app.db.all::<Term>(source.sql, &within).await? {
            lines.extend(step_line(app, source, term, today)?);
        }
    }
    lines.extend(paid(app, office, today).await?);
    lines.extend(judged::feedback(app, office, today).await?);
    Ok(lines)
}

/// The line of a step, when it can be judged by now.
fn step_line(app: &App, source: &Source, term: Term, today: Date) -> Result<Option<Line>, Error> {
    let due = match (source.term, term.began_at) {
        (Some(key), Some(at)) => {
            Some(app.book.on(term.rules_on).deadline(&app.calendar, key, at.date())?.due)
        }
        _ => term.due_on,
    };
    let Some(due) = due else { return Ok(None) };
    let done = term.done_at.map(Moment::date);
    Ok(in_time(due, done, today).map(|is_in_time| Line {
        office: term.office_id,
        step: source.step,
        row: term.id,
        rules_on: term.rules_on,
        subject: term.subject,
        title: term.title,
        due: Some(due),
        done,
        on: due,
        acted_on: due,
        got: i64::from(is_in_time),
        of: 1,
    }))
}

/// What was accepted of a contract, and what arrived on which day.
type Owed = (Vec<Flow>, Vec<(Date, i64)>);

/// Accepted money that had to arrive: what is paid settles what was accepted first (C28).
async fn paid(app: &App, office: Option<OfficeId>, today: Date) -> Result<Vec<Line>, Error> {
    let accepted = "SELECT m.id, c.office_id, c.number, m.name AS title, t.rules_on, e.accepted_at AS at, e.accepted_fen AS fen
        FROM acceptance e JOIN milestone m ON m.id = e.milestone_id JOIN contract c ON c.id = e.contract_id
          JOIN tender t ON t.id = c.tender_id
        WHERE e.accepted_at IS NOT NULL AND c.office_id = COALESCE($1, c.office_id) ORDER BY e.accepted_at, e.id";
    let arrived =
        "SELECT c.id, c.office_id, c.number, c.title, t.rules_on, f.made_at AS at, f.amount_fen AS fen
        FROM transfer f JOIN contract c ON c.id = f.contract_id JOIN tender t ON t.id = c.tender_id
        WHERE f.kind = 'pay' AND c.office_id = COALESCE($1, c.office_id) ORDER BY f.made_at, f.id";
    let mut contracts: BTreeMap<String, Owed> = BTreeMap::new();
    for flow in by_office::<Flow>(app, accepted, office).await? {
        contracts.entry(flow.number.clone()).or_default().0.push(flow);
    }
    for flow in by_office::<Flow>(app, arrived, office).await? {
        if let Some((_, arrivals)) = contracts.get_mut(&flow.number) {
            arrivals.push((flow.at.date(), flow.fen.0));
        }
    }
    let mut lines = Vec::new();
    for (owed, arrivals) in contracts.into_values() {
        let sums: Vec<i64> = owed.iter().map(|flow| flow.fen.0).collect();
        for (flow, done) in owed.into_iter().zip(payment::settled(&sums, &arrivals)) {
            let rules = app.book.on(flow.rules_on);
            let due = rules.deadline(&app.calendar, RuleKey::PaymentDays, flow.at.date())?.due;
            if let Some(is_in_time) = in_time(due, done, today) {
                lines.push(Line {
                    office: flow.office_id,
                    step: Step::PayProvider,
                    row: flow.id,
                    rules_on: flow.rules_on,
                    subject: flow.number,
                    title: flow.title,
                    due: Some(due),
                    done,
                    on: due,
                    acted_on: due,
                    got: i64::from(is_in_time),
                    of: 1,
                });
            }
        }
    }
    Ok(lines)
}

/// Each listed item of the year, with or without another office that confirmed its share (S47).
async fn shared(app: &App, year: i16, office: Option<OfficeId>, on: Date) -> Result<Vec<Line>, Error> {
    let sql = "SELECT i.id, i.office_id, i.code, i.name,
                 (SELECT count(*) FROM joint_work j WHERE j.item_id = i.id AND j.confirmed_at IS NOT NULL) AS shared
               FROM item i WHERE i.stage = 'listed' AND i.year = $2 AND i.office_id = COALESCE($1, i.office_id)
               ORDER BY i.code";
    let items: Vec<Shared> = app.db.all(sql, &[office.into(), i64::from(year).into()]).await?;
    // Nobody is judged by it before the first share of the year was confirmed by anyone: until then the part is empty.
    let confirmed = "SELECT count(*) FROM joint_work j JOIN item i ON i.id = j.item_id
                     WHERE i.year = $1 AND j.confirmed_at IS NOT NULL";
    if app.db.number(confirmed, &[i64::from(year).into()]).await? == 0 {
        return Ok(Vec::new());
    }
    let line = |item: Shared| Line {
        office: item.office_id,
        step: Step::ShareItem,
        row: item.id,
        rules_on: on,
        subject: item.code,
        title: item.name,
        due: None,
        done: None,
        on,
        acted_on: on,
        got: i64::from(item.shared > 0),
        of: 1,
    };
    Ok(items.into_iter().map(line).collect())
}

async fn by_office<T: FromRow + Send + 'static>(
    app: &App,
    sql: &str,
    office: Option<OfficeId>,
) -> Result<Vec<T>, Error> {
    Ok(app.db.all(sql, &[office.into()]).await?)
}
