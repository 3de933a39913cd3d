//! The figures of a purchase round (S60, S61, S75, E8), computed from its rows and safe to show at any time:
//! bids count only where the opening has been.

use domain::kernel::{BatchId, Date, Fen, Moment};

use crate::{App, Error, args, row};

row! {
    /// What one batch has come to so far.
    pub struct RoundFigures {
        /// Items in the batch.
        items: i64,
        /// Tenders whose bids have been opened.
        opened: i64,
        /// Sessions held to their end: live bidding and review.
        sessions: i64,
        /// Different organisations whose bids have been opened.
        bidders_opened: i64,
        /// Decisions in force.
        awards: i64,
        /// Different organisations among the awardees.
        winners: i64,
        /// Awardees that the bureau does not supervise.
        winners_outside: i64,
        /// Contracts signed by both sides.
        contracts: i64,
        /// Their amounts together.
        contracted_fen: Fen,
    }
}

/// The figures of `batch`.
///
/// # Errors
/// The database could not be read.
pub async fn figures(app: &App, batch: BatchId) -> Result<RoundFigures, Error> {
    let sql = "SELECT
        (SELECT count(*) FROM item WHERE batch_id = $1) AS items,
        (SELECT count(*) FROM tender WHERE batch_id = $1 AND opened_at IS NOT NULL) AS opened,
        (SELECT count(*) FROM live_session s JOIN tender t ON t.id = s.tender_id
          WHERE t.batch_id = $1 AND s.ended_at IS NOT NULL) AS sessions,
        (SELECT count(DISTINCT b.organisation_id) FROM bid b JOIN tender t ON t.id = b.tender_id
          WHERE t.batch_id = $1 AND t.opened_at IS NOT NULL AND b.alias IS NOT NULL
            AND b.state = 'submitted') AS bidders_opened,
        (SELECT count(*) FROM award a JOIN tender t ON t.id = a.tender_id
          WHERE t.batch_id = $1 AND a.state <> 'refused') AS awards,
        (SELECT count(DISTINCT b.organisation_id) FROM award a JOIN tender t ON t.id = a.tender_id
          JOIN bid b ON b.id = a.bid_id WHERE t.batch_id = $1 AND a.state <> 'refused') AS winners,
        (SELECT count(DISTINCT o.id) FROM award a JOIN tender t ON t.id = a.tender_id
          JOIN bid b ON b.id = a.bid_id JOIN organisation o ON o.id = b.organisation_id
          WHERE t.batch_id = $1 AND a.state <> 'refused' AND o.is_supervised = 0) AS winners_outside,
        (SELECT count(*) FROM contract c JOIN tender t ON t.id = c.tender_id
          WHERE t.batch_id = $1 AND c.stage = 'signed') AS contracts,
        (SELECT CAST(COALESCE(sum(c.amount_fen), 0) AS BIGINT) FROM contract c
          JOIN tender t ON t.id = c.tender_id
          WHERE t.batch_id = $1 AND c.stage = 'signed') AS contracted_fen";
    Ok(app.db.one(sql, args![batch]).await?)
}

/// How many tenders of `batch` were opened on `day` in Beijing.
///
/// # Errors
/// The database could not be read.
pub async fn opened_on(app: &App, batch: BatchId, day: Date) -> Result<i64, Error> {
    let (from, to) = (Moment::start_of(day), Moment::end_of(day));
    let sql = "SELECT count(*) FROM tender WHERE batch_id = $1 AND opened_at >= $2 AND opened_at < $3";
    Ok(app.db.number(sql, args![batch, from, to]).await?)
}

/// Names of the awardees of `batch`, each once.
///
/// # Errors
/// The database could not be read.
pub async fn winners(app: &App, batch: BatchId) -> Result<Vec<String>, Error> {
    let sql = "SELECT DISTINCT o.name FROM award a JOIN tender t ON t.id = a.tender_id
               JOIN bid b ON b.id = a.bid_id JOIN organisation o ON o.id = b.organisation_id
               WHERE t.batch_id = $1 AND a.state <> 'refused' ORDER BY o.name";
    Ok(app.db.all::<(String,)>(sql, args![batch]).await?.into_iter().map(|(name,)| name).collect())
}

row! {
    /// What must never be found in a city (S67-S70).
    pub struct Fairness {
        /// Decisions for a bid that no ranking holds.
        awards_outside_ranking: i64,
        /// Contracts that hang on no decision.
        contracts_without_award: i64,
        /// Decisions where fewer than two bids were ranked.
        awards_with_one_bid: i64,
        /// Rankings in which a member's score is missing for some bid.
        unequal_tables: i64,
    }
}

/// Looks for what must never be found.
///
/// # Errors
/// The database could not be read.
pub async fn fairness(app: &App) -> Result<Fairness, Error> {
    let sql = "SELECT
        (SELECT count(*) FROM award a WHERE NOT EXISTS
          (SELECT 1 FROM ranking r WHERE r.tender_id = a.tender_id AND r.bid_id = a.bid_id)) AS awards_outside_ranking,
        (SELECT count(*) FROM contract c WHERE NOT EXISTS
          (SELECT 1 FROM award a WHERE a.id = c.award_id AND a.tender_id = c.tender_id)) AS contracts_without_award,
        (SELECT count(*) FROM award a WHERE
          (SELECT count(*) FROM ranking r WHERE r.tender_id = a.tender_id) < 2) AS awards_with_one_bid,
        (SELECT count(*) FROM ranking r JOIN seat s ON s.tender_id = r.tender_id AND s.state = 'accepted'
          WHERE (SELECT count(*) FROM score p WHERE p.seat_id = s.id AND p.bid_id = r.bid_id)
             <> (SELECT count(*) FROM criterion k WHERE k.tender_id = r.tender_id AND k.kind <> 'price'))
          AS unequal_tables";
    Ok(app.db.one(sql, &[]).await?)
}
