//! An application for a rating and all that follows, as one row.

use domain::kernel::{
    Coded, Date, Moment, OrganisationId, PersonId, RatingId, Refusal, Rules, Subject, SubjectKind,
};
use domain::registry::OrganisationKind;
use domain::registry::rating::course::Ripeness;
use domain::registry::rating::grade::{Mean, bands};
use domain::registry::rating::{Grade, RatingStage, Scheme};

use crate::db::Val;
use crate::journal::RATING_CASE;
use crate::{App, Cx, Error, args, row};

row! {
    /// A rating with the names that pages show.
    pub struct RatingCase {
        /// Its id.
        id: RatingId,
        /// The row's version.
        version: i64,
        /// Its public number.
        number: String,
        /// The round's number.
        round_number: String,
        /// The round's title.
        round_title: String,
        /// Who is rated.
        organisation_id: OrganisationId,
        /// Its name.
        organisation: String,
        /// Its credit code.
        uscc: String,
        /// What it is.
        @code kind: OrganisationKind,
        /// How far it has come.
        @code stage: RatingStage,
        /// The day whose rules judge it.
        rules_on: Date,
        /// What the organisation says of itself.
        statement: String,
        /// When it applied.
        applied_at: Moment,
        /// The conditions as last found, frozen.
        eligibility: String,
        /// When the approval office checked them.
        checked_at: Option<Moment>,
        /// What the checker noted.
        check_note: String,
        /// The agency that organises the visit, if one does.
        agency: Option<String>,
        /// The experts' opinion in words.
        opinion: String,
        /// All locked sheets together, in hundredths.
        points_sum: Option<i64>,
        /// How many sheets.
        points_count: Option<i64>,
        /// When the opinion was given.
        opinion_at: Option<Moment>,
        /// What was decided last; none before the decision, or when no grade was given.
        @code_option grade: Option<Grade>,
        /// When it was decided last.
        decided_at: Option<Moment>,
        /// Why it was decided off the points.
        decision_reason: String,
        /// When publicity began.
        publicised_at: Option<Moment>,
        /// Last day of publicity.
        public_until: Option<Date>,
        /// Day of the report upward.
        reported_on: Option<Date>,
        /// When it was confirmed.
        confirmed_at: Option<Moment>,
        /// The grade's row.
        grade_id: Option<i64>,
        /// When the review decision was served.
        served_at: Option<Moment>,
    }
}

/// Every column of `RatingCase`.
pub(super) const COLUMNS: &str = "SELECT c.id, c.version, c.number, r.number AS round_number, r.title AS round_title,
       c.organisation_id, o.name AS organisation, o.uscc, o.kind, c.stage, c.rules_on, c.statement, c.applied_at,
       c.eligibility, c.checked_at, c.check_note, a.name AS agency, c.opinion, c.points_sum, c.points_count,
       c.opinion_at, c.grade, c.decided_at, c.decision_reason, c.publicised_at, c.public_until, c.reported_on,
       c.confirmed_at, c.grade_id, p.served_at
     FROM rating_case c JOIN rating_round r ON r.id = c.round_id JOIN organisation o ON o.id = c.organisation_id
     LEFT JOIN organisation a ON a.id = c.agency_id LEFT JOIN rating_appeal p ON p.case_id = c.id";

impl RatingCase {
    /// The law that judges it: that of the day on which it was applied for (T1).
    pub fn rules<'a>(&self, app: &'a App) -> Rules<'a> {
        app.book.on(self.rules_on)
    }

    /// The sheet it is rated with.
    pub fn scheme(&self) -> Scheme {
        Scheme::of(self.kind)
    }

    /// What papers, documents and deadlines call it.
    pub fn subject(&self) -> Subject {
        Subject::new(SubjectKind::Rating, self.id.0)
    }

    /// The mean of the locked sheets, once the opinion is given.
    pub fn mean(&self) -> Option<Mean> {
        Some(Mean { sum: self.points_sum?, count: self.points_count? })
    }

    /// The grade that the points alone make.
    ///
    /// # Errors
    /// The bands of the rule book overlap.
    pub fn by_points(&self, app: &App) -> Result<Option<Grade>, Refusal> {
        let bands = bands(self.rules(app))?;
        Ok(self.mean().and_then(|mean| mean.grade(&bands)))
    }

    /// Where it stands for confirmation.
    pub(super) fn ripeness(&self) -> Ripeness {
        Ripeness {
            stage: self.stage,
            public_until: self.public_until.unwrap_or(self.rules_on),
            is_served: self.served_at.is_some(),
            grade: self.grade,
            is_reported: self.reported_on.is_some(),
        }
    }
}

/// The case, held against other writers until the transaction ends.
pub(super) async fn locked(cx: &mut Cx<'_>, id: RatingId) -> Result<RatingCase, Error> {
    cx.tx.lock("rating_case", id.0).await?;
    Ok(cx.tx.one(&format!("{COLUMNS} WHERE c.id = $1"), args![id]).await?)
}

/// Writes columns of the case and its new stage.
pub(super) async fn advance(
    cx: &mut Cx<'_>,
    case: &RatingCase,
    stage: RatingStage,
    values: Vec<(&'static str, Val)>,
) -> Result<(), Error> {
    let mut all = vec![("stage", Val::code(stage))];
    all.extend(values);
    cx.update(&RATING_CASE, case.id.0, case.version, &all).await
}

/// Who is bound to the organisation by ties in the expert pool: code of each tie and its last day.
pub(super) async fn ties(
    cx: &mut Cx<'_>,
    person: PersonId,
    organisation: OrganisationId,
) -> Result<Vec<domain::registry::rating::Tie>, Error> {
    use domain::registry::rating::{Bond, Tie};
    let sql = "SELECT r.kind, r.ended_on FROM expert_relation r JOIN expert e ON e.id = r.expert_id
               WHERE e.person_id = $1 AND r.organisation_id = $2 AND COALESCE(r.error_state, '') <> 'confirmed'";
    let rows: Vec<crate::db::Row> = cx.tx.all(sql, args![person, organisation]).await?;
    let mut found = Vec::new();
    for row in rows {
        let (kind, ended): (String, Option<Date>) = (row.get("kind")?, row.get("ended_on")?);
        found.push(Tie { bond: Bond::of_tie(&kind), ended });
    }
    // Whoever acts for the organisation serves there, whatever the pool says.
    let sql = "SELECT until FROM post WHERE person_id = $1 AND organisation_id = $2";
    let posts: Vec<(Option<Moment>,)> = cx.tx.all(sql, args![person, organisation]).await?;
    found.extend(
        posts.into_iter().map(|(until,)| Tie { bond: Bond::Service, ended: until.map(|at| at.date()) }),
    );
    Ok(found)
}

/// The code of a choice in a ballot or an outcome; "no grade" is a choice too.
pub(super) fn choice_code(choice: Option<Grade>) -> &'static str {
    choice.map_or("none", Coded::code)
}

/// The choice that a code stands for.
pub(super) fn choice_of(code: &str) -> Option<Grade> {
    Grade::from_code(code)
}
