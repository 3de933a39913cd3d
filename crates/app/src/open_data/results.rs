//! Published results: every ranked bidder with price and scores (C25, C64).

use domain::kernel::{Fen, Moment};

use super::page;
use crate::{App, Error, args, row};

row! {
    /// A tender whose result is public.
    pub struct Outcome {
        /// The tender's number.
        number: String,
        /// What is bought.
        title: String,
        /// When the result was published.
        publicised_at: Moment,
        /// Until when it may be challenged.
        public_until: Option<Moment>,
        /// The winner's credit code.
        winner: String,
        /// The winner's name.
        winner_name: String,
        /// The winner's price.
        price_fen: Fen,
        /// Where the award stands.
        award: String,
    }
}

row! {
    /// A ranked bidder.
    pub struct Ranked {
        /// The rank, 1 is first.
        rank: i64,
        /// Credit code.
        uscc: String,
        /// Name.
        name: String,
        /// The price that was bid.
        price_fen: Fen,
        /// Points for the price, in hundredths.
        price_score: i64,
        /// Points for quality, in hundredths.
        quality_score: i64,
        /// Points together, in hundredths.
        total_score: i64,
    }
}

row! {
    /// A member of a consortium that was ranked.
    pub struct Member {
        /// The rank of its bid.
        rank: i64,
        /// Credit code.
        uscc: String,
        /// Name.
        name: String,
    }
}

const OUTCOME: &str = "SELECT t.number, t.title, t.publicised_at, t.public_until, o.uscc AS winner,
       o.name AS winner_name, b.price_fen, a.state AS award
     FROM tender t JOIN award a ON a.tender_id = t.id AND a.state <> 'refused'
     JOIN bid b ON b.id = a.bid_id JOIN organisation o ON o.id = b.organisation_id
     WHERE t.publicised_at IS NOT NULL AND t.stage IN ('publicised', 'awarded', 'contracted')";

/// Public results after a tender number, in the order of numbers.
///
/// # Errors
/// The database could not be read.
pub async fn list(app: &App, after: &str, limit: i64) -> Result<Vec<Outcome>, Error> {
    let sql = format!("{OUTCOME} AND t.number > $1 ORDER BY t.number LIMIT $2");
    Ok(app.db.all(&sql, args![after, page(limit)]).await?)
}

/// One public result with everyone who was ranked.
///
/// # Errors
/// `NotFound` for an unknown number and for a result that is not public.
pub async fn one(app: &App, number: &str) -> Result<(Outcome, Vec<Ranked>, Vec<Member>), Error> {
    let outcome: Outcome = app.db.one(&format!("{OUTCOME} AND t.number = $1"), args![number]).await?;
    let sql = "SELECT r.rank, o.uscc, o.name, b.price_fen, r.price_score, r.quality_score, r.total_score
               FROM ranking r JOIN tender t ON t.id = r.tender_id JOIN bid b ON b.id = r.bid_id
               JOIN organisation o ON o.id = b.organisation_id WHERE t.number = $1 ORDER BY r.rank";
    let ranked = app.db.all(sql, args![number]).await?;
    let sql = "SELECT r.rank, o.uscc, o.name FROM ranking r JOIN tender t ON t.id = r.tender_id
               JOIN bid_member m ON m.bid_id = r.bid_id JOIN organisation o ON o.id = m.organisation_id
               WHERE t.number = $1 ORDER BY r.rank, m.position";
    let members = app.db.all(sql, args![number]).await?;
    Ok((outcome, ranked, members))
}
