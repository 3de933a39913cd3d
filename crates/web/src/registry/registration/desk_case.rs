//! A case on the desk: who and until when, papers, checks with their rules, opinions, documents, timeline,
//! deadlines day by day; and what the reader may do (W5).

use app::deadlines::{self, HeldDeadline};
use app::papers;
use app::registry::registration::desk::{self as desk_list, DeskFilter, Tab};
use app::registry::registration::read::{self, Hanging};
use app::registry::registration::{Case, checks, reasons};
use askama::Template;
use axum::response::Response;
use domain::kernel::{DayKind, Level, PersonId, Subject};
use domain::registry::DocumentKind;
use domain::registry::registration::state::{Hands, next_act};
use domain::registry::registration::threshold::profile;
use domain::registry::registration::{CaseAct, CaseState, Step};

use super::charter::{self, CharterState};
use super::desk_act::{self, ActLink};
use super::opinion::{self, ConditionLine};
use super::visit::{VisitLine, lines};
use super::words as said;
use super::{desk, desk_act::SLUGS};
use crate::documents::list::{self, DocumentLine};
use crate::papers::pane::Pane;
use crate::shell::findings::{FindingLine, finding_lines};
use crate::shell::{PageError, Path, Shell, Visit, show, terms, words};

/// A deadline in words.
pub struct DeadlineLine {
    pub(crate) title: String,
    pub(crate) length: String,
    pub(crate) due: String,
    pub(crate) left: String,
    pub(crate) tone: &'static str,
    pub(crate) rule: String,
    pub(crate) steps: Vec<String>,
}

/// A line of the timeline.
struct EventLine {
    title: String,
    by: String,
    at: String,
    iso: String,
    note: String,
}

#[derive(Template)]
#[template(path = "registry/registration/desk_case.html")]
struct DeskCasePage<'a> {
    shell: &'a Shell,
    case: &'a Case,
    number: String,
    kind: String,
    state: String,
    tone: &'static str,
    profile: String,
    hanging: Hanging,
    visits: Vec<VisitLine>,
    charter: CharterState,
    answers: Vec<(String, String)>,
    papers: Pane<'a>,
    findings: Vec<ConditionLine>,
    worst: String,
    /// How many have signed, and how many more must before anyone decides.
    countersigned: String,
    documents: Vec<DocumentLine>,
    deadlines: Vec<DeadlineLine>,
    events: Vec<EventLine>,
    acts: Vec<ActLink>,
    previous_href: String,
    next_href: String,
    uscc_href: String,
}

/// GET /desk/cases/{no}
pub async fn show_one(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let (city, shell) = (&visit.city, &visit.shell);
    let failed = |error| visit.error(error);
    let case = read::on_desk(city, &number).await.map_err(failed)?;
    let hanging = read::hanging(city, &case).await.map_err(failed)?;
    let checked = checks::of(city, &case).await.map_err(failed)?;
    let held = papers::of(city, case.subject()).await.map_err(failed)?;
    let worst = match checks::worst(&checked.findings) {
        Some(Level::Barred) => "case-worst-barred",
        Some(Level::Warn) => "case-worst-warn",
        _ => "case-worst-met",
    };
    let doubtful = reasons::open(city, &case, &checked).await.map_err(failed)?;
    let open = Open { has_doubt: !doubtful.is_empty(), ..Open::of(&hanging, &checked) };
    let (previous_href, next_href) = neighbours(&visit, &number).await?;
    show(&DeskCasePage {
        previous_href,
        next_href,
        shell,
        number: number.clone(),
        kind: words::coded(shell.lang, case.kind),
        state: words::coded(shell.lang, case.state),
        tone: said::tone(case.state),
        profile: checked
            .application
            .as_ref()
            .map(|one| words::coded(shell.lang, profile(one.kind, one.basis)))
            .unwrap_or_default(),
        answers: answers(shell, &case),
        papers: Pane::of(&visit, &held),
        findings: opinion::conditions(&visit, &case, &checked.findings).await?,
        worst: shell.t(worst),
        countersigned: countersigned(shell, &case, &hanging),
        documents: list::lines(&visit, case.subject()).await?,
        deadlines: deadline_lines(&visit, case.subject()).await?,
        events: events(shell, &hanging),
        acts: acts(&visit, &case, &number, &hanging, &open),
        visits: lines(shell, &hanging.visits),
        charter: charter::state(&visit, &case).await?,
        uscc_href: if hanging.uscc.is_empty() {
            String::new()
        } else {
            shell.url(format!("/orgs/{}", hanging.uscc))
        },
        hanging,
        case: &case,
    })
}

/// The opinions that two officers sign side by side, as a sentence while they are asked for (B9).
fn countersigned(shell: &Shell, case: &Case, hanging: &Hanging) -> String {
    if !matches!(case.state, CaseState::Accepted | CaseState::UnderReview) {
        return String::new();
    }
    let names: Vec<&str> = hanging.opinions.iter().map(|one| one.by.as_str()).collect();
    let signed = if names.is_empty() {
        shell.t("case-countersigned-nobody")
    } else {
        names.join(&shell.t("case-names-joint"))
    };
    match case.reviews_missing {
        0 => shell.tx("case-countersigned-all", signed),
        missing => shell.txy("case-countersigned", signed, missing.to_string()),
    }
}

/// The cases before and after this one among those that the reader has to do; empty where there is none. From
/// a case that is not among them the next one is the first.
async fn neighbours(visit: &Visit, number: &str) -> Result<(String, String), PageError> {
    let filter = DeskFilter { tab: Tab::Own, ..DeskFilter::default() };
    let own =
        desk_list::desk(&visit.city, &visit.actor, &filter).await.map_err(|error| visit.error(error))?;
    let at = own.iter().position(|line| line.case.number.as_deref() == Some(number));
    let href = |place: Option<usize>| {
        let found = place.and_then(|place| own.get(place)).and_then(|line| line.case.number.as_deref());
        found.map(|number| visit.shell.url(format!("/desk/cases/{number}"))).unwrap_or_default()
    };
    let before = at.and_then(|at| at.checked_sub(1));
    Ok((href(before), href(Some(at.map_or(0, |at| at + 1)))))
}

/// What the applicant answered, in words.
pub(crate) fn answers(shell: &Shell, case: &Case) -> Vec<(String, String)> {
    let answers = case.answers();
    // The name heads the page.
    let fields = said::steps(case.kind).into_iter().flat_map(|step| step.fields().iter());
    let fields = fields.filter(|name| **name != "name");
    let fields = fields.filter(|name| Step::asks(case.kind, name));
    // Whoever does not apply as a charity has no line about it (B46), nor whoever has no person's name (B7).
    let is_rare = |name: &str| name.contains("charity") || name.contains("personal_name");
    let fields = fields.filter(|name| !is_rare(name) || !answers.text(name).is_empty());
    fields
        .map(|name| (shell.t(&format!("apply-{}", said::slug(name))), said::answer(shell, name, &answers)))
        .collect()
}

/// What is there to be weighed or answered.
struct Open {
    has_similar: bool,
    has_question: bool,
    has_unsigned: bool,
    has_doubt: bool,
    is_joint: bool,
}

impl Open {
    fn of(hanging: &Hanging, checked: &checks::Checked) -> Open {
        Open {
            has_similar: !checked.similar.is_empty(),
            has_question: hanging.consultations.iter().any(|one| one.reply.is_none()),
            has_unsigned: hanging.visits.iter().any(app::registry::registration::visit::Visit::is_waiting),
            has_doubt: false,
            is_joint: !hanging.consultations.is_empty()
                && !hanging.events.iter().any(|one| one.act == CaseAct::ExtendJoint),
        }
    }
}

/// What the reader may do now: the role may, the case is so far, and this very person has not had a hand in it that
/// forbids it.
fn acts(visit: &Visit, case: &Case, number: &str, hanging: &Hanging, open: &Open) -> Vec<ActLink> {
    let role = visit.actor.post.role;
    let reviewers: Vec<PersonId> = hanging.opinions.iter().map(|one| one.person_id).collect();
    let hands = Hands {
        applicant: case.applicant_id,
        assisted_by: case.assisted_by,
        reviewers: &reviewers,
        visitors: &[],
    };
    let is_free = |act: &CaseAct| {
        visit.actor.person.is_some_and(|person| match act {
            CaseAct::Review => hands.may_review(person).is_ok(),
            CaseAct::RecordVisit | CaseAct::SignVisit | CaseAct::CheckCharter => {
                hands.may_visit(person).is_ok()
            }
            _ => hands.may_handle(person).is_ok(),
        })
    };
    let is_wanted = |act: &CaseAct| match act {
        CaseAct::WeighNecessity => open.has_similar,
        CaseAct::RecordReply => open.has_question,
        CaseAct::ExtendJoint => open.is_joint,
        CaseAct::RecordVisit => !open.has_unsigned,
        CaseAct::SignVisit => open.has_unsigned,
        // An opinion rests on a charter that was compared with the list.
        CaseAct::Review => !case.lacking(false).charter,
        // Before that the opinions themselves give the reasons.
        CaseAct::Explain => open.has_doubt && case.reviews_missing == 0,
        _ => true,
    };
    let may = |act: &CaseAct| {
        let is_open = act.doers().contains(&role) && act.from(case.state, case.is_corrected).is_ok();
        is_open && is_wanted(act) && is_free(act)
    };
    let next = next_act(case.state, case.lacking(open.has_unsigned));
    SLUGS
        .iter()
        .filter(|(_, act)| may(act))
        .map(|(_, act)| desk_act::link(&visit.shell, number, *act, next))
        .collect()
}

fn events(shell: &Shell, hanging: &Hanging) -> Vec<EventLine> {
    let line = |event: &read::Event| EventLine {
        title: words::coded(shell.lang, event.act),
        by: event.by.clone().unwrap_or_else(|| shell.t("case-by-law")),
        at: shell.moment(&event.at),
        iso: event.at.rfc3339(),
        note: event.note.clone(),
    };
    hanging.events.iter().map(line).collect()
}

/// The deadlines of a thing, day by day.
///
/// # Errors
/// The database failed, as a page.
pub(crate) async fn deadline_lines(visit: &Visit, subject: Subject) -> Result<Vec<DeadlineLine>, PageError> {
    let held = deadlines::of(&visit.city, subject).await.map_err(|error| visit.error(error))?;
    Ok(held.iter().map(|one| deadline_line(visit, one)).collect())
}

fn deadline_line(visit: &Visit, of: &HeldDeadline) -> DeadlineLine {
    let (city, shell) = (&visit.city, &visit.shell);
    let today = shell.now().date();
    let (left, tone) = match (of.done_on, of.due_on) {
        (Some(_), _) if of.is_late(today) => (shell.t("case-done-late"), "stop"),
        (Some(day), _) => (shell.tx("case-done-on", shell.date(&day)), ""),
        (None, None) => (shell.t("case-standing-still"), "wait"),
        (None, Some(due)) => desk::left(shell, deadlines::days_left(city, today, due)),
    };
    let rules = city.book.on(of.rules_on);
    let counted = rules.deadline(&city.calendar, of.rule, of.trigger_on).ok();
    // A count that was suspended ends elsewhere; then the plain count would mislead.
    let counted = counted.filter(|found| of.due_on == Some(found.due));
    DeadlineLine {
        title: words::coded(shell.lang, of.rule),
        length: terms::days(shell, of.count, of.day_kind == DayKind::WorkingDays),
        due: of.due_on.map_or_else(|| "—".to_owned(), |due| shell.date(&due)),
        left,
        tone,
        rule: rules.rule(of.rule).ground.clone(),
        steps: match counted {
            Some(found) => found.steps.iter().map(|step| terms::step_text(shell, step)).collect(),
            None => vec![shell.t("case-suspended")],
        },
    }
}

/// The points of the one correction notice, while it waits for the applicant.
pub(super) async fn defects(visit: &Visit, case: &Case) -> Result<Vec<FindingLine>, PageError> {
    if case.state != CaseState::CorrectionRequested {
        return Ok(Vec::new());
    }
    let all = app::documents::of(&visit.city, &visit.actor, case.subject()).await;
    let all = all.map_err(|error| visit.error(error))?;
    let notice = all.into_iter().find(|one| one.kind == DocumentKind::CorrectionNotice);
    Ok(notice.map(|notice| finding_lines(&visit.shell, &notice.items())).unwrap_or_default())
}
