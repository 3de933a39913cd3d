//! What an official sees of the own work: cases by kind and state, on time or late, corrections, and how many
//! working days a decision took. Every figure is the count of a filter that shows its rows.

use std::collections::BTreeSet;

use domain::kernel::{Actor, Moment};
use domain::registry::OrganisationKind;
use domain::registry::registration::CaseState;

use super::desk::{self, DeskFilter, DeskLine};
use super::names;
use crate::{App, Error, args};

/// A count, with the filter that shows its rows.
pub struct Figure {
    /// What it counts.
    pub filter: DeskFilter,
    /// How many.
    pub number: usize,
}

/// A kind of organisation with the reader's cases of it.
pub struct KindRow {
    /// Which kind.
    pub kind: OrganisationKind,
    /// All of them, then one for each state of `STATES`.
    pub figures: Vec<Figure>,
}

/// The states that get a column.
pub const STATES: [CaseState; 10] = [
    CaseState::Submitted,
    CaseState::CorrectionRequested,
    CaseState::Accepted,
    CaseState::UnderReview,
    CaseState::Approved,
    CaseState::CertificateIssued,
    CaseState::Announced,
    CaseState::Denied,
    CaseState::NotAccepted,
    CaseState::Withdrawn,
];

/// The reader's own figures.
pub struct OwnFigures {
    /// All cases that the reader has worked on.
    pub all: Figure,
    /// Those without a late step.
    pub on_time: Figure,
    /// Those with one.
    pub late: Figure,
    /// Those of which a correction was asked.
    pub corrected: Figure,
    /// Those that were allowed or denied.
    pub decided: Figure,
    /// Working days from acceptance to decision, in tenths, on the mean; none without a decided case.
    pub mean_tenths: Option<i64>,
    /// By kind.
    pub kinds: Vec<KindRow>,
}

/// Counts the reader's own work.
///
/// # Errors
/// The database could not be read.
pub async fn own_figures(app: &App, actor: &Actor) -> Result<OwnFigures, Error> {
    let mine = DeskFilter { is_mine: true, ..DeskFilter::default() };
    let lines = desk::desk(app, actor, &mine).await?;
    let figure = |filter: DeskFilter| Figure { number: desk::filtered(&lines, &filter).len(), filter };
    let row = |kind| {
        let of_kind = DeskFilter { kind: Some(kind), ..mine.clone() };
        let state = |state: &CaseState| figure(DeskFilter { state: Some(*state), ..of_kind.clone() });
        let figures = std::iter::once(figure(of_kind.clone())).chain(STATES.iter().map(state));
        KindRow { kind, figures: figures.collect() }
    };
    Ok(OwnFigures {
        all: figure(mine.clone()),
        on_time: figure(DeskFilter { was_late: Some(false), ..mine.clone() }),
        late: figure(DeskFilter { was_late: Some(true), ..mine.clone() }),
        corrected: figure(DeskFilter { is_corrected: true, ..mine.clone() }),
        decided: figure(DeskFilter { is_decided: true, ..mine.clone() }),
        mean_tenths: mean_tenths(app, &lines),
        kinds: names::kinds().map(row).collect(),
    })
}

/// The rows of cases (registrations, changes, endings) of which a step is late, or was.
///
/// # Errors
/// The database could not be read.
pub async fn late_cases(app: &App) -> Result<BTreeSet<i64>, Error> {
    let sql =
        "SELECT DISTINCT subject_id AS id FROM deadline WHERE subject_kind = 'case' AND due_on IS NOT NULL
               AND (done_on > due_on OR (done_on IS NULL AND due_on < $1))";
    let rows: Vec<(i64,)> = app.db.all(sql, args![app.clock.now().date()]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The mean of the working days from acceptance to decision, in tenths, rounded to the nearest.
fn mean_tenths(app: &App, lines: &[DeskLine]) -> Option<i64> {
    let days = lines.iter().filter_map(|line| {
        let decided = line.case.decided_by.and(line.case.decided_at).map(Moment::date)?;
        app.calendar.working_days_between(line.case.accepted_on?, decided).ok()
    });
    let days: Vec<i64> = days.collect();
    let count = i64::try_from(days.len()).ok().filter(|count| *count > 0)?;
    let sum: i64 = days.iter().sum();
    Some((sum * 20 + count) / (count * 2))
}
