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

row! {
    /// A piece of news for people: with the name of what it is about.
    pub struct Headline {
        /// When.
        at: Moment,
        /// What happened.
        kind: String,
        /// To what: a public number, code or year.
        subject: String,
        /// The tender's or contract's title, or the organisation's name; empty for other news.
        title: String,
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
pub async fn latest(app: &App, limit: i64) -> Result<Vec<Headline>, Error> {
    let sql = "SELECT f.at, f.kind, f.subject, COALESCE(t.title, c.title, o.name, '') AS title FROM feed f
               LEFT JOIN tender t ON t.number = f.subject LEFT JOIN contract c ON c.number = f.subject
               LEFT JOIN organisation o ON o.uscc = f.subject
               ORDER BY f.seq DESC LIMIT $1";
    Ok(app.db.all(sql, args![page(limit)]).await?)
}
