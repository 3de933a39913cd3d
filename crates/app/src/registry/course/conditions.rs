//! Conditions of an application as rows: explained anew with each handing in, and checked one by one with the
//! officer's opinion (B38, B39, B46).

use domain::kernel::{Coded, Refusal};
use domain::registry::course::{Checked, Said};

use crate::db::{DbError, FromRow, Row};
use crate::journal::Table;
use crate::registry::change::required;
use crate::registry::standing::Source;
use crate::{Cx, Error, args};

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

/// A condition of an application, as its row holds it.
#[derive(Clone, Debug)]
pub struct HeldCondition<C> {
    id: i64,
    version: i64,
    /// Which.
    pub condition: C,
    /// As the applicant explains it.
    pub words: String,
    /// How the officer found it; none before the review.
    pub is_met: Option<bool>,
    /// What the officer noted.
    pub finding: String,
}

impl<C: Coded> FromRow for HeldCondition<C> {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.get("id")?,
            version: row.get("version")?,
            condition: row.code("condition")?,
            words: row.get("words")?,
            is_met: row.get("is_met")?,
            finding: row.get("finding")?,
        })
    }
}

impl<C: Copy> HeldCondition<C> {
    /// As the decision reads it; none before the review.
    pub fn checked(&self) -> Option<Checked<C>> {
        self.is_met.map(|is_met| Checked { condition: self.condition, is_met })
    }
}

/// The conditions of a case, in the order of the law.
pub(in crate::registry) async fn of<C: Coded + Ord + Send>(
    source: &mut Source<'_>,
    table: &Table,
    case: i64,
) -> Result<Vec<HeldCondition<C>>, Error> {
    let sql = format!("SELECT * FROM {} WHERE case_id = $1", table.name);
    let mut all: Vec<HeldCondition<C>> = source.all(&sql, args![case]).await?;
    all.sort_by_key(|one| one.condition);
    Ok(all)
}

/// What is written of one condition: row, version, whether it is met, what was looked at.
pub(in crate::registry) type Written = (i64, i64, bool, String);

/// Weighs the officer's check of every condition: whether all are met, and what is to be written. `missing` says
/// that one was not checked; what lacks goes into `faults`.
pub(in crate::registry) fn weigh<C: Coded + PartialEq>(
    held: &[HeldCondition<C>],
    checks: &[Check<C>],
    missing: impl Fn() -> Refusal,
    faults: &mut Vec<Refusal>,
) -> (bool, Vec<Written>) {
    let mut are_met = true;
    let mut written = Vec::new();
    for one in held {
        let code = one.condition.code();
        let check = checks.iter().find(|check| check.condition == one.condition);
        let finding = check.map_or("", |check| check.finding.trim());
        match check.and_then(|check| check.is_met) {
            None => {
                faults.push(missing().at(format!("found_{code}")).with_code("condition", one.condition));
            }
            Some(is_met) => {
                are_met &= is_met;
                if !is_met || !finding.is_empty() {
                    required(faults, missing().rule, &format!("finding_{code}"), finding);
                }
                written.push((one.id, one.version, is_met, finding.to_owned()));
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
pub(in crate::registry) async fn explain<C: Coded + Ord + Send>(
    cx: &mut Cx<'_>,
    table: &'static Table,
    case: i64,
    said: impl Iterator<Item = &Said<C>>,
) -> Result<(), Error> {
    for one in of::<C>(&mut Source::Tx(&mut cx.tx), table, case).await? {
        cx.delete(table, one.id, one.version).await?;
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
