//! The organisation corrects a cancellation that came back, once, from what it handed in; a change by the same address
//! (B9, B22).

use app::Error;
use app::registry::ending::cancellation::ResubmitCancellation;
use app::registry::ending::read::{self, WholeEnding};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, RuleKey};
use domain::registry::ending::Remainder;

use super::own::{FIELDS, papers_hint, read_form};
use super::{Told, Which, ending_no, own_papers, plain, show_as, which};
use crate::registry::change::correction as change;
use crate::registry::tell;
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Typed, Visit, fault_at, named_by};

#[derive(Template)]
#[template(path = "registry/ending/correction.html")]
struct CorrectionPage<'a> {
    shell: &'a Shell,
    title: String,
    back: String,
    defects: String,
    remainders: Vec<Choice>,
    papers: Vec<Choice>,
    papers_hint: String,
    days: i64,
    is_charity: bool,
    ground_on: String,
    group_days: i64,
    form: &'a Form,
    summary: Vec<FieldFault>,
    faults: &'a [FieldFault],
}

/// GET /me/endings/{no}/correction
pub async fn new(visit: Visit, Path(no): Path<String>) -> Result<Response, PageError> {
    let number = match which(&no) {
        Some(Which::Change(number)) => return change::new(&visit, number).await,
        Some(Which::Ending(number)) => number,
        None => return Err(visit.error(Error::NotFound)),
    };
    let whole = held(&visit, number).await?;
    let form = as_told(&whole);
    let asking = visit.rehearsing();
    let mut typed = Typed::of(&asking, &form);
    let act = ResubmitCancellation { number, form: read_form(&mut typed, &form) };
    let rehearsed = visit.city.act(&asking.actor, &app::RequestKey::None, &act).await;
    visit.expect_possible(rehearsed, &format!("/me/endings/{no}"))?;
    page(&visit, &whole, &form, plain()).await
}

async fn held(visit: &Visit, number: i64) -> Result<WholeEnding, PageError> {
    read::one(&visit.city, &visit.actor, number).await.map_err(|error| visit.error(error))
}

/// What was handed in.
fn as_told(whole: &WholeEnding) -> Form {
    let case = &whole.case;
    let day = |day: Option<domain::kernel::Date>| day.map_or_else(String::new, |day| day.to_string());
    Form::of([
        ("ground_on", day(case.ground_on)),
        ("group_on", day(case.group_on)),
        ("liquidated_on", day(case.liquidated_on)),
        ("remainder", case.remainder.map_or_else(String::new, |one| one.code().to_owned())),
        ("recipient", case.recipient.clone()),
        ("reason", case.evidence.clone()),
        ("late_why", case.late_why.clone().unwrap_or_default()),
    ])
}

async fn page(
    visit: &Visit,
    whole: &WholeEnding,
    form: &Form,
    (status, faults): Told,
) -> Result<Response, PageError> {
    let (shell, case) = (&visit.shell, &whole.case);
    let rules = visit.city.book.on(shell.now().date());
    let is_charity = read::is_own_charity(&visit.city, case.organisation_id).await;
    let page = CorrectionPage {
        title: shell.txy("ending-case-title", shell.coded(&case.kind), case.number.to_string()),
        back: shell.url(format!("/me/endings/{}", ending_no(case.number))),
        defects: case.defects.clone().unwrap_or_default(),
        remainders: tell::choices::<Remainder>(shell, form.trimmed("remainder"), None),
        papers: own_papers(visit, form).await?,
        papers_hint: papers_hint(visit, case.organisation_id).await?,
        days: rules.number(RuleKey::CancellationApplicationDays),
        is_charity: is_charity.map_err(|error| visit.error(error))?,
        ground_on: form.text("ground_on").to_owned(),
        group_days: rules.number(RuleKey::CharityLiquidationDays),
        form,
        summary: named_by(shell, &faults, &FIELDS),
        faults: &faults,
        shell,
    };
    show_as(status, &page)
}

/// POST /me/endings/{no}/correction
pub async fn create(visit: Visit, Path(no): Path<String>, form: Form) -> Result<Response, PageError> {
    let number = match which(&no) {
        Some(Which::Change(number)) => return change::create(&visit, number, &form).await,
        Some(Which::Ending(number)) => number,
        None => return Err(visit.error(Error::NotFound)),
    };
    let whole = held(&visit, number).await?;
    let mut typed = Typed::of(&visit, &form);
    let act = ResubmitCancellation { number, form: read_form(&mut typed, &form) };
    match typed.ask(&visit, &form.key(), &act).await {
        Ok(()) => Ok(visit.done(&format!("/me/endings/{no}"), "course-resubmitted")),
        Err(error) => {
            let told = visit.mendable(error)?;
            page(&visit, &whole, &form, told).await
        }
    }
}
