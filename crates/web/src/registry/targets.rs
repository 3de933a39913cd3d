//! What the register is to reach in a year: set by the social organisation bureau, read by everyone (S12).

use app::registry::figures::{self, Figures};
use app::registry::target::{self, Progress, SetTarget};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::{Refusal, Role};
use domain::registry::target::Target;

use super::tell;
use crate::shell::{Choice, FieldFault, Form, PageError, Shell, Typed, Visit, fault_at, show_as};

/// A target as a reader sees it.
pub(super) struct Line {
    pub(super) year: i64,
    pub(super) figure: String,
    pub(super) rule: &'static str,
    pub(super) value: String,
    pub(super) counted: String,
    pub(super) state: String,
    pub(super) tone: &'static str,
    pub(super) is_replaced: bool,
    pub(super) reason: String,
    pub(super) setter: String,
    pub(super) set_at: String,
}

#[derive(Template)]
#[template(path = "registry/targets.html")]
struct TargetsPage<'a> {
    shell: &'a Shell,
    lines: Vec<Line>,
    figures: Vec<Choice>,
    may_set: bool,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// Every target beside what `found` counts.
pub(super) async fn lines(visit: &Visit, found: &Figures) -> Result<Vec<Line>, PageError> {
    let all = target::targets(&visit.city, found).await.map_err(|error| visit.error(error))?;
    Ok(all.iter().map(|one| line(&visit.shell, one)).collect())
}

fn line(shell: &Shell, one: &Progress) -> Line {
    let figure = one.held.figure;
    let (state, tone) = match one.is_reached {
        Some(true) => ("target-reached", "ok"),
        Some(false) => ("target-not-yet", "wait"),
        None => ("target-not-counted", "grey"),
    };
    let (state, tone) =
        if one.held.replaced_at.is_some() { ("target-replaced", "grey") } else { (state, tone) };
    Line {
        year: one.held.year,
        figure: shell.coded(&figure),
        rule: figure.rule(),
        value: figure.shown(one.held.value),
        counted: one.counted.map_or_else(|| "—".to_owned(), |counted| figure.shown(counted)),
        state: shell.t(state),
        tone,
        is_replaced: one.held.replaced_at.is_some(),
        reason: one.held.reason.clone(),
        setter: one.held.setter.clone(),
        set_at: shell.moment(&one.held.set_at),
    }
}

/// GET /desk/targets
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    page(&visit, StatusCode::OK, &Form::default(), &[]).await
}

async fn page(
    visit: &Visit,
    status: StatusCode,
    form: &Form,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let today = visit.city.clock.now().date();
    let found = figures::figures(&visit.city, today).await.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    let page = TargetsPage {
        lines: lines(visit, &found).await?,
        figures: tell::choices::<Target>(shell, form.trimmed("figure"), None),
        may_set: visit.actor.post.role == Role::OrganisationBureau,
        form,
        faults,
        shell,
    };
    show_as(status, &page)
}

/// POST /desk/targets
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let mut typed = Typed::of(&visit, &form);
    let figure = typed.chosen("figure", Target::Stock, Refusal::new("target.figure", "S12"));
    let act = SetTarget {
        figure,
        year: typed.number("year", Refusal::new("target.year-missing", "S12")),
        value: typed.read("value", 1, figure.read(form.trimmed("value"))),
        reason: typed.text("reason"),
    };
    // Only growth is a percentage.
    typed.hangs("value", "figure");
    match typed.ask(&visit, &form.key(), &act).await {
        Ok(()) => Ok(visit.done("/desk/targets", "target-set")),
        Err(error) => {
            let (status, faults) = visit.mendable(error)?;
            page(&visit, status, &form, &faults).await
        }
    }
}
