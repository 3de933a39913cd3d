//! The rows of one cumulative counter, with the total after each, and finance's word on what may not count (C2).

use app::supervision::counter::{self, Bought, ConsentToPurchase, Group};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::catalogue::splitting::{ClosedWay, Consent, Counter, Purchase};
use domain::kernel::{Coded, Refusal, Role};
use domain::tendering::procedure::ProcedureKind;

use super::counter::{Line, groups, line, rows_path};
use super::take_stock;
use crate::shell::{
    Choice, FieldFault, Form, PageError, Path, Shell, Visit, at_places, fault_at, show_as, words,
};

/// A purchase of a counter.
struct Row {
    day: String,
    title: String,
    href: String,
    supplier: String,
    way: String,
    amount: String,
    total: String,
    counts: String,
    tone: &'static str,
    paper: String,
    consent: String,
    /// Finance's form, where it may still speak.
    asks: Option<Asked>,
}

/// Finance's form about one purchase; its fields carry the purchase's number.
struct Asked {
    action: String,
    paper_id: String,
    consent_id: String,
    paper: String,
    choices: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "supervision/counter_rows.html")]
struct RowsPage<'a> {
    shell: &'a Shell,
    year: i64,
    line: Line,
    rows: Vec<Row>,
    may_open: bool,
    faults: &'a [FieldFault],
}

/// The counter that an address names.
type Address = (i64, String, String, String);

/// GET /desk/splitting/rows/{year}/{office}/{source}/{kind}
pub async fn index(visit: Visit, Path(address): Path<Address>) -> Result<Response, PageError> {
    take_stock(&visit).await?;
    page(&visit, &address, StatusCode::OK, None, &[]).await
}

async fn page(
    visit: &Visit,
    (year, office, source, kind): &Address,
    status: StatusCode,
    typed: Option<(i64, &Form)>,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let (groups, findings) = groups(visit, *year).await?;
    let is_asked = |group: &Group| {
        group.rows.first().is_some_and(|one| {
            one.office_code == *office && one.source.code() == source && one.function.code() == kind
        })
    };
    let found = groups.iter().find(|(_, group)| is_asked(group));
    let (key, group) = found.ok_or_else(|| visit.error(app::Error::NotFound))?;
    let told = line(visit, *key, group, &findings).ok_or_else(|| visit.error(app::Error::NotFound))?;
    let page = RowsPage {
        year: *year,
        line: told,
        rows: rows(visit, group, typed),
        may_open: visit.actor.post.role != Role::Finance,
        faults,
        shell: &visit.shell,
    };
    show_as(status, &page)
}

fn rows(visit: &Visit, group: &Group, typed: Option<(i64, &Form)>) -> Vec<Row> {
    let mut counted: Vec<Purchase> = Vec::new();
    let mut rows = Vec::new();
    for one in &group.rows {
        counted.push(one.as_counted());
        let total = Counter::of(&counted, group.counter.threshold);
        rows.push(row(visit, one, total, typed));
    }
    rows
}

fn row(visit: &Visit, one: &Bought, total: Counter, typed: Option<(i64, &Form)>) -> Row {
    let shell = &visit.shell;
    let counts = one.as_counted();
    let (key, tone) = if counts.was_open {
        ("splitting-open", "ok")
    } else if counts.has_consent {
        ("splitting-consented", "ok")
    } else {
        ("splitting-counts", "warn")
    };
    let consent = one.consent.map(|consent| {
        let paper = one.consent_paper.clone().unwrap_or_default();
        let by = one.consent_by.clone().unwrap_or_default();
        format!("{} {paper} {by}", shell.coded(&consent))
    });
    let may_ask = visit.actor.post.role == Role::Finance && counts.counts();
    Row {
        day: shell.date(&one.bought_on()),
        title: one.title.clone(),
        href: one.contract.as_ref().map(|no| shell.url(format!("/contracts/{no}"))).unwrap_or_default(),
        supplier: one.supplier.clone(),
        way: way(shell, &one.way),
        amount: shell.money(&one.amount_fen),
        total: shell.money(&total.sum),
        counts: shell.t(key),
        tone,
        paper: one.contract.clone().unwrap_or_else(|| one.paper.clone()),
        consent: consent.unwrap_or_default(),
        asks: one.number.filter(|_| may_ask).map(|number| asked(shell, number, typed)),
    }
}

fn way(shell: &Shell, code: &str) -> String {
    let closed = ClosedWay::from_code(code).map(|way| shell.coded(&way));
    closed.or_else(|| ProcedureKind::from_code(code).map(|way| shell.coded(&way))).unwrap_or_default()
}

fn asked(shell: &Shell, number: i64, typed: Option<(i64, &Form)>) -> Asked {
    let (consent_id, paper_id) = (format!("consent-{number}"), format!("paper-{number}"));
    let form = typed.filter(|(held, _)| *held == number).map(|(_, form)| form);
    let chosen = form.map_or("", |form| form.trimmed(&consent_id));
    Asked {
        action: shell.url(format!("/desk/splitting/reported/{number}")),
        paper: form.map(|form| form.text(&paper_id).to_owned()).unwrap_or_default(),
        choices: Consent::ALL
            .iter()
            .map(|one| Choice::new(one.code(), words::coded(shell.lang, *one), chosen))
            .collect(),
        paper_id,
        consent_id,
    }
}

/// POST /desk/splitting/reported/{number}
pub async fn consent(visit: Visit, Path(number): Path<i64>, form: Form) -> Result<Response, PageError> {
    let all = counter::bought(&visit.city, None).await.map_err(|error| visit.error(error))?;
    let held = all.iter().find(|one| one.number == Some(number));
    let held = held.ok_or_else(|| visit.error(app::Error::NotFound))?;
    let answer = match Consent::from_code(form.trimmed(&format!("consent-{number}"))) {
        Some(consent) => {
            let paper = form.text(&format!("paper-{number}")).to_owned();
            let act = ConsentToPurchase { number, consent, paper };
            visit.city.act(&visit.actor, &form.key(), &act).await
        }
        None => Err(app::Error::Invalid(vec![Refusal::new("splitting.choose", "C2").at("consent")])),
    };
    match answer {
        Ok(()) => Ok(visit.done(&rows_path(held), "purchase-consented")),
        Err(error) => {
            let (status, faults) = visit.mendable(at_places(error, |field| format!("{field}-{number}")))?;
            let address = (
                held.year,
                held.office_code.clone(),
                held.source.code().to_owned(),
                held.function.code().to_owned(),
            );
            page(&visit, &address, status, Some((number, &form)), &faults).await
        }
    }
}
