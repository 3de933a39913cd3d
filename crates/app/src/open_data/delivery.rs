//! What became of signed contracts: published acceptances, satisfaction, published evaluations (C55, E1, E2).

use domain::kernel::{Fen, Moment, RuleKey};

use super::page;
use crate::{App, Error, args, row};

row! {
    /// A published acceptance of a milestone.
    pub struct Acceptance {
        /// Contract and milestone with a stroke between them.
        key: String,
        /// The contract's number.
        contract: String,
        /// The milestone's place in the order, from 1.
        milestone: i64,
        /// The milestone's name.
        name: String,
        /// How often it was reported.
        round: i64,
        /// Claimed.
        claimed_fen: Fen,
        /// Deducted by the published table.
        deducted_fen: Fen,
        /// Accepted.
        accepted_fen: Fen,
        /// When it was accepted.
        accepted_at: Option<Moment>,
        /// When the result was published.
        published_at: Moment,
    }
}

row! {
    /// A survey of recipients as it stands on record.
    pub struct Satisfaction {
        /// Contract and round with a stroke between them.
        key: String,
        /// The contract's number.
        contract: String,
        /// Which survey of the contract: `midterm`, `yearly-1` and so on, `final`.
        round: String,
        /// Everyone who may be asked.
        recipients: i64,
        /// Answers that suffice.
        sample_minimum: i64,
        /// Cards issued.
        issued: i64,
        /// Cards made void.
        voided: i64,
        /// Valid answers.
        valid: i64,
        /// Satisfied and very satisfied; none while too few answered to be shown.
        satisfied: Option<i64>,
        /// Very satisfied, likewise.
        very_satisfied: Option<i64>,
        /// Answers given with help, likewise.
        assisted: Option<i64>,
        /// Answers given for somebody, likewise.
        proxy: Option<i64>,
        /// The day of the final count.
        closed_on: Option<String>,
    }
}

row! {
    /// A published evaluation.
    pub struct Evaluation {
        /// Contract, kind and round with strokes between them.
        key: String,
        /// The contract's number.
        contract: String,
        /// The office's code.
        office: String,
        /// The provider's credit code.
        provider: String,
        /// Which kind of round.
        kind: String,
        /// Counted within its kind.
        round: i64,
        /// The result in hundredths of a point.
        total: i64,
        /// Its grade.
        grade: String,
        /// When it was published.
        published_at: Moment,
    }
}

/// Published acceptances after a key, in the order of keys.
///
/// # Errors
/// The database could not be read.
pub async fn acceptances(app: &App, after: &str, limit: i64) -> Result<Vec<Acceptance>, Error> {
    let sql = "SELECT * FROM (SELECT c.number || '/' || CAST(m.position AS TEXT) AS key, c.number AS contract,
                 m.position AS milestone, m.name, a.round, a.claimed_fen, a.deducted_fen, a.accepted_fen,
                 a.accepted_at, a.published_at
               FROM acceptance a JOIN milestone m ON m.id = a.milestone_id JOIN contract c ON c.id = a.contract_id
               WHERE a.state = 'accepted' AND a.published_at IS NOT NULL) x WHERE x.key > $1 ORDER BY x.key LIMIT $2";
    Ok(app.db.all(sql, args![after, page(limit)]).await?)
}

/// Surveys after a key, in the order of keys, counted from the answers on record; what they say only once
/// enough have answered (E2).
///
/// # Errors
/// The database could not be read.
pub async fn satisfaction(app: &App, after: &str, limit: i64) -> Result<Vec<Satisfaction>, Error> {
    let sql = "SELECT x.key, x.contract, x.round, x.recipients, x.sample_minimum,
                 (SELECT count(*) FROM survey_card k WHERE k.survey_id = x.id) AS issued,
                 (SELECT count(*) FROM survey_card k WHERE k.survey_id = x.id AND k.is_void = 1) AS voided,
                 count(a.overall) AS valid,
                 count(CASE WHEN a.overall >= 4 THEN 1 END) AS satisfied,
                 count(CASE WHEN a.overall = 5 THEN 1 END) AS very_satisfied,
                 count(CASE WHEN a.means = 'assisted' THEN 1 END) AS assisted,
                 count(CASE WHEN a.is_proxy = 1 THEN 1 END) AS proxy, x.closed_on
               FROM (SELECT y.id, y.number || '/' || y.round AS key, y.number AS contract, y.round, y.recipients,
                       y.sample_minimum, y.closed_on
                     FROM (SELECT s.id, c.number, s.round || COALESCE('-' || CAST(s.year AS TEXT), '') AS round,
                             s.recipients, s.sample_minimum, s.closed_on
                           FROM survey s JOIN contract c ON c.id = s.contract_id) y) x
               LEFT JOIN survey_answer a ON a.survey_id = x.id
               WHERE x.key > $1
               GROUP BY x.id, x.key, x.contract, x.round, x.recipients, x.sample_minimum, x.closed_on
               ORDER BY x.key LIMIT $2";
    let mut rows: Vec<Satisfaction> = app.db.all(sql, args![after, page(limit)]).await?;
    // Of a few answers no figure is shown: it could show a person.
    let least = app.book.on(app.clock.now().date()).number(RuleKey::SurveyShownMin);
    for row in rows.iter_mut().filter(|row| row.valid < least) {
        (row.satisfied, row.very_satisfied, row.assisted, row.proxy) = (None, None, None, None);
    }
    Ok(rows)
}

/// Published evaluations with a result after a key, in the order of keys.
///
/// # Errors
/// The database could not be read.
pub async fn evaluations(app: &App, after: &str, limit: i64) -> Result<Vec<Evaluation>, Error> {
    let sql = "SELECT * FROM (SELECT c.number || '/' || e.kind || '/' || CAST(e.round AS TEXT) AS key,
                 c.number AS contract, f.code AS office, o.uscc AS provider, e.kind, e.round, e.total, e.grade,
                 e.published_at
               FROM evaluation e JOIN contract c ON c.id = e.contract_id JOIN office f ON f.id = c.office_id
               JOIN organisation o ON o.id = c.organisation_id
               WHERE e.stage = 'published' AND e.total IS NOT NULL) x WHERE x.key > $1 ORDER BY x.key LIMIT $2";
    Ok(app.db.all(sql, args![after, page(limit)]).await?)
}
