//! The kept counts of organisations: derived from journalled rows, so they are written here and not
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
