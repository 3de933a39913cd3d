//! Abnormally low prices for the committee: what was asked and answered, and the verdict that the chair
//! records for all (C47).

use app::Error;
use app::tendering::low_price::{self, JudgeExplanation, LowPriceLine, MembersView};
use askama::Template;
use axum::response::Response;
use domain::kernel::{BidId, Refusal};

use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show, show_faults};

/// One low price in words.
pub struct Part {
    pub(super) alias: String,
    pub(super) state: String,
    pub(super) tone: &'static str,
    price: String,
    pub(super) tests: String,
    pub(super) asked_at: String,
    pub(super) ends_at: String,
    pub(super) explained_at: String,
    explanation: String,
    verdict: String,
}

/// A line in words; its price is for members who have locked.
pub(super) fn part(visit: &Visit, case: &app::tendering::case::Case, line: &LowPriceLine) -> Part {
    let shell = &visit.shell;
    let tests: Vec<String> = line.failed().iter().map(|test| shell.coded(test)).collect();
    let (state, tone) = match line.is_accepted {
        None => ("review-low-open", "wait"),
        Some(0) => ("review-verdict-rejected", "stop"),
        Some(_) => ("review-verdict-accepted", "ok"),
    };
    Part {
        alias: line.alias.clone(),
        state: shell.t(state),
        tone,
        price: shell.money(&line.price_fen),
        tests: tests.join("；"),
        asked_at: shell.moment(&line.asked_at),
        ends_at: shell.moment(&line.ends_at(&visit.city, case)),
        explained_at: shell.moment_or_dash(&line.explained_at),
        explanation: line.explanation.clone().unwrap_or_else(|| "—".to_owned()),
        verdict: line.verdict.clone().unwrap_or_else(|| "—".to_owned()),
    }
}

#[derive(Template)]
#[template(path = "tendering/review/prices.html")]
struct PricesPage<'a> {
    shell: &'a Shell,
    room: &'a MembersView,
    parts: Vec<Part>,
    /// The bids on which the reader, as chair, may still record a verdict.
    open: Vec<Choice>,
    verdicts: Vec<Choice>,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /expert/{no}/prices
pub async fn show_all(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let room = load(&visit, &number).await?;
    show(&page(&visit, &room, &Form::default(), &[]))
}

async fn load(visit: &Visit, number: &str) -> Result<MembersView, PageError> {
    low_price::for_member(&visit.city, &visit.actor, number).await.map_err(|error| visit.error(error))
}

fn page<'a>(
    visit: &'a Visit,
    room: &'a MembersView,
    form: &'a Form,
    faults: &'a [FieldFault],
) -> PricesPage<'a> {
    let shell = &visit.shell;
    let open = room.lines.iter().filter(|line| room.seat.is_chair && line.is_accepted.is_none());
    let verdict = |value: &str, key: &str| Choice::new(value, shell.t(key), form.text("is_accepted"));
    PricesPage {
        shell,
        room,
        parts: room.lines.iter().map(|line| part(visit, &room.case, line)).collect(),
        open: open
            .map(|line| Choice::new(line.bid_id.0.to_string(), &line.alias, form.text("bid")))
            .collect(),
        verdicts: vec![verdict("yes", "review-verdict-accepted"), verdict("no", "review-verdict-rejected")],
        form,
        faults,
    }
}

/// POST /expert/{no}/prices
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let room = load(&visit, &number).await?;
    match perform(&visit, &room, &form).await {
        Ok(()) => Ok(visit.done(&format!("/expert/{number}/prices"), "review-judged")),
        Err(error) => {
            let faults = visit.faults(error)?;
            show_faults(&page(&visit, &room, &form, &faults))
        }
    }
}

async fn perform(visit: &Visit, room: &MembersView, form: &Form) -> Result<(), Error> {
    let is_accepted = match form.text("is_accepted") {
        "yes" => true,
        "no" => false,
        _ => return Err(Refusal::new("tendering.verdict-open", "C47").at("is_accepted").into()),
    };
    let judge = JudgeExplanation {
        seat: room.seat.seat,
        bid: BidId(form.number("bid").ok_or(Error::NotFound)?),
        is_accepted,
        verdict: form.trimmed("verdict").to_owned(),
    };
    visit.city.act(&visit.actor, &form.key(), &judge).await
}
