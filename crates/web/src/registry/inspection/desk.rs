//! The approval office's campaigns: the year at hand in figures that open to their rows, whom it is proposed
//! to revoke, and the form that opens a year.

use app::registry::inspection::{self, Campaign, Filter, Tally};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, Refusal, Role, RuleKey};

use super::grid::query_of;
use super::propose_href;
use crate::registry::tell::{Condition, condition};
use crate::shell::form::pairs;
use crate::shell::{FieldFault, Form, NavLink, PageError, Shell, Visit, fault_at, show, show_faults};

/// A figure with the way to its rows.
struct Figure {
    label: String,
    number: i64,
    href: String,
}

/// An organisation whose revocation is proposed.
struct Proposed {
    name: String,
    href: String,
    /// Where its revocation is proposed; empty for who may not.
    propose_href: String,
    why: Condition,
}

/// The year shown.
struct Shown {
    year: i64,
    title: String,
    facts: Vec<(String, String)>,
    figures: Vec<Figure>,
    grid_href: String,
    reminders_href: String,
    proposed: Vec<Proposed>,
}

#[derive(Template)]
#[template(path = "registry/inspection/desk.html")]
struct DeskPage<'a> {
    shell: &'a Shell,
    years: Vec<NavLink>,
    shown: Option<Shown>,
    may_open: bool,
    open_hint: String,
    proposals_hint: String,
    typed_year: String,
    faults: &'a [FieldFault],
}

/// GET /desk/inspections
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    page(&visit, None, &[]).await
}

/// POST /desk/inspections: opens a year.
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let opened = match form.number("year") {
        Some(year) if (1000..=9999).contains(&year) => {
            inspection::open(&visit.city, &visit.actor, &form.key(), year).await
        }
        _ => Err(app::Error::Invalid(vec![Refusal::new("inspection.year-missing", "B24").at("year")])),
    };
    match opened {
        Ok(()) => {
            let year = form.trimmed("year");
            Ok(visit.done(&format!("/desk/inspections?year={year}"), "inspection-opened"))
        }
        Err(error) => {
            let faults = visit.faults(error)?;
            page(&visit, Some(&form), &faults).await
        }
    }
}

async fn page(visit: &Visit, typed: Option<&Form>, faults: &[FieldFault]) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let all = inspection::campaigns(&visit.city).await.map_err(|error| visit.error(error))?;
    let wished = Form::of(pairs(shell.query.as_bytes())).number("year");
    let chosen = all.iter().find(|one| Some(one.year) == wished).or(all.first());
    let shown = match chosen {
        Some(campaign) => Some(shown(visit, campaign).await?),
        None => None,
    };
    let year = |one: &Campaign| NavLink {
        href: shell.url(format!("/desk/inspections?year={}", one.year)),
        label: one.year.to_string(),
        current: shown.as_ref().is_some_and(|shown| shown.year == one.year),
    };
    let last_year = i64::from(shell.now().date().year()) - 1;
    let page = DeskPage {
        shell,
        years: all.iter().map(year).collect(),
        may_open: matches!(visit.actor.post.role, Role::ApprovalOfficer | Role::ApprovalDirector),
        proposals_hint: super::proposals_hint(visit),
        open_hint: shell.by_rules(
            visit.city.book.on(shell.now().date()),
            "inspection-open-hint",
            &[("months", RuleKey::InspectionExemptMonths)],
        ),
        typed_year: typed.map_or_else(|| last_year.to_string(), |form| form.text("year").to_owned()),
        shown,
        faults,
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

async fn shown(visit: &Visit, campaign: &Campaign) -> Result<Shown, PageError> {
    let shell = &visit.shell;
    let tally = inspection::tally(&visit.city, campaign).await.map_err(|error| visit.error(error))?;
    let proposed = inspection::proposals(&visit.city, campaign).await.map_err(|error| visit.error(error))?;
    let grid = format!("/desk/inspections/{}", campaign.year);
    let figure = |one: &Tally| Figure {
        label: label(shell, &one.filter),
        number: one.number,
        href: shell.url(format!("{grid}{}", query_of(&one.filter, &[]))),
    };
    Ok(Shown {
        year: campaign.year,
        title: shell.tx("inspection-year-title", campaign.year),
        facts: vec![
            (shell.t("inspection-fact-due"), shell.date(&campaign.due_on)),
            (shell.t("inspection-reminder-foundations"), shell.date(&campaign.foundation_due_on)),
            (shell.t("inspection-fact-supervisor-due"), shell.date(&campaign.supervisor_due_on)),
        ],
        figures: tally.iter().map(figure).collect(),
        proposed: proposed
            .iter()
            .map(|one| Proposed {
                name: one.name.clone(),
                href: shell.url(format!("{grid}/{}", one.uscc)),
                propose_href: propose_href(shell, &one.uscc),
                why: condition(shell, &one.finding),
            })
            .collect(),
        grid_href: shell.url(&grid),
        reminders_href: shell.url(format!("{grid}/reminders")),
    })
}

fn label(shell: &Shell, filter: &Filter) -> String {
    fn named<C: Coded>(shell: &Shell, member: Option<C>) -> Option<String> {
        member.map(|member| shell.coded(&member))
    }
    if filter.is_late {
        return shell.t("inspection-tally-late");
    }
    named(shell, filter.state)
        .or_else(|| named(shell, filter.outcome))
        .or_else(|| named(shell, filter.rectification))
        .unwrap_or_else(|| shell.t("inspection-tally-all"))
}
