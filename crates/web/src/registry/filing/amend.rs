//! Putting a filing to rights: the whole form as it stands, and why it is altered.

use app::registry::filing::ledger::{self, Held};
use app::registry::filing::{AmendFiling, FilingForm, amend};
use askama::Template;
use axum::response::Response;
use domain::registry::OrganisationKind;
use domain::registry::filing::LedBy;
use domain::registry::filing::amendment::may_amend;

use super::super::tell;
use super::entry::{FIELDS, field_choices, typed};
use crate::shell::{
    Choice, FieldFault, Form, PageError, Path, Shell, Visit, fault_at, named_by, show, show_faults, words,
};

#[derive(Template)]
#[template(path = "registry/filing/amend.html")]
struct AmendPage<'a> {
    shell: &'a Shell,
    summary: Vec<FieldFault>,
    faults: &'a [FieldFault],
    held: &'a Held,
    typed: FilingForm,
    why: &'a str,
    kind: String,
    fields: Vec<Choice>,
    led_by: Vec<Choice>,
    action: String,
}

impl<'a> AmendPage<'a> {
    fn new(
        shell: &'a Shell,
        held: &'a Held,
        typed: FilingForm,
        why: &'a str,
        faults: &'a [FieldFault],
    ) -> Self {
        let named: Vec<(&str, &str)> = FIELDS.into_iter().chain([("why", "filing-amend-why")]).collect();
        Self {
            summary: named_by(shell, faults, &named),
            faults,
            kind: words::member(shell.lang, <OrganisationKind as domain::kernel::Coded>::LIST, &typed.kind),
            fields: field_choices(shell, &typed.fields),
            led_by: tell::choices::<LedBy>(shell, &typed.led_by, None),
            action: shell.url(format!("/desk/filings/{}/amend", held.uscc)),
            typed,
            why,
            held,
            shell,
        }
    }
}

/// GET /desk/filings/{number}/amend
pub async fn edit(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let held = ledger::one(&visit.city, &visit.actor, &number).await.map_err(fail)?;
    may_amend(held.closed_on).map_err(|refusal| visit.error(refusal.into()))?;
    let form = amend::form(&visit.city, &held).await.map_err(fail)?;
    show(&AmendPage::new(&visit.shell, &held, form, "", &[]))
}

/// POST /desk/filings/{number}/amend
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let held = ledger::one(&visit.city, &visit.actor, &number).await.map_err(fail)?;
    let kept = amend::form(&visit.city, &held).await.map_err(fail)?;
    let typed = FilingForm { kind: kept.kind, ..typed(&visit, &form) };
    let act = AmendFiling {
        filing: held.id,
        version: form.number("version").unwrap_or(0),
        form: typed.clone(),
        why: form.text("why").to_owned(),
    };
    match visit.city.act(&visit.actor, &form.key(), &act).await {
        Ok(()) => Ok(visit.done(&format!("/desk/filings/{number}"), "filing-amended")),
        Err(error) => {
            let faults = visit.faults(error)?;
            show_faults(&AmendPage::new(&visit.shell, &held, typed, form.text("why"), &faults))
        }
    }
}
