//! The least that a durable insert costs: one table, one row, the same group commit.
//!
//! The benchmark holds whole acts against this limit.

use std::path::Path;

use super::{Db, DbError, Val};

/// A file with one table of bodies.
#[derive(Clone)]
pub struct Bare {
    db: Db,
}

impl Bare {
    /// Creates the file.
    ///
    /// # Errors
    /// The file cannot be written.
    pub async fn open(path: &Path) -> Result<Self, DbError> {
        let db = Db::open_file(path)?;
        let mut tx = db.begin().await?;
        tx.run("CREATE TABLE IF NOT EXISTS bare (id INTEGER PRIMARY KEY, body BYTEA NOT NULL)", &[]).await?;
        tx.commit().await?;
        Ok(Self { db })
    }

    /// Stores one body; returns when it is on disk.
    ///
    /// # Errors
    /// The disk failed.
    pub async fn insert(&self, body: &[u8]) -> Result<(), DbError> {
        let mut tx = self.db.begin().await?;
        tx.run("INSERT INTO bare (body) VALUES ($1)", &[Val::from(body.to_vec())]).await?;
        tx.commit().await
    }
}
