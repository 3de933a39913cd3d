//! A tender as those who bid need it: one row, no joins, held against its closing while a bid is written.

use domain::kernel::{Coded, Date, Fen, Moment, OrganisationId, TenderId};
use domain::tendering::bid::may_submit;
use domain::tendering::consortium::ConsortiumRule;
use domain::tendering::stage::Stage;

use super::notice;
use crate::db::Tx;
use crate::{Cx, Error, args, row};

row! {
    /// What of a tender decides over a bid.
    pub struct OpenTender {
        /// Its id.
        id: TenderId,
        /// Its public number.
        number: String,
        /// Where it stands.
        @code stage: Stage,
        /// The bid deadline in force.
        deadline_at: Option<Moment>,
        /// The most it may cost.
        ceiling_fen: Fen,
        /// The day whose rules judge it.
        rules_on: Date,
        /// Whether the bureau's affiliates may not perform it (T8).
        excludes_supervised: bool,
        /// Credit codes of its designers, by line (C35).
        designers: String,
        /// What the documents say of consortia, as stored.
        consortia: Option<String>,
    }
}

pub(super) const OPEN_TENDER: &str = "SELECT id, number, stage, deadline_at, ceiling_fen, rules_on,
       excludes_supervised, designers, consortia FROM tender WHERE id = $1";

impl OpenTender {
    /// What the documents say of consortia.
    pub fn consortium_rule(&self) -> ConsortiumRule {
        consortium_rule(self.consortia.as_deref())
    }

    /// The deadline; a tender without one is not open, and `now` is as good as any.
    pub(super) fn deadline(&self, now: Moment) -> Moment {
        self.deadline_at.unwrap_or(now)
    }
}

/// What a stored text says of consortia; silence admits them (C30).
pub fn consortium_rule(held: Option<&str>) -> ConsortiumRule {
    held.and_then(ConsortiumRule::from_code).unwrap_or(ConsortiumRule::NotStated)
}

/// The tender in this transaction.
pub(super) async fn read(tx: &mut Tx, id: TenderId) -> Result<OpenTender, Error> {
    Ok(tx.one(OPEN_TENDER, args![id]).await?)
}

/// The tender, held against its closing, and the bidder; refused once bids are closed.
pub(super) async fn open_for_bids(
    cx: &mut Cx<'_>,
    id: TenderId,
) -> Result<(OpenTender, OrganisationId), Error> {
    let organisation = cx.actor.organisation().ok_or(Error::NotPermitted)?;
    cx.tx.share("tender", id.0).await?;
    let tender = read(&mut cx.tx, id).await?;
    notice::expect_public(tender.stage)?;
    may_submit(tender.stage, tender.deadline(cx.now), cx.now)?;
    Ok((tender, organisation))
}
