//! The published measures: the editions, and each as a document on A4.

use app::Error;
use app::catalogue::measures::{self, Measures};
use askama::Template;
use axum::response::Response;
use domain::catalogue::MeasuresPart;

use super::paragraphs;
use crate::shell::{PageError, Path, Shell, Visit, show};

#[derive(Template)]
#[template(path = "catalogue/measures.html")]
struct MeasuresPage<'a> {
    shell: &'a Shell,
    editions: &'a [Measures],
}

#[derive(Template)]
#[template(path = "catalogue/edition.html")]
struct EditionPage<'a> {
    shell: &'a Shell,
    held: &'a Measures,
    chapters: Vec<(String, Vec<&'a str>)>,
}

/// GET /purchase/measures
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let editions = measures::published(&visit.city).await.map_err(|error| visit.error(error))?;
    show(&MeasuresPage { shell: &visit.shell, editions: &editions })
}

/// GET /purchase/measures/{edition}
pub async fn show_edition(visit: Visit, Path(edition): Path<i64>) -> Result<Response, PageError> {
    let held = measures::edition(&visit.city, edition).await.map_err(|error| visit.error(error))?;
    if held.published_at.is_none() {
        return Err(visit.error(Error::NotFound));
    }
    let text = held.text();
    let chapters = text.parts().into_iter().zip(1_usize..);
    let chapters =
        chapters.map(|((part, text), number)| (heading(&visit.shell, part, number), paragraphs(text)));
    show(&EditionPage { shell: &visit.shell, held: &held, chapters: chapters.collect() })
}

/// The number of a chapter as documents write it: 一 to 五 in Chinese.
fn heading(shell: &Shell, part: MeasuresPart, number: usize) -> String {
    let chinese = ["一", "二", "三", "四", "五"].get(number - 1).copied();
    let shown = match chinese {
        Some(word) if !shell.is_english() => word.to_owned(),
        _ => number.to_string(),
    };
    shell.txy("measures-chapter", shown, shell.coded(&part))
}
