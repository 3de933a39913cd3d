//! Reading the cultivation programme: floors and actuals of a year, and every enrolment behind them (D1-D3).

use app::cultivation::public::{self, Listed, Progress};
use app::cultivation::{partners, programme};
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::cultivation::MediationPart;
use domain::cultivation::progress::{Tally, floor, floor_rule, part_floor};
use domain::kernel::{Coded, Moment, Rules};
use domain::registry::enrolled::ProgrammeType;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer;
use super::paging::{Page, PageQuery};
use super::problem::{Problem, ProblemBody, Teller};
use crate::shell::Visit;

/// A year's programme.
#[derive(Serialize, ToSchema)]
pub struct Programme {
    /// The year.
    #[schema(example = 2014)]
    year: i64,
    /// Last day of applications.
    #[schema(example = "2014-06-30")]
    apply_until: String,
    /// Every type, and the two sub-quotas of mediation.
    types: Vec<ProgrammeTally>,
}

/// What counts under one head.
#[derive(Serialize, ToSchema)]
pub struct ProgrammeTally {
    /// elderly, children, mediation or comprehensive.
    #[schema(example = "mediation")]
    kind: &'static str,
    /// major_petitions or project_base; null for a whole type.
    part: Option<&'static str>,
    /// The least number of organisations; null for elderly care, whose targets are by facility and coverage.
    #[schema(example = 45)]
    floor: Option<i64>,
    /// Organisations first enrolled in the year and still so.
    #[schema(example = 3)]
    actual: i64,
    /// Organisations first enrolled in the year and no more.
    #[schema(example = 1)]
    exits: i64,
    /// The department that is heard; null where there is none.
    partner: Option<String>,
    /// The rule that sets the floor.
    #[schema(example = "S32")]
    rule: &'static str,
}

fn tallies(progress: &Progress, rules: Rules<'_>) -> Vec<ProgrammeTally> {
    let line = |kind: ProgrammeType, tally: Tally| ProgrammeTally {
        kind: kind.code(),
        part: None,
        floor: floor(kind, rules),
        actual: tally.actual,
        exits: tally.exits,
        partner: partners::of(kind).map(|partner| partner.name.clone()),
        rule: floor_rule(kind),
    };
    let mut found: Vec<ProgrammeTally> =
        ProgrammeType::ALL.iter().map(|kind| line(*kind, progress.of(*kind))).collect();
    found.extend(MediationPart::ALL.iter().map(|part| ProgrammeTally {
        part: Some(part.code()),
        floor: Some(part_floor(*part, rules)),
        ..line(ProgrammeType::Mediation, progress.of_part(*part))
    }));
    found
}

/// Read how far a year's programme has come.
#[utoipa::path(
    get, path = "/api/v1/cultivation/{year}", operation_id = "programme", tag = "cultivation",
    params(("year" = i64, Path, description = "The year")),
    responses(
        (status = 200, description = "The programme", body = Programme),
        (status = 304, description = "Unchanged since the given ETag"),
        (status = 404, description = "No programme in that year", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn programme_of(
    visit: Visit,
    headers: HeaderMap,
    Path(year): Path<String>,
) -> Result<Response, Problem> {
    let teller = Teller::of(&visit, &headers);
    let city = &visit.city;
    let held = programme::all(city).await.map_err(|error| teller.error(error))?;
    let held = held.into_iter().find(|one| one.year.to_string() == year);
    let held = held.ok_or_else(|| teller.error(app::Error::NotFound))?;
    let progress = public::progress(city, held.year).await.map_err(|error| teller.error(error))?;
    let types = tallies(&progress, city.book.on(city.clock.now().date()));
    let body = Programme { year: held.year, apply_until: held.apply_until.to_string(), types };
    Ok(answer::public(&headers, &body))
}

/// An organisation's enrolment, in force or ended.
#[derive(Serialize, ToSchema)]
pub struct EnrolmentBody {
    /// Its number.
    #[schema(example = "PY-2014-001")]
    number: String,
    /// The organisation's credit code or filing number.
    uscc: String,
    /// The organisation's name.
    name: String,
    /// elderly, children, mediation or comprehensive.
    #[schema(example = "children")]
    kind: &'static str,
    /// The sub-quota of mediation in which it counts.
    part: Option<&'static str>,
    /// What it does, as codes.
    services: Vec<&'static str>,
    /// The year in which it counts; null when it was enrolled before.
    #[schema(example = 2014)]
    counted_year: Option<i64>,
    /// Since when.
    enrolled_at: String,
    /// Until when; null while it is in force.
    ended_at: Option<String>,
    /// serious_list, ended, failed_reviews or own_wish.
    exit_ground: Option<&'static str>,
}

impl EnrolmentBody {
    fn of(one: &Listed, now: Moment) -> Self {
        let end = one.ended(now);
        Self {
            number: one.case.number.clone(),
            uscc: one.case.uscc.clone(),
            name: one.case.organisation.clone(),
            kind: one.case.kind.code(),
            part: one.case.part.map(Coded::code),
            services: one.case.services().into_iter().map(Coded::code).collect(),
            counted_year: one.case.counted_year,
            enrolled_at: one.enrolled.from.rfc3339(),
            ended_at: end.map(|exit| exit.at.rfc3339()),
            exit_ground: end.map(|exit| exit.ground.code()),
        }
    }
}

/// List enrolments by number; those that ended stay in the list.
#[utoipa::path(
    get, path = "/api/v1/enrolments", operation_id = "enrolments", tag = "cultivation", params(PageQuery),
    responses(
        (status = 200, description = "One page", body = Page<EnrolmentBody>),
        (status = 304, description = "Unchanged since the given ETag"),
        (status = 422, description = "Cursor or limit is wrong", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn enrolments(visit: Visit, headers: HeaderMap) -> Result<Response, Problem> {
    let teller = Teller::of(&visit, &headers);
    let query = PageQuery::of(&visit, &teller)?;
    let rows = public::after(&visit.city, &query.cursor, query.limit).await;
    let rows = rows.map_err(|error| teller.error(error))?;
    let now = visit.city.clock.now();
    let key = |row: &Listed| row.case.number.clone();
    Ok(answer::public(&headers, &query.page(rows, key, |row| EnrolmentBody::of(&row, now))))
}
