//! Taking a person into the expert pool (C39): somebody with an expert's post, and the record that the
//! draw asks about.

use app::Error;
use app::tendering::expert::{self, AddExpert, Newcomer};
use askama::Template;
use axum::response::Response;
use domain::kernel::{PersonId, Refusal};

use super::desk_experts::record;
use crate::shell::{Choice, FieldFault, Form, PageError, Shell, Typed, Visit, fault_at, show, show_faults};

#[derive(Template)]
#[template(path = "tendering/review/desk_expert_new.html")]
struct NewPage<'a> {
    shell: &'a Shell,
    people: Vec<Choice>,
    form: &'a Form,
    faults: &'a [FieldFault],
}

fn page<'a>(
    visit: &'a Visit,
    newcomers: &[Newcomer],
    form: &'a Form,
    faults: &'a [FieldFault],
) -> NewPage<'a> {
    let (shell, current) = (&visit.shell, form.text("person"));
    let mut people = vec![Choice::new("", shell.t("review-choose"), current)];
    people.extend(
        newcomers
            .iter()
            .map(|one| Choice::new(one.id.0.to_string(), format!("{}（{}）", one.name, one.login), current)),
    );
    NewPage { shell, people, form, faults }
}

/// GET /desk/experts/new
pub async fn new(visit: Visit) -> Result<Response, PageError> {
    let newcomers = load(&visit).await?;
    show(&page(&visit, &newcomers, &Form::default(), &[]))
}

async fn load(visit: &Visit) -> Result<Vec<Newcomer>, PageError> {
    expert::newcomers(&visit.city).await.map_err(|error| visit.error(error))
}

/// POST /desk/experts/new
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let newcomers = load(&visit).await?;
    match perform(&visit, &form).await {
        Ok(id) => Ok(visit.done(&format!("/desk/experts/{id}"), "review-expert-added")),
        Err(error) => {
            let faults = visit.faults(error)?;
            show_faults(&page(&visit, &newcomers, &form, &faults))
        }
    }
}

async fn perform(visit: &Visit, form: &Form) -> Result<i64, Error> {
    let mut typed = Typed::of(visit, form);
    let person = typed.number("person", Refusal::new("tendering.expert-post-missing", "C39"));
    let add = AddExpert { person: PersonId(person), record: record(&mut typed, None) };
    Ok(typed.ask(visit, &form.key(), &add).await?.0)
}
