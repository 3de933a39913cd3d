//! Signing: the page that says what is signed, and the signature itself. The password is asked for first.

use app::contracts::{self, Contract, SignAsBuyer, SignAsProvider};
use askama::Template;
use axum::response::Response;
use domain::kernel::{ContractId, Role};

use crate::shell::{FieldFault, Form, PageError, Path, Shell, Visit, show, show_faults};

#[derive(Template)]
#[template(path = "contracts/signature.html")]
struct SignaturePage<'a> {
    shell: &'a Shell,
    contract: &'a Contract,
    capitals: String,
    back: String,
    faults: &'a [FieldFault],
}

/// GET …/{no}/signature
pub async fn new(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let contract = load(&visit, &number).await?;
    if !visit.actor.fresh {
        return Err(visit.error(app::Error::PasswordNeeded));
    }
    show(&page(&visit, &contract, &[]))
}

/// POST …/{no}/signature
pub async fn create(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let contract = load(&visit, &number).await?;
    let version = form.number("version").unwrap_or_default();
    let (city, actor, key) = (&visit.city, &visit.actor, form.key());
    let answer = match actor.post.role {
        Role::OrganisationUser => {
            city.act(actor, &key, &SignAsProvider { contract: contract.id, version }).await
        }
        _ => city.act(actor, &key, &SignAsBuyer { contract: contract.id, version }).await,
    };
    match answer {
        Ok(()) => Ok(visit.done(&home(&visit, &number), "contract-signed")),
        Err(error) => {
            let faults = visit.faults(error)?;
            show_faults(&page(&visit, &contract, &faults))
        }
    }
}

fn page<'a>(visit: &'a Visit, contract: &'a Contract, faults: &'a [FieldFault]) -> SignaturePage<'a> {
    SignaturePage {
        shell: &visit.shell,
        contract,
        capitals: contract.amount_fen.capitals(),
        back: home(visit, &contract.number),
        faults,
    }
}

async fn load(visit: &Visit, number: &str) -> Result<Contract, PageError> {
    let found = contracts::by_number(&visit.city, &visit.actor, number).await;
    found.map(|(contract, _)| contract).map_err(|error| visit.error(error))
}

/// The contract's page on the signer's own desk.
fn home(visit: &Visit, number: &str) -> String {
    let desk = if visit.actor.post.role == Role::OrganisationUser { "/me" } else { "/desk" };
    format!("{desk}/contracts/{number}")
}

/// The contract that a number names, for the desk's forms.
pub(super) async fn id_of(visit: &Visit, number: &str) -> Result<ContractId, PageError> {
    load(visit, number).await.map(|contract| contract.id)
}
