//! Indicators of the city and of the districts; what a district spent comes as two amounts with evidence (E7).

use app::divisions;
use app::supervision::indicator::{self as figures, DistrictReport, Figure, ReportDistrict};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::{Coded, Fen, Refusal, Role};
use domain::registry::division::District;
use domain::supervision::indicator::{self, Indicator, Share};

use super::tone_of_light;
use crate::shell::form::pairs;
use crate::shell::{Choice, FieldFault, Form, PageError, Shell, Typed, Visit, fault_at, show_as, words};

/// An indicator of the city.
pub(super) struct FigureTold {
    pub(super) name: String,
    pub(super) rule: &'static str,
    pub(super) share: String,
    /// The rows that it is the sum of.
    pub(super) href: String,
    pub(super) percent: String,
    pub(super) target: String,
    pub(super) light: String,
    pub(super) tone: &'static str,
    pub(super) source: String,
}

/// What a district spent in a quarter.
pub(super) struct ReportTold {
    pub(super) name: String,
    pub(super) district: String,
    pub(super) quarter: i64,
    pub(super) part: String,
    pub(super) whole: String,
    pub(super) percent: String,
    pub(super) light: String,
    pub(super) tone: &'static str,
    pub(super) evidence: String,
    pub(super) office: String,
}

#[derive(Template)]
#[template(path = "supervision/indicators.html")]
struct IndicatorsPage<'a> {
    shell: &'a Shell,
    year: i16,
    figures: Vec<FigureTold>,
    reports: Vec<ReportTold>,
    may_report: bool,
    indicators: Vec<Choice>,
    districts: Vec<Choice>,
    quarters: Vec<Choice>,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// The year that the address asks for, or this one.
pub(super) fn year(visit: &Visit) -> i16 {
    let asked = Form::of(pairs(visit.shell.query.as_bytes()));
    let wished = asked.number("year").and_then(|year| i16::try_from(year).ok());
    wished.unwrap_or_else(|| visit.shell.now().date().year())
}

/// A share of money or of counts as people read it.
pub(super) fn share_text(shell: &Shell, indicator: Indicator, share: Share) -> String {
    if indicator.is_money() {
        return format!("{} / {}", shell.money(&Fen(share.part)), shell.money(&Fen(share.whole)));
    }
    format!("{} / {}", share.part, share.whole)
}

/// The share in percent, rounded down.
pub(super) fn percent(share: Share) -> String {
    indicator::basis_points(share)
        .map_or_else(|| "—".to_owned(), |points| format!("{}.{:02}%", points / 100, points.rem_euclid(100)))
}

/// A figure of a year in the reader's words.
pub(super) fn figure(visit: &Visit, one: &Figure, year: i16) -> FigureTold {
    let shell = &visit.shell;
    let target = one.indicator.target(visit.city.book.on(shell.now().date()));
    let source = if one.indicator.is_reported() { "supervision-reported" } else { "supervision-computed" };
    FigureTold {
        name: shell.coded(&one.indicator),
        rule: one.indicator.rule(),
        share: share_text(shell, one.indicator, one.share),
        href: shell.url(format!("/oversight/indicators/{}?year={year}", one.indicator.code())),
        percent: percent(one.share),
        target: target.map_or_else(|| "—".to_owned(), |ratio| ratio.to_string()),
        light: shell.coded(&one.light),
        tone: tone_of_light(one.light),
        source: shell.t(source),
    }
}

/// A district's report in the reader's words.
pub(super) fn report(visit: &Visit, one: &DistrictReport) -> ReportTold {
    let shell = &visit.shell;
    let rules = visit.city.book.on(shell.now().date());
    let share = Share { part: one.part_fen.0, whole: one.whole_fen.0 };
    let light = indicator::light(one.indicator, share, rules);
    ReportTold {
        name: shell.coded(&one.indicator),
        district: shell.district(&one.district),
        quarter: one.quarter,
        part: shell.money(&one.part_fen),
        whole: shell.money(&one.whole_fen),
        percent: percent(share),
        light: shell.coded(&light),
        tone: tone_of_light(light),
        evidence: one.evidence.clone(),
        office: one.office.clone(),
    }
}

/// GET /desk/indicators
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    page(&visit, StatusCode::OK, &Form::default(), &[]).await
}

async fn page(
    visit: &Visit,
    status: StatusCode,
    form: &Form,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let year = year(visit);
    let found = figures::figures(&visit.city, year).await.map_err(fail)?;
    let reports = figures::reports(&visit.city, Some(i64::from(year))).await.map_err(fail)?;
    let shell = &visit.shell;
    let named =
        |one: &Indicator| Choice::new(one.code(), words::coded(shell.lang, *one), form.trimmed("indicator"));
    let page = IndicatorsPage {
        year,
        figures: found.iter().map(|one| figure(visit, one, year)).collect(),
        reports: reports.iter().map(|one| report(visit, one)).collect(),
        may_report: visit.actor.post.role == Role::OfficeStaff,
        indicators: Indicator::ALL.iter().filter(|one| one.is_reported()).map(named).collect(),
        districts: districts(shell, form.trimmed("district")),
        quarters: (1..=4)
            .map(|one: i64| {
                Choice::new(one.to_string(), shell.tn("supervision-quarter-n", one), form.trimmed("quarter"))
            })
            .collect(),
        form,
        faults,
        shell,
    };
    show_as(status, &page)
}

/// Every district that may have reported: those of today, and with their last day those that ended (B45).
fn districts(shell: &Shell, chosen: &str) -> Vec<Choice> {
    let (former, living): (Vec<_>, Vec<_>) =
        divisions::all_districts().iter().partition(|one| one.valid_to.is_some());
    let said = |one: &District| match one.valid_to {
        Some(to) => shell.txy("division-until", &one.name, shell.date(&to)),
        None => one.name.clone(),
    };
    living.into_iter().chain(former).map(|one| Choice::new(one.code.as_str(), said(one), chosen)).collect()
}

/// POST /desk/indicators
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let mut typed = Typed::of(&visit, &form);
    let act = ReportDistrict {
        indicator: typed.chosen(
            "indicator",
            Indicator::CommunitySpending,
            Refusal::new("supervision.indicator-unknown", "E7"),
        ),
        district: typed.text("district").trim().to_owned(),
        year: i64::from(year(&visit)),
        quarter: form.number("quarter").unwrap_or_default(),
        part: typed.yuan("part"),
        whole: typed.yuan("whole"),
        evidence: typed.text("evidence"),
    };
    typed.hangs("part", "whole");
    typed.hangs("whole", "part");
    let answer = typed.ask(&visit, &form.key(), &act).await;
    match answer {
        Ok(()) => Ok(visit.done("/desk/indicators", "district-reported")),
        Err(error) => {
            let (status, faults) = visit.mendable(error)?;
            page(&visit, status, &form, &faults).await
        }
    }
}
