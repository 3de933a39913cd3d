//! One enrolment on the bureau's desk: everything that is known, and the steps that may come next.
//!
//! Several forms stand on the page. Each field carries its act's name, so that a fault finds its own form.

use app::Error;
use app::cultivation::assess::{PubliciseEnrolment, RecordPartnerOpinion, ScoreEnrolment};
use app::cultivation::case::Enrolment;
use app::cultivation::decide::{ConfirmEnrolment, RefuseEnrolment};
use app::cultivation::follow::{RecordExit, ReviewEnrolment};
use app::cultivation::{partners, read};
use askama::Template;
use axum::response::Response;
use domain::cultivation::{Criterion, EnrolmentStage, RefusalGround};
use domain::kernel::{Coded, EnrolmentId, RuleKey, parse_date};

use super::desk::may_work;
use super::partner_name;
use super::view::{EnrolmentView, view};
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show, show_faults};

/// A criterion with what was typed.
struct CriterionField {
    name: String,
    label: String,
    typed: String,
}

#[derive(Template)]
#[template(path = "cultivation/desk_one.html")]
struct OnePage<'a> {
    shell: &'a Shell,
    case: &'a Enrolment,
    view: EnrolmentView,
    steps: Vec<&'static str>,
    criteria: Vec<CriterionField>,
    scale: String,
    partner: String,
    opinions: Vec<Choice>,
    grounds: Vec<Choice>,
    outcomes: Vec<Choice>,
    form: &'a Form,
    faults: &'a [FieldFault],
}

impl OnePage<'_> {
    /// Whether the reader may take this step now.
    fn may(&self, step: &str) -> bool {
        self.steps.contains(&step)
    }
}

/// GET /desk/cultivation/{no}
pub async fn show_one(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    page(&visit, &number, &Form::default(), &[]).await
}

/// POST /desk/cultivation/{no}: `act` names the step.
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    match perform(&visit, &number, &form).await {
        Ok(done) => Ok(visit.done(&format!("/desk/cultivation/{number}"), done)),
        Err(error) => {
            let mut faults = visit.faults(error)?;
            for fault in faults.iter_mut().filter(|fault| !fault.field.is_empty()) {
                fault.field = format!("{}-{}", fault.field, form.text("act"));
            }
            page(&visit, &number, &form, &faults).await
        }
    }
}

/// The steps that the reader may take now. Whoever scored sees that another person decides.
fn steps(visit: &Visit, case: &Enrolment, has_ended: bool) -> Vec<&'static str> {
    if !may_work(visit) {
        return Vec::new();
    }
    let position = case.position(&visit.city);
    let is_other = case.scored_by != visit.actor.person;
    let mut found = match case.stage {
        EnrolmentStage::Applied => vec!["score"],
        EnrolmentStage::Scored if partners::of(case.kind).is_some() => vec!["opinion"],
        EnrolmentStage::Scored | EnrolmentStage::Heard
            if position.passes == Some(true) && position.partner_is_for != Some(false) =>
        {
            vec!["publicise"]
        }
        EnrolmentStage::Publicised if is_other => vec!["confirm"],
        EnrolmentStage::Enrolled if has_ended => vec!["exit"],
        EnrolmentStage::Enrolled => vec!["review"],
        _ => vec![],
    };
    if case.stage.is_open() {
        found.push(if is_other || case.scored_by.is_none() { "refuse" } else { "another" });
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
    let case = read::by_number(city, &visit.actor, number).await.map_err(|error| visit.error(error))?;
    let view = view(visit, &case, false).await?;
    let rules = case.rules(city);
    let criterion = |one: &Criterion| CriterionField {
        name: format!("{}-score", one.code()),
        label: shell.coded(one),
        typed: form.text(&format!("{}-score", one.code())).to_owned(),
    };
    let two = |field: &str, yes: &str, no: &str| {
        let chosen = form.trimmed(field);
        vec![Choice::new("yes", shell.t(yes), chosen), Choice::new("no", shell.t(no), chosen)]
    };
    let ground = form.trimmed("ground-refuse");
    let grounds = RefusalGround::ALL.iter().map(|one| Choice::new(one.code(), shell.coded(one), ground));
    let choose = Choice::new("", shell.t("cultivation-choose"), ground);
    let page = OnePage {
        steps: steps(visit, &case, view.end.is_some()),
        criteria: Criterion::ALL.iter().map(criterion).collect(),
        scale: shell.txy(
            "cultivation-scale",
            rules.number(RuleKey::ProgrammeCriterionPoints),
            rules.number(RuleKey::ProgrammePassPoints),
        ),
        partner: partner_name(shell, case.kind),
        opinions: two("is_for-opinion", "cultivation-for", "cultivation-against"),
        outcomes: two("outcome-review", "cultivation-passed", "cultivation-failed"),
        grounds: std::iter::once(choose).chain(grounds).collect(),
        case: &case,
        view,
        form,
        faults,
        shell,
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

fn yes_or_no(form: &Form, field: &str) -> Option<bool> {
    match form.trimmed(field) {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

async fn perform(visit: &Visit, number: &str, form: &Form) -> Result<&'static str, Error> {
    let (city, actor, key) = (&visit.city, &visit.actor, form.key());
    let enrolment = read::by_number(city, actor, number).await?.id;
    match form.text("act") {
        "score" => city.act(actor, &key, &score(enrolment, form)).await.map(|()| "cultivation-scored"),
        "opinion" => city.act(actor, &key, &opinion(enrolment, form)).await.map(|()| "cultivation-heard"),
        "publicise" => {
            let act = PubliciseEnrolment { enrolment };
            city.act(actor, &key, &act).await.map(|_| "cultivation-publicised")
        }
        "confirm" => {
            let act = ConfirmEnrolment { enrolment };
            city.act(actor, &key, &act).await.map(|_| "cultivation-confirmed")
        }
        "refuse" => {
            let ground = RefusalGround::from_code(form.trimmed("ground-refuse"));
            let reason = form.text("reason-refuse").to_owned();
            let act = RefuseEnrolment { enrolment, ground, reason };
            city.act(actor, &key, &act).await.map(|_| "cultivation-refused")
        }
        "review" => {
            let act = ReviewEnrolment {
                enrolment,
                year: form.number("year-review"),
                is_passed: yes_or_no(form, "outcome-review"),
                text: form.text("text-review").to_owned(),
            };
            city.act(actor, &key, &act).await.map(|()| "cultivation-reviewed")
        }
        "exit" => {
            let act = RecordExit { enrolment, reason: form.text("reason-exit").to_owned() };
            city.act(actor, &key, &act).await.map(|()| "cultivation-exited")
        }
        _ => Err(Error::NotFound),
    }
}

fn score(enrolment: EnrolmentId, form: &Form) -> ScoreEnrolment {
    let typed = |criterion: Criterion| form.number(&format!("{}-score", criterion.code()));
    ScoreEnrolment {
        enrolment,
        functionality: typed(Criterion::Functionality),
        effectiveness: typed(Criterion::Effectiveness),
        convenience: typed(Criterion::Convenience),
        note: form.text("note-score").to_owned(),
    }
}

fn opinion(enrolment: EnrolmentId, form: &Form) -> RecordPartnerOpinion {
    RecordPartnerOpinion {
        enrolment,
        is_for: yes_or_no(form, "is_for-opinion"),
        text: form.text("text-opinion").to_owned(),
        number: form.text("number-opinion").to_owned(),
        on: parse_date(form.trimmed("on-opinion")).ok(),
    }
}
