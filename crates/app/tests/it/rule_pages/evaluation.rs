//! Examples of evaluation and feedback: weights, results, closing, going on, and what is shown together.

use domain::contracts::{LongTermTick, Term};
use domain::kernel::{Coded, Date};
use domain::performance::evaluation::closing::{self, Delivered, Project};
use domain::performance::evaluation::renewal::{self, Continuation};
use domain::performance::evaluation::weights::{self, Recipients};
use domain::performance::evaluation::{EvaluationGrade, PartyScores, Weights, score};
use domain::performance::feedback;

use super::row::{Answer, Kind, Law, Row, hundredths};

/// The kinds of this family.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "evaluation-weights",
        columns: &["on", "experts", "recipients", "purchaser", "verdict"],
        answer: weigh,
    },
    Kind {
        name: "evaluation-result",
        columns: &["on", "points of all sheets", "sheets", "satisfied", "valid", "purchaser", "result"],
        answer: result,
    },
    Kind {
        name: "evaluation-closing",
        columns: &[
            "on",
            "months",
            "milestones",
            "accepted",
            "published",
            "rounds before",
            "valid",
            "minimum",
            "final",
            "verdict",
        ],
        answer: close,
    },
    Kind {
        name: "evaluation-renewal",
        columns: &["on", "months", "ticks", "yearly grade", "verdict"],
        answer: go_on,
    },
    Kind { name: "office-judgements", columns: &["on", "running", "shown together"], answer: judgements },
];

fn weigh(law: &Law, row: &Row<'_>) -> Answer {
    let weights = Weights {
        experts: row.number("experts")?,
        recipients: row.number("recipients")?,
        purchaser: row.number("purchaser")?,
        third_party: 0,
    };
    let asked = Recipients { are_identifiable: true, reason: "", third_party: "" };
    match weights::problems(&weights, &asked, row.rules(law)?).into_iter().next() {
        Some(refusal) => Err(refusal.into()),
        None => Ok("may be fixed".to_owned()),
    }
}

fn result(law: &Law, row: &Row<'_>) -> Answer {
    let rules = row.rules(law)?;
    let scores = PartyScores {
        experts: (hundredths(row.text("points of all sheets")?)?, row.number("sheets")?),
        recipients: Some((row.number("satisfied")?, row.number("valid")?)),
        purchaser: hundredths(row.text("purchaser")?)?,
        third_party: None,
    };
    let total = score::total(&weights::usual(rules), &scores, rules)?;
    Ok(format!("{}.{:02} {}", total / 100, total % 100, score::grade(total, rules).code()))
}

fn close(law: &Law, row: &Row<'_>) -> Answer {
    let project = Project {
        has_contract: true,
        months: row.number("months")?,
        fix_before: Some(Date::constant(2026, 3, 1)),
        fixed: Some(Date::constant(2026, 2, 20)),
        delivered: Delivered {
            milestones: row.number("milestones")?,
            accepted: row.number("accepted")?,
            published: row.number("published")?,
        },
        rounds_before: row.number("rounds before")?,
        has_final: row.text("final")? == "yes",
        has_recipients: true,
        answers: Some((row.number("valid")?, row.number("minimum")?)),
    };
    match closing::problems(&project, row.rules(law)?).into_iter().next() {
        Some(refusal) => Err(refusal.into()),
        None => Ok("may close".to_owned()),
    }
}

fn go_on(law: &Law, row: &Row<'_>) -> Answer {
    let starts = Date::constant(2026, 3, 1);
    let ticks: usize = row.number("ticks")?;
    let ends = match row.number::<i64>("months")? {
        12 => Date::constant(2027, 2, 28),
        _ => Date::constant(2029, 2, 28),
    };
    let asked = Continuation {
        term: Term { starts, ends },
        ticks: LongTermTick::ALL[..ticks].to_vec(),
        is_budget_assured: true,
        years_passed: 0,
        yearly: EvaluationGrade::from_code(row.text("yearly grade")?).into_iter().collect(),
    };
    Ok(format!("year {}", renewal::next_year(&asked, row.rules(law)?)?))
}

fn judgements(law: &Law, row: &Row<'_>) -> Answer {
    Ok(feedback::shown_together(row.number("running")?, row.rules(law)?).to_string())
}
