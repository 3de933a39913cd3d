//! The kept counts of organisations, of answers and of ends: derived from journalled rows, so they are written here and not
//! journalled; `gongzhi doctor` counts again and compares.

use super::pieces::{pieces, places};
use super::{DbError, Tx, Val};

const COLUMNS: &str = "field, place, kind, legal, status, listing, is_supervised, number";
const WIDTH: usize = 8;

/// One kept count: field, place, kind, legal, status, listing; and whether the bureau supervises them.
pub(crate) type Cell = ([String; 6], bool);

/// Adds to counts, which begin at nothing. Cells that come sorted are held in one order by everyone.
pub(crate) async fn add(tx: &mut Tx, steps: &[(&Cell, i64)]) -> Result<(), DbError> {
    for piece in pieces(steps) {
        let sql = format!(
            "INSERT INTO organisation_count ({COLUMNS}) VALUES {}
             ON CONFLICT (field, place, kind, legal, status, listing, is_supervised)
             DO UPDATE SET number = organisation_count.number + excluded.number",
            places(piece.len(), WIDTH)
        );
        let values = piece.iter().flat_map(|((texts, is_supervised), step)| {
            let texts = texts.iter().map(|text| Val::from(text.as_str()));
            texts.chain([Val::from(*is_supervised), Val::from(*step)])
        });
        tx.run(&sql, &values.collect::<Vec<Val>>()).await?;
    }
    Ok(())
}

/// How the cards that a survey issued are told from its answers.
pub(crate) const ISSUED: &str = "issued";
const ANSWER_WIDTH: usize = 6;

/// One kept count of a survey: its answers and how they came, the mark that counts, whether by proxy.
pub(crate) type AnswerCell = (i64, [String; 2], i64, bool);

/// Adds to counts of answers, which begin at nothing.
pub(crate) async fn add_answers(tx: &mut Tx, steps: &[(&AnswerCell, i64)]) -> Result<(), DbError> {
    for piece in pieces(steps) {
        let sql = format!(
            "INSERT INTO survey_count (survey_id, answers, means, overall, is_proxy, number) VALUES {}
             ON CONFLICT (survey_id, answers, means, overall, is_proxy)
             DO UPDATE SET number = survey_count.number + excluded.number",
            places(piece.len(), ANSWER_WIDTH)
        );
        let values = piece.iter().flat_map(|((survey, texts, overall, is_proxy), step)| {
            let [answers, means] = texts.each_ref().map(|text| Val::from(text.as_str()));
            [Val::from(*survey), answers, means, Val::from(*overall), Val::from(*is_proxy), Val::from(*step)]
        });
        tx.run(&sql, &values.collect::<Vec<Val>>()).await?;
    }
    Ok(())
}

const END_WIDTH: usize = 6;

/// One kept count of ended organisations: a district, a field or nothing for all; the years in which they began and
/// ended, kind, legal.
pub(crate) type EndCell = [String; 5];

/// Adds to counts of ended organisations, which begin at nothing.
pub(crate) async fn add_ends(tx: &mut Tx, steps: &[(&EndCell, i64)]) -> Result<(), DbError> {
    for piece in pieces(steps) {
        let sql = format!(
            "INSERT INTO end_count (part, began, ended, kind, legal, number) VALUES {}
             ON CONFLICT (part, began, ended, kind, legal) DO UPDATE SET number = end_count.number + excluded.number",
            places(piece.len(), END_WIDTH)
        );
        let values = piece.iter().flat_map(|(texts, step)| {
            texts.iter().map(|text| Val::from(text.as_str())).chain([Val::from(*step)])
        });
        tx.run(&sql, &values.collect::<Vec<Val>>()).await?;
    }
    Ok(())
}
