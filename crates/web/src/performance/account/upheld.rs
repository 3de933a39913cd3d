//! What an authority upheld against an office: recorded by discipline, withdrawn by another of them (E5).

use app::performance::account::upheld::{self, HeldUpheld, RecordUpheld, WithdrawUpheld};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::{Coded, Role};
use domain::performance::account::UpheldKind;

use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Typed, Visit, fault_at, show_as};

#[derive(Template)]
#[template(path = "performance/account/upheld_new.html")]
struct NewPage<'a> {
    shell: &'a Shell,
    office: String,
    base: String,
    kinds: Vec<Choice>,
    form: &'a Form,
    faults: &'a [FieldFault],
}

#[derive(Template)]
#[template(path = "performance/account/upheld.html")]
struct OnePage<'a> {
    shell: &'a Shell,
    number: &'a str,
    state: String,
    tone: &'static str,
    rows: Vec<(String, String)>,
    back_href: String,
    may_withdraw: bool,
    base: String,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /desk/accounts/{code}/upheld
pub async fn new(visit: Visit, Path(code): Path<String>) -> Result<Response, PageError> {
    record_page(&visit, &code, StatusCode::OK, &Form::default(), &[]).await
}

async fn record_page(
    visit: &Visit,
    code: &str,
    status: StatusCode,
    form: &Form,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let office = app::access::accounts::office_by_code(&visit.city, code).await;
    let office = office.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    let english = shell.is_english() && !office.name_en.is_empty();
    let kind = |one: &UpheldKind| Choice::new(one.code(), shell.coded(one), form.text("kind"));
    let page = NewPage {
        office: if english { office.name_en } else { office.name },
        base: shell.url(format!("/desk/accounts/{code}")),
        kinds: UpheldKind::ALL.iter().map(kind).collect(),
        form,
        faults,
        shell,
    };
    show_as(status, &page)
}

/// POST /desk/accounts/{code}/upheld
pub async fn create(visit: Visit, Path(code): Path<String>, form: Form) -> Result<Response, PageError> {
    let office = app::access::accounts::office_by_code(&visit.city, &code).await;
    let office = office.map_err(|error| visit.error(error))?;
    let kind = UpheldKind::from_code(form.trimmed("kind"));
    let kind = kind.ok_or_else(|| visit.error(app::Error::NotFound))?;
    let mut typed = Typed::of(&visit, &form);
    let act = RecordUpheld {
        office: office.id,
        kind,
        subject: typed.text("subject"),
        acted_on: typed.date("acted_on"),
        authority: typed.text("authority"),
        decision: typed.text("decision"),
        decided_on: typed.date("decided_on"),
        evidence: typed.text("evidence"),
    };
    typed.hangs("decided_on", "acted_on");
    let answer = typed.ask(&visit, &form.key(), &act).await;
    match answer {
        Ok(number) => Ok(visit.done(&format!("/desk/upheld/{number}"), "upheld-recorded")),
        Err(error) => {
            let (status, faults) = visit.mendable(error)?;
            record_page(&visit, &code, status, &form, &faults).await
        }
    }
}

/// GET /desk/upheld/{no}
pub async fn show_one(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    page(&visit, &number, StatusCode::OK, &Form::default(), &[]).await
}

async fn page(
    visit: &Visit,
    number: &str,
    status: StatusCode,
    form: &Form,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let held = upheld::by_number(&visit.city, number).await.map_err(|error| visit.error(error))?;
    // An office reads what was upheld against it, and nothing of others.
    if visit.actor.office().is_some_and(|office| office != held.office_id) {
        return Err(visit.error(app::Error::NotFound));
    }
    let shell = &visit.shell;
    let is_withdrawn = held.withdrawn_at.is_some();
    let is_another = visit.actor.person != Some(held.recorded_by);
    let back = match visit.actor.office() {
        Some(_) => format!("/desk/account?year={}", held.year),
        None => format!("/desk/accounts/{}?year={}", held.office_code, held.year),
    };
    let key = if is_withdrawn { "account-upheld-withdrawn" } else { "account-upheld-stands" };
    let page = OnePage {
        number,
        state: shell.t(key),
        tone: if is_withdrawn { "" } else { "stop" },
        rows: rows(shell, &held),
        back_href: shell.url(back),
        may_withdraw: !is_withdrawn && is_another && visit.actor.post.role == Role::Supervisor,
        base: shell.url(format!("/desk/upheld/{number}")),
        form,
        faults,
        shell,
    };
    show_as(status, &page)
}

fn rows(shell: &Shell, held: &HeldUpheld) -> Vec<(String, String)> {
    let mut rows = vec![
        (shell.t("account-office"), held.office.clone()),
        (shell.t("account-upheld-kind"), shell.coded(&held.kind)),
        (shell.t("account-subject"), held.subject.clone()),
        (shell.t("account-veto-acted"), shell.date(&held.acted_on)),
        (shell.t("account-director-then"), held.director.clone()),
        (shell.t("account-upheld-authority"), held.authority.clone()),
        (shell.t("account-upheld-decision"), held.decision.clone()),
        (shell.t("account-upheld-decided"), shell.date(&held.decided_on)),
        (shell.t("account-veto-evidence"), held.evidence.clone()),
        (shell.t("account-upheld-recorded"), shell.moment(&held.recorded_at)),
    ];
    if let Some(at) = &held.withdrawn_at {
        rows.push((shell.t("account-upheld-withdrawn-at"), shell.moment(at)));
        rows.push((shell.t("account-upheld-why"), held.withdrawn_why.clone()));
    }
    rows
}

/// POST /desk/upheld/{no}
pub async fn withdraw(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let act = WithdrawUpheld { number: number.clone(), reason: form.text("reason").to_owned() };
    match visit.city.act(&visit.actor, &form.key(), &act).await {
        Ok(()) => Ok(visit.done(&format!("/desk/upheld/{number}"), "upheld-withdrawn")),
        Err(error) => {
            let (status, faults) = visit.mendable(error)?;
            page(&visit, &number, status, &form, &faults).await
        }
    }
}
