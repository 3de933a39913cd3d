//! The result as a value: for acceptance, evaluation and whoever else counts on it (E2, E1, C55).

use domain::kernel::{Coded, ContractId};
use domain::performance::survey::{Round, Tally};

use crate::db::{FromRow, Val};
use crate::{App, Cx, Error, args, row};

row! {
    struct Counted {
        recipients: i64,
        sample_minimum: i64,
        issued: i64,
        voided: i64,
        valid: i64,
        satisfied: i64,
        very_satisfied: i64,
        assisted: i64,
        proxy: i64,
    }
}

impl Counted {
    fn tally(self) -> Tally {
        Tally {
            recipients: self.recipients,
            sample_minimum: self.sample_minimum,
            issued: self.issued,
            void: self.voided,
            valid: self.valid,
            satisfied: self.satisfied,
            very_satisfied: self.very_satisfied,
            assisted: self.assisted,
            proxy: self.proxy,
        }
    }
}

/// Answers on record alone: what the public sees.
const ON_RECORD: &str = "survey_count";
/// Those that wait for their group as well: what decides whether enough have answered.
const ALL: &str = "(SELECT survey_id, answers, overall, means, is_proxy, number FROM survey_count
     UNION ALL SELECT survey_id, answers, overall, means, is_proxy, 1 AS number FROM survey_urn)";

/// The kept cells of a survey summed up: its cards have a cell without an answer.
fn sql(answers: &str) -> String {
    let sum = |of: &str| format!("CAST(COALESCE(sum(CASE WHEN {of} THEN a.number END), 0) AS BIGINT)");
    let answered = |of: &str| sum(&format!("a.answers <> '' AND {of}"));
    format!(
        "SELECT s.recipients, s.sample_minimum, {issued} AS issued,
           (SELECT count(*) FROM survey_card k WHERE k.survey_id = s.id AND k.is_void = 1) AS voided,
           {valid} AS valid, {satisfied} AS satisfied, {very} AS very_satisfied, {assisted} AS assisted,
           {proxy} AS proxy
         FROM survey s LEFT JOIN {answers} a ON a.survey_id = s.id
         WHERE s.contract_id = $1 AND s.round = $2 AND COALESCE(s.year, 0) = $3
         GROUP BY s.id, s.recipients, s.sample_minimum",
        issued = sum("a.answers = ''"),
        valid = sum("a.answers <> ''"),
        satisfied = answered("a.overall >= 4"),
        very = answered("a.overall = 5"),
        assisted = answered("a.means = 'assisted'"),
        proxy = answered("a.is_proxy = 1"),
    )
}

fn which(contract: ContractId, round: Round) -> [Val; 3] {
    [contract.into(), round.kind().code().into(), round.year().unwrap_or(0).into()]
}

/// The result of a contract's final survey, with every valid answer; none when it has no such survey.
/// `Tally::expect_sufficient` refuses whatever may not be done on too few answers.
///
/// # Errors
/// The database could not be read.
pub async fn result(app: &App, contract: ContractId) -> Result<Option<Tally>, Error> {
    let found: Option<Counted> = app.db.maybe(&sql(ALL), &which(contract, Round::Final)).await?;
    Ok(found.map(Counted::tally))
}

/// The same inside a command's transaction, for any survey.
///
/// # Errors
/// The database could not be read.
pub async fn result_in(cx: &mut Cx<'_>, contract: ContractId, round: Round) -> Result<Option<Tally>, Error> {
    let row: Option<crate::db::Row> = cx.tx.maybe(&sql(ALL), &which(contract, round)).await?;
    row.map(|row| Ok(Counted::from_row(&row)?.tally())).transpose()
}

/// What the public sees of a survey: answers on record.
///
/// # Errors
/// The database could not be read.
pub async fn shown(app: &App, contract: ContractId, round: Round) -> Result<Option<Tally>, Error> {
    let found: Option<Counted> = app.db.maybe(&sql(ON_RECORD), &which(contract, round)).await?;
    Ok(found.map(Counted::tally))
}

/// The survey of a contract that was started last.
///
/// # Errors
/// The database could not be read.
pub async fn latest(app: &App, contract: ContractId) -> Result<Option<i64>, Error> {
    let sql = "SELECT id FROM survey WHERE contract_id = $1 ORDER BY id DESC LIMIT 1";
    Ok(app.db.maybe::<(i64,)>(sql, args![contract]).await?.map(|(id,)| id))
}
