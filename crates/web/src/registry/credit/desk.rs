//! The approval office's credit desk: what the clock brings, cases by list, ground and term, removals, penalties.

use app::RequestKey;
use app::registry::credit::due::{DoWhatIsDue, DueWork, due};
use app::registry::credit::read::{self, CaseFilter, CaseLine, RemovalLine};
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use domain::kernel::{Coded, CreditCode, Date};
use domain::registry::credit::{CreditList, ListingGround};

use crate::registry::tell;
use crate::shell::form::pairs;
use crate::shell::{Choice, Form, PageError, Shell, Visit, show};

/// A row of any of the desk's tables.
struct Line {
    href: String,
    name: String,
    code: String,
    what: String,
    list: String,
    ground: String,
    arose: String,
    state: String,
    tone: &'static str,
    due: String,
    due_tone: &'static str,
}

#[derive(Template)]
#[template(path = "registry/credit/desk.html")]
struct DeskPage<'a> {
    shell: &'a Shell,
    due: Vec<Line>,
    cases: Vec<Line>,
    removals: Vec<Line>,
    penalties: Vec<Line>,
    lists: Vec<Choice>,
    grounds: Vec<Choice>,
    states: Vec<Choice>,
    is_settled: bool,
    may_do: bool,
    code: String,
    code_unknown: bool,
}

/// GET /desk/credit
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let asked = Form::of(pairs(shell.query.as_bytes()));
    if let Some(answer) = looked_up(&visit, &asked).await? {
        return Ok(answer);
    }
    let fail = |error| visit.error(error);
    let filter = CaseFilter {
        list: CreditList::from_code(asked.trimmed("list")),
        ground: ListingGround::from_code(asked.trimmed("ground")),
        is_settled: asked.trimmed("state") == "settled",
    };
    let today = shell.now().date();
    let waiting = due(&visit.city).await.map_err(fail)?;
    let cases = read::cases(&visit.city, filter).await.map_err(fail)?;
    let removals = read::removals(&visit.city).await.map_err(fail)?;
    let penalties = read::unconfirmed(&visit.city).await.map_err(fail)?;
    let states = [("", "credit-under-way"), ("settled", "credit-settled")];
    show(&DeskPage {
        due: waiting.iter().map(|one| due_line(shell, one, today)).collect(),
        cases: cases.iter().map(|one| case_line(shell, one, today)).collect(),
        removals: removals.iter().map(|one| removal_line(shell, one, today)).collect(),
        penalties: penalties
            .iter()
            .map(|(named, held)| Line {
                href: shell.url(if held.is_own() {
                    format!("/desk/credit/penalties/{}", held.id)
                } else {
                    format!("/desk/credit/organisations/{}", named.uscc)
                }),
                list: if held.is_own() {
                    super::penalty_stage(shell, held)
                } else {
                    shell.t("credit-penalty-recorded")
                },
                what: shell.coded(&held.kind),
                state: held.document_number.clone(),
                arose: shell.date(&held.imposed_on),
                ..named_line(shell, &named.name, &named.uscc)
            })
            .collect(),
        lists: tell::choices::<CreditList>(shell, asked.trimmed("list"), Some("registry-all")),
        grounds: tell::choices::<ListingGround>(shell, asked.trimmed("ground"), Some("registry-all")),
        states: states.map(|(value, key)| Choice::new(value, shell.t(key), asked.trimmed("state"))).into(),
        is_settled: filter.is_settled,
        may_do: shell.is_role("approval_officer"),
        code: asked.trimmed("code").to_owned(),
        code_unknown: !asked.trimmed("code").is_empty(),
        shell,
    })
}

/// The credit file of the organisation whose code was typed, when there is one.
async fn looked_up(visit: &Visit, asked: &Form) -> Result<Option<Response>, PageError> {
    let typed = asked.trimmed("code");
    let code = CreditCode::parse(typed).map_or_else(|_| typed.to_owned(), |code| code.as_str().to_owned());
    if code.is_empty() {
        return Ok(None);
    }
    match app::registry::profile::organisation(&visit.city, &code).await {
        Ok(held) => {
            let there = visit.shell.url(format!("/desk/credit/organisations/{}", held.uscc));
            Ok(Some(Redirect::to(&there).into_response()))
        }
        Err(app::Error::NotFound) => Ok(None),
        Err(error) => Err(visit.error(error)),
    }
}

/// POST /desk/credit
pub async fn update(visit: Visit, form: Form) -> Result<Response, PageError> {
    let key: RequestKey = form.key();
    let done = visit.city.act(&visit.actor, &key, &DoWhatIsDue).await.map_err(|error| visit.error(error))?;
    Ok(visit.done("/desk/credit", if done > 0 { "credit-due-done" } else { "credit-due-none" }))
}

fn named_line(shell: &Shell, name: &str, uscc: &str) -> Line {
    Line {
        href: shell.url(format!("/desk/credit/organisations/{uscc}")),
        name: name.to_owned(),
        code: uscc.to_owned(),
        what: String::new(),
        list: String::new(),
        ground: String::new(),
        arose: String::new(),
        state: String::new(),
        tone: "",
        due: "—".to_owned(),
        due_tone: "",
    }
}

fn due_line(shell: &Shell, one: &DueWork, today: Date) -> Line {
    let (due, due_tone) = due_text(shell, one.due_on, today);
    Line {
        what: shell.coded(&one.kind),
        ground: shell.coded(&one.ground),
        arose: shell.date(&one.arose_on),
        due,
        due_tone,
        ..named_line(shell, &one.name, &one.uscc)
    }
}

fn case_line(shell: &Shell, one: &CaseLine, today: Date) -> Line {
    let is_settled = one.decided_at.is_some();
    let (due, due_tone) = match one.decided_at {
        Some(at) => (shell.moment(&at), ""),
        None => due_text(shell, one.due_on, today),
    };
    let standing_still = !is_settled && one.due_on.is_none();
    Line {
        href: shell.url(format!("/desk/credit/cases/{}", one.number)),
        what: one.number.to_string(),
        list: shell.coded(&one.list),
        ground: shell.coded(&one.ground),
        arose: shell.date(&one.arose_on),
        state: super::stage_text(shell, one.stage, one.statement_kind, one.heard_on),
        tone: super::tone(one.stage),
        due: if standing_still { shell.t("credit-standing-still") } else { due },
        due_tone,
        ..named_line(shell, &one.name, &one.uscc)
    }
}

fn removal_line(shell: &Shell, one: &RemovalLine, today: Date) -> Line {
    let (due, due_tone) = due_text(shell, one.due_on, today);
    Line {
        href: shell.url(format!("/desk/credit/removals/{}", one.id)),
        list: shell.coded(&one.list),
        ground: shell.coded(&one.ground()),
        arose: shell.date(&one.applied_at.date()),
        state: shell.coded(&one.stage),
        tone: "wait",
        due,
        due_tone,
        ..named_line(shell, &one.name, &one.uscc)
    }
}

/// The last day, and whether it has passed.
fn due_text(shell: &Shell, due: Option<Date>, today: Date) -> (String, &'static str) {
    match due {
        Some(day) if day < today => (shell.date(&day), "stop"),
        Some(day) => (shell.date(&day), "ok"),
        None => ("—".to_owned(), ""),
    }
}
