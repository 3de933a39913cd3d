//! Examples of ratings: bands, quorum, majority, and a grade as it is written.

use domain::kernel::Coded;
use domain::registry::rating::Grade;
use domain::registry::rating::committee;
use domain::registry::rating::grade::{Mean, bands};

use super::row::{Answer, Kind, Law, Row, hundredths};

/// The kinds of this family.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "rating-grade",
        columns: &["on", "points of all sheets", "sheets", "grade"],
        answer: grade_by_points,
    },
    Kind { name: "rating-quorum", columns: &["on", "take part", "all members", "verdict"], answer: quorum },
    Kind {
        name: "rating-majority",
        columns: &["on", "votes for 4A", "votes for 3A", "all members", "verdict"],
        answer: majority,
    },
    Kind {
        name: "rating-succession",
        columns: &["on", "body", "members", "followed", "sits", "verdict"],
        answer: succession,
    },
    Kind { name: "rating-text", columns: &["text", "verdict"], answer: text },
];

fn name(grade: Option<Grade>) -> String {
    grade.map_or("none", Coded::code).to_owned()
}

fn grade_by_points(law: &Law, row: &Row<'_>) -> Answer {
    let mean = Mean { sum: hundredths(row.text("points of all sheets")?)?, count: row.number("sheets")? };
    Ok(name(mean.grade(&bands(row.rules(law)?)?)))
}

fn quorum(law: &Law, row: &Row<'_>) -> Answer {
    committee::check_quorum(row.number("take part")?, row.number("all members")?, row.rules(law)?)?;
    Ok("may sit".to_owned())
}

fn succession(law: &Law, row: &Row<'_>) -> Answer {
    let asked = committee::Succession {
        body: row.coded("body")?,
        members: row.number("members")?,
        is_followed: row.is("followed")?,
        is_known: false,
        is_sitting: row.is("sits")?,
    };
    let on = row.date("on")?;
    committee::check_succession(&asked, on, (on, on), row.rules(law)?)?;
    Ok("may be replaced".to_owned())
}

fn majority(law: &Law, row: &Row<'_>) -> Answer {
    let mut votes = vec![Some(Grade::FourA); row.number("votes for 4A")?];
    votes.extend(vec![Some(Grade::ThreeA); row.number::<usize>("votes for 3A")?]);
    Ok(name(committee::decide(&votes, row.number("all members")?, row.rules(law)?)?))
}

fn text(_: &Law, row: &Row<'_>) -> Answer {
    Ok(name(Some(Grade::read(row.text("text")?)?)))
}
