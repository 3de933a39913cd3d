//! One application on the desk: what the register says now, what the organisation explains, and the next step of
//! whoever reads (B46, S10, C14).

use app::Error;
use app::documents::Document;
use app::registry::charity::annulment::{DecideAnnulment, NoticeCharity};
use app::registry::charity::decision::{DecideCharity, ReviewCharity, SendBackCharity};
use app::registry::charity::extension::ExtendCharity;
use app::registry::charity::intake::{AcceptCharity, CorrectCharity, PauseCharity};
use app::registry::charity::read::{self, WholeCharity};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, Refusal, RuleKey};
use domain::registry::change::other_person;
use domain::registry::charity::{CharityCondition, CharityStage, may_extend};

use super::super::course::{self, CheckField, ExplainedLine};
use super::super::ending::{PaperLine, Told, conditions, paper_lines, plain, show_as};
use super::{case_rows, law, tone};
use crate::documents::list::{self, DocumentLine};
use crate::documents::preview::{self, Steps};
use crate::registry::registration::desk_case::{DeadlineLine, deadline_lines};
use crate::registry::tell;
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Typed, Visit, Wish, fault_at};

#[derive(Template)]
#[template(path = "registry/charity/desk_case.html")]
struct CasePage<'a> {
    shell: &'a Shell,
    title: String,
    base: String,
    stage: String,
    tone: &'static str,
    rows: Vec<(String, String)>,
    conditions: Vec<tell::Condition>,
    explained: Vec<ExplainedLine>,
    papers: Vec<PaperLine>,
    documents: Vec<DocumentLine>,
    deadlines: Vec<DeadlineLine>,
    may_accept: bool,
    accept_hint: String,
    may_correct: bool,
    may_pause: bool,
    may_resume: bool,
    may_review: bool,
    may_decide: bool,
    may_extend: bool,
    may_notice: bool,
    may_annul: bool,
    /// Why the reader cannot decide.
    waits: String,
    extension_days: i64,
    checks: Vec<CheckField>,
    grounds: Vec<Choice>,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /desk/charity/{number}
pub async fn show_one(visit: Visit, Path(number): Path<i64>) -> Result<Response, PageError> {
    page(&visit, number, &Form::default(), plain()).await
}

async fn page(
    visit: &Visit,
    number: i64,
    form: &Form,
    (status, faults): Told,
) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let whole = read::one(&visit.city, &visit.actor, number).await.map_err(|error| visit.error(error))?;
    let case = &whole.case;
    let rules = visit.city.book.on(case.rules_on());
    let (is_officer, is_director) = (shell.is_role("approval_officer"), shell.is_role("approval_director"));
    let is_at = |stage: CharityStage| case.stage == stage;
    let bar = bar(visit, &whole).filter(|_| is_director);
    let is_other = is_director && bar.is_none();
    let today = shell.now().date();
    let asked = whole.conditions.iter().map(|one| one.condition);
    let page = CasePage {
        title: shell.tx("charity-case-title", number),
        base: shell.url(format!("/desk/charity/{number}")),
        stage: shell.coded(&case.stage),
        tone: tone(case.stage),
        rows: case_rows(shell, &whole),
        conditions: conditions(shell, &whole.known),
        explained: course::explained(shell, whole.conditions.iter(), |one| law(shell, one), true),
        papers: paper_lines(visit, case.subject()).await?,
        documents: list::lines(visit, case.subject()).await?,
        deadlines: deadline_lines(visit, case.subject()).await?,
        may_accept: is_officer && is_at(CharityStage::Applied),
        accept_hint: course::accept_hint(visit),
        may_correct: is_officer && is_at(CharityStage::Applied) && !case.is_corrected,
        may_pause: is_officer && is_at(CharityStage::Accepted) && !whole.is_paused,
        may_resume: is_officer && is_at(CharityStage::Accepted) && whole.is_paused,
        may_review: is_officer && is_at(CharityStage::Accepted) && !whole.is_paused,
        may_decide: is_other && is_at(CharityStage::Reviewed),
        may_extend: is_director
            && may_extend(case.stage, whole.due_on, case.extended_at.is_some(), today).is_ok(),
        may_notice: is_officer && is_at(CharityStage::Recognised),
        may_annul: is_other && (is_at(CharityStage::Noticed) || is_at(CharityStage::Answered)),
        waits: bar.map_or_else(String::new, |refusal| shell.refusal(&refusal)),
        extension_days: rules.number(RuleKey::CharityExtensionDays),
        checks: course::check_fields(shell, asked, |one| law(shell, one), (form, &faults)),
        grounds: course::ground_choices(shell, whole.conditions.iter(), form),
        form,
        faults: &faults,
        shell,
    };
    show_as(status, &page)
}

/// Why this reader may not take the director's next step; none when nothing bars it.
fn bar(visit: &Visit, whole: &WholeCharity) -> Option<Refusal> {
    let (case, person) = (&whole.case, visit.actor.person);
    match case.stage {
        CharityStage::Reviewed => other_person(case.reviewed_by, person).err(),
        CharityStage::Noticed | CharityStage::Answered => {
            case.annulled().may_be_decided(true, person, visit.shell.now().date()).err()
        }
        _ => None,
    }
}

/// POST /desk/charity/{number}: the next step, by its name.
pub async fn update(visit: Visit, Path(number): Path<i64>, form: Form) -> Result<Response, PageError> {
    if preview::is_edited(&form) {
        return page(&visit, number, &form, plain()).await;
    }
    let (step, wish) = preview::step_of(&form);
    match act(&visit, number, (&step, wish), &form).await {
        Ok(foreseen) => {
            let action = format!("/desk/charity/{number}");
            let done = || Ok(visit.done(&action, &format!("charity-desk-{step}")));
            preview::seen(&visit, &form, (&action, &step, "preview-issue"), foreseen).unwrap_or_else(done)
        }
        Err(error) => {
            let told = visit.mendable(error)?;
            page(&visit, number, &form, told).await
        }
    }
}

async fn act(
    visit: &Visit,
    number: i64,
    (step, wish): (&str, Wish),
    form: &Form,
) -> Result<Vec<Document>, Error> {
    let steps = Steps::of(visit, form, wish);
    match step {
        "accept" => steps.take(&AcceptCharity { number }).await,
        "correct" => {
            let defects = form.text("defects").to_owned();
            steps.take(&CorrectCharity { number, defects }).await
        }
        "pause" | "resume" => steps.take(&PauseCharity { number, is_paused: step == "pause" }).await,
        "review" => steps.take(&review_of(number, form)).await,
        "back" => {
            let reason = form.text("decision").to_owned();
            steps.take(&SendBackCharity { number, reason }).await
        }
        "recognise" | "deny" => {
            let act = DecideCharity {
                number,
                is_recognised: step == "recognise",
                grounds: form.every("ground").into_iter().filter_map(CharityCondition::from_code).collect(),
                decision: form.text("decision").to_owned(),
            };
            steps.take(&act).await
        }
        "extend" => {
            let mut typed = Typed::of(visit, form);
            let (approval, reason) = (typed.text("approval"), typed.text("extension_reason"));
            steps.take_typed(typed, &ExtendCharity { number, approval, reason }).await
        }
        "notice" => {
            let false_facts = form.text("false_facts").to_owned();
            steps.take(&NoticeCharity { number, false_facts }).await
        }
        "annul" | "keep" => {
            let reason = form.text("annulment").to_owned();
            let act = DecideAnnulment { number, is_annulled: step == "annul", reason };
            steps.take(&act).await
        }
        _ => Err(Error::NotFound),
    }
}

/// The officer's check as it was typed.
fn review_of(number: i64, form: &Form) -> ReviewCharity {
    ReviewCharity { number, checks: course::checks(form), opinion: form.text("opinion").to_owned() }
}
