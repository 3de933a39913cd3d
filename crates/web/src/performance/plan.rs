//! The office's plan of delivery: units with their price and the deduction table, before anyone signs (C50, E3b).

use app::contracts::plan::{self, SetServicePlan};
use app::contracts::{self, Contract, MilestoneRow};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::contracts::DeductionKind;
use domain::contracts::plan::{PlannedDeduction, PlannedUnit};
use domain::kernel::{Coded, Refusal};

use super::view::percent;
use super::{amount, mendable, plain};
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show_as};

/// Rows that the form offers; empty ones are left out.
const UNIT_ROWS: usize = 8;
const LINE_ROWS: usize = 6;

struct UnitRow {
    number: i64,
    milestone: String,
    milestones: Vec<Choice>,
    name: String,
    measure: String,
    planned: String,
    price: String,
}

struct LineRow {
    number: i64,
    kind: String,
    kinds: Vec<Choice>,
    ground: String,
    share: String,
}

#[derive(Template)]
#[template(path = "performance/plan.html")]
struct PlanPage<'a> {
    shell: &'a Shell,
    contract: &'a Contract,
    milestones: &'a [MilestoneRow],
    may_edit: bool,
    units: Vec<UnitRow>,
    lines: Vec<LineRow>,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /desk/contracts/{no}/plan
pub async fn edit(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    page(&visit, &number, None, plain()).await
}

async fn page(
    visit: &Visit,
    number: &str,
    typed: Option<&Form>,
    (status, faults): (StatusCode, Vec<FieldFault>),
) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let found = contracts::by_number(&visit.city, &visit.actor, number).await;
    let (contract, milestones) = found.map_err(fail)?;
    let held = match typed {
        Some(form) => form.clone(),
        None => prefill(visit, &contract).await?,
    };
    let has_signature = contract.buyer_signed_at.is_some() || contract.provider_signed_at.is_some();
    let is_own = visit.actor.office() == Some(contract.office_id);
    let page = PlanPage {
        shell: &visit.shell,
        may_edit: is_own && contract.stage.is_open() && !has_signature,
        units: (0..UNIT_ROWS).map(|index| unit_row(&held, &milestones, index)).collect(),
        lines: (0..LINE_ROWS).map(|index| line_row(&visit.shell, &held, index)).collect(),
        milestones: &milestones,
        contract: &contract,
        form: &held,
        faults: &faults,
    };
    show_as(status, &page)
}

fn unit_row(form: &Form, milestones: &[MilestoneRow], index: usize) -> UnitRow {
    let field = |name: &str| format!("units.{index}.{name}");
    let chosen = form.trimmed(&field("milestone")).to_owned();
    let choice = |one: &MilestoneRow| {
        Choice::new(one.position.to_string(), format!("{}. {}", one.position, one.name), &chosen)
    };
    UnitRow {
        number: i64::try_from(index + 1).unwrap_or_default(),
        milestone: field("milestone"),
        milestones: milestones.iter().map(choice).collect(),
        name: field("name"),
        measure: field("measure"),
        planned: field("planned"),
        price: field("price"),
    }
}

fn line_row(shell: &Shell, form: &Form, index: usize) -> LineRow {
    let field = |name: &str| format!("lines.{index}.{name}");
    let chosen = form.trimmed(&field("kind")).to_owned();
    let kinds = DeductionKind::ALL.iter().map(|kind| Choice::new(kind.code(), shell.coded(kind), &chosen));
    LineRow {
        number: i64::try_from(index + 1).unwrap_or_default(),
        kind: field("kind"),
        kinds: kinds.collect(),
        ground: field("ground"),
        share: field("share"),
    }
}

async fn prefill(visit: &Visit, contract: &Contract) -> Result<Form, PageError> {
    let (city, fail) = (&visit.city, |error| visit.error(error));
    let mut fields: Vec<(String, String)> = Vec::new();
    for (index, unit) in plan::units(city, contract.id).await.map_err(fail)?.into_iter().enumerate() {
        let mut add = |name: &str, value: String| fields.push((format!("units.{index}.{name}"), value));
        add("milestone", unit.milestone.to_string());
        add("name", unit.name);
        add("measure", unit.measure);
        add("planned", unit.planned.to_string());
        add("price", unit.price_fen.to_string().replace(',', ""));
    }
    for (index, line) in plan::lines(city, contract.id).await.map_err(fail)?.into_iter().enumerate() {
        let mut add = |name: &str, value: String| fields.push((format!("lines.{index}.{name}"), value));
        add("kind", line.kind.code().to_owned());
        add("ground", line.ground);
        add("share", if line.basis_points == 0 { String::new() } else { percent(line.basis_points) });
    }
    Ok(Form::of(fields))
}

/// POST /desk/contracts/{no}/plan
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let contract = super::contract(&visit, &number).await?.id;
    let mut faults = Vec::new();
    let (units, lines) = (units(&form, &mut faults), lines(&form, &mut faults));
    let version = form.number("version").unwrap_or_default();
    let answer = match faults.is_empty() {
        true => {
            let command = SetServicePlan { contract, version, units, lines };
            visit.city.act(&visit.actor, &form.key(), &command).await
        }
        false => Err(app::Error::Invalid(faults)),
    };
    match answer {
        Ok(()) => Ok(visit.done(&format!("/desk/contracts/{number}"), "performance-planned")),
        Err(error) => {
            let faults = mendable(&visit, error)?;
            page(&visit, &number, Some(&form), faults).await
        }
    }
}

fn units(form: &Form, faults: &mut Vec<Refusal>) -> Vec<PlannedUnit> {
    let mut units = Vec::new();
    for index in 0..UNIT_ROWS {
        let field = |name: &str| format!("units.{index}.{name}");
        if ["name", "planned", "price"].iter().all(|name| form.trimmed(&field(name)).is_empty()) {
            continue;
        }
        let Some(price) = amount(form, &field("price"), faults) else { continue };
        units.push(PlannedUnit {
            milestone: form.number(&field("milestone")).unwrap_or_default(),
            name: form.text(&field("name")).to_owned(),
            measure: form.text(&field("measure")).to_owned(),
            planned: form.number(&field("planned")).unwrap_or_default(),
            price,
        });
    }
    units
}

fn lines(form: &Form, faults: &mut Vec<Refusal>) -> Vec<PlannedDeduction> {
    let mut lines = Vec::new();
    for index in 0..LINE_ROWS {
        let field = |name: &str| format!("lines.{index}.{name}");
        if ["ground", "share"].iter().all(|name| form.trimmed(&field(name)).is_empty()) {
            continue;
        }
        let Some(basis_points) = basis_points(form.trimmed(&field("share"))) else {
            faults.push(Refusal::new("performance.line-share", "E3b").at(field("share")));
            continue;
        };
        lines.push(PlannedDeduction {
            kind: DeductionKind::from_code(form.trimmed(&field("kind"))).unwrap_or(DeductionKind::Share),
            ground: form.text(&field("ground")).to_owned(),
            basis_points,
        });
    }
    lines
}

/// Percent with at most two decimals, in hundredths of a percent; nothing typed is nought.
fn basis_points(text: &str) -> Option<i64> {
    let text = text.trim_end_matches(['%', '％']).trim();
    if text.is_empty() {
        return Some(0);
    }
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if part.len() > 2 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part: i64 = format!("{part:0<2}").parse().ok()?;
    let whole: i64 = whole.parse().ok()?;
    (whole >= 0).then(|| whole.checked_mul(100)?.checked_add(part)).flatten()
}

#[cfg(test)]
mod tests {
    use super::basis_points;

    #[test]
    fn shares_are_read_in_percent() {
        for (text, expected) in [
            ("5", Some(500)),
            ("12.5%", Some(1_250)),
            ("0.05", Some(5)),
            ("", Some(0)),
            ("five", None),
            ("1.234", None),
            ("-5", None),
        ] {
            assert_eq!(basis_points(text), expected, "{text}");
        }
    }
}
