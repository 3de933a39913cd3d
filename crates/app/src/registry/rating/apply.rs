//! Applying, and the check of the conditions: by the organisation before it applies, by the approval office
//! before experts visit (B29, B30).

use domain::kernel::{Date, Level, OrganisationId, PaperId, RatingId, Refusal, Role, Subject, SubjectKind};
use domain::registry::DocumentKind;
use domain::registry::rating::eligibility::eligibility;
use domain::registry::rating::{Conduct, RatingStage};
use domain::registry::standing::Eligibility;

use super::case::{RatingCase, advance, locked};
use super::{OFFICE, person, record, require};
use crate::documents::{self, Draft};
use crate::frozen::freeze;
use crate::journal::RATING_CASE;
use crate::papers::{self, Owner};
use crate::{Act, App, Cx, Error, args};

/// An organisation applies for a rating in an open round. The outcome is the application's number.
#[derive(Clone)]
pub struct ApplyForRating {
    /// The round's number.
    pub round: String,
    /// What the organisation says of itself.
    pub statement: String,
    /// Papers of its store that go with it.
    pub papers: Vec<PaperId>,
    /// That other authorities hold no penalty of last year and no investigation against it, and that all is true.
    pub declares: bool,
}

impl Act for ApplyForRating {
    type Outcome = String;
    const NAME: &'static str = "rating.apply";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<String, Error> {
        let organisation = cx.actor.organisation().ok_or(Error::NotPermitted)?;
        let today = cx.now.date();
        let sql = "SELECT id, version FROM rating_round WHERE number = $1";
        let round: crate::db::Row = cx.tx.one(sql, args![self.round.as_str()]).await?;
        let round: i64 = round.get("id")?;
        cx.tx.lock("rating_round", round).await?;
        let sql = "SELECT apply_until FROM rating_round WHERE id = $1";
        let (until,): (Date,) = cx.tx.one(sql, args![round]).await?;
        if today > until {
            return Err(Refusal::new("rating.round-closed", "B31").with("until", until).into());
        }
        self.check()?;
        check_no_other(cx, organisation).await?;
        let found = judged(cx, organisation, Conduct::default()).await?;
        found.require()?;
        let sql = "SELECT count(*) FROM rating_case WHERE round_id = $1";
        let serial = cx.tx.number(sql, args![round]).await? + 1;
        let number = format!("{}-{serial:03}", self.round);
        let id = RatingId(cx.id());
        let values = [
            ("number", number.as_str().into()),
            ("round_id", round.into()),
            ("organisation_id", organisation.into()),
            ("stage", crate::db::Val::code(RatingStage::Applied)),
            ("rules_on", today.into()),
            ("statement", self.statement.trim().into()),
            ("applied_by", person(cx)?.into()),
            ("applied_at", cx.now.into()),
            ("eligibility", freeze(&found.findings).into()),
            ("check_note", "".into()),
            ("opinion", "".into()),
            ("decision_reason", "".into()),
        ];
        cx.insert(&RATING_CASE, id.0, &values).await?;
        let subject = Subject::new(SubjectKind::Rating, id.0);
        for paper in &self.papers {
            papers::use_for(cx, *paper, subject, Owner::Organisation(organisation)).await?;
        }
        Ok(number)
    }
}

impl ApplyForRating {
    fn check(&self) -> Result<(), Error> {
        let mut faults = Vec::new();
        faults.extend(require(&self.statement, "statement").err());
        if self.papers.is_empty() {
            faults.push(Refusal::new("rating.papers-missing", "B31").at("papers"));
        }
        if !self.declares {
            faults.push(Refusal::new("rating.declaration-missing", "B30").at("declares"));
        }
        if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
    }
}

/// One application at a time.
async fn check_no_other(cx: &mut Cx<'_>, organisation: OrganisationId) -> Result<(), Error> {
    let sql = "SELECT count(*) FROM rating_case WHERE organisation_id = $1 AND stage NOT IN ('ineligible', 'confirmed')";
    if cx.tx.number(sql, args![organisation]).await? > 0 {
        return Err(Refusal::new("rating.already-applied", "B29").into());
    }
    Ok(())
}

async fn judged(
    cx: &mut Cx<'_>,
    organisation: OrganisationId,
    conduct: Conduct,
) -> Result<Eligibility, Error> {
    let today = cx.now.date();
    let record = record::read_in(cx, organisation, conduct).await?;
    Ok(eligibility(&record, today, cx.app.book.on(today)))
}

/// Every condition of an organisation as it stands today, before it applies.
///
/// # Errors
/// `NotFound`, or the database could not be read.
pub async fn conditions(app: &App, organisation: OrganisationId) -> Result<Eligibility, Error> {
    let today = app.clock.now().date();
    let record = record::read(app, organisation).await?;
    Ok(eligibility(&record, today, app.book.on(today)))
}

/// The approval office checks the conditions, with what other authorities answered; the findings are frozen.
#[derive(Clone)]
pub struct CheckApplication {
    /// Which.
    pub case: RatingId,
    /// What other authorities say beside the register.
    pub conduct: Conduct,
    /// What the checker notes.
    pub note: String,
}

impl Act for CheckApplication {
    type Outcome = ();
    const NAME: &'static str = "rating.check_application";
    const WHO: &'static [Role] = OFFICE;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = locked(cx, self.case).await?;
        case.stage.expect(&[RatingStage::Applied])?;
        if self.conduct.last_penalty.is_some_and(|day| day > cx.now.date()) {
            return Err(Refusal::new("rating.penalty-later", "B30").at("last_penalty").into());
        }
        let found = judged(cx, case.organisation_id, self.conduct).await?;
        let stage = if found.is_eligible() { RatingStage::Eligible } else { RatingStage::Ineligible };
        let values = vec![
            ("eligibility", freeze(&found.findings).into()),
            ("checked_by", person(cx)?.into()),
            ("checked_at", cx.now.into()),
            ("check_note", self.note.trim().into()),
        ];
        advance(cx, &case, stage, values).await?;
        if stage == RatingStage::Ineligible { tell(cx, &case, &found, &self.note).await } else { Ok(()) }
    }
}

/// Tells the organisation in writing on which grounds it is not rated, and its rights of review (B30, B10).
async fn tell(cx: &mut Cx<'_>, case: &RatingCase, found: &Eligibility, note: &str) -> Result<(), Error> {
    let note = if note.trim().is_empty() { "—" } else { note.trim() };
    let draft = Draft {
        kind: DocumentKind::RatingIneligible,
        subject: case.subject(),
        organisation: Some(case.organisation_id),
        person: None,
        addressee: case.organisation.clone(),
        facts: vec![
            ("round", case.round_title.as_str().into()),
            ("case", case.number.as_str().into()),
            ("note", note.into()),
        ],
        items: found.findings.iter().filter(|one| one.level == Level::Barred).cloned().collect(),
        is_public: false,
    };
    documents::issue(cx, &draft).await.map(|_| ())
}
