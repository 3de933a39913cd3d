//! The rows behind every number of the programme: enrolled organisations by year, type, sub-service and district.

use app::cultivation::programme;
use app::cultivation::public::{self, Filter, Listed};
use app::divisions;
use askama::Template;
use axum::response::Response;
use domain::cultivation::{EnrolmentStage, MediationPart, ServiceTag};
use domain::kernel::Coded;
use domain::registry::enrolled::ProgrammeType;

use super::{all_or, services_text};
use crate::shell::form::pairs;
use crate::shell::{Choice, Form, PageError, Shell, Visit, show};

/// An organisation in the list.
struct Line {
    name: String,
    href: String,
    number: String,
    number_href: String,
    kind: String,
    services: String,
    district: String,
    since: String,
    state: String,
    tone: &'static str,
}

#[derive(Template)]
#[template(path = "cultivation/list.html")]
struct ListPage<'a> {
    shell: &'a Shell,
    lines: Vec<Line>,
    years: Vec<Choice>,
    kinds: Vec<Choice>,
    parts: Vec<Choice>,
    services: Vec<Choice>,
    districts: Vec<Choice>,
    states: Vec<Choice>,
}

/// GET /cultivation/organisations
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let (city, shell) = (&visit.city, &visit.shell);
    let asked = Form::of(pairs(shell.query.as_bytes()));
    // An old code finds what is in the district of today (B45).
    let district = app::divisions::today_of(asked.trimmed("district"));
    let known = app::divisions::districts();
    let filter = Filter {
        year: asked.number("year"),
        kind: ProgrammeType::from_code(asked.trimmed("kind")),
        part: MediationPart::from_code(asked.trimmed("part")),
        service: ServiceTag::from_code(asked.trimmed("service")),
        district: known.iter().any(|(code, _)| *code == district).then(|| district.to_owned()),
        in_force: match asked.trimmed("state") {
            "enrolled" => Some(true),
            "exited" => Some(false),
            _ => None,
        },
    };
    let found = public::list(city, &filter).await.map_err(|error| visit.error(error))?;
    let programmes = programme::all(city).await.map_err(|error| visit.error(error))?;
    let all = |chosen: &str| Choice::new("", shell.t("cultivation-all"), chosen);
    let year = asked.trimmed("year");
    let years = programmes.iter().map(|one| Choice::new(one.year.to_string(), one.year.to_string(), year));
    let districts = known.iter().map(|(code, name)| Choice::new(*code, *name, district));
    let state = asked.trimmed("state");
    let stages = [EnrolmentStage::Enrolled, EnrolmentStage::Exited];
    let states = stages.map(|stage| Choice::new(stage.code(), shell.coded(&stage), state));
    show(&ListPage {
        lines: found.iter().map(|one| line(shell, one)).collect(),
        years: std::iter::once(all(year)).chain(years).collect(),
        kinds: all_or::<ProgrammeType>(shell, asked.trimmed("kind")),
        parts: all_or::<MediationPart>(shell, asked.trimmed("part")),
        services: all_or::<ServiceTag>(shell, asked.trimmed("service")),
        districts: std::iter::once(all(district)).chain(districts).collect(),
        states: std::iter::once(all(state)).chain(states).collect(),
        shell,
    })
}

fn line(shell: &Shell, one: &Listed) -> Line {
    let case = &one.case;
    let end = one.ended(shell.now());
    let (state, tone) = match &end {
        Some(exit) => (
            shell.txy("cultivation-exited-on", shell.date(&exit.at.date()), shell.coded(&exit.ground)),
            super::tone(&EnrolmentStage::Exited),
        ),
        None => (shell.coded(&EnrolmentStage::Enrolled), super::tone(&EnrolmentStage::Enrolled)),
    };
    let part = case.part.map(|part| format!("（{}）", shell.coded(&part)));
    Line {
        name: case.organisation.clone(),
        href: shell.url(format!("/orgs/{}", case.uscc)),
        number: case.number.clone(),
        number_href: shell.url(format!("/cultivation/{}", case.number)),
        kind: format!("{}{}", shell.coded(&case.kind), part.unwrap_or_default()),
        services: services_text(shell, &case.services()),
        district: divisions::district_name(&case.district).to_owned(),
        since: shell.date(&one.enrolled.from.date()),
        state,
        tone,
    }
}
