//! My organisation: the health card. Every gate with its reasons as it stands now, what is due next, and one
//! link to each next step.

use app::inbox::member::{self, MemberTask, MemberTaskKind};
use app::registry::change::release;
use app::registry::credit::read;
use app::registry::{Organisation, profile, public_lists};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, Level};
use domain::registry::credit::ListingStage;
use domain::registry::{Gate, Known};

use super::inspection::{Notice, notice};
use super::profile::{Verdict, known, verdict};
use super::record::RecordView;
use super::tell::{self, Condition};
use crate::routes::is_served;
use crate::shell::{PageError, Shell, Visit, show};

/// A gate with its reasons.
struct GateCard {
    title: String,
    state: String,
    tone: &'static str,
    /// What stands in the way or asks for attention; empty when nothing does.
    reasons: Vec<Condition>,
    conditions: Vec<Condition>,
}

/// Something to do next.
struct Step {
    text: String,
    due: String,
    href: String,
    action: String,
}

#[derive(Template)]
#[template(path = "registry/me.html")]
struct MePage<'a> {
    shell: &'a Shell,
    view: RecordView,
    verdict: Verdict,
    gates: Vec<GateCard>,
    steps: Vec<Step>,
    doors: Vec<(String, String)>,
    contact: String,
    public_href: String,
    inspection: Option<Notice>,
}

/// GET /me
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let id = visit.actor.organisation().ok_or_else(|| visit.error(app::Error::NotFound))?;
    let held = profile::organisation_by_id(&visit.city, id).await.map_err(|error| visit.error(error))?;
    let record = public_lists::record(&visit.city, &held.uscc).await.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    let known = known(&visit, &held).await?;
    let contact = held.contact.clone();
    show(&MePage {
        verdict: verdict(&visit, &held, &known),
        gates: Gate::ALL.iter().map(|gate| card(&visit, &known, *gate)).collect(),
        steps: steps(&visit, &held).await?,
        doors: doors(shell),
        contact: if contact.is_empty() { shell.t("shell-not-given") } else { contact },
        inspection: notice(&visit, id).await?,
        public_href: shell.url(format!("/orgs/{}", held.uscc)),
        view: RecordView::of(shell, &record),
        shell,
    })
}

fn card(visit: &Visit, known: &Known, gate: Gate) -> GateCard {
    let shell = &visit.shell;
    let answer = known.gate(gate, visit.city.book.on(shell.now().date()));
    let (state, tone) = match answer.level() {
        Level::Met => ("health-open", "ok"),
        Level::Warn => ("health-warn", "warn"),
        Level::Barred => ("health-closed", "stop"),
    };
    let unmet = answer.findings.iter().filter(|finding| finding.level != Level::Met);
    GateCard {
        title: shell.coded(&gate),
        state: shell.t(state),
        tone,
        reasons: unmet.map(|finding| tell::condition(shell, finding)).collect(),
        conditions: answer.findings.iter().map(|finding| tell::condition(shell, finding)).collect(),
    }
}

/// What the organisation has to do, as far as something on file asks for it.
async fn steps(visit: &Visit, held: &Organisation) -> Result<Vec<Step>, PageError> {
    let fail = |error| visit.error(error);
    let shell = &visit.shell;
    let mut steps = Vec::new();
    for case in read::own_cases(&visit.city, held.id).await.map_err(fail)? {
        if case.stage == ListingStage::Noticed {
            steps.push(Step {
                text: shell.txy("health-answer", shell.coded(&case.list), shell.coded(&case.ground)),
                due: case.answer_by.map_or_else(|| "—".to_owned(), |day| shell.date(&day)),
                href: shell.url(format!("/me/credit/{}", case.number)),
                action: shell.t("credit-answer"),
            });
        }
    }
    for task in member::of_organisation(&visit.city, held.id).await.map_err(fail)? {
        steps.push(Step {
            text: shell.tx("health-task", shell.coded(&task.kind)),
            due: task.due.map_or_else(|| "—".to_owned(), |day| shell.date(&day)),
            href: shell.url(path(&task)),
            action: shell.t("health-go-task"),
        });
    }
    for place in read::open_places(&visit.city, held.id).await.map_err(fail)? {
        steps.push(Step {
            text: shell.txy("health-listed", shell.coded(&place.list), shell.coded(&place.ground())),
            due: "—".to_owned(),
            href: shell.url(format!("/me/credit/removal/{}", place.id)),
            action: shell.t("credit-apply-removal"),
        });
    }
    if let Some(release) = release::open_of(&visit.city, held.id).await.map_err(fail)? {
        steps.push(Step {
            text: shell.tx("health-release", release.unit),
            due: shell.date(&release.due_on),
            href: shell.url("/me/changes"),
            action: shell.t("health-go-changes"),
        });
    }
    if is_served("/me/inspection") {
        for (year, due) in read::inspections_due(&visit.city, held.id).await.map_err(fail)? {
            steps.push(Step {
                text: shell.tx("health-inspection", year),
                due: shell.date(&due),
                href: shell.url("/me/inspection"),
                action: shell.t("health-go-inspection"),
            });
        }
    }
    Ok(steps)
}

/// The page on which the organisation does it.
fn path(task: &MemberTask) -> String {
    match task.kind {
        MemberTaskKind::ReportToUnit
        | MemberTaskKind::CompleteReport
        | MemberTaskKind::ReportRectification => {
            format!("/me/inspection/{}", task.subject)
        }
        MemberTaskKind::AnswerRevocation
        | MemberTaskKind::CorrectChange
        | MemberTaskKind::CorrectCancellation
        | MemberTaskKind::Surrender => format!("/me/endings/{}", task.subject),
        MemberTaskKind::AppealRating => format!("/me/rating/{}", task.subject),
        MemberTaskKind::HandInSeal | MemberTaskKind::HandInAccount => "/me/seal".to_owned(),
        MemberTaskKind::CorrectCharity | MemberTaskKind::AnswerCharityNotice => {
            format!("/me/charity/{}", task.subject)
        }
        MemberTaskKind::CorrectFundraising => format!("/me/fundraising/{}", task.subject),
        MemberTaskKind::EndAsCharity => "/me/cancellation".to_owned(),
        MemberTaskKind::AnswerPenaltyNotice | MemberTaskKind::AttendPenaltyHearing => {
            format!("/me/credit/penalties/{}", task.subject)
        }
        MemberTaskKind::ObeyPenalty | MemberTaskKind::HandOverToSeal => "/me/credit".to_owned(),
    }
}

/// One link to each next step; a page that this program does not have is not offered.
fn doors(shell: &Shell) -> Vec<(String, String)> {
    const DOORS: [(&str, &str); 10] = [
        ("/me/inspection", "health-go-inspection"),
        ("/me/rating", "health-go-rating"),
        ("/me/charity", "desk-my-charity"),
        ("/me/fundraising", "desk-my-fundraising"),
        ("/me/cultivation", "cultivation-apply-door"),
        ("/me/papers", "desk-my-papers"),
        ("/me/credit", "desk-my-credit"),
        ("/me/changes", "desk-my-changes"),
        ("/me/seal", "desk-my-seal"),
        ("/me/cancellation", "desk-my-cancellation"),
    ];
    let served = DOORS.iter().filter(|(path, _)| is_served(path));
    served.map(|(path, key)| (shell.url(path), shell.t(key))).collect()
}
