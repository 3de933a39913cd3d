//! Targets of the register: set by the social organisation bureau, counted from the rows (S12).

use domain::kernel::{Coded, Moment, Role};
use domain::registry::target::{Target, faults, is_reached};

use super::figures::{CITY, Figures, residents};
use crate::db::Row;
use crate::journal::REGISTER_TARGET;
use crate::{Act, App, Cx, Error, args, row};

/// Sets a target; one that was set before for the same figure and year is replaced, and stays on record.
#[derive(Clone)]
pub struct SetTarget {
    /// Of what.
    pub figure: Target,
    /// For which year.
    pub year: i64,
    /// What is to be reached, in the figure's unit.
    pub value: i64,
    /// Why, or by which paper.
    pub reason: String,
}

impl Act for SetTarget {
    type Outcome = ();
    const NAME: &'static str = "registry.set_target";
    const WHO: &'static [Role] = &[Role::OrganisationBureau];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let mut found = faults(self.year, &self.reason, i64::from(cx.now.date().year()));
        // What the page has read already is read again: a program may send any number.
        found.extend(self.figure.read(&self.figure.shown(self.value)).err());
        if !found.is_empty() {
            return Err(Error::Invalid(found));
        }
        let sql = "SELECT id, version FROM register_target
                   WHERE year = $1 AND figure = $2 AND replaced_at IS NULL";
        if let Some(held) = cx.tx.maybe::<Row>(sql, args![self.year, self.figure.code()]).await? {
            let values = [("replaced_at", cx.now.into())];
            let (id, version): (i64, i64) = (held.get("id")?, held.get("version")?);
            cx.update(&REGISTER_TARGET, id, version, &values).await?;
        }
        let id = cx.id();
        let values = [
            ("figure", self.figure.code().into()),
            ("year", self.year.into()),
            ("value", self.value.into()),
            ("reason", self.reason.trim().into()),
            ("set_by", cx.actor.person.into()),
            ("set_at", cx.now.into()),
        ];
        cx.insert(&REGISTER_TARGET, id, &values).await?;
        cx.announce("registry.target_set", self.figure.code());
        Ok(())
    }
}

row! {
    /// A target that was set.
    pub struct Held {
        /// Of what.
        @code figure: Target,
        /// For which year.
        year: i64,
        /// What is to be reached.
        value: i64,
        /// Why.
        reason: String,
        /// Who set it.
        setter: String,
        /// When.
        set_at: Moment,
        /// When a later one replaced it.
        replaced_at: Option<Moment>,
    }
}

/// A target beside what the register counts.
#[derive(Clone, Debug)]
pub struct Progress {
    /// The target.
    pub held: Held,
    /// What is counted at the year's end, or today while it runs; `None` where nothing can be.
    pub counted: Option<i64>,
    /// Whether that reaches it.
    pub is_reached: Option<bool>,
}

/// Every target, the latest year first and within it those in force, beside what `found` counts.
///
/// # Errors
/// The database could not be read.
pub async fn targets(app: &App, found: &Figures) -> Result<Vec<Progress>, Error> {
    let sql = "SELECT t.figure, t.year, t.value, t.reason, p.name AS setter, t.set_at, t.replaced_at
               FROM register_target t JOIN person p ON p.id = t.set_by
               ORDER BY t.year DESC, t.replaced_at IS NOT NULL, t.replaced_at DESC, t.figure LIMIT 500";
    let all: Vec<Held> = app.db.all(sql, args![]).await?;
    let progress = all.into_iter().map(|held| {
        let counted = counted(found, held.figure, held.year);
        Progress { counted, is_reached: is_reached(held.value, counted), held }
    });
    Ok(progress.collect())
}

/// A figure at the end of a year, or today in the running one; `None` for a year that has not come.
fn counted(found: &Figures, figure: Target, year: i64) -> Option<i64> {
    let of_year = found.years.iter().find(|held| i64::from(held.year) == year)?;
    let stock = found.stock_at_end(of_year);
    match figure {
        Target::Stock => Some(stock.all()),
        Target::Density => residents(CITY, of_year.year).and_then(|held| stock.density(held.number)),
        Target::Growth => of_year.growth,
    }
}
