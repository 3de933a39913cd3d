//! Message files: joins them per language and refuses what would leave a reader without a sentence.
//!
//! Refused: a key in one language only, a key given twice, a line that is not Fluent, and a literal
//! key used in a page or a source file that no message file has.

use crate::{files_below, read};
use fluent_syntax::{ast, parser};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const LANGUAGES: [&str; 2] = ["zh-CN", "en"];
/// What stands before a literal key where one is used.
const CALLS: [&str; 7] =
    ["t(\"", "tn(\"", "tr!(\"", "tr(\"", "text(lang, \"", "text(Lang::Zh, \"", "text_with(lang, \""];

/// Checks all messages and writes `zh-CN.ftl` and `en.ftl` into the output folder.
pub fn write(locales: &Path, sources: &Path, out: &Path) -> Result<(), String> {
    let mut faults = Vec::new();
    let mut keys = BTreeMap::new();
    for language in LANGUAGES {
        let mut joined = String::new();
        let mut seen = BTreeSet::new();
        for path in files_below(&locales.join(language))? {
            let text = read(&path)?;
            collect(&path, &text, &mut seen, &mut faults);
            joined.push_str(&text);
            joined.push_str("\n\n");
        }
        let target = out.join(format!("{language}.ftl"));
        std::fs::write(target, joined).map_err(|error| error.to_string())?;
        keys.insert(language, seen);
    }
    let (chinese, english) = (&keys["zh-CN"], &keys["en"]);
    faults.extend(chinese.difference(english).map(|key| format!("{key}: only in zh-CN")));
    faults.extend(english.difference(chinese).map(|key| format!("{key}: only in en")));
    for path in files_below(sources)? {
        if path.extension().is_some_and(|kind| kind == "rs" || kind == "html") {
            let text = read(&path)?;
            let spoken = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            let text = spoken.collect::<Vec<_>>().join("\n");
            let missing = used(&text).into_iter().filter(|key| !chinese.contains(*key));
            faults.extend(missing.map(|key| format!("{}: no message `{key}`", path.display())));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(format!("\n{}\n", faults.join("\n"))) }
}

/// Adds the keys of one file; notes what is wrong in it.
fn collect(path: &Path, text: &str, seen: &mut BTreeSet<String>, faults: &mut Vec<String>) {
    let resource = match parser::parse(text) {
        Ok(resource) => resource,
        Err((resource, errors)) => {
            faults.extend(errors.iter().map(|error| format!("{}: {error}", path.display())));
            resource
        }
    };
    for entry in resource.body {
        if let ast::Entry::Message(message) = entry
            && !seen.insert(message.id.name.to_owned())
        {
            faults.push(format!("{}: `{}` is given twice", path.display(), message.id.name));
        }
    }
}

/// The literal keys used in a source text; a key that goes on with `{` or is joined is left alone.
fn used(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for call in CALLS {
        for (at, _) in text.match_indices(call) {
            let before = text[..at].chars().next_back();
            if before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_') {
                continue;
            }
            let rest = &text[at + call.len()..];
            if let Some((key, _)) = rest.split_once('"')
                && !key.is_empty()
                && key.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter))
            {
                found.push(key);
            }
        }
    }
    found
}
