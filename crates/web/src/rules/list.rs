//! The list of rules, grouped by part, searchable by words.

use askama::Template;
use axum::response::Response;
use domain::kernel::Ground;

use crate::shell::form::pairs;
use crate::shell::{Form, PageError, Shell, Visit, show};

/// The parts of the rules: the letters of their ids.
const PARTS: [&str; 5] = ["S", "B", "C", "E", "T"];

/// A rule's line.
struct Line {
    id: String,
    title: String,
    text: String,
}

/// A part with its rules.
struct Part {
    name: String,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "rules/list.html")]
struct ListPage<'a> {
    shell: &'a Shell,
    words: &'a str,
    parts: Vec<Part>,
    count: usize,
    years: Vec<i16>,
}

/// GET /rules
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let query = Form::of(pairs(visit.shell.query.as_bytes()));
    let words = query.trimmed("q");
    let found: Vec<&Ground> = visit.city.grounds.all().filter(|ground| speaks_of(ground, words)).collect();
    let shell = &visit.shell;
    let part = |letter: &str| Part {
        name: shell.t(&format!("rules-part-{}", letter.to_lowercase())),
        lines: found
            .iter()
            .filter(|ground| letter_of(&ground.id) == letter)
            .map(|one| line(shell, one))
            .collect(),
    };
    let parts = PARTS.into_iter().map(part).filter(|part: &Part| !part.lines.is_empty()).collect();
    show(&ListPage { shell, words, parts, count: found.len(), years: visit.city.calendar.years().collect() })
}

fn letter_of(id: &str) -> &str {
    id.trim_end_matches(|character: char| character.is_ascii_digit())
}

fn line(shell: &Shell, ground: &Ground) -> Line {
    let (title, text) = match shell.is_english() {
        true => (&ground.title_en, &ground.text_en),
        false => (&ground.title_zh, &ground.text_zh),
    };
    Line { id: ground.id.clone(), title: title.clone(), text: text.clone() }
}

/// Whether every word is somewhere in the rule, in either language; upper and lower case alike.
fn speaks_of(ground: &Ground, words: &str) -> bool {
    let all = [
        &ground.id,
        &ground.title_zh,
        &ground.title_en,
        &ground.text_zh,
        &ground.text_en,
        &ground.legal_ground,
        &ground.legal_ground_en,
    ];
    let all = all.map(|text| text.to_lowercase()).join("\n");
    words.to_lowercase().split_whitespace().all(|word| all.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_found_by_number_words_and_law() {
        let ground = Ground {
            id: "C26".to_owned(),
            title_zh: "签约期限".to_owned(),
            title_en: "Term to sign".to_owned(),
            text_zh: "30日".to_owned(),
            text_en: "30 days".to_owned(),
            legal_ground: "《政府采购法》第46条".to_owned(),
            legal_ground_en: "Government Procurement Law art. 46".to_owned(),
            effective_from: None,
        };
        for (words, found) in
            [("", true), ("c26", true), ("签约", true), ("采购法 sign", true), ("回避", false)]
        {
            assert_eq!(speaks_of(&ground, words), found, "{words}");
        }
        assert_eq!(letter_of("C26"), "C");
    }
}
