//! An officer's opinion on a case, with a reason for each doubtful condition; and reasons alone, for conditions that
//! have none (B9, RULES 0).

use app::papers;
use app::registry::registration::reasons::{self, Recorded};
use app::registry::registration::{Case, ExplainFindings, GiveOpinion, checks, read};
use app::{Error, RequestKey};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Finding, Refusal};
use domain::registry::registration::reason::Doubt;
use domain::registry::registration::{CaseAct, Reason};

use super::words as said;
use crate::papers::pane::Pane;
use crate::shell::findings::FindingLine;
use crate::shell::form::pairs;
use crate::shell::{
    Choice, FieldFault, Form, PageError, Path, Shell, Typed, Visit, fault_at, show, show_faults, words,
};

/// A condition on the desk, with the reasons on record for it.
pub struct ConditionLine {
    pub(crate) of: FindingLine,
    pub(crate) reasons: Vec<Recorded>,
}

/// The conditions of a case, what bars first, each with its reasons.
pub(super) async fn conditions(
    visit: &Visit,
    case: &Case,
    findings: &[Finding],
) -> Result<Vec<ConditionLine>, PageError> {
    let held = reasons::of(&visit.city, case).await.map_err(|error| visit.error(error))?;
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    let line = |finding: &Finding| {
        let key = reasons::key(finding);
        let of = said::lines(&visit.shell, std::slice::from_ref(finding)).pop();
        of.map(|of| ConditionLine {
            of,
            reasons: held.iter().filter(|one| one.finding == key).cloned().collect(),
        })
    };
    Ok(sorted.into_iter().filter_map(line).collect())
}

/// The fields of one doubtful condition.
struct DoubtField {
    of: FindingLine,
    name: String,
    value: String,
    error: String,
    stands_name: String,
    stands: bool,
    said: Vec<Recorded>,
    applicant: String,
}

#[derive(Template)]
#[template(path = "registry/registration/opinion.html")]
struct OpinionPage<'a> {
    shell: &'a Shell,
    case: &'a Case,
    number: &'a str,
    slug: &'static str,
    title: String,
    lead: String,
    form: &'a Form,
    faults: &'a [FieldFault],
    verdicts: Vec<Choice>,
    doubts: Vec<DoubtField>,
    papers: Pane<'a>,
    back: String,
}

/// GET /desk/cases/{no}/opinion
pub async fn new(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let case = case_of(&visit, &number).await?;
    let (asking, empty) = (visit.rehearsing(), Form::default());
    let rehearsed = perform(&asking, &case, CaseAct::Review, &empty, Vec::new()).await;
    visit.expect_possible(rehearsed, &format!("/desk/cases/{number}"))?;
    // An address may choose the verdict beforehand, and nothing else.
    let asked = Form::of(pairs(visit.shell.query.as_bytes()));
    let chosen = Form::of([("verdict", asked.trimmed("verdict"))]);
    page(&visit, (&case, &number), CaseAct::Review, &chosen, None).await
}

async fn case_of(visit: &Visit, number: &str) -> Result<Case, PageError> {
    read::on_desk(&visit.city, number).await.map_err(|error| visit.error(error))
}

/// The page; `faults` is `None` before anything was sent, and then the reasons of others stand in the fields.
async fn page(
    visit: &Visit,
    (case, number): (&Case, &str),
    act: CaseAct,
    form: &Form,
    faults: Option<&[FieldFault]>,
) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let slug = super::desk_act::slug_of(act);
    let papers = papers::of(&visit.city, case.subject()).await.map_err(|error| visit.error(error))?;
    let verdicts = [("yes", "opinion-for"), ("no", "opinion-against")]
        .map(|(code, key)| Choice::new(code, shell.t(key), form.trimmed("verdict")));
    let page = OpinionPage {
        shell,
        number,
        slug,
        title: words::coded(shell.lang, act),
        lead: shell.t(&format!("desk-act-{slug}-lead")),
        verdicts: if act == CaseAct::Review { verdicts.into() } else { Vec::new() },
        doubts: doubt_fields(visit, case, act, form, faults).await?,
        papers: Pane::on(visit, &papers, &format!("/desk/cases/{number}/{slug}")),
        back: shell.url(format!("/desk/cases/{number}")),
        form,
        faults: faults.unwrap_or_default(),
        case,
    };
    if faults.is_none() { show(&page) } else { show_faults(&page) }
}

async fn doubt_fields(
    visit: &Visit,
    case: &Case,
    act: CaseAct,
    form: &Form,
    faults: Option<&[FieldFault]>,
) -> Result<Vec<DoubtField>, PageError> {
    let (city, shell) = (&visit.city, &visit.shell);
    let doubts = asked(visit, case, act).await?;
    let held = reasons::of(city, case).await.map_err(|error| visit.error(error))?;
    let field = |doubt: Doubt| {
        let of = said::lines(shell, std::slice::from_ref(&doubt.finding)).pop()?;
        let name = doubt.field();
        let said: Vec<Recorded> = held.iter().filter(|one| one.finding == doubt.key).cloned().collect();
        let agreed = said.iter().rfind(|one| !one.stands).map(|one| one.text.clone());
        let stands_name = stands_field(&doubt.key);
        let is_name = doubt.finding.code == "name.near";
        Some(DoubtField {
            value: match faults {
                None => agreed.unwrap_or_default(),
                Some(_) => form.text(&name).to_owned(),
            },
            error: fault_at(faults.unwrap_or_default(), &name).to_owned(),
            stands: form.trimmed(&stands_name) == "yes",
            applicant: if is_name { case.answers().text("name_reason").to_owned() } else { String::new() },
            of,
            name,
            stands_name,
            said,
        })
    };
    Ok(doubts.into_iter().filter_map(field).collect())
}

/// The conditions that the page asks about: all that are doubtful, or those alone that no reason clears.
async fn asked(visit: &Visit, case: &Case, act: CaseAct) -> Result<Vec<Doubt>, PageError> {
    let failed = |error| visit.error(error);
    let checked = checks::of(&visit.city, case).await.map_err(failed)?;
    if act == CaseAct::Review {
        return Ok(reasons::doubts(&checked));
    }
    reasons::open(&visit.city, case, &checked).await.map_err(failed)
}

fn stands_field(key: &str) -> String {
    format!("stands-{key}")
}

/// POST /desk/cases/{no}/opinion
pub async fn create(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    send(visit, number, CaseAct::Review, form).await
}

/// GET /desk/cases/{no}/reasons
pub async fn explain(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let case = case_of(&visit, &number).await?;
    let (asking, empty) = (visit.rehearsing(), Form::default());
    let rehearsed = perform(&asking, &case, CaseAct::Explain, &empty, Vec::new()).await;
    visit.expect_possible(rehearsed, &format!("/desk/cases/{number}"))?;
    page(&visit, (&case, &number), CaseAct::Explain, &empty, None).await
}

/// POST /desk/cases/{no}/reasons
pub async fn explained(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    send(visit, number, CaseAct::Explain, form).await
}

async fn send(visit: Visit, number: String, act: CaseAct, form: Form) -> Result<Response, PageError> {
    let case = case_of(&visit, &number).await?;
    let reasons = asked(&visit, &case, act).await?.iter().map(|doubt| typed(doubt, &form)).collect();
    match perform(&visit, &case, act, &form, reasons).await {
        Ok(()) => Ok(visit.done(&format!("/desk/cases/{number}"), "case-act-done")),
        Err(error) => {
            let faults = visit.faults(error)?;
            page(&visit, (&case, &number), act, &form, Some(&faults)).await
        }
    }
}

fn typed(doubt: &Doubt, form: &Form) -> Reason {
    Reason {
        text: form.text(&doubt.field()).to_owned(),
        stands: form.trimmed(&stands_field(&doubt.key)) == "yes",
        key: doubt.key.clone(),
    }
}

async fn perform(
    visit: &Visit,
    of: &Case,
    act: CaseAct,
    form: &Form,
    reasons: Vec<Reason>,
) -> Result<(), Error> {
    let (city, actor, key): (_, _, RequestKey) = (&visit.city, &visit.actor, form.key());
    let (case, version) = (of.id, form.number("version").unwrap_or(of.version));
    if act == CaseAct::Explain {
        return city.act(actor, &key, &ExplainFindings { case, version, reasons }).await;
    }
    let mut typed = Typed::of(visit, form);
    let missing = Refusal::new("registration.choice-missing", "B9");
    let (is_for, text) = (typed.verdict("verdict", missing), typed.text("text"));
    typed.ask(visit, &key, &GiveOpinion { case, version, is_for, text, reasons }).await
}
