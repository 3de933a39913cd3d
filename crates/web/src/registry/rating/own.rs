//! The organisation's own rating: every condition, the application, its progress, the appeal.

use app::papers::{self, Paper};
use app::registry::rating::appeal::FileAppeal;
use app::registry::rating::apply::{self, ApplyForRating};
use app::registry::rating::case::RatingCase;
use app::registry::rating::read::{self, CaseLine};
use app::registry::rating::{grade, rounds};
use app::{Error, frozen};
use askama::Template;
use axum::response::Response;
use domain::kernel::{PaperId, RuleKey};
use domain::registry::rating::RatingStage;

use super::view::{CaseView, view};
use super::{grade_name, tone};
use crate::documents::list::{DocumentLine, lines};
use crate::shell::findings::{FindingLine, finding_lines};
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show, show_faults};

#[derive(Template)]
#[template(path = "registry/rating/own.html")]
struct OwnPage<'a> {
    shell: &'a Shell,
    held: String,
    held_until: String,
    conditions: Vec<FindingLine>,
    is_eligible: bool,
    lines: &'a [CaseLine],
    rounds: Vec<Choice>,
    papers: Vec<Choice>,
    declares: Vec<Choice>,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /me/rating
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    page(&visit, &Form::default(), &[]).await
}

/// POST /me/rating
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let apply = ApplyForRating {
        round: form.trimmed("round").to_owned(),
        statement: form.text("statement").to_owned(),
        papers: chosen_papers(&form),
        declares: form.is_ticked("declares"),
    };
    match visit.city.act(&visit.actor, &form.key(), &apply).await {
        Ok(number) => Ok(visit.done(&format!("/me/rating/{number}"), "rating-applied")),
        Err(error) => {
            let faults = visit.faults(error)?;
            page(&visit, &form, &faults).await
        }
    }
}

fn chosen_papers(form: &Form) -> Vec<PaperId> {
    form.every("papers").into_iter().filter_map(|id| id.parse().ok().map(PaperId)).collect()
}

fn paper_choices(shell: &Shell, held: &[Paper], form: &Form) -> Vec<Choice> {
    let choice = |paper: &Paper| {
        let value = paper.id.0.to_string();
        let label = format!("{} · {}", shell.coded(&paper.kind), paper.name);
        Choice { chosen: form.has("papers", &value), value, label, hint: paper.title.clone() }
    };
    held.iter().map(choice).collect()
}

async fn page(visit: &Visit, form: &Form, faults: &[FieldFault]) -> Result<Response, PageError> {
    let (city, shell) = (&visit.city, &visit.shell);
    let fault = |error| visit.error(error);
    let own = visit.actor.organisation().ok_or_else(|| visit.error(Error::NotFound))?;
    let found = apply::conditions(city, own).await.map_err(fault)?;
    let held = grade::held_grade_on(city, own, shell.now().date()).await.map_err(fault)?;
    let lines = read::own(city, &visit.actor).await.map_err(fault)?;
    let rounds = rounds::open(city).await.map_err(fault)?;
    let papers = papers::own(city, &visit.actor).await.map_err(fault)?;
    let chosen = form.trimmed("round");
    let round = |one: &rounds::Round| {
        let hint = shell.tx("rating-apply-until", shell.date(&one.apply_until));
        Choice::new(one.number.clone(), format!("{}（{}，{hint}）", one.title, one.number), chosen)
    };
    let declares = if form.is_ticked("declares") { "yes" } else { "" };
    let page = OwnPage {
        held: grade_name(shell, held.map(|held| held.grade)),
        held_until: held.map_or_else(String::new, |held| shell.date(&held.valid_until)),
        conditions: finding_lines(shell, &frozen::thaw(&frozen::freeze(&found.findings))),
        is_eligible: found.is_eligible() && lines.iter().all(|line| line.stage.is_over()),
        lines: &lines,
        rounds: rounds.iter().map(round).collect(),
        papers: paper_choices(shell, &papers, form),
        declares: vec![Choice::new("yes", shell.t("rating-declaration"), declares)],
        form,
        faults,
        shell,
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

#[derive(Template)]
#[template(path = "registry/rating/own_one.html")]
struct OwnOnePage<'a> {
    shell: &'a Shell,
    case: &'a RatingCase,
    view: CaseView,
    conditions: Vec<FindingLine>,
    documents: Vec<DocumentLine>,
    steps: Vec<(String, String, String)>,
    may_appeal: bool,
    appeal_intro: String,
    papers: Vec<Choice>,
    tone: &'static str,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /me/rating/{no}
pub async fn show_one(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    one(&visit, &number, &Form::default(), &[]).await
}

/// POST /me/rating/{no}: the appeal.
pub async fn appeal(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let case = own_case(&visit, &number).await?;
    let file = FileAppeal { case: case.id, text: form.text("text").to_owned(), papers: chosen_papers(&form) };
    match visit.city.act(&visit.actor, &form.key(), &file).await {
        Ok(()) => Ok(visit.done(&format!("/me/rating/{number}"), "rating-appealed")),
        Err(error) => {
            let faults = visit.faults(error)?;
            one(&visit, &number, &form, &faults).await
        }
    }
}

async fn own_case(visit: &Visit, number: &str) -> Result<RatingCase, PageError> {
    read::by_number(&visit.city, &visit.actor, number).await.map_err(|error| visit.error(error))
}

async fn one(visit: &Visit, number: &str, form: &Form, faults: &[FieldFault]) -> Result<Response, PageError> {
    let case = own_case(visit, number).await?;
    let shell = &visit.shell;
    let held = papers::own(&visit.city, &visit.actor).await.map_err(|error| visit.error(error))?;
    let is_open = case.public_until.is_some_and(|until| shell.now().date() <= until);
    let page = OwnOnePage {
        view: view(visit, &case, false).await.map_err(|error| visit.error(error))?,
        conditions: finding_lines(shell, &frozen::thaw(&case.eligibility)),
        documents: lines(visit, case.subject()).await?,
        steps: steps(shell, case.stage),
        may_appeal: case.stage == RatingStage::Publicised && is_open,
        appeal_intro: shell.by_rules(
            case.rules(&visit.city),
            "rating-appeal-intro",
            &[("days", RuleKey::RatingReviewServedDays)],
        ),
        papers: paper_choices(shell, &held, form),
        tone: tone(&case.stage),
        case: &case,
        form,
        faults,
        shell,
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

/// The steps of a rating that goes its usual way, each done, current or still to come.
fn steps(shell: &Shell, stage: RatingStage) -> Vec<(String, String, String)> {
    use RatingStage::{Applied, Assessed, Confirmed, Decided, Eligible, Publicised, Visiting};
    const WAY: [RatingStage; 7] = [Applied, Eligible, Visiting, Assessed, Decided, Publicised, Confirmed];
    let here = match stage {
        RatingStage::Ineligible => Applied,
        RatingStage::Appealed | RatingStage::Reviewed => Publicised,
        other => other,
    };
    let step = |one: &RatingStage| {
        let state = match one.cmp(&here) {
            std::cmp::Ordering::Less => "done",
            std::cmp::Ordering::Equal => "current",
            std::cmp::Ordering::Greater => "next",
        };
        (shell.coded(one), state.to_owned(), shell.t(&format!("rating-step-{state}")))
    };
    WAY.iter().map(step).collect()
}
