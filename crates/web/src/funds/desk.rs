//! The budget desk: finance opens funds, takes in appropriations and sets money aside for items.

use app::funds::{
    self, AllotCatalogue, AllotItem, Appropriate, FundLine, ItemMoney, OpenFund, Reduce, WithdrawAllotment,
};
use askama::Template;
use axum::response::Response;
use domain::funds::MoneySource;
use domain::kernel::{Coded, Fen, ItemId, Refusal, Role};

use crate::shell::{
    Choice, FieldFault, Form, PageError, Path, Shell, Typed, Visit, fault_at, show, show_faults, words,
};

#[derive(Template)]
#[template(path = "funds/desk.html")]
struct DeskPage<'a> {
    shell: &'a Shell,
    lines: &'a [FundLine],
    may_keep: bool,
    sources: Vec<Choice>,
    form: &'a Form,
    faults: &'a [FieldFault],
}

#[derive(Template)]
#[template(path = "funds/desk_fund.html")]
struct DeskFundPage<'a> {
    shell: &'a Shell,
    line: &'a FundLine,
    items: &'a [ItemMoney],
    may_keep: bool,
    item_choices: Vec<Choice>,
    moves: Vec<Choice>,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /desk/funds
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    list(&visit, &Form::default(), &[]).await
}

async fn list(visit: &Visit, form: &Form, faults: &[FieldFault]) -> Result<Response, PageError> {
    let lines = funds::funds(&visit.city).await.map_err(|error| visit.error(error))?;
    let choice = |source: &MoneySource| {
        Choice::new(source.code(), words::coded(visit.shell.lang, *source), form.trimmed("source"))
    };
    let page = DeskPage {
        shell: &visit.shell,
        lines: &lines,
        may_keep: keeps(visit),
        sources: MoneySource::ALL.iter().map(choice).collect(),
        form,
        faults,
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

fn keeps(visit: &Visit) -> bool {
    visit.actor.post.role == Role::Finance
}

/// POST /desk/funds
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let mut typed = Typed::of(&visit, &form);
    let open = OpenFund {
        year: typed.number("year", Refusal::new("funds.year-unreadable", "C9")),
        source: typed.chosen("source", MoneySource::ALL[0], Refusal::new("funds.source-missing", "T6")),
        name: typed.text("name").trim().to_owned(),
    };
    let answer = typed.ask(&visit, &form.key(), &open).await;
    match answer {
        Ok(_) => Ok(visit.done("/desk/funds", "fund-opened")),
        Err(error) => {
            let faults = visit.faults(error)?;
            list(&visit, &form, &faults).await
        }
    }
}

/// GET /desk/funds/{code}
pub async fn show_one(visit: Visit, Path(code): Path<String>) -> Result<Response, PageError> {
    page(&visit, &code, &Form::default(), &[]).await
}

async fn page(visit: &Visit, code: &str, form: &Form, faults: &[FieldFault]) -> Result<Response, PageError> {
    let (line, items) = funds::of_fund(&visit.city, code).await.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    let choice = |money: &ItemMoney| {
        let item = &money.item;
        let left = Fen(item.budget_fen.0.saturating_sub(money.book.allotted().0));
        let text = format!("{} {}（{}）", item.code, item.name, shell.tx("funds-lacks", shell.money(&left)));
        Choice::new(item.id.0.to_string(), text, form.trimmed("item"))
    };
    let moves = ["appropriate", "reduce"];
    let page = DeskFundPage {
        shell,
        item_choices: items.iter().map(choice).collect(),
        moves: moves
            .map(|code| {
                Choice::new(code, words::member(shell.lang, "transfer_kind", code), form.trimmed("kind"))
            })
            .into(),
        line: &line,
        items: &items,
        may_keep: keeps(visit),
        form,
        faults,
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

/// POST /desk/funds/{code}: the treasury gives or takes back.
pub async fn update(visit: Visit, Path(code): Path<String>, form: Form) -> Result<Response, PageError> {
    let fund = fund(&visit, &code).await?;
    let mut typed = Typed::of(&visit, &form);
    let (amount, document) = (typed.yuan("amount"), typed.text("document").trim().to_owned());
    let key = form.key();
    let answer = match form.trimmed("kind") {
        "reduce" => typed.ask(&visit, &key, &Reduce { fund, amount, document }).await,
        _ => typed.ask(&visit, &key, &Appropriate { fund, amount, document }).await,
    };
    answered(&visit, &code, &form, answer.map(|_| ()), "fund-moved").await
}

/// POST /desk/funds/{code}/items: one item's allotment, more or less.
pub async fn allot(visit: Visit, Path(code): Path<String>, form: Form) -> Result<Response, PageError> {
    let fund = fund(&visit, &code).await?;
    let item = ItemId(form.number("item").unwrap_or_default());
    let answer = match Fen::parse_yuan(form.trimmed("item_amount")) {
        Err(refusal) => Err(app::Error::Invalid(vec![refusal.at("item_amount")])),
        Ok(amount) if form.is_ticked("back") => {
            visit.city.act(&visit.actor, &form.key(), &WithdrawAllotment { fund, item, amount }).await
        }
        Ok(amount) => visit.city.act(&visit.actor, &form.key(), &AllotItem { fund, item, amount }).await,
    };
    let answer = answer.map(|_| ()).map_err(at_item);
    answered(&visit, &code, &form, answer, "fund-allotted").await
}

/// The amount of an item has its own field on this page.
fn at_item(error: app::Error) -> app::Error {
    match error {
        app::Error::Refused(refusal) if refusal.field.as_deref() == Some("amount") => {
            app::Error::Refused(refusal.at("item_amount"))
        }
        other => other,
    }
}

/// POST /desk/funds/{code}/allotment: every item gets what its budget still lacks.
pub async fn allot_all(visit: Visit, Path(code): Path<String>, form: Form) -> Result<Response, PageError> {
    let fund = fund(&visit, &code).await?;
    let answer = visit.city.act(&visit.actor, &form.key(), &AllotCatalogue { fund }).await;
    answered(&visit, &code, &form, answer.map(|_| ()), "fund-allotted").await
}

async fn fund(visit: &Visit, code: &str) -> Result<domain::kernel::FundId, PageError> {
    let found = funds::of_fund(&visit.city, code).await.map_err(|error| visit.error(error))?;
    Ok(found.0.fund.id)
}

async fn answered(
    visit: &Visit,
    code: &str,
    form: &Form,
    answer: Result<(), app::Error>,
    done: &str,
) -> Result<Response, PageError> {
    match answer {
        Ok(()) => Ok(visit.done(&format!("/desk/funds/{code}"), done)),
        Err(error) => {
            let faults = visit.faults(error)?;
            page(visit, code, form, &faults).await
        }
    }
}
