//! Accepting a milestone item by item: the password is asked for first, so that nothing typed is lost (C55, E3b).

use app::Error;
use app::contracts::Contract;
use app::performance::acceptance::{AcceptMilestone, JudgedItem};
use app::performance::read::{AcceptanceFile, ItemRow};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::contracts::DeductionKind;
use domain::kernel::Refusal;

use super::desk_one::load;
use super::public::Counts;
use super::view::line_text;
use super::{mendable, plain};
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Typed, Visit, fault_at, show_as};

/// The fields of one item.
struct Row {
    item: ItemRow,
    accepted: String,
    typed: String,
    unit_line: String,
    unit_lines: Vec<Choice>,
    share_line: String,
    share_lines: Vec<Choice>,
    remark: String,
}

#[derive(Template)]
#[template(path = "performance/desk_decision.html")]
struct DecisionPage<'a> {
    shell: &'a Shell,
    contract: &'a Contract,
    file: &'a AcceptanceFile,
    counts: Counts,
    base: String,
    rows: Vec<Row>,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /desk/acceptance/{no}/{milestone}/decision
pub async fn new(
    visit: Visit,
    Path((number, milestone)): Path<(String, i64)>,
) -> Result<Response, PageError> {
    if !visit.actor.fresh {
        return Err(visit.error(Error::PasswordNeeded));
    }
    page(&visit, (&number, milestone), &Form::default(), plain()).await
}

async fn page(
    visit: &Visit,
    place: (&str, i64),
    form: &Form,
    (status, faults): (StatusCode, Vec<FieldFault>),
) -> Result<Response, PageError> {
    let (contract, file) = load(visit, place).await?;
    let shell = &visit.shell;
    let page = DecisionPage {
        shell,
        base: shell.url(format!("/desk/acceptance/{}/{}", place.0, place.1)),
        counts: Counts::of(&file),
        rows: file.items.iter().map(|item| row(shell, &file, item, form)).collect(),
        contract: &contract,
        file: &file,
        form,
        faults: &faults,
    };
    show_as(status, &page)
}

fn row(shell: &Shell, file: &AcceptanceFile, item: &ItemRow, form: &Form) -> Row {
    let field = |name: &str| format!("items.{}.{name}", item.position);
    let lines = |kind: DeductionKind, field: &str| {
        let none = Choice::new("", shell.t("performance-no-deduction"), form.trimmed(field));
        let held = file.lines.iter().filter(|line| line.kind == kind);
        let held =
            held.map(|line| Choice::new(line.id.to_string(), line_text(shell, line), form.trimmed(field)));
        std::iter::once(none).chain(held).collect()
    };
    let (accepted, unit_line, share_line) = (field("accepted"), field("unit_line"), field("share_line"));
    let typed = form.text(&accepted);
    Row {
        typed: if typed.is_empty() { item.claimed.to_string() } else { typed.to_owned() },
        unit_lines: lines(DeductionKind::Unit, &unit_line),
        share_lines: lines(DeductionKind::Share, &share_line),
        remark: field("remark"),
        accepted,
        unit_line,
        share_line,
        item: item.clone(),
    }
}

/// POST /desk/acceptance/{no}/{milestone}/decision
pub async fn create(
    visit: Visit,
    Path((number, milestone)): Path<(String, i64)>,
    form: Form,
) -> Result<Response, PageError> {
    let (_, file) = load(&visit, (&number, milestone)).await?;
    let mut typed = Typed::of(&visit, &form);
    let items = items(&mut typed, &form, &file);
    let version = form.number("version").unwrap_or_default();
    let command = AcceptMilestone { acceptance: file.view.id, version, items };
    let answer = typed.ask(&visit, &form.key(), &command).await;
    match answer {
        Ok(()) => Ok(visit.done(&format!("/desk/acceptance/{number}/{milestone}"), "performance-accept")),
        Err(error) => {
            let faults = mendable(&visit, error)?;
            page(&visit, (&number, milestone), &form, faults).await
        }
    }
}

/// The items as judged; one whose number cannot be read counts as none meanwhile.
fn items(typed: &mut Typed<'_>, form: &Form, file: &AcceptanceFile) -> Vec<JudgedItem> {
    let item = |item: &ItemRow| {
        let field = |name: &str| format!("items.{}.{name}", item.position);
        let beyond = Refusal::new("performance.accepted-beyond-claimed", "E3b").with("claimed", item.claimed);
        let judged = JudgedItem {
            position: item.position,
            accepted: typed.number(&field("accepted"), beyond),
            unit_line: form.number(&field("unit_line")),
            share_line: form.number(&field("share_line")),
            remark: typed.text(&field("remark")),
        };
        // Nothing is asked about a shortfall that was not typed.
        for name in ["unit_line", "share_line", "remark"] {
            typed.hangs(&field(name), &field("accepted"));
        }
        judged
    };
    file.items.iter().map(item).collect()
}
