//! Pages of the annual inspection: the organisation's own year, the approval office's campaign, its review
//! grid, one report, and who was reminded.

pub mod desk;
pub mod grid;
pub mod one;
pub mod own;
mod own_form;
mod recorded;
pub mod reminders;

use app::registry::inspection::{self, Inspection, Whole};
use domain::kernel::{Coded, OrganisationId, RuleKey};
use domain::registry::ending::RevocationGround;
use domain::registry::inspection::rectification::RectificationState;
use domain::registry::inspection::{Answers, Head, InspectionState, Outcome, Question, Shape};

use crate::shell::{PageError, Shell, Visit, words};

/// The outcome in words once there is one, else the state; with the tone of its tag.
fn standing(shell: &Shell, state: InspectionState, outcome: Option<Outcome>) -> (String, &'static str) {
    match (state, outcome) {
        (_, Some(Outcome::Pass)) => (shell.coded(&Outcome::Pass), "ok"),
        (_, Some(Outcome::BasicPass)) => (shell.coded(&Outcome::BasicPass), "warn"),
        (_, Some(Outcome::Fail)) => (shell.coded(&Outcome::Fail), "stop"),
        (InspectionState::Absent, None) => (shell.coded(&state), "stop"),
        (InspectionState::Due | InspectionState::Returned, None) => (shell.coded(&state), "wait"),
        (_, None) => (shell.coded(&state), ""),
    }
}

/// Why a year asks nothing of the organisation, and that the next one does; `None` for any other year (B25).
fn exemption(shell: &Shell, whole: &Whole) -> Option<(String, String)> {
    let is_exempt = whole.inspection.state == InspectionState::Exempt;
    let registered = shell.date(&whole.organisation.registered_on);
    let because = || shell.txy("inspection-exempt-because", registered, whole.inspection.year + 1);
    is_exempt.then(|| (shell.t("inspection-exempt-why"), because()))
}

/// What follows from bad years in a row (B27).
fn proposals_hint(visit: &Visit) -> String {
    let rules = visit.city.book.on(visit.shell.now().date());
    visit.shell.by_rules(rules, "inspection-proposals-hint", &[("years", RuleKey::AbsentYearsMax)])
}

/// Where an officer proposes what two bad years call for, the ground chosen already; a person decides (B27).
fn propose_href(shell: &Shell, uscc: &str) -> String {
    if !shell.is_role("approval_officer") {
        return String::new();
    }
    let ground = RevocationGround::TwoYearsAbsentOrFailed.code();
    shell.url(format!("/desk/endings/organisations/{uscc}?ground={ground}"))
}

/// The tone of a rectification's tag.
fn mending_tone(state: RectificationState) -> &'static str {
    match state {
        RectificationState::Open => "warn",
        RectificationState::Reported => "wait",
        RectificationState::Verified => "ok",
    }
}

/// An answer as people read it.
fn answer(shell: &Shell, answers: &Answers, question: Question) -> String {
    let text = answers.text(question);
    match (question.shape(), answers.money(question)) {
        _ if text.is_empty() => "—".to_owned(),
        (Shape::YesNo, _) => shell.t(if text == "yes" { "inspection-yes" } else { "inspection-no" }),
        (Shape::Money | Shape::Balance, Some(amount)) => shell.money(&amount),
        _ => text.to_owned(),
    }
}

/// One head of the report with this year's answers beside last year's.
struct Compared {
    title: String,
    rows: Vec<(String, String, String)>,
}

fn compared(shell: &Shell, answers: &Answers, last_year: Option<&Answers>) -> Vec<Compared> {
    let row = |question: Question| {
        let then = last_year.map_or_else(|| "—".to_owned(), |last| answer(shell, last, question));
        (shell.coded(&question), answer(shell, answers, question), then)
    };
    // A day that only some are asked for has no row where it was not.
    let is_told = |one: &Question| one.shape() != Shape::Day || !answers.text(*one).is_empty();
    let head = |head: &Head| Compared {
        title: shell.coded(head),
        rows: Question::ALL
            .iter()
            .filter(|one| one.head() == *head && is_told(one))
            .map(|one| row(*one))
            .collect(),
    };
    Head::ALL.iter().map(head).collect()
}

/// A ground as a line of a page.
struct GroundLine {
    text: String,
    weight: String,
    state: String,
    tone: &'static str,
}

fn ground_lines(shell: &Shell, whole: &Whole) -> Vec<GroundLine> {
    let line = |held: &inspection::HeldGround| {
        let (key, tone) = match held.closed_at {
            Some(_) => ("inspection-ground-closed", "ok"),
            None => ("inspection-ground-open", "warn"),
        };
        let (text, weight) = (shell.coded(&held.ground), shell.coded(&held.weight));
        GroundLine { text, weight, state: shell.t(key), tone }
    };
    whole.grounds.iter().map(line).collect()
}

/// A paper as a line of a page.
struct PaperLine {
    id: i64,
    kind: String,
    name: String,
    href: String,
}

fn paper_lines(shell: &Shell, papers: &[app::papers::Paper]) -> Vec<PaperLine> {
    let line = |paper: &app::papers::Paper| PaperLine {
        id: paper.id.0,
        kind: shell.coded(&paper.kind),
        name: paper.name.clone(),
        href: shell.url(format!("/papers/{}", paper.id.0)),
    };
    papers.iter().map(line).collect()
}

/// What an organisation's own page says of its inspection, when something is to be done.
pub struct Notice {
    /// The sentence.
    pub text: String,
    /// Where it is done.
    pub href: String,
    /// What the link says.
    pub action: String,
}

/// The line for /me: a report that is due, one that came back, or a rectification that runs.
///
/// # Errors
/// The database failed, as a page.
pub async fn notice(visit: &Visit, organisation: OrganisationId) -> Result<Option<Notice>, PageError> {
    let latest = inspection::latest(&visit.city, organisation).await.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    Ok(latest.and_then(|whole| {
        let Inspection { year, state, .. } = whole.inspection;
        let running = whole.rectification.as_ref().filter(|one| one.state == RectificationState::Open);
        let text = match (state, running) {
            (InspectionState::Due, _) => shell.txy("inspection-me-due", year, shell.date(&whole.due_on)),
            (InspectionState::Returned, _) => shell.tx("inspection-me-returned", year),
            (_, Some(one)) => shell.txy("inspection-me-mend", year, shell.date(&one.due_on)),
            _ => return None,
        };
        let href = shell.url(format!("/me/inspection/{year}"));
        Some(Notice { text, href, action: shell.t("inspection-me-open") })
    }))
}

/// The name of a closed list's member, for sheets.
fn member(shell: &Shell, list: &str, code: &str) -> String {
    words::member(shell.lang, list, code)
}
