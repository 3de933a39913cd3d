//! An official's own figures: cases by kind and state, on time or late, corrections, working days to a
//! decision; changes and endings by stage. Every figure opens to its rows.

use app::registry::registration::desk::DeskFilter;
use app::registry::registration::own_figures::{Figure, STATES, late_cases, own_figures};
use app::registry::{change, ending};
use askama::Template;
use axum::response::Response;
use domain::kernel::Coded;
use domain::registry::change::ChangeStage;
use domain::registry::ending::{EndingKind, EndingStage};

use super::desk_filter::query_of;
use crate::shell::{PageError, Shell, Visit, show, words};

/// A figure with the way to its rows.
struct Count {
    label: String,
    number: usize,
    href: String,
}

/// A row of a table of figures.
struct Row {
    title: String,
    counts: Vec<Count>,
}

#[derive(Template)]
#[template(path = "registry/registration/own_figures.html")]
struct OwnFiguresPage<'a> {
    shell: &'a Shell,
    counts: Vec<Count>,
    mean: String,
    decided_href: String,
    states: Vec<String>,
    kinds: Vec<Row>,
    others: Vec<Row>,
}

/// GET /desk/statistics
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let found = own_figures(&visit.city, &visit.actor).await.map_err(|error| visit.error(error))?;
    let count = |label: &str, figure: &Figure| Count {
        label: shell.t(label),
        number: figure.number,
        href: href(shell, &figure.filter),
    };
    let all = std::iter::once(shell.t("own-figures-all"));
    let states = STATES.iter().map(|state| words::coded(shell.lang, *state));
    let titles: Vec<String> = all.chain(states).collect();
    let kinds = found.kinds.iter().map(|row| Row {
        title: words::coded(shell.lang, row.kind),
        counts: row
            .figures
            .iter()
            .zip(&titles)
            .map(|(figure, title)| Count {
                label: title.clone(),
                number: figure.number,
                href: href(shell, &figure.filter),
            })
            .collect(),
    });
    show(&OwnFiguresPage {
        counts: vec![
            count("own-figures-all", &found.all),
            count("own-figures-decided", &found.decided),
            count("own-figures-on-time", &found.on_time),
            count("own-figures-late", &found.late),
            count("own-figures-corrected", &found.corrected),
        ],
        mean: found
            .mean_tenths
            .map_or_else(|| "—".to_owned(), |tenths| format!("{}.{}", tenths / 10, tenths % 10)),
        decided_href: href(shell, &found.decided.filter),
        kinds: kinds.collect(),
        others: others(&visit).await?,
        states: titles,
        shell,
    })
}

fn href(shell: &Shell, filter: &DeskFilter) -> String {
    shell.url(format!("/desk/cases{}", query_of(filter, &[])))
}

/// Changes, cancellations and revocations that the reader has worked on, by stage.
async fn others(visit: &Visit) -> Result<Vec<Row>, PageError> {
    let shell = &visit.shell;
    let Some(person) = visit.actor.person else { return Ok(Vec::new()) };
    let fail = |error| visit.error(error);
    let changes = change::read::worked_on(&visit.city, person).await.map_err(fail)?;
    let endings = ending::read::worked_on(&visit.city, person).await.map_err(fail)?;
    let late = late_cases(&visit.city).await.map_err(fail)?;
    let to = |what: &str, stage: &str| shell.url(format!("/desk/endings?mine=yes&what={what}&stage={stage}"));
    // On time or late is told of all of a sort, each count opening to its rows.
    let punctual = |what: &str, cases: &[i64]| {
        let count = |(key, is_late, code): (&str, bool, &str)| Count {
            label: shell.t(key),
            number: cases.iter().filter(|id| late.contains(id) == is_late).count(),
            href: shell.url(format!("/desk/endings?mine=yes&what={what}&late={code}")),
        };
        [("own-figures-on-time", false, "no"), ("own-figures-late", true, "yes")].map(count)
    };
    let change = ChangeStage::ALL.iter().map(|stage| Count {
        label: words::coded(shell.lang, *stage),
        number: changes.iter().filter(|one| one.case.stage == *stage).count(),
        href: to("change", stage.code()),
    });
    let ids: Vec<i64> = changes.iter().map(|one| one.case.id).collect();
    let counts = change.chain(punctual("change", &ids)).collect();
    let mut rows = vec![Row { title: shell.t("ending-changes"), counts }];
    for kind in EndingKind::ALL {
        let of_kind = EndingStage::ALL.iter().map(|stage| Count {
            label: words::coded(shell.lang, *stage),
            number: endings.iter().filter(|(case, _)| case.kind == *kind && case.stage == *stage).count(),
            href: to(kind.code(), stage.code()),
        });
        let ids: Vec<i64> =
            endings.iter().filter(|(case, _)| case.kind == *kind).map(|(case, _)| case.id).collect();
        let told = if ids.is_empty() { Vec::new() } else { punctual(kind.code(), &ids).into() };
        let counts = of_kind.filter(|count| count.number > 0).chain(told).collect();
        rows.push(Row { title: words::coded(shell.lang, *kind), counts });
    }
    Ok(rows)
}
