//! The file of one purchase on A4, and as one open file (C57).

use app::supervision::archive::{self, Archive, FileEntry, Follow, Part};
use askama::Template;
use axum::response::Response;
use domain::kernel::Fact;
use domain::supervision::PartState;

use crate::shell::download::download;
use crate::shell::{PageError, Path, Shell, Visit, show, words};

/// A part of the record.
struct PartTold {
    place: usize,
    name: String,
    state: String,
    is_missing: bool,
    facts: Vec<(String, String)>,
}

/// A paper.
struct FileTold {
    kind: String,
    name: String,
    at: String,
    digest: String,
}

#[derive(Template)]
#[template(path = "supervision/archive.html")]
struct ArchivePage<'a> {
    shell: &'a Shell,
    archive: &'a Archive,
    office: String,
    contract: String,
    provider: String,
    parts: Vec<PartTold>,
    followed: Vec<PartTold>,
    missing: Vec<String>,
    files: Vec<FileTold>,
    ended: String,
    keep: String,
    json_href: String,
}

/// GET /desk/tenders/{no}/archive
pub async fn show_one(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let found = archive::of_tender(&visit.city, &visit.actor, &number).await.map_err(fail)?;
    let contract = archive::contract_of(&visit.city, &found.tender).await.map_err(fail)?;
    let (contract, provider, _) = contract.unwrap_or_default();
    let shell = &visit.shell;
    let english = shell.is_english() && !found.tender.office_name_en.is_empty();
    show(&ArchivePage {
        office: if english { found.tender.office_name_en.clone() } else { found.tender.office_name.clone() },
        contract,
        provider,
        parts: found.parts.iter().enumerate().map(|(place, one)| part(shell, place + 1, one)).collect(),
        followed: {
            let first = found.parts.len() + 1;
            found.followed.iter().enumerate().map(|(place, one)| follow(shell, first + place, one)).collect()
        },
        missing: found
            .missing()
            .map(|one| words::coded(shell.lang, one))
            .chain(found.missing_after().map(|one| words::coded(shell.lang, one)))
            .collect(),
        files: found.files.iter().map(|one| file(shell, one)).collect(),
        ended: found.ended_on.map_or_else(|| shell.t("archive-not-ended"), |day| shell.date(&day)),
        keep: match found.keep_until {
            Some(day) => shell.txy("archive-keep-until", shell.date(&day), found.years),
            None => shell.tn("archive-keep-years", found.years),
        },
        json_href: shell.url(format!("/desk/tenders/{number}/archive.json")),
        archive: &found,
        shell,
    })
}

fn part(shell: &Shell, place: usize, one: &Part) -> PartTold {
    told(shell, place, shell.coded(&one.part), one.state, &one.facts)
}

fn follow(shell: &Shell, place: usize, one: &Follow) -> PartTold {
    told(shell, place, shell.coded(&one.part), one.state, &one.facts)
}

fn told(
    shell: &Shell,
    place: usize,
    name: String,
    state: PartState,
    facts: &[(&'static str, Fact)],
) -> PartTold {
    let fact = |(name, value): &(&'static str, Fact)| {
        (shell.t(&format!("archive-fact-{name}")), words::fact(shell.lang, value))
    };
    PartTold {
        place,
        name,
        state: shell.coded(&state),
        is_missing: state == PartState::Missing,
        facts: facts.iter().map(fact).collect(),
    }
}

fn file(shell: &Shell, one: &FileEntry) -> FileTold {
    FileTold {
        kind: shell.t(&format!("archive-file-{}", one.kind.replace('_', "-"))),
        name: one.name.clone(),
        at: shell.moment_or_dash(&one.at),
        digest: one.digest.clone().unwrap_or_default(),
    }
}

/// GET /desk/tenders/{no}/archive.json
pub async fn json(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let found = archive::of_tender(&visit.city, &visit.actor, &number).await.map_err(fail)?;
    let bytes = found.to_json().map_err(fail)?;
    Ok(download(&format!("{number}-archive.json"), "application/json", bytes))
}
