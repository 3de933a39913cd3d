//! Conditions of an application as rows: explained anew with each handing in, and checked one by one with the
//! officer's opinion (B38, B39, B46).

use domain::kernel::{Coded, Refusal};
use domain::registry::course::Said;

use crate::journal::Table;
use crate::registry::change::required;
use crate::{Cx, Error};

/// How the officer found one condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check<C> {
    /// Which.
    pub condition: C,
    /// Whether it is met; none when nothing was chosen.
    pub is_met: Option<bool>,
    /// What was looked at; needed when it is not met.
    pub finding: String,
}

/// A condition as its row holds it: row, version, which.
pub(in crate::registry) type Asked<C> = (i64, i64, C);

/// What is written of one condition: row, version, whether it is met, what was looked at.
pub(in crate::registry) type Written = (i64, i64, bool, String);

/// Weighs the officer's check of every condition: whether all are met, and what is to be written. `missing` says
/// that one was not checked; what lacks goes into `faults`.
pub(in crate::registry) fn weigh<C: Coded + PartialEq>(
    asked: &[Asked<C>],
    checks: &[Check<C>],
    missing: impl Fn() -> Refusal,
    faults: &mut Vec<Refusal>,
) -> (bool, Vec<Written>) {
    let mut are_met = true;
    let mut written = Vec::new();
    for (id, version, condition) in asked {
        let code = condition.code();
        let check = checks.iter().find(|check| check.condition == *condition);
        let finding = check.map_or("", |check| check.finding.trim());
        match check.and_then(|check| check.is_met) {
            None => {
                faults.push(missing().at(format!("found_{code}")).with_code("condition", *condition));
            }
            Some(is_met) => {
                are_met &= is_met;
                if !is_met || !finding.is_empty() {
                    required(faults, missing().rule, &format!("finding_{code}"), finding);
                }
                written.push((*id, *version, is_met, finding.to_owned()));
            }
        }
    }
    (are_met, written)
}

/// Writes down how the conditions were found.
pub(in crate::registry) async fn write(
    cx: &mut Cx<'_>,
    table: &'static Table,
    written: Vec<Written>,
) -> Result<(), Error> {
    for (id, version, is_met, finding) in written {
        let values = [("is_met", is_met.into()), ("finding", finding.into())];
        cx.update(table, id, version, &values).await?;
    }
    Ok(())
}

/// Keeps what is said of each condition, in place of what was said before the correction; the journal keeps that.
pub(in crate::registry) async fn explain<C: Coded>(
    cx: &mut Cx<'_>,
    table: &'static Table,
    case: i64,
    before: &[Asked<C>],
    said: impl Iterator<Item = &Said<C>>,
) -> Result<(), Error> {
    for (id, version, _) in before {
        cx.delete(table, *id, *version).await?;
    }
    for one in said {
        let id = cx.id();
        let values = [
            ("case_id", case.into()),
            ("condition", one.condition.code().into()),
            ("words", one.words.trim().into()),
            ("finding", "".into()),
        ];
        cx.insert(table, id, &values).await?;
    }
    Ok(())
}
