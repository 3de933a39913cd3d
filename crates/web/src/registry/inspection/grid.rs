//! The review grid: filter, tick rows, choose each row's outcome, one button for all of them.

use std::collections::BTreeSet;

use app::documents::Document;
use app::registry::inspection::sheet::{Words, export};
use app::registry::inspection::{
    self, BatchRow, Campaign, DecideMany, Filter, Line, RecordAbsences, ReviewMany,
};
use app::{Error, sheets};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, Refusal, Role};
use domain::registry::OrganisationKind;
use domain::registry::inspection::outcome::suggested;
use domain::registry::inspection::rectification::RectificationState;
use domain::registry::inspection::{InspectionState, Outcome, Question, Weight};

use super::{member, standing};
use crate::documents::preview::{self, Steps};
use crate::registry::{file, tell};
use crate::shell::form::pairs;
use crate::shell::{
    Choice, FieldFault, Form, PageError, Path, Shell, Visit, Wish, fault_at, show, show_faults,
};

/// Rows of one page.
const PER_PAGE: usize = 100;

/// A row of the grid.
struct Row {
    uscc: String,
    name: String,
    href: String,
    kind: String,
    standing: String,
    tone: &'static str,
    filed: String,
    income: String,
    expense: String,
    net_assets: String,
    grounds: i64,
    proposed: String,
    version: i64,
    may_select: bool,
    is_selected: bool,
    select_label: String,
    /// Empty when this row takes no outcome.
    outcomes: Vec<Choice>,
    outcome_label: String,
    has_fault: bool,
}

#[derive(Template)]
#[template(path = "registry/inspection/grid.html")]
struct GridPage<'a> {
    shell: &'a Shell,
    title: String,
    here: String,
    path: String,
    total: i64,
    rows: Vec<Row>,
    states: Vec<Choice>,
    outcomes: Vec<Choice>,
    kinds: Vec<Choice>,
    districts: Vec<Choice>,
    mending: Vec<Choice>,
    late: Vec<Choice>,
    all_href: String,
    none_href: String,
    first_href: String,
    next_href: String,
    xlsx_href: String,
    may_propose: bool,
    may_decide: bool,
    faults: Vec<FieldFault>,
}

/// The filter as a query; values are codes and digits, so nothing needs escaping.
pub(super) fn query_of(filter: &Filter, more: &[(&str, String)]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut add =
        |name: &str, value: Option<&str>| parts.extend(value.map(|value| format!("{name}={value}")));
    add("state", filter.state.map(Coded::code));
    add("outcome", filter.outcome.map(Coded::code));
    add("kind", filter.kind.map(Coded::code));
    add("district", filter.district.as_deref());
    add("late", filter.is_late.then_some("yes"));
    add("mending", filter.rectification.map(Coded::code));
    parts.extend(more.iter().map(|(name, value)| format!("{name}={value}")));
    if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
}

fn filter_of(asked: &Form) -> Filter {
    let district = asked.trimmed("district");
    let is_code = district.len() == 6 && district.bytes().all(|byte| byte.is_ascii_digit());
    Filter {
        state: InspectionState::from_code(asked.trimmed("state")),
        outcome: Outcome::from_code(asked.trimmed("outcome")),
        kind: OrganisationKind::from_code(asked.trimmed("kind")),
        district: is_code.then(|| district.to_owned()),
        is_late: asked.trimmed("late") == "yes",
        rectification: RectificationState::from_code(asked.trimmed("mending")),
    }
}

fn asked(visit: &Visit) -> Form {
    Form::of(pairs(visit.shell.query.as_bytes()))
}

async fn campaign(visit: &Visit, year: i64) -> Result<Campaign, PageError> {
    inspection::campaign(&visit.city, year).await.map_err(|error| visit.error(error))
}

/// GET /desk/inspections/{year}
pub async fn index(visit: Visit, Path(year): Path<i64>) -> Result<Response, PageError> {
    page(&visit, year, None, Vec::new()).await
}

/// POST /desk/inspections/{year}: proposes, decides or records absence for the rows ticked.
pub async fn update(visit: Visit, Path(year): Path<i64>, form: Form) -> Result<Response, PageError> {
    if preview::is_edited(&form) {
        return page(&visit, year, Some(&form), Vec::new()).await;
    }
    let (step, wish) = preview::step_of(&form);
    let back = format!("/desk/inspections/{year}{}", query_of(&filter_of(&asked(&visit)), &[]));
    match act(&visit, year, (&step, wish), &form).await {
        Ok((foreseen, done)) => {
            let done = || Ok(visit.done(&back, done));
            preview::seen(&visit, &form, (&back, &step, "preview-issue"), foreseen).unwrap_or_else(done)
        }
        Err(error) => {
            let faults = visit.faults(error)?;
            page(&visit, year, Some(&form), faults).await
        }
    }
}

/// Does the step, or gives the documents that the decisions would issue; with what is told when it is done.
async fn act(
    visit: &Visit,
    year: i64,
    (step, wish): (&str, Wish),
    form: &Form,
) -> Result<(Vec<Document>, &'static str), Error> {
    let codes: Vec<String> = form.every("row").into_iter().map(str::to_owned).collect();
    let (city, actor, key) = (&visit.city, &visit.actor, form.key());
    if step == "absent" {
        city.act(actor, &key, &RecordAbsences { year, codes }).await?;
        return Ok((Vec::new(), "inspection-absent"));
    }
    let rows = rows(form, &codes).map_err(Error::Invalid)?;
    if step == "decide" {
        let foreseen = Steps::of(visit, form, wish).take(&DecideMany { year, rows }).await?;
        return Ok((foreseen, "inspection-decided"));
    }
    city.act(actor, &key, &ReviewMany { year, rows }).await?;
    Ok((Vec::new(), "inspection-reviewed"))
}

/// The rows ticked, each with the version seen and its outcome.
fn rows(form: &Form, codes: &[String]) -> Result<Vec<BatchRow>, Vec<Refusal>> {
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    for uscc in codes {
        let field = format!("outcome.{uscc}");
        let version = form.number(&format!("version.{uscc}")).unwrap_or_default();
        match Outcome::from_code(form.trimmed(&field)) {
            Some(outcome) => rows.push(BatchRow { uscc: uscc.clone(), version, outcome }),
            // A row without an outcome to choose has no report; the rule says so by its state.
            None if form.trimmed(&field).is_empty() && !form.is_ticked(&field) => {
                rows.push(BatchRow { uscc: uscc.clone(), version, outcome: Outcome::Pass });
            }
            None => faults.push(Refusal::new("inspection.outcome-missing", "B26").at(field)),
        }
    }
    if faults.is_empty() { Ok(rows) } else { Err(faults) }
}

async fn page(
    visit: &Visit,
    year: i64,
    typed: Option<&Form>,
    faults: Vec<FieldFault>,
) -> Result<Response, PageError> {
    let (shell, asked) = (&visit.shell, asked(visit));
    let campaign = campaign(visit, year).await?;
    let filter = filter_of(&asked);
    let after = asked.number("after").unwrap_or_default();
    let held = inspection::lines(&visit.city, &campaign, &filter, after, PER_PAGE + 1).await;
    let mut held = held.map_err(|error| visit.error(error))?;
    let total = inspection::lists::count(&visit.city, &campaign, &filter).await;
    let total = total.map_err(|error| visit.error(error))?;
    let has_more = held.len() > PER_PAGE;
    held.truncate(PER_PAGE);
    let next = held.last().filter(|_| has_more).map(|line| line.organisation_id.0.to_string());
    let path = format!("/desk/inspections/{year}");
    let to = |more: &[(&str, String)]| shell.url(format!("{path}{}", query_of(&filter, more)));
    let mut place: Vec<(&str, String)> = Vec::new();
    if after > 0 {
        place.push(("after", after.to_string()));
    }
    let with_all: Vec<(&str, String)> = place.iter().cloned().chain([("all", "1".to_owned())]).collect();
    let seen = Seen {
        shell,
        campaign: &campaign,
        role: visit.actor.post.role,
        typed,
        selects_all: asked.is_ticked("all"),
        faulty: faults.iter().map(|fault| fault.field.clone()).collect(),
    };
    let page = GridPage {
        title: shell.tx("inspection-year-title", year),
        here: to(&place),
        total,
        states: tell::choices::<InspectionState>(shell, asked.trimmed("state"), Some("registry-all")),
        outcomes: tell::choices::<Outcome>(shell, asked.trimmed("outcome"), Some("registry-all")),
        kinds: kinds(shell, asked.trimmed("kind")),
        districts: tell::districts(shell, asked.trimmed("district")),
        mending: tell::choices::<RectificationState>(shell, asked.trimmed("mending"), Some("registry-all")),
        late: vec![
            Choice::new("", shell.t("registry-all"), asked.trimmed("late")),
            Choice::new("yes", shell.t("inspection-tally-late"), asked.trimmed("late")),
        ],
        all_href: to(&with_all),
        none_href: to(&place),
        first_href: if after > 0 { to(&[]) } else { String::new() },
        next_href: next.map_or_else(String::new, |next| to(&[("after", next)])),
        xlsx_href: shell.url(format!("{path}/export.xlsx{}", query_of(&filter, &[]))),
        may_propose: seen.role == Role::ApprovalOfficer,
        may_decide: seen.role == Role::ApprovalDirector,
        faults: named(shell, faults, &held),
        rows: held.iter().map(|line| seen.row(line)).collect(),
        path,
        shell,
    };
    if page.faults.is_empty() { show(&page) } else { show_faults(&page) }
}

fn kinds(shell: &Shell, current: &str) -> Vec<Choice> {
    let all = Choice::new("", shell.t("registry-all"), current);
    let social = OrganisationKind::ALL.iter().filter(|kind| kind.is_social_organisation());
    let named = social.map(|kind| Choice::new(kind.code(), shell.coded(kind), current));
    std::iter::once(all).chain(named).collect()
}

/// Each fault of a row with the name of its organisation in front.
fn named(shell: &Shell, faults: Vec<FieldFault>, held: &[Line]) -> Vec<FieldFault> {
    let name = |field: &str| {
        let uscc = field.strip_prefix("outcome.")?;
        held.iter().find(|line| line.uscc == uscc).map(|line| line.name.clone())
    };
    let one = |fault: FieldFault| match name(&fault.field) {
        Some(name) => {
            let text = shell.txy("inspection-row-fault", name, &fault.text);
            // The row's box is there whether or not the row takes an outcome.
            let place = fault.field.replacen("outcome.", "row.", 1);
            fault.at(place).saying(text)
        }
        None => fault,
    };
    faults.into_iter().map(one).collect()
}

/// What decides how a row is shown.
struct Seen<'a> {
    shell: &'a Shell,
    campaign: &'a Campaign,
    role: Role,
    typed: Option<&'a Form>,
    selects_all: bool,
    faulty: BTreeSet<String>,
}

impl Seen<'_> {
    fn row(&self, line: &Line) -> Row {
        let shell = self.shell;
        let (standing, tone) = standing(shell, line.state, line.outcome);
        let answers = line.answers.as_deref().map(inspection::held::thaw).unwrap_or_default();
        let money = |question| match answers.money(question) {
            Some(amount) if line.submitted_at.is_some() => amount.to_string(),
            _ => "—".to_owned(),
        };
        let takes_outcome = match self.role {
            Role::ApprovalOfficer => {
                matches!(line.state, InspectionState::Reported | InspectionState::Reviewed)
            }
            Role::ApprovalDirector => line.state == InspectionState::Reviewed,
            _ => false,
        };
        let is_silent = line.state == InspectionState::Due
            && self.campaign.due_on(line.kind) < shell.now().date()
            && matches!(self.role, Role::ApprovalOfficer | Role::ApprovalDirector);
        let may_select = takes_outcome || is_silent;
        let field = format!("outcome.{}", line.uscc);
        let current = match self.typed.map(|form| form.text(&field)) {
            Some(typed) if !typed.is_empty() => typed.to_owned(),
            _ => line.proposal.unwrap_or_else(|| suggestion(line)).code().to_owned(),
        };
        let is_selected = match self.typed {
            Some(form) => form.has("row", &line.uscc),
            None => self.selects_all && may_select,
        };
        Row {
            href: shell.url(format!("/desk/inspections/{}/{}", self.campaign.year, line.uscc)),
            name: line.name.clone(),
            kind: shell.coded(&line.kind),
            standing,
            tone,
            filed: line.submitted_at.map_or_else(|| "—".to_owned(), |at| shell.date(&at.date())),
            income: money(Question::Income),
            expense: money(Question::Expense),
            net_assets: money(Question::NetAssets),
            grounds: line.minor + line.serious,
            proposed: line.proposal.map_or_else(|| "—".to_owned(), |one| shell.coded(&one)),
            version: line.version,
            may_select,
            is_selected,
            select_label: shell.tx("inspection-select-row", &line.name),
            outcomes: match takes_outcome {
                true => tell::choices::<Outcome>(shell, &current, None),
                false => Vec::new(),
            },
            outcome_label: shell.tx("inspection-outcome-of", &line.name),
            has_fault: self.faulty.contains(&field),
            uscc: line.uscc.clone(),
        }
    }
}

/// The outcome to which the open grounds lead.
fn suggestion(line: &Line) -> Outcome {
    let open = match (line.serious, line.minor) {
        (1.., _) => Some(Weight::Serious),
        (_, 1..) => Some(Weight::Minor),
        _ => None,
    };
    suggested(open.as_slice())
}

/// GET /desk/inspections/{year}/export.xlsx
pub async fn xlsx(visit: Visit, Path(year): Path<i64>) -> Result<Response, PageError> {
    let (shell, campaign) = (&visit.shell, campaign(&visit, year).await?);
    let named = |list: &str, code: &str| member(shell, list, code);
    let titles = [
        shell.t("inspection-code"),
        shell.t("inspection-organisation"),
        shell.t("inspection-kind"),
        shell.t("inspection-district"),
        shell.t("inspection-fact-state"),
        shell.t("inspection-filed-on"),
        shell.t("inspection-income"),
        shell.t("inspection-expense"),
        shell.t("inspection-net-assets"),
        shell.t("inspection-open-grounds"),
        shell.t("inspection-proposed"),
        shell.t("inspection-decided"),
    ];
    let words = Words { sheet: shell.t("inspection-sheet"), titles: titles.to_vec(), member: &named };
    let bytes = export(&visit.city, &campaign, &filter_of(&asked(&visit)), &words).await;
    let bytes = bytes.map_err(|error| visit.error(error))?;
    Ok(file(&format!("inspection-{year}.xlsx"), sheets::XLSX, bytes))
}
