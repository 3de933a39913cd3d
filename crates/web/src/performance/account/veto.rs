//! One veto: what was raised, and discipline's decision.

use app::performance::account::veto::{self, DecideVeto, HeldVeto};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::Role;
use domain::performance::account::VetoState;

use crate::shell::{FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show_as};

#[derive(Template)]
#[template(path = "performance/account/veto.html")]
struct VetoPage<'a> {
    shell: &'a Shell,
    number: &'a str,
    state: String,
    tone: &'static str,
    rows: Vec<(String, String)>,
    office_href: String,
    may_decide: bool,
    waits: bool,
    base: String,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /desk/vetoes/{no}
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
    let held = veto::by_number(&visit.city, number).await.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    let is_raised = held.state == VetoState::Raised;
    let is_supervisor = visit.actor.post.role == Role::Supervisor;
    let is_raiser = visit.actor.person == Some(held.raised_by);
    let page = VetoPage {
        number,
        state: shell.coded(&held.state),
        tone: match held.state {
            VetoState::Raised => "wait",
            VetoState::Proven => "stop",
            VetoState::Unfounded => "",
        },
        rows: rows(shell, &held),
        office_href: shell.url(format!("/desk/accounts/{}?year={}", held.office_code, held.year)),
        may_decide: is_raised && is_supervisor && !is_raiser,
        waits: is_raised && (is_raiser || !is_supervisor),
        base: shell.url(format!("/desk/vetoes/{number}")),
        form,
        faults,
        shell,
    };
    show_as(status, &page)
}

fn rows(shell: &Shell, held: &HeldVeto) -> Vec<(String, String)> {
    let mut rows = vec![
        (shell.t("account-office"), held.office.clone()),
        (
            shell.t("account-veto-ground"),
            shell.txy("account-ground-rule", shell.coded(&held.ground), held.ground.rule()),
        ),
        (shell.t("account-subject"), held.subject.clone()),
        (shell.t("account-veto-acted"), shell.date(&held.acted_on)),
        (shell.t("account-director-then"), held.director.clone()),
        (shell.t("account-veto-evidence"), held.evidence.clone()),
        (shell.t("account-veto-raised"), shell.moment(&held.raised_at)),
    ];
    if let Some(at) = &held.decided_at {
        rows.push((shell.t("account-veto-decided"), shell.moment(at)));
        rows.push((shell.t("account-veto-reason"), held.reason.clone()));
    }
    rows
}

/// POST /desk/vetoes/{no}
pub async fn decide(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let act = DecideVeto {
        number: number.clone(),
        is_proven: form.trimmed("step") == "proven",
        reason: form.text("reason").to_owned(),
    };
    match visit.city.act(&visit.actor, &form.key(), &act).await {
        Ok(()) => Ok(visit.done(&format!("/desk/vetoes/{number}"), "veto-decided")),
        Err(error) => {
            let (status, faults) = visit.mendable(error)?;
            page(&visit, &number, status, &form, &faults).await
        }
    }
}
