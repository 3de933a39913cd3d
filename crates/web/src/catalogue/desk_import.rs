//! Proposals from a workbook: a template, the import, and the same workbook with its faults.

use app::Error;
use app::catalogue::ImportItems;
use app::catalogue::sheet::{self, Dictionary, FIELDS};
use app::sheets::{self, Column, Sheet};
use askama::Template;
use axum::response::Response;
use domain::catalogue::{FunctionKind, FundSource, ItemScope};
use domain::kernel::{Coded, Refusal};

use super::{workbook, year_choices};
use crate::i18n::{self, Lang};
use crate::shell::form::pairs;
use crate::shell::{
    Choice, FieldFault, FileForm, Form, PageError, Shell, Visit, fault_at, show, show_faults, words,
};

/// One fault of one row.
struct RowFault {
    row: usize,
    column: String,
    text: String,
}

#[derive(Template)]
#[template(path = "catalogue/desk_import.html")]
struct ImportPage<'a> {
    shell: &'a Shell,
    years: Vec<Choice>,
    faults: &'a [FieldFault],
    rows: &'a [RowFault],
}

/// The title of a field's column.
fn title(lang: Lang, field: &str) -> String {
    i18n::text(lang, &format!("catalogue-item-{}", column_key(field)))
}

fn column_key(field: &str) -> String {
    match field {
        "why_purchasable" => "why".to_owned(),
        other => other.replace('_', "-"),
    }
}

/// What people may write, in both languages.
fn dictionary(first: Lang) -> Dictionary {
    let mut found = Dictionary::default();
    for lang in [first, first.other()] {
        found.titles.extend(FIELDS.into_iter().map(|field| (title(lang, field), field)));
        fn members<C: Coded>(found: &mut Dictionary, lang: Lang, field: &'static str) {
            let word = |one: &C| (field, words::coded(lang, *one), one.code().to_owned());
            found.words.extend(C::ALL.iter().map(word));
        }
        members::<FunctionKind>(&mut found, lang, "function");
        members::<FundSource>(&mut found, lang, "fund_source");
        members::<ItemScope>(&mut found, lang, "scope");
        members::<app::catalogue::AmountUnit>(&mut found, lang, "unit");
        let yes = i18n::text(lang, "catalogue-yes");
        found.words.push(("excludes_affiliates", yes, "yes".to_owned()));
    }
    found
}

fn page(visit: &Visit, form: &Form, faults: &[FieldFault], rows: &[RowFault]) -> Result<Response, PageError> {
    let now = i64::from(visit.shell.now().date().year());
    let years = year_choices(vec![now, now + 1], form.number("year").unwrap_or(now));
    let page = ImportPage { shell: &visit.shell, years, faults, rows };
    if faults.is_empty() && rows.is_empty() { show(&page) } else { show_faults(&page) }
}

/// GET /desk/catalogue/import
pub async fn new(visit: Visit) -> Result<Response, PageError> {
    let form = Form::of(pairs(visit.shell.query.as_bytes()));
    page(&visit, &form, &[], &[])
}

/// GET /desk/catalogue/template.xlsx
pub async fn template(visit: Visit) -> Result<Response, PageError> {
    let columns: Vec<Column> =
        FIELDS.iter().map(|field| Column::new(title(visit.shell.lang, field), 20)).collect();
    let name = visit.shell.t("catalogue-sheet-name");
    let bytes = sheets::xlsx(&name, &columns, &[]).map_err(|error| visit.error(error))?;
    Ok(workbook("items", bytes))
}

/// POST /desk/catalogue/import
pub async fn create(visit: Visit, sent: FileForm) -> Result<Response, PageError> {
    let (shell, form) = (&visit.shell, &sent.form);
    let Some(file) = sent.files.iter().find(|file| file.field == "file") else {
        let fault = FieldFault::new("file", shell.t("catalogue-import-file-missing"));
        return page(&visit, form, &[fault], &[]);
    };
    let (held, rows) = match sheet::read(&file.bytes, &dictionary(shell.lang)) {
        Ok(found) => found,
        Err(refusal) => return page(&visit, form, &visit.faults(refusal.into())?, &[]),
    };
    let year = form.number("year").unwrap_or_default();
    if form.text("act") == "check" {
        let faults = sheet::check(&visit.city, &visit.actor, year, rows).await;
        return annotated(&visit, &held, &row_faults(shell, &faults.map_err(|error| visit.error(error))?));
    }
    let command = ImportItems { year, rows, is_trial: false };
    match visit.city.act(&visit.actor, &form.key(), &command).await {
        Ok(_) => Ok(visit.done(&format!("/desk/catalogue?year={year}"), "items-imported")),
        Err(Error::Invalid(refusals)) => page(&visit, form, &[], &row_faults(shell, &refusals)),
        Err(error) => page(&visit, form, &visit.faults(error)?, &[]),
    }
}

fn row_faults(shell: &Shell, refusals: &[Refusal]) -> Vec<RowFault> {
    let fault = |refusal: &Refusal| {
        let (row, field) = sheet::place_of(refusal).unwrap_or((0, ""));
        let is_column = FIELDS.contains(&field);
        let column = if is_column { title(shell.lang, field) } else { String::new() };
        RowFault { row, column, text: shell.refusal(refusal) }
    };
    refusals.iter().map(fault).collect()
}

/// The workbook again, each row with what is wrong in it.
fn annotated(visit: &Visit, held: &Sheet, faults: &[RowFault]) -> Result<Response, PageError> {
    let mut told: Vec<(usize, String)> = Vec::new();
    for fault in faults {
        told.push((fault.row, format!("{} {}", fault.column, fault.text).trim().to_owned()));
    }
    if told.is_empty() {
        let first = held.rows.first().map_or(0, |row| row.number);
        told.push((first, visit.shell.t("catalogue-import-no-fault")));
    }
    let head = visit.shell.t("catalogue-import-fault-column");
    let bytes = sheet::with_faults(held, &head, &told).map_err(|error| visit.error(error))?;
    Ok(workbook("items-checked", bytes))
}
