//! What can go wrong between us and a database, in the same words for both engines.

/// A failure of storage.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DbError {
    /// A uniqueness rule, named `table__column__column` on both engines.
    #[error("unique rule {0} would be broken")]
    Unique(String),
    /// A check rule, by its name.
    #[error("check rule {0} would be broken")]
    Check(String),
    /// A row that another row needs is absent, or still needed.
    #[error("a reference would be broken")]
    Reference,
    /// Another transaction was in the way; trying again may succeed.
    #[error("another transaction was in the way")]
    Busy,
    /// A row that must exist does not.
    #[error("no such row")]
    Missing,
    /// A value that no version of the program writes.
    #[error("column {column} should be {expected}")]
    Corrupt {
        /// The column.
        column: String,
        /// What it should hold.
        expected: &'static str,
    },
    /// Disk, network, or a statement that the engine does not take.
    #[error("database: {0}")]
    Engine(String),
}

impl DbError {
    pub(crate) fn corrupt(column: &str, expected: &'static str) -> Self {
        DbError::Corrupt { column: column.to_owned(), expected }
    }
}

impl From<rusqlite::Error> for DbError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ffi;
        let rusqlite::Error::SqliteFailure(code, message) = &error else {
            return DbError::Engine(error.to_string());
        };
        let message = message.as_deref().unwrap_or_default();
        match code.extended_code {
            ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY => {
                DbError::Unique(unique_name(message))
            }
            ffi::SQLITE_CONSTRAINT_CHECK => DbError::Check(after_colon(message).to_owned()),
            ffi::SQLITE_CONSTRAINT_FOREIGNKEY => DbError::Reference,
            _ if code.code == rusqlite::ErrorCode::DatabaseBusy => DbError::Busy,
            _ => DbError::Engine(error.to_string()),
        }
    }
}

impl From<tokio_postgres::Error> for DbError {
    fn from(error: tokio_postgres::Error) -> Self {
        let Some(detail) = error.as_db_error() else {
            return DbError::Engine(error.to_string());
        };
        let constraint = detail.constraint().unwrap_or_default().to_owned();
        match detail.code().code() {
            "23505" => DbError::Unique(constraint),
            "23514" => DbError::Check(constraint),
            "23503" => DbError::Reference,
            "40001" | "40P01" => DbError::Busy,
            _ => DbError::Engine(format!("{} ({})", detail.message(), detail.code().code())),
        }
    }
}

/// `UNIQUE constraint failed: bid.tender_id, bid.org_id` becomes `bid__tender_id__org_id`.
fn unique_name(message: &str) -> String {
    let mut name = String::new();
    for column in after_colon(message).split(", ") {
        match column.split_once('.') {
            Some((table, column)) if name.is_empty() => name = format!("{table}__{column}"),
            Some((_, column)) => {
                name.push_str("__");
                name.push_str(column);
            }
            None => name.push_str(column),
        }
    }
    name
}

fn after_colon(message: &str) -> &str {
    message.split_once(": ").map_or(message, |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::unique_name;

    #[test]
    fn both_engines_name_a_unique_rule_alike() {
        assert_eq!(
            unique_name("UNIQUE constraint failed: bid.tender_id, bid.org_id"),
            "bid__tender_id__org_id"
        );
        assert_eq!(unique_name("UNIQUE constraint failed: person.login"), "person__login");
    }
}
