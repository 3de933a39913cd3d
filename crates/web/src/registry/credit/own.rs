//! The organisation's side: what is held against it, its answer to a prior notice, its way off a list.

use app::papers;
use app::registry::credit::answer::AnswerNotice;
use app::registry::credit::held::HeldListing;
use app::registry::credit::read;
use app::registry::credit::removal::ApplyRemoval;
use app::registry::profile;
use app::{Error, RequestKey};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::{OrganisationId, PaperId};
use domain::registry::credit::{ListingStage, StatementKind};

use super::{date_or_dash, mendable, missing, own_penalty, penalty_form, plain, show_as};
use crate::documents::list::{self, DocumentLine};
use crate::registry::tell;
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Typed, Visit, fault_at, show};

/// A case, a place or a removal in the list.
pub struct Line {
    pub first: String,
    pub second: String,
    pub third: String,
    pub state: String,
    pub tone: &'static str,
    pub href: String,
}

#[derive(Template)]
#[template(path = "registry/credit/own.html")]
struct OwnPage<'a> {
    shell: &'a Shell,
    cases: Vec<Line>,
    places: Vec<Line>,
    removals: Vec<Line>,
    intended: Vec<Line>,
    penalties: Vec<OwnPenalty>,
}

/// A penalty that stands, with what it orders.
pub struct OwnPenalty {
    pub number: String,
    pub href: String,
    pub kind: String,
    pub imposed: String,
    pub until: String,
    pub notes: Vec<String>,
}

async fn own_penalties(visit: &Visit, id: OrganisationId) -> Result<Vec<OwnPenalty>, PageError> {
    let fail = |error| visit.error(error);
    let shell = &visit.shell;
    let of = profile::organisation_by_id(&visit.city, id).await.map_err(fail)?;
    let mut all = Vec::new();
    for one in read::penalties(&visit.city, id, false).await.map_err(fail)? {
        let decision = read::decision_of(&visit.city, one.id).await.map_err(fail)?;
        all.push(OwnPenalty {
            href: decision.map_or_else(String::new, |code| shell.url(format!("/documents/{code}"))),
            kind: shell.coded(&one.kind),
            imposed: shell.date(&one.imposed_on),
            until: date_or_dash(shell, one.until_on),
            notes: penalty_form::notes(visit, &one, of.kind),
            number: one.document_number,
        });
    }
    Ok(all)
}

fn own(visit: &Visit) -> Result<OrganisationId, PageError> {
    visit.actor.organisation().ok_or_else(|| visit.error(Error::NotFound))
}

/// GET /me/credit
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let id = own(&visit)?;
    let fail = |error| visit.error(error);
    let shell = &visit.shell;
    let cases = read::own_cases(&visit.city, id).await.map_err(fail)?;
    let places = read::open_places(&visit.city, id).await.map_err(fail)?;
    let removals = read::own_removals(&visit.city, id).await.map_err(fail)?;
    show(&OwnPage {
        intended: own_penalty::intended(&visit, id).await?,
        penalties: own_penalties(&visit, id).await?,
        cases: cases
            .iter()
            .map(|one| Line {
                first: shell.coded(&one.list),
                second: shell.coded(&one.ground),
                third: date_or_dash(shell, one.answer_by),
                state: super::stage_text(shell, one.stage, one.statement_kind, one.heard_on),
                tone: super::tone(one.stage),
                href: shell.url(format!("/me/credit/{}", one.number)),
            })
            .collect(),
        places: places
            .iter()
            .map(|one| Line {
                first: shell.coded(&one.list),
                second: shell.coded(&one.ground()),
                third: date_or_dash(shell, one.listed_on),
                state: String::new(),
                tone: "",
                href: shell.url(format!("/me/credit/removal/{}", one.id)),
            })
            .collect(),
        removals: removals
            .iter()
            .map(|one| Line {
                first: shell.moment(&one.applied_at),
                second: one.statement.clone(),
                third: if one.reason.is_empty() { "—".to_owned() } else { one.reason.clone() },
                state: shell.coded(&one.stage),
                tone: "wait",
                href: String::new(),
            })
            .collect(),
        shell,
    })
}

#[derive(Template)]
#[template(path = "registry/credit/own_case.html")]
pub(super) struct AnswerPage<'a> {
    pub shell: &'a Shell,
    pub title: String,
    pub answer_hint: String,
    pub base: String,
    pub rows: Vec<(String, String)>,
    pub documents: Vec<DocumentLine>,
    pub kinds: Vec<Choice>,
    pub papers: Vec<Choice>,
    pub may_answer: bool,
    pub form: &'a Form,
    pub faults: &'a [FieldFault],
}

/// GET /me/credit/{number}
pub async fn show_case(visit: Visit, Path(number): Path<i64>) -> Result<Response, PageError> {
    case_page(&visit, number, &Form::default(), plain()).await
}

async fn case_page(
    visit: &Visit,
    number: i64,
    form: &Form,
    (status, faults): (StatusCode, Vec<FieldFault>),
) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let shell = &visit.shell;
    let whole = read::case(&visit.city, &visit.actor, number).await.map_err(fail)?;
    let case = &whole.case;
    let mut rows = vec![
        (shell.t("credit-list"), shell.coded(&case.list)),
        (shell.t("credit-ground"), shell.coded(&case.ground)),
        (shell.t("credit-arose-on"), shell.date(&case.arose_on)),
        (shell.t("credit-evidence"), case.evidence.clone()),
        (shell.t("credit-answer-by"), date_or_dash(shell, case.answer_by)),
        (shell.t("credit-stage"), super::stage_text(shell, case.stage, case.statement_kind, case.heard_on)),
    ];
    if !case.statement.is_empty() {
        rows.push((shell.t("credit-statement"), case.statement.clone()));
    }
    if matches!(case.stage, ListingStage::Decided | ListingStage::Dropped) {
        rows.push((shell.t("credit-reason"), case.reason.clone()));
    }
    let kind = form.trimmed("statement_kind");
    let page = AnswerPage {
        base: shell.url(format!("/me/credit/{number}")),
        rows,
        documents: list::lines(visit, case.subject()).await?,
        kinds: tell::choices::<StatementKind>(shell, if kind.is_empty() { "written" } else { kind }, None),
        papers: own_papers(visit, form).await?,
        may_answer: case.facts().may_be_answered(shell.now().date()).is_ok(),
        title: shell.tx("credit-case-title", number),
        answer_hint: shell.t("credit-answer-hint"),
        form,
        faults: &faults,
        shell,
    };
    show_as(status, &page)
}

/// POST /me/credit/{number}
pub async fn answer(visit: Visit, Path(number): Path<i64>, form: Form) -> Result<Response, PageError> {
    let mut typed = Typed::of(&visit, &form);
    let kind = typed.chosen("statement_kind", StatementKind::Waived, missing("B35"));
    let act = AnswerNotice { number, kind, statement: typed.text("statement"), papers: papers_of(&form) };
    let done = typed.ask(&visit, &form.key(), &act).await;
    match done {
        Ok(()) => Ok(visit.done(&format!("/me/credit/{number}"), "credit-answered")),
        Err(error) => {
            let faults = mendable(&visit, error)?;
            case_page(&visit, number, &form, faults).await
        }
    }
}

#[derive(Template)]
#[template(path = "registry/credit/own_removal.html")]
struct RemovalPage<'a> {
    shell: &'a Shell,
    base: String,
    rows: Vec<(String, String)>,
    papers: Vec<Choice>,
    ends_by_itself: bool,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /me/credit/removal/{id}
pub async fn new_removal(visit: Visit, Path(id): Path<i64>) -> Result<Response, PageError> {
    removal_page(&visit, id, &Form::default(), plain()).await
}

async fn removal_page(
    visit: &Visit,
    id: i64,
    form: &Form,
    (status, faults): (StatusCode, Vec<FieldFault>),
) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let places = read::open_places(&visit.city, own(visit)?).await.map_err(|error| visit.error(error))?;
    let held: HeldListing =
        places.into_iter().find(|one| one.id == id).ok_or_else(|| visit.error(Error::NotFound))?;
    let page = RemovalPage {
        base: shell.url(format!("/me/credit/removal/{id}")),
        rows: vec![
            (shell.t("credit-list"), shell.coded(&held.list)),
            (shell.t("credit-ground"), shell.coded(&held.ground())),
            (shell.t("credit-arose-on"), shell.date(&held.arose_on)),
            (shell.t("credit-listed-on"), date_or_dash(shell, held.listed_on)),
        ],
        papers: own_papers(visit, form).await?,
        ends_by_itself: !held.ground().can_be_mended(),
        form,
        faults: &faults,
        shell,
    };
    show_as(status, &page)
}

/// POST /me/credit/removal/{id}
pub async fn create_removal(visit: Visit, Path(id): Path<i64>, form: Form) -> Result<Response, PageError> {
    let act =
        ApplyRemoval { listing: id, statement: form.text("statement").to_owned(), papers: papers_of(&form) };
    let key: RequestKey = form.key();
    match visit.city.act(&visit.actor, &key, &act).await {
        Ok(_) => Ok(visit.done("/me/credit", "credit-removal-applied")),
        Err(error) => {
            let faults = mendable(&visit, error)?;
            removal_page(&visit, id, &form, faults).await
        }
    }
}

/// The organisation's papers as boxes to tick.
pub(super) async fn own_papers(visit: &Visit, form: &Form) -> Result<Vec<Choice>, PageError> {
    let held = papers::own(&visit.city, &visit.actor).await.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    let choice = |paper: papers::Paper| {
        let value = paper.id.0.to_string();
        let chosen = form.has("papers", &value);
        Choice { label: paper.name, hint: shell.coded(&paper.kind), chosen, value }
    };
    Ok(held.into_iter().map(choice).collect())
}

pub(super) fn papers_of(form: &Form) -> Vec<PaperId> {
    form.every("papers").into_iter().filter_map(|id| id.parse().ok().map(PaperId)).collect()
}
