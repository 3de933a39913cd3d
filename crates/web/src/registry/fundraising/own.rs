//! The organisation applies for the qualification to raise funds from the public: every condition with its rule,
//! the form, its applications, its certificate (B39).

use app::Error;
use app::registry::fundraising::application::{ApplyForFundraising, FundraisingForm};
use app::registry::fundraising::read::{self, Certificate};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, Finding, RuleKey};
use domain::registry::fundraising::{FundraisingWay, declared};

use super::super::course::{self, ConditionField};
use super::super::ending::{Told, conditions, own_papers, plain, show_as};
use super::{form_of, law, tone};
use crate::registry::tell::Condition;
use crate::shell::{Choice, FieldFault, Form, PageError, Shell, Visit, fault_at};

/// An application of the organisation.
struct Line {
    href: String,
    number: String,
    way: String,
    applied: String,
    state: String,
    tone: &'static str,
}

#[derive(Template)]
#[template(path = "registry/fundraising/own.html")]
struct OwnPage<'a> {
    shell: &'a Shell,
    certificate: Option<Certificate>,
    /// What whoever holds a certificate is told.
    keep: String,
    lines: Vec<Line>,
    conditions: Vec<Condition>,
    /// Why the register bars an application now; empty when it does not.
    barred: String,
    /// Whether the law is in force at all.
    is_law: bool,
    /// The conditions of a claim, when that way is open to the organisation.
    claim: Vec<Condition>,
    may_claim: bool,
    /// The application that is under way, or that brought the certificate.
    under_way: String,
    fields: Vec<ConditionField>,
    papers: Vec<Choice>,
    papers_hint: String,
    source: String,
    days: i64,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /me/fundraising
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
    let is_met = |findings: &[Finding]| findings.iter().all(|one| one.refusal().is_none());
    let line = |case: &app::registry::fundraising::held::FundraisingCase| Line {
        href: shell.url(format!("/me/fundraising/{}", case.number)),
        number: case.number.to_string(),
        way: shell.coded(&case.way),
        applied: shell.moment(&case.applied_at),
        state: shell.coded(&case.stage),
        tone: tone(case.stage),
    };
    let claim = outlook.claim.unwrap_or_default();
    let page = OwnPage {
        certificate: read::certificate_of(city, id).await.map_err(fail)?,
        keep: shell.by_rules(rules, "fundraising-keep", &[("years", RuleKey::FundraisingBarYears)]),
        under_way: cases
            .iter()
            .find(|case| case.stage.is_open())
            .map_or_else(String::new, |case| shell.url(format!("/me/fundraising/{}", case.number))),
        lines: cases.iter().map(line).collect(),
        barred: barred(shell, &outlook.known),
        is_law: rules.began(RuleKey::FundraisingCharityYears) <= rules.date(),
        conditions: conditions(shell, &outlook.known),
        may_claim: !claim.is_empty() && is_met(&claim),
        claim: conditions(shell, &claim),
        fields: course::fields(shell, declared(rules), |one| law(shell, one, rules), (form, &faults)),
        papers: own_papers(visit, form).await?,
        papers_hint: papers_hint(shell, outlook.asks_consent),
        source: rules.rule(RuleKey::FundraisingCharityYears).source.clone(),
        days: rules.number(RuleKey::FundraisingDecisionDays),
        form,
        faults: &faults,
        shell,
    };
    show_as(status, &page)
}

/// Why an application is not possible now: before the law its own sentence, else that conditions are not met.
fn barred(shell: &Shell, known: &[Finding]) -> String {
    let bars: Vec<_> = known.iter().filter_map(Finding::refusal).collect();
    match bars.iter().find(|one| one.code == "registry.fundraising-law") {
        Some(refusal) => shell.refusal(refusal),
        None if bars.is_empty() => String::new(),
        None => shell.t("fundraising-not-now"),
    }
}

/// Which papers are asked for.
pub(super) fn papers_hint(shell: &Shell, asks_consent: bool) -> String {
    shell.t(if asks_consent { "fundraising-papers-consent" } else { "fundraising-papers" })
}

/// POST /me/fundraising
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let way = FundraisingWay::from_code(form.trimmed("way")).unwrap_or(FundraisingWay::Application);
    let handed = match way {
        FundraisingWay::Application => form_of(&form, visit.city.book.on(visit.shell.now().date())),
        FundraisingWay::Claim => FundraisingForm {
            said: Vec::new(),
            statement: form.text("claim_statement").to_owned(),
            promises: form.is_ticked("claim_promise"),
            papers: Vec::new(),
        },
    };
    let act = ApplyForFundraising { way, form: handed };
    match visit.city.act(&visit.actor, &form.key(), &act).await {
        Ok(number) => Ok(visit.done(&format!("/me/fundraising/{number}"), "fundraising-applied")),
        Err(error) => {
            let (status, mut faults) = visit.mendable(error)?;
            if way == FundraisingWay::Claim {
                // The two forms stand on one page: the claim's fields have names of their own.
                for fault in faults.iter_mut().filter(|fault| !fault.field.is_empty()) {
                    fault.field = format!("claim_{}", fault.field);
                }
            }
            page(&visit, &form, (status, faults)).await
        }
    }
}
