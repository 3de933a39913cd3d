//! The deposits of one tender: what the documents ask, what finance holds and what went back (C27).

use app::funds::deposit::{AskDeposits, ReceiveDeposit, ReturnDeposit};
use app::funds::deposits::{self, Line, Terms};
use app::tendering::queries::{self, Tender};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::funds::deposit::{DepositKind, DepositMeans};
use domain::kernel::{Coded, Fen, Refusal, Role};
use domain::tendering::stage::Stage;

use crate::shell::{
    Choice, FieldFault, Form, PageError, Path, Shell, Typed as Reading, Visit, at_places, fault_at, show_as,
    words,
};

/// A deposit in the reader's words.
pub(super) struct Told {
    pub(super) href: String,
    pub(super) tender: String,
    pub(super) title: String,
    pub(super) office: String,
    pub(super) kind: String,
    pub(super) organisation: String,
    pub(super) uscc: String,
    pub(super) amount: String,
    pub(super) means: String,
    pub(super) paper: String,
    pub(super) received: String,
    pub(super) start: String,
    pub(super) due: String,
    pub(super) returned: String,
    pub(super) state: String,
    pub(super) tone: &'static str,
    /// Finance's form, while it is held.
    asks: Option<Asked>,
}

/// The form by which one deposit goes back; its fields carry the deposit's row.
struct Asked {
    action: String,
    day_id: String,
    day: String,
    paper_id: String,
    paper: String,
}

#[derive(Template)]
#[template(path = "funds/deposits.html")]
struct DepositsPage<'a> {
    shell: &'a Shell,
    tender: Tender,
    bid_asked: String,
    performance_asked: String,
    lines: Vec<Told>,
    may_ask: bool,
    may_receive: bool,
    is_opened: bool,
    kinds: Vec<Choice>,
    means: Vec<Choice>,
    form: Form,
    faults: &'a [FieldFault],
}

/// A deposit as tables show it.
pub(super) fn told(shell: &Shell, one: &Line) -> Told {
    let today = shell.now().date();
    let (key, tone) = match (one.returned_on.is_some(), one.is_late(today), one.due_on.is_some()) {
        (true, false, _) => ("deposit-state-returned", "ok"),
        (true, true, _) => ("deposit-state-returned-late", "warn"),
        (false, true, _) => ("deposit-state-late", "stop"),
        (false, false, true) => ("deposit-state-due", "wait"),
        (false, false, false) => ("deposit-state-held", ""),
    };
    let dash = || "—".to_owned();
    Told {
        href: shell.url(format!("/desk/tenders/{}/deposits", one.tender)),
        tender: one.tender.clone(),
        title: one.title.clone(),
        office: one.office.clone(),
        kind: shell.coded(&one.kind),
        organisation: one.organisation.clone(),
        uscc: one.uscc.clone(),
        amount: shell.money(&one.amount),
        means: shell.coded(&one.means),
        paper: one.paper.clone(),
        received: shell.date(&one.received_on),
        start: one.start.map_or_else(dash, |(start, day)| {
            shell.txy("deposit-started", shell.coded(&start), shell.date(&day))
        }),
        due: one.due_on.map_or_else(dash, |day| shell.date(&day)),
        returned: one.returned_on.map_or_else(dash, |day| shell.date(&day)),
        state: shell.t(key),
        tone,
        asks: None,
    }
}

/// What the documents ask as deposits, in words: an amount, or nothing.
pub(crate) fn asked_in_words(shell: &Shell, terms: &Terms) -> (String, String) {
    let told = |amount: Fen| match amount {
        Fen::ZERO => shell.t("deposit-none"),
        amount => shell.money(&amount),
    };
    (told(terms.bid_fen), told(terms.performance_fen))
}

/// What was typed, and into which of the forms.
enum Typed<'a> {
    Nothing,
    Whole(&'a Form),
    Return(i64, &'a Form),
}

/// GET /desk/tenders/{no}/deposits
pub async fn index(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    page(&visit, &number, StatusCode::OK, Typed::Nothing, &[]).await
}

/// The tender as this desk may see it: finance knows only what is published.
async fn tender(visit: &Visit, number: &str) -> Result<Tender, PageError> {
    let found = queries::on_desk(&visit.city, &visit.actor, number).await;
    let found = found.map_err(|error| visit.error(error))?;
    if visit.actor.post.role == Role::Finance && found.published_at.is_none() {
        return Err(visit.error(app::Error::NotFound));
    }
    Ok(found)
}

async fn page(
    visit: &Visit,
    number: &str,
    status: StatusCode,
    typed: Typed<'_>,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let tender = tender(visit, number).await?;
    let (shell, fail) = (&visit.shell, |error| visit.error(error));
    let terms = deposits::terms(&visit.city, tender.id).await.map_err(fail)?;
    let held = deposits::lines(&visit.city, None, Some(number)).await.map_err(fail)?;
    let is_opened = deposits::is_opened(&visit.city, tender.id).await.map_err(fail)?;
    let is_finance = visit.actor.post.role == Role::Finance;
    let form = match typed {
        Typed::Whole(form) => form.clone(),
        _ => prefilled(&terms),
    };
    let lines = held.iter().map(|one| Told {
        asks: (is_finance && one.returned_on.is_none()).then(|| asked(shell, one, &typed)),
        ..told(shell, one)
    });
    let (bid_asked, performance_asked) = asked_in_words(shell, &terms);
    let page = DepositsPage {
        lines: lines.collect(),
        bid_asked,
        performance_asked,
        may_ask: visit.actor.post.role == Role::OfficeStaff && tender.stage == Stage::Drafting,
        may_receive: is_finance && is_opened && terms != Terms::default(),
        is_opened,
        kinds: choices::<DepositKind>(shell, form.trimmed("kind")),
        means: choices::<DepositMeans>(shell, form.trimmed("means")),
        form,
        faults,
        tender,
        shell,
    };
    show_as(status, &page)
}

fn prefilled(terms: &Terms) -> Form {
    let plain = |amount: Fen| amount.to_string().replace(',', "");
    Form::of([("bid", plain(terms.bid_fen)), ("performance", plain(terms.performance_fen))])
}

fn choices<C: Coded>(shell: &Shell, chosen: &str) -> Vec<Choice> {
    C::ALL.iter().map(|one| Choice::new(one.code(), words::coded(shell.lang, *one), chosen)).collect()
}

fn asked(shell: &Shell, one: &Line, typed: &Typed<'_>) -> Asked {
    let (day_id, paper_id) = (format!("returned_on-{}", one.id), format!("return_paper-{}", one.id));
    let kept = |field: &str| match typed {
        Typed::Return(id, form) if *id == one.id => form.text(field).to_owned(),
        _ => String::new(),
    };
    Asked {
        action: shell.url(format!("/desk/tenders/{}/deposits/{}", one.tender, one.id)),
        day: kept(&day_id),
        paper: kept(&paper_id),
        day_id,
        paper_id,
    }
}

/// POST /desk/tenders/{no}/deposits/terms
pub async fn ask(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    tender(&visit, &number).await?;
    let mut read = Reading::of(&visit, &form);
    let act =
        AskDeposits { tender: number.clone(), bid: read.yuan("bid"), performance: read.yuan("performance") };
    let answer = read.ask(&visit, &form.key(), &act).await;
    finish(&visit, &number, answer, Typed::Whole(&form), "deposits-asked").await
}

/// POST /desk/tenders/{no}/deposits
pub async fn create(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    tender(&visit, &number).await?;
    let mut read = Reading::of(&visit, &form);
    let act = ReceiveDeposit {
        tender: number.clone(),
        kind: read.chosen("kind", DepositKind::Bid, Refusal::new("deposit.kind-unknown", "C27")),
        organisation: read.text("organisation").trim().to_owned(),
        amount: read.yuan("amount"),
        means: read.text("means").trim().to_owned(),
        paper: read.text("paper"),
        received_on: read.date("received_on"),
    };
    read.hangs("organisation", "kind");
    read.hangs("amount", "kind");
    let answer = read.ask(&visit, &form.key(), &act).await;
    finish(&visit, &number, answer, Typed::Whole(&form), "deposit-received").await
}

/// POST /desk/tenders/{no}/deposits/{id}
pub async fn give_back(
    visit: Visit,
    Path((number, id)): Path<(String, i64)>,
    form: Form,
) -> Result<Response, PageError> {
    tender(&visit, &number).await?;
    let held = deposits::lines(&visit.city, None, Some(&number)).await;
    if !held.map_err(|error| visit.error(error))?.iter().any(|one| one.id == id) {
        return Err(visit.error(app::Error::NotFound));
    }
    let part = form.part(&format!("-{id}"));
    let mut read = Reading::of(&visit, &part);
    let (returned_on, paper) = (read.date("returned_on"), read.text("return_paper"));
    let answer = read.ask(&visit, &form.key(), &ReturnDeposit { deposit: id, returned_on, paper }).await;
    let answer = answer.map_err(|error| at_places(error, |field| format!("{field}-{id}")));
    finish(&visit, &number, answer, Typed::Return(id, &form), "deposit-returned").await
}

async fn finish(
    visit: &Visit,
    number: &str,
    answer: Result<(), app::Error>,
    typed: Typed<'_>,
    done: &str,
) -> Result<Response, PageError> {
    match answer {
        Ok(()) => Ok(visit.done(&format!("/desk/tenders/{number}/deposits"), done)),
        Err(error) => {
            let (status, faults) = visit.mendable(error)?;
            page(visit, number, status, typed, &faults).await
        }
    }
}
