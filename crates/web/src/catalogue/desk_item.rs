//! One item on the desk: the director signs, the purchase lead reviews, either withdraws.

use app::catalogue::read::{self, ItemRow};
use app::catalogue::{ReviewItem, SignNegativeList, Verdict, WithdrawItem};
use app::{Act, Error};
use askama::Template;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::catalogue::{ItemStage, NegativeListRow, RowAnswer};
use domain::kernel::{Coded, Role};

use super::{answer_key, office, tone};
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show, show_faults};

/// One row of the negative list to be answered.
struct CheckRow {
    code: &'static str,
    name: String,
    choices: Vec<Choice>,
    reason: String,
}

#[derive(Template)]
#[template(path = "catalogue/desk_item.html")]
struct DeskItemPage<'a> {
    shell: &'a Shell,
    item: &'a ItemRow,
    form: &'a Form,
    faults: &'a [FieldFault],
    rows: Vec<CheckRow>,
    may_edit: bool,
    may_sign: bool,
    needs_password: bool,
    may_review: bool,
    may_withdraw: bool,
}

async fn page(visit: &Visit, code: &str, form: &Form, faults: &[FieldFault]) -> Result<Response, PageError> {
    let item = read::desk_item(&visit.city, &visit.actor, code).await.map_err(|error| visit.error(error))?;
    let role = visit.actor.post.role;
    let is_open = item.stage == ItemStage::Proposed;
    let is_lead = role == Role::PurchaseLead;
    let is_of_office = matches!(role, Role::OfficeStaff | Role::OfficeDirector);
    let page = DeskItemPage {
        shell: &visit.shell,
        form,
        faults,
        rows: check_rows(&visit.shell, &item, form),
        may_edit: is_open && role == Role::OfficeStaff,
        may_sign: is_open && role == Role::OfficeDirector,
        needs_password: !visit.actor.fresh,
        may_review: is_open && is_lead,
        may_withdraw: item.stage != ItemStage::Withdrawn && (is_lead || is_of_office),
        item: &item,
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

/// The six rows, each with what was just typed, else with what was signed before.
fn check_rows(shell: &Shell, item: &ItemRow, form: &Form) -> Vec<CheckRow> {
    let signed = item.answers();
    let row = |row: &NegativeListRow| {
        let code = row.code();
        let held = signed.iter().find(|answer| answer.row == *row);
        let reason = form.text(&format!("reason-{code}"));
        let (chosen, reason) = match (form.fields().is_empty(), held) {
            (true, Some(answer)) => (if answer.applies { "yes" } else { "no" }, answer.reason.clone()),
            _ => (form.text(code), reason.to_owned()),
        };
        let choice = |value: &str, key: &str| Choice::new(value, shell.t(key), chosen);
        let choices =
            vec![choice("no", "catalogue-check-applies-not"), choice("yes", "catalogue-check-applies")];
        CheckRow { code, name: shell.coded(row), choices, reason }
    };
    NegativeListRow::ALL.iter().map(row).collect()
}

/// GET /desk/catalogue/{code}, and where a reader comes back to after giving the password.
pub async fn show_item(visit: Visit, Path(code): Path<String>) -> Result<Response, PageError> {
    page(&visit, &code, &Form::default(), &[]).await
}

/// POST /desk/catalogue/{code}/signature
pub async fn sign(visit: Visit, Path(code): Path<String>, form: Form) -> Result<Response, PageError> {
    let item = found(&visit, &code).await?;
    let answer = |row: &NegativeListRow| {
        let applies = match form.text(row.code()) {
            "yes" => true,
            "no" => false,
            _ => return None,
        };
        let reason = form.trimmed(&format!("reason-{}", row.code())).to_owned();
        Some(RowAnswer { row: *row, applies, reason })
    };
    let answers = NegativeListRow::ALL.iter().filter_map(answer).collect();
    let command = SignNegativeList { item: item.id, version: version(&form), answers };
    finish(&visit, &code, &form, &command, "item-signed").await
}

/// POST /desk/catalogue/{code}/review
pub async fn review(visit: Visit, Path(code): Path<String>, form: Form) -> Result<Response, PageError> {
    let item = found(&visit, &code).await?;
    let verdict = match form.text("verdict") {
        "accept" => Verdict::Accept,
        _ => Verdict::GiveBack,
    };
    let note = form.trimmed("note").to_owned();
    let command = ReviewItem { item: item.id, version: version(&form), verdict, note };
    finish(&visit, &code, &form, &command, "item-reviewed").await
}

/// POST /desk/catalogue/{code}/withdrawal
pub async fn withdraw(visit: Visit, Path(code): Path<String>, form: Form) -> Result<Response, PageError> {
    let item = found(&visit, &code).await?;
    let reason = form.trimmed("reason").to_owned();
    let command = WithdrawItem { item: item.id, version: version(&form), reason };
    finish(&visit, &code, &form, &command, "item-withdrawn").await
}

async fn found(visit: &Visit, code: &str) -> Result<ItemRow, PageError> {
    read::desk_item(&visit.city, &visit.actor, code).await.map_err(|error| visit.error(error))
}

fn version(form: &Form) -> i64 {
    form.number("version").unwrap_or_default()
}

async fn finish<A: Act<Outcome = ()>>(
    visit: &Visit,
    code: &str,
    form: &Form,
    command: &A,
    done: &str,
) -> Result<Response, PageError> {
    let there = format!("/desk/catalogue/{code}");
    match visit.city.act(&visit.actor, &form.key(), command).await {
        Ok(()) => Ok(visit.done(&there, done)),
        // The reader comes back to the item, since this address only takes forms.
        Err(Error::PasswordNeeded) => {
            let password = visit.shell.url(format!("/password?back={there}"));
            Ok(Redirect::to(&password).into_response())
        }
        Err(error) => {
            let faults = visit.faults(error)?;
            page(visit, code, form, &faults).await
        }
    }
}
