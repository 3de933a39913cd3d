//! One change or ending as the organisation sees it, with its answer to a prior notice (B23).

use app::Error;
use app::registry::change::intake::WithdrawChange;
use app::registry::ending::intake::WithdrawCancellation;
use app::registry::ending::revocation::AnswerRevocation;
use app::registry::{change, ending};
use askama::Template;
use axum::response::Response;
use domain::registry::course::{OnCourse, Place};
use domain::registry::credit::StatementKind;
use domain::registry::ending::{EndingKind, EndingStanding};

use super::complaints::{self, ComplaintLine};
use super::desk_case::{change_rows, ending_rows};
use super::{
    Told, Which, change_state, ending_state, missing, own_papers, papers_of, plain, show_as, surrender, which,
};
use crate::documents::list::{self, DocumentLine};
use crate::registry::tell;
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Typed, Visit, fault_at};

#[derive(Template)]
#[template(path = "registry/ending/own_case.html")]
struct OwnCasePage<'a> {
    shell: &'a Shell,
    title: String,
    base: String,
    back: (String, String),
    rows: Vec<(String, String)>,
    /// Every complaint that still keeps the organisation from being cancelled.
    complaints: Vec<ComplaintLine>,
    documents: Vec<DocumentLine>,
    may_answer: bool,
    may_correct: bool,
    may_withdraw: bool,
    /// What is still to be given back.
    owed: String,
    kinds: Vec<Choice>,
    papers: Vec<Choice>,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /me/endings/{no}
pub async fn show_one(visit: Visit, Path(no): Path<String>) -> Result<Response, PageError> {
    page(&visit, &no, &Form::default(), plain()).await
}

async fn page(visit: &Visit, no: &str, form: &Form, (status, faults): Told) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let (city, actor, shell) = (&visit.city, &visit.actor, &visit.shell);
    let (title, back, mut rows, stage, subject, next) =
        match which(no).ok_or_else(|| visit.error(Error::NotFound))? {
            Which::Change(number) => {
                let whole = change::read::one(city, actor, number).await.map_err(fail)?;
                let title = shell.tx("change-case-title", number);
                let rows = change_rows(shell, &whole);
                let back = (shell.url("/me/changes"), shell.t("desk-my-changes"));
                let place = whole.case.standing().place();
                let next = (false, place, String::new(), Vec::new());
                (title, back, rows, change_state(shell, &whole.case).0, whole.case.subject(), next)
            }
            Which::Ending(number) => {
                let whole = ending::read::one(city, actor, number).await.map_err(fail)?;
                let case = &whole.case;
                let title = shell.txy("ending-case-title", shell.coded(&case.kind), number.to_string());
                let rows = ending_rows(shell, &whole);
                let back = (shell.url("/me/cancellation"), shell.t("desk-my-cancellation"));
                let may_answer = case.facts().may_be_answered(shell.now().date()).is_ok();
                let standing = EndingStanding { stage: case.stage, intake: case.intake };
                let place = standing.place().filter(|_| case.kind == EndingKind::Cancellation);
                let open = match whole.is_open_cancellation() {
                    true => complaints::own_lines(visit, whole.organisation.id).await?,
                    false => Vec::new(),
                };
                let next = (may_answer, place, surrender::named(shell, &whole.owed), open);
                (title, back, rows, ending_state(shell, case).0, case.subject(), next)
            }
        };
    rows.push((shell.t("ending-stage"), stage));
    let page = OwnCasePage {
        title,
        base: shell.url(format!("/me/endings/{no}")),
        back,
        rows,
        complaints: next.3,
        documents: list::lines(visit, subject).await?,
        may_answer: next.0,
        may_correct: next.1 == Some(Place::Returned),
        may_withdraw: next.1.is_some(),
        owed: next.2,
        kinds: tell::choices::<StatementKind>(shell, form.trimmed("statement_kind"), None),
        papers: own_papers(visit, form).await?,
        form,
        faults: &faults,
        shell,
    };
    show_as(status, &page)
}

/// POST /me/endings/{no}: the answer to a prior notice, or that it is taken back.
pub async fn answer(visit: Visit, Path(no): Path<String>, form: Form) -> Result<Response, PageError> {
    if form.trimmed("step") == "withdraw" {
        return withdraw(&visit, &no, &form).await;
    }
    let Some(Which::Ending(number)) = which(&no) else { return Err(visit.error(Error::NotFound)) };
    let mut typed = Typed::of(&visit, &form);
    let kind = typed.chosen("statement_kind", StatementKind::Waived, missing("B23"));
    let statement = typed.text("statement");
    let act = AnswerRevocation { number, kind, statement, papers: papers_of(&form) };
    let done = typed.ask(&visit, &form.key(), &act).await;
    match done {
        Ok(()) => Ok(visit.done(&format!("/me/endings/{no}"), "ending-answered")),
        Err(error) => {
            let told = visit.mendable(error)?;
            page(&visit, &no, &form, told).await
        }
    }
}

async fn withdraw(visit: &Visit, no: &str, form: &Form) -> Result<Response, PageError> {
    let (city, actor, key) = (&visit.city, &visit.actor, form.key());
    let done = match which(no) {
        Some(Which::Change(number)) => city.act(actor, &key, &WithdrawChange { number }).await,
        Some(Which::Ending(number)) => city.act(actor, &key, &WithdrawCancellation { number }).await,
        None => Err(Error::NotFound),
    };
    match done {
        Ok(()) => Ok(visit.done(&format!("/me/endings/{no}"), "course-withdrawn")),
        Err(error) => {
            let told = visit.mendable(error)?;
            page(visit, no, form, told).await
        }
    }
}
