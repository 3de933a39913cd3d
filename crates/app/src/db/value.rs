//! Values that travel to and from the database.
//!
//! Three kinds suffice for both engines: whole numbers (also money, moments and truth), text and bytes.
//! Each kind carries its own null, because PostgreSQL wants every null to have a type.

use domain::kernel::{Coded, Date, Fen, Moment};

use super::DbError;

/// A value to bind or one that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Val {
    /// A whole number: count, fen, microseconds, id, or 0/1 for truth.
    Int(Option<i64>),
    /// Text.
    Text(Option<String>),
    /// Bytes.
    Bytes(Option<Vec<u8>>),
}

impl Val {
    /// The stable code of a closed list's member.
    pub fn code<C: Coded>(member: C) -> Self {
        Val::Text(Some(member.code().to_owned()))
    }

    /// True for a null of any kind.
    pub fn is_null(&self) -> bool {
        matches!(self, Val::Int(None) | Val::Text(None) | Val::Bytes(None))
    }
}

macro_rules! from_int {
    ($($kind:ty => |$value:ident| $expr:expr),+ $(,)?) => {$(
        impl From<$kind> for Val { fn from($value: $kind) -> Self { Val::Int(Some($expr)) } }
        impl From<Option<$kind>> for Val {
            fn from(option: Option<$kind>) -> Self { Val::Int(option.map(|$value| $expr)) }
        }
    )+};
}
from_int!(i64 => |v| v, bool => |v| i64::from(v), Fen => |v| v.0, Moment => |v| v.0);

macro_rules! from_ids {
    ($($id:ident),+) => { from_int!($(domain::kernel::$id => |v| v.0),+); };
}
domain::for_each_id!(from_ids);

impl From<usize> for Val {
    fn from(value: usize) -> Self {
        Val::Int(Some(i64::try_from(value).unwrap_or(i64::MAX)))
    }
}

impl From<&str> for Val {
    fn from(value: &str) -> Self {
        Val::Text(Some(value.to_owned()))
    }
}

impl From<String> for Val {
    fn from(value: String) -> Self {
        Val::Text(Some(value))
    }
}

impl From<&String> for Val {
    fn from(value: &String) -> Self {
        Val::Text(Some(value.clone()))
    }
}

impl From<Option<String>> for Val {
    fn from(value: Option<String>) -> Self {
        Val::Text(value)
    }
}

impl From<Option<&str>> for Val {
    fn from(value: Option<&str>) -> Self {
        Val::Text(value.map(str::to_owned))
    }
}

impl From<Vec<u8>> for Val {
    fn from(value: Vec<u8>) -> Self {
        Val::Bytes(Some(value))
    }
}

impl From<Date> for Val {
    fn from(value: Date) -> Self {
        Val::Text(Some(value.to_string()))
    }
}

impl From<Option<Date>> for Val {
    fn from(value: Option<Date>) -> Self {
        Val::Text(value.map(|date| date.to_string()))
    }
}

/// Types that a column can be read as.
pub trait Column: Sized {
    /// Reads the value; `Err` says what was expected.
    fn read(value: &Val) -> Result<Self, &'static str>;
}

impl Column for i64 {
    fn read(value: &Val) -> Result<Self, &'static str> {
        match value {
            Val::Int(Some(number)) => Ok(*number),
            _ => Err("a whole number"),
        }
    }
}

impl Column for bool {
    fn read(value: &Val) -> Result<Self, &'static str> {
        match value {
            Val::Int(Some(0)) => Ok(false),
            Val::Int(Some(1)) => Ok(true),
            _ => Err("0 or 1"),
        }
    }
}

impl Column for String {
    fn read(value: &Val) -> Result<Self, &'static str> {
        match value {
            Val::Text(Some(text)) => Ok(text.clone()),
            _ => Err("text"),
        }
    }
}

impl Column for Vec<u8> {
    fn read(value: &Val) -> Result<Self, &'static str> {
        match value {
            Val::Bytes(Some(bytes)) => Ok(bytes.clone()),
            _ => Err("bytes"),
        }
    }
}

impl Column for Date {
    fn read(value: &Val) -> Result<Self, &'static str> {
        String::read(value)?.parse().map_err(|_| "a date")
    }
}

macro_rules! column_from_int {
    ($($kind:ident),+) => {$(
        impl Column for domain::kernel::$kind {
            fn read(value: &Val) -> Result<Self, &'static str> { i64::read(value).map(domain::kernel::$kind) }
        }
    )+};
}
column_from_int!(Fen, Moment);
domain::for_each_id!(column_from_int);

impl<T: Column> Column for Option<T> {
    fn read(value: &Val) -> Result<Self, &'static str> {
        if value.is_null() { Ok(None) } else { T::read(value).map(Some) }
    }
}

/// One row of an answer; columns are found by name.
#[derive(Clone, Debug)]
pub struct Row {
    pub(super) names: std::sync::Arc<[String]>,
    pub(super) values: Vec<Val>,
}

impl Row {
    /// A row that is about to be written.
    pub(crate) fn of(values: &[(&'static str, Val)]) -> Self {
        let names: Vec<String> = values.iter().map(|(name, _)| (*name).to_owned()).collect();
        Row { names: names.into(), values: values.iter().map(|(_, value)| value.clone()).collect() }
    }

    /// The row with some of its columns changed.
    pub(crate) fn with(&self, values: &[(&'static str, Val)]) -> Self {
        let mut row = self.clone();
        for (held, value) in row.names.iter().zip(&mut row.values) {
            if let Some((_, new)) = values.iter().find(|(name, _)| name == held) {
                *value = new.clone();
            }
        }
        row
    }

    /// The column `name` as a `T`; an absent column or a value of another kind is `Corrupt`.
    pub fn get<T: Column>(&self, name: &str) -> Result<T, DbError> {
        let at = self.names.iter().position(|held| held == name);
        let value = at.and_then(|at| self.values.get(at)).ok_or_else(|| DbError::corrupt(name, "present"))?;
        T::read(value).map_err(|expected| DbError::corrupt(name, expected))
    }

    /// The column `name` as a member of a closed list.
    pub fn code<C: Coded>(&self, name: &str) -> Result<C, DbError> {
        let text: String = self.get(name)?;
        C::from_code(&text).ok_or_else(|| DbError::corrupt(name, C::LIST))
    }

    /// The column `name` as a member of a closed list, or nothing.
    pub fn code_option<C: Coded>(&self, name: &str) -> Result<Option<C>, DbError> {
        let text: Option<String> = self.get(name)?;
        text.map(|code| C::from_code(&code).ok_or_else(|| DbError::corrupt(name, C::LIST))).transpose()
    }

    /// Column names with their values, in the order of the answer.
    pub fn columns(&self) -> impl Iterator<Item = (&str, &Val)> {
        self.names.iter().map(String::as_str).zip(self.values.iter())
    }
}

/// A struct that one row fills.
pub trait FromRow: Sized {
    /// Reads the struct; a column of the wrong kind is `Corrupt`.
    fn from_row(row: &Row) -> Result<Self, DbError>;
}

impl FromRow for Row {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(row.clone())
    }
}

/// The first column alone.
impl<T: Column> FromRow for (T,) {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let value = row.values.first().ok_or_else(|| DbError::corrupt("first column", "present"))?;
        T::read(value).map(|value| (value,)).map_err(|expected| DbError::corrupt("first column", expected))
    }
}

/// Declares a struct read from a row by column name; `#[code]` fields are members of closed lists.
#[macro_export]
macro_rules! row {
    ($(#[$doc:meta])* pub struct $name:ident { $($(#[$fdoc:meta])* $(@$code:ident)? $field:ident : $kind:ty),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name { $($(#[$fdoc])* pub $field: $kind),+ }
        impl $crate::db::FromRow for $name {
            fn from_row(row: &$crate::db::Row) -> Result<Self, $crate::db::DbError> {
                Ok(Self { $($field: $crate::row!(@get row $field $($code)?)),+ })
            }
        }
    };
    (@get $row:ident $field:ident) => { $row.get(stringify!($field))? };
    (@get $row:ident $field:ident code) => { $row.code(stringify!($field))? };
    (@get $row:ident $field:ident code_option) => { $row.code_option(stringify!($field))? };
}

/// A list of values to bind, each through `Val::from`.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { &[$($crate::db::Val::from($value)),*] as &[$crate::db::Val] };
}
