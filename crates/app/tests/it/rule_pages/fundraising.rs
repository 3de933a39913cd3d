//! Examples of public fundraising: who may apply, what is promised, the steps, the decision, the terms.

use domain::kernel::{Coded, Date, Fen, Finding, Moment, OrganisationId, PersonId, RuleKey};
use domain::registry::credit::{Penalty, PenaltyKind};
use domain::registry::fundraising::{
    Checked, Condition, FundraisingStage, Step, course, declared, denial_grounds, not_revoked,
};
use domain::registry::{
    CreditListing, Gate, InspectionResult, Known, Legal, OrganisationKind, OrganisationStatus, Standing,
};

use super::course::course_step;
use super::row::{Answer, Fault, Kind, Law, Row, coded, number};

/// The kinds of this family.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "fundraising-gate",
        columns: &["on", "registered", "charity since", "grade", "record", "verdict"],
        answer: gate,
    },
    Kind { name: "fundraising-conditions", columns: &["on", "conditions"], answer: conditions },
    Kind { name: "fundraising-step", columns: &["stage", "step", "corrected", "next"], answer: step },
    Kind {
        name: "fundraising-decision",
        columns: &["decision", "not met", "same person", "verdict"],
        answer: decision,
    },
    Kind { name: "fundraising-term", columns: &["on", "term", "event", "last day"], answer: term },
    Kind { name: "fundraising-bar", columns: &["on", "revoked", "verdict"], answer: bar },
];

/// The record: nothing, `abnormal`, `absent`, or `warning 2025-09-11`.
fn gate(law: &Law, row: &Row<'_>) -> Answer {
    let on = row.date("on")?;
    let record = row.text("record")?;
    let warned: Option<Date> = match record.strip_prefix("warning ") {
        Some(day) => Some(day.parse().map_err(|_| Fault::Unreadable(record.to_owned()))?),
        None => None,
    };
    let grade = row.text("grade")?;
    let held: Option<i64> = if grade.is_empty() { None } else { Some(number(grade)?) };
    let standing = Standing {
        organisation: OrganisationId(1),
        kind: OrganisationKind::SocialServiceInstitution,
        legal: Legal::Registered,
        status: OrganisationStatus::Active,
        has_valid_code: true,
        inspection: if record == "absent" { InspectionResult::Absent } else { InspectionResult::Pass },
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
        rating: held.map(|grade| (grade, on)),
        lost: None,
        penalties: warned.map(|day| (warning(day), None)).into_iter().collect(),
        is_investigated: false,
        charity_since: row.optional_date("charity since")?,
    };
    known.gate(Gate::PublicFundraising, row.rules(law)?).require()?;
    Ok("open".to_owned())
}

fn conditions(law: &Law, row: &Row<'_>) -> Answer {
    let rules = row.rules(law)?;
    let told: Vec<String> =
        declared(rules).iter().map(|one| format!("{} {}", one.code(), one.item(rules))).collect();
    Ok(told.join(", "))
}

fn step(_: &Law, row: &Row<'_>) -> Answer {
    let stage: FundraisingStage = row.coded("stage")?;
    if let Some(step) = course_step(row.text("step")?) {
        return Ok(step.from(stage, row.is("corrected")?)?.code().to_owned());
    }
    let step = match row.text("step")? {
        "withdraw" => Step::Withdraw,
        "grant" => Step::Grant,
        "deny" => Step::Deny,
        "revoke" => Step::Revoke,
        other => return Err(Fault::Unreadable(other.to_owned())),
    };
    Ok(step.from(stage)?.code().to_owned())
}

fn decision(_: &Law, row: &Row<'_>) -> Answer {
    let mut checked = Vec::new();
    for word in row.list("not met", ',')? {
        let condition: Condition = coded(word)?;
        checked.push(Checked { condition, is_met: false });
    }
    let is_granted = match row.text("decision")? {
        "grant" => true,
        "deny" => false,
        other => return Err(Fault::Unreadable(other.to_owned())),
    };
    let decider = if row.is("same person")? { PersonId(1) } else { PersonId(2) };
    let grounds: Vec<Finding> = denial_grounds(&[], &checked, &[]);
    course::decide(is_granted, &grounds, Some(PersonId(1)), Some(decider))?;
    Ok("stands".to_owned())
}

fn term(law: &Law, row: &Row<'_>) -> Answer {
    let rule: RuleKey = row.coded("term")?;
    Ok(row.rules(law)?.deadline(&law.calendar, rule, row.date("event")?)?.due.to_string())
}

fn bar(law: &Law, row: &Row<'_>) -> Answer {
    let found = not_revoked(row.optional_date("revoked")?, row.date("on")?, row.rules(law)?);
    match found.and_then(|finding| finding.refusal()) {
        Some(refusal) => Err(refusal.into()),
        None => Ok("open".to_owned()),
    }
}
