//! One report at the approval office: what it says beside last year, what the checks found, the opinion, the
//! decision, the verification.

use app::Error;
use app::documents::Document;
use app::registry::inspection::{
    self, BatchRow, DecideMany, FoundGround, RecordAbsences, ReturnReport, ReviewReport, VerifyRectification,
    Whole,
};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, Refusal, Role};
use domain::registry::inspection::outcome::suggested;
use domain::registry::inspection::rectification::RectificationState;
use domain::registry::inspection::{Ground, InspectionState, Outcome, Weight};

use super::recorded::{self, RecordedLine};
use super::{
    Compared, GroundLine, compared, exemption, ground_lines, mending_tone, proposals_hint, propose_href,
    standing,
};
use crate::documents::list::{DocumentLine, lines};
use crate::documents::preview::{self, Steps};
use crate::papers::pane::Pane;
use crate::registry::tell::{self, Condition, condition};
use crate::shell::{
    Choice, FieldFault, Form, PageError, Path, Shell, Visit, Wish, fault_at, show, show_faults,
};

/// One of the thirteen grounds as the form offers it.
struct GroundField {
    name: String,
    label: String,
    choices: Vec<Choice>,
}

/// What the reader may do here and now.
#[derive(Clone, Copy, Default)]
struct May {
    review: bool,
    send_back: bool,
    decide: bool,
    verify: bool,
    record_absence: bool,
}

#[derive(Template)]
#[template(path = "registry/inspection/one.html")]
struct OnePage<'a> {
    shell: &'a Shell,
    action: String,
    year: i64,
    grid_href: String,
    name: String,
    uscc: String,
    standing: String,
    tone: &'static str,
    facts: Vec<(String, String)>,
    propose_href: String,
    why_revoke: Option<Condition>,
    proposals_hint: String,
    checks: Vec<Condition>,
    recorded: Vec<RecordedLine>,
    compared: Vec<Compared>,
    papers: Pane<'a>,
    documents: Vec<DocumentLine>,
    grounds: Vec<GroundLine>,
    mending: Option<(String, &'static str)>,
    mending_facts: Vec<(String, String)>,
    mending_version: i64,
    may: May,
    version: i64,
    ground_fields: Vec<GroundField>,
    outcomes: Vec<Choice>,
    note: String,
    reason: String,
    faults: &'a [FieldFault],
}

/// GET /desk/inspections/{year}/{uscc}
pub async fn show_one(visit: Visit, Path((year, uscc)): Path<(i64, String)>) -> Result<Response, PageError> {
    page(&visit, year, &uscc, None, &[]).await
}

/// POST /desk/inspections/{year}/{uscc}
pub async fn update(
    visit: Visit,
    Path((year, uscc)): Path<(i64, String)>,
    form: Form,
) -> Result<Response, PageError> {
    if preview::is_edited(&form) {
        return page(&visit, year, &uscc, Some(&form), &[]).await;
    }
    let (step, wish) = preview::step_of(&form);
    let action = format!("/desk/inspections/{year}/{uscc}");
    match act(&visit, year, &uscc, (&step, wish), &form).await {
        Ok((foreseen, done)) => {
            let done = || Ok(visit.done(&action, done));
            preview::seen(&visit, &form, (&action, &step, "preview-issue"), foreseen).unwrap_or_else(done)
        }
        Err(error) => {
            let faults = visit.faults(error)?;
            let prefix = format!("outcome.{uscc}");
            let here = |fault: FieldFault| match fault.field == prefix {
                true => fault.at("outcome"),
                false => fault,
            };
            let faults: Vec<FieldFault> = faults.into_iter().map(here).collect();
            page(&visit, year, &uscc, Some(&form), &faults).await
        }
    }
}

/// Does the step, or gives the documents that a decision would issue; with what is told when it is done.
async fn act(
    visit: &Visit,
    year: i64,
    uscc: &str,
    (step, wish): (&str, Wish),
    form: &Form,
) -> Result<(Vec<Document>, &'static str), Error> {
    let (city, actor, key) = (&visit.city, &visit.actor, form.key());
    let (uscc, version) = (uscc.to_owned(), form.number("version").unwrap_or_default());
    let outcome = || {
        Outcome::from_code(form.trimmed("outcome")).ok_or_else(|| {
            Error::Invalid(vec![Refusal::new("inspection.outcome-missing", "B26").at("outcome")])
        })
    };
    let reason = || form.text("reason").to_owned();
    let done = match step {
        "return" => {
            city.act(actor, &key, &ReturnReport { year, uscc, version, reason: reason() }).await?;
            "inspection-returned"
        }
        "decide" => {
            let rows = vec![BatchRow { uscc, version, outcome: outcome()? }];
            let foreseen = Steps::of(visit, form, wish).take(&DecideMany { year, rows }).await?;
            return Ok((foreseen, "inspection-decided"));
        }
        "absent" => {
            city.act(actor, &key, &RecordAbsences { year, codes: vec![uscc] }).await?;
            "inspection-absent"
        }
        "verify" | "send_back" => {
            let is_done = step == "verify";
            let verify = VerifyRectification { year, uscc, version, is_done, reason: reason() };
            city.act(actor, &key, &verify).await?;
            "inspection-verified"
        }
        _ => {
            let (grounds, note) = (found(form), form.text("note").to_owned());
            let review = ReviewReport { year, uscc, version, grounds, outcome: outcome()?, note };
            city.act(actor, &key, &review).await?;
            "inspection-reviewed"
        }
    };
    Ok((Vec::new(), done))
}

fn field_of(ground: Ground) -> String {
    format!("ground.{}", ground.code())
}

fn found(form: &Form) -> Vec<FoundGround> {
    let weight = |ground: &Ground| Weight::from_code(form.trimmed(&field_of(*ground)));
    Ground::ALL
        .iter()
        .filter_map(|ground| weight(ground).map(|weight| FoundGround { ground: *ground, weight }))
        .collect()
}

async fn page(
    visit: &Visit,
    year: i64,
    uscc: &str,
    typed: Option<&Form>,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let held = app::registry::profile::organisation(&visit.city, uscc).await;
    let held = held.map_err(|error| visit.error(error))?;
    let whole = inspection::whole(&visit.city, held.id, year).await.map_err(|error| visit.error(error))?;
    let (standing, tone) = standing(shell, whole.inspection.state, whole.inspection.outcome);
    let has_filed = whole.report.as_ref().is_some_and(|report| report.submitted_at.is_some());
    let typed_text = |name: &str| typed.map(|form| form.text(name).to_owned());
    let note = whole.report.as_ref().map(|report| report.review_note.clone()).unwrap_or_default();
    let mending = whole.rectification.as_ref();
    let page = OnePage {
        action: shell.url(format!("/desk/inspections/{year}/{uscc}")),
        year,
        grid_href: shell.url(format!("/desk/inspections/{year}")),
        name: whole.organisation.name.clone(),
        uscc: whole.organisation.uscc.clone(),
        standing,
        tone,
        facts: facts(shell, &whole),
        propose_href: propose_href(shell, &whole.organisation.uscc),
        why_revoke: whole.proposal.as_ref().map(|finding| condition(shell, finding)),
        proposals_hint: proposals_hint(visit),
        checks: whole.hints.iter().map(|hint| condition(shell, &hint.finding)).collect(),
        recorded: recorded::lines(shell, &whole.recorded),
        // A draft is the organisation's own until it is filed.
        compared: match has_filed {
            true => compared(shell, &whole.answers, whole.last_year.as_ref()),
            false => Vec::new(),
        },
        papers: Pane::of(visit, if has_filed { whole.papers.as_slice() } else { &[] }),
        documents: lines(visit, whole.subject()).await?,
        grounds: ground_lines(shell, &whole),
        mending: mending.map(|held| (shell.coded(&held.state), mending_tone(held.state))),
        mending_facts: mending_facts(shell, &whole),
        mending_version: mending.map_or(0, |held| held.version),
        may: may(visit, &whole),
        version: whole.inspection.version,
        ground_fields: ground_fields(shell, &whole, typed),
        outcomes: outcomes(shell, &whole, typed),
        note: typed_text("note").unwrap_or(note),
        reason: typed_text("reason").unwrap_or_default(),
        faults,
        shell,
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

fn may(visit: &Visit, whole: &Whole) -> May {
    let state = whole.inspection.state;
    let has_report = matches!(state, InspectionState::Reported | InspectionState::Reviewed);
    let is_reported =
        whole.rectification.as_ref().is_some_and(|held| held.state == RectificationState::Reported);
    let is_late = state == InspectionState::Due && visit.shell.now().date() > whole.due_on;
    let returns = whole.report.as_ref().map_or(0, |report| report.returns);
    match visit.actor.post.role {
        Role::ApprovalOfficer => May {
            review: has_report,
            send_back: has_report && returns == 0,
            verify: is_reported,
            record_absence: is_late,
            decide: false,
        },
        Role::ApprovalDirector => {
            May { decide: state == InspectionState::Reviewed, record_absence: is_late, ..May::default() }
        }
        _ => May::default(),
    }
}

fn facts(shell: &Shell, whole: &Whole) -> Vec<(String, String)> {
    if let Some(why) = exemption(shell, whole) {
        return vec![(shell.t("inspection-kind"), shell.coded(&whole.organisation.kind)), why];
    }
    let procedure =
        if whole.is_simplified { "inspection-procedure-simplified" } else { "inspection-procedure-full" };
    let mut facts = vec![
        (shell.t("inspection-kind"), shell.coded(&whole.organisation.kind)),
        (shell.t("inspection-fact-due"), shell.date(&whole.due_on)),
        (shell.t("inspection-fact-procedure"), shell.t(procedure)),
    ];
    let Some(report) = &whole.report else { return facts };
    if let Some(at) = report.submitted_at {
        facts.push((shell.t("inspection-fact-filed"), shell.moment(&at)));
    }
    if let Some(proposal) = report.proposal {
        facts.push((shell.t("inspection-proposed"), shell.coded(&proposal)));
    }
    if !report.review_note.is_empty() {
        facts.push((shell.t("inspection-reviewer-note"), report.review_note.clone()));
    }
    if !report.return_reason.is_empty() {
        facts.push((shell.t("inspection-return-title"), report.return_reason.clone()));
    }
    facts
}

fn mending_facts(shell: &Shell, whole: &Whole) -> Vec<(String, String)> {
    let Some(held) = &whole.rectification else { return Vec::new() };
    let facts = [
        (shell.t("inspection-rectification-due"), shell.date(&held.due_on)),
        (shell.t("inspection-rectification-text"), held.report.clone()),
        (shell.t("inspection-rectification-note"), held.note.clone()),
    ];
    facts.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

fn ground_fields(shell: &Shell, whole: &Whole, typed: Option<&Form>) -> Vec<GroundField> {
    let field = |ground: &Ground| {
        let name = field_of(*ground);
        let held = whole.grounds.iter().find(|one| one.ground == *ground).map(|one| one.weight.code());
        let current = typed.map_or(held.unwrap_or_default(), |form| form.text(&name)).to_owned();
        let is_hinted = whole.hints.iter().any(|hint| hint.ground == Some(*ground));
        let hinted = if is_hinted { shell.t("inspection-review-hinted") } else { String::new() };
        let label = format!("{}{hinted}", shell.coded(ground));
        let choices = tell::choices::<Weight>(shell, &current, Some("inspection-review-none"));
        GroundField { name, label, choices }
    };
    Ground::ALL.iter().map(field).collect()
}

fn outcomes(shell: &Shell, whole: &Whole, typed: Option<&Form>) -> Vec<Choice> {
    let proposal = whole.report.as_ref().and_then(|report| report.proposal);
    let due = proposal.unwrap_or_else(|| suggested(&whole.open_weights())).code();
    let current = typed.map(|form| form.trimmed("outcome")).filter(|text| !text.is_empty()).unwrap_or(due);
    tell::choices::<Outcome>(shell, current, None)
}
