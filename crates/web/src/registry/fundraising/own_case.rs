//! One application as its organisation sees it: how far it has come, what is to be corrected, its documents
//! (B39, B9).

use app::Error;
use app::registry::fundraising::application::{FundraisingForm, ResubmitFundraising, WithdrawFundraising};
use app::registry::fundraising::read::{self, WholeFundraising};
use askama::Template;
use axum::response::Response;
use domain::registry::fundraising::{FundraisingStage, FundraisingWay, declared};

use super::super::course::{self, ConditionField, ExplainedLine};
use super::super::ending::{PaperLine, Told, own_papers, paper_lines, plain, show_as};
use super::{case_rows, form_of, law, own, tone};
use crate::documents::list::{self, DocumentLine};
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Visit, fault_at};

#[derive(Template)]
#[template(path = "registry/fundraising/own_case.html")]
struct OwnCasePage<'a> {
    shell: &'a Shell,
    title: String,
    base: String,
    stage: String,
    tone: &'static str,
    rows: Vec<(String, String)>,
    explained: Vec<ExplainedLine>,
    given: Vec<PaperLine>,
    documents: Vec<DocumentLine>,
    may_withdraw: bool,
    may_resubmit: bool,
    is_claim: bool,
    fields: Vec<ConditionField>,
    papers: Vec<Choice>,
    papers_hint: String,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /me/fundraising/{number}
pub async fn show_one(visit: Visit, Path(number): Path<i64>) -> Result<Response, PageError> {
    let whole = held(&visit, number).await?;
    let form = Form::of(course::as_told(&whole.case.statement, whole.conditions.iter()));
    page(&visit, &whole, &form, plain()).await
}

async fn held(visit: &Visit, number: i64) -> Result<WholeFundraising, PageError> {
    read::one(&visit.city, &visit.actor, number).await.map_err(|error| visit.error(error))
}

async fn page(
    visit: &Visit,
    whole: &WholeFundraising,
    form: &Form,
    (status, faults): Told,
) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let case = &whole.case;
    let rules = visit.city.book.on(case.rules_on());
    let outlook = read::outlook(&visit.city, case.organisation_id).await;
    let asks_consent = outlook.map_err(|error| visit.error(error))?.asks_consent;
    let page = OwnCasePage {
        title: shell.tx("fundraising-case-title", case.number),
        base: shell.url(format!("/me/fundraising/{}", case.number)),
        stage: shell.coded(&case.stage),
        tone: tone(case.stage),
        rows: case_rows(shell, whole),
        explained: course::explained(
            shell,
            whole.conditions.iter(),
            |one| law(shell, one, rules),
            case.decided_at.is_some(),
        ),
        given: paper_lines(visit, case.subject()).await?,
        documents: list::lines(visit, case.subject()).await?,
        may_withdraw: case.stage.is_open(),
        may_resubmit: case.stage == FundraisingStage::Returned,
        is_claim: case.way == FundraisingWay::Claim,
        fields: course::fields(shell, declared(rules), |one| law(shell, one, rules), (form, &faults)),
        papers: own_papers(visit, form).await?,
        papers_hint: own::papers_hint(shell, asks_consent),
        form,
        faults: &faults,
        shell,
    };
    show_as(status, &page)
}

/// POST /me/fundraising/{number}: hand a corrected one in, or take it back.
pub async fn update(visit: Visit, Path(number): Path<i64>, form: Form) -> Result<Response, PageError> {
    let whole = held(&visit, number).await?;
    let (city, actor, key) = (&visit.city, &visit.actor, form.key());
    let step = form.trimmed("step").to_owned();
    let done = match step.as_str() {
        "withdraw" => city.act(actor, &key, &WithdrawFundraising { number }).await,
        "resubmit" => {
            let handed = match whole.case.way {
                FundraisingWay::Application => form_of(&form, city.book.on(whole.case.rules_on())),
                FundraisingWay::Claim => FundraisingForm {
                    said: Vec::new(),
                    statement: form.text("statement").to_owned(),
                    promises: form.is_ticked("promise"),
                    papers: Vec::new(),
                },
            };
            city.act(actor, &key, &ResubmitFundraising { number, form: handed }).await
        }
        _ => Err(Error::NotFound),
    };
    match done {
        Ok(()) => Ok(visit.done(&format!("/me/fundraising/{number}"), &format!("fundraising-{step}"))),
        Err(error) => {
            let told = visit.mendable(error)?;
            page(&visit, &whole, &form, told).await
        }
    }
}
