//! Examples of annual inspections: who reports, by when, which outcome, how long to mend.

use domain::registry::inspection::{Calling, Duty, Weight, duty, outcome, rectification};
use domain::registry::{Legal, OrganisationStatus};

use super::row::{Answer, Kind, Law, Row, coded};

/// The kinds of this family.
pub const KINDS: &[Kind] = &[
    Kind { name: "inspection-duty", columns: &["on", "kind", "registered", "year", "duty"], answer: who },
    Kind { name: "inspection-last-day", columns: &["on", "kind", "year", "last day"], answer: last_day },
    Kind { name: "inspection-outcome", columns: &["outcome", "open grounds", "verdict"], answer: verdict },
    Kind {
        name: "inspection-rectification",
        columns: &["on", "outcome", "decided", "last day"],
        answer: mending,
    },
];

fn who(law: &Law, row: &Row<'_>) -> Answer {
    let calling = Calling {
        kind: row.coded("kind")?,
        legal: Legal::Registered,
        status: OrganisationStatus::Active,
        registered_on: row.date("registered")?,
    };
    let found = duty::duty(calling, row.number("year")?, row.rules(law)?);
    Ok(match found {
        Duty::Due => "due",
        Duty::Exempt => "exempt",
        Duty::None => "none",
    }
    .to_owned())
}

fn last_day(law: &Law, row: &Row<'_>) -> Answer {
    let rule = duty::report_rule(row.coded("kind")?);
    Ok(duty::last_day(rule, row.number("year")?, row.rules(law)?, &law.calendar)?.to_string())
}

fn verdict(_: &Law, row: &Row<'_>) -> Answer {
    let open: Result<Vec<Weight>, _> = row.list("open grounds", ',')?.into_iter().map(coded).collect();
    outcome::judge(row.coded("outcome")?, &open?)?;
    Ok("carried".to_owned())
}

fn mending(law: &Law, row: &Row<'_>) -> Answer {
    let term =
        rectification::term(row.coded("outcome")?, row.date("decided")?, row.rules(law)?, &law.calendar)?;
    Ok(term.map_or_else(|| "none".to_owned(), |term| term.due.to_string()))
}
