//! Examples of the cultivation programme: what an application says, the score, the confirmation, floors, and when an
//! enrolment is in force.

use domain::cultivation::course::{Position, check_confirmation};
use domain::cultivation::progress::{floor, part_floor};
use domain::cultivation::{Asked, Criterion, MediationPart, Score};
use domain::kernel::{Coded, Moment, PersonId};
use domain::registry::enrolled::{Enrolled, Exit, ExitGround, ProgrammeType};

use super::row::{Answer, Fault, Kind, Law, Row, coded, none_of};

/// The kinds of this family.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "cultivation-application",
        columns: &["types", "parts", "services", "outcome"],
        answer: application,
    },
    Kind {
        name: "cultivation-score",
        columns: &["on", "function", "effect", "nearness", "outcome"],
        answer: score,
    },
    Kind {
        name: "cultivation-confirmation",
        columns: &["on", "stage", "public until", "by the scorer", "outcome"],
        answer: confirmation,
    },
    Kind { name: "cultivation-floor", columns: &["on", "type", "floor"], answer: floors },
    Kind {
        name: "cultivation-in-force",
        columns: &["since", "serious list", "left", "asked", "outcome"],
        answer: in_force,
    },
];

fn members<C: Coded>(row: &Row<'_>, column: &str) -> Result<Vec<C>, Fault> {
    let named = row.list(column, ',')?;
    named.into_iter().map(str::trim).filter(|one| !one.is_empty()).map(coded).collect()
}

fn application(_: &Law, row: &Row<'_>) -> Answer {
    let asked = Asked {
        kinds: members(row, "types")?,
        parts: members(row, "parts")?,
        sub_services: members(row, "services")?,
        statement: "示例".to_owned(),
        declares: true,
    };
    none_of(asked.check().err().unwrap_or_default())?;
    Ok("accepted".to_owned())
}

fn score(law: &Law, row: &Row<'_>) -> Answer {
    let points = [row.number("function")?, row.number("effect")?, row.number("nearness")?];
    let typed = |criterion| match criterion {
        Criterion::Functionality => Some(points[0]),
        Criterion::Effectiveness => Some(points[1]),
        Criterion::Convenience => Some(points[2]),
    };
    let rules = row.rules(law)?;
    match Score::read(typed, rules) {
        Ok(score) if score.passes(rules) => Ok(format!("{} reaches the line", score.total())),
        Ok(score) => Ok(format!("{} below the line", score.total())),
        Err(faults) => none_of(faults).map(|()| String::new()),
    }
}

fn confirmation(_: &Law, row: &Row<'_>) -> Answer {
    let (scorer, other) = (PersonId(1), PersonId(2));
    let position = Position {
        stage: row.coded("stage")?,
        has_partner: true,
        passes: Some(true),
        partner_is_for: Some(true),
        public_until: Some(row.date("public until")?),
        scored_by: Some(scorer),
    };
    let by = if row.is("by the scorer")? { scorer } else { other };
    check_confirmation(&position, row.date("on")?, by)?;
    Ok("may be confirmed".to_owned())
}

fn floors(law: &Law, row: &Row<'_>) -> Answer {
    let (kind, rules) = (row.coded::<ProgrammeType>("type")?, row.rules(law)?);
    let Some(whole) = floor(kind, rules) else { return Ok("none".to_owned()) };
    if kind != ProgrammeType::Mediation {
        return Ok(whole.to_string());
    }
    let parts: Vec<String> =
        MediationPart::ALL.iter().map(|part| part_floor(*part, rules).to_string()).collect();
    Ok(format!("{whole} = {}", parts.join(" + ")))
}

fn in_force(_: &Law, row: &Row<'_>) -> Answer {
    let exit = |column: &str, ground| -> Result<Option<Exit>, Fault> {
        let day = row.optional_date(column)?;
        Ok(day.map(|day| Exit { at: Moment::start_of(day), ground }))
    };
    let enrolled = Enrolled {
        kind: ProgrammeType::Children,
        from: Moment::start_of(row.date("since")?),
        recorded: exit("left", ExitGround::OwnWish)?,
        facts: exit("serious list", ExitGround::SeriousList)?.into_iter().collect(),
    };
    let asked = Moment::start_of(row.date("asked")?);
    match enrolled.end().filter(|_| !enrolled.holds_at(asked)) {
        None => Ok("enrolled".to_owned()),
        Some(exit) => Ok(format!("not enrolled: {}", exit.ground.code())),
    }
}
