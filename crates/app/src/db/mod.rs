//! The only code that knows which database it speaks to.
//!
//! Statements are one text for both engines: `$1` placeholders, whole numbers, text and bytes. A city is
//! one SQLite file or one PostgreSQL schema; nobody outside this folder asks which.

mod bare;
pub(crate) mod counts;
mod error;
mod generation;
mod migrate;
pub(crate) mod pieces;
mod postgres;
mod sqlite;
pub(crate) mod terms;
pub(crate) mod urn;
mod value;

use std::path::Path;

pub use bare::Bare;
pub use error::DbError;
pub(crate) use generation::GENERATION;
pub use value::{Column, FromRow, Row, Val};

/// A city's database.
#[derive(Clone)]
pub enum Db {
    /// One file, one writer with group commit, many readers.
    Sqlite(sqlite::Sqlite),
    /// A pool of connections to one schema.
    Postgres(postgres::Postgres),
}

/// A transaction that writes. Dropped without `commit`, it leaves no trace.
pub enum Tx {
    /// A savepoint in the writer's current group.
    Sqlite(sqlite::SqliteTx),
    /// A transaction of its own.
    Postgres(Box<postgres::PostgresTx>),
}

impl Db {
    /// Opens (and creates) the SQLite file at `path`.
    pub fn open_file(path: &Path) -> Result<Db, DbError> {
        sqlite::Sqlite::open(path).map(Db::Sqlite)
    }

    /// Connects to `postgres://…[?schema=NAME]`; the schema is created by `migrate`.
    pub fn connect(address: &str) -> Result<Db, DbError> {
        postgres::Postgres::connect(address).map(Db::Postgres)
    }

    /// Brings the schema up to date; returns how many migrations ran.
    pub async fn migrate(&self) -> Result<usize, DbError> {
        migrate::run(self).await
    }

    /// How many migrations this program has beyond those the database has run.
    pub async fn pending_migrations(&self) -> Result<usize, DbError> {
        migrate::pending(self).await
    }

    /// Starts a transaction that writes.
    pub async fn begin(&self) -> Result<Tx, DbError> {
        match self {
            Db::Sqlite(db) => db.begin().await.map(Tx::Sqlite),
            Db::Postgres(db) => db.begin().await.map(|tx| Tx::Postgres(Box::new(tx))),
        }
    }

    /// Every row that `sql` answers, outside any transaction.
    pub async fn all<T: FromRow>(&self, sql: &str, args: &[Val]) -> Result<Vec<T>, DbError> {
        let rows = match self {
            Db::Sqlite(db) => db.read(sql, args)?,
            Db::Postgres(db) => db.read(sql, args).await?,
        };
        rows.iter().map(T::from_row).collect()
    }

    /// The first row, if any.
    pub async fn maybe<T: FromRow>(&self, sql: &str, args: &[Val]) -> Result<Option<T>, DbError> {
        Ok(self.all(sql, args).await?.into_iter().next())
    }

    /// The first row; its absence is `Missing`.
    pub async fn one<T: FromRow>(&self, sql: &str, args: &[Val]) -> Result<T, DbError> {
        self.maybe(sql, args).await?.ok_or(DbError::Missing)
    }

    /// A single number, such as a count.
    pub async fn number(&self, sql: &str, args: &[Val]) -> Result<i64, DbError> {
        self.one::<(i64,)>(sql, args).await.map(|(number,)| number)
    }

    /// The generation of what visitors may see: it moves, in the same commit, with every act that may change a
    /// public page, and never with a sealed bid.
    ///
    /// # Errors
    /// The database could not be read.
    pub async fn generation(&self) -> Result<i64, DbError> {
        match self {
            Db::Sqlite(_) => self.number(generation::READ, &[]).await,
            // A round trip costs more than a statement, so those who ask together share one.
            Db::Postgres(db) => db.turns().share(|| self.number(generation::READ, &[])).await,
        }
    }

    /// The name of the engine, for `doctor` and logs.
    pub fn engine(&self) -> &'static str {
        match self {
            Db::Sqlite(_) => "SQLite",
            Db::Postgres(_) => "PostgreSQL",
        }
    }
}

impl Tx {
    /// Runs a statement that changes rows; returns how many.
    pub(crate) async fn run(&mut self, sql: &str, args: &[Val]) -> Result<u64, DbError> {
        match self {
            Tx::Sqlite(tx) => tx.run(sql, args),
            Tx::Postgres(tx) => tx.run(sql, args).await,
        }
    }

    /// Every row that `sql` answers inside this transaction.
    pub async fn all<T: FromRow>(&mut self, sql: &str, args: &[Val]) -> Result<Vec<T>, DbError> {
        let rows = match self {
            Tx::Sqlite(tx) => tx.read(sql, args)?,
            Tx::Postgres(tx) => tx.read(sql, args).await?,
        };
        rows.iter().map(T::from_row).collect()
    }

    /// The first row, if any.
    pub async fn maybe<T: FromRow>(&mut self, sql: &str, args: &[Val]) -> Result<Option<T>, DbError> {
        Ok(self.all(sql, args).await?.into_iter().next())
    }

    /// The first row; its absence is `Missing`.
    pub async fn one<T: FromRow>(&mut self, sql: &str, args: &[Val]) -> Result<T, DbError> {
        self.maybe(sql, args).await?.ok_or(DbError::Missing)
    }

    /// A single number, such as a count.
    pub async fn number(&mut self, sql: &str, args: &[Val]) -> Result<i64, DbError> {
        self.one::<(i64,)>(sql, args).await.map(|(number,)| number)
    }

    /// Holds the row `id` of `table` against other writers until the end of this transaction.
    ///
    /// SQLite has one writer at a time, so there it only checks that the row exists.
    pub async fn lock(&mut self, table: &'static str, id: i64) -> Result<(), DbError> {
        let tail = if matches!(self, Tx::Postgres(_)) { " FOR UPDATE" } else { "" };
        let sql = format!("SELECT id FROM {table} WHERE id = $1{tail}");
        self.one::<(i64,)>(&sql, crate::args![id]).await.map(|_| ())
    }

    /// Like `lock`, but other holders of this lock may go on beside us; only `lock` waits for them.
    pub async fn share(&mut self, table: &'static str, id: i64) -> Result<(), DbError> {
        let tail = if matches!(self, Tx::Postgres(_)) { " FOR SHARE" } else { "" };
        let sql = format!("SELECT id FROM {table} WHERE id = $1{tail}");
        self.one::<(i64,)>(&sql, crate::args![id]).await.map(|_| ())
    }

    /// Makes everything durable; returns only when it is on disk.
    pub async fn commit(self) -> Result<(), DbError> {
        match self {
            Tx::Sqlite(tx) => tx.commit().await,
            Tx::Postgres(tx) => tx.commit().await,
        }
    }

    /// Undoes everything in this transaction.
    pub async fn rollback(self) -> Result<(), DbError> {
        match self {
            Tx::Sqlite(tx) => {
                drop(tx);
                Ok(())
            }
            Tx::Postgres(tx) => tx.rollback().await,
        }
    }
}
