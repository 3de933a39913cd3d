//! An item as its office writes it: proposed, and changed until the review has passed it.

use app::Error;
use app::catalogue::read::{self, ItemRow};
use app::catalogue::{AmountUnit, EditItem, ProposeItem, TypedItem};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::catalogue::{FunctionKind, FundSource, ItemScope};
use domain::kernel::Coded;

use super::year_choices;
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show_as};

#[derive(Template)]
#[template(path = "catalogue/desk_form.html")]
struct FormPage<'a> {
    shell: &'a Shell,
    form: &'a Form,
    faults: &'a [FieldFault],
    /// The item that is changed; nothing for a new one.
    code: &'a str,
    /// Its version as it stands, so that whoever was overtaken may send again.
    version: &'a str,
    action: String,
    years: Vec<Choice>,
    functions: Vec<Choice>,
    units: Vec<Choice>,
    sources: Vec<Choice>,
    scopes: Vec<Choice>,
    affiliates: Vec<Choice>,
}

fn choices<C: Coded>(shell: &Shell, chosen: &str) -> Vec<Choice> {
    C::ALL.iter().map(|one| Choice::new(one.code(), shell.coded(one), chosen)).collect()
}

/// `code` and `version` are those of the item that is changed, as it stands; nothing for a new one.
fn page(
    visit: &Visit,
    form: &Form,
    (code, version): (&str, &str),
    (status, faults): (StatusCode, Vec<FieldFault>),
) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let now = i64::from(shell.now().date().year());
    let action = if code.is_empty() {
        "/desk/catalogue/new".to_owned()
    } else {
        format!("/desk/catalogue/{code}/edit")
    };
    let ticked = if form.is_ticked("excludes_affiliates") { "yes" } else { "" };
    let page = FormPage {
        shell,
        form,
        faults: &faults,
        code,
        version,
        action: shell.url(&action),
        years: year_choices(vec![now, now + 1], form.number("year").unwrap_or(now)),
        functions: choices::<FunctionKind>(shell, form.text("function")),
        units: choices::<AmountUnit>(shell, form.text("unit")),
        sources: choices::<FundSource>(shell, form.text("fund_source")),
        scopes: choices::<ItemScope>(shell, form.text("scope")),
        affiliates: vec![Choice::new("yes", shell.t("catalogue-item-excludes-affiliates"), ticked)],
    };
    show_as(status, &page)
}

/// The item as typed.
fn typed(form: &Form) -> TypedItem {
    let text = |name: &str| form.text(name).to_owned();
    TypedItem {
        title: text("title"),
        function: text("function"),
        why_purchasable: text("why_purchasable"),
        quantity: text("quantity"),
        standard: text("standard"),
        ceiling: text("ceiling"),
        budget: text("budget"),
        unit: text("unit"),
        fund_source: text("fund_source"),
        scope: text("scope"),
        recipients: text("recipients"),
        performance_standard: text("performance_standard"),
        excludes_affiliates: form.is_ticked("excludes_affiliates"),
    }
}

/// GET /desk/catalogue/new
pub async fn new(visit: Visit) -> Result<Response, PageError> {
    let form = Form::of([("unit", "wan"), ("fund_source", "department_budget"), ("scope", "city")]);
    page(&visit, &form, ("", ""), (StatusCode::OK, Vec::new()))
}

/// POST /desk/catalogue/new
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let year = form.number("year").unwrap_or_default();
    let answer = match typed(&form).read() {
        Ok(content) => visit.city.act(&visit.actor, &form.key(), &ProposeItem { year, content }).await,
        Err(faults) => Err(Error::Invalid(faults)),
    };
    match answer {
        Ok(_) => Ok(visit.done(&format!("/desk/catalogue?year={year}"), "item-proposed")),
        Err(error) => {
            let faults = visit.mendable(error)?;
            page(&visit, &form, ("", ""), faults)
        }
    }
}

/// The form as the item stands.
fn prefilled(item: &ItemRow) -> Form {
    let mut fields = vec![
        ("title", item.name.clone()),
        ("function", item.function_kind.code().to_owned()),
        ("why_purchasable", item.reason.clone()),
        ("quantity", item.quantity.clone()),
        ("standard", item.standard.clone()),
        ("ceiling", item.ceiling_fen.to_string()),
        ("budget", item.budget_fen.to_string()),
        ("unit", AmountUnit::Yuan.code().to_owned()),
        ("fund_source", item.fund_source.code().to_owned()),
        ("scope", item.scope.code().to_owned()),
        ("recipients", item.recipients.clone()),
        ("performance_standard", item.performance_standard.clone()),
    ];
    if item.excludes_supervised {
        fields.push(("excludes_affiliates", "yes".to_owned()));
    }
    Form::of(fields)
}

/// GET /desk/catalogue/{code}/edit
pub async fn edit(visit: Visit, Path(code): Path<String>) -> Result<Response, PageError> {
    let item = read::desk_item(&visit.city, &visit.actor, &code).await.map_err(|error| visit.error(error))?;
    let version = item.version.to_string();
    page(&visit, &prefilled(&item), (&item.code, &version), (StatusCode::OK, Vec::new()))
}

/// POST /desk/catalogue/{code}/edit
pub async fn update(visit: Visit, Path(code): Path<String>, form: Form) -> Result<Response, PageError> {
    let item = read::desk_item(&visit.city, &visit.actor, &code).await.map_err(|error| visit.error(error))?;
    let version = form.number("version").unwrap_or_default();
    let answer = match typed(&form).read() {
        Ok(content) => {
            let command = EditItem { item: item.id, version, content };
            visit.city.act(&visit.actor, &form.key(), &command).await
        }
        Err(faults) => Err(Error::Invalid(faults)),
    };
    match answer {
        Ok(()) => Ok(visit.done(&format!("/desk/catalogue/{}", item.code), "item-edited")),
        Err(error) => {
            let faults = visit.mendable(error)?;
            page(&visit, &form, (&item.code, &item.version.to_string()), faults)
        }
    }
}
