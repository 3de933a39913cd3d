//! The organisation's own page: every condition with its rule, the application, how it stands, and the way out.

use app::cultivation::apply::{self, ApplyForProgramme, Withdraw};
use app::cultivation::case::Enrolment;
use app::cultivation::programme::{self, Programme};
use app::cultivation::{partners, read};
use app::{Error, frozen};
use askama::Template;
use axum::response::Response;
use domain::cultivation::{Asked, EnrolmentStage, MediationPart, ServiceTag};
use domain::kernel::{Coded, Level};
use domain::registry::enrolled::ProgrammeType;

use super::partner_name;
use super::view::{EnrolmentView, view};
use crate::shell::findings::{FindingLine, finding_lines};
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show, show_faults};

#[derive(Template)]
#[template(path = "cultivation/own.html")]
struct OwnPage<'a> {
    shell: &'a Shell,
    lines: &'a [Enrolment],
    conditions: Vec<FindingLine>,
    /// The programme that takes applications, when every condition is met.
    taking: Option<Programme>,
    kinds: Vec<Choice>,
    parts: Vec<Choice>,
    services: Vec<Choice>,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /me/cultivation
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    page(&visit, &Form::default(), &[]).await
}

/// POST /me/cultivation
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let apply = ApplyForProgramme { year: form.number("year").unwrap_or_default(), asked: asked(&form) };
    match visit.city.act(&visit.actor, &form.key(), &apply).await {
        Ok(number) => Ok(visit.done(&format!("/me/cultivation/{number}"), "cultivation-applied")),
        Err(error) => {
            let faults = visit.faults(error)?;
            page(&visit, &form, &faults).await
        }
    }
}

fn members<C: Coded>(form: &Form, field: &str) -> Vec<C> {
    form.every(field).into_iter().filter_map(C::from_code).collect()
}

fn asked(form: &Form) -> Asked {
    Asked {
        kinds: members(form, "kind"),
        parts: members(form, "part"),
        sub_services: members(form, "service"),
        statement: form.text("statement").to_owned(),
        declares: form.is_ticked("declares"),
    }
}

async fn page(visit: &Visit, form: &Form, faults: &[FieldFault]) -> Result<Response, PageError> {
    let (city, shell) = (&visit.city, &visit.shell);
    let fail = |error: Error| visit.error(error);
    let own = visit.actor.organisation().ok_or_else(|| visit.error(Error::NotFound))?;
    let lines = read::own(city, &visit.actor).await.map_err(fail)?;
    let found = apply::conditions(city, own).await.map_err(fail)?;
    let is_open = found.iter().all(|finding| finding.level != Level::Barred);
    let taking = programme::taking(city, shell.now().date()).await.map_err(fail)?;
    let hint = |kind: &ProgrammeType| match partners::of(*kind) {
        Some(_) => shell.tx("cultivation-partner-hint", partner_name(shell, *kind)),
        None => shell.t("cultivation-partner-none"),
    };
    let kind = |one: &ProgrammeType| {
        Choice::new(one.code(), shell.coded(one), form.trimmed("kind")).with_hint(hint(one))
    };
    let mut parts = vec![Choice::new("", shell.t("cultivation-part-none"), form.trimmed("part"))];
    parts.extend(
        MediationPart::ALL.iter().map(|one| Choice::new(one.code(), shell.coded(one), form.trimmed("part"))),
    );
    let service = |one: &ServiceTag| Choice {
        value: one.code().to_owned(),
        label: shell.txy("cultivation-service-of", shell.coded(one), shell.coded(&one.of())),
        hint: String::new(),
        chosen: form.has("service", one.code()),
    };
    let page = OwnPage {
        lines: &lines,
        conditions: finding_lines(shell, &frozen::thaw(&frozen::freeze(&found))),
        taking: taking.filter(|_| is_open),
        kinds: ProgrammeType::ALL.iter().map(kind).collect(),
        parts,
        services: ServiceTag::ALL.iter().map(service).collect(),
        form,
        faults,
        shell,
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

#[derive(Template)]
#[template(path = "cultivation/own_one.html")]
struct OwnOnePage<'a> {
    shell: &'a Shell,
    case: &'a Enrolment,
    view: EnrolmentView,
    steps: Vec<(String, String, String)>,
    may_withdraw: bool,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /me/cultivation/{no}
pub async fn show_one(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    one(&visit, &number, &Form::default(), &[]).await
}

/// POST /me/cultivation/{no}: takes the application back, or leaves.
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let case = own_case(&visit, &number).await?;
    let withdraw = Withdraw { enrolment: case.id, reason: form.text("reason").to_owned() };
    match visit.city.act(&visit.actor, &form.key(), &withdraw).await {
        Ok(()) => Ok(visit.done(&format!("/me/cultivation/{number}"), "cultivation-withdrawn")),
        Err(error) => {
            let faults = visit.faults(error)?;
            one(&visit, &number, &form, &faults).await
        }
    }
}

async fn own_case(visit: &Visit, number: &str) -> Result<Enrolment, PageError> {
    read::by_number(&visit.city, &visit.actor, number).await.map_err(|error| visit.error(error))
}

async fn one(visit: &Visit, number: &str, form: &Form, faults: &[FieldFault]) -> Result<Response, PageError> {
    let case = own_case(visit, number).await?;
    let view = view(visit, &case, false).await?;
    let is_enrolled = case.stage == EnrolmentStage::Enrolled;
    let page = OwnOnePage {
        steps: steps(&visit.shell, case.stage),
        may_withdraw: case.stage.is_open() || (is_enrolled && view.end.is_none()),
        shell: &visit.shell,
        case: &case,
        view,
        form,
        faults,
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

/// The steps of an enrolment that goes its usual way, each done, current or still to come.
fn steps(shell: &Shell, stage: EnrolmentStage) -> Vec<(String, String, String)> {
    use EnrolmentStage::{Applied, Enrolled, Heard, Publicised, Scored};
    const WAY: [EnrolmentStage; 5] = [Applied, Scored, Heard, Publicised, Enrolled];
    if !WAY.contains(&stage) {
        return Vec::new();
    }
    let step = |one: &EnrolmentStage| {
        let state = match one.cmp(&stage) {
            std::cmp::Ordering::Less => "done",
            std::cmp::Ordering::Equal => "current",
            std::cmp::Ordering::Greater => "next",
        };
        (shell.coded(one), state.to_owned(), shell.t(&format!("rating-step-{state}")))
    };
    WAY.iter().map(step).collect()
}
