//! Tendering on paper and screen, up to the bid deadline: what the public reads, what the office writes and
//! what a bidder hands in. Nothing here tells anyone but the bidder that a bid exists (C30).

pub mod bid;
pub mod check;
pub mod consortium;
pub mod correction;
pub mod deadlines;
pub mod desk;
pub mod mine;
pub mod notice;
pub mod publish;
pub mod questions;
pub mod requirement;
pub mod review;
pub mod scoring;
pub mod submission;
pub mod tender;
pub mod tenders;

use app::tendering::notice::working_days_left;
use app::tendering::queries::Tender;
use app::{App, Error};
use axum::http::StatusCode;
use domain::kernel::{Coded, Finding, Level, OrganisationId};
use domain::tendering::stage::{Phase, Stage};

use crate::i18n::{self, Value};
use crate::shell::nav::NavLink;
use crate::shell::{Choice, FieldFault, PageError, Shell, Visit, show_as, words};

/// The tone of a phase's tag.
fn tone(phase: Phase) -> &'static str {
    match phase {
        Phase::Bidding => "live",
        Phase::Preparing | Phase::AwaitingOpening | Phase::Opened | Phase::Reviewing | Phase::Deciding => {
            "wait"
        }
        Phase::Publicised | Phase::AwaitingAward => "warn",
        Phase::Awarded | Phase::Contracted => "ok",
        Phase::Failed | Phase::Cancelled => "stop",
    }
}

/// A tender as lists show it.
pub struct Line {
    tender: Tender,
    phase: String,
    tone: &'static str,
    days_left: Option<i64>,
    left: String,
    urgency: &'static str,
}

impl Line {
    fn new(app: &App, shell: &Shell, tender: Tender) -> Self {
        let phase = tender.phase(shell.now());
        let days_left = match phase {
            Phase::Bidding => tender.deadline_at.and_then(|end| working_days_left(app, shell.now(), end)),
            _ => None,
        };
        let urgency = match days_left {
            Some(0..=1) => "stop",
            Some(2..=3) => "warn",
            _ => "ok",
        };
        let left = days_left.map_or_else(String::new, |days| shell.tn("shell-day-left", days));
        Self { phase: shell.coded(&phase), tone: tone(phase), days_left, left, urgency, tender }
    }
}

/// One step of a tender's way.
pub struct StepLine {
    label: String,
    state: &'static str,
    said: String,
}

/// The way of a tender from notice to contract, with where it stands.
fn steps(shell: &Shell, phase: Phase, questions_open: bool) -> Vec<StepLine> {
    let here = match phase {
        Phase::Preparing => 0,
        Phase::Bidding if questions_open => 1,
        Phase::Bidding => 2,
        Phase::AwaitingOpening | Phase::Opened => 3,
        Phase::Reviewing | Phase::Deciding => 4,
        Phase::Publicised | Phase::AwaitingAward => 5,
        Phase::Awarded => 6,
        Phase::Contracted => 7,
        Phase::Failed | Phase::Cancelled => 9,
    };
    let names = ["notice", "questions", "bids", "opening", "review", "result", "contract", "work"];
    let step = |(at, name): (usize, &&str)| {
        let (state, key) = match at.cmp(&here) {
            std::cmp::Ordering::Less if here < 9 => ("done", "shell-step-done"),
            std::cmp::Ordering::Equal => ("current", "shell-step-current"),
            _ => ("next", "shell-step-next"),
        };
        StepLine { label: shell.t(&format!("tender-step-{name}")), state, said: shell.t(key) }
    };
    names.iter().enumerate().map(step).collect()
}

/// The sub-pages of a public tender that are there at its stage.
fn tabs(shell: &Shell, tender: &Tender) -> Vec<NavLink> {
    let base = format!("/tenders/{}", tender.number);
    let is_decided = matches!(tender.stage, Stage::Publicised | Stage::Awarded | Stage::Contracted);
    let later = [
        ("tender-tab-opening", "/opening", tender.deadline_at.is_some()),
        ("tender-tab-result", "/result", is_decided),
        ("tender-tab-draw", "/draw", is_decided),
    ];
    let pages = [
        ("tender-tab-show", String::new()),
        ("tender-tab-qa", "/qa".to_owned()),
        ("tender-tab-corrections", "/corrections".to_owned()),
        ("tender-tab-deadlines", "/deadlines".to_owned()),
        ("tender-tab-notice", "/notice".to_owned()),
    ];
    let later = later.into_iter().filter(|(_, _, is_there)| *is_there);
    let pages = pages.into_iter().chain(later.map(|(key, tail, _)| (key, tail.to_owned())));
    pages.map(|(key, tail)| link(shell, key, &format!("{base}{tail}"))).collect()
}

fn link(shell: &Shell, key: &str, path: &str) -> NavLink {
    NavLink { href: shell.url(path), label: shell.t(key), current: shell.path() == path }
}

/// A condition for bidding, as a page shows it.
pub struct FindingLine {
    text: String,
    level: String,
    tone: &'static str,
    rule: &'static str,
    title: String,
    ground: String,
}

/// A condition in words.
fn finding_text(shell: &Shell, finding: &Finding) -> String {
    let facts: Vec<(&str, Value<'_>)> = finding
        .facts
        .iter()
        .map(|(name, fact)| (*name, Value::from(words::fact(shell.lang, fact))))
        .collect();
    let key = format!("finding-{}", finding.code.replace(['.', '_'], "-"));
    i18n::text_with(shell.lang, &key, &facts)
}

fn finding_line(app: &App, shell: &Shell, finding: &Finding) -> FindingLine {
    let ground = app.grounds.get(finding.rule);
    let title = ground.map(|held| if shell.is_english() { &held.title_en } else { &held.title_zh });
    FindingLine {
        text: finding_text(shell, finding),
        level: shell.coded(&finding.level),
        tone: match finding.level {
            Level::Met => "ok",
            Level::Warn => "warn",
            Level::Barred => "stop",
        },
        rule: finding.rule,
        title: title.cloned().unwrap_or_default(),
        ground: ground.map(|held| held.law(shell.is_english()).to_owned()).unwrap_or_default(),
    }
}

/// The members of a closed list as options.
fn choices<C: Coded>(shell: &Shell, current: &str) -> Vec<Choice> {
    C::ALL.iter().map(|one| Choice::new(one.code(), shell.coded(one), current)).collect()
}

/// The organisation that the reader acts for.
fn organisation(visit: &Visit) -> Result<OrganisationId, PageError> {
    visit.actor.organisation().ok_or_else(|| visit.error(Error::NotFound))
}

/// The faults of a form with the status of its answer.
fn mendable(visit: &Visit, error: Error) -> Result<(StatusCode, Vec<FieldFault>), PageError> {
    visit.mendable(error)
}

/// The head of a desk's page on one tender.
pub struct Head {
    phase: String,
    tone: &'static str,
}

impl Head {
    fn of(shell: &Shell, tender: &Tender) -> Self {
        let phase = tender.phase(shell.now());
        let is_preparing = phase == Phase::Preparing;
        let text = if is_preparing { shell.coded(&tender.stage) } else { shell.coded(&phase) };
        Self { phase: text, tone: tone(phase) }
    }
}

/// Whether questions may still be asked.
fn questions_open(tender: &Tender, shell: &Shell) -> bool {
    tender.stage == Stage::Bidding && tender.questions_until.is_some_and(|end| shell.now() < end)
}

/// Whether bids may still come in.
fn bids_open(tender: &Tender, shell: &Shell) -> bool {
    tender.phase(shell.now()) == Phase::Bidding
}
