//! The organisation applies for recognition as a charity: every condition with its rule, the form, its applications
//! (B46).

use app::Error;
use app::registry::charity::application::ApplyForCharity;
use app::registry::charity::held::CharityCase;
use app::registry::charity::read;
use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, Finding, RuleKey};
use domain::registry::charity::CharityCondition;

use super::super::course::{self, ConditionField};
use super::super::ending::{Told, conditions, own_papers, plain, show_as};
use super::{form_of, law, papers_hint, statement_hint, tone};
use crate::registry::tell::Condition;
use crate::shell::{Choice, FieldFault, Form, PageError, Shell, Visit, fault_at};

/// An application of the organisation.
struct Line {
    href: String,
    number: String,
    applied: String,
    state: String,
    tone: &'static str,
}

#[derive(Template)]
#[template(path = "registry/charity/own.html")]
struct OwnPage<'a> {
    shell: &'a Shell,
    /// Since when it is a charity; empty when it is not.
    held: String,
    lines: Vec<Line>,
    conditions: Vec<Condition>,
    /// Why the register bars an application now; empty when it does not.
    barred: String,
    /// Whether the law is in force at all.
    is_law: bool,
    /// The application that is under way.
    under_way: String,
    fields: Vec<ConditionField>,
    statement_hint: String,
    papers: Vec<Choice>,
    papers_hint: String,
    source: String,
    days: i64,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /me/charity
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    page(&visit, &Form::default(), plain()).await
}

async fn page(visit: &Visit, form: &Form, (status, faults): Told) -> Result<Response, PageError> {
    let id = visit.actor.organisation().ok_or_else(|| visit.error(Error::NotFound))?;
    let fail = |error| visit.error(error);
    let (city, shell) = (&visit.city, &visit.shell);
    let rules = city.book.on(shell.now().date());
    let outlook = read::outlook(city, id).await.map_err(fail)?;
    let cases = read::own(city, id).await.map_err(fail)?;
    let line = |case: &CharityCase| Line {
        href: shell.url(format!("/me/charity/{}", case.number)),
        number: case.number.to_string(),
        applied: shell.moment(&case.applied_at),
        state: shell.coded(&case.stage),
        tone: tone(case.stage),
    };
    let page = OwnPage {
        held: outlook
            .charity_since
            .as_ref()
            .map_or_else(String::new, |since| shell.tx("charity-held", shell.date(since))),
        under_way: cases
            .iter()
            .find(|case| case.stage.is_open())
            .map_or_else(String::new, |case| shell.url(format!("/me/charity/{}", case.number))),
        lines: cases.iter().map(line).collect(),
        barred: barred(shell, &outlook.known),
        is_law: rules.began(RuleKey::CharityRecognitionDays) <= rules.date(),
        conditions: conditions(shell, &outlook.known),
        fields: course::fields(shell, CharityCondition::ALL, |one| law(shell, one), (form, &faults)),
        statement_hint: statement_hint(shell, &outlook),
        papers: own_papers(visit, form).await?,
        papers_hint: papers_hint(shell, &outlook),
        source: rules.rule(RuleKey::CharityCleanYears).source.clone(),
        days: rules.number(RuleKey::CharityRecognitionDays),
        form,
        faults: &faults,
        shell,
    };
    show_as(status, &page)
}

/// Why an application is not possible now: before the law its own sentence, else that conditions are not met.
fn barred(shell: &Shell, known: &[Finding]) -> String {
    let bars: Vec<_> = known.iter().filter_map(Finding::refusal).collect();
    match bars.iter().find(|one| one.code == "registry.charity-law") {
        Some(refusal) => shell.refusal(refusal),
        None if bars.is_empty() => String::new(),
        None => shell.t("charity-not-now"),
    }
}

/// POST /me/charity
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let act = ApplyForCharity { form: form_of(&form) };
    match visit.city.act(&visit.actor, &form.key(), &act).await {
        Ok(number) => Ok(visit.done(&format!("/me/charity/{number}"), "charity-applied")),
        Err(error) => {
            let told = visit.mendable(error)?;
            page(&visit, &form, told).await
        }
    }
}
