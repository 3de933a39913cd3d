//! The bureau's list of enrolments with its filters, and the opening of a year's programme.

use app::cultivation::case::Enrolment;
use app::cultivation::programme::{self, OpenProgramme, Programme};
use app::cultivation::read::{self, Filter};
use askama::Template;
use axum::response::Response;
use domain::cultivation::EnrolmentStage;
use domain::kernel::{Coded, Role, parse_date};
use domain::registry::enrolled::ProgrammeType;

use super::all_or;
use crate::shell::form::pairs;
use crate::shell::{Choice, FieldFault, Form, PageError, Shell, Visit, fault_at, show, show_faults};

#[derive(Template)]
#[template(path = "cultivation/desk.html")]
struct DeskPage<'a> {
    shell: &'a Shell,
    lines: &'a [Enrolment],
    programmes: &'a [Programme],
    kinds: Vec<Choice>,
    stages: Vec<Choice>,
    years: Vec<Choice>,
    may_open: bool,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// Whether the reader runs the programme, rather than only reading.
pub(super) fn may_work(visit: &Visit) -> bool {
    visit.actor.post.role == Role::OrganisationBureau
}

/// GET /desk/cultivation
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    page(&visit, &Form::default(), &[]).await
}

/// POST /desk/cultivation: opens a year's programme.
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let open = OpenProgramme {
        year: form.number("year"),
        notice: form.text("notice").to_owned(),
        apply_until: parse_date(form.trimmed("apply_until")).ok(),
    };
    match visit.city.act(&visit.actor, &form.key(), &open).await {
        Ok(()) => Ok(visit.done("/desk/cultivation", "cultivation-opened")),
        Err(error) => {
            let faults = visit.faults(error)?;
            page(&visit, &form, &faults).await
        }
    }
}

async fn page(visit: &Visit, form: &Form, faults: &[FieldFault]) -> Result<Response, PageError> {
    let (city, shell) = (&visit.city, &visit.shell);
    let asked = Form::of(pairs(shell.query.as_bytes()));
    let filter = Filter {
        kind: ProgrammeType::from_code(asked.trimmed("kind")),
        stage: EnrolmentStage::from_code(asked.trimmed("stage")),
        year: asked.number("of"),
    };
    let lines = read::desk_list(city, filter).await.map_err(|error| visit.error(error))?;
    let programmes = programme::all(city).await.map_err(|error| visit.error(error))?;
    let year = asked.trimmed("of");
    let all = Choice::new("", shell.t("cultivation-all"), year);
    let years = programmes.iter().map(|one| Choice::new(one.year.to_string(), one.year.to_string(), year));
    let page = DeskPage {
        years: std::iter::once(all).chain(years).collect(),
        kinds: all_or::<ProgrammeType>(shell, asked.trimmed("kind")),
        stages: all_or::<EnrolmentStage>(shell, asked.trimmed("stage")),
        may_open: may_work(visit),
        lines: &lines,
        programmes: &programmes,
        form,
        faults,
        shell,
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}
