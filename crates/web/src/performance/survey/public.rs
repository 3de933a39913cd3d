//! The public result: figures with their interval, what became of the cards, what was followed up, and the
//! files with which anyone recounts it (E2, S72).

use app::contracts::Contract;
use app::performance::feedback::{self as office_feedback, FeedbackLine};
use app::performance::survey::{self, SurveyView, feedback};
use askama::Template;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::kernel::Coded;
use domain::performance::feedback::FeedbackWay;
use domain::performance::survey::answer::raw_until;
use domain::performance::survey::{CheckOutcome, Mark, Round};

use super::figures::Figures;
use super::{feedback_tone, public_contract, tone};
use crate::shell::way::{self, Station, Stop};
use crate::shell::{PageError, Path, Shell, Visit, chart, show};

/// One survey on the page.
struct Section {
    title: String,
    /// Its code: the place on the page.
    round: String,
    step: String,
    tone: &'static str,
    figures: Figures,
    chart: String,
    base: String,
    has_keys: bool,
    /// What the telephone check found; empty while none was drawn.
    checks: Vec<(String, String)>,
    check_record: String,
    /// The day from which totals alone are shown; empty while single answers are.
    totals_since: String,
    facts: Vec<(String, String)>,
    pool: String,
    commitment: String,
}

/// What the provider told the office, as the public sees it: its days, without words (E6).
struct ToldOffice {
    given: String,
    due: String,
    answered: String,
    tone: &'static str,
}

/// A request as the public sees it: without words and receipt.
struct FollowedUp {
    filed: String,
    step: String,
    tone: &'static str,
    answer: String,
}

#[derive(Template)]
#[template(path = "performance/survey/public.html")]
struct PublicPage<'a> {
    shell: &'a Shell,
    contract: &'a Contract,
    sections: Vec<Section>,
    requests: Vec<FollowedUp>,
    told: Vec<ToldOffice>,
    may_answer: bool,
    way: Vec<Stop>,
}

/// GET /contracts/{no}/satisfaction
pub async fn show_result(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let contract = public_contract(&visit, &number).await?;
    let fail = |error| visit.error(error);
    let surveys = survey::of_contract(&visit.city, contract.id).await.map_err(fail)?;
    let may_answer = surveys.iter().any(|one| one.step().expect_open().is_ok());
    let mut sections = Vec::new();
    for one in &surveys {
        sections.push(section(&visit, &contract, one).await?);
    }
    let tickets = feedback::of_contract(&visit.city, contract.id).await.map_err(fail)?;
    let shell = &visit.shell;
    let requests = tickets.into_iter().map(|ticket| FollowedUp {
        filed: shell.date(&ticket.filed_on),
        step: shell.coded(&ticket.step()),
        tone: feedback_tone(ticket.step()),
        answer: ticket.answer.unwrap_or_else(|| "—".to_owned()),
    });
    let requests = requests.collect();
    let told = told_office(&visit, &contract).await?;
    let way = way::of_contract(&visit, &number, Station::Satisfaction).await?;
    show(&PublicPage { shell, contract: &contract, sections, requests, told, may_answer, way })
}

/// An account of the office counts these days, so they stand in public.
async fn told_office(visit: &Visit, contract: &Contract) -> Result<Vec<ToldOffice>, PageError> {
    let found = office_feedback::of_contract(&visit.city, contract.id).await;
    let found = found.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    let line = |one: FeedbackLine| ToldOffice {
        given: shell.moment(&one.given_at),
        due: one.due_on.map_or_else(|| "—".to_owned(), |day| shell.date(&day)),
        answered: one.answered_at.map_or_else(|| shell.t("survey-told-open"), |at| shell.moment(&at)),
        tone: if one.answered_at.is_some() { "ok" } else { "wait" },
    };
    Ok(found.into_iter().filter(|one| one.way == FeedbackWay::ToOffice).map(line).collect())
}

async fn section(visit: &Visit, contract: &Contract, one: &SurveyView) -> Result<Section, PageError> {
    let (city, shell) = (&visit.city, &visit.shell);
    let fail = |error| visit.error(error);
    let tally = survey::shown(city, contract.id, one.round()).await.map_err(fail)?.unwrap_or_default();
    let figures = Figures::of(shell, &tally, super::rules(visit));
    let chart = if figures.is_shown { marks_chart(visit, one).await? } else { String::new() };
    let draw = survey::check_draw(city, one.id).await.map_err(fail)?;
    let checks = match &draw {
        Some(_) => checks(shell, &survey::check_counts(city, one.id).await.map_err(fail)?),
        None => Vec::new(),
    };
    let is_raw = raw_is_out(visit, one);
    let day = |day: Option<domain::kernel::Date>| day.map_or_else(|| "—".to_owned(), |day| shell.date(&day));
    let text = |text: Option<&str>| text.unwrap_or("—").to_owned();
    let facts = vec![
        (shell.t("survey-started-on"), shell.date(&one.started_on)),
        (shell.t("survey-beacon"), one.beacon.clone()),
        (shell.t("survey-beacon-value"), text(one.beacon_value.as_deref())),
        (shell.t("survey-secret"), text(one.revealed())),
        (shell.t("survey-seed"), text(one.seed.as_deref())),
        (shell.t("survey-drawn-on"), day(one.drawn_on)),
        (shell.t("survey-root"), text(one.root.as_deref())),
        (shell.t("survey-keys-on"), day(one.keys_on)),
        (shell.t("survey-closed-on"), day(one.closed_on)),
    ];
    Ok(Section {
        title: super::round_name(shell, one.round()),
        round: one.round().to_string(),
        step: shell.coded(&one.step()),
        tone: tone(one.step()),
        figures,
        chart,
        base: shell.url(format!("/contracts/{}/satisfaction/{}", contract.number, one.round())),
        has_keys: one.root.is_some() && is_raw,
        checks,
        check_record: draw.map(|draw| draw.record).unwrap_or_default(),
        totals_since: one.closed_on.filter(|_| !is_raw).map(|day| shell.date(&day)).unwrap_or_default(),
        facts,
        pool: one.pool.clone(),
        commitment: one.commitment.clone(),
    })
}

/// Whether single answers are still handed out: until some years after the survey has closed (E2).
fn raw_is_out(visit: &Visit, one: &SurveyView) -> bool {
    let Some(closed) = one.closed_on else { return true };
    let until = raw_until(closed, visit.city.book.on(closed));
    until.is_none_or(|until| visit.shell.now().date() <= until)
}

/// How many calls found what.
fn checks(shell: &Shell, counts: &[(Option<CheckOutcome>, i64)]) -> Vec<(String, String)> {
    let name = |outcome: &Option<CheckOutcome>| match outcome {
        Some(outcome) => shell.coded(outcome),
        None => shell.t("survey-check-waits"),
    };
    counts.iter().map(|(outcome, number)| (name(outcome), number.to_string())).collect()
}

async fn marks_chart(visit: &Visit, one: &SurveyView) -> Result<String, PageError> {
    let shell = &visit.shell;
    let found = survey::marks(&visit.city, one).await.map_err(|error| visit.error(error))?;
    let keys: Vec<String> = Mark::ALL.iter().map(|mark| shell.coded(mark)).collect();
    let stacks: Vec<chart::Stack> = found
        .iter()
        .map(|line| {
            let shown = line.counts.map(|count| count.to_string()).join(" / ");
            let parts = line.counts.to_vec();
            chart::Stack { label: shell.coded(&line.question), parts, shown, href: String::new() }
        })
        .collect();
    let (title, says) = (shell.t("survey-chart"), shell.t("survey-chart-says"));
    let (table, name, value) = (shell.t("survey-chart"), shell.t("survey-question"), keys.join(" / "));
    let words = chart::Words {
        id: &format!("marks-{}", one.round()),
        title: &title,
        says: &says,
        table: &table,
        name_head: &name,
        value_head: &value,
    };
    Ok(chart::stacked(&words, &keys, &stacks))
}

/// The survey of a round named in an address.
async fn named(visit: &Visit, number: &str, round: &str) -> Result<SurveyView, PageError> {
    let contract = public_contract(visit, number).await?;
    let round = Round::from_code(round).ok_or_else(|| visit.error(app::Error::NotFound))?;
    let found = survey::one(&visit.city, contract.id, round).await.map_err(|error| visit.error(error))?;
    if raw_is_out(visit, &found) { Ok(found) } else { Err(visit.error(app::Error::NotFound)) }
}

/// GET /contracts/{no}/satisfaction/{round}/answers.json
pub async fn json(
    visit: Visit,
    Path((number, round)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let one = named(&visit, &number, &round).await?;
    let found = survey::published(&visit.city, &number, &one).await.map_err(|error| visit.error(error))?;
    Ok(handed_over(&format!("{number}-{round}.json"), "application/json", found.value().to_string()))
}

/// GET /contracts/{no}/satisfaction/{round}/answers.csv
pub async fn csv(visit: Visit, Path((number, round)): Path<(String, String)>) -> Result<Response, PageError> {
    let one = named(&visit, &number, &round).await?;
    let found = survey::published(&visit.city, &number, &one).await.map_err(|error| visit.error(error))?;
    let text = survey::csv(&one, &found);
    Ok(handed_over(&format!("{number}-{round}.csv"), "text/csv; charset=utf-8", text))
}

fn handed_over(name: &str, kind: &'static str, content: String) -> Response {
    let name = format!("attachment; filename=\"{name}\"");
    let headers = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)];
    (headers, content).into_response()
}
