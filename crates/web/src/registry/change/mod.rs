//! The organisation asks for a change of what is registered, and sees what came of it (B16, B21).

pub mod charter;
pub mod correction;

use app::registry::change::application::ApplyChange;
use app::registry::change::checks::Particulars;
use app::registry::change::read;
use app::registry::change::release::{self, ReportRelease};
use app::{Error, divisions};
use askama::Template;
use axum::response::Response;
use domain::kernel::{OrganisationId, RuleKey};
use domain::registry::change::ChangeItem;

use super::ending::{Told, change_no, change_state, missing, own_papers, papers_of, plain, show_as};
use crate::registry::tell;
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
    now: Vec<(String, String)>,
    items: Vec<Choice>,
    streets: Vec<Choice>,
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
const FIELDS: [(&str, &str); 8] = [
    ("item", "change-item"),
    ("value", "change-new"),
    ("consent_on", "change-consent-on"),
    ("reason", "change-reason"),
    ("papers", "ending-papers-choose"),
    ("unit", "change-release-unit"),
    ("released_on", "change-release-on"),
    ("release_reason", "change-release-reason"),
];

/// GET /me/changes
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    page(&visit, &Form::default(), plain()).await
}

async fn page(visit: &Visit, form: &Form, (status, faults): Told) -> Result<Response, PageError> {
    let id = visit.actor.organisation().ok_or_else(|| visit.error(Error::NotFound))?;
    let fail = |error| visit.error(error);
    let shell = &visit.shell;
    let cases = read::own(&visit.city, id).await.map_err(fail)?;
    let now = read::items_now(&visit.city, id).await.map_err(fail)?;
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
        now: now.into_iter().map(|(item, value)| (shell.coded(&item), said(value))).collect(),
        items: tell::choices::<ChangeItem>(shell, form.trimmed("item"), None),
        streets: streets(shell, form.trimmed("division")),
        papers: own_papers(visit, form).await?,
        days: rules.number(RuleKey::ChangeApplicationDays),
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

/// Every street with its district, and none.
fn streets(shell: &Shell, value: &str) -> Vec<Choice> {
    let first = Choice::new("", shell.t("apply-choose"), value);
    let all = divisions::streets().map(|one| Choice::new(one.code.as_str(), one.full_name(), value));
    std::iter::once(first).chain(all).collect()
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
        told: Particulars { division: typed.text("division"), name_reason: typed.text("name_reason") },
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
