//! The office's desk of contracts: what awaits a draft, and one contract from draft to signature.

use app::contracts::{
    self, AwaitingDraft, Contract, ContractLine, DraftContract, EditContract, MilestoneRow, OfferContract,
};
use app::tendering::bid_member::BidMember;
use askama::Template;
use axum::response::Response;
use domain::contracts::{ContractPart, ContractStage, LongTermTick, Milestone};
use domain::kernel::{Coded, ContractId, Role, TenderId};

use super::signature::id_of;
use super::tone;
use super::view::{Part, partners, parts, ticks};
use crate::shell::{
    Choice, FieldFault, Form, PageError, Path, Shell, Typed, Visit, fault_at, show, show_faults, words,
};

/// Rows for milestones that the form offers; empty rows are left out.
const MILESTONE_ROWS: usize = 8;
/// Parts that the office may still write.
const OPEN_PARTS: [ContractPart; 5] = [
    ContractPart::Settlement,
    ContractPart::RightsAndDuties,
    ContractPart::Breach,
    ContractPart::PrivacyProtection,
    ContractPart::Feedback,
];

#[derive(Template)]
#[template(path = "contracts/desk.html")]
struct DeskPage<'a> {
    shell: &'a Shell,
    awaiting: &'a [AwaitingDraft],
    lines: &'a [ContractLine],
    may_draft: bool,
    faults: &'a [FieldFault],
}

#[derive(Template)]
#[template(path = "contracts/desk_one.html")]
struct DeskOnePage<'a> {
    shell: &'a Shell,
    contract: &'a Contract,
    partners: Vec<BidMember>,
    milestones: &'a [MilestoneRow],
    capitals: String,
    parts: Vec<Part>,
    ticks: Vec<String>,
    tone: &'static str,
    may_edit: bool,
    may_offer: bool,
    may_sign: bool,
    sign_href: String,
    form: &'a Form,
    open_parts: Vec<OpenPart>,
    tick_choices: Vec<Choice>,
    budget_choices: Vec<Choice>,
    rows: Vec<Row>,
    faults: &'a [FieldFault],
}

/// A part that the form lets people write.
struct OpenPart {
    field: String,
    name: String,
}

/// The fields of one milestone.
struct Row {
    number: i64,
    name: String,
    due: String,
    amount: String,
}

impl Row {
    fn new(index: usize) -> Self {
        let field = |name: &str| format!("milestones.{index}.{name}");
        let number = i64::try_from(index + 1).unwrap_or_default();
        Self { number, name: field("name"), due: field("due"), amount: field("amount") }
    }
}

/// GET /desk/contracts
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    list(&visit, &[]).await
}

async fn list(visit: &Visit, faults: &[FieldFault]) -> Result<Response, PageError> {
    let office = visit.actor.office();
    let awaiting =
        contracts::awaiting_draft(&visit.city, office).await.map_err(|error| visit.error(error))?;
    let lines = contracts::of_office(&visit.city, office).await.map_err(|error| visit.error(error))?;
    let may_draft = office.is_some();
    let page = DeskPage { shell: &visit.shell, awaiting: &awaiting, lines: &lines, may_draft, faults };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

/// POST /desk/contracts
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let tender = TenderId(form.number("tender").unwrap_or_default());
    match visit.city.act(&visit.actor, &form.key(), &DraftContract { tender }).await {
        Ok(id) => {
            let drafted = contracts::number_of(&visit.city, id).await.map_err(|error| visit.error(error))?;
            Ok(visit.done(&format!("/desk/contracts/{drafted}"), "contract-drafted"))
        }
        Err(error) => {
            let faults = visit.faults(error)?;
            list(&visit, &faults).await
        }
    }
}

/// GET /desk/contracts/{no}
pub async fn show_one(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    page(&visit, &number, None, &[]).await
}

/// POST /desk/contracts/{no}
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let contract = id_of(&visit, &number).await?;
    let mut typed = Typed::of(&visit, &form);
    let command = edit(&mut typed, contract, &form);
    let answer = typed.ask(&visit, &form.key(), &command).await;
    match answer {
        Ok(()) => Ok(visit.done(&format!("/desk/contracts/{number}"), "contract-saved")),
        Err(error) => {
            let (status, faults) = visit.mendable(error)?;
            let mut answer = page(&visit, &number, Some(&form), &faults).await?;
            *answer.status_mut() = status;
            Ok(answer)
        }
    }
}

/// POST /desk/contracts/{no}/offer
pub async fn offer(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let contract = id_of(&visit, &number).await?;
    let command = OfferContract { contract, version: form.number("version").unwrap_or_default() };
    match visit.city.act(&visit.actor, &form.key(), &command).await {
        Ok(()) => Ok(visit.done(&format!("/desk/contracts/{number}"), "contract-offered")),
        Err(error) => {
            let faults = visit.faults(error)?;
            page(&visit, &number, None, &faults).await
        }
    }
}

async fn page(
    visit: &Visit,
    number: &str,
    typed: Option<&Form>,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let found = contracts::by_number(&visit.city, &visit.actor, number).await;
    let (contract, milestones) = found.map_err(|error| visit.error(error))?;
    let prefilled = prefill(&contract, &milestones);
    let form = typed.unwrap_or(&prefilled);
    let is_own = visit.actor.office() == Some(contract.office_id);
    let has_signature = contract.buyer_signed_at.is_some() || contract.provider_signed_at.is_some();
    let shell = &visit.shell;
    let is_director = visit.actor.post.role == Role::OfficeDirector;
    let is_offered = contract.stage == ContractStage::Offered;
    let page = DeskOnePage {
        shell,
        contract: &contract,
        partners: partners(visit, &contract).await?,
        milestones: &milestones,
        capitals: contract.amount_fen.capitals(),
        parts: parts(shell, &contract),
        ticks: ticks(shell, &contract),
        tone: tone(&contract.stage),
        may_edit: is_own && contract.stage.is_open() && !has_signature,
        may_offer: is_own && contract.stage == ContractStage::Drafted,
        may_sign: is_own && is_director && is_offered && contract.buyer_signed_at.is_none(),
        sign_href: shell.url(format!("/desk/contracts/{number}/signature")),
        form,
        open_parts: OPEN_PARTS
            .iter()
            .map(|part| OpenPart { field: part_field(*part), name: words::coded(shell.lang, *part) })
            .collect(),
        tick_choices: tick_choices(shell, form),
        budget_choices: vec![Choice::new(
            "yes",
            shell.t("contracts-budget-assured"),
            form.text("is_budget_assured"),
        )],
        rows: (0..MILESTONE_ROWS).map(Row::new).collect(),
        faults,
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

fn part_field(part: ContractPart) -> String {
    format!("parts.{}", part.code())
}

fn tick_choices(shell: &Shell, form: &Form) -> Vec<Choice> {
    let choice = |tick: &LongTermTick| Choice {
        value: tick.code().to_owned(),
        label: words::coded(shell.lang, *tick),
        hint: String::new(),
        chosen: form.has("ticks", tick.code()),
    };
    LongTermTick::ALL.iter().map(choice).collect()
}

fn prefill(contract: &Contract, milestones: &[MilestoneRow]) -> Form {
    let mut fields: Vec<(String, String)> = vec![
        ("starts".to_owned(), contract.starts_on.to_string()),
        ("ends".to_owned(), contract.ends_on.to_string()),
    ];
    let texts = [
        &contract.settlement,
        &contract.rights,
        &contract.breach,
        &contract.confidentiality,
        &contract.feedback,
    ];
    let named = OPEN_PARTS.iter().zip(texts);
    fields.extend(named.map(|(part, text)| (part_field(*part), text.clone())));
    let codes = contract.long_term_ticks.split(',').filter(|code| !code.is_empty());
    fields.extend(codes.map(|code| ("ticks".to_owned(), code.to_owned())));
    if contract.is_budget_assured {
        fields.push(("is_budget_assured".to_owned(), "yes".to_owned()));
    }
    for (index, milestone) in milestones.iter().enumerate() {
        fields.push((format!("milestones.{index}.name"), milestone.name.clone()));
        fields.push((format!("milestones.{index}.due"), milestone.due_on.to_string()));
        let yuan = milestone.amount_fen.to_string().replace(',', "");
        fields.push((format!("milestones.{index}.amount"), yuan));
    }
    Form::of(fields)
}

/// The command that a form asks for.
fn edit(typed: &mut Typed<'_>, contract: ContractId, form: &Form) -> EditContract {
    let (starts, ends) = (typed.date("starts"), typed.date("ends"));
    typed.hangs("ends", "starts");
    let mut milestones = Vec::new();
    for index in 0..MILESTONE_ROWS {
        let Row { name, due, amount, .. } = Row::new(index);
        if [&name, &due, &amount].iter().all(|field| form.trimmed(field).is_empty()) {
            continue;
        }
        milestones.push(Milestone {
            name: typed.text(&name).trim().to_owned(),
            due: typed.date(&due),
            amount: typed.yuan(&amount),
        });
        typed.hangs(&due, "starts");
        typed.hangs(&due, "ends");
        // They cannot sum to the price while one of them is unknown.
        typed.hangs("milestones", &amount);
    }
    let text = |part: ContractPart| form.trimmed(&part_field(part)).to_owned();
    EditContract {
        contract,
        version: form.number("version").unwrap_or_default(),
        starts,
        ends,
        ticks: form.every("ticks").into_iter().filter_map(LongTermTick::from_code).collect(),
        is_budget_assured: form.is_ticked("is_budget_assured"),
        settlement: text(ContractPart::Settlement),
        rights: text(ContractPart::RightsAndDuties),
        breach: text(ContractPart::Breach),
        confidentiality: text(ContractPart::PrivacyProtection),
        feedback: text(ContractPart::Feedback),
        milestones,
    }
}
