//! The form of the scoring table: lines that sum to a hundred, with the price in its range (C41, C42).

use app::tendering::queries::{self, CriterionRow, Tender};
use app::tendering::scoring::{CriterionLine, SetScoringTable};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::Coded;
use domain::tendering::scoring_table::CriterionKind;
use domain::tendering::stage::Stage;

use super::{Head, choices, mendable, show_as};
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Visit, fault_at};

/// How many lines the form offers, and how many blank ones follow those in use.
const LINES_MAX: usize = 20;
const BLANK: usize = 3;

/// A line as typed.
#[derive(Clone, Default)]
struct Typed {
    name: String,
    detail: String,
    kind: String,
    weight: String,
    is_objective: bool,
}

/// A line as the form shows it.
struct Row {
    id: String,
    typed: Typed,
    kinds: Vec<Choice>,
    error: String,
}

#[derive(Template)]
#[template(path = "tendering/scoring.html")]
struct ScoringPage<'a> {
    shell: &'a Shell,
    tender: &'a Tender,
    head: Head,
    base: String,
    rows: Vec<Row>,
    is_price_fixed: bool,
    sum: i64,
    faults: &'a [FieldFault],
    may_write: bool,
}

async fn page(
    visit: &Visit,
    number: &str,
    typed: Option<(Vec<Typed>, bool)>,
    (status, faults): (StatusCode, Vec<FieldFault>),
) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let shell = &visit.shell;
    let tender = queries::on_desk(&visit.city, &visit.actor, number).await.map_err(fail)?;
    let kept = queries::criteria(&visit.city, tender.id).await.map_err(fail)?;
    let (mut lines, is_price_fixed) =
        typed.unwrap_or_else(|| (kept.iter().map(known).collect(), tender.is_price_fixed));
    let sum =
        lines.iter().filter_map(|line| line.weight.trim().parse::<i64>().ok()).fold(0, i64::saturating_add);
    let may_write = shell.is_role("office_staff") && tender.stage == Stage::Drafting;
    if may_write {
        let wanted = (lines.len() + BLANK).min(LINES_MAX).max(lines.len());
        lines.resize(wanted, Typed { kind: CriterionKind::Quality.code().to_owned(), ..Typed::default() });
    }
    let row = |(position, typed): (usize, Typed)| {
        let id = format!("criteria.{position}");
        Row {
            kinds: choices::<CriterionKind>(shell, &typed.kind),
            error: fault_at(&faults, &id).to_owned(),
            id,
            typed,
        }
    };
    let page = ScoringPage {
        shell,
        head: Head::of(shell, &tender),
        base: format!("/desk/tenders/{}", tender.number),
        rows: (1..).zip(lines).map(row).collect(),
        is_price_fixed,
        sum,
        faults: &faults,
        may_write,
        tender: &tender,
    };
    show_as(status, &page)
}

fn known(row: &CriterionRow) -> Typed {
    Typed {
        name: row.name.clone(),
        detail: row.detail.clone(),
        kind: row.kind.code().to_owned(),
        weight: row.weight.to_string(),
        is_objective: row.is_objective,
    }
}

/// GET /desk/tenders/{no}/scoring
pub async fn edit(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    page(&visit, &number, None, (StatusCode::OK, Vec::new())).await
}

/// POST /desk/tenders/{no}/scoring
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let tender = queries::on_desk(&visit.city, &visit.actor, &number).await.map_err(fail)?;
    let lines = lines(&form);
    let is_price_fixed = form.is_ticked("is_price_fixed");
    let line = |typed: &Typed| CriterionLine {
        name: typed.name.clone(),
        detail: typed.detail.clone(),
        kind: CriterionKind::from_code(&typed.kind).unwrap_or(CriterionKind::Quality),
        // A weight that cannot be read is as wrong as none; the rule names the line.
        weight: typed.weight.trim().parse().unwrap_or(0),
        is_objective: typed.is_objective,
    };
    let set = SetScoringTable {
        tender: tender.id,
        version: form.number("version").unwrap_or(0),
        criteria: lines.iter().map(line).collect(),
        is_price_fixed,
    };
    match visit.city.act(&visit.actor, &form.key(), &set).await {
        Ok(()) => Ok(visit.done(&format!("/desk/tenders/{number}"), "scoring-saved")),
        Err(error) => {
            let faults = mendable(&visit, error)?;
            page(&visit, &number, Some((lines, is_price_fixed)), faults).await
        }
    }
}

/// The lines in which something was typed, in order.
fn lines(form: &Form) -> Vec<Typed> {
    (1..=LINES_MAX)
        .map(|position| {
            let text = |part: &str| form.text(&format!("criteria.{position}{part}")).to_owned();
            Typed {
                name: text(""),
                detail: text(".detail"),
                kind: text(".kind"),
                weight: text(".weight"),
                is_objective: !text(".objective").is_empty(),
            }
        })
        .filter(|line| [&line.name, &line.detail, &line.weight].iter().any(|text| !text.trim().is_empty()))
        .collect()
}
