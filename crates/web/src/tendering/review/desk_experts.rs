//! The expert pool on the desk (C39): the list, one expert, ties on record.

use app::Error;
use app::tendering::expert::{self, DeclareRelation, EditExpert, ExpertRecord, ListedExpert};
use app::tendering::expert_tie::{self, DecideTieError, ListedTie};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, ExpertId, OfficeId, OrganisationId, Role};
use domain::tendering::recusal::TieKind;

use super::options;
use super::tie_back::{self, TieBack};
use crate::shell::{
    Choice, FieldFault, Form, PageError, Path, Shell, Typed, Visit, fault_at, show, show_faults,
};

#[derive(Template)]
#[template(path = "tendering/review/desk_experts.html")]
struct PoolPage<'a> {
    shell: &'a Shell,
    experts: &'a [ListedExpert],
    may_edit: bool,
}

/// GET /desk/experts
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let experts = expert::pool(&visit.city).await.map_err(|error| visit.error(error))?;
    show(&PoolPage { shell: &visit.shell, experts: &experts, may_edit: may_edit(&visit) })
}

#[derive(Template)]
#[template(path = "tendering/review/desk_expert.html")]
struct ExpertPage<'a> {
    shell: &'a Shell,
    expert: &'a ListedExpert,
    ties: &'a [ListedTie],
    waiting: Vec<&'a ListedTie>,
    back: TieBack,
    kinds: Vec<Choice>,
    may_edit: bool,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /desk/experts/{id}
pub async fn show_one(visit: Visit, Path(id): Path<i64>) -> Result<Response, PageError> {
    let (expert, ties) = load(&visit, id).await.map_err(|error| visit.error(error))?;
    let form = prefilled(&expert);
    show(&page(&visit, &expert, &ties, &form, &[]))
}

fn may_edit(visit: &Visit) -> bool {
    visit.actor.post.role == Role::PurchaseLead
}

fn prefilled(expert: &ListedExpert) -> Form {
    let suspended = (expert.status != "active").then(|| ("is_suspended", "yes".to_owned()));
    let fields = [
        ("title", expert.title.clone()),
        ("fields", expert.fields.clone()),
        ("employer", expert.employer.clone()),
        ("employer_uscc", expert.employer_uscc.clone().unwrap_or_default()),
        ("born_on", expert.born_on.to_string()),
        ("version", expert.version.to_string()),
    ];
    Form::of(fields.into_iter().chain(suspended))
}

fn page<'a>(
    visit: &'a Visit,
    expert: &'a ListedExpert,
    ties: &'a [ListedTie],
    form: &'a Form,
    faults: &'a [FieldFault],
) -> ExpertPage<'a> {
    let kinds = options::<TieKind>(&visit.shell, form.text("kind"));
    let waiting = ties.iter().filter(|tie| tie.awaits(visit.actor.person)).collect();
    let (back, may_edit) = (tie_back::choices(visit, ties, form), may_edit(visit));
    ExpertPage { shell: &visit.shell, expert, ties, waiting, back, kinds, may_edit, form, faults }
}

async fn load(visit: &Visit, id: i64) -> Result<(ListedExpert, Vec<ListedTie>), Error> {
    let expert = expert::by_id(&visit.city, ExpertId(id)).await?;
    let ties = expert_tie::ties_of(&visit.city, expert.id).await?;
    Ok((expert, ties))
}

/// POST /desk/experts/{id}: `act` is save, tie, back, confirm or reject.
pub async fn update(visit: Visit, Path(id): Path<i64>, form: Form) -> Result<Response, PageError> {
    let (expert, ties) = load(&visit, id).await.map_err(|error| visit.error(error))?;
    match perform(&visit, &expert, &ties, &form).await {
        Ok(done) => Ok(visit.done(&format!("/desk/experts/{id}"), done)),
        Err(error) => {
            let faults = visit.faults(error)?;
            show_faults(&page(&visit, &expert, &ties, &form, &faults))
        }
    }
}

async fn perform(
    visit: &Visit,
    expert: &ListedExpert,
    ties: &[ListedTie],
    form: &Form,
) -> Result<&'static str, Error> {
    let (city, actor, key) = (&visit.city, &visit.actor, form.key());
    match form.text("act") {
        "tie" => return declare(visit, expert.id, form).await.map(|()| "review-expert-saved"),
        "back" => return tie_back::take(visit, ties, form).await.map(|()| "review-tie-back"),
        choice @ ("confirm" | "reject") => {
            let (tie, version) = tie_back::named(ties, form)?;
            let decide = DecideTieError { tie, version, is_error: choice == "confirm" };
            return city.act(actor, &key, &decide).await.map(|()| "review-tie-decided");
        }
        _ => {}
    }
    let mut typed = Typed::of(visit, form);
    let record = record(&mut typed, expert.office_id);
    let edit = EditExpert {
        expert: expert.id,
        version: form.number("version").unwrap_or_default(),
        record,
        is_suspended: form.is_ticked("is_suspended"),
    };
    typed.ask(visit, &key, &edit).await.map(|()| "review-expert-saved")
}

/// The record as typed.
pub(super) fn record(typed: &mut Typed<'_>, office: Option<OfficeId>) -> ExpertRecord {
    ExpertRecord {
        title: typed.text("title"),
        fields: typed.text("fields"),
        employer: typed.text("employer"),
        employer_uscc: Some(typed.text("employer_uscc").trim().to_owned()),
        office,
        born_on: typed.date("born_on"),
    }
}

/// Puts the tie that was typed on record.
pub(super) async fn declare(visit: &Visit, expert: ExpertId, form: &Form) -> Result<(), Error> {
    let kind = TieKind::from_code(form.text("kind")).ok_or(Error::NotFound)?;
    let mut typed = Typed::of(visit, form);
    let found = match expert::organisation_by_code(&visit.city, form.trimmed("organisation")).await {
        Ok(organisation) => Ok(organisation),
        Err(Error::Refused(refusal)) => Err(refusal),
        Err(other) => return Err(other),
    };
    let organisation = typed.read("organisation", OrganisationId(0), found);
    let ended_on = typed.date_if_any("ended_on");
    let declare = DeclareRelation { expert, organisation, kind, ended_on };
    typed.ask(visit, &form.key(), &declare).await.map(|_| ())
}
