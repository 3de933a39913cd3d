//! A whole city at real size, invented: organisations on the real streets with the years behind them.
//!
//! `forms` says who there is, `course` what happened to each by the rules of `domain`, and the act here
//! writes both, a chunk at a time. The same seed, number, years and day give the same city.

mod course;
mod forms;

use std::collections::BTreeSet;

use domain::kernel::{Actor, Coded, Moment, OrganisationId, Role};
use domain::registry::OrganisationStatus;
use domain::registry::inspection::rectification::RectificationState;
use domain::registry::inspection::{Calling, InspectionState};

use self::course::{Course, Inspected, Law, Place, think_out};
use super::form::{OrganisationFacts, OrganisationForm};
use super::inspection::Campaign;
use super::inspection::campaign::OpenCampaign;
use super::save::Tally;
use super::search::{self, Entry};
use super::specimen::Sequence;
use crate::db::pieces::{pieces, places};
use crate::db::{Row, Val};
use crate::journal::{
    CREDIT_LISTING, INSPECTION, INSPECTION_GROUND, ORGANISATION, RATING_GRADE, RECTIFICATION, STATUS_CHANGE,
};
use crate::{Act, App, Cx, Error, RequestKey, args};

/// Organisations in one act, at least and at most; see `save`.
const CHUNK_MIN: usize = 250;
const CHUNK_MAX: usize = 3_000;
const CHUNKS: usize = 20;
/// Between the numbers that say who there is and those that say what happened to them.
const APART: u64 = 1 << 48;

/// What is to be generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// How many organisations.
    pub organisations: usize,
    /// How many years of inspections lie behind them, the last one over.
    pub years: i16,
    /// Another seed gives another city; below 31, so that no two cities share a code.
    pub seed: u64,
}

/// Adds a chunk of generated organisations with their years. Those whose code is in the register stay as they are.
struct GenerateOrganisations<'a> {
    plan: Plan,
    first: usize,
    forms: &'a [OrganisationForm],
}

impl Act for GenerateOrganisations<'_> {
    type Outcome = Tally;
    const NAME: &'static str = "registry.generate_organisations";
    const WHO: &'static [Role] = &[Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<Tally, Error> {
        let today = cx.now.date();
        let sql = "SELECT * FROM inspection_campaign WHERE year >= $1 AND year < $2 ORDER BY year";
        let until = i64::from(today.year());
        let campaigns: Vec<Campaign> =
            cx.tx.all(sql, args![until - i64::from(self.plan.years), until]).await?;
        let law = Law { rules: cx.app.book.on(today), calendar: &cx.app.calendar, today };
        let held = held(cx, self.forms).await?;
        let (mut tally, mut added, mut names) = (Tally::default(), Vec::new(), Vec::new());
        for (number, form) in (self.first..).zip(self.forms) {
            if held.contains(&form.code) {
                tally.unchanged += 1;
                continue;
            }
            let mut facts = form.read(today).map_err(Error::Invalid)?;
            let number = APART + u64::try_from(number).unwrap_or(0);
            let sequence = Sequence::of(self.plan.seed, number);
            let course = think_out(calling(&facts), &campaigns, law, sequence)?;
            facts.status = course.status();
            facts.inspection = course.inspection();
            facts.listing = course.listing(today);
            let id = OrganisationId(cx.id());
            cx.insert(&ORGANISATION, id.0, &facts.values()).await?;
            write(cx, id, &course).await?;
            added.push(id);
            names.push((facts.name, facts.code));
            tally.added += 1;
        }
        let entries: Vec<Entry<'_>> = added
            .iter()
            .zip(&names)
            .map(|(id, (name, code))| Entry { id: *id, name: name.as_str(), code: code.as_str() })
            .collect();
        search::add(&mut cx.tx, &entries).await?;
        Ok(tally)
    }
}

fn calling(facts: &OrganisationFacts) -> Calling {
    Calling {
        kind: facts.kind,
        legal: facts.legal,
        status: OrganisationStatus::Active,
        registered_on: facts.registered_on,
    }
}

async fn held(cx: &mut Cx<'_>, forms: &[OrganisationForm]) -> Result<BTreeSet<String>, Error> {
    let mut held = BTreeSet::new();
    for piece in pieces(forms) {
        let sql = format!("SELECT uscc FROM organisation WHERE uscc IN {}", places(1, piece.len()));
        let codes: Vec<Val> = piece.iter().map(|one| Val::from(one.code.as_str())).collect();
        for row in cx.tx.all::<Row>(&sql, &codes).await? {
            held.insert(row.get("uscc")?);
        }
    }
    Ok(held)
}

async fn write(cx: &mut Cx<'_>, id: OrganisationId, course: &Course) -> Result<(), Error> {
    for one in &course.inspections {
        write_inspection(cx, id, one).await?;
    }
    for grade in &course.grades {
        let values = [
            ("organisation_id", id.into()),
            ("grade", Val::code(grade.grade)),
            ("confirmed_on", grade.confirmed_on.into()),
            ("valid_until", grade.valid_until.into()),
            ("ended_on", grade.ended.map(|(day, _)| day).into()),
            ("ended_by", grade.ended.map(|(_, how)| how.code()).into()),
        ];
        let row = cx.id();
        cx.insert(&RATING_GRADE, row, &values).await?;
    }
    for place in &course.places {
        write_place(cx, id, place).await?;
    }
    if let Some((status, from)) = course.ended {
        // Shown as it stands, like the number of a real decision.
        let is_revoked = status == OrganisationStatus::Revoked;
        let ground = if is_revoked { "吊销登记证书（示例）" } else { "注销登记（示例）" };
        let values = [
            ("organisation_id", id.into()),
            ("status", Val::code(status)),
            ("from_on", from.into()),
            ("ground", ground.into()),
        ];
        let row = cx.id();
        cx.insert(&STATUS_CHANGE, row, &values).await?;
    }
    Ok(())
}

async fn write_inspection(cx: &mut Cx<'_>, id: OrganisationId, one: &Inspected) -> Result<(), Error> {
    let is_absent = one.state == InspectionState::Absent;
    let values = [
        ("organisation_id", id.into()),
        ("year", one.year.into()),
        ("state", Val::code(one.state)),
        ("outcome", one.outcome.map(Coded::code).into()),
        ("decided_on", one.on.filter(|_| !is_absent).into()),
        ("absent_on", one.on.filter(|_| is_absent).into()),
    ];
    let row = cx.id();
    cx.insert(&INSPECTION, row, &values).await?;
    let verified_on = one.mending.and_then(|mending| mending.verified_on);
    if let (Some((ground, weight)), Some(on)) = (one.ground, one.on) {
        let values = [
            ("inspection_id", row.into()),
            ("ground", Val::code(ground)),
            ("weight", Val::code(weight)),
            ("found_at", Moment::start_of(on).into()),
            ("closed_at", verified_on.map(Moment::start_of).into()),
        ];
        let ground = cx.id();
        cx.insert(&INSPECTION_GROUND, ground, &values).await?;
    }
    if let (Some(mending), Some(on)) = (one.mending, one.on) {
        let is_verified = verified_on.is_some();
        let state = if is_verified { RectificationState::Verified } else { RectificationState::Open };
        let at: Option<Moment> = verified_on.map(Moment::start_of);
        let values = [
            ("inspection_id", row.into()),
            ("state", Val::code(state)),
            ("from_on", on.into()),
            ("due_on", mending.due_on.into()),
            ("report", if is_verified { "已整改（示例）" } else { "" }.into()),
            ("reported_at", at.into()),
            ("verified_at", at.into()),
            ("note", "".into()),
        ];
        let rectification = cx.id();
        cx.insert(&RECTIFICATION, rectification, &values).await?;
    }
    Ok(())
}

async fn write_place(cx: &mut Cx<'_>, id: OrganisationId, place: &Place) -> Result<(), Error> {
    let values = [
        ("organisation_id", id.into()),
        ("list", Val::code(place.list)),
        ("ground", Val::code(place.ground)),
        ("arose_on", place.arose_on.into()),
        ("listed_on", place.listed_on.into()),
        ("listed_at", Moment::start_of(place.listed_on).into()),
        ("removed_on", place.removed_on.into()),
        ("removed_at", place.removed_on.map(Moment::start_of).into()),
        ("removed_how", place.removed_on.map(|_| "applied").into()),
    ];
    let row = cx.id();
    cx.insert(&CREDIT_LISTING, row, &values).await
}

/// Generates a city, a chunk of organisations at a time; `progress` hears how many are done. Again with the
/// same seed it adds what is missing.
///
/// # Errors
/// A year whose working days are not published (E12), or what the first failing chunk says; the chunks before
/// it stay.
pub async fn generate(
    app: &App,
    plan: Plan,
    progress: &(dyn Fn(usize) + Send + Sync),
) -> Result<Tally, Error> {
    let today = app.clock.now().date();
    for year in today.year().saturating_sub(plan.years)..today.year() {
        let open = OpenCampaign { year: i64::from(year) };
        app.act(&Actor::SYSTEM, &RequestKey::None, &open).await?;
    }
    let forms = forms::forms(plan.organisations, plan.seed, plan.years, today);
    let (mut tally, mut first) = (Tally::default(), 0);
    for chunk in forms.chunks((forms.len() / CHUNKS).clamp(CHUNK_MIN, CHUNK_MAX)) {
        let act = GenerateOrganisations { plan, first, forms: chunk };
        tally = tally.plus(app.act(&Actor::SYSTEM, &RequestKey::None, &act).await?);
        first += chunk.len();
        progress(first);
    }
    Ok(tally)
}
