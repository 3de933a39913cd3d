//! Search among what the bureau buys: published tenders and listed catalogue items, by title and number.
//!
//! Only what is public already is looked at; a tender before its notice is not found.

use domain::kernel::Fen;

use crate::{App, Error, args, row};

row! {
    /// A published tender.
    pub struct FoundTender {
        /// Its public number.
        number: String,
        /// Its title.
        title: String,
        /// The office that buys.
        office_name: String,
    }
}

row! {
    /// A listed item of the catalogue.
    pub struct FoundItem {
        /// Its code.
        code: String,
        /// Its name.
        name: String,
        /// The office that buys.
        office_name: String,
        /// The price ceiling.
        ceiling_fen: Fen,
    }
}

const TEXT_MAX: usize = 100;

/// The text as a pattern for any place in a title; its own wildcards lose their power.
fn pattern(text: &str) -> Option<String> {
    let text: String = text.trim().chars().take(TEXT_MAX).collect();
    let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    (text.chars().count() >= 2).then(|| format!("%{escaped}%"))
}

/// Published tenders whose title or number holds the text, newest first.
///
/// # Errors
/// The database could not be read.
pub async fn tenders(app: &App, text: &str, limit: usize) -> Result<Vec<FoundTender>, Error> {
    let Some(pattern) = pattern(text) else { return Ok(Vec::new()) };
    let sql = "SELECT t.number, t.title, f.name AS office_name
               FROM tender t JOIN office f ON f.id = t.office_id
               WHERE t.published_at IS NOT NULL
                 AND (t.title LIKE $1 ESCAPE '\\' OR t.number LIKE $1 ESCAPE '\\')
               ORDER BY t.published_at DESC, t.number LIMIT $2";
    Ok(app.db.all(sql, args![pattern, limit]).await?)
}

/// Listed items whose name or code holds the text, by code.
///
/// # Errors
/// The database could not be read.
pub async fn items(app: &App, text: &str, limit: usize) -> Result<Vec<FoundItem>, Error> {
    let Some(pattern) = pattern(text) else { return Ok(Vec::new()) };
    let sql = "SELECT i.code, i.name, f.name AS office_name, i.ceiling_fen
               FROM item i JOIN office f ON f.id = i.office_id
               WHERE i.stage = 'listed' AND (i.name LIKE $1 ESCAPE '\\' OR i.code LIKE $1 ESCAPE '\\')
               ORDER BY i.code LIMIT $2";
    Ok(app.db.all(sql, args![pattern, limit]).await?)
}

/// Published tenders of one office, newest first.
///
/// # Errors
/// The database could not be read.
pub async fn tenders_of(
    app: &App,
    office: domain::kernel::OfficeId,
    limit: usize,
) -> Result<Vec<FoundTender>, Error> {
    let sql = "SELECT t.number, t.title, f.name AS office_name
               FROM tender t JOIN office f ON f.id = t.office_id
               WHERE t.published_at IS NOT NULL AND t.office_id = $1
               ORDER BY t.published_at DESC, t.number LIMIT $2";
    Ok(app.db.all(sql, args![office, limit]).await?)
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn a_wildcard_is_only_itself() {
        assert_eq!(pattern(" 50% "), Some("%50\\%%".to_owned()));
        assert_eq!(pattern("a_b\\"), Some("%a\\_b\\\\%".to_owned()));
        assert_eq!(pattern("养"), None);
    }
}
