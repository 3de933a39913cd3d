//! One rule: its text, its legal ground, and the dated values that the program judges by.

use askama::Template;
use axum::response::Response;
use domain::kernel::{Ground, Rule};

use crate::shell::{PageError, Path, Shell, Visit, show, terms, words};

/// A dated value as the page shows it.
struct Value {
    name: String,
    amount: String,
    from: String,
    to: String,
    source: String,
    /// The source as its law is written, on an English page; empty on a Chinese one.
    original: String,
    note: String,
    is_now: bool,
}

#[derive(Template)]
#[template(path = "rules/one.html")]
struct OnePage<'a> {
    shell: &'a Shell,
    ground: &'a Ground,
    title: &'a str,
    text: &'a str,
    from: String,
    values: Vec<Value>,
}

/// GET /rules/{id}
pub async fn show_one(visit: Visit, Path(id): Path<String>) -> Result<Response, PageError> {
    let ground = visit.city.grounds.get(&id).ok_or_else(|| visit.error(app::Error::NotFound))?;
    let shell = &visit.shell;
    let (title, text) = match shell.is_english() {
        true => (&ground.title_en, &ground.text_en),
        false => (&ground.title_zh, &ground.text_zh),
    };
    let rows = visit.city.book.rows().filter(|rule| rule.ground == ground.id);
    let from = ground.effective_from.map_or_else(|| "—".to_owned(), |day| shell.date(&day));
    show(&OnePage { shell, ground, title, text, from, values: rows.map(|rule| value(shell, rule)).collect() })
}

fn value(shell: &Shell, rule: &Rule) -> Value {
    let today = shell.now().date();
    let note = if shell.is_english() { &rule.note_en } else { &rule.note_zh };
    Value {
        name: words::coded(shell.lang, rule.key),
        amount: terms::amount(shell, rule),
        from: shell.date(&rule.effective_from),
        to: rule.effective_to.map_or_else(|| shell.t("rules-until-now"), |day| shell.date(&day)),
        source: rule.law(shell.is_english()).to_owned(),
        original: if shell.is_english() { rule.source.clone() } else { String::new() },
        note: note.clone(),
        is_now: rule.effective_from <= today && rule.effective_to.is_none_or(|last| today <= last),
    }
}
