//! The approval office's list: what is due first at the top, by state, kind, district or own work (W4).

use app::registry::registration::names;
use app::registry::registration::read::{self, DeskFilter, DeskLine};
use askama::Template;
use axum::response::Response;
use domain::kernel::Coded;
use domain::registry::OrganisationKind;
use domain::registry::registration::CaseState;

use super::words as said;
use crate::shell::form::pairs;
use crate::shell::{Choice, Form, PageError, Shell, Visit, show, words};

/// Working days from which a case counts as urgent.
pub(super) const SOON: i64 = 2;

/// A case as the list shows it.
struct Line {
    title: String,
    number: String,
    kind: String,
    district: String,
    state: String,
    state_tone: &'static str,
    due: String,
    left: String,
    tone: &'static str,
    href: String,
}

#[derive(Template)]
#[template(path = "registry/registration/desk.html")]
struct DeskPage<'a> {
    shell: &'a Shell,
    states: Vec<Choice>,
    kinds: Vec<Choice>,
    districts: Vec<Choice>,
    mine: Vec<Choice>,
    lines: Vec<Line>,
}

/// GET /desk/cases
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let form = Form::of(pairs(shell.query.as_bytes()));
    let filter = DeskFilter {
        state: CaseState::from_code(form.trimmed("state")),
        with_ended: form.trimmed("state") == "all",
        kind: OrganisationKind::from_code(form.trimmed("kind")),
        district: form.trimmed("district").to_owned(),
        mine: visit.actor.person.filter(|_| form.trimmed("mine") == "yes"),
    };
    let lines = read::desk(&visit.city, &filter).await.map_err(|error| visit.error(error))?;
    let chosen = |name: &str, value: &str, label: String| Choice::new(value, label, form.trimmed(name));
    let mut states = vec![
        chosen("state", "", shell.t("desk-state-open")),
        chosen("state", "all", shell.t("desk-state-all")),
    ];
    let known = CaseState::ALL.iter().filter(|state| **state != CaseState::Draft);
    states.extend(known.map(|state| chosen("state", state.code(), words::coded(shell.lang, *state))));
    let mut kinds = vec![chosen("kind", "", shell.t("desk-all"))];
    kinds.extend(names::kinds().map(|kind| chosen("kind", kind.code(), words::coded(shell.lang, kind))));
    let mut districts = vec![chosen("district", "", shell.t("desk-all"))];
    districts.extend(
        app::divisions::districts().into_iter().map(|(code, name)| chosen("district", code, name.to_owned())),
    );
    let mine = vec![chosen("mine", "", shell.t("desk-all")), chosen("mine", "yes", shell.t("desk-mine"))];
    let lines = lines.iter().map(|one| line(shell, one)).collect();
    show(&DeskPage { shell, states, kinds, districts, mine, lines })
}

fn line(shell: &Shell, of: &DeskLine) -> Line {
    let (left, tone) = left(shell, of.days_left);
    let number = of.case.number.clone().unwrap_or_default();
    Line {
        title: of.case.name.clone(),
        kind: words::coded(shell.lang, of.case.kind),
        district: app::divisions::district_name(&of.case.district).to_owned(),
        state: words::coded(shell.lang, of.case.state),
        state_tone: said::tone(of.case.state),
        due: of.due.map_or_else(|| "—".to_owned(), |due| shell.date(&due)),
        left,
        tone,
        href: shell.url(format!("/desk/cases/{number}")),
        number,
    }
}

/// Working days left, in words, with the tone of their tag.
pub(super) fn left(shell: &Shell, days: Option<i64>) -> (String, &'static str) {
    match days {
        None => (shell.t("inbox-no-term"), ""),
        Some(days) if days < 0 => (shell.tn("inbox-overdue", -days), "stop"),
        Some(0) => (shell.t("inbox-today"), "stop"),
        Some(days) if days <= SOON => (shell.tn("shell-day-left", days), "warn"),
        Some(days) => (shell.tn("shell-day-left", days), "ok"),
    }
}
