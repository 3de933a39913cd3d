//! The score sheet (W8): anonymous bids, a row for each criterion, saved as typed, locked with the password.

use app::Error;
use app::tendering::conformity::VoteConformity;
use app::tendering::review::{self, OwnSheet, SheetBid};
use app::tendering::score_sheet::{self, LockScores, SaveScores, ScoreEntry};
use askama::Template;
use axum::response::Response;
use domain::kernel::{BidId, Coded, Fen, Refusal};
use domain::tendering::conformity::InvalidGround;
use domain::tendering::scoring_table::CriterionKind;

use super::{member, options};
use crate::shell::{
    Choice, FieldFault, Form, PageError, Path, Shell, Visit, download, fault_at, show, show_faults,
};

/// A row of the sheet.
pub struct Row {
    name: String,
    detail: String,
    weight: i64,
    field: String,
    points: String,
    reason: String,
    error: String,
}

/// A bid with its rows.
pub struct Part<'a> {
    bid: &'a SheetBid,
    texts: Vec<(String, String)>,
    rows: Vec<Row>,
    total: String,
    grounds: Vec<Choice>,
    vote: String,
}

#[derive(Template)]
#[template(path = "tendering/review/scores.html")]
struct ScoresPage<'a> {
    shell: &'a Shell,
    sheet: &'a OwnSheet,
    parts: Vec<Part<'a>>,
    most: i64,
    is_locked: bool,
    faults: &'a [FieldFault],
}

/// GET /expert/{no}/scores
pub async fn show_sheet(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let sheet = load(&visit, &number).await?;
    show(&page(&visit, &sheet, &Form::default(), &[]))
}

async fn load(visit: &Visit, number: &str) -> Result<OwnSheet, PageError> {
    let sheet = review::own_sheet(&visit.city, &visit.actor, number).await;
    sheet.map_err(|error| visit.error(error))
}

fn page<'a>(visit: &'a Visit, sheet: &'a OwnSheet, form: &Form, faults: &'a [FieldFault]) -> ScoresPage<'a> {
    let scored = sheet.criteria.iter().filter(|criterion| criterion.kind != CriterionKind::Price);
    ScoresPage {
        shell: &visit.shell,
        sheet,
        parts: sheet.bids.iter().map(|bid| part(visit, sheet, bid, form, faults)).collect(),
        most: scored.map(|criterion| criterion.weight).sum(),
        is_locked: sheet.seat.locked_at.is_some(),
        faults,
    }
}

fn part<'a>(
    visit: &Visit,
    sheet: &OwnSheet,
    bid: &'a SheetBid,
    form: &Form,
    faults: &[FieldFault],
) -> Part<'a> {
    let shell = &visit.shell;
    let scored = sheet.criteria.iter().filter(|criterion| criterion.kind != CriterionKind::Price);
    let rows = scored.map(|criterion| {
        let field = score_sheet::field(&bid.alias, criterion.position);
        let own = sheet.score(&bid.id, &criterion.position);
        let is_typed = form.fields().iter().any(|(name, _)| *name == field);
        let saved = own.points.map_or_else(String::new, |points| shell.points(&points));
        let typed = |name: &str, kept: String| if is_typed { form.text(name).to_owned() } else { kept };
        Row {
            name: criterion.name.clone(),
            detail: criterion.detail.clone(),
            weight: criterion.weight,
            points: typed(&field, saved),
            reason: typed(&format!("{field}.reason"), own.reason),
            error: fault_at(faults, &field).to_owned(),
            field,
        }
    });
    let current = bid.vote.flatten().map_or("", Coded::code);
    let texts = bid.proposal.parts.iter();
    Part {
        bid,
        texts: texts.map(|part| (member(shell, "bid_part", &part.part), part.text.clone())).collect(),
        rows: rows.collect(),
        total: shell.points(&sheet.total(&bid.id)),
        grounds: grounds(shell, current),
        vote: match bid.vote {
            None => shell.t("review-vote-open"),
            Some(None) => shell.t("review-vote-valid"),
            Some(Some(ground)) => member(shell, InvalidGround::LIST, ground.code()),
        },
    }
}

/// GET /expert/{no}/files/{alias}/{place}: a file of a bid, under its alias only.
pub async fn file(
    visit: Visit,
    Path((number, alias, place)): Path<(String, String, usize)>,
) -> Result<Response, PageError> {
    let found = review::file(&visit.city, &visit.actor, &number, &alias, place).await;
    let (file, bytes) = found.map_err(|error| visit.error(error))?;
    Ok(download(&file.name, &file.media_type, bytes))
}

fn grounds(shell: &Shell, current: &str) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", shell.t("review-vote-valid"), current)];
    choices.extend(options::<InvalidGround>(shell, current));
    choices
}

/// POST /expert/{no}/scores: `act` is save, lock or vote.
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let sheet = load(&visit, &number).await?;
    match perform(&visit, &sheet, &form).await {
        Ok(done) => Ok(visit.saved(&format!("/expert/{number}/scores"), done, None)),
        Err(error) => {
            let faults = visit.faults(error)?;
            let fresh = load(&visit, &number).await?;
            show_faults(&page(&visit, &fresh, &form, &faults))
        }
    }
}

async fn perform(visit: &Visit, sheet: &OwnSheet, form: &Form) -> Result<&'static str, Error> {
    let (city, actor, key, seat) = (&visit.city, &visit.actor, form.key(), sheet.seat.seat);
    if form.text("act") == "vote" {
        let vote = VoteConformity {
            seat,
            bid: BidId(form.number("bid").ok_or(Error::NotFound)?),
            invalid: InvalidGround::from_code(form.text("ground")),
            reason: form.trimmed("reason").to_owned(),
        };
        city.act(actor, &key, &vote).await?;
        return Ok("review-voted");
    }
    let entries = entries(sheet, form).map_err(Error::Invalid)?;
    // What was typed is saved first, so that nothing is lost when locking finds a gap.
    city.act(actor, &key, &SaveScores { seat, entries }).await?;
    if form.text("act") != "lock" {
        return Ok("review-saved");
    }
    city.act(actor, &app::RequestKey::None, &LockScores { seat }).await?;
    Ok("review-locked")
}

fn entries(sheet: &OwnSheet, form: &Form) -> Result<Vec<ScoreEntry>, Vec<Refusal>> {
    let (mut entries, mut faults) = (Vec::new(), Vec::new());
    for bid in &sheet.bids {
        for criterion in sheet.criteria.iter().filter(|criterion| criterion.kind != CriterionKind::Price) {
            let field = score_sheet::field(&bid.alias, criterion.position);
            let reason = form.trimmed(&format!("{field}.reason")).to_owned();
            // Points are typed like money: at most two decimals, read as whole hundredths.
            let points = match form.trimmed(&field) {
                "" => None,
                typed => match Fen::parse_yuan(typed) {
                    Ok(hundredths) => Some(hundredths.0),
                    Err(_) => {
                        faults.push(Refusal::new("tendering.score-unreadable", "C46").at(field.clone()));
                        None
                    }
                },
            };
            entries.push(ScoreEntry { bid: bid.id, position: criterion.position, points, reason });
        }
    }
    if faults.is_empty() { Ok(entries) } else { Err(faults) }
}
