//! The organisation asks for a change of what is registered, and sees what came of it (B16, B21). Each item has its own
//! form, in `ask`.

mod ask;
pub mod charter;
pub mod correction;

use app::Error;
use app::registry::change::application::ApplyChange;
use app::registry::change::read;
use app::registry::change::release::{self, ReportRelease};
use app::registry::profile;
use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, OrganisationId, RuleKey};
use domain::registry::change::ChangeItem;

use ask::Ask;

use super::ending::{Told, change_no, change_state, missing, own_papers, papers_of, plain, show_as};
use crate::shell::form::pairs;
use crate::shell::{Choice, FieldFault, Form, PageError, Shell, Typed, Visit, fault_at, named_by};

/// A case of the organisation.
struct Line {
    href: String,
    item: String,
    new: String,
    applied: String,
    state: String,
    tone: &'static str,
}

/// A registered item as it stands, with the way to its form.
struct Item {
    name: String,
    value: String,
    href: String,
}

/// The open release of the organisation.
struct Release {
    says: String,
    is_late: bool,
}

#[derive(Template)]
#[template(path = "registry/change/own.html")]
struct OwnPage<'a> {
    shell: &'a Shell,
    cases: Vec<Line>,
    now: Vec<Item>,
    /// Why no change can be asked for at all; empty when one can.
    barred: String,
    /// The form of the chosen item; nothing while none is chosen and nothing was sent.
    ask: Option<Ask>,
    papers: Vec<Choice>,
    days: i64,
    /// What is to be done about a supervising unit that let the organisation go.
    release: Option<Release>,
    release_days: i64,
    form: &'a Form,
    summary: Vec<FieldFault>,
    faults: &'a [FieldFault],
}

/// The fields of both forms with their names.
const FIELDS: [(&str, &str); 17] = [
    ("item", "change-item"),
    ("value", "change-new"),
    ("division", "apply-division"),
    ("name_reason", "apply-name-reason"),
    ("personal_name", "apply-personal-name"),
    ("personal_name_of", "apply-personal-name-of"),
    ("personal_name_ground", "apply-personal-name-ground"),
    ("identity", "change-head-identity"),
    ("leads_other", "change-head-leads-other"),
    ("lost_rights", "change-head-lost-rights"),
    ("state_officer", "change-head-state-officer"),
    ("consent_on", "change-consent-on"),
    ("reason", "change-reason"),
    ("papers", "ending-papers-choose"),
    ("unit", "change-release-unit"),
    ("released_on", "change-release-on"),
    ("release_reason", "change-release-reason"),
];

/// GET /me/changes: with `?item=…` the form of that item.
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let asked = Form::of(pairs(visit.shell.query.as_bytes()));
    let form = Form::of([("item", asked.trimmed("item"))]);
    page(&visit, &form, plain()).await
}

async fn page(visit: &Visit, form: &Form, (status, faults): Told) -> Result<Response, PageError> {
    let id = visit.actor.organisation().ok_or_else(|| visit.error(Error::NotFound))?;
    let fail = |error| visit.error(error);
    let shell = &visit.shell;
    let cases = read::own(&visit.city, id).await.map_err(fail)?;
    let held = profile::organisation_by_id(&visit.city, id).await.map_err(fail)?;
    let now = read::items_now(&visit.city, id).await.map_err(fail)?;
    let bar = read::bar(&visit.city, id).await.map_err(fail)?;
    let is_asked = !faults.is_empty() || ask::chosen(held.kind, form).is_some();
    let (today, rules) = (shell.now().date(), visit.city.book.on(shell.now().date()));
    let release = release::open_of(&visit.city, id).await.map_err(fail)?;
    let said = |value: String| if value.is_empty() { shell.t("shell-not-given") } else { value };
    let page = OwnPage {
        cases: cases
            .iter()
            .map(|case| Line {
                href: shell.url(format!("/me/endings/{}", change_no(case.number))),
                item: shell.coded(&case.item),
                new: case.new_value.clone(),
                applied: shell.moment(&case.applied_at),
                state: change_state(shell, case).0,
                tone: change_state(shell, case).1,
            })
            .collect(),
        now: now
            .into_iter()
            .map(|(item, value)| Item {
                name: shell.coded(&item),
                value: said(value),
                href: match bar {
                    None => shell.url(format!("/me/changes?item={}#ask", item.code())),
                    Some(_) => String::new(),
                },
            })
            .collect(),
        ask: (is_asked && bar.is_none()).then(|| Ask::of(shell, held.kind, form)),
        papers: own_papers(visit, form).await?,
        days: rules.number(RuleKey::ChangeApplicationDays),
        barred: bar.map(|refusal| shell.refusal(&refusal)).unwrap_or_default(),
        release: release.map(|held| Release {
            says: shell.txy("change-released", held.unit, shell.date(&held.due_on)),
            is_late: held.due_on < today,
        }),
        release_days: rules.number(RuleKey::NewSupervisingUnitDays),
        form,
        summary: named_by(shell, &faults, &FIELDS),
        faults: &faults,
        shell,
    };
    show_as(status, &page)
}

/// POST /me/changes
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let mut typed = Typed::of(&visit, &form);
    let item = typed.chosen("item", ChangeItem::Scope, missing("B21"));
    let act = read_form(&mut typed, item, &form);
    let done = typed.ask(&visit, &form.key(), &act).await;
    match done {
        Ok(number) => Ok(visit.done(&format!("/me/endings/{}", change_no(number)), "change-asked")),
        Err(error) => {
            let told = visit.mendable(error)?;
            page(&visit, &form, told).await
        }
    }
}

/// What was typed of a change, beside its item.
fn read_form(typed: &mut Typed<'_>, item: ChangeItem, form: &Form) -> ApplyChange {
    ApplyChange {
        item,
        value: typed.text("value"),
        told: ask::told(typed),
        consent_on: typed.date("consent_on"),
        reason: typed.text("reason"),
        papers: papers_of(form),
    }
}

/// POST /me/changes/release: the supervising unit let the organisation go.
pub async fn report_release(visit: Visit, form: Form) -> Result<Response, PageError> {
    let organisation = visit.actor.organisation().ok_or_else(|| visit.error(Error::NotFound))?;
    match send_release(&visit, organisation, &form).await {
        Ok(()) => Ok(visit.done("/me/changes", "change-release-reported")),
        Err(error) => {
            let told = visit.mendable(error)?;
            page(&visit, &form, told).await
        }
    }
}

/// Reads the form of a release and puts it on file, for the organisation and for an officer alike.
pub(in crate::registry) async fn send_release(
    visit: &Visit,
    organisation: OrganisationId,
    form: &Form,
) -> Result<(), Error> {
    let mut typed = Typed::of(visit, form);
    let act = ReportRelease {
        organisation,
        unit: typed.text("unit"),
        released_on: typed.date("released_on"),
        reason: typed.text("release_reason"),
    };
    typed.ask(visit, &form.key(), &act).await
}
