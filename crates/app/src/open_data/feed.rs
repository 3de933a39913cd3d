//! The change feed: public news in the order of commits, with a counter of its own so that gaps tell nothing.

use domain::kernel::Moment;

use super::page;
use crate::{App, Error, args, row};

row! {
    /// One piece of public news.
    pub struct News {
        /// Its place in the feed.
        seq: i64,
        /// When.
        at: Moment,
        /// What happened.
        kind: String,
        /// To what: a public number, code or year.
        subject: String,
    }
}

/// News after a place in the feed, oldest first.
///
/// # Errors
/// The database could not be read.
pub async fn after(app: &App, seq: i64, limit: i64) -> Result<Vec<News>, Error> {
    let sql = "SELECT seq, at, kind, subject FROM feed WHERE seq > $1 ORDER BY seq LIMIT $2";
    Ok(app.db.all(sql, args![seq, page(limit)]).await?)
}

/// The latest news, newest first.
///
/// # Errors
/// The database could not be read.
pub async fn latest(app: &App, limit: i64) -> Result<Vec<News>, Error> {
    let sql = "SELECT seq, at, kind, subject FROM feed ORDER BY seq DESC LIMIT $1";
    Ok(app.db.all(sql, args![page(limit)]).await?)
}
