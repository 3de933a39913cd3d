//! The desk of changes, cancellations and revocations: what is under way, or settled.

use std::collections::BTreeSet;

use app::registry::change::read::WholeChange;
use app::registry::ending::held::EndingCase;
use app::registry::registration::own_figures::late_cases;
use app::registry::{change, ending};
use askama::Template;
use axum::response::Response;
use domain::kernel::Coded;

use super::{change_no, change_state, ending_no, ending_state};
use crate::shell::form::pairs;
use crate::shell::{Choice, Form, PageError, Shell, Visit, show};

/// A case in the list.
struct Line {
    href: String,
    number: String,
    name: String,
    what: String,
    opened: String,
    state: String,
    tone: &'static str,
}

/// The cases of one sort.
struct Section {
    title: String,
    what: String,
    lines: Vec<Line>,
}

/// An organisation that looks for a new supervising unit.
struct ReleaseLine {
    href: String,
    name: String,
    unit: String,
    released: String,
    due: String,
    is_late: bool,
}

#[derive(Template)]
#[template(path = "registry/ending/desk.html")]
struct DeskPage<'a> {
    shell: &'a Shell,
    sections: Vec<Section>,
    releases: Vec<ReleaseLine>,
    /// Only what the reader has worked on, as a figure of the own work opens it.
    is_mine: bool,
    states: Vec<Choice>,
}

/// GET /desk/endings
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let asked = Form::of(pairs(shell.query.as_bytes()));
    let is_settled = asked.trimmed("state") == "settled";
    let fail = |error| visit.error(error);
    let mine = visit.actor.person.filter(|_| asked.trimmed("mine") == "yes");
    let (mut changes, mut endings) = match mine {
        // What a figure of the own work counts: every stage, of one sort.
        Some(person) => (
            change::read::worked_on(&visit.city, person).await.map_err(fail)?,
            ending::read::worked_on(&visit.city, person).await.map_err(fail)?,
        ),
        None => (
            change::read::on_desk(&visit.city, is_settled).await.map_err(fail)?,
            ending::read::on_desk(&visit.city, is_settled).await.map_err(fail)?,
        ),
    };
    let (what, stage) = (asked.trimmed("what"), asked.trimmed("stage"));
    let is_asked_for =
        |sort: &str, at: &str| (what.is_empty() || sort == what) && (stage.is_empty() || at == stage);
    changes.retain(|one| is_asked_for("change", one.case.stage.code()));
    endings.retain(|(case, _)| is_asked_for(case.kind.code(), case.stage.code()));
    let late = late_cases(&visit.city).await.map_err(fail)?;
    changes.retain(|one| is_punctual(&late, one.case.id, asked.trimmed("late")));
    endings.retain(|(case, _)| is_punctual(&late, case.id, asked.trimmed("late")));
    let releases = change::release::all_open(&visit.city).await.map_err(fail)?;
    let today = shell.now().date();
    let states = [("", "ending-under-way"), ("settled", "ending-settled")];
    let changes = changes.iter().map(|one| change_line(shell, one));
    let endings = endings.iter().map(|(case, organisation)| ending_line(shell, case, &organisation.name));
    let section =
        |title: &str, what: &str, lines| Section { title: shell.t(title), what: shell.t(what), lines };
    show(&DeskPage {
        sections: vec![
            section("ending-changes", "change-item", changes.collect()),
            section("ending-endings", "ending-kind", endings.collect()),
        ],
        releases: releases
            .into_iter()
            .map(|one| ReleaseLine {
                href: shell.url(format!("/orgs/{}", one.uscc)),
                name: one.name,
                unit: one.unit,
                released: shell.date(&one.released_on),
                due: shell.date(&one.due_on),
                is_late: one.due_on < today,
            })
            .collect(),
        is_mine: mine.is_some(),
        states: states.map(|(value, key)| Choice::new(value, shell.t(key), asked.trimmed("state"))).into(),
        shell,
    })
}

/// Whether a case passes the filter of steps that are late, or were.
fn is_punctual(late: &BTreeSet<i64>, case: i64, asked: &str) -> bool {
    match asked {
        "yes" => late.contains(&case),
        "no" => !late.contains(&case),
        _ => true,
    }
}

fn change_line(shell: &Shell, one: &WholeChange) -> Line {
    Line {
        href: shell.url(format!("/desk/endings/{}", change_no(one.case.number))),
        number: one.case.number.to_string(),
        name: one.organisation.name.clone(),
        what: shell.coded(&one.case.item),
        opened: shell.moment(&one.case.applied_at),
        state: change_state(shell, &one.case).0,
        tone: change_state(shell, &one.case).1,
    }
}

fn ending_line(shell: &Shell, case: &EndingCase, name: &str) -> Line {
    Line {
        href: shell.url(format!("/desk/endings/{}", ending_no(case.number))),
        number: case.number.to_string(),
        name: name.to_owned(),
        what: shell.coded(&case.kind),
        opened: shell.moment(&case.opened_at),
        state: ending_state(shell, case).0,
        tone: ending_state(shell, case).1,
    }
}
