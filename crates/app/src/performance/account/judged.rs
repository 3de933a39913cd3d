//! Lines of an account from what others say of a contract: evaluations (E1), recipients' answers (E2), and the
//! feedback that had to be answered (E6).

use domain::contracts::Term;
use domain::kernel::{Date, Moment, OfficeId};
use domain::performance::account::Step;
use domain::performance::account::part::in_time;
use domain::performance::evaluation::EvaluationKind;

use super::sources::Line;
use crate::db::Val;
use crate::{App, Error, row};

/// A whole score, in hundredths of a point.
const WHOLE_SCORE: i64 = 10_000;

row! {
    /// A published evaluation.
    struct Evaluated {
        id: i64,
        office_id: OfficeId,
        number: String,
        title: String,
        rules_on: Date,
        @code kind: EvaluationKind,
        round: i64,
        starts_on: Date,
        ends_on: Date,
        total: i64,
        published_at: Moment,
    }
}

row! {
    /// A closed survey with its answers counted.
    struct Asked {
        id: i64,
        office_id: OfficeId,
        number: String,
        title: String,
        rules_on: Date,
        closed_on: Date,
        sample_minimum: i64,
        valid: i64,
        satisfied: i64,
    }
}

row! {
    /// A feedback with its last day.
    struct Told {
        id: i64,
        office_id: OfficeId,
        number: String,
        title: String,
        rules_on: Date,
        due_on: Date,
        done_on: Option<Date>,
    }
}

/// Only graded rounds: a mid-term round has no total (E3).
const EVALUATED: &str =
    "SELECT e.id, c.office_id, c.number, c.title, t.rules_on, e.kind, e.round, c.starts_on, c.ends_on,
      e.total, e.published_at
    FROM evaluation e JOIN contract c ON c.id = e.contract_id JOIN tender t ON t.id = c.tender_id
    WHERE e.stage = 'published' AND e.total IS NOT NULL AND c.office_id = COALESCE($1, c.office_id)";

/// A survey with too few valid answers says nothing, so it earns and costs nothing here; supervision finds it.
const ASKED: &str = "SELECT s.id, c.office_id, c.number, c.title, t.rules_on, s.closed_on, s.sample_minimum,
      (SELECT CAST(COALESCE(sum(a.number), 0) AS BIGINT) FROM survey_count a
        WHERE a.survey_id = s.id AND a.overall >= 1) AS valid,
      (SELECT CAST(COALESCE(sum(a.number), 0) AS BIGINT) FROM survey_count a
        WHERE a.survey_id = s.id AND a.overall >= 4) AS satisfied
    FROM survey s JOIN contract c ON c.id = s.contract_id JOIN tender t ON t.id = c.tender_id
    WHERE s.closed_on IS NOT NULL AND c.office_id = COALESCE($1, c.office_id)";

/// What recipients asked to be followed up.
const TOLD: &str = "SELECT k.id, c.office_id, c.number, c.title, t.rules_on, k.answer_due_on AS due_on,
      k.answered_on AS done_on
    FROM feedback_ticket k JOIN contract c ON c.id = k.contract_id JOIN tender t ON t.id = c.tender_id
    WHERE c.office_id = COALESCE($1, c.office_id)";

/// What organisations told the office; its last day is a deadline on record.
const TOLD_OFFICE: &str = "SELECT k.id, c.office_id, c.number, c.title, t.rules_on, d.due_on, d.done_on
    FROM office_feedback k JOIN contract c ON c.id = k.contract_id JOIN tender t ON t.id = c.tender_id
      JOIN deadline d ON d.subject_kind = 'feedback' AND d.subject_id = k.id AND d.rule = 'feedback_answer_working_days'
    WHERE k.way = 'to_office' AND d.due_on IS NOT NULL AND c.office_id = COALESCE($1, c.office_id)";

/// The last day of what a result speaks of: of its year, or of the whole contract; that of its publication when it
/// came before. A result of last year's work is not its new director's (E5).
fn judged_until(app: &App, one: &Evaluated) -> Date {
    let term = Term { starts: one.starts_on, ends: one.ends_on };
    let year_over = || term.year_begins(one.round + 1, app.book.on(one.starts_on))?.yesterday().ok();
    let until = match one.kind {
        EvaluationKind::Yearly => year_over().unwrap_or(one.ends_on),
        EvaluationKind::MidTerm | EvaluationKind::Final => one.ends_on,
    };
    until.min(one.published_at.date())
}

/// Scores and answers.
pub(super) async fn scores(app: &App, office: Option<OfficeId>) -> Result<Vec<Line>, Error> {
    let mut lines = Vec::new();
    let whose: [Val; 1] = [office.into()];
    for one in app.db.all::<Evaluated>(EVALUATED, &whose).await? {
        let acted_on = judged_until(app, &one);
        lines.push(Line {
            office: one.office_id,
            step: Step::Evaluate,
            row: one.id,
            rules_on: one.rules_on,
            subject: one.number,
            title: one.title,
            due: None,
            done: Some(one.published_at.date()),
            on: one.published_at.date(),
            acted_on,
            got: one.total,
            of: WHOLE_SCORE,
        });
    }
    for one in app.db.all::<Asked>(ASKED, &whose).await? {
        if one.valid < one.sample_minimum {
            continue;
        }
        lines.push(Line {
            office: one.office_id,
            step: Step::AskRecipients,
            row: one.id,
            rules_on: one.rules_on,
            subject: one.number,
            title: one.title,
            due: None,
            done: Some(one.closed_on),
            on: one.closed_on,
            acted_on: one.closed_on,
            got: one.satisfied,
            of: one.valid,
        });
    }
    Ok(lines)
}

/// Feedback that was answered, or is late.
pub(super) async fn feedback(app: &App, office: Option<OfficeId>, today: Date) -> Result<Vec<Line>, Error> {
    let mut lines = Vec::new();
    for sql in [TOLD, TOLD_OFFICE] {
        for one in app.db.all::<Told>(sql, &[office.into()]).await? {
            let Some(is_in_time) = in_time(one.due_on, one.done_on, today) else { continue };
            lines.push(Line {
                office: one.office_id,
                step: Step::AnswerFeedback,
                row: one.id,
                rules_on: one.rules_on,
                subject: one.number,
                title: one.title,
                due: Some(one.due_on),
                done: one.done_on,
                on: one.due_on,
                acted_on: one.due_on,
                got: i64::from(is_in_time),
                of: 1,
            });
        }
    }
    Ok(lines)
}
