//! An expert's own ties (C38): what is on record, and declaring more. Nothing takes one back: a
//! tie that is over is declared again with its last day.

use app::tendering::expert::{self, ListedExpert, ListedRelation};
use askama::Template;
use axum::response::Response;
use domain::tendering::recusal::TieKind;

use super::desk_experts::declare;
use super::options;
use crate::shell::{Choice, FieldFault, Form, PageError, Shell, Visit, fault_at, show, show_faults};

#[derive(Template)]
#[template(path = "tendering/review/expert_relations.html")]
struct RelationsPage<'a> {
    shell: &'a Shell,
    relations: &'a [ListedRelation],
    kinds: Vec<Choice>,
    form: &'a Form,
    faults: &'a [FieldFault],
}

fn page<'a>(
    visit: &'a Visit,
    relations: &'a [ListedRelation],
    form: &'a Form,
    faults: &'a [FieldFault],
) -> RelationsPage<'a> {
    let kinds = options::<TieKind>(&visit.shell, form.text("kind"));
    RelationsPage { shell: &visit.shell, relations, kinds, form, faults }
}

/// GET /expert/relations
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let (_, relations) = load(&visit).await?;
    show(&page(&visit, &relations, &Form::default(), &[]))
}

async fn load(visit: &Visit) -> Result<(ListedExpert, Vec<ListedRelation>), PageError> {
    let fail = |error| visit.error(error);
    let expert = expert::own(&visit.city, &visit.actor).await.map_err(fail)?;
    let relations = expert::relations(&visit.city, expert.id).await.map_err(fail)?;
    Ok((expert, relations))
}

/// POST /expert/relations
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let (expert, relations) = load(&visit).await?;
    match declare(&visit, expert.id, &form).await {
        Ok(()) => Ok(visit.done("/expert/relations", "review-expert-saved")),
        Err(error) => {
            let faults = visit.faults(error)?;
            show_faults(&page(&visit, &relations, &form, &faults))
        }
    }
}
