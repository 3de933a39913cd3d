//! Suspending or ending a contract before its time, for either side: the password is asked for first, so that
//! nothing typed is lost (C53).

use app::Error;
use app::contracts::Contract;
use app::performance::halt::{self, AnswerHalt, AskHalt, HaltRow, LiftHalt};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::contracts::ContractStage;
use domain::kernel::{Coded, Role};
use domain::performance::{HaltGround, HaltKind, HaltState};

use super::own::signed;
use super::{contract, mendable, plain};
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show_as};

#[derive(Template)]
#[template(path = "performance/halt.html")]
struct HaltPage<'a> {
    shell: &'a Shell,
    contract: &'a Contract,
    base: String,
    halts: Vec<HaltRow>,
    is_purchaser: bool,
    may_act: bool,
    may_ask: bool,
    kinds: Vec<Choice>,
    grounds: Vec<Choice>,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /me/contracts/{no}/halt and /desk/contracts/{no}/halt
pub async fn index(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    if !visit.actor.fresh {
        return Err(visit.error(Error::PasswordNeeded));
    }
    page(&visit, &number, &Form::default(), plain()).await
}

fn is_purchaser(visit: &Visit) -> bool {
    visit.actor.post.role != Role::OrganisationUser
}

/// The contract when the actor is one of its sides.
async fn of_side(visit: &Visit, number: &str) -> Result<Contract, PageError> {
    let contract = signed(visit, contract(visit, number).await?)?;
    let is_side = visit.actor.office() == Some(contract.office_id)
        || visit.actor.organisation() == Some(contract.organisation_id);
    if is_side { Ok(contract) } else { Err(visit.error(Error::NotFound)) }
}

async fn page(
    visit: &Visit,
    number: &str,
    form: &Form,
    (status, faults): (StatusCode, Vec<FieldFault>),
) -> Result<Response, PageError> {
    let contract = of_side(visit, number).await?;
    let halts = halt::of(&visit.city, contract.id).await.map_err(|error| visit.error(error))?;
    let (shell, is_purchaser) = (&visit.shell, is_purchaser(visit));
    let is_standing = halts.iter().any(|one| matches!(one.state, HaltState::Asked | HaltState::InForce));
    let grounds = HaltGround::ALL.iter().filter(|one| is_purchaser || **one == HaltGround::Agreement);
    let page = HaltPage {
        shell,
        base: shell.url(format!("{}/contracts/{number}", desk(is_purchaser))),
        may_act: visit.actor.post.role == Role::OfficeDirector || !is_purchaser,
        may_ask: contract.stage == ContractStage::Signed && !is_standing,
        is_purchaser,
        kinds: choices(shell, HaltKind::ALL.iter(), form.trimmed("kind")),
        grounds: choices(shell, grounds, form.trimmed("ground")),
        halts,
        contract: &contract,
        form,
        faults: &faults,
    };
    show_as(status, &page)
}

fn desk(is_purchaser: bool) -> &'static str {
    if is_purchaser { "/desk" } else { "/me" }
}

fn choices<'a, C: Coded>(shell: &Shell, members: impl Iterator<Item = &'a C>, chosen: &str) -> Vec<Choice> {
    members.map(|one| Choice::new(one.code(), shell.coded(one), chosen)).collect()
}

/// POST …/{no}/halt: the step by its name.
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let contract = of_side(&visit, &number).await?.id;
    let (city, actor, key) = (&visit.city, &visit.actor, form.key());
    let (halt, version) =
        (form.number("halt").unwrap_or_default(), form.number("version").unwrap_or_default());
    let step = form.trimmed("step").to_owned();
    let answer = match step.as_str() {
        "halt-ask" => {
            let command = AskHalt {
                contract,
                kind: HaltKind::from_code(form.trimmed("kind")).unwrap_or(HaltKind::Suspension),
                ground: HaltGround::from_code(form.trimmed("ground")),
                reason: form.text("reason").to_owned(),
                compensation: form.text("compensation").to_owned(),
            };
            city.act(actor, &key, &command).await.map(|_| ())
        }
        "halt-agree" | "halt-decline" => {
            let agrees = step == "halt-agree";
            city.act(actor, &key, &AnswerHalt { contract, halt, version, agrees }).await
        }
        "halt-lift" => city.act(actor, &key, &LiftHalt { contract, halt, version }).await,
        _ => Err(Error::NotFound),
    };
    match answer {
        Ok(()) => {
            let path = format!("{}/contracts/{number}/delivery", desk(is_purchaser(&visit)));
            Ok(visit.done(&path, &format!("performance-{step}")))
        }
        Err(error) => {
            let faults = mendable(&visit, error)?;
            page(&visit, &number, &form, faults).await
        }
    }
}
