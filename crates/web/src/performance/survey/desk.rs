//! The office's page of a survey: ledger, draw, keys, void cards, the final count (E2).

use app::contracts::{self, Contract};
use app::performance::survey::{
    self, CloseSurvey, DrawSample, HandInKeys, Recipient, StartSurvey, SurveyView, VoidCards, read_ledger,
};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Refusal, Role};
use domain::performance::survey::{Round, SurveyStep};

use super::figures::Figures;
use super::tone;
use crate::shell::form::pairs;
use crate::shell::{
    Choice, FieldFault, FileForm, Form, NavLink, PageError, Path, Shell, Visit, fault_at, show, show_as,
    words,
};

/// A survey as its office sees it.
struct Held {
    view: SurveyView,
    figures: Figures,
    sample: Vec<Line>,
    minimum: i64,
    /// Cards that the printed command makes: keys cannot be replaced, so some lie ready for those who do not answer.
    cards: i64,
}

/// A recipient of the ledger as the office sees them.
struct Line {
    place: String,
    token: String,
    code: String,
    state: String,
}

#[derive(Template)]
#[template(path = "performance/survey/desk.html")]
struct DeskPage<'a> {
    shell: &'a Shell,
    contract: &'a Contract,
    base: String,
    tabs: Vec<NavLink>,
    round: Round,
    /// Those that are not begun yet.
    rounds: Vec<Choice>,
    /// The page of the telephone check, for those who make it or read it.
    check: String,
    held: Option<Held>,
    step: String,
    tone: &'static str,
    may_act: bool,
    is_open: bool,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// The contract, for whoever may see the desk: its own office, or those who oversee.
async fn contract_of(visit: &Visit, number: &str) -> Result<Contract, PageError> {
    let found = contracts::by_number(&visit.city, &visit.actor, number).await;
    let (contract, _) = found.map_err(|error| visit.error(error))?;
    let is_strange = visit.actor.office().is_some_and(|office| office != contract.office_id);
    if is_strange || contract.published_at.is_none() {
        return Err(visit.error(app::Error::NotFound));
    }
    Ok(contract)
}

/// A third more than the minimum.
fn with_spare(minimum: i64) -> i64 {
    minimum + (minimum + 2) / 3
}

fn round_of(form: &Form) -> Round {
    Round::from_code(form.text("round")).unwrap_or(Round::Final)
}

/// GET /desk/contracts/{no}/satisfaction
pub async fn show_one(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let query = Form::of(pairs(visit.shell.query.as_bytes()));
    page(&visit, &number, round_of(&query), &Form::default(), &[]).await
}

async fn page(
    visit: &Visit,
    number: &str,
    round: Round,
    form: &Form,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let contract = contract_of(visit, number).await?;
    let (city, shell) = (&visit.city, &visit.shell);
    let fail = |error| visit.error(error);
    let all = survey::of_contract(city, contract.id).await.map_err(fail)?;
    let offered = survey::rounds_of(city, contract.id).await.map_err(fail)?;
    let round = if offered.contains(&round) { round } else { Round::Final };
    let rounds = choices(shell, &offered, &all, round);
    let held = match all.into_iter().find(|one| one.round() == round) {
        Some(view) => {
            let tally = survey::shown(city, contract.id, round).await.map_err(fail)?.unwrap_or_default();
            let sample = survey::sample_of(city, view.id).await.map_err(fail)?;
            let figures = Figures::of(shell, &tally, super::rules(visit));
            let minimum = tally.sample_minimum;
            let sample = sample.into_iter().map(|one| line(shell, one, minimum)).collect();
            Some(Held { view, figures, sample, minimum, cards: with_spare(minimum) })
        }
        None => None,
    };
    let begun = match held.is_none() && form.fields().is_empty() {
        true => Form::of([("ledger", survey::ledger_of(city, contract.id).await.map_err(fail)?)]),
        false => form.clone(),
    };
    let base = shell.url(format!("/desk/contracts/{number}/satisfaction"));
    let tab = |one: &Round| NavLink {
        href: format!("{base}?round={one}"),
        label: super::round_name(shell, *one),
        current: *one == round,
    };
    let step = held.as_ref().map(|held| held.view.step());
    let page = DeskPage {
        shell,
        contract: &contract,
        tabs: offered.iter().map(tab).collect(),
        rounds,
        check: match visit.actor.post.role {
            Role::PurchaseLead | Role::Supervisor => format!("{base}/{round}/check"),
            _ => String::new(),
        },
        base,
        round,
        step: step.map_or_else(|| shell.t("survey-none-yet"), |step| words::coded(shell.lang, step)),
        tone: step.map_or("", tone),
        is_open: step == Some(SurveyStep::Open),
        held,
        may_act: visit.actor.office() == Some(contract.office_id),
        form: &begun,
        faults,
    };
    if faults.is_empty() { show(&page) } else { show_as(axum::http::StatusCode::UNPROCESSABLE_ENTITY, &page) }
}

/// The rounds that may still begin.
fn choices(shell: &Shell, offered: &[Round], begun: &[SurveyView], chosen: Round) -> Vec<Choice> {
    let open = offered.iter().filter(|round| begun.iter().all(|one| one.round() != **round));
    let choice =
        |round: &Round| Choice::new(round.to_string(), super::round_name(shell, *round), &chosen.to_string());
    open.map(choice).collect()
}

fn line(shell: &Shell, one: Recipient, minimum: i64) -> Line {
    let state = match (&one.excluded, one.place) {
        (Some(excluded), _) => shell.coded(excluded),
        (None, Some(place)) if place <= minimum => shell.t("survey-in-sample"),
        (None, Some(_)) => shell.t("survey-in-reserve"),
        (None, None) => shell.t("survey-not-drawn"),
    };
    let place = one.place.map_or_else(|| "—".to_owned(), |place| place.to_string());
    Line { place, token: one.token, code: one.code, state }
}

/// POST /desk/contracts/{no}/satisfaction: the step that the form names.
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let contract = contract_of(&visit, &number).await?;
    let round = round_of(&form);
    match taken(&visit, &contract, round, &form).await {
        Ok(done) => {
            let there = format!("/desk/contracts/{number}/satisfaction?round={round}");
            Ok(visit.done(&there, done))
        }
        Err(error) => {
            let (_, faults) = visit.mendable(error)?;
            page(&visit, &number, round, &form, &faults).await
        }
    }
}

async fn taken(
    visit: &Visit,
    contract: &Contract,
    round: Round,
    form: &Form,
) -> Result<&'static str, app::Error> {
    let (city, actor, key) = (&visit.city, &visit.actor, form.key());
    let version = form.number("version").unwrap_or_default();
    if form.text("step") == "start" {
        let ledger = read_ledger(form.text("ledger")).map_err(|fault| app::Error::Invalid(vec![fault]))?;
        let beacon = form.trimmed("beacon").to_owned();
        city.act(actor, &key, &StartSurvey { contract: contract.id, round, ledger, beacon }).await?;
        return Ok("survey-started");
    }
    let survey = survey::one(city, contract.id, round).await?.id;
    match form.text("step") {
        "draw" => {
            let beacon_value = form.trimmed("beacon_value").to_owned();
            city.act(actor, &key, &DrawSample { survey, version, beacon_value }).await?;
            Ok("survey-drawn")
        }
        "void" => {
            city.act(actor, &key, &VoidCards { survey, codes: form.text("codes").to_owned() }).await?;
            Ok("survey-voided")
        }
        "close" => {
            city.act(actor, &key, &CloseSurvey { survey, version }).await?;
            Ok("survey-closed")
        }
        _ => Err(app::Error::NotFound),
    }
}

/// POST /desk/contracts/{no}/satisfaction/keys: the file from the street office.
pub async fn keys(
    visit: Visit,
    Path(number): Path<String>,
    sent: Result<FileForm, PageError>,
) -> Result<Response, PageError> {
    // A stranger hears that there is nothing here, whatever was sent.
    let contract = contract_of(&visit, &number).await?;
    let sent = sent?;
    let round = round_of(&sent.form);
    let file = sent.files.iter().find(|file| file.field == "keys");
    let text = file.and_then(|file| String::from_utf8(file.bytes.clone()).ok());
    let version = sent.form.number("version").unwrap_or_default();
    let one = survey::one(&visit.city, contract.id, round).await.map_err(|error| visit.error(error))?;
    let given = match text {
        Some(text) => {
            let hand_in = HandInKeys { survey: one.id, version, text };
            visit.city.act(&visit.actor, &sent.form.key(), &hand_in).await
        }
        None => {
            let missing = Refusal::new("performance.keys-missing", "E2").at("keys");
            Err(app::Error::Invalid(vec![missing]))
        }
    };
    match given {
        Ok(_) => {
            let there = format!("/desk/contracts/{number}/satisfaction?round={round}");
            Ok(visit.done(&there, "survey-keys"))
        }
        Err(error) => {
            let (_, faults) = visit.mendable(error)?;
            page(&visit, &number, round, &sent.form, &faults).await
        }
    }
}
