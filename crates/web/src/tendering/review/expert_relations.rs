//! An expert's own ties (C38): what is on record, declaring more, and taking one back without deleting it.

use app::tendering::expert::{self, ListedExpert};
use app::tendering::expert_tie::{self, ListedTie};
use askama::Template;
use axum::response::Response;
use domain::tendering::recusal::TieKind;

use super::desk_experts::declare;
use super::options;
use super::tie_back::{self, TieBack};
use crate::shell::{Choice, FieldFault, Form, PageError, Shell, Visit, fault_at, show, show_faults};

#[derive(Template)]
#[template(path = "tendering/review/expert_relations.html")]
struct RelationsPage<'a> {
    shell: &'a Shell,
    ties: &'a [ListedTie],
    back: TieBack,
    kinds: Vec<Choice>,
    form: &'a Form,
    faults: &'a [FieldFault],
}

fn page<'a>(
    visit: &'a Visit,
    ties: &'a [ListedTie],
    form: &'a Form,
    faults: &'a [FieldFault],
) -> RelationsPage<'a> {
    let kinds = options::<TieKind>(&visit.shell, form.text("kind"));
    let back = tie_back::choices(visit, ties, form);
    RelationsPage { shell: &visit.shell, ties, back, kinds, form, faults }
}

/// GET /expert/relations
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let (_, ties) = load(&visit).await?;
    show(&page(&visit, &ties, &Form::default(), &[]))
}

async fn load(visit: &Visit) -> Result<(ListedExpert, Vec<ListedTie>), PageError> {
    let fail = |error| visit.error(error);
    let expert = expert::own(&visit.city, &visit.actor).await.map_err(fail)?;
    let ties = expert_tie::ties_of(&visit.city, expert.id).await.map_err(fail)?;
    Ok((expert, ties))
}

/// POST /expert/relations: `act` is tie or back.
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let (expert, ties) = load(&visit).await?;
    let done = match form.text("act") {
        "back" => tie_back::take(&visit, &ties, &form).await.map(|()| "review-tie-back"),
        _ => declare(&visit, expert.id, &form).await.map(|()| "review-expert-saved"),
    };
    match done {
        Ok(done) => Ok(visit.done("/expert/relations", done)),
        Err(error) => {
            let faults = visit.faults(error)?;
            show_faults(&page(&visit, &ties, &form, &faults))
        }
    }
}
