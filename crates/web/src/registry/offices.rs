//! The offices of the bureau, each with the one director who answers for it (E4, S63).

use app::access::{accounts, offices};
use app::registry::search_purchases;
use askama::Template;
use axum::response::Response;

use crate::shell::{PageError, Path, Shell, Visit, show};

/// An office in the list.
struct Line {
    href: String,
    name: String,
    duties: String,
    director: String,
}

#[derive(Template)]
#[template(path = "registry/offices.html")]
struct OfficesPage<'a> {
    shell: &'a Shell,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "registry/office.html")]
struct OfficePage<'a> {
    shell: &'a Shell,
    name: String,
    duties: String,
    director: String,
    /// Name, and the time in office in words.
    tenures: Vec<(String, String)>,
    /// Address, number, title.
    tenders: Vec<(String, String, String)>,
    account_href: String,
}

fn name_of(shell: &Shell, office: &offices::Office) -> String {
    if shell.is_english() && !office.name_en.is_empty() {
        office.name_en.clone()
    } else {
        office.name.clone()
    }
}

fn director_of(shell: &Shell, office: &offices::Office) -> String {
    office.director_name.clone().unwrap_or_else(|| shell.t("registry-no-director"))
}

/// GET /offices
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let held = offices::all(&visit.city).await.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    let lines = held.iter().map(|office| Line {
        href: shell.url(format!("/offices/{}", office.code)),
        name: name_of(shell, office),
        duties: office.duties.clone(),
        director: director_of(shell, office),
    });
    show(&OfficesPage { lines: lines.collect(), shell })
}

/// GET /offices/{code}
pub async fn show_one(visit: Visit, Path(code): Path<String>) -> Result<Response, PageError> {
    let error = |error| visit.error(error);
    let office = accounts::office_by_code(&visit.city, &code).await.map_err(error)?;
    let tenures = accounts::tenures(&visit.city, office.id).await.map_err(error)?;
    let tenders = search_purchases::tenders_of(&visit.city, office.id, 100).await.map_err(error)?;
    let shell = &visit.shell;
    let tenures = tenures.iter().map(|one| {
        let since = shell.moment(&one.since);
        let time = match &one.until {
            Some(until) => shell.txy("registry-from-to", since, shell.moment(until)),
            None => shell.tx("registry-since", since),
        };
        (one.name.clone(), time)
    });
    let tenders =
        tenders.into_iter().map(|one| (shell.url(format!("/tenders/{}", one.number)), one.number, one.title));
    show(&OfficePage {
        name: name_of(shell, &office),
        duties: office.duties.clone(),
        director: director_of(shell, &office),
        tenures: tenures.collect(),
        tenders: tenders.collect(),
        account_href: shell.url(format!("/offices/{code}/account")),
        shell,
    })
}
