//! The programme of a year: opened once, with its notice and the last day of applications (D1).

use domain::cultivation::progress::check_year;
use domain::kernel::{Date, Moment, Refusal};

use super::{BUREAU, TEXT_MAX, person, required};
use crate::journal::PROGRAMME;
use crate::{Act, App, Cx, Error, args, row};
use domain::kernel::Role;

/// Opens the programme of a year.
#[derive(Clone)]
pub struct OpenProgramme {
    /// The year; none when nothing readable was typed.
    pub year: Option<i64>,
    /// The notice in words.
    pub notice: String,
    /// Last day of applications; none when nothing readable was typed.
    pub apply_until: Option<Date>,
}

impl Act for OpenProgramme {
    type Outcome = ();
    const NAME: &'static str = "cultivation.open_programme";
    const WHO: &'static [Role] = BUREAU;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let today = cx.now.date();
        let mut faults = Vec::new();
        let year = self.year.unwrap_or_default();
        match self.year {
            None => faults.push(Refusal::new("cultivation.year-missing", "D1").at("year")),
            Some(year) => {
                faults.extend(check_year(year, i64::from(today.year()), cx.app.book.on(today)).err());
            }
        }
        let notice = required(&mut faults, "notice", &self.notice, TEXT_MAX);
        match self.apply_until {
            None => faults.push(Refusal::new("cultivation.day-missing", "D1").at("apply_until")),
            Some(until) if until < today => {
                faults.push(Refusal::new("cultivation.day-past", "D1").at("apply_until"));
            }
            Some(_) => {}
        }
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let id = cx.id();
        let values = [
            ("year", year.into()),
            ("notice", notice.into()),
            ("apply_until", self.apply_until.into()),
            ("opened_by", person(cx)?.into()),
            ("opened_at", cx.now.into()),
        ];
        let before = Refusal::new("cultivation.year-open", "D1").at("year").with("year", year);
        let answer = cx.insert(&PROGRAMME, id, &values).await;
        answer.map_err(|error| error.on_unique("programme__year", before))?;
        cx.announce("cultivation.opened", year.to_string());
        Ok(())
    }
}

row! {
    /// A year's programme.
    pub struct Programme {
        /// Its row.
        id: i64,
        /// The year.
        year: i64,
        /// The notice.
        notice: String,
        /// Last day of applications.
        apply_until: Date,
        /// When it was opened.
        opened_at: Moment,
    }
}

const COLUMNS: &str = "SELECT id, year, notice, apply_until, opened_at FROM programme";

/// Every programme, the latest year first.
///
/// # Errors
/// The database could not be read.
pub async fn all(app: &App) -> Result<Vec<Programme>, Error> {
    Ok(app.db.all(&format!("{COLUMNS} ORDER BY year DESC"), &[]).await?)
}

/// The programme that takes applications on a day, the latest year first.
///
/// # Errors
/// The database could not be read.
pub async fn taking(app: &App, today: Date) -> Result<Option<Programme>, Error> {
    let sql = format!("{COLUMNS} WHERE apply_until >= $1 ORDER BY year DESC");
    Ok(app.db.all::<Programme>(&sql, args![today]).await?.into_iter().next())
}

/// The programme of a year inside a transaction, held against other writers.
pub(super) async fn locked(cx: &mut Cx<'_>, year: i64) -> Result<Programme, Error> {
    let found: Programme = cx.tx.one(&format!("{COLUMNS} WHERE year = $1"), args![year]).await?;
    cx.tx.lock("programme", found.id).await?;
    Ok(found)
}
