//! The form in which an office writes the documents of a tender (C14, C19).

use app::tendering::queries::{self, Tender};
use app::tendering::requirement::WriteRequirement;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::{Coded, Fen, Refusal};
use domain::tendering::consortium::ConsortiumRule;
use domain::tendering::scoring_table::TieRule;
use domain::tendering::stage::Stage;

use super::{Head, choices, mendable, show_as};
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Typed, Visit, fault_at};

/// The long texts, in the order of the form.
const TEXTS: [&str; 9] = [
    "requirement",
    "deliverables",
    "qualification",
    "price_rule",
    "recipients_role",
    "performance_standard",
    "contract_draft",
    "venue",
    "challenge_contact",
];

/// One long text as the form shows it.
struct Area {
    name: &'static str,
    label: String,
    hint: String,
    value: String,
    error: String,
}

#[derive(Template)]
#[template(path = "tendering/requirement.html")]
struct RequirementPage<'a> {
    shell: &'a Shell,
    tender: &'a Tender,
    head: Head,
    base: String,
    areas: Vec<Area>,
    tie_rules: Vec<Choice>,
    consortia: Vec<Choice>,
    form: &'a Form,
    faults: &'a [FieldFault],
    may_write: bool,
}

async fn page(
    visit: &Visit,
    number: &str,
    typed: Option<&Form>,
    (status, faults): (StatusCode, Vec<FieldFault>),
) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let tender =
        queries::on_desk(&visit.city, &visit.actor, number).await.map_err(|error| visit.error(error))?;
    let kept = known(&tender);
    let form = typed.unwrap_or(&kept);
    let area = |name: &&'static str| {
        let key = name.replace('_', "-");
        Area {
            name,
            label: shell.t(&format!("tender-part-{key}")),
            hint: shell.t(&format!("tender-part-{key}-hint")),
            value: form.text(name).to_owned(),
            error: fault_at(&faults, name).to_owned(),
        }
    };
    let page = RequirementPage {
        shell,
        head: Head::of(shell, &tender),
        base: format!("/desk/tenders/{}", tender.number),
        areas: TEXTS.iter().map(area).collect(),
        tie_rules: choices::<TieRule>(shell, form.text("tie_rule")),
        consortia: choices::<ConsortiumRule>(shell, form.text("consortia")),
        form,
        faults: &faults,
        may_write: shell.is_role("office_staff") && tender.stage == Stage::Drafting,
        tender: &tender,
    };
    show_as(status, &page)
}

fn known(tender: &Tender) -> Form {
    let plain = |amount: Fen| amount.to_string().replace(',', "");
    Form::of([
        ("title", tender.title.clone()),
        ("requirement", tender.requirement.clone()),
        ("deliverables", tender.deliverables.clone()),
        ("qualification", tender.qualification.clone()),
        ("price_rule", tender.price_rule.clone()),
        ("recipients_role", tender.recipients_role.clone()),
        ("performance_standard", tender.performance_standard.clone()),
        ("contract_draft", tender.contract_draft.clone()),
        ("venue", tender.venue.clone()),
        ("challenge_contact", tender.challenge_contact.clone()),
        ("term_months", tender.term_months.to_string()),
        ("ceiling", plain(tender.ceiling_fen)),
        ("tie_rule", tender.tie_rule.code().to_owned()),
        ("panel_size", tender.panel_size.to_string()),
        ("designers", tender.designers.clone()),
        ("consortia", tender.consortium_rule().code().to_owned()),
    ])
}

/// GET /desk/tenders/{no}/requirement
pub async fn edit(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    page(&visit, &number, None, (StatusCode::OK, Vec::new())).await
}

/// POST /desk/tenders/{no}/requirement
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let tender = queries::on_desk(&visit.city, &visit.actor, &number).await.map_err(fail)?;
    let mut typed = Typed::of(&visit, &form);
    let write = command(&tender, &form, &mut typed);
    let answer = typed.ask(&visit, &form.key(), &write).await;
    match answer {
        Ok(()) => {
            let version = form.number("version").map(|version| version + 1);
            Ok(visit.saved(&format!("/desk/tenders/{number}"), "requirement-saved", version))
        }
        Err(error) => {
            let faults = mendable(&visit, error)?;
            page(&visit, &number, Some(&form), faults).await
        }
    }
}

fn command(tender: &Tender, form: &Form, typed: &mut Typed<'_>) -> WriteRequirement {
    let unreadable = || Refusal::new("tendering.number-unreadable", "C19");
    WriteRequirement {
        tender: tender.id,
        version: form.number("version").unwrap_or(0),
        title: typed.text("title"),
        requirement: typed.text("requirement"),
        deliverables: typed.text("deliverables"),
        qualification: typed.text("qualification"),
        price_rule: typed.text("price_rule"),
        recipients_role: typed.text("recipients_role"),
        performance_standard: typed.text("performance_standard"),
        contract_draft: typed.text("contract_draft"),
        challenge_contact: typed.text("challenge_contact"),
        venue: typed.text("venue"),
        ceiling: typed.yuan("ceiling"),
        term_months: typed.number("term_months", unreadable()),
        panel_size: typed.number("panel_size", unreadable()),
        tie_rule: TieRule::from_code(form.text("tie_rule")).unwrap_or(TieRule::Lot),
        consortia: ConsortiumRule::from_code(form.text("consortia")).unwrap_or(ConsortiumRule::NotStated),
        designers: typed.text("designers"),
    }
}
