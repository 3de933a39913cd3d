//! How often each answer was given to a survey, and how many cards it has, kept as they go on record.
//!
//! There are few different answers, so a result is the sum of at most a few hundred cells, for ten thousand
//! recipients as for ten. Answers and cards are never removed, and a card that becomes void stays issued.

use std::collections::BTreeMap;

use super::{SURVEY_ANSWER, SURVEY_CARD, Table};
use crate::Error;
use crate::db::counts::{AnswerCell, ISSUED, add_answers};
use crate::db::{Db, DbError, Row, Tx, Val};

/// How many came to each cell.
#[derive(Default)]
pub(crate) struct Steps(BTreeMap<AnswerCell, i64>);

impl Steps {
    /// A row is about to be added to a table.
    pub(crate) fn insert(&mut self, table: &Table, values: &[(&'static str, Val)]) -> Result<(), DbError> {
        let cell = if table.name == SURVEY_ANSWER.name {
            cell(&Row::of(values))?
        } else if table.name == SURVEY_CARD.name {
            issued(Row::of(values).get("survey_id")?)
        } else {
            return Ok(());
        };
        *self.0.entry(cell).or_default() += 1;
        Ok(())
    }

    /// Keeps the counts in line, in the transaction that wrote the rows.
    pub(crate) async fn keep(&self, tx: &mut Tx) -> Result<(), DbError> {
        let steps: Vec<(&AnswerCell, i64)> = self.0.iter().map(|(cell, step)| (cell, *step)).collect();
        add_answers(tx, &steps).await
    }
}

fn cell(row: &Row) -> Result<AnswerCell, DbError> {
    let texts = [row.get("answers")?, row.get("means")?];
    Ok((row.get("survey_id")?, texts, row.get("overall")?, row.get("is_proxy")?))
}

/// The cell of a survey's cards: it has no answer.
fn issued(survey: i64) -> AnswerCell {
    (survey, [String::new(), ISSUED.to_owned()], 0, false)
}

/// The cells whose kept count is not what counting gives, as words; none when all agree.
pub(crate) async fn check(db: &Db) -> Result<Vec<String>, Error> {
    let mut counted: BTreeMap<AnswerCell, i64> = BTreeMap::new();
    let answers = "SELECT survey_id, answers, means, overall, is_proxy, count(*) AS number FROM survey_answer
                   GROUP BY survey_id, answers, means, overall, is_proxy";
    let kept = "SELECT survey_id, answers, means, overall, is_proxy, number FROM survey_count";
    for (sql, sign) in [(answers, 1), (kept, -1)] {
        for row in db.all::<Row>(sql, &[]).await? {
            *counted.entry(cell(&row)?).or_default() += sign * row.get::<i64>("number")?;
        }
    }
    let cards = "SELECT survey_id, count(*) AS number FROM survey_card GROUP BY survey_id";
    for row in db.all::<Row>(cards, &[]).await? {
        *counted.entry(issued(row.get("survey_id")?)).or_default() += row.get::<i64>("number")?;
    }
    let wrong = counted.into_iter().filter(|(_, left)| *left != 0);
    Ok(wrong
        .map(|((survey, [answers, means], ..), left)| {
            format!("{survey} {means} {answers} is wrong by {left}")
        })
        .collect())
}
