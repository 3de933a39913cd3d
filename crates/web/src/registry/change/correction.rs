//! The organisation corrects a change that came back, once, from what it handed in (B9, B21).

use app::registry::change::application::ResubmitChange;
use app::registry::change::read::{self, WholeChange};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, RuleKey};

use super::ask::Ask;
use super::{FIELDS, read_form};
use crate::registry::ending::{Told, change_no, own_papers, plain, show_as};
use crate::shell::{Choice, FieldFault, Form, PageError, Shell, Typed, Visit, fault_at, named_by};

#[derive(Template)]
#[template(path = "registry/change/correction.html")]
struct CorrectionPage<'a> {
    shell: &'a Shell,
    title: String,
    back: String,
    item: String,
    defects: String,
    ask: Ask,
    papers: Vec<Choice>,
    days: i64,
    form: &'a Form,
    summary: Vec<FieldFault>,
    faults: &'a [FieldFault],
}

/// The form of a correction, as it was handed in.
///
/// # Errors
/// That it is not to be corrected now, as a page; a stranger's is not there.
pub(in crate::registry) async fn new(visit: &Visit, number: i64) -> Result<Response, PageError> {
    let whole = held(visit, number).await?;
    let form = as_told(&whole);
    let asking = visit.rehearsing();
    let mut typed = Typed::of(&asking, &form);
    let act = ResubmitChange { number, form: read_form(&mut typed, whole.case.item, &form) };
    let rehearsed = visit.city.act(&asking.actor, &app::RequestKey::None, &act).await;
    visit.expect_possible(rehearsed, &format!("/me/endings/{}", change_no(number)))?;
    page(visit, &whole, &form, plain()).await
}

async fn held(visit: &Visit, number: i64) -> Result<WholeChange, PageError> {
    read::one(&visit.city, &visit.actor, number).await.map_err(|error| visit.error(error))
}

/// What was handed in; the identity number, of which only a digest is kept, is asked again.
fn as_told(whole: &WholeChange) -> Form {
    let case = &whole.case;
    let said = |answer: Option<bool>| match answer {
        Some(true) => "yes".to_owned(),
        Some(false) => "no".to_owned(),
        None => String::new(),
    };
    let personal = case.personal();
    Form::of([
        ("item", case.item.code().to_owned()),
        ("personal_name", said(Some(personal.is_some()))),
        ("personal_name_of", personal.as_ref().map(|one| one.of.clone()).unwrap_or_default()),
        ("personal_name_ground", personal.map(|one| one.ground.code().to_owned()).unwrap_or_default()),
        ("leads_other", said(case.leads_other)),
        ("lost_rights", said(case.lost_rights)),
        ("state_officer", said(case.is_state_officer)),
        ("value", case.new_value.clone()),
        ("division", case.division.clone().unwrap_or_default()),
        ("name_reason", case.name_reason.clone().unwrap_or_default()),
        ("consent_on", case.consent_on.to_string()),
        ("reason", case.reason.clone()),
    ])
}

/// What was typed, with the case's own item, which no form changes.
fn whole_form(whole: &WholeChange, form: &Form) -> Form {
    let typed = form.fields().iter().filter(|(name, _)| name != "item").cloned();
    Form::of(std::iter::once(("item".to_owned(), whole.case.item.code().to_owned())).chain(typed))
}

async fn page(
    visit: &Visit,
    whole: &WholeChange,
    form: &Form,
    (status, faults): Told,
) -> Result<Response, PageError> {
    let (shell, case) = (&visit.shell, &whole.case);
    let rules = visit.city.book.on(shell.now().date());
    let page = CorrectionPage {
        title: shell.tx("change-case-title", case.number),
        back: shell.url(format!("/me/endings/{}", change_no(case.number))),
        item: shell.coded(&case.item),
        defects: case.defects.clone().unwrap_or_default(),
        ask: Ask::of(shell, whole.organisation.kind, form),
        papers: own_papers(visit, form).await?,
        days: rules.number(RuleKey::ChangeApplicationDays),
        form,
        summary: named_by(shell, &faults, &FIELDS),
        faults: &faults,
        shell,
    };
    show_as(status, &page)
}

/// Hands the correction in.
///
/// # Errors
/// The form again with what is wrong with it.
pub(in crate::registry) async fn create(
    visit: &Visit,
    number: i64,
    form: &Form,
) -> Result<Response, PageError> {
    let whole = held(visit, number).await?;
    let form = &whole_form(&whole, form);
    let mut typed = Typed::of(visit, form);
    let act = ResubmitChange { number, form: read_form(&mut typed, whole.case.item, form) };
    match typed.ask(visit, &form.key(), &act).await {
        Ok(()) => Ok(visit.done(&format!("/me/endings/{}", change_no(number)), "course-resubmitted")),
        Err(error) => {
            let told = visit.mendable(error)?;
            page(visit, &whole, form, told).await
        }
    }
}
