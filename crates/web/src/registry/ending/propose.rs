//! Proposing that the authority ends an organisation, on a listed ground (B23, B27).

use app::registry::charity::idle::{self, TellCharityToEnd};
use app::registry::ending::revocation::ProposeRevocation;
use app::registry::profile;
use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, RuleKey};
use domain::registry::OrganisationKind;
use domain::registry::ending::RevocationGround;

use super::{Told, ending_no, missing, plain, show_as};
use crate::documents::preview;
use crate::registry::change::send_release;
use crate::registry::credit::penalty_form;
use crate::shell::form::pairs;
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Typed, Visit, fault_at};

#[derive(Template)]
#[template(path = "registry/ending/propose.html")]
struct ProposePage<'a> {
    shell: &'a Shell,
    name: String,
    uscc: String,
    grounds: Vec<Choice>,
    release_days: i64,
    /// The years of which a charity is still to be told; empty when there are none.
    idle: String,
    group_days: i64,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /desk/endings/organisations/{uscc}
pub async fn new(visit: Visit, Path(uscc): Path<String>) -> Result<Response, PageError> {
    // A ground that is named in the address is chosen already.
    let asked = Form::of(pairs(visit.shell.query.as_bytes()));
    page(&visit, &uscc, &asked, plain()).await
}

async fn page(visit: &Visit, uscc: &str, form: &Form, (status, faults): Told) -> Result<Response, PageError> {
    let held = profile::organisation(&visit.city, uscc).await.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    let page = ProposePage {
        name: held.name,
        uscc: held.uscc,
        grounds: grounds(shell, held.kind, form.trimmed("ground")),
        idle: match idle::untold(&visit.city, held.id).await.map_err(|error| visit.error(error))? {
            Some(years) => shell.txy("ending-charity-idle", years.first, years.last),
            None => String::new(),
        },
        group_days: visit.city.book.on(shell.now().date()).number(RuleKey::CharityLiquidationDays),
        release_days: visit.city.book.on(shell.now().date()).number(RuleKey::NewSupervisingUnitDays),
        form,
        faults: &faults,
        shell,
    };
    show_as(status, &page)
}

/// The grounds of the organisation's own kind, each with where its regulation has it.
fn grounds(shell: &Shell, kind: OrganisationKind, current: &str) -> Vec<Choice> {
    let choice = |ground: RevocationGround| {
        let cited = ground.place(kind).map_or_else(String::new, |place| penalty_form::cited(shell, place));
        Choice::new(ground.code(), shell.coded(&ground), current).with_hint(cited)
    };
    RevocationGround::of(kind).into_iter().map(choice).collect()
}

/// POST /desk/endings/organisations/{uscc}
pub async fn create(visit: Visit, Path(uscc): Path<String>, form: Form) -> Result<Response, PageError> {
    let held = profile::organisation(&visit.city, &uscc).await.map_err(|error| visit.error(error))?;
    let mut typed = Typed::of(&visit, &form);
    let ground = typed.chosen("ground", RevocationGround::RefusesSupervision, missing("B23"));
    let act = ProposeRevocation { organisation: held.id, ground, evidence: typed.text("evidence") };
    let done = typed.ask(&visit, &form.key(), &act).await;
    match done {
        Ok(number) => Ok(visit.done(&format!("/desk/endings/{}", ending_no(number)), "ending-proposed")),
        Err(error) => {
            let told = visit.mendable(error)?;
            page(&visit, &uscc, &form, told).await
        }
    }
}

/// POST /desk/endings/organisations/{uscc}/charity-end: a charity is told that it must end.
pub async fn tell_charity(visit: Visit, Path(uscc): Path<String>, form: Form) -> Result<Response, PageError> {
    if preview::is_edited(&form) {
        return page(&visit, &uscc, &form, plain()).await;
    }
    let held = profile::organisation(&visit.city, &uscc).await.map_err(|error| visit.error(error))?;
    let (_, wish) = preview::step_of(&form);
    let mut typed = Typed::of(&visit, &form);
    let act = TellCharityToEnd { organisation: held.id, note: typed.text("note") };
    match typed.carry(&visit, &form.key(), wish, &act).await {
        Ok(foreseen) => {
            let action = format!("/desk/endings/organisations/{uscc}/charity-end");
            let done = || Ok(visit.done("/desk/endings", "ending-charity-told"));
            let says = (action.as_str(), "tell", "ending-charity-end-send");
            preview::seen(&visit, &form, says, foreseen).unwrap_or_else(done)
        }
        Err(error) => {
            let told = visit.mendable(error)?;
            page(&visit, &uscc, &form, told).await
        }
    }
}

/// POST /desk/endings/organisations/{uscc}/release: the unit wrote to the office that it no longer supervises.
pub async fn release(visit: Visit, Path(uscc): Path<String>, form: Form) -> Result<Response, PageError> {
    let held = profile::organisation(&visit.city, &uscc).await.map_err(|error| visit.error(error))?;
    match send_release(&visit, held.id, &form).await {
        Ok(()) => Ok(visit.done("/desk/endings", "change-release-reported")),
        Err(error) => {
            let told = visit.mendable(error)?;
            page(&visit, &uscc, &form, told).await
        }
    }
}
