//! Entering an organisation by hand, and changing what the register says of one.

use app::registry::{self, EditOrganisation, OrganisationForm, RegisterOrganisation, profile};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Date, OrganisationId};
use domain::registry::entry::{Origin, fixed};
use domain::registry::{
    BusinessField, CreditListing, InspectionResult, Legal, OrganisationKind, OrganisationStatus,
};

use super::tell;
use crate::shell::{
    Choice, FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show, show_as, show_faults,
};

/// What only a case alters, shown as text and sent along unaltered.
struct Fixed {
    field: &'static str,
    label: String,
    shown: String,
    value: String,
}

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
    /// Empty for a new organisation.
    fixed: Vec<Fixed>,
    /// How that is altered.
    how: String,
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
            fixed: Vec::new(),
            how: String::new(),
            typed,
            shell,
        }
    }

    /// Shows as text what the organisation's origin fixes, but for what was altered all the same: there the
    /// refusal stands at its field.
    fn fix(&mut self, origin: Origin) {
        let shell = self.shell;
        let named = |choices: &[Choice]| {
            choices
                .iter()
                .find(|choice| choice.chosen)
                .map_or_else(String::new, |choice| choice.label.clone())
        };
        let line = |field: &'static str| {
            let (label, value, shown) = match field {
                "code" if origin == Origin::Filing => {
                    ("filing-number", &self.typed.code, self.typed.code.clone())
                }
                "code" => ("registry-code", &self.typed.code, self.typed.code.clone()),
                "name" => ("registry-name", &self.typed.name, self.typed.name.clone()),
                "kind" => ("registry-kind", &self.typed.kind, named(&self.kinds)),
                "legal" => ("registry-legal", &self.typed.legal, named(&self.legals)),
                "registered_on" => {
                    let day = self.typed.registered_on.parse::<Date>();
                    let shown = day.map_or_else(|_| self.typed.registered_on.clone(), |day| shell.date(&day));
                    let label =
                        if origin == Origin::Filing { "filing-filed-on" } else { "registry-registered-on" };
                    (label, &self.typed.registered_on, shown)
                }
                "domicile" => ("registry-domicile", &self.typed.domicile, self.typed.domicile.clone()),
                "supervised" => ("registry-supervised", &self.typed.supervised, named(&self.supervised)),
                _ => ("registry-person", &self.typed.person_in_charge, self.typed.person_in_charge.clone()),
            };
            let shown = if shown.is_empty() { "—".to_owned() } else { shown };
            Fixed { field, label: shell.t(label), shown, value: value.clone() }
        };
        let unaltered = |field: &&&str| fault_at(self.faults, field).is_empty();
        self.fixed = fixed(origin).iter().filter(unaltered).map(|field| line(field)).collect();
        self.how = shell.t(match origin {
            Origin::TakenOver => "registry-fixed-taken-over",
            Origin::Filing => "registry-fixed-filing",
            Origin::Window => "registry-fixed-window",
        });
    }

    fn is_fixed(&self, field: &str) -> bool {
        self.fixed.iter().any(|line| line.field == field)
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
    page.fix(registry::origin_of(&visit.city, held.id).await.map_err(|error| visit.error(error))?);
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
            page.fix(registry::origin_of(&visit.city, held.id).await.map_err(|error| visit.error(error))?);
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
