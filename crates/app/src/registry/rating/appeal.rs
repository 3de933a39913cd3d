//! The appeal: in writing within publicity, decided by the review board, served within the days of the rule (B32).

use domain::kernel::{Coded, Fact, Finding, PaperId, RatingId, Refusal, Role, RuleKey};
use domain::registry::DocumentKind;
use domain::registry::rating::RatingStage;
use domain::registry::rating::course::check_appeal;

use super::case::{RatingCase, advance, locked};
use super::{OFFICE, person};
use crate::db::Row;
use crate::documents::{self, Draft};
use crate::journal::RATING_APPEAL;
use crate::papers::{self, Owner};
use crate::{Act, Cx, Error, args, deadlines};

/// The organisation appeals against the decision in publicity.
#[derive(Clone)]
pub struct FileAppeal {
    /// Against which.
    pub case: RatingId,
    /// The grounds in writing.
    pub text: String,
    /// Papers of its store that go with it.
    pub papers: Vec<PaperId>,
}

impl Act for FileAppeal {
    type Outcome = ();
    const NAME: &'static str = "rating.file_appeal";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = locked(cx, self.case).await?;
        if cx.actor.organisation() != Some(case.organisation_id) {
            return Err(Error::NotFound);
        }
        case.stage.expect(&[RatingStage::Publicised])?;
        let until = case.public_until.ok_or(Error::NotFound)?;
        check_appeal(&self.text, cx.now.date(), until)?;
        let id = cx.id();
        let values = [
            ("case_id", case.id.into()),
            ("text", self.text.trim().into()),
            ("filed_by", person(cx)?.into()),
            ("filed_at", cx.now.into()),
        ];
        cx.insert(&RATING_APPEAL, id, &values).await?;
        for paper in &self.papers {
            papers::use_for(cx, *paper, case.subject(), Owner::Organisation(case.organisation_id)).await?;
        }
        advance(cx, &case, RatingStage::Appealed, vec![]).await?;
        cx.announce("rating.appealed", case.number);
        Ok(())
    }
}

async fn row_of(cx: &mut Cx<'_>, case: &RatingCase) -> Result<Row, Error> {
    let sql = "SELECT id, version, is_upheld, served_at FROM rating_appeal WHERE case_id = $1";
    Ok(cx.tx.one(sql, args![case.id]).await?)
}

/// Notes the review board's decision and starts the days in which it is served.
pub(super) async fn decided(cx: &mut Cx<'_>, case: &RatingCase, is_upheld: bool) -> Result<(), Error> {
    let row = row_of(cx, case).await?;
    let today = cx.now.date();
    let values = [("is_upheld", is_upheld.into()), ("decided_on", today.into())];
    cx.update(&RATING_APPEAL, row.get::<i64>("id")?, row.get("version")?, &values).await?;
    deadlines::start(cx, case.subject(), RuleKey::RatingReviewServedDays, today, case.rules_on).await
}

/// Serves the review decision on the organisation, as a document with its rights of review.
#[derive(Clone, Copy)]
pub struct ServeReview {
    /// Of which.
    pub case: RatingId,
}

impl Act for ServeReview {
    type Outcome = String;
    const NAME: &'static str = "rating.serve_review";
    const WHO: &'static [Role] = OFFICE;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<String, Error> {
        let case = locked(cx, self.case).await?;
        case.stage.expect(&[RatingStage::Reviewed])?;
        let row = row_of(cx, &case).await?;
        if row.get::<Option<i64>>("served_at")?.is_some() {
            return Err(Refusal::new("rating.review-served", "B32").into());
        }
        let is_upheld: bool = row.get::<Option<bool>>("is_upheld")?.unwrap_or_default();
        let finding = if is_upheld { "rating.review-upheld" } else { "rating.review-changed" };
        let draft = Draft {
            kind: DocumentKind::RatingReview,
            subject: case.subject(),
            organisation: Some(case.organisation_id),
            person: None,
            addressee: case.organisation.clone(),
            facts: vec![("case", case.number.as_str().into()), ("grade", grade_fact(&case))],
            items: vec![Finding::met(finding, "B32")],
            is_public: false,
        };
        let issued = documents::issue(cx, &draft).await?;
        cx.update(
            &RATING_APPEAL,
            row.get::<i64>("id")?,
            row.get("version")?,
            &[("served_at", cx.now.into())],
        )
        .await?;
        deadlines::done(cx, case.subject(), RuleKey::RatingReviewServedDays).await?;
        cx.announce("rating.reviewed", case.number);
        Ok(issued.code)
    }
}

/// The decided grade as a document says it; no grade has a name of its own.
pub(super) fn grade_fact(case: &RatingCase) -> Fact {
    match case.grade {
        Some(grade) => Fact::Code(domain::registry::rating::Grade::LIST, grade.code()),
        None => Fact::Code("rating_grade", "none"),
    }
}
