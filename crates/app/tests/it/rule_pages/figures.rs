//! Examples of the figures of the register: density, growth, and what may be set as a target.

use domain::registry::figures::{Stock, growth};
use domain::registry::target::{Target, faults};

use super::row::{Answer, Fault, Kind, Law, Row, none_of};

/// The kinds of this family.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "figures-density",
        columns: &["registered", "filed", "residents", "density"],
        answer: density,
    },
    Kind { name: "figures-growth", columns: &["at the start", "at the end", "growth"], answer: grown },
    Kind {
        name: "figures-target",
        columns: &["figure", "this year", "year", "typed", "ground", "outcome"],
        answer: target,
    },
];

fn density(_: &Law, row: &Row<'_>) -> Answer {
    let stock = Stock { registered: row.number("registered")?, filed: row.number("filed")? };
    let density = stock.density(row.number("residents")?);
    Ok(density.map_or_else(|| "none".to_owned(), |density| density.to_string()))
}

fn grown(_: &Law, row: &Row<'_>) -> Answer {
    let found = growth(row.number("at the start")?, row.number("at the end")?);
    Ok(found.map_or_else(|| "none".to_owned(), |growth| Target::Growth.shown(growth)))
}

fn target(_: &Law, row: &Row<'_>) -> Answer {
    let figure: Target = row.coded("figure")?;
    let reason = match row.text("ground")? {
        "named" => "工作要点（示例）",
        "none" => "",
        other => return Err(Fault::Unreadable(format!("{other:?} is no ground"))),
    };
    none_of(faults(row.number("year")?, reason, row.number("this year")?))?;
    Ok(figure.shown(figure.read(row.text("typed")?)?))
}
