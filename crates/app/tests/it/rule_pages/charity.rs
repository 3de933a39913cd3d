//! Examples of charities: who is recognised, the steps, the decision, the terms and their extension.

use domain::kernel::{Coded, Date, Fen, Finding, Moment, OrganisationId, PersonId, RuleKey};
use domain::registry::charity::{
    CharityCondition, CharityStage, Checked, Step, course, denial_grounds, may_extend,
};
use domain::registry::credit::{Penalty, PenaltyKind};
use domain::registry::{
    CreditListing, Gate, InspectionResult, Known, Legal, OrganisationKind, OrganisationStatus, Standing,
};

use super::course::course_step;
use super::row::{Answer, Fault, Kind, Law, Row, coded};

/// The kinds of this family.
pub const KINDS: &[Kind] = &[
    Kind { name: "charity-gate", columns: &["on", "registered", "record", "verdict"], answer: gate },
    Kind { name: "charity-step", columns: &["stage", "step", "corrected", "next"], answer: step },
    Kind {
        name: "charity-decision",
        columns: &["decision", "not met", "same person", "verdict"],
        answer: decision,
    },
    Kind { name: "charity-term", columns: &["on", "term", "event", "last day"], answer: term },
    Kind {
        name: "charity-extension",
        columns: &["stage", "on", "last day", "extended", "verdict"],
        answer: extension,
    },
];

/// The record: nothing, `abnormal`, or `warning 2024-09-11`.
fn gate(law: &Law, row: &Row<'_>) -> Answer {
    let on = row.date("on")?;
    let record = row.text("record")?;
    let warned: Option<Date> = match record.strip_prefix("warning ") {
        Some(day) => Some(day.parse().map_err(|_| Fault::Unreadable(record.to_owned()))?),
        None => None,
    };
    let standing = Standing {
        organisation: OrganisationId(1),
        kind: OrganisationKind::SocialServiceInstitution,
        legal: Legal::Registered,
        status: OrganisationStatus::Active,
        has_valid_code: true,
        inspection: InspectionResult::Pass,
        listing: if record == "abnormal" { CreditListing::Abnormal } else { CreditListing::None },
        supervised_by_bureau: false,
        is_fully_funded: false,
        last_major_violation: None,
        banned_until: None,
        relations: Vec::new(),
    };
    let warning =
        |imposed_on| Penalty { kind: PenaltyKind::Warning, amount: Fen::ZERO, imposed_on, until: None };
    let known = Known {
        at: Moment::beijing(on, 10, 0),
        standing,
        registered_on: row.date("registered")?,
        inspections: Vec::new(),
        rating: None,
        lost: None,
        penalties: warned.map(|day| (warning(day), None)).into_iter().collect(),
        is_investigated: false,
        charity_since: None,
    };
    known.gate(Gate::Charity, row.rules(law)?).require()?;
    Ok("open".to_owned())
}

fn step(_: &Law, row: &Row<'_>) -> Answer {
    let stage: CharityStage = row.coded("stage")?;
    if let Some(step) = course_step(row.text("step")?) {
        return Ok(step.from(stage, row.is("corrected")?)?.code().to_owned());
    }
    let step = match row.text("step")? {
        "withdraw" => Step::Withdraw,
        "recognise" => Step::Recognise,
        "deny" => Step::Deny,
        "notice" => Step::Notice,
        "answer" => Step::Answer,
        "annul" => Step::Annul,
        "keep" => Step::Keep,
        other => return Err(Fault::Unreadable(other.to_owned())),
    };
    Ok(step.from(stage)?.code().to_owned())
}

fn decision(_: &Law, row: &Row<'_>) -> Answer {
    let mut checked = Vec::new();
    for word in row.list("not met", ',')? {
        let condition: CharityCondition = coded(word)?;
        checked.push(Checked { condition, is_met: false });
    }
    let is_recognised = match row.text("decision")? {
        "recognise" => true,
        "deny" => false,
        other => return Err(Fault::Unreadable(other.to_owned())),
    };
    let decider = if row.is("same person")? { PersonId(1) } else { PersonId(2) };
    let grounds: Vec<Finding> = denial_grounds(&[], &checked, &[]);
    course::decide(is_recognised, &grounds, Some(PersonId(1)), Some(decider))?;
    Ok("stands".to_owned())
}

fn term(law: &Law, row: &Row<'_>) -> Answer {
    let rule: RuleKey = row.coded("term")?;
    Ok(row.rules(law)?.deadline(&law.calendar, rule, row.date("event")?)?.due.to_string())
}

fn extension(_: &Law, row: &Row<'_>) -> Answer {
    let due = row.optional_date("last day")?;
    let first = may_extend(row.coded("stage")?, due, row.is("extended")?, row.date("on")?)?;
    Ok(format!("from {first}"))
}
