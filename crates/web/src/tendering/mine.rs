//! An organisation's own bids, receipts and questions.

use app::Error;
use app::tendering::low_price;
use app::tendering::question::{self, QuestionLine};
use app::tendering::receipt::{self, DraftLine, OwnBid};
use askama::Template;
use axum::response::Response;
use domain::tendering::stage::phase;

use super::organisation;
use super::submission::own;
use crate::shell::{PageError, Path, Shell, Visit, show};

/// A bid with what may still be done with it.
struct BidLine {
    bid: OwnBid,
    is_open: bool,
    phase: String,
}

impl BidLine {
    fn new(shell: &Shell, bid: OwnBid) -> Self {
        let phase = phase(bid.stage, bid.deadline_at, None, shell.now());
        let is_open = phase == domain::tendering::stage::Phase::Bidding;
        Self { is_open, phase: shell.coded(&phase), bid }
    }
}

#[derive(Template)]
#[template(path = "tendering/my_bids.html")]
struct MyBidsPage<'a> {
    shell: &'a Shell,
    bids: Vec<BidLine>,
    drafts: Vec<DraftLine>,
}

/// GET /me/bids
pub async fn bids(visit: Visit) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let organisation = organisation(&visit)?;
    let shell = &visit.shell;
    let bids = receipt::own_bids(&visit.city, organisation).await.map_err(fail)?;
    let page = MyBidsPage {
        shell,
        bids: bids.into_iter().map(|bid| BidLine::new(shell, bid)).collect(),
        drafts: receipt::own_drafts(&visit.city, organisation).await.map_err(fail)?,
    };
    show(&page)
}

#[derive(Template)]
#[template(path = "tendering/my_bid.html")]
struct MyBidPage<'a> {
    shell: &'a Shell,
    line: BidLine,
    /// Whether the committee asked for an explanation of the price.
    is_asked: bool,
}

/// GET /me/bids/{no}
pub async fn bid(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let bid = own(&visit, &number).await?;
    let is_asked = match low_price::own(&visit.city, &visit.actor, &number).await {
        Ok(_) => true,
        Err(Error::NotFound) => false,
        Err(error) => return Err(visit.error(error)),
    };
    show(&MyBidPage { shell: &visit.shell, line: BidLine::new(&visit.shell, bid), is_asked })
}

#[derive(Template)]
#[template(path = "tendering/receipt.html")]
struct ReceiptPage<'a> {
    shell: &'a Shell,
    bid: OwnBid,
    bytes: i64,
    received: String,
    received_on: String,
}

/// GET /me/bids/{no}/receipt
pub async fn receipt(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let bid = own(&visit, &number).await?;
    let held = bid.receipt();
    let page = ReceiptPage {
        shell: &visit.shell,
        bytes: held.as_ref().and_then(|held| i64::try_from(held.bytes).ok()).unwrap_or(0),
        received: bid.received_at.rfc3339(),
        received_on: visit.shell.date(&bid.received_at.date()),
        bid,
    };
    show(&page)
}

#[derive(Template)]
#[template(path = "tendering/my_questions.html")]
struct MyQuestionsPage<'a> {
    shell: &'a Shell,
    questions: Vec<QuestionLine>,
}

/// GET /me/questions
pub async fn questions(visit: Visit) -> Result<Response, PageError> {
    let organisation = organisation(&visit)?;
    let found = question::of_organisation(&visit.city, organisation).await;
    let questions = found.map_err(|error| visit.error(error))?;
    show(&MyQuestionsPage { shell: &visit.shell, questions })
}
