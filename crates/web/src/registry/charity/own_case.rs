//! One application as its organisation sees it: how far it has come, what is to be corrected, what it may answer,
//! its documents (B46, B9).

use app::Error;
use app::registry::charity::annulment::AnswerCharity;
use app::registry::charity::application::{ResubmitCharity, WithdrawCharity};
use app::registry::charity::read::{self, WholeCharity};
use askama::Template;
use axum::response::Response;
use domain::kernel::Coded;
use domain::registry::charity::{CharityCondition, CharityStage};

use super::super::course::{self, ConditionField, ExplainedLine};
use super::super::ending::{PaperLine, Told, own_papers, paper_lines, plain, show_as};
use super::{case_rows, form_of, law, papers_hint, statement_hint, tone};
use crate::documents::list::{self, DocumentLine};
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Visit, fault_at};

#[derive(Template)]
#[template(path = "registry/charity/own_case.html")]
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
    may_answer: bool,
    answer_by: String,
    fields: Vec<ConditionField>,
    statement_hint: String,
    papers: Vec<Choice>,
    papers_hint: String,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /me/charity/{number}
pub async fn show_one(visit: Visit, Path(number): Path<i64>) -> Result<Response, PageError> {
    let whole = held(&visit, number).await?;
    let form = Form::of(course::as_told(&whole.case.statement, whole.conditions.iter()));
    page(&visit, &whole, &form, plain()).await
}

async fn held(visit: &Visit, number: i64) -> Result<WholeCharity, PageError> {
    read::one(&visit.city, &visit.actor, number).await.map_err(|error| visit.error(error))
}

async fn page(
    visit: &Visit,
    whole: &WholeCharity,
    form: &Form,
    (status, faults): Told,
) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let case = &whole.case;
    let outlook = read::outlook(&visit.city, case.organisation_id).await;
    let outlook = outlook.map_err(|error| visit.error(error))?;
    let page = OwnCasePage {
        title: shell.tx("charity-case-title", case.number),
        base: shell.url(format!("/me/charity/{}", case.number)),
        stage: shell.coded(&case.stage),
        tone: tone(case.stage),
        rows: case_rows(shell, whole),
        explained: course::explained(
            shell,
            whole.conditions.iter(),
            |one| law(shell, one),
            case.decided_at.is_some(),
        ),
        given: paper_lines(visit, case.subject()).await?,
        documents: list::lines(visit, case.subject()).await?,
        may_withdraw: case.stage.is_open(),
        may_resubmit: case.stage == CharityStage::Returned,
        may_answer: case.annulled().may_be_answered(shell.now().date()).is_ok(),
        answer_by: case.answer_by.as_ref().map_or_else(String::new, |day| shell.date(day)),
        fields: course::fields(shell, CharityCondition::ALL, |one| law(shell, one), (form, &faults)),
        statement_hint: statement_hint(shell, &outlook),
        papers: own_papers(visit, form).await?,
        papers_hint: papers_hint(shell, &outlook),
        form,
        faults: &faults,
        shell,
    };
    show_as(status, &page)
}

/// POST /me/charity/{number}: hand a corrected one in, take it back, or answer a notice.
pub async fn update(visit: Visit, Path(number): Path<i64>, form: Form) -> Result<Response, PageError> {
    let whole = held(&visit, number).await?;
    let (city, actor, key) = (&visit.city, &visit.actor, form.key());
    let step = form.trimmed("step").to_owned();
    let done = match step.as_str() {
        "withdraw" => city.act(actor, &key, &WithdrawCharity { number }).await,
        "resubmit" => city.act(actor, &key, &ResubmitCharity { number, form: form_of(&form) }).await,
        "answer" => {
            let answer = form.text("answer").to_owned();
            city.act(actor, &key, &AnswerCharity { number, answer }).await
        }
        _ => Err(Error::NotFound),
    };
    match done {
        Ok(()) => Ok(visit.done(&format!("/me/charity/{number}"), &format!("charity-{step}"))),
        Err(error) => {
            let told = visit.mendable(error)?;
            page(&visit, &whole, &form, told).await
        }
    }
}
