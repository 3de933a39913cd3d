//! The official's inbox, sorted by remaining working days (W4); everyone else is sent to an own desk.

use std::collections::BTreeMap;

use app::inbox::{self, Desk, Task, TaskKind};
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use domain::kernel::{Coded, Role};

use super::inbox_pane::{self, Pane};
use crate::registry::registration::desk_filter::{within_choices, within_of};
use crate::shell::form::pairs;
use crate::shell::{Choice, Form, NavLink, PageError, Shell, Visit, address, show, words};

/// Working days from which a task counts as urgent.
const SOON: i64 = 2;

/// A task as the page shows it.
struct Line {
    what: String,
    subject: String,
    title: String,
    office: String,
    /// Who has it, as a sentence; empty when nobody in particular has.
    holder: String,
    href: String,
    /// This list with the task beside it.
    preview: String,
    is_open: bool,
    due: String,
    left: String,
    tone: &'static str,
}

#[derive(Template)]
#[template(path = "site/inbox.html")]
struct InboxPage<'a> {
    shell: &'a Shell,
    tabs: Vec<NavLink>,
    /// The tab's name, kept by the filters.
    tab: &'static str,
    has_filters: bool,
    kinds: Vec<Choice>,
    offices: Vec<Choice>,
    within: Vec<Choice>,
    heading: String,
    lines: Vec<Line>,
    /// The chosen task.
    pane: Option<Pane>,
}

/// What a tab shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    /// What the reader does.
    Own,
    /// What others of the reader's scope do.
    Others,
    /// What is overdue, whoever does it.
    Overdue,
}

const TABS: [(Tab, &str); 3] = [(Tab::Own, "own"), (Tab::Others, "others"), (Tab::Overdue, "overdue")];

/// GET /desk
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let shell = &visit.shell;
    match visit.actor.post.role {
        Role::Expert => return Ok(Redirect::to(&shell.url("/expert")).into_response()),
        Role::OrganisationUser => return Ok(Redirect::to(&shell.url("/me")).into_response()),
        Role::Applicant => return Ok(Redirect::to(&shell.url("/apply")).into_response()),
        Role::Administrator => return Ok(Redirect::to(&shell.url("/desk/people")).into_response()),
        _ => {}
    }
    let tasks = inbox::tasks(&visit.city, &visit.actor).await.map_err(|error| visit.error(error))?;
    let query = Form::of(pairs(shell.query.as_bytes()));
    let wished = TABS.iter().find(|(_, name)| *name == query.text("tab"));
    let (chosen, name) = *wished.unwrap_or(&TABS[0]);
    let tab = |(tab, name): &(Tab, &str)| NavLink {
        href: shell.url(format!("/desk?tab={name}")),
        label: shell
            .tn(&format!("inbox-tab-{name}"), count(tasks.iter().filter(|task| belongs(*tab, task)).count())),
        current: *tab == chosen,
    };
    let (kind, office, within) = (query.trimmed("kind"), query.trimmed("office"), within_of(&query));
    let here: Vec<&Task> = tasks.iter().filter(|task| belongs(chosen, task)).collect();
    let is_asked_for = |task: &&&Task| {
        (kind.is_empty() || task.kind.code() == kind)
            && (office.is_empty() || office_of(shell, task) == office)
            && within.is_none_or(|most| task.days_left.is_some_and(|days| days <= most))
    };
    let shown: Vec<&Task> = here.iter().filter(is_asked_for).copied().collect();
    let open = query.trimmed("open");
    let chosen_task = shown.iter().copied().find(|task| !open.is_empty() && inbox_pane::name(task) == open);
    let pane = match chosen_task {
        Some(task) => Some(pane(shell, task).filled(&visit, task).await?),
        None => None,
    };
    let days = within.map(|days| days.to_string()).unwrap_or_default();
    let kept = [("tab", name), ("kind", kind), ("office", office), ("within", days.as_str())];
    let kinds = here.iter().map(|task| (task.kind.code(), shell.coded(&task.kind)));
    let named: Vec<String> = here.iter().map(|task| office_of(shell, task)).collect();
    let offices = named.iter().map(|name| (name.as_str(), name.clone()));
    show(&InboxPage {
        shell,
        tabs: TABS.iter().map(tab).collect(),
        tab: name,
        has_filters: here.len() > 1,
        kinds: choices(shell, kinds.collect(), kind),
        offices: choices(shell, offices.collect(), office),
        within: within_choices(shell, within),
        heading: shell.t(&format!("inbox-heading-{name}")),
        lines: shown.iter().map(|task| line(shell, task, &kept, open)).collect(),
        pane,
    })
}

/// What there is to choose from, each once, after "all".
fn choices(shell: &Shell, found: BTreeMap<&str, String>, current: &str) -> Vec<Choice> {
    let all = Choice::new("", shell.t("inbox-all"), current);
    let found = found.into_iter().map(|(value, label)| Choice::new(value, label, current));
    std::iter::once(all).chain(found).collect()
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn belongs(tab: Tab, task: &Task) -> bool {
    match tab {
        Tab::Own => task.is_own,
        Tab::Others => !task.is_own,
        Tab::Overdue => task.days_left.is_some_and(|days| days < 0),
    }
}

/// The task beside the list, before what is on file of it.
fn pane(shell: &Shell, task: &Task) -> Pane {
    let told = line(shell, task, &[], "");
    let mut rows = vec![(shell.t("inbox-office"), told.office), (shell.t("inbox-due"), told.due)];
    rows.push((shell.t("inbox-left"), told.left));
    if !told.subject.is_empty() {
        rows.insert(0, (shell.t("inbox-subject"), told.subject));
    }
    Pane { what: told.what, title: told.title, href: told.href, rows, deadlines: Vec::new() }
}

/// A task as a row, its preview keeping the filters.
fn line(shell: &Shell, task: &Task, kept: &[(&str, &str)], open: &str) -> Line {
    let name = inbox_pane::name(task);
    let fields = kept.iter().copied().chain([("open", name.as_str())]);
    let query: Vec<String> = fields
        .filter(|(_, value)| !value.is_empty())
        .map(|(field, value)| format!("{field}={}", address::urlencode(value)))
        .collect();
    let preview = shell.url(format!("/desk?{}#pane", query.join("&")));
    let (left, tone) = match task.days_left {
        None => (shell.t("inbox-no-term"), ""),
        Some(days) if days < 0 => (shell.tn("inbox-overdue", -days), "stop"),
        Some(0) => (shell.t("inbox-today"), "stop"),
        Some(days) if days <= SOON => (shell.tn("shell-day-left", days), "warn"),
        Some(days) => (shell.tn("shell-day-left", days), "ok"),
    };
    Line {
        what: words::coded(shell.lang, task.kind),
        // A removal and a penalty are known by their organisation alone; their row says nothing to a reader.
        subject: match task.kind {
            TaskKind::VerifyRemoval
            | TaskKind::DecideRemoval
            | TaskKind::SendPenaltyNotice
            | TaskKind::HearPenalty
            | TaskKind::DecidePenalty => String::new(),
            _ => task.subject.replace('/', " "),
        },
        title: match task.kind {
            TaskKind::RecordAbsences => {
                shell.tn("inbox-absent", task.title.parse::<i64>().unwrap_or_default())
            }
            _ => task.title.clone(),
        },
        office: office_of(shell, task),
        holder: match task.holder.as_str() {
            "" => String::new(),
            name => shell.tx("case-held-by", name),
        },
        href: shell.url(path(task)),
        preview,
        is_open: name == open,
        due: task.due.map_or_else(|| "—".to_owned(), |due| shell.date(&due)),
        left,
        tone,
    }
}

/// Whose task it is: registration and credit have one desk for all offices.
fn office_of(shell: &Shell, task: &Task) -> String {
    match task.kind.desk() {
        Desk::Credit => shell.t("credit-office"),
        Desk::Window => shell.t("window-office"),
        Desk::Street => shell.t("street-office"),
        Desk::Programme => shell.t("cultivation-office"),
        Desk::Purchase | Desk::Discipline => task.office.clone(),
    }
}

/// The desk page on which the task is done.
fn path(task: &Task) -> String {
    match task.kind {
        TaskKind::ReviewItem => format!("/desk/catalogue/{}", task.subject),
        kind if kind.is_of_case() => format!("/desk/cases/{}", task.subject),
        kind if kind.is_of_charity() => format!("/desk/charity/{}", task.subject),
        kind if kind.is_of_fundraising() => format!("/desk/fundraising/{}", task.subject),
        TaskKind::ReviewReport
        | TaskKind::DecideReport
        | TaskKind::VerifyRectification
        | TaskKind::CallInRectification => format!("/desk/inspections/{}", task.subject),
        TaskKind::ReceiveSeal => format!("/desk/seals/{}", task.subject),
        TaskKind::RecordAbsences => format!("/desk/inspections/{}?late=yes", task.subject),
        TaskKind::CheckRating
        | TaskKind::ArrangeVisit
        | TaskKind::CallRatingBody
        | TaskKind::PubliciseRating
        | TaskKind::ServeRatingReview
        | TaskKind::ReportRating
        | TaskKind::ConfirmRating
        | TaskKind::TakeBackPlaque => format!("/desk/ratings/{}", task.subject),
        TaskKind::TakeInChange
        | TaskKind::TakeInCancellation
        | TaskKind::TakeBack
        | TaskKind::ReviewChange
        | TaskKind::DecideChange
        | TaskKind::ReviewCancellation
        | TaskKind::SendRevocationNotice
        | TaskKind::HearRevocation
        | TaskKind::DecideEnding => format!("/desk/endings/{}", task.subject),
        TaskKind::TellIdleCharity => format!("/desk/endings/organisations/{}#charity-end", task.subject),
        kind if kind.is_of_programme() => format!("/desk/cultivation/{}", task.subject),
        TaskKind::RecordFiledYear | TaskKind::DecideSilentFiling => format!("/desk/filings/{}", task.subject),
        TaskKind::CompleteFolder => format!("/desk/filings/{}#papers", task.subject),
        kind if kind.is_of_supervision() => format!("/desk/tickets/{}", task.subject),
        TaskKind::HoldAcceptance | TaskKind::PublishAcceptance => {
            format!("/desk/acceptance/{}", task.subject)
        }
        kind if kind.is_of_delivery() => format!("/desk/contracts/{}/delivery", task.subject),
        TaskKind::DecideTieError => format!("/desk/experts/{}", task.subject),
        TaskKind::AnswerFeedback => format!("/desk/feedback/{}", task.subject),
        TaskKind::CheckPayment => format!("/desk/payments/{}", task.subject),
        TaskKind::ReturnDeposit => format!("/desk/tenders/{}/deposits", task.subject),
        TaskKind::SendPayment => "/desk/payment-batches".to_owned(),
        TaskKind::DraftContract => "/desk/contracts".to_owned(),
        TaskKind::OfferContract | TaskKind::SignContract => format!("/desk/contracts/{}", task.subject),
        TaskKind::ConfirmPenalty
        | TaskKind::SealCertificate
        | TaskKind::GiveBackSealed
        | TaskKind::CheckOrder => format!("/desk/credit/organisations/{}", task.subject),
        TaskKind::SendListingNotice | TaskKind::HoldHearing | TaskKind::DecideListing => {
            format!("/desk/credit/cases/{}", task.subject)
        }
        TaskKind::SendPenaltyNotice | TaskKind::HearPenalty | TaskKind::DecidePenalty => {
            format!("/desk/credit/penalties/{}", task.subject)
        }
        TaskKind::VerifyRemoval | TaskKind::DecideRemoval => {
            format!("/desk/credit/removals/{}", task.subject)
        }
        TaskKind::ProposeListing | TaskKind::EndListing | TaskKind::EndSuspension => {
            "/desk/credit".to_owned()
        }
        TaskKind::AnswerOfficeFeedback => format!("/desk/contracts/{}/feedback", task.subject),
        TaskKind::FindOnRetaliation => "/desk/retaliation".to_owned(),
        kind if kind.is_of_evaluation() => format!("/desk/contracts/{}/evaluation", task.subject),
        _ => format!("/desk/tenders/{}", task.subject),
    }
}
