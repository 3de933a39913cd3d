//! Filing one community organisation.

use app::registry::filing::{FileOrganisation, FilingForm};
use askama::Template;
use axum::response::Response;
use domain::kernel::Coded;
use domain::registry::BusinessField;
use domain::registry::OrganisationKind::{SocialAssociation, SocialServiceInstitution};
use domain::registry::filing::LedBy;

use super::super::tell;
use crate::shell::{
    Choice, FieldFault, Form, PageError, Shell, Visit, fault_at, named_by, show, show_faults, words,
};

#[derive(Template)]
#[template(path = "registry/filing/entry.html")]
struct EntryPage<'a> {
    shell: &'a Shell,
    summary: Vec<FieldFault>,
    faults: &'a [FieldFault],
    typed: FilingForm,
    kinds: Vec<Choice>,
    fields: Vec<Choice>,
    led_by: Vec<Choice>,
}

/// The fields of the form with their names.
pub(super) const FIELDS: [(&str, &str); 10] = [
    ("name", "filing-name"),
    ("kind", "filing-kind-label"),
    ("fields", "filing-fields"),
    ("domicile", "filing-domicile"),
    ("person_in_charge", "filing-person"),
    ("contact", "filing-contact"),
    ("members", "filing-members"),
    ("led_by", "filing-led-by"),
    ("community", "filing-community"),
    ("host", "filing-host"),
];

impl<'a> EntryPage<'a> {
    fn new(shell: &'a Shell, typed: FilingForm, faults: &'a [FieldFault]) -> Self {
        let kind = |kind| Choice::new(Coded::code(kind), words::coded(shell.lang, kind), &typed.kind);
        Self {
            kinds: vec![kind(SocialAssociation), kind(SocialServiceInstitution)],
            led_by: tell::choices::<LedBy>(shell, &typed.led_by, None),
            fields: field_choices(shell, &typed.fields),
            summary: named_by(shell, faults, &FIELDS),
            faults,
            typed,
            shell,
        }
    }
}

/// The fields an organisation works in, those in `typed` ticked.
pub(super) fn field_choices(shell: &Shell, typed: &str) -> Vec<Choice> {
    let mut fields = tell::choices::<BusinessField>(shell, "", None);
    for choice in &mut fields {
        choice.chosen = typed.split(',').any(|field| field == choice.value);
    }
    fields
}

/// GET /desk/filings/new
pub async fn new(visit: Visit) -> Result<Response, PageError> {
    show(&EntryPage::new(&visit.shell, FilingForm::default(), &[]))
}

/// POST /desk/filings/new
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let typed = typed(&visit, &form);
    let act = FileOrganisation { form: typed.clone() };
    match visit.city.act(&visit.actor, &form.key(), &act).await {
        Ok(number) => Ok(visit.done(&format!("/desk/filings/{number}"), "filed")),
        Err(error) => {
            let faults = visit.faults(error)?;
            show_faults(&EntryPage::new(&visit.shell, typed, &faults))
        }
    }
}

/// What the form says.
pub(super) fn typed(visit: &Visit, form: &Form) -> FilingForm {
    let text = |name: &str| form.text(name).to_owned();
    FilingForm {
        name: text("name"),
        kind: text("kind"),
        fields: form.every("fields").join(","),
        domicile: text("domicile"),
        person_in_charge: text("person_in_charge"),
        contact: text("contact"),
        members: text("members"),
        led_by: text("led_by"),
        community: text("community"),
        host: text("host"),
        is_demo: visit.city.is_demo,
    }
}
