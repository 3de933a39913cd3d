//! An organisation's public page: may it be trusted with a purchase, what is it, what has it done (W2); the same
//! as a file for programs, and as a sheet to print with its time and a code that can be checked.

use app::cultivation::case::Enrolment;
use app::cultivation::read;
use app::registry::public_lists::{self, PublicRecord};
use app::registry::{Organisation, public_years, standing};
use app::sheets::{self, Cell, Column};
use askama::Template;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::kernel::{Level, Moment};
use domain::registry::{Gate, Known, Legal, OrganisationStatus};
use serde_json::{Map, Value, json};

use super::file;
use super::record::{ListView, RecordView};
use super::tell::{self, Condition};
use super::years::{self, YearsView};
use crate::shell::{PageError, Path, Shell, Visit, qr, show};

/// The answer to "may it bid?", in a plain sentence, with the facts behind it.
pub struct Verdict {
    /// Empty, `warn` or `stop`.
    pub tone: &'static str,
    pub lead: String,
    pub facts: Vec<String>,
    pub conditions: Vec<Condition>,
}

#[derive(Template)]
#[template(path = "registry/profile.html")]
struct ProfilePage<'a> {
    shell: &'a Shell,
    view: RecordView,
    verdict: Verdict,
    years: YearsView,
    warning: String,
    edit_href: String,
    /// Where a filed organisation applies for registration; empty for others.
    grow_href: String,
    /// Type and day of an enrolment in the cultivation programme, and its page; empty for none.
    programme: Option<(String, String)>,
    base: String,
    /// Where the certificate to raise funds from the public is verified; empty without one.
    fundraising_href: String,
}

async fn held(visit: &Visit, uscc: &str) -> Result<PublicRecord, PageError> {
    public_lists::record(&visit.city, uscc).await.map_err(|error| visit.error(error))
}

/// GET /orgs/{uscc}
pub async fn show_one(visit: Visit, Path(uscc): Path<String>) -> Result<Response, PageError> {
    let record = held(&visit, &uscc).await?;
    let shell = &visit.shell;
    let organisation = &record.profile.organisation;
    let is_social = organisation.kind.is_social_organisation();
    let may_edit = shell.is_role("administrator")
        || (shell.is_role("approval_officer") && is_social)
        || (shell.is_role("purchase_lead") && !is_social);
    let edit = format!("/desk/organisations/{uscc}/edit");
    let warning = organisation.code_warning();
    let known = known(&visit, organisation).await?;
    let years = public_years::years(&visit.city, organisation.id).await;
    let years = years.map_err(|error| visit.error(error))?;
    let enrolled = read::of_organisation(&visit.city, organisation.id).await;
    let enrolled = enrolled.map_err(|error| visit.error(error))?;
    show(&ProfilePage {
        programme: enrolled.map(|case| programme(shell, &case)),
        years: years::view(shell, &years),
        verdict: verdict(&visit, organisation, &known),
        warning: warning.map(|refusal| shell.refusal(&refusal)).unwrap_or_default(),
        edit_href: if may_edit { shell.url(&edit) } else { String::new() },
        grow_href: match (organisation.legal, organisation.status) {
            (Legal::Filed, OrganisationStatus::Active) => shell.url(format!("/apply?filing={uscc}")),
            _ => String::new(),
        },
        base: shell.url(format!("/orgs/{uscc}")),
        fundraising_href: record
            .fundraising
            .as_ref()
            .map_or_else(String::new, |held| shell.url(format!("/verify/{}", held.code))),
        view: RecordView::of(shell, &record),
        shell,
    })
}

/// An enrolment in words, and its page.
fn programme(shell: &Shell, case: &Enrolment) -> (String, String) {
    let since = case.enrolled_at.map_or_else(|| "—".to_owned(), |at| shell.date(&at.date()));
    let text = shell.txy("cultivation-profile-line", shell.coded(&case.kind), since);
    (text, shell.url(format!("/cultivation/{}", case.number)))
}

/// What is known of the organisation now.
pub async fn known(visit: &Visit, held: &Organisation) -> Result<Known, PageError> {
    standing::known_at(&visit.city, held.id, visit.shell.now()).await.map_err(|error| visit.error(error))
}

/// Judges the organisation by the rules of today, for a purchase that excludes nobody in particular.
pub fn verdict(visit: &Visit, held: &Organisation, known: &Known) -> Verdict {
    let shell = &visit.shell;
    let judged = known.gate(Gate::Bid, visit.city.book.on(shell.now().date()));
    let (tone, lead) = match judged.require() {
        Err(refusal) => ("stop", shell.refusal(&refusal)),
        Ok(()) if judged.level() == Level::Warn => ("warn", shell.t("registry-verdict-warn")),
        Ok(()) => ("", shell.t("registry-verdict-ok")),
    };
    let rating = match known.rating {
        Some((grade, until)) => shell.txy("record-rated", format!("{grade}A"), shell.date(&until)),
        None => shell.t("record-unrated"),
    };
    let facts = vec![
        shell.coded(&known.standing.status),
        shell.coded(&held.legal),
        rating,
        shell.tx("registry-fact-inspection", shell.coded(&known.standing.inspection)),
        shell.tx("registry-fact-listing", shell.coded(&known.standing.listing)),
    ];
    let conditions = judged.findings.iter().map(|finding| tell::condition(shell, finding)).collect();
    Verdict { tone, lead, facts, conditions }
}

/// GET /orgs/{uscc}/record.csv
pub async fn csv(visit: Visit, Path(uscc): Path<String>) -> Result<Response, PageError> {
    let record = held(&visit, &uscc).await?;
    let shell = &visit.shell;
    let view = RecordView::of(shell, &record);
    let width = view.lists.iter().map(|list| list.heads.len()).max().unwrap_or(0);
    let mut columns = vec![Column::new(shell.t("record-list"), 20)];
    columns.extend((1..=width).map(|at| Column::new(shell.tx("record-column", at), 20)));
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for (key, value) in &view.facts {
        rows.push([shell.t("record-facts"), key.clone(), value.clone()].map(Cell::Text).into());
    }
    for list in &view.lists {
        let head = std::iter::once(list.title.clone()).chain(list.heads.iter().cloned());
        rows.push(head.map(Cell::Text).collect());
        for row in &list.rows {
            let cells = std::iter::once(list.title.clone()).chain(row.iter().map(|cell| cell.text.clone()));
            rows.push(cells.map(Cell::Text).collect());
        }
    }
    Ok(file(&format!("{uscc}.csv"), sheets::CSV, sheets::csv(&columns, &rows)))
}

/// GET /orgs/{uscc}/record.json
pub async fn json(visit: Visit, Path(uscc): Path<String>) -> Result<Response, PageError> {
    let record = held(&visit, &uscc).await?;
    let shell = &visit.shell;
    let view = RecordView::of(shell, &record);
    let facts: Map<String, Value> =
        view.facts.iter().map(|(key, value)| (key.clone(), json!(value))).collect();
    let lists: Vec<Value> = view
        .lists
        .iter()
        .map(|list| json!({ "list": list.code, "title": list.title, "rows": rows(list) }))
        .collect();
    let content = json!({
        "name": view.name,
        "code": view.uscc,
        "generated_at": shell.now().rfc3339(),
        "fingerprint": RecordView::digest(shell, &record).fingerprint(),
        "facts": facts,
        "lists": lists,
    });
    let name = format!("attachment; filename=\"{uscc}.json\"");
    let headers =
        [(header::CONTENT_TYPE, "application/json".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, content.to_string()).into_response())
}

/// Each row as an object under the heads of its columns.
fn rows(list: &ListView) -> Vec<Value> {
    let row = |cells: &Vec<super::record::Cell>| {
        let pairs = list.heads.iter().zip(cells).map(|(head, cell)| (head.clone(), json!(cell.text)));
        Value::Object(pairs.collect::<Map<String, Value>>())
    };
    list.rows.iter().map(row).collect()
}

#[derive(Template)]
#[template(path = "registry/record_sheet.html")]
struct SheetPage<'a> {
    shell: &'a Shell,
    view: RecordView,
    lead: String,
    made: Moment,
    fingerprint: String,
    base: String,
    qr: String,
}

/// GET /orgs/{uscc}/file: the record on A4, with the time of its making and its fingerprint.
pub async fn sheet(visit: Visit, Path(uscc): Path<String>) -> Result<Response, PageError> {
    let record = held(&visit, &uscc).await?;
    let shell = &visit.shell;
    let known = known(&visit, &record.profile.organisation).await?;
    let fingerprint = RecordView::digest(shell, &record).fingerprint();
    let address = shell.absolute(format!("/orgs/{uscc}/file/{fingerprint}"));
    show(&SheetPage {
        lead: verdict(&visit, &record.profile.organisation, &known).lead,
        made: shell.now(),
        qr: qr::svg(&address, &shell.t("document-qr")),
        base: shell.url(format!("/orgs/{uscc}")),
        view: RecordView::of(shell, &record),
        fingerprint,
        shell,
    })
}

#[derive(Template)]
#[template(path = "registry/record_check.html")]
struct CheckPage<'a> {
    shell: &'a Shell,
    name: String,
    is_same: bool,
    typed: String,
    fingerprint: String,
    base: String,
}

/// GET /orgs/{uscc}/file/{fingerprint}: whether a printed record still says what the register says.
pub async fn check(visit: Visit, Path((uscc, typed)): Path<(String, String)>) -> Result<Response, PageError> {
    let record = held(&visit, &uscc).await?;
    let shell = &visit.shell;
    let fingerprint = RecordView::digest(shell, &record).fingerprint();
    show(&CheckPage {
        name: record.profile.organisation.name.clone(),
        is_same: typed.eq_ignore_ascii_case(&fingerprint),
        typed: typed.chars().take(40).collect(),
        base: shell.url(format!("/orgs/{uscc}")),
        fingerprint,
        shell,
    })
}
