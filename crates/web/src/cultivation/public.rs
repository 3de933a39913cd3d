//! What everyone sees of a year's programme: floors, actuals and exits by type, what is in publicity, and what an
//! enrolment gives (D1, D3).

use app::Error;
use app::cultivation::case::Enrolment;
use app::cultivation::programme::{self, Programme};
use app::cultivation::public::{self, Progress};
use askama::Template;
use axum::response::Response;
use domain::cultivation::MediationPart;
use domain::cultivation::progress::{Tally, floor, floor_rule, part_floor};
use domain::kernel::{Coded, Rules};
use domain::registry::enrolled::ProgrammeType;

use super::partner_name;
use super::view::{EnrolmentView, view};
use crate::shell::chart::{self, Stack, Words};
use crate::shell::form::pairs;
use crate::shell::{Form, NavLink, PageError, Path, Shell, Visit, show};

/// A type or a sub-quota with its numbers and the way to their rows.
struct TypeLine {
    name: String,
    is_part: bool,
    partner: String,
    floor: String,
    rule: &'static str,
    actual: i64,
    actual_href: String,
    exits: i64,
    exits_href: String,
    missing: String,
}

/// What an enrolment gives, and whether this system carries it out today.
struct Benefit {
    text: String,
    rule: &'static str,
    is_effective: bool,
}

#[derive(Template)]
#[template(path = "cultivation/overview.html")]
struct OverviewPage<'a> {
    shell: &'a Shell,
    years: Vec<NavLink>,
    programme: Option<&'a Programme>,
    is_taking: bool,
    all_href: String,
    lines: Vec<TypeLine>,
    chart: String,
    publicity: &'a [Enrolment],
    benefits: Vec<Benefit>,
}

/// GET /cultivation
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let (city, shell) = (&visit.city, &visit.shell);
    let fail = |error: Error| visit.error(error);
    let asked = Form::of(pairs(shell.query.as_bytes()));
    let programmes = programme::all(city).await.map_err(fail)?;
    let chosen = match asked.number("year") {
        Some(year) => programmes.iter().find(|one| one.year == year),
        None => programmes.first(),
    };
    if chosen.is_none() && asked.number("year").is_some() {
        return Err(visit.error(Error::NotFound));
    }
    let year = chosen.map(|one| one.year);
    let link = |one: &Programme| NavLink {
        href: shell.url(format!("/cultivation?year={}", one.year)),
        label: shell.tx("cultivation-year", one.year),
        current: Some(one.year) == year,
    };
    let (lines, chart) = match year {
        Some(year) => {
            let progress = public::progress(city, year).await.map_err(fail)?;
            // The floors of a year are those at its end, or of today while it runs.
            let rules = city.book.on(shell.now().date());
            (type_lines(shell, year, &progress, rules), picture(shell, year, &progress, rules))
        }
        None => (Vec::new(), String::new()),
    };
    let publicity = public::in_publicity(city).await.map_err(fail)?;
    show(&OverviewPage {
        years: programmes.iter().map(link).collect(),
        is_taking: chosen.is_some_and(|one| one.apply_until >= shell.now().date()),
        programme: chosen,
        all_href: shell.url("/cultivation/organisations"),
        lines,
        chart,
        publicity: &publicity,
        benefits: benefits(shell),
        shell,
    })
}

fn rows_href(shell: &Shell, year: i64, more: &str, state: &str) -> String {
    shell.url(format!("/cultivation/organisations?year={year}{more}&state={state}"))
}

fn type_lines(shell: &Shell, year: i64, progress: &Progress, rules: Rules<'_>) -> Vec<TypeLine> {
    let mut lines = Vec::new();
    for kind in ProgrammeType::ALL {
        let more = format!("&kind={}", kind.code());
        let numbers = Numbers { tally: progress.of(*kind), floor: floor(*kind, rules) };
        let names = (shell.coded(kind), partner_name(shell, *kind));
        lines.push(numbers.line(shell, names, false, (year, &more), floor_rule(*kind)));
        if *kind == ProgrammeType::Mediation {
            for part in MediationPart::ALL {
                let more = format!("&part={}", part.code());
                let floor = Some(part_floor(*part, rules));
                let numbers = Numbers { tally: progress.of_part(*part), floor };
                let names = (shell.coded(part), String::new());
                lines.push(numbers.line(shell, names, true, (year, &more), "S32"));
            }
        }
    }
    lines
}

struct Numbers {
    tally: Tally,
    floor: Option<i64>,
}

impl Numbers {
    fn line(
        &self,
        shell: &Shell,
        (name, partner): (String, String),
        is_part: bool,
        (year, more): (i64, &str),
        rule: &'static str,
    ) -> TypeLine {
        let none = || shell.t("cultivation-no-floor");
        TypeLine {
            name,
            is_part,
            partner,
            floor: self.floor.map_or_else(none, |floor| shell.tx("cultivation-floor-of", floor)),
            rule,
            actual: self.tally.actual,
            actual_href: rows_href(shell, year, more, "enrolled"),
            exits: self.tally.exits,
            exits_href: rows_href(shell, year, more, "exited"),
            missing: self.floor.map_or_else(|| "—".to_owned(), |floor| self.tally.missing(floor).to_string()),
        }
    }
}

fn picture(shell: &Shell, year: i64, progress: &Progress, rules: Rules<'_>) -> String {
    let stacks: Vec<Stack> = ProgrammeType::ALL
        .iter()
        .map(|kind| {
            let tally = progress.of(*kind);
            let (missing, shown) = match floor(*kind, rules) {
                Some(floor) => (tally.missing(floor), shell.txy("cultivation-shown", tally.actual, floor)),
                None => (0, shell.tx("cultivation-shown-plain", tally.actual)),
            };
            let href = rows_href(shell, year, &format!("&kind={}", kind.code()), "enrolled");
            Stack { label: shell.coded(kind), parts: vec![tally.actual, missing], shown, href }
        })
        .collect();
    let (title, says) = (shell.tx("cultivation-chart", year), shell.t("cultivation-chart-says"));
    let (table, name_head, value_head) =
        (shell.t("cultivation-chart-table"), shell.t("cultivation-type"), shell.t("cultivation-actual"));
    let keys = [shell.t("cultivation-actual"), shell.t("cultivation-missing")];
    let words = Words {
        id: "programme",
        title: &title,
        says: &says,
        table: &table,
        name_head: &name_head,
        value_head: &value_head,
    };
    chart::stacked(&words, &keys, &stacks)
}

fn benefits(shell: &Shell) -> Vec<Benefit> {
    const BENEFITS: [(&str, &str, bool); 7] = [
        ("threshold", "S34", true),
        ("zero", "S35", true),
        ("priority", "T4", true),
        ("grants", "S36", false),
        ("incubator", "S39", false),
        ("facilities", "S40", false),
        ("services", "S41", false),
    ];
    let benefit = |(key, rule, is_effective): &(&str, &'static str, bool)| Benefit {
        text: shell.t(&format!("cultivation-benefit-{key}")),
        rule,
        is_effective: *is_effective,
    };
    BENEFITS.iter().map(benefit).collect()
}

#[derive(Template)]
#[template(path = "cultivation/one.html")]
struct OnePage<'a> {
    shell: &'a Shell,
    case: &'a Enrolment,
    view: EnrolmentView,
}

/// GET /cultivation/{no}
pub async fn show_one(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let case = public::by_number(&visit.city, &number).await.map_err(|error| visit.error(error))?;
    let view = view(&visit, &case, true).await?;
    show(&OnePage { shell: &visit.shell, case: &case, view })
}
