//! Examples of recipients' satisfaction and of requests to follow up.

use domain::performance::survey::{Tally, check, feedback, sample};

use super::row::{Answer, Fault, Kind, Law, Row};

/// The kinds of this family.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "sample-minimum",
        columns: &["on", "recipients", "valid answers needed"],
        answer: sample_minimum,
    },
    Kind {
        name: "satisfaction",
        columns: &["minimum", "valid", "satisfied", "result"],
        answer: satisfaction,
    },
    Kind {
        name: "survey-check",
        columns: &["on", "cards", "recipients with cards", "called"],
        answer: survey_check,
    },
    Kind { name: "feedback-days", columns: &["on", "filed", "last days"], answer: feedback_days },
];

fn sample_minimum(law: &Law, row: &Row<'_>) -> Answer {
    Ok(sample::minimum(row.number("recipients")?, row.rules(law)?).to_string())
}

fn survey_check(law: &Law, row: &Row<'_>) -> Answer {
    let recipients = row.number("recipients with cards")?;
    Ok(check::need(row.number("cards")?, recipients, row.rules(law)?).to_string())
}

fn satisfaction(_: &Law, row: &Row<'_>) -> Answer {
    let tally = Tally {
        sample_minimum: row.number("minimum")?,
        valid: row.number("valid")?,
        satisfied: row.number("satisfied")?,
        ..Tally::default()
    };
    tally.expect_sufficient()?;
    let none = || Fault::Unreadable("no answers".to_owned());
    let (low, high) = tally.interval().ok_or_else(none)?.percent_texts();
    Ok(format!("{} ({low} to {high})", tally.rate().ok_or_else(none)?.percent_text()))
}

fn feedback_days(law: &Law, row: &Row<'_>) -> Answer {
    let due = feedback::due(row.rules(law)?, &law.calendar, row.date("filed")?)?;
    Ok(format!("{}, {}", due.acknowledge, due.answer))
}
