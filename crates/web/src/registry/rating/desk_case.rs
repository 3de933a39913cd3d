//! One rating on the desk: everything that is known, and the one step that comes next.
//!
//! Several forms stand on the page. Each field carries its act's name, so that a fault finds its own form.

use app::documents::Document;
use app::registry::rating::appeal::ServeReview;
use app::registry::rating::apply::CheckApplication;
use app::registry::rating::bodies::{self, Member};
use app::registry::rating::case::RatingCase;
use app::registry::rating::confirm::ConfirmRating;
use app::registry::rating::lowering::{LowerGrade, TakePlaqueBack};
use app::registry::rating::meeting::{CallMeeting, ConcludeMeeting, MeetingState};
use app::registry::rating::publicity::{Publicise, ReportUpward};
use app::registry::rating::read::{self, Appeal, ListedVisitor, PlaqueBack};
use app::registry::rating::visit::{AppointVisitor, NameAgency, RecuseVisitor, VisitorState};
use app::{Error, deadlines, frozen};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, ExpertId, RatingId, Refusal, Role, RuleKey};
use domain::registry::rating::{Body, Conduct, LoweringGround, RatingStage};

use super::desk::may_work;
use super::view::{CaseView, view};
use super::{choices, read_choice, tone};
use crate::documents::list::{DocumentLine, lines};
use crate::documents::preview::{self, Steps};
use crate::papers::pane::Pane;
use crate::shell::findings::{FindingLine, finding_lines};
use crate::shell::{
    Choice, FieldFault, Form, PageError, Path, Shell, Typed, Visit, Wish, fault_at, show, show_faults, words,
};

/// A body that may sit now, with its members as boxes of the roll-call.
struct Roll {
    id: i64,
    name: String,
    members: Vec<Choice>,
}

/// A deadline in words.
struct DeadlineLine {
    name: String,
    due: String,
    done: String,
    tone: &'static str,
}

#[derive(Template)]
#[template(path = "registry/rating/desk_case.html")]
struct CasePage<'a> {
    shell: &'a Shell,
    case: &'a RatingCase,
    view: CaseView,
    conditions: Vec<FindingLine>,
    papers: Pane<'a>,
    visitors: Vec<ListedVisitor>,
    appeal: Option<Appeal>,
    plaque: Option<PlaqueBack>,
    documents: Vec<DocumentLine>,
    deadlines: Vec<DeadlineLine>,
    steps: Vec<&'static str>,
    experts: Vec<Choice>,
    rolls: Vec<Roll>,
    grades: Vec<Choice>,
    grounds: Vec<Choice>,
    conduct: Vec<Choice>,
    lower_intro: String,
    tone: &'static str,
    form: &'a Form,
    faults: &'a [FieldFault],
}

impl CasePage<'_> {
    /// Whether the reader may take this step now.
    fn may(&self, step: &str) -> bool {
        self.steps.contains(&step)
    }
}

/// What follows a lowering, by its names in the sentence (B33).
const AFTER_LOWERING: [(&str, RuleKey); 3] = [
    ("lowered", RuleKey::RatingLoweredYears),
    ("cancelled", RuleKey::RatingCancelledYears),
    ("days", RuleKey::PlaqueReturnDays),
];

/// GET /desk/ratings/{no}
pub async fn show_one(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    page(&visit, &number, &Form::default(), &[]).await
}

/// POST /desk/ratings/{no}: `act` names the step.
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    if preview::is_edited(&form) {
        return page(&visit, &number, &form, &[]).await;
    }
    let action = format!("/desk/ratings/{number}");
    match perform(&visit, &number, &form).await {
        Ok((foreseen, done)) => {
            let issue = visit.shell.t("preview-issue");
            match preview::sheet_of(&visit, &form, &action, issue, foreseen) {
                Some(sheet) => sheet,
                None if Wish::of(&form) == Wish::Seen => {
                    let none = FieldFault::new("", visit.shell.t("preview-none"));
                    page(&visit, &number, &form, &[none]).await
                }
                None => Ok(visit.done(&action, done)),
            }
        }
        Err(error) => {
            let mut faults = visit.faults(error)?;
            for fault in faults.iter_mut().filter(|fault| !fault.field.is_empty()) {
                // Each expert has a form to be taken off with: the fault stands beside that one.
                fault.field = match form.text("act") {
                    "recuse" => format!("{}-{}", fault.field, form.text("expert-recuse")),
                    act => format!("{}-{act}", fault.field),
                };
            }
            page(&visit, &number, &form, &faults).await
        }
    }
}

/// The steps that the reader may take, by stage.
fn steps(visit: &Visit, case: &RatingCase, is_sitting: bool, is_plaque_due: bool) -> Vec<&'static str> {
    if !may_work(visit) {
        return Vec::new();
    }
    let is_director = visit.actor.post.role == Role::ApprovalDirector;
    let goes_upward = case.grade.is_some_and(|grade| grade.goes_upward(case.rules(&visit.city)));
    let mut found = match case.stage {
        RatingStage::Applied => vec!["check"],
        RatingStage::Eligible => vec!["appoint", "agency"],
        RatingStage::Visiting => vec!["appoint", "agency", "recuse"],
        RatingStage::Assessed | RatingStage::Appealed if is_sitting => vec!["call", "conclude"],
        RatingStage::Assessed | RatingStage::Appealed => vec!["call"],
        RatingStage::Decided => vec!["publicise"],
        RatingStage::Reviewed if case.served_at.is_none() => vec!["serve"],
        RatingStage::Publicised | RatingStage::Reviewed if goes_upward && case.reported_on.is_none() => {
            vec!["report"]
        }
        RatingStage::Publicised | RatingStage::Reviewed if is_director => vec!["confirm"],
        RatingStage::Confirmed if is_director && case.grade_id.is_some() => vec!["lower"],
        _ => vec![],
    };
    if is_plaque_due {
        found.push("plaque");
    }
    found
}

async fn page(
    visit: &Visit,
    number: &str,
    form: &Form,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let (city, shell) = (&visit.city, &visit.shell);
    let fault = |error| visit.error(error);
    let case = read::by_number(city, &visit.actor, number).await.map_err(fault)?;
    let meetings = read::meetings(city, case.id).await.map_err(fault)?;
    let is_sitting = meetings.iter().any(|meeting| meeting.state == MeetingState::Open);
    let plaque = read::plaque_back(city, case.id).await.map_err(fault)?;
    let is_plaque_due = plaque.as_ref().is_some_and(|plaque| plaque.returned_on.is_none());
    let papers = read::papers_of(city, &case).await.map_err(fault)?;
    let ground = form.trimmed("ground-lower");
    let grounds = LoweringGround::ALL.iter();
    let page = CasePage {
        steps: steps(visit, &case, is_sitting, is_plaque_due),
        view: view(visit, &case, true).await.map_err(fault)?,
        conditions: finding_lines(shell, &frozen::thaw(&case.eligibility)),
        papers: Pane::of(visit, &papers),
        visitors: read::visitors(city, case.id).await.map_err(fault)?,
        appeal: read::appeal(city, case.id).await.map_err(fault)?,
        documents: lines(visit, case.subject()).await?,
        deadlines: deadline_lines(visit, &case).await.map_err(fault)?,
        experts: experts(visit, &case, form).await.map_err(fault)?,
        rolls: rolls(visit, &case, form).await.map_err(fault)?,
        grades: choices(shell, form.trimmed("to-lower")),
        grounds: grounds.map(|one| Choice::new(one.code(), words::coded(shell.lang, *one), ground)).collect(),
        conduct: ["unfinished", "investigated"]
            .map(|code| Choice {
                value: code.to_owned(),
                label: shell.t(&format!("rating-conduct-{code}")),
                hint: String::new(),
                chosen: form.has("conduct-check", code),
            })
            .to_vec(),
        lower_intro: shell.by_rules(city.book.on(shell.now().date()), "rating-lower-intro", &AFTER_LOWERING),
        tone: tone(&case.stage),
        plaque,
        case: &case,
        form,
        faults,
        shell,
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

async fn deadline_lines(visit: &Visit, case: &RatingCase) -> Result<Vec<DeadlineLine>, Error> {
    let shell = &visit.shell;
    let held = deadlines::of(&visit.city, case.subject()).await?;
    let today = shell.now().date();
    let line = |one: &deadlines::HeldDeadline| DeadlineLine {
        name: words::member(shell.lang, RuleKey::LIST, one.rule.code()),
        due: one.due_on.map_or_else(|| "—".to_owned(), |day| shell.date(&day)),
        done: one.done_on.map_or_else(|| shell.t("rating-not-done"), |day| shell.date(&day)),
        tone: if one.is_late(today) { "stop" } else { "ok" },
    };
    Ok(held.iter().map(line).collect())
}

async fn experts(visit: &Visit, case: &RatingCase, form: &Form) -> Result<Vec<Choice>, Error> {
    let chosen = form.trimmed("expert-appoint");
    let pool = read::pool(&visit.city, case.id).await?;
    let choice = |one: &read::PoolExpert| {
        Choice::new(one.id.0.to_string(), format!("{} · {}", one.name, one.title), chosen)
    };
    Ok(pool.iter().map(choice).collect())
}

/// The bodies that may sit over the case today.
async fn rolls(visit: &Visit, case: &RatingCase, form: &Form) -> Result<Vec<Roll>, Error> {
    let kind = match case.stage {
        RatingStage::Assessed => Body::Committee,
        RatingStage::Appealed => Body::ReviewBoard,
        _ => return Ok(Vec::new()),
    };
    let today = visit.shell.now().date();
    let all = bodies::all(&visit.city).await?;
    let mut found = Vec::new();
    for body in
        all.into_iter().filter(|one| one.kind == kind && one.term_from <= today && today <= one.term_until)
    {
        let members = bodies::members(&visit.city, body.id).await?;
        let choice = |one: &Member| {
            let value = one.id.to_string();
            Choice {
                chosen: form.has("present-call", &value),
                value,
                label: one.name.clone(),
                hint: String::new(),
            }
        };
        found.push(Roll { id: body.id, name: body.name, members: members.iter().map(choice).collect() });
    }
    Ok(found)
}

/// Does the step, or gives the documents that it would issue; with what is told when it is done.
async fn perform(visit: &Visit, number: &str, form: &Form) -> Result<(Vec<Document>, &'static str), Error> {
    let case = read::by_number(&visit.city, &visit.actor, number).await?.id;
    let part = form.part(&format!("-{}", form.text("act")));
    let mut typed = Typed::of(visit, &part);
    let (steps, key, wish) = (Steps::of(visit, form, Wish::of(form)), form.key(), Wish::of(form));
    let (foreseen, done) = match form.text("act") {
        "check" => {
            let check = check(case, &part, &mut typed);
            (typed.carry(visit, &key, wish, &check).await?, "rating-checked")
        }
        "serve" => (steps.take(&ServeReview { case }).await?, "rating-served"),
        "confirm" => (steps.take(&ConfirmRating { case }).await?, "rating-confirmed"),
        "lower" => {
            let missing = Refusal::new("rating.ground-missing", "B33");
            let lower = LowerGrade {
                case,
                to: typed.read("to", None, read_choice(part.trimmed("to"))),
                ground: typed.chosen("ground", LoweringGround::FalseMaterial, missing),
                reason: typed.text("reason"),
            };
            (typed.carry(visit, &key, wish, &lower).await?, "rating-lowered")
        }
        _ => (Vec::new(), without_document(visit, case, form, typed).await?),
    };
    Ok((foreseen, done))
}

/// Does a step that issues nothing.
async fn without_document(
    visit: &Visit,
    case: RatingId,
    form: &Form,
    mut typed: Typed<'_>,
) -> Result<&'static str, Error> {
    let (city, actor, key) = (&visit.city, &visit.actor, form.key());
    match form.text("act") {
        "appoint" => {
            let expert = form.number("expert-appoint").map(ExpertId);
            let expert = expert.ok_or_else(|| Refusal::new("rating.expert-missing", "B31").at("expert"))?;
            city.act(actor, &key, &AppointVisitor { case, expert }).await.map(|()| "rating-appointed")
        }
        "agency" => {
            let (uscc, fee) = (typed.text("agency").trim().to_owned(), typed.yuan_or_zero("fee"));
            typed.ask(visit, &key, &NameAgency { case, uscc, fee }).await.map(|()| "rating-agency-named")
        }
        "recuse" => {
            let expert = ExpertId(form.number("expert-recuse").unwrap_or_default());
            let reason = form.text("reason-recuse").to_owned();
            city.act(actor, &key, &RecuseVisitor { case, expert, reason }).await.map(|()| "rating-recused")
        }
        "call" => {
            let present = form.every("present-call").into_iter().filter_map(|id| id.parse().ok()).collect();
            let body = form.number("body-call").unwrap_or_default();
            city.act(actor, &key, &CallMeeting { case, body, present }).await.map(|_| "rating-called")
        }
        "conclude" => {
            let reason = form.text("reason-conclude").to_owned();
            city.act(actor, &key, &ConcludeMeeting { case, reason }).await.map(|()| "rating-concluded")
        }
        "publicise" => city.act(actor, &key, &Publicise { case }).await.map(|_| "rating-publicised"),
        "report" => city.act(actor, &key, &ReportUpward { case }).await.map(|()| "rating-reported"),
        "plaque" => city.act(actor, &key, &TakePlaqueBack { case }).await.map(|()| "rating-plaque-back"),
        _ => Err(Error::NotFound),
    }
}

fn check(case: RatingId, form: &Form, typed: &mut Typed<'_>) -> CheckApplication {
    let conduct = Conduct {
        last_penalty: typed.date_if_any("last_penalty"),
        is_penalty_unfinished: form.has("conduct", "unfinished"),
        is_investigated: form.has("conduct", "investigated"),
    };
    CheckApplication { case, conduct, note: typed.text("note") }
}

/// What is wrong with taking one expert off the visit.
fn fault_of(faults: &[FieldFault], expert: &ExpertId) -> String {
    fault_at(faults, &format!("reason-{}", expert.0))
}
