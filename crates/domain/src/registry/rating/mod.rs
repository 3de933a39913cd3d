//! Rating of social organisations, 1A to 5A: who may apply, who may judge, how points become a grade, and
//! how a grade ends (B28-B34).
//!
//! `grade` holds the scale and its bands, `eligibility` the conditions of applying, `recusal` who stays away,
//! `sheet` the thousand points, `committee` quorum and majority, `course` the steps from application to plaque.

pub mod committee;
pub mod course;
pub mod eligibility;
pub mod grade;
pub mod recusal;
pub mod sheet;

pub use committee::Body;
pub use course::{LoweringGround, RatingStage};
pub use eligibility::{Conduct, GradeEnding, PastGrade, PastInspection, Record};
pub use grade::{Band, FacilityGrade, Grade, Mean};
pub use recusal::{Bond, Tie};
pub use sheet::{Head, Item, Scheme};

use crate::kernel::Date;

/// The same day so many years later; a 29 February becomes a 28th. `None` past the end of the calendar.
fn years_after(day: Date, years: i64) -> Option<Date> {
    let year = i64::from(day.year()).checked_add(years).and_then(|year| i16::try_from(year).ok())?;
    let month = Date::new(year, day.month(), 1).ok()?;
    Date::new(year, day.month(), day.day().min(month.days_in_month())).ok()
}
