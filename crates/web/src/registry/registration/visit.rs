//! The visit to an applicant's premises: an officer writes down what two found, the other signs (B9, S35).

use app::registry::registration::read;
use app::registry::registration::visit::{self, Visit};
use app::registry::registration::{Case, RecordVisit, SignVisit};
use app::{Error, RequestKey};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, PersonId, Refusal};
use domain::registry::registration::{CaseAct, TypedVisit, VisitPoint};

use crate::shell::{
    Choice, FieldFault, Form, PageError, Path, Shell, Typed, Visit as Reading, fault_at, named, show,
    show_faults, words,
};

/// A point to be compared.
struct PointField {
    name: String,
    label: String,
    choices: Vec<Choice>,
    error: String,
}

/// A point that was compared.
pub struct PointLine {
    pub(crate) label: String,
    pub(crate) agrees: bool,
}

/// A record as pages show it.
pub struct VisitLine {
    pub(crate) of: Visit,
    pub(crate) points: Vec<PointLine>,
}

/// The records of a case, the oldest first.
pub(super) fn lines(shell: &Shell, visits: &[Visit]) -> Vec<VisitLine> {
    let line = |one: &Visit| VisitLine {
        points: one
            .points()
            .map(|(point, agrees)| PointLine { label: words::coded(shell.lang, point), agrees })
            .into(),
        of: one.clone(),
    };
    visits.iter().map(line).collect()
}

#[derive(Template)]
#[template(path = "registry/registration/visit.html")]
struct RecordPage<'a> {
    shell: &'a Shell,
    case: &'a Case,
    number: &'a str,
    title: String,
    form: &'a Form,
    faults: &'a [FieldFault],
    summary: Vec<FieldFault>,
    companions: Vec<Choice>,
    points: Vec<PointField>,
    back: String,
}

#[derive(Template)]
#[template(path = "registry/registration/visit_signature.html")]
struct SignPage<'a> {
    shell: &'a Shell,
    case: &'a Case,
    number: &'a str,
    title: String,
    form: &'a Form,
    faults: &'a [FieldFault],
    record: Option<VisitLine>,
    verdicts: Vec<Choice>,
    back: String,
}

/// GET /desk/cases/{no}/visit
pub async fn new(reading: Reading, Path(number): Path<String>) -> Result<Response, PageError> {
    let case = case_of(&reading, &number).await?;
    let (version, typed) = (case.version, TypedVisit::default());
    let empty = RecordVisit { case: case.id, version, typed, companion: None };
    let asking = reading.rehearsing();
    let rehearsed = reading.city.act(&asking.actor, &RequestKey::None, &empty).await;
    reading.expect_possible(rehearsed, &format!("/desk/cases/{number}"))?;
    let domicile = case.answers().text("domicile").to_owned();
    let today = reading.shell.now().date().to_string();
    let form = Form::of([("place", domicile), ("visited_on", today)]);
    record_page(&reading, &case, &number, &form, &[]).await
}

async fn case_of(reading: &Reading, number: &str) -> Result<Case, PageError> {
    read::on_desk(&reading.city, number).await.map_err(|error| reading.error(error))
}

async fn record_page(
    reading: &Reading,
    case: &Case,
    number: &str,
    form: &Form,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let shell = &reading.shell;
    let officers = visit::companions(&reading.city, &reading.actor, case).await;
    let officers = officers.map_err(|error| reading.error(error))?;
    let chosen = form.trimmed("companion");
    let nobody = Choice::new("", shell.t("visit-companion-choose"), chosen);
    let choice = |one: visit::Officer| Choice::new(one.id.0.to_string(), one.name, chosen);
    let label =
        |field: &str| matches!(field, "place" | "met" | "text").then(|| shell.t(&format!("visit-{field}")));
    let page = RecordPage {
        shell,
        case,
        number,
        title: words::coded(shell.lang, CaseAct::RecordVisit),
        form,
        faults,
        summary: named(shell, faults, label),
        companions: std::iter::once(nobody).chain(officers.into_iter().map(choice)).collect(),
        points: VisitPoint::ALL.iter().map(|point| point_field(shell, *point, form, faults)).collect(),
        back: shell.url(format!("/desk/cases/{number}")),
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

fn point_name(point: VisitPoint) -> String {
    format!("point-{}", point.code())
}

fn point_field(shell: &Shell, point: VisitPoint, form: &Form, faults: &[FieldFault]) -> PointField {
    let name = point_name(point);
    let choices = [("yes", "visit-agrees"), ("no", "visit-differs")]
        .map(|(code, key)| Choice::new(code, shell.t(key), form.trimmed(&name)));
    PointField {
        label: words::coded(shell.lang, point),
        choices: choices.into(),
        error: fault_at(faults, &name).to_owned(),
        name,
    }
}

/// POST /desk/cases/{no}/visit
pub async fn create(reading: Reading, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let case = case_of(&reading, &number).await?;
    let act = RecordVisit {
        case: case.id,
        version: form.number("version").unwrap_or(case.version),
        typed: typed(&form),
        companion: form.number("companion").map(PersonId),
    };
    let key: RequestKey = form.key();
    match reading.city.act(&reading.actor, &key, &act).await {
        Ok(()) => Ok(reading.done(&format!("/desk/cases/{number}"), "visit-recorded")),
        Err(error) => {
            let faults = reading.faults(error)?;
            record_page(&reading, &case, &number, &form, &faults).await
        }
    }
}

fn typed(form: &Form) -> TypedVisit {
    let verdict = |point: &VisitPoint| match form.trimmed(&point_name(*point)) {
        "yes" => Some((*point, true)),
        "no" => Some((*point, false)),
        _ => None,
    };
    let text = |name: &str| form.text(name).to_owned();
    TypedVisit {
        visited_on: text("visited_on"),
        place: text("place"),
        met: text("met"),
        agrees: VisitPoint::ALL.iter().filter_map(verdict).collect(),
        text: text("text"),
    }
}

/// GET /desk/cases/{no}/visit-signature
pub async fn sign(reading: Reading, Path(number): Path<String>) -> Result<Response, PageError> {
    let case = case_of(&reading, &number).await?;
    let asking = reading.rehearsing();
    let declined = SignVisit { case: case.id, version: case.version, agrees: false, why: String::new() };
    let rehearsed = reading.city.act(&asking.actor, &RequestKey::None, &declined).await;
    reading.expect_possible(rehearsed, &format!("/desk/cases/{number}"))?;
    sign_page(&reading, &case, &number, &Form::default(), &[]).await
}

async fn sign_page(
    reading: &Reading,
    case: &Case,
    number: &str,
    form: &Form,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let shell = &reading.shell;
    let visits = visit::of(&reading.city, case).await.map_err(|error| reading.error(error))?;
    let waiting: Vec<Visit> = visits.into_iter().filter(Visit::is_waiting).collect();
    let verdicts = [("yes", "visit-sign"), ("no", "visit-decline")]
        .map(|(code, key)| Choice::new(code, shell.t(key), form.trimmed("verdict")));
    let page = SignPage {
        shell,
        case,
        number,
        title: words::coded(shell.lang, CaseAct::SignVisit),
        form,
        faults,
        record: lines(shell, &waiting).pop(),
        verdicts: verdicts.into(),
        back: shell.url(format!("/desk/cases/{number}")),
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

/// POST /desk/cases/{no}/visit-signature
pub async fn signed(reading: Reading, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let case = case_of(&reading, &number).await?;
    match give_signature(&reading, &case, &form).await {
        Ok(()) => Ok(reading.done(&format!("/desk/cases/{number}"), "visit-signed")),
        Err(error) => {
            let faults = reading.faults(error)?;
            sign_page(&reading, &case, &number, &form, &faults).await
        }
    }
}

async fn give_signature(reading: &Reading, of: &Case, form: &Form) -> Result<(), Error> {
    let (case, version) = (of.id, form.number("version").unwrap_or(of.version));
    let mut typed = Typed::of(reading, form);
    let agrees = typed.verdict("verdict", Refusal::new("registration.choice-missing", "B9"));
    let act = SignVisit { case, version, agrees, why: typed.text("why") };
    // Only who does not sign says why.
    typed.hangs("why", "verdict");
    typed.ask(reading, &form.key(), &act).await
}
