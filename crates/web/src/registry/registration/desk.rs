//! The approval office's list: what the reader does, what waits, what is over, what is late; several cases
//! taken up at once, and the list as an Excel file (W4).

use app::registry::registration::desk::{self, DeskFilter, DeskLine, Words, export};
use app::registry::registration::handoff::receivers_among;
use app::registry::registration::{AcceptMany, AssignMany, Case};
use app::{Error, sheets};
use askama::Template;
use axum::response::Response;
use domain::kernel::{PersonId, Refusal, Role};
use domain::registry::registration::CaseAct;

use super::desk_act::act_href;
use super::desk_filter::{Fields, TABS, fields, filter_of, query_of, tab_name};
use super::handoff::choice;
use super::words as said;
use crate::registry::file;
use crate::shell::form::pairs;
use crate::shell::{
    Choice, FieldFault, Form, NavLink, PageError, Shell, Visit, fault_at, show, show_faults, words,
};

/// Working days from which a case counts as urgent.
pub(super) const SOON: i64 = 2;
/// Rows of one page.
const PER_PAGE: usize = 50;

/// A case as the list shows it.
struct Line {
    title: String,
    number: String,
    kind: String,
    district: String,
    state: String,
    state_tone: &'static str,
    due: String,
    left: String,
    tone: &'static str,
    href: String,
    version: i64,
    holder: String,
    /// Whether the reader may take it up now.
    may_accept: bool,
    may_select: bool,
    is_selected: bool,
    select_label: String,
    /// What the reader does next with it, as a link; empty when it is somebody else's.
    next: String,
    next_href: String,
    /// Where a correction is told; empty when it cannot be.
    correction_href: String,
}

#[derive(Template)]
#[template(path = "registry/registration/desk.html")]
struct DeskPage<'a> {
    shell: &'a Shell,
    tabs: Vec<NavLink>,
    tab: &'static str,
    fields: Fields,
    lines: Vec<Line>,
    said: String,
    here: String,
    assign_action: String,
    xlsx_href: String,
    all_href: String,
    none_href: String,
    previous_href: String,
    next_href: String,
    may_accept: bool,
    may_select: bool,
    receivers: Vec<Choice>,
    reason: String,
    faults: Vec<FieldFault>,
}

fn asked(visit: &Visit) -> Form {
    Form::of(pairs(visit.shell.query.as_bytes()))
}

/// GET /desk/cases
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    page(&visit, None, Vec::new()).await
}

/// The cases ticked, each with the version that was seen.
fn ticked(form: &Form) -> Vec<(String, i64)> {
    let version = |number: &str| form.number(&format!("version.{number}")).unwrap_or_default();
    form.every("case").into_iter().map(|number| (number.to_owned(), version(number))).collect()
}

/// POST /desk/cases: takes up the cases ticked, all of them or none.
pub async fn accept(visit: Visit, form: Form) -> Result<Response, PageError> {
    let accept = AcceptMany { cases: ticked(&form) };
    let done = visit.city.act(&visit.actor, &form.key(), &accept).await;
    answer(&visit, &form, done, "cases-accepted").await
}

/// POST /desk/cases/assignment: gives the cases ticked to one person, all of them or none.
pub async fn assign(visit: Visit, form: Form) -> Result<Response, PageError> {
    let to = form.number("to").map(PersonId);
    let assign = AssignMany { cases: ticked(&form), to, reason: form.text("reason").to_owned() };
    let done = visit.city.act(&visit.actor, &form.key(), &assign).await;
    answer(&visit, &form, done, "cases-handed").await
}

async fn answer(
    visit: &Visit,
    form: &Form,
    done: Result<(), Error>,
    said: &str,
) -> Result<Response, PageError> {
    match done {
        Ok(()) => {
            let filter = filter_of(&asked(visit), visit.actor.post.role);
            Ok(visit.done(&format!("/desk/cases{}", query_of(&filter, &[])), said))
        }
        // A number that is on no case was never on this page.
        Err(Error::NotFound) => {
            let refusal = Refusal::new("registration.case-changed", "B9").at("case");
            page(visit, Some(form), visit.faults(Error::Invalid(vec![refusal]))?).await
        }
        Err(error) => page(visit, Some(form), visit.faults(error)?).await,
    }
}

async fn page(visit: &Visit, typed: Option<&Form>, faults: Vec<FieldFault>) -> Result<Response, PageError> {
    let (shell, asked) = (&visit.shell, asked(visit));
    let filter = filter_of(&asked, visit.actor.post.role);
    let all = desk::all(&visit.city, &visit.actor).await.map_err(|error| visit.error(error))?;
    let found = desk::filtered(&all, &filter);
    let place = asked.number("page").and_then(|page| usize::try_from(page).ok()).unwrap_or(1).max(1);
    let shown: Vec<&DeskLine> =
        found.iter().copied().skip((place - 1).saturating_mul(PER_PAGE)).take(PER_PAGE).collect();
    let to = |place: usize, more: &[(&str, String)]| {
        let mut pairs: Vec<(&str, String)> = more.to_vec();
        if place > 1 {
            pairs.push(("page", place.to_string()));
        }
        shell.url(format!("/desk/cases{}", query_of(&filter, &pairs)))
    };
    let has_more = found.len() > place.saturating_mul(PER_PAGE);
    let may_assign = matches!(visit.actor.post.role, Role::ApprovalOfficer | Role::ApprovalDirector);
    let may_accept = shown.iter().any(|one| is_to_accept(one));
    let chosen = Chosen { typed, selects_all: asked.is_ticked("all"), may_assign, may_accept };
    let lines: Vec<Line> = shown.iter().map(|one| line(shell, one, &chosen)).collect();
    let page = DeskPage {
        tabs: tabs(shell, &all, &filter),
        tab: tab_name(filter.tab),
        fields: fields(shell, &filter),
        said: shell.results(found.len(), false),
        here: to(place, &[]),
        assign_action: shell.url(format!("/desk/cases/assignment{}", query_of(&filter, &[]))),
        xlsx_href: shell.url(format!("/desk/cases/export.xlsx{}", query_of(&filter, &[]))),
        all_href: to(place, &[("all", "1".to_owned())]),
        none_href: to(place, &[]),
        previous_href: if place > 1 { to(place - 1, &[]) } else { String::new() },
        next_href: if has_more { to(place + 1, &[]) } else { String::new() },
        may_accept: lines.iter().any(|one| one.may_accept),
        may_select: lines.iter().any(|one| one.may_select),
        receivers: if may_assign { receivers(visit, typed, &shown).await? } else { Vec::new() },
        reason: typed.map(|form| form.text("reason").to_owned()).unwrap_or_default(),
        faults: named(shell, faults, &all),
        lines,
        shell,
    };
    if page.faults.is_empty() { show(&page) } else { show_faults(&page) }
}

fn tabs(shell: &Shell, all: &[DeskLine], filter: &DeskFilter) -> Vec<NavLink> {
    let link = |(tab, name): &(desk::Tab, &str)| {
        let count = all.iter().filter(|line| line.belongs(*tab)).count();
        NavLink {
            href: shell.url(format!("/desk/cases?tab={name}")),
            label: shell.tn(&format!("desk-tab-{name}"), i64::try_from(count).unwrap_or(i64::MAX)),
            current: *tab == filter.tab,
        }
    };
    TABS.iter().map(link).collect()
}

/// Each fault of a case with its name in front.
fn named(shell: &Shell, faults: Vec<FieldFault>, all: &[DeskLine]) -> Vec<FieldFault> {
    let name = |field: &str| {
        let number = field.strip_prefix("case.")?;
        all.iter().find(|line| line.case.number.as_deref() == Some(number))
    };
    let one = |fault: FieldFault| match name(&fault.field) {
        Some(line) => {
            let who =
                shell.txy("desk-case-named", &line.case.name, line.case.number.as_deref().unwrap_or(""));
            let text = shell.txy("desk-case-fault", who, &fault.text);
            fault.saying(text)
        }
        None => fault,
    };
    faults.into_iter().map(one).collect()
}

/// Which rows are ticked.
struct Chosen<'a> {
    typed: Option<&'a Form>,
    selects_all: bool,
    /// Whether the reader gives cases out.
    may_assign: bool,
    /// Whether one of those shown can be taken up: then "all" means those.
    may_accept: bool,
}

/// Everyone of the office to whom a case of this page may go.
async fn receivers(
    visit: &Visit,
    typed: Option<&Form>,
    shown: &[&DeskLine],
) -> Result<Vec<Choice>, PageError> {
    let chosen = typed.map_or("", |form| form.trimmed("to"));
    let nobody = Choice::new("", visit.shell.t("visit-companion-choose"), chosen);
    let open: Vec<&Case> = shown.iter().map(|one| &one.case).filter(|case| !case.state.is_final()).collect();
    let found = receivers_among(&visit.city, &open).await.map_err(|error| visit.error(error))?;
    Ok(std::iter::once(nobody).chain(found.iter().map(|one| choice(visit, one, chosen))).collect())
}

/// Whether this reader takes it up next.
fn is_to_accept(of: &DeskLine) -> bool {
    of.is_own && of.next == Some(CaseAct::Accept)
}

fn line(shell: &Shell, of: &DeskLine, chosen: &Chosen<'_>) -> Line {
    let (left, tone) = left(shell, of.days_left);
    let case = &of.case;
    let number = case.number.clone().unwrap_or_default();
    let href = shell.url(format!("/desk/cases/{number}"));
    let may_accept = is_to_accept(of);
    let may_select = may_accept || (chosen.may_assign && !case.state.is_final());
    let is_ticked = chosen.typed.is_some_and(|form| form.has("case", &number));
    let next = of.next.filter(|_| of.is_own);
    Line {
        title: case.name.clone(),
        kind: words::coded(shell.lang, case.kind),
        district: shell.district(&case.district),
        state: words::coded(shell.lang, case.state),
        state_tone: said::tone(case.state),
        due: of.due.map_or_else(|| "—".to_owned(), |due| shell.date(&due)),
        left,
        tone,
        version: case.version,
        // What was ticked stays to be seen and unticked, even when it cannot be taken up any more.
        may_select: may_select || is_ticked,
        is_selected: is_ticked || (chosen.selects_all && may_select && (may_accept || !chosen.may_accept)),
        may_accept,
        holder: of.holder.as_ref().map(|one| one.name.clone()).unwrap_or_default(),
        select_label: shell.tx("desk-select", &case.name),
        next: next.map(|act| words::coded(shell.lang, act)).unwrap_or_default(),
        next_href: next.map(|act| act_href(&href, act)).unwrap_or_default(),
        correction_href: if may_accept && !case.is_corrected {
            format!("{href}/correction")
        } else {
            String::new()
        },
        href,
        number,
    }
}

/// Working days left, in words, with the tone of their tag.
pub(super) fn left(shell: &Shell, days: Option<i64>) -> (String, &'static str) {
    match days {
        None => (shell.t("inbox-no-term"), ""),
        Some(days) if days < 0 => (shell.tn("inbox-overdue", -days), "stop"),
        Some(0) => (shell.t("inbox-today"), "stop"),
        Some(days) if days <= SOON => (shell.tn("shell-day-left", days), "warn"),
        Some(days) => (shell.tn("shell-day-left", days), "ok"),
    }
}

/// GET /desk/cases/export.xlsx
pub async fn xlsx(visit: Visit) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let filter = filter_of(&asked(&visit), visit.actor.post.role);
    let all = desk::all(&visit.city, &visit.actor).await.map_err(|error| visit.error(error))?;
    let named = |list: &str, code: &str| words::member(shell.lang, list, code);
    let district = |code: &str| shell.district(code);
    let titles = [
        "case-number",
        "apply-name",
        "apply-kind",
        "desk-district",
        "case-state-label",
        "desk-received-on",
        "desk-accepted-on",
        "deadlines-due",
        "desk-days-left",
        "case-holder",
    ];
    let words = Words {
        sheet: shell.t("desk-cases"),
        titles: titles.map(|key| shell.t(key)).to_vec(),
        member: &named,
        district: &district,
    };
    let bytes = export(&desk::filtered(&all, &filter), &words).map_err(|error| visit.error(error))?;
    Ok(file(&format!("cases-{}.xlsx", tab_name(filter.tab)), sheets::XLSX, bytes))
}
