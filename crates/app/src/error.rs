//! Why a use case did not do what was asked.

use domain::kernel::Refusal;

use crate::db::DbError;

/// A use case's answer when it changes nothing.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Error {
    /// A rule says no.
    #[error("refused: {}", .0.code)]
    Refused(Refusal),
    /// The input has faults, each at its field; everything typed is kept by the door.
    #[error("{} faults in the input", .0.len())]
    Invalid(Vec<Refusal>),
    /// There is no such thing, or not for this actor: strangers' things answer alike.
    #[error("not found")]
    NotFound,
    /// The actor's post does not allow this act.
    #[error("not permitted")]
    NotPermitted,
    /// The act needs the password once more.
    #[error("the password is needed again")]
    PasswordNeeded,
    /// Someone changed the thing since it was read.
    #[error("the thing has changed since it was read")]
    Stale,
    /// The same request key came with another content.
    #[error("the request key was used for something else")]
    KeyReused,
    /// Nothing speaks against it; it was only rehearsed, so nothing was kept.
    #[error("only rehearsed")]
    Rehearsed,
    /// A folder or file cannot be used.
    #[error("folder: {0}")]
    Folder(String),
    /// The rule book or the calendar has a fault.
    #[error("rule book: {0}")]
    RuleBook(String),
    /// The database failed, or holds what no version of the program writes.
    #[error(transparent)]
    Db(DbError),
}

impl From<DbError> for Error {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Missing => Error::NotFound,
            other => Error::Db(other),
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Error::Refused(refusal)
    }
}

impl Error {
    /// Nothing, when all `checks` pass.
    ///
    /// # Errors
    /// All that they refuse, at once: of a field what the first check says. What is no refusal is told alone.
    pub fn all<const N: usize>(checks: [Result<(), Error>; N]) -> Result<(), Error> {
        let mut told: Vec<Refusal> = Vec::new();
        for check in checks {
            let refused = match check {
                Ok(()) => continue,
                Err(Error::Refused(refusal)) => vec![refusal],
                Err(Error::Invalid(refusals)) => refusals,
                Err(other) => return Err(other),
            };
            let is_new = |one: &Refusal| {
                one.field.is_none() || told.iter().all(|known: &Refusal| known.field != one.field)
            };
            let new: Vec<Refusal> = refused.into_iter().filter(is_new).collect();
            told.extend(new);
        }
        if told.is_empty() { Ok(()) } else { Err(Error::Invalid(told)) }
    }

    /// Turns the breach of the uniqueness rule `name` into `refusal`; leaves everything else as it is.
    #[must_use]
    pub fn on_unique(self, name: &str, refusal: Refusal) -> Self {
        match self {
            Error::Db(DbError::Unique(broken)) if broken == name => Error::Refused(refusal),
            other => other,
        }
    }
}
