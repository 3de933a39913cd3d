//! The visit: experts from the pool, an agency if one organises it, and who steps back for whom (B31, B32, T8).

use domain::coded;
use domain::kernel::{Coded, ExpertId, Fen, OrganisationId, PersonId, RatingId, Refusal, Role};
use domain::registry::rating::{RatingStage, course, recusal};

use super::OFFICE;
use super::case::{RatingCase, advance, locked, ties};
use crate::db::Row;
use crate::journal::{RATING_CASE, RATING_VISITOR};
use crate::{Act, Cx, Error, args};

coded! {
    /// Whether an expert is still on the visit.
    pub enum VisitorState as "visitor_state" {
        /// On the visit.
        Sits = "sits",
        /// Stepped back; somebody else takes the place.
        Recused = "recused",
    }
}

/// Appoints an expert of the pool; one whom a tie keeps away is refused.
#[derive(Clone, Copy)]
pub struct AppointVisitor {
    /// For which application.
    pub case: RatingId,
    /// Whom.
    pub expert: ExpertId,
}

impl Act for AppointVisitor {
    type Outcome = ();
    const NAME: &'static str = "rating.appoint_visitor";
    const WHO: &'static [Role] = OFFICE;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = locked(cx, self.case).await?;
        case.stage.expect(&[RatingStage::Eligible, RatingStage::Visiting])?;
        let sql = "SELECT person_id, status FROM expert WHERE id = $1";
        let row: Row = cx.tx.one(sql, args![self.expert]).await?;
        let (person, status): (PersonId, String) = (row.get("person_id")?, row.get("status")?);
        if status != "active" {
            return Err(Refusal::new("rating.expert-suspended", "B31").at("expert").into());
        }
        check_ties(cx, &case, person).await.map_err(|error| at_field(error, "expert"))?;
        let id = cx.id();
        let values = [
            ("case_id", case.id.into()),
            ("expert_id", self.expert.into()),
            ("person_id", person.into()),
            ("state", VisitorState::Sits.code().into()),
            ("reason", "".into()),
            ("appointed_at", cx.now.into()),
        ];
        let twice = Refusal::new("rating.expert-twice", "B31").at("expert");
        cx.insert(&RATING_VISITOR, id, &values)
            .await
            .map_err(|error| error.on_unique("rating_visitor__case_id__expert_id", twice))?;
        if case.stage == RatingStage::Eligible {
            advance(cx, &case, RatingStage::Visiting, vec![]).await?;
        }
        Ok(())
    }
}

fn at_field(error: Error, field: &str) -> Error {
    match error {
        Error::Refused(refusal) => Error::Refused(refusal.at(field)),
        other => other,
    }
}

/// Refuses a judge whom interest or service keeps away from the organisation (B32).
pub(super) async fn check_ties(cx: &mut Cx<'_>, case: &RatingCase, person: PersonId) -> Result<(), Error> {
    let ties = ties(cx, person, case.organisation_id).await?;
    Ok(recusal::check(&ties, cx.now.date(), case.rules(cx.app))?)
}

/// Takes an expert off the visit: by own word, or by the approval office when a tie comes to light.
#[derive(Clone)]
pub struct RecuseVisitor {
    /// Of which application.
    pub case: RatingId,
    /// Whom; an expert recuses no other than himself.
    pub expert: ExpertId,
    /// Why.
    pub reason: String,
}

impl Act for RecuseVisitor {
    type Outcome = ();
    const NAME: &'static str = "rating.recuse_visitor";
    const WHO: &'static [Role] = &[Role::ApprovalOfficer, Role::ApprovalDirector, Role::Expert];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = locked(cx, self.case).await?;
        let sql = "SELECT id, version, person_id, state, locked_at FROM rating_visitor WHERE case_id = $1 AND expert_id = $2";
        let row: Row = cx.tx.one(sql, args![self.case, self.expert]).await?;
        let person: PersonId = row.get("person_id")?;
        let is_own = cx.actor.person == Some(person);
        if (cx.actor.post.role == Role::Expert && !is_own) || row.get::<String>("state")? != "sits" {
            return Err(Error::NotFound);
        }
        case.stage.expect(&[RatingStage::Visiting])?;
        let has_judged = row.get::<Option<i64>>("locked_at")?.is_some();
        recusal::by_own_word(&self.reason, is_own && has_judged)?;
        let values = [
            ("state", VisitorState::Recused.code().into()),
            ("reason", self.reason.trim().into()),
            // A sheet of somebody who must not judge counts for nothing.
            ("total", crate::db::Val::Int(None)),
            ("locked_at", crate::db::Val::Int(None)),
        ];
        cx.update(&RATING_VISITOR, row.get::<i64>("id")?, row.get("version")?, &values).await
    }
}

/// Names the agency that organises the visit. The bureau's own affiliates are barred (T8), and so is any
/// fee for the organisation (B14).
#[derive(Clone)]
pub struct NameAgency {
    /// For which application.
    pub case: RatingId,
    /// The agency's credit code.
    pub uscc: String,
    /// What it would take from the organisation.
    pub fee: Fen,
}

impl Act for NameAgency {
    type Outcome = ();
    const NAME: &'static str = "rating.name_agency";
    const WHO: &'static [Role] = OFFICE;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = locked(cx, self.case).await?;
        case.stage.expect(&[RatingStage::Eligible, RatingStage::Visiting])?;
        let sql = "SELECT id, is_supervised FROM organisation WHERE uscc = $1";
        let found: Option<Row> = cx.tx.maybe(sql, args![self.uscc.trim()]).await?;
        let fee = course::check_fee(self.fee).map_err(Error::from);
        let Some(row) = found else {
            let unknown = Refusal::new("rating.agency-unknown", "T8").at("agency");
            return Error::all([Err(unknown.into()), fee]);
        };
        let agency: OrganisationId = row.get("id")?;
        let is_own = agency == case.organisation_id;
        Error::all([course::check_agency(row.get("is_supervised")?, is_own).map_err(Error::from), fee])?;
        cx.update(&RATING_CASE, case.id.0, case.version, &[("agency_id", agency.into())]).await
    }
}
