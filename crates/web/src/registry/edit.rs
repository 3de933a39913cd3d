//! Entering an organisation by hand, and changing what the register says of one.

use app::registry::{EditOrganisation, OrganisationForm, RegisterOrganisation, profile};
use askama::Template;
use axum::response::Response;
use domain::kernel::OrganisationId;
use domain::registry::{
    BusinessField, CreditListing, InspectionResult, Legal, OrganisationKind, OrganisationStatus,
};

use super::tell;
use crate::shell::{
    Choice, FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show, show_as, show_faults,
};

#[derive(Template)]
#[template(path = "registry/edit.html")]
struct EditPage<'a> {
    shell: &'a Shell,
    title: String,
    action: String,
    /// Empty for a new organisation.
    version: String,
    id: String,
    typed: OrganisationForm,
    faults: &'a [FieldFault],
    kinds: Vec<Choice>,
    legals: Vec<Choice>,
    statuses: Vec<Choice>,
    inspections: Vec<Choice>,
    listings: Vec<Choice>,
    supervised: Vec<Choice>,
    streets: Vec<Choice>,
    fields: Vec<Choice>,
}

impl<'a> EditPage<'a> {
    fn new(
        shell: &'a Shell,
        title: &str,
        action: String,
        typed: OrganisationForm,
        faults: &'a [FieldFault],
    ) -> Self {
        let yes_no = [("yes", "registry-yes"), ("no", "registry-no")];
        let supervised = if typed.supervised.is_empty() { "no" } else { &typed.supervised };
        let mut fields = tell::choices::<BusinessField>(shell, "", None);
        for choice in &mut fields {
            choice.chosen = typed.fields.split(',').any(|field| field == choice.value);
        }
        Self {
            title: shell.t(title),
            action,
            version: String::new(),
            id: String::new(),
            faults,
            kinds: tell::choices::<OrganisationKind>(shell, &typed.kind, None),
            legals: tell::choices::<Legal>(shell, &typed.legal, None),
            statuses: tell::choices::<OrganisationStatus>(shell, or(&typed.status, "active"), None),
            inspections: tell::choices::<InspectionResult>(shell, or(&typed.inspection, "not_due"), None),
            listings: tell::choices::<CreditListing>(shell, or(&typed.listing, "none"), None),
            supervised: yes_no.map(|(value, key)| Choice::new(value, shell.t(key), supervised)).into(),
            streets: tell::streets(None, &typed.division, Some(shell.t("registry-choose"))),
            fields,
            typed,
            shell,
        }
    }
}

fn or<'a>(text: &'a str, default: &'a str) -> &'a str {
    if text.is_empty() { default } else { text }
}

/// GET /desk/organisations/new
pub async fn new(visit: Visit) -> Result<Response, PageError> {
    let action = visit.shell.url("/desk/organisations/new");
    show(&EditPage::new(&visit.shell, "registry-new-title", action, OrganisationForm::default(), &[]))
}

/// POST /desk/organisations/new
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let typed = typed(&form);
    let act = RegisterOrganisation { form: typed.clone() };
    match visit.city.act(&visit.actor, &form.key(), &act).await {
        Ok(id) => {
            let held =
                profile::organisation_by_id(&visit.city, id).await.map_err(|error| visit.error(error))?;
            Ok(visit.done(&format!("/orgs/{}", held.uscc), "organisation-entered"))
        }
        Err(error) => {
            let faults = visit.faults(error)?;
            let action = visit.shell.url("/desk/organisations/new");
            show_faults(&EditPage::new(&visit.shell, "registry-new-title", action, typed, &faults))
        }
    }
}

/// GET /desk/organisations/{uscc}/edit
pub async fn edit(visit: Visit, Path(uscc): Path<String>) -> Result<Response, PageError> {
    let held = profile::organisation(&visit.city, &uscc).await.map_err(|error| visit.error(error))?;
    let action = visit.shell.url(format!("/desk/organisations/{uscc}/edit"));
    let mut page = EditPage::new(&visit.shell, "registry-edit-title", action, held.form(), &[]);
    page.version = held.version.to_string();
    page.id = held.id.0.to_string();
    show(&page)
}

/// POST /desk/organisations/{uscc}/edit
pub async fn update(visit: Visit, Path(uscc): Path<String>, form: Form) -> Result<Response, PageError> {
    let (Some(id), Some(version)) = (form.number("id"), form.number("version")) else {
        return Err(visit.error(app::Error::NotFound));
    };
    let typed = typed(&form);
    let act = EditOrganisation { id: OrganisationId(id), version, form: typed.clone() };
    match visit.city.act(&visit.actor, &form.key(), &act).await {
        Ok(()) => {
            let held = profile::organisation_by_id(&visit.city, OrganisationId(id)).await;
            let held = held.map_err(|error| visit.error(error))?;
            Ok(visit.done(&format!("/orgs/{}", held.uscc), "organisation-changed"))
        }
        Err(error) => {
            let (status, faults) = visit.mendable(error)?;
            // Whoever was overtaken may send again, over the version as it stands.
            let held = profile::organisation_by_id(&visit.city, OrganisationId(id)).await;
            let held = held.map_err(|error| visit.error(error))?;
            let action = visit.shell.url(format!("/desk/organisations/{uscc}/edit"));
            let mut page = EditPage::new(&visit.shell, "registry-edit-title", action, typed, &faults);
            page.version = held.version.to_string();
            page.id = id.to_string();
            show_as(status, &page)
        }
    }
}

fn typed(form: &Form) -> OrganisationForm {
    let text = |name: &str| form.text(name).to_owned();
    OrganisationForm {
        code: text("code"),
        name: text("name"),
        kind: text("kind"),
        legal: text("legal"),
        status: text("status"),
        supervised: text("supervised"),
        division: text("division"),
        fields: form.every("fields").join(","),
        domicile: text("domicile"),
        registered_on: text("registered_on"),
        inspection: text("inspection"),
        listing: text("listing"),
        banned_until: text("banned_until"),
        person_in_charge: text("person_in_charge"),
        controller: text("controller"),
        contact: text("contact"),
        is_demo: false,
    }
}
