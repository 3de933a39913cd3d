//! The directory as a file: what the filter lets through, in the columns that an import reads.
//!
//! Contacts stay out of a public file, so that column is empty.

use super::directory::{self, Filter};
use super::form::OrganisationForm;
use super::import::{columns, form_cells, sheet_name};
use super::profile::Organisation;
use crate::db::Val;
use crate::sheets::{self, Cell};
use crate::{App, Error};

/// The kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Excel.
    Xlsx,
    /// Comma-separated text.
    Csv,
}

/// No file holds more rows.
const ROWS_MAX: usize = 50_000;
const PER_READ: usize = 1_000;

/// The organisations that the filter lets through, as a file.
///
/// # Errors
/// The database could not be read, or the file not put together.
pub async fn export(app: &App, filter: &Filter, kind: FileKind, is_english: bool) -> Result<Vec<u8>, Error> {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut after = None;
    while rows.len() < ROWS_MAX {
        let page = directory::list(app, filter, after, PER_READ).await?;
        let ids: Vec<Val> = page.rows.iter().map(|row| Val::from(row.id)).collect();
        if ids.is_empty() {
            break;
        }
        let marks: Vec<String> = (1..=ids.len()).map(|at| format!("${at}")).collect();
        let sql =
            format!("SELECT * FROM organisation WHERE id IN ({}) ORDER BY pinyin, id", marks.join(", "));
        for held in app.db.all::<Organisation>(&sql, &ids).await? {
            let form = OrganisationForm { contact: String::new(), ..held.form() };
            rows.push(form_cells(&form, is_english));
        }
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    let columns = columns(is_english);
    let build = move || match kind {
        FileKind::Xlsx => sheets::xlsx(sheet_name(is_english), &columns, &rows),
        FileKind::Csv => Ok(sheets::csv(&columns, &rows)),
    };
    tokio::task::spawn_blocking(build)
        .await
        .map_err(|_| Error::Folder("the writing thread stopped".to_owned()))?
}
