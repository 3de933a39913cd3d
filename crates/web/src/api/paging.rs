//! Pages of a list: an opaque cursor holds the key of the last row, so that no row is skipped or given twice.

use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::problem::{Problem, Teller};
use crate::shell::{Form, Visit, form::pairs};

/// Rows of a page when the client does not say.
const LIMIT: i64 = 50;

/// How a list is asked for. Read by hand, so that a wrong value gets a problem of ours.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// `next` of the page before; without it the list begins.
    #[param(required = false)]
    pub cursor: String,
    /// Rows wanted, 1 to 200; 50 when not given.
    #[param(required = false, minimum = 1, maximum = 200, example = 50)]
    pub limit: i64,
}

/// One page of a list.
#[derive(Serialize, ToSchema)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// The cursor of the next page; null at the end.
    pub next: Option<String>,
}

impl PageQuery {
    /// Reads the query of this request.
    ///
    /// # Errors
    /// A problem for a cursor that we did not give out and for a limit out of range.
    pub fn of(visit: &Visit, teller: &Teller) -> Result<Self, Problem> {
        let query = Form::of(pairs(visit.shell.query.as_bytes()));
        let limit = match query.trimmed("limit") {
            "" => LIMIT,
            typed => match typed.parse() {
                Ok(limit) if (1..=app::open_data::PAGE_MAX).contains(&limit) => limit,
                _ => return Err(teller.plain_at(422, "limit", "limit")),
            },
        };
        let cursor =
            key_of(query.trimmed("cursor")).ok_or_else(|| teller.plain_at(422, "cursor", "cursor"))?;
        Ok(Self { cursor, limit })
    }

    /// The cursor as the number that it stands for; nothing at the beginning.
    ///
    /// # Errors
    /// A problem for a cursor that we did not give out.
    pub fn number(&self, teller: &Teller) -> Result<Option<i64>, Problem> {
        if self.cursor.is_empty() {
            return Ok(None);
        }
        self.cursor.parse().map(Some).map_err(|_| teller.plain_at(422, "cursor", "cursor"))
    }

    /// The cursor as a code and a number within it; both at their beginning without one.
    ///
    /// # Errors
    /// A problem for a cursor that we did not give out.
    pub fn pair(&self, teller: &Teller) -> Result<(&str, i64), Problem> {
        if self.cursor.is_empty() {
            return Ok(("", 0));
        }
        let pair = self.cursor.rsplit_once('/').and_then(|(code, number)| Some((code, number.parse().ok()?)));
        pair.ok_or_else(|| teller.plain_at(422, "cursor", "cursor"))
    }

    /// The cursor as a year and a number within it; both before the first without one.
    ///
    /// # Errors
    /// A problem for a cursor that we did not give out.
    pub fn numbers(&self, teller: &Teller) -> Result<(i64, i64), Problem> {
        match self.pair(teller)? {
            ("", number) => Ok((0, number)),
            (year, number) => {
                let year = year.parse().map_err(|_| teller.plain_at(422, "cursor", "cursor"))?;
                Ok((year, number))
            }
        }
    }

    /// The page made of `rows`, which were asked for with this query.
    pub fn page<R, T>(&self, rows: Vec<R>, key: impl Fn(&R) -> String, told: impl Fn(R) -> T) -> Page<T> {
        let is_full = i64::try_from(rows.len()).is_ok_and(|count| count == self.limit);
        let next = rows.last().filter(|_| is_full).map(|row| cursor_of(&key(row)));
        Page { items: rows.into_iter().map(told).collect(), next }
    }
}

/// The cursor that stands for a key.
pub(super) fn cursor_of(key: &str) -> String {
    evidence::hex::encode(key.as_bytes())
}

fn key_of(cursor: &str) -> Option<String> {
    evidence::hex::decode(cursor).and_then(|bytes| String::from_utf8(bytes).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_gives_its_key_back_and_nothing_else_does() {
        for key in ["", "NJGZ-2014-001", "评估"] {
            assert_eq!(key_of(&cursor_of(key)).as_deref(), Some(key));
        }
        for wrong in ["x", "abc", "ff"] {
            assert_eq!(key_of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn only_a_full_page_has_a_next_one() {
        let query = PageQuery { cursor: String::new(), limit: 2 };
        for (rows, next) in [(vec![], None), (vec![1], None), (vec![1, 2], Some("32".to_owned()))] {
            assert_eq!(query.page(rows, i32::to_string, |row| row).next, next);
        }
    }
}
