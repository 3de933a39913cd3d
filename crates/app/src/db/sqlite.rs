//! SQLite: one file, many readers, one writer whose commits are grouped.
//!
//! Why groups: with `synchronous=FULL` a commit costs one wait for the disk, so what arrives while the
//! disk is busy shares the next wait. A transaction is a savepoint; the first one to finish queues a
//! flush behind those that are already waiting (the lock is fair), and nobody is answered before the
//! flush is on disk.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::config::DbConfig;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard, oneshot};

use super::{DbError, Row, Val};

const PRAGMAS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
    PRAGMA busy_timeout = 5000; PRAGMA temp_store = MEMORY;";
/// Pages kept by the writer and by each reader, in KiB. Readers come and go with the load, and the operating
/// system keeps the file for all of them.
const WRITER_KIB: u32 = 16_000;
const READER_KIB: u32 = 4_000;
const STATEMENTS_KEPT: usize = 256;

/// One SQLite file.
#[derive(Clone)]
pub struct Sqlite {
    path: Arc<PathBuf>,
    writer: Arc<AsyncMutex<Writer>>,
    readers: Arc<Mutex<Vec<Connection>>>,
}

struct Writer {
    connection: Connection,
    /// A group has begun and is not yet on disk.
    is_open: bool,
    /// Who waits for this group to be on disk.
    waiting: Vec<oneshot::Sender<Result<(), DbError>>>,
}

/// A savepoint in the current group.
pub struct SqliteTx {
    writer: OwnedMutexGuard<Writer>,
    home: Arc<AsyncMutex<Writer>>,
    is_finished: bool,
}

impl Sqlite {
    pub(super) fn open(path: &Path) -> Result<Self, DbError> {
        let connection = connect(path, OpenFlags::default(), WRITER_KIB)?;
        let writer = Writer { connection, is_open: false, waiting: Vec::new() };
        Ok(Self {
            path: Arc::new(path.to_owned()),
            writer: Arc::new(AsyncMutex::new(writer)),
            readers: Arc::default(),
        })
    }

    pub(super) async fn begin(&self) -> Result<SqliteTx, DbError> {
        let home = Arc::clone(&self.writer);
        let mut writer = Arc::clone(&home).lock_owned().await;
        writer.start()?;
        Ok(SqliteTx { writer, home, is_finished: false })
    }

    pub(super) fn read(&self, sql: &str, args: &[Val]) -> Result<Vec<Row>, DbError> {
        let held = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let reader = match held {
            Some(reader) => reader,
            None => connect(&self.path, OpenFlags::default() & !OpenFlags::SQLITE_OPEN_CREATE, READER_KIB)?,
        };
        let rows = select(&reader, sql, args);
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
        rows
    }
}

impl Writer {
    /// Runs a statement without places, prepared once.
    fn step(&self, sql: &str) -> Result<(), DbError> {
        Ok(self.connection.prepare_cached(sql)?.raw_execute().map(|_| ())?)
    }

    fn start(&mut self) -> Result<(), DbError> {
        if !self.is_open {
            self.step("BEGIN IMMEDIATE")?;
            self.is_open = true;
        }
        self.step("SAVEPOINT one")
    }

    /// Puts the group on disk and answers everyone in it.
    fn flush(&mut self) {
        if !self.is_open {
            return;
        }
        let result = self.step("COMMIT");
        if result.is_err() {
            // A failed COMMIT may leave the transaction open; what was not acknowledged must not survive.
            let _ = self.connection.execute_batch("ROLLBACK");
        }
        self.is_open = false;
        for waiter in self.waiting.drain(..) {
            // A caller that has gone away no longer wants the answer.
            let _ = waiter.send(result.clone());
        }
    }

    fn abandon(&mut self) {
        let undone = self.connection.execute_batch("ROLLBACK TO one; RELEASE one");
        if self.waiting.is_empty() || undone.is_err() {
            let _ = self.connection.execute_batch("ROLLBACK");
            self.is_open = false;
            for waiter in self.waiting.drain(..) {
                let _ = waiter.send(Err(DbError::Engine("the group was undone".to_owned())));
            }
        }
    }
}

impl SqliteTx {
    pub(super) fn run(&mut self, sql: &str, args: &[Val]) -> Result<u64, DbError> {
        let mut statement = self.writer.connection.prepare_cached(&numbered(sql))?;
        bind(&mut statement, args)?;
        let changed = statement.raw_execute()?;
        Ok(u64::try_from(changed).unwrap_or(u64::MAX))
    }

    pub(super) fn read(&mut self, sql: &str, args: &[Val]) -> Result<Vec<Row>, DbError> {
        select(&self.writer.connection, sql, args)
    }

    pub(super) async fn commit(mut self) -> Result<(), DbError> {
        self.writer.step("RELEASE one")?;
        self.is_finished = true;
        let (answer, answered) = oneshot::channel();
        let is_first = self.writer.waiting.is_empty();
        self.writer.waiting.push(answer);
        let home = Arc::clone(&self.home);
        drop(self);
        if is_first {
            tokio::spawn(async move {
                let mut writer = home.lock_owned().await;
                let _ = tokio::task::spawn_blocking(move || writer.flush()).await;
            });
        }
        answered.await.unwrap_or_else(|_| Err(DbError::Engine("the writer stopped".to_owned())))
    }
}

impl Drop for SqliteTx {
    fn drop(&mut self) {
        if !self.is_finished {
            self.writer.abandon();
        }
    }
}

fn connect(path: &Path, flags: OpenFlags, cache_kib: u32) -> Result<Connection, DbError> {
    let connection = Connection::open_with_flags(path, flags)?;
    connection.execute_batch(PRAGMAS)?;
    connection.execute_batch(&format!("PRAGMA cache_size = -{cache_kib}"))?;
    // Else a statement whose plan might depend on a bound value is prepared anew each time it runs.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    Ok(connection)
}

/// SQLite takes `$1` for a name and `?1` for a number; our statements hold no other dollar sign.
fn numbered(sql: &str) -> String {
    sql.replace('$', "?")
}

fn bind(statement: &mut rusqlite::Statement<'_>, args: &[Val]) -> Result<(), DbError> {
    for (index, value) in args.iter().enumerate() {
        let at = index + 1;
        match value {
            Val::Int(number) => statement.raw_bind_parameter(at, number)?,
            Val::Text(text) => statement.raw_bind_parameter(at, text)?,
            Val::Bytes(bytes) => statement.raw_bind_parameter(at, bytes)?,
        }
    }
    Ok(())
}

fn select(connection: &Connection, sql: &str, args: &[Val]) -> Result<Vec<Row>, DbError> {
    let mut statement = connection.prepare_cached(&numbered(sql))?;
    let names: Arc<[String]> = statement.column_names().map(str::to_owned).collect();
    bind(&mut statement, args)?;
    let mut answer = statement.raw_query();
    let mut rows = Vec::new();
    while let Some(row) = answer.next()? {
        let mut values = Vec::with_capacity(names.len());
        for index in 0..names.len() {
            values.push(match row.get_ref(index)? {
                ValueRef::Null => Val::Text(None),
                ValueRef::Integer(number) => Val::Int(Some(number)),
                ValueRef::Text(text) => Val::Text(Some(String::from_utf8_lossy(text).into_owned())),
                ValueRef::Blob(bytes) => Val::Bytes(Some(bytes.to_vec())),
                ValueRef::Real(_) => return Err(DbError::corrupt("a column", "free of fractions")),
            });
        }
        rows.push(Row { names: Arc::clone(&names), values });
    }
    Ok(rows)
}
