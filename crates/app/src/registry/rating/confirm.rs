//! Confirmation: the grade takes effect for its years, the notice goes out, the plaque is given (B31, B33).

use domain::kernel::{Coded, Date, Fact, RatingId, Role};
use domain::registry::DocumentKind;
use domain::registry::rating::course::{check_confirmation, valid_until};
use domain::registry::rating::{Grade, GradeEnding, RatingStage};

use super::appeal::grade_fact;
use super::case::{RatingCase, advance, locked};
use super::{DIRECTOR, person, record};
use crate::db::DbError;
use crate::documents::{self, Draft};
use crate::journal::{RATING_GRADE, RATING_PLAQUE};
use crate::{Act, Cx, Error};

/// Confirms what was decided. The outcome is the notice's code.
#[derive(Clone, Copy)]
pub struct ConfirmRating {
    /// Which.
    pub case: RatingId,
}

impl Act for ConfirmRating {
    type Outcome = String;
    const NAME: &'static str = "rating.confirm";
    const WHO: &'static [Role] = DIRECTOR;
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<String, Error> {
        let case = locked(cx, self.case).await?;
        let rules = case.rules(cx.app);
        check_confirmation(&case.ripeness(), cx.now.date(), rules)?;
        let today = cx.now.date();
        let beyond = || DbError::corrupt("valid_until", "a day of the calendar");
        let until = valid_until(today, rules).ok_or_else(beyond)?;
        let grade_id = match case.grade {
            Some(grade) => Some(give(cx, &case, grade, until).await?),
            None => None,
        };
        let values = vec![
            ("confirmed_by", person(cx)?.into()),
            ("confirmed_at", cx.now.into()),
            ("grade_id", grade_id.into()),
        ];
        advance(cx, &case, RatingStage::Confirmed, values).await?;
        let until = case.grade.map_or_else(|| Fact::Text("—".to_owned()), |_| until.into());
        let draft = Draft {
            kind: DocumentKind::RatingNotice,
            subject: case.subject(),
            organisation: Some(case.organisation_id),
            person: None,
            addressee: case.organisation.clone(),
            facts: vec![
                ("round", case.round_title.as_str().into()),
                ("case", case.number.as_str().into()),
                ("grade", grade_fact(&case)),
                ("until", until),
            ],
            items: vec![],
            is_public: true,
        };
        let issued = documents::issue(cx, &draft).await?;
        cx.announce("rating.confirmed", case.number);
        Ok(issued.code)
    }
}

/// Writes the grade, ends the one it replaces, and gives the plaque where there is one.
async fn give(cx: &mut Cx<'_>, case: &RatingCase, grade: Grade, until: Date) -> Result<i64, Error> {
    let today = cx.now.date();
    for held in record::grades_in(&mut cx.tx, case.organisation_id).await? {
        if held.past.holds(today) {
            let values = [("ended_on", today.into()), ("ended_by", GradeEnding::Replaced.code().into())];
            cx.update(&RATING_GRADE, held.id, held.version, &values).await?;
        }
    }
    let id = write(cx, case, grade, until).await?;
    if grade.has_plaque(case.rules(cx.app)) {
        let plaque = cx.id();
        let values = [("case_id", case.id.into()), ("grade_id", id.into()), ("given_on", today.into())];
        cx.insert(&RATING_PLAQUE, plaque, &values).await?;
    }
    Ok(id)
}

/// A grade's row, from today.
pub(super) async fn write(
    cx: &mut Cx<'_>,
    case: &RatingCase,
    grade: Grade,
    until: Date,
) -> Result<i64, Error> {
    let id = cx.id();
    let values = [
        ("organisation_id", case.organisation_id.into()),
        ("grade", grade.code().into()),
        ("confirmed_on", cx.now.date().into()),
        ("valid_until", until.into()),
    ];
    cx.insert(&RATING_GRADE, id, &values).await?;
    Ok(id)
}
