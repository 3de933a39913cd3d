//! Whether every office was directed by one person at a time, and whether what was recorded against it stays with the
//! director of its day (E4, E5).

use domain::kernel::{Date, Moment, OfficeId, PersonId};
use domain::performance::account::tenure::{self, TenureFault};

use super::read::{director_on, tenures_of};
use crate::{App, Error, row};

/// What the records say of those who direct.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// What cannot be: two directors at once, or a record with another director than that of its day.
    pub faults: Vec<String>,
    /// Since when an office was without a director; it happened, and supervision finds it.
    pub gaps: Vec<String>,
}

row! {
    /// Something that was recorded with the director who answers for it.
    struct Recorded {
        number: String,
        office_id: OfficeId,
        director_id: Option<PersonId>,
        day: Date,
        at: Moment,
    }
}

/// Every table that names a director, with the day that decides who it is.
const RECORDED: [&str; 3] = [
    "SELECT number, office_id, director_id, acted_on AS day, raised_at AS at FROM veto",
    "SELECT number, office_id, director_id, acted_on AS day, recorded_at AS at FROM upheld_matter",
    "SELECT CAST(number AS TEXT) AS number, office_id, director_id, arose_on AS day, first_seen_at AS at
     FROM supervision_finding",
];

/// Goes through all offices and all records.
///
/// # Errors
/// The database could not be read.
pub async fn check(app: &App) -> Result<Checked, Error> {
    let tenures = tenures_of(app).await?;
    let mut checked = Checked::default();
    for (office, held) in &tenures {
        for fault in tenure::faults(held) {
            match fault {
                TenureFault::Overlap(at) => {
                    checked.faults.push(format!("office {} has two directors from {at}", office.0));
                }
                TenureFault::Gap(at) => {
                    checked.gaps.push(format!("office {} has no director from {at}", office.0));
                }
            }
        }
    }
    for sql in RECORDED {
        for one in app.db.all::<Recorded>(sql, &[]).await? {
            // What is recorded on its own day may be handed over before that day ends.
            let is_settled = one.day < one.at.date();
            if is_settled && one.director_id != director_on(&tenures, one.office_id, one.day) {
                checked.faults.push(format!("{} of {} is with another director", one.number, one.day));
            }
        }
    }
    Ok(checked)
}
