//! The organisation asks for its cancellation: what is open, the liquidation, the remainder (B22).

use app::Error;
use app::registry::charity::idle::{self, EndNotice};
use app::registry::ending::cancellation::ApplyCancellation;
use app::registry::ending::read;
use app::registry::profile;
use askama::Template;
use axum::response::Response;
use domain::kernel::{OrganisationId, Refusal, RuleKey};
use domain::registry::Legal;
use domain::registry::ending::Remainder;

use super::complaints::{self, ComplaintLine};
use super::{Told, conditions, ending_no, ending_state, missing, own_papers, papers_of, plain, show_as};
use crate::i18n::{self, Value};
use crate::registry::tell::{self, Condition};
use crate::shell::{Choice, FieldFault, Form, PageError, Shell, Typed, Visit, fault_at, named_by};

/// A case of the organisation.
struct Line {
    href: String,
    what: String,
    opened: String,
    state: String,
    tone: &'static str,
}

#[derive(Template)]
#[template(path = "registry/ending/own.html")]
struct OwnPage<'a> {
    shell: &'a Shell,
    cases: Vec<Line>,
    conditions: Vec<Condition>,
    /// Every complaint that is open, with a page on which the organisation sees it.
    complaints: Vec<ComplaintLine>,
    remainders: Vec<Choice>,
    papers: Vec<Choice>,
    papers_hint: String,
    days: i64,
    is_charity: bool,
    group_days: i64,
    /// What a charity was told of its idle years; empty when it was not.
    must_end: String,
    ground_on: String,
    /// Why this page is not for the organisation; empty when it is.
    not_here: String,
    form: &'a Form,
    summary: Vec<FieldFault>,
    faults: &'a [FieldFault],
}

/// The fields of the form with their names.
pub(super) const FIELDS: [(&str, &str); 8] = [
    ("ground_on", "ending-ground-on"),
    ("group_on", "ending-group-on"),
    ("liquidated_on", "ending-liquidated-on"),
    ("remainder", "ending-remainder"),
    ("recipient", "ending-recipient"),
    ("reason", "ending-reason"),
    ("late_why", "ending-late-why"),
    ("papers", "ending-papers-choose"),
];

/// GET /me/cancellation
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    page(&visit, &Form::default(), plain()).await
}

async fn page(visit: &Visit, form: &Form, (status, faults): Told) -> Result<Response, PageError> {
    let id = visit.actor.organisation().ok_or_else(|| visit.error(Error::NotFound))?;
    let fail = |error| visit.error(error);
    let shell = &visit.shell;
    let rules = visit.city.book.on(shell.now().date());
    let cases = read::own(&visit.city, id).await.map_err(fail)?;
    let found = read::open_findings(&visit.city, id).await.map_err(fail)?;
    let notice = idle::notice_of(&visit.city, id).await.map_err(fail)?;
    let page = OwnPage {
        cases: cases
            .iter()
            .map(|case| Line {
                href: shell.url(format!("/me/endings/{}", ending_no(case.number))),
                what: shell.coded(&case.kind),
                opened: shell.moment(&case.opened_at),
                state: ending_state(shell, case).0,
                tone: ending_state(shell, case).1,
            })
            .collect(),
        conditions: conditions(shell, &found),
        complaints: complaints::own_lines(visit, id).await?,
        remainders: tell::choices::<Remainder>(shell, form.trimmed("remainder"), None),
        papers: own_papers(visit, form).await?,
        papers_hint: papers_hint(visit, id).await?,
        days: rules.number(RuleKey::CancellationApplicationDays),
        is_charity: read::is_own_charity(&visit.city, id).await.map_err(fail)?,
        group_days: rules.number(RuleKey::CharityLiquidationDays),
        must_end: notice.as_ref().map_or_else(String::new, |one| must_end(shell, one)),
        ground_on: match form.is_ticked("ground_on") {
            true => form.text("ground_on").to_owned(),
            false => notice.map_or_else(String::new, |one| one.told_on.to_string()),
        },
        not_here: not_here(visit).await?,
        form,
        summary: named_by(shell, &faults, &FIELDS),
        faults: &faults,
        shell,
    };
    show_as(status, &page)
}

/// Which papers are asked for: the opinion where a supervising unit stands over the organisation (B22).
pub(super) async fn papers_hint(visit: &Visit, id: OrganisationId) -> Result<String, PageError> {
    let asks = read::asks_opinion(&visit.city, id).await.map_err(|error| visit.error(error))?;
    Ok(visit.shell.t(if asks { "ending-papers-opinion" } else { "ending-papers-hint" }))
}

/// Why a charity must end, and by when it forms its liquidation group (CL17, CL18).
fn must_end(shell: &Shell, notice: &EndNotice) -> String {
    let facts = [
        ("first", Value::from(notice.first_year.to_string())),
        ("last", Value::from(notice.last_year.to_string())),
        ("told", Value::from(shell.date(&notice.told_on))),
        ("by", Value::from(shell.date(&notice.group_by))),
    ];
    i18n::text_with(shell.lang, "ending-charity-must-end", &facts)
}

/// Whoever is only filed, or no social organisation, learns before typing that nothing is asked for here (T3).
async fn not_here(visit: &Visit) -> Result<String, PageError> {
    let id = visit.actor.organisation().ok_or_else(|| visit.error(Error::NotFound))?;
    let held = profile::organisation_by_id(&visit.city, id).await.map_err(|error| visit.error(error))?;
    if held.legal == Legal::Registered && held.kind.is_social_organisation() {
        return Ok(String::new());
    }
    Ok(visit.shell.refusal(&Refusal::new("ending.not-registered", "T3")))
}

/// POST /me/cancellation
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let mut typed = Typed::of(&visit, &form);
    let act = read_form(&mut typed, &form);
    let done = typed.ask(&visit, &form.key(), &act).await;
    match done {
        Ok(number) => Ok(visit.done(&format!("/me/endings/{}", ending_no(number)), "ending-asked")),
        Err(error) => {
            let told = visit.mendable(error)?;
            page(&visit, &form, told).await
        }
    }
}

/// What was typed of a cancellation.
pub(super) fn read_form(typed: &mut Typed<'_>, form: &Form) -> ApplyCancellation {
    let asked = ApplyCancellation {
        // Only a charity is asked for them; what is not asked may stay empty.
        ground_on: typed.date_if_any("ground_on"),
        group_on: typed.date_if_any("group_on"),
        liquidated_on: typed.date("liquidated_on"),
        remainder: typed.chosen("remainder", Remainder::Nothing, missing("B22")),
        recipient: typed.text("recipient"),
        reason: typed.text("reason"),
        late_why: typed.text("late_why"),
        papers: papers_of(form),
    };
    typed.hangs("group_on", "ground_on");
    asked
}
