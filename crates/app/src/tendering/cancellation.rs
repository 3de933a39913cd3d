//! Cancellation: the office asks with a ground of the law, the purchase lead consents, everyone is told
//! (C33, E11).

use domain::kernel::{Coded, Fen, Moment, PersonId, Refusal, Role, TenderId};
use domain::tendering::cancellation::{self, CancellationGround, Request};

use super::case::{self, Case};
use crate::db::{Row, Val};
use crate::journal::CANCELLATION;
use crate::{Act, App, Cx, Error, args, row};

/// The office asks to end a tender.
#[derive(Clone)]
pub struct AskCancellation {
    /// Which tender.
    pub tender: TenderId,
    /// On which ground.
    pub ground: CancellationGround,
    /// Why, in words that every bidder will read.
    pub reason: String,
}

impl Act for AskCancellation {
    type Outcome = ();
    const NAME: &'static str = "tendering.ask_cancellation";
    const WHO: &'static [Role] = &[Role::OfficeDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = case::locked_of_office(cx, self.tender).await?;
        let asker = case::person(cx)?;
        // The consenter comes later; anyone but the asker stands in for the check of ground and reason.
        check(cx, &case, self.ground, &self.reason, asker, PersonId(0)).await?;
        let id = cx.id();
        let values = [
            ("tender_id", case.id.into()),
            ("ground", self.ground.code().into()),
            ("reason", self.reason.trim().into()),
            ("asked_by", asker.into()),
            ("asked_at", cx.now.into()),
        ];
        cx.insert(&CANCELLATION, id, &values).await.map_err(|error| {
            error.on_unique("cancellation__tender_id", Refusal::new("tendering.cancellation-asked", "C33"))
        })
    }
}

/// The purchase lead consents: the tender ends, with its reason.
#[derive(Clone, Copy)]
pub struct CancelTender {
    /// Which tender.
    pub tender: TenderId,
}

impl Act for CancelTender {
    type Outcome = ();
    const NAME: &'static str = "tendering.cancel_tender";
    const WHO: &'static [Role] = &[Role::PurchaseLead];
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = case::locked(cx, self.tender).await?;
        let sql = "SELECT id, version, ground, reason, asked_by FROM cancellation
                   WHERE tender_id = $1 AND consented_at IS NULL";
        let Some(asked) = cx.tx.maybe::<Row>(sql, args![case.id]).await? else {
            return Err(Refusal::new("tendering.cancellation-not-asked", "E11").into());
        };
        let reason: String = asked.get("reason")?;
        let consenter = case::person(cx)?;
        let next =
            check(cx, &case, asked.code("ground")?, &reason, asked.get("asked_by")?, consenter).await?;
        let values = [("consented_by", consenter.into()), ("consented_at", cx.now.into())];
        cx.update(&CANCELLATION, asked.get::<i64>("id")?, asked.get("version")?, &values).await?;
        let more =
            [("ended_at", cx.now.into()), ("ended_reason", reason.into()), ("next_check_at", Val::Int(None))];
        case::advance(cx, &case, next, &more).await?;
        if case.stage.is_public() {
            cx.announce("tendering.cancelled", case.number.as_str());
        }
        Ok(())
    }
}

async fn check(
    cx: &mut Cx<'_>,
    case: &Case,
    ground: CancellationGround,
    reason: &str,
    asker: PersonId,
    consenter: PersonId,
) -> Result<domain::tendering::stage::Stage, Error> {
    let bids = case::opened_bids(&mut cx.tx, case.id).await?;
    let prices: Vec<Fen> = bids.iter().map(|bid| bid.price).collect();
    let ceiling = case.ceiling_fen;
    let request = Request { stage: case.stage, ground, reason, asker, consenter, prices: &prices, ceiling };
    Ok(cancellation::cancel(&request)?)
}

row! {
    /// A request to end a tender.
    pub struct Asked {
        /// On which ground.
        @code ground: CancellationGround,
        /// Why.
        reason: String,
        /// Who asked.
        asked_by: String,
        /// When.
        asked_at: Moment,
        /// When the lead consented.
        consented_at: Option<Moment>,
    }
}

/// The request to end a tender, if there is one.
///
/// # Errors
/// The database could not be read.
pub async fn asked(app: &App, tender: TenderId) -> Result<Option<Asked>, Error> {
    let sql = "SELECT c.ground, c.reason, p.name AS asked_by, c.asked_at, c.consented_at
               FROM cancellation c JOIN person p ON p.id = c.asked_by WHERE c.tender_id = $1";
    Ok(app.db.maybe(sql, args![tender]).await?)
}
