//! The card's page: no sign-in, no name, three questions, one button (W9).
//!
//! A script signs in the browser and leaves the code out of what is sent. Without it the same form sends the
//! code; the page says what is weaker then. The answer to the form is the receipt itself, so sending it twice
//! shows the same receipt twice.

use app::contracts::Contract;
use app::performance::survey::{self, AnswerSurvey, Answered, Given, OpenSurvey, SurveyView};
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use domain::kernel::{Actor, Coded, Refusal};
use domain::performance::survey::feedback::WORDS_MAX;
use domain::performance::survey::{Mark, Question, Round};

use super::figures::Figures;
use super::public_contract;
use crate::shell::form::pairs;
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show, show_faults};

/// One question with its five radios.
pub(super) struct Asked {
    /// The field.
    name: &'static str,
    /// The question as people read it.
    legend: String,
    choices: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "performance/survey/choose.html")]
struct ChoosePage<'a> {
    shell: &'a Shell,
    open: Vec<OpenSurvey>,
    /// Where a service's page is.
    base: &'static str,
    number: String,
    is_assisted: bool,
    fault: String,
}

#[derive(Template)]
#[template(path = "performance/survey/card.html")]
struct CardPage<'a> {
    shell: &'a Shell,
    contract: &'a Contract,
    action: String,
    asked: Vec<Asked>,
    question_names: String,
    is_open: bool,
    is_assisted: bool,
    words_max: i64,
    follow_up_hint: String,
    form: &'a Form,
    faults: &'a [FieldFault],
}

#[derive(Template)]
#[template(path = "performance/survey/thanks.html")]
struct ThanksPage<'a> {
    shell: &'a Shell,
    contract: &'a Contract,
    answered: &'a Answered,
    figures: Figures,
    another: String,
}

/// GET /s
pub async fn choose(visit: Visit) -> Result<Response, PageError> {
    choose_at(&visit, "/s", false).await
}

/// The list of services that take answers, or straight to the one whose number was typed.
pub(super) async fn choose_at(
    visit: &Visit,
    base: &'static str,
    is_assisted: bool,
) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let query = Form::of(pairs(shell.query.as_bytes()));
    let number = query.trimmed("number").to_owned();
    let open = survey::open_now(&visit.city).await.map_err(|error| visit.error(error))?;
    if open.iter().any(|one| one.number == number) {
        return Ok(Redirect::to(&shell.url(format!("{base}/{number}"))).into_response());
    }
    let fault = if number.is_empty() { String::new() } else { shell.t("survey-number-unknown") };
    show(&ChoosePage { shell, open, base, number, is_assisted, fault })
}

/// GET /s/{no}
pub async fn new(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    page(&visit, &number, &Form::default(), &[], false).await
}

/// POST /s/{no}
pub async fn create(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    // Whoever is signed in answers as nobody; only that the provider's people do not is asked.
    answer(&visit, &number, &form, &Actor::VISITOR).await
}

/// Shows the form.
pub(super) async fn page(
    visit: &Visit,
    number: &str,
    form: &Form,
    faults: &[FieldFault],
    is_assisted: bool,
) -> Result<Response, PageError> {
    let contract = public_contract(visit, number).await?;
    let survey = survey::open_of(&visit.city, contract.id).await.map_err(|error| visit.error(error))?;
    let questions = survey.as_ref().map(SurveyView::questions);
    let asked: Vec<Asked> = questions.iter().flatten().map(|one| asked(&visit.shell, *one, form)).collect();
    let base = if is_assisted { "/desk/assisted" } else { "/s" };
    let page = CardPage {
        shell: &visit.shell,
        contract: &contract,
        action: visit.shell.url(format!("{base}/{number}")),
        question_names: asked.iter().map(|one| one.name).collect::<Vec<_>>().join(","),
        asked,
        is_open: survey.is_some(),
        is_assisted,
        words_max: i64::try_from(WORDS_MAX).unwrap_or(i64::MAX),
        follow_up_hint: super::promised(visit, "survey-follow-up-hint"),
        form,
        faults,
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

fn asked(shell: &Shell, question: Question, form: &Form) -> Asked {
    let name = question.code();
    let choice = |mark: &Mark| Choice::new(mark.code(), shell.coded(mark), form.text(name));
    Asked { name, legend: shell.coded(&question), choices: Mark::ALL.iter().map(choice).collect() }
}

/// Takes the answer and shows the receipt.
pub(super) async fn answer(
    visit: &Visit,
    number: &str,
    form: &Form,
    actor: &Actor,
) -> Result<Response, PageError> {
    let contract = public_contract(visit, number).await?;
    let fail = |error| visit.error(error);
    let is_assisted = actor.person.is_some();
    let card = given(form);
    let open = survey::of_card(&visit.city, contract.id, number, &card).await.map_err(fail)?;
    let given = match &open {
        Some(open) => {
            let ask = read(visit, open, card, form);
            survey::give(&visit.city, actor, &ask).await
        }
        None => Err(closed(visit, &contract).await?),
    };
    match given {
        Ok(answered) => {
            let round = open.map_or(Round::Final, |open| open.round());
            let shown = survey::shown(&visit.city, contract.id, round).await.map_err(fail)?;
            let figures = Figures::of(&visit.shell, &shown.unwrap_or_default(), super::rules(visit));
            let another = if is_assisted { visit.shell.url("/desk/assisted") } else { String::new() };
            let (shell, answered) = (&visit.shell, &answered);
            show(&ThanksPage { shell, contract: &contract, answered, figures, another })
        }
        Err(error) => {
            let faults = visit.faults(error)?;
            page(visit, number, form, &faults, is_assisted).await
        }
    }
}

/// Why no survey of the contract takes answers now.
async fn closed(visit: &Visit, contract: &Contract) -> Result<app::Error, PageError> {
    let all = survey::of_contract(&visit.city, contract.id).await.map_err(|error| visit.error(error))?;
    let refused = all.first().and_then(|last| last.step().expect_open().err());
    Ok(refused.unwrap_or_else(|| Refusal::new("performance.survey-none", "E2")).into())
}

/// How the card proves itself.
fn given(form: &Form) -> Given {
    let public_key = form.trimmed("public_key");
    if public_key.is_empty() {
        return Given::Code(form.text("code").to_owned());
    }
    Given::Signed {
        public_key: public_key.to_owned(),
        nonce: form.trimmed("nonce").to_owned(),
        signature: form.trimmed("signature").to_owned(),
    }
}

fn read(visit: &Visit, open: &SurveyView, given: Given, form: &Form) -> AnswerSurvey {
    let mark =
        |question: &Question| Mark::from_code(form.text(question.code())).map(|mark| (*question, mark));
    AnswerSurvey {
        survey: open.id,
        given,
        marks: open.questions().iter().filter_map(mark).collect(),
        is_proxy: form.is_ticked("is_proxy"),
        words: form.is_ticked("follow_up").then(|| form.text("words").to_owned()),
        asker: visit.actor.organisation(),
    }
}
