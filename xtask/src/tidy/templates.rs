//! Pages carry no inline script or style: the strict policy of the server would block it, and the browser
//! test would only see it on the pages that it visits.

use super::Finding;
use super::scan::Source;
use crate::repo;
use anyhow::Result;
use std::path::Path;

const MEND: &str = "put script into a file under web's assets, and looks into the style sheet as a class";

/// Checks all templates.
pub fn check(root: &Path, found: &mut Vec<Finding>) -> Result<()> {
    for path in repo::files(&root.join("crates/web"), "html")? {
        let text = std::fs::read_to_string(&path)?;
        for (line, what) in inline(&text) {
            found.push(Finding { path: repo::relative(root, &path), line, what, mend: MEND });
        }
    }
    Ok(())
}

/// Checks HTML and SVG written in Rust strings of the web crate.
pub fn check_texts(source: &Source, found: &mut Vec<Finding>) {
    if !source.path.starts_with("crates/web/") {
        return;
    }
    for text in source.texts.iter().filter(|text| !source.is_test(text.line)) {
        let words = text.words.replace("\\\"", "\"");
        for (line, what) in inline(&words).into_iter().filter(|_| words.contains('<')) {
            found.push(Finding { path: source.path.clone(), line: text.line + line - 1, what, mend: MEND });
        }
    }
}

/// Line, counted from 1, and kind of each piece of inline script or style.
fn inline(html: &str) -> Vec<(usize, String)> {
    let lower = html.to_lowercase();
    let mut places: Vec<(usize, String)> = Vec::new();
    for (at, _) in lower.match_indices("<script") {
        let tag = lower[at..].split('>').next().unwrap_or_default();
        let body = lower[at..].split_once('>').map_or("", |(_, rest)| rest);
        if !tag.contains(" src=") || !body.trim_start().starts_with("</script") {
            places.push((at, "inline <script>".to_owned()));
        }
    }
    places.extend(lower.match_indices("<style").map(|(at, _)| (at, "inline <style>".to_owned())));
    for (at, _) in lower.match_indices('=') {
        let before = &lower[..at];
        let name: String =
            before.chars().rev().take_while(|c| c.is_ascii_alphanumeric() || "-_:@.".contains(*c)).collect();
        let name: String = name.chars().rev().collect();
        let follows_blank = before[..before.len() - name.len()].ends_with(char::is_whitespace);
        let handler =
            name.starts_with("on") && name.len() > 3 && name.chars().all(|c| c.is_ascii_lowercase());
        let quoted = lower[at + 1..].starts_with(['"', '\'', '{']);
        if follows_blank && quoted && (name == "style" || handler) {
            places.push((at, format!("`{name}=` attribute")));
        }
    }
    places.into_iter().map(|(at, what)| (lower[..at].matches('\n').count() + 1, what)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        let shown: Vec<String> =
            inline(html).into_iter().map(|(line, what)| format!("{line} {what}")).collect();
        assert_eq!(shown.join(", "), expected, "{html}");
    }

    #[test]
    fn inline_script_and_style_are_seen() {
        check("<p>\n<script>alert(1)</script>", "2 inline <script>");
        check("<script src=\"/a.js\" defer></script>", "");
        check("<p style=\"color: red\" class='x'>", "1 `style=` attribute");
        check("<button\n  onclick='go()'>", "2 `onclick=` attribute");
        check("<p data-style=\"x\" hx-on:click=\"y\">style = once=1</p>", "");
        check("<style>p {}</style>", "1 inline <style>");
    }
}
