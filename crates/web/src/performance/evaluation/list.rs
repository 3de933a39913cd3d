//! Published results of all contracts, by grade; each figure opens to its rows.

use app::performance::evaluation::{self, GradeCount, PublishedLine};
use app::performance::feedback::{self, OfficeMark, ShownJudgement};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use domain::kernel::Coded;
use domain::performance::evaluation::EvaluationGrade;
use serde::Deserialize;

use super::{code_of, grade_tone};
use crate::shell::{PageError, Shell, Visit, show};

/// What the list is narrowed to.
#[derive(Deserialize)]
pub struct Asked {
    grade: Option<String>,
    organisation: Option<String>,
}

#[derive(Template)]
#[template(path = "performance/evaluation/list.html")]
struct ListPage<'a> {
    shell: &'a Shell,
    lines: Vec<(PublishedLine, &'static str)>,
    figures: Vec<GradeCount>,
    is_narrowed: bool,
}

/// GET /evaluations
pub async fn index(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let grade = asked.grade.as_deref().and_then(EvaluationGrade::from_code);
    let code = asked.organisation.as_deref().filter(|code| !code.is_empty());
    let lines = evaluation::published(&visit.city, grade, code).await.map_err(fail)?;
    show(&ListPage {
        shell: &visit.shell,
        lines: lines
            .into_iter()
            .map(|line| {
                let tone = grade_tone(&line.grade);
                (line, tone)
            })
            .collect(),
        figures: evaluation::figures(&visit.city).await.map_err(fail)?,
        is_narrowed: grade.is_some() || code.is_some(),
    })
}

/// An office's marks as sentences.
struct MarkLine {
    name: String,
    running: String,
    over: String,
}

#[derive(Template)]
#[template(path = "performance/evaluation/offices.html")]
struct OfficesPage<'a> {
    shell: &'a Shell,
    marks: Vec<MarkLine>,
    judgements: Vec<ShownJudgement>,
}

/// GET /evaluations/offices: what organisations think of offices, in whole groups (E6).
pub async fn offices(visit: Visit) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let marks = feedback::shown_marks(&visit.city).await.map_err(fail)?;
    show(&OfficesPage {
        shell: &visit.shell,
        marks: marks.into_iter().map(|mark| mark_line(&visit.shell, mark)).collect(),
        judgements: feedback::shown_words(&visit.city).await.map_err(fail)?,
    })
}

fn mark_line(shell: &Shell, mark: OfficeMark) -> MarkLine {
    let mean = |sum: i64, count: i64| match count {
        0 => shell.t("office-mark-too-few"),
        _ => shell.txy("office-mark-mean", shell.points(&((200 * sum + count) / (2 * count))), count),
    };
    MarkLine {
        name: mark.name,
        running: mean(mark.together_sum, mark.together),
        over: mean(mark.over_sum, mark.over),
    }
}
