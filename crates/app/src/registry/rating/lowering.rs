//! A grade that ends before its time: lowered or cancelled on a listed ground, and its plaque goes back (B33).

use domain::kernel::{Coded, Date, Fact, Finding, RatingId, Refusal, Role, RuleKey};
use domain::registry::DocumentKind;
use domain::registry::rating::course::lowering_faults;
use domain::registry::rating::{Conduct, Grade, GradeEnding, LoweringGround, RatingStage};

use super::case::{RatingCase, locked};
use super::{DIRECTOR, OFFICE, confirm, person, record};
use crate::db::{Row, Val};
use crate::documents::{self, Draft};
use crate::journal::{RATING_CASE, RATING_GRADE, RATING_LOWERING, RATING_PLAQUE};
use crate::{Act, Cx, Error, args, deadlines};

/// Lowers a confirmed grade that still holds, or cancels it.
#[derive(Clone)]
pub struct LowerGrade {
    /// The rating that gave it.
    pub case: RatingId,
    /// The lower grade; `None` cancels.
    pub to: Option<Grade>,
    /// The listed ground.
    pub ground: LoweringGround,
    /// The facts in words.
    pub reason: String,
}

impl Act for LowerGrade {
    type Outcome = ();
    const NAME: &'static str = "rating.lower_grade";
    const WHO: &'static [Role] = DIRECTOR;
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = locked(cx, self.case).await?;
        case.stage.expect(&[RatingStage::Confirmed])?;
        let (today, rules) = (cx.now.date(), cx.app.book.on(cx.now.date()));
        let grades = record::grades_in(&mut cx.tx, case.organisation_id).await?;
        let held = grades.iter().find(|held| Some(held.id) == case.grade_id && held.past.holds(today));
        let held = *held.ok_or_else(|| Refusal::new("rating.grade-over", "B33"))?;
        let record = record::read_in(cx, case.organisation_id, Conduct::default()).await?;
        let faults = lowering_faults(&held.past, self.to, self.ground, &self.reason, &record, rules);
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let ending = if self.to.is_some() { GradeEnding::Lowered } else { GradeEnding::Cancelled };
        let values = [("ended_on", today.into()), ("ended_by", ending.code().into())];
        cx.update(&RATING_GRADE, held.id, held.version, &values).await?;
        let follows = match self.to {
            Some(grade) => Some(confirm::write(cx, &case, grade, held.past.valid_until).await?),
            None => None,
        };
        let id = cx.id();
        let values = [
            ("case_id", case.id.into()),
            ("grade_id", held.id.into()),
            ("to_grade_id", follows.into()),
            ("ground", self.ground.code().into()),
            ("reason", self.reason.trim().into()),
            ("decided_by", person(cx)?.into()),
            ("decided_at", cx.now.into()),
        ];
        cx.insert(&RATING_LOWERING, id, &values).await?;
        let values = [("grade", self.to.map(Coded::code).into()), ("grade_id", follows.into())];
        cx.update(&RATING_CASE, case.id.0, case.version, &values).await?;
        call_back(cx, &case, held.id).await?;
        self.tell(cx, &case, follows.is_some().then_some(held.past.valid_until)).await
    }
}

impl LowerGrade {
    /// The old notice no longer holds; a new one says what does, and why.
    async fn tell(&self, cx: &mut Cx<'_>, case: &RatingCase, until: Option<Date>) -> Result<(), Error> {
        let subject = case.subject();
        documents::withdraw(cx, subject, DocumentKind::RatingNotice, self.reason.trim()).await?;
        let grade = Fact::Code(Grade::LIST, self.to.map_or("none", Coded::code));
        let draft = Draft {
            kind: DocumentKind::RatingNotice,
            subject,
            organisation: Some(case.organisation_id),
            person: None,
            addressee: case.organisation.clone(),
            facts: vec![
                ("matter", if until.is_some() { "lowered" } else { "cancelled" }.into()),
                ("round", case.round_title.as_str().into()),
                ("case", case.number.as_str().into()),
                ("grade", grade),
                ("until", until.map_or_else(|| Fact::Text("—".to_owned()), Fact::from)),
            ],
            items: vec![Finding::met("rating.lowered", "B33").with_code("ground", self.ground)],
            is_public: true,
        };
        documents::issue(cx, &draft).await?;
        cx.announce("rating.lowered", case.number.as_str());
        Ok(())
    }
}

/// The plaque goes back within the days of the rule.
pub(super) async fn call_back(cx: &mut Cx<'_>, case: &RatingCase, grade: i64) -> Result<(), Error> {
    let sql = "SELECT id, version FROM rating_plaque WHERE grade_id = $1";
    let Some(row) = cx.tx.maybe::<Row>(sql, args![grade]).await? else { return Ok(()) };
    let (today, app) = (cx.now.date(), cx.app);
    let due = app.book.on(today).deadline(&app.calendar, RuleKey::PlaqueReturnDays, today)?.due;
    cx.update(&RATING_PLAQUE, row.get::<i64>("id")?, row.get("version")?, &[("due_back_on", due.into())])
        .await?;
    deadlines::start(cx, case.subject(), RuleKey::PlaqueReturnDays, today, today).await
}

/// Notes that the plaque came back.
#[derive(Clone, Copy)]
pub struct TakePlaqueBack {
    /// Of which rating.
    pub case: RatingId,
}

impl Act for TakePlaqueBack {
    type Outcome = ();
    const NAME: &'static str = "rating.take_plaque_back";
    const WHO: &'static [Role] = OFFICE;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = locked(cx, self.case).await?;
        let sql = "SELECT id, version FROM rating_plaque
                   WHERE case_id = $1 AND due_back_on IS NOT NULL AND returned_on IS NULL";
        let row: Option<Row> = cx.tx.maybe(sql, args![case.id]).await?;
        let row = row.ok_or_else(|| Refusal::new("rating.no-plaque-due", "B33"))?;
        let returned: Val = cx.now.date().into();
        cx.update(&RATING_PLAQUE, row.get::<i64>("id")?, row.get("version")?, &[("returned_on", returned)])
            .await?;
        deadlines::done(cx, case.subject(), RuleKey::PlaqueReturnDays).await
    }
}
