//! Names say what a thing is, files say why they exist, and unfinished work is not kept in comments.

use super::Finding;
use super::scan::Source;

/// Endings of type names that say nothing about the business.
const EMPTY_ENDINGS: [&str; 6] = ["Manager", "Helper", "Service", "Processor", "Data", "Info"];
/// File and folder names that say nothing at all.
const EMPTY_FILES: [&str; 12] = [
    "manager",
    "helper",
    "helpers",
    "service",
    "services",
    "processor",
    "data",
    "info",
    "util",
    "utils",
    "common",
    "misc",
];
/// Marks of unfinished work, put together so that this file does not carry them.
const UNFINISHED: [&str; 4] =
    [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("todo", "!("), concat!("unimplemented", "!(")];

/// Checks one file.
pub fn check(source: &Source, found: &mut Vec<Finding>) {
    let report = |line: usize, what: String, mend: &'static str, found: &mut Vec<Finding>| {
        found.push(Finding { path: source.path.clone(), line, what, mend });
    };
    let parts = source.path.split(['/', '.']);
    for part in parts.filter(|part| EMPTY_FILES.contains(part)) {
        report(1, format!("`{part}` as a file name"), "name the file after the idea it holds", found);
    }
    for (line, name) in type_names(source) {
        if let Some(ending) = EMPTY_ENDINGS.iter().find(|ending| name.ends_with(*ending)) {
            report(
                line,
                format!("type `{name}` ends in `{ending}`"),
                "use the word of the business (GLOSSARY.md)",
                found,
            );
        }
    }
    if !starts_with_module_doc(source) {
        report(
            1,
            "no module doc".to_owned(),
            "begin the file with `//!` and say what it holds and why",
            found,
        );
    }
    for (index, line) in source.lines.iter().enumerate() {
        if let Some(mark) = UNFINISHED.iter().find(|mark| line.contains(*mark)) {
            report(index + 1, format!("`{mark}`"), "finish it, or file it as an issue", found);
        }
    }
}

fn starts_with_module_doc(source: &Source) -> bool {
    source.lines.iter().find(|line| !line.trim().is_empty()).is_some_and(|line| line.starts_with("//! "))
}

fn type_names(source: &Source) -> Vec<(usize, String)> {
    let mut names = Vec::new();
    for keyword in ["struct ", "enum ", "trait ", "type "] {
        for at in source.uses(keyword) {
            let rest = &source.code[at + keyword.len()..];
            let name = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            names.push((source.line_of(at), name));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, code: &str, expected: usize) {
        let mut found = Vec::new();
        super::check(&Source::parse(path.to_owned(), code), &mut found);
        assert_eq!(found.len(), expected, "{path}: {code}: {found:?}");
    }

    #[test]
    fn names_say_what_a_thing_is() {
        check("crates/app/src/a.rs", "//! A.\nstruct BidManager;", 1);
        check("crates/app/src/a.rs", "//! A.\nstruct ServiceItem;\nenum Information {}", 0);
        check("crates/app/src/utils.rs", "//! A.\n", 1);
        check("crates/app/src/common/bid.rs", "//! A.\n", 1);
    }

    #[test]
    fn files_say_why_they_exist_and_are_finished() {
        check("crates/app/src/a.rs", "use b;\n//! Late.\n", 1);
        check("crates/app/src/a.rs", concat!("//! A.\n// TO", "DO: later\n"), 1);
    }
}
