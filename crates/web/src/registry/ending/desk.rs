//! The desk of changes, cancellations and revocations: what is under way, or settled.

use app::registry::{change, ending};
use askama::Template;
use axum::response::Response;

use super::{change_no, change_tone, ending_no, ending_tone};
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
    states: Vec<Choice>,
}

/// GET /desk/endings
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let asked = Form::of(pairs(shell.query.as_bytes()));
    let is_settled = asked.trimmed("state") == "settled";
    let fail = |error| visit.error(error);
    let changes = change::read::on_desk(&visit.city, is_settled).await.map_err(fail)?;
    let endings = ending::read::on_desk(&visit.city, is_settled).await.map_err(fail)?;
    let releases = change::release::all_open(&visit.city).await.map_err(fail)?;
    let today = shell.now().date();
    let states = [("", "ending-under-way"), ("settled", "ending-settled")];
    let changes = changes.iter().map(|one| Line {
        href: shell.url(format!("/desk/endings/{}", change_no(one.case.number))),
        number: one.case.number.to_string(),
        name: one.organisation.name.clone(),
        what: shell.coded(&one.case.item),
        opened: shell.moment(&one.case.applied_at),
        state: shell.coded(&one.case.stage),
        tone: change_tone(one.case.stage),
    });
    let endings = endings.iter().map(|(case, organisation)| Line {
        href: shell.url(format!("/desk/endings/{}", ending_no(case.number))),
        number: case.number.to_string(),
        name: organisation.name.clone(),
        what: shell.coded(&case.kind),
        opened: shell.moment(&case.opened_at),
        state: shell.coded(&case.stage),
        tone: ending_tone(case.stage),
    });
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
        states: states.map(|(value, key)| Choice::new(value, shell.t(key), asked.trimmed("state"))).into(),
        shell,
    })
}
