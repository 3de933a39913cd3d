//! Refusals teach: each refusal code of the program has a sentence in both languages and a rule whose legal
//! ground is on file, and one code always stands for one rule.

use super::Finding;
use super::scan::{Source, Text};
use crate::repo;
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const LOCALES: [&str; 2] = ["crates/web/locales/zh-CN", "crates/web/locales/en"];
const GROUNDS: &str = "crates/domain/data/grounds.csv";

struct Refusal<'a> {
    path: &'a str,
    line: usize,
    code: &'a str,
    rule: &'a str,
}

/// Checks all refusals. What does not exist yet (no locale folder, no file of grounds) holds nothing.
pub fn check(root: &Path, sources: &[Source], found: &mut Vec<Finding>) -> Result<()> {
    let refusals: Vec<Refusal> = sources.iter().flat_map(refusals).collect();
    let locales = LOCALES.iter().filter(|locale| root.join(locale).is_dir());
    let locales: Vec<_> =
        locales.map(|locale| Ok((*locale, keys(&root.join(locale))?))).collect::<Result<_>>()?;
    for refusal in &refusals {
        let key = format!("refusal-{}", refusal.code.replace('.', "-"));
        let without = locales.iter().filter(|(_, keys)| !keys.contains(&key)).map(|(locale, _)| *locale);
        let without = without.collect::<Vec<_>>().join(" and ");
        if !without.is_empty() {
            report(
                refusal,
                format!("no message `{key}` in {without}"),
                "say in one sentence what was refused, why, and what to do next",
                found,
            );
        }
    }
    if root.join(GROUNDS).is_file() {
        let grounds = std::fs::read_to_string(root.join(GROUNDS))?;
        let rules = rules(&grounds);
        for refusal in refusals.iter().filter(|refusal| !rules.contains(refusal.rule)) {
            report(
                refusal,
                format!("rule `{}` is not in {GROUNDS}", refusal.rule),
                "name the rule that forbids it, and add its legal ground",
                found,
            );
        }
    }
    check_meanings(&refusals, found);
    Ok(())
}

fn check_meanings(refusals: &[Refusal], found: &mut Vec<Finding>) {
    let mut first: BTreeMap<&str, &Refusal> = BTreeMap::new();
    for refusal in refusals {
        let known = first.entry(refusal.code).or_insert(refusal);
        if known.rule != refusal.rule {
            let what = format!(
                "`{}` under rule {} here, under {} at {}:{}",
                refusal.code, refusal.rule, known.rule, known.path, known.line
            );
            report(refusal, what, "one code, one rule: give the second meaning its own code", found);
        }
    }
}

fn report(refusal: &Refusal, what: String, mend: &'static str, found: &mut Vec<Finding>) {
    let what = format!("refusal `{}`: {what}", refusal.code);
    found.push(Finding { path: refusal.path.to_owned(), line: refusal.line, what, mend });
}

/// Refusals made with both words written out, outside tests.
fn refusals(source: &Source) -> Vec<Refusal<'_>> {
    let mut found = Vec::new();
    for at in source.uses("Refusal::new(") {
        let line = source.line_of(at);
        if !source.path.starts_with("crates/") || source.is_test(line) {
            continue;
        }
        let arguments = source.code[at..].split(')').next().map_or(at, |call| at + call.len());
        let words: Vec<&Text> =
            source.texts.iter().filter(|text| text.at > at && text.at < arguments).collect();
        if let [code, rule] = words[..] {
            found.push(Refusal { path: &source.path, line, code: &code.words, rule: &rule.words });
        }
    }
    found
}

/// The message keys of all Fluent files in a folder.
fn keys(folder: &Path) -> Result<BTreeSet<String>> {
    let mut keys = BTreeSet::new();
    for path in repo::files(folder, "ftl")? {
        let text = std::fs::read_to_string(path)?;
        let names = text.lines().filter_map(|line| line.split_once('='));
        keys.extend(
            names.filter(|(key, _)| !key.starts_with([' ', '#', '.'])).map(|(key, _)| key.trim().to_owned()),
        );
    }
    Ok(keys)
}

/// The rule ids of the file of grounds: the column named `rule` or `id`, or the first.
fn rules(csv: &str) -> BTreeSet<&str> {
    let mut lines = csv.lines().filter(|line| !line.starts_with('#'));
    let header: Vec<&str> =
        lines.next().unwrap_or_default().trim_start_matches('\u{feff}').split(',').collect();
    let column = header.iter().position(|name| matches!(*name, "rule" | "rule_id" | "id")).unwrap_or(0);
    lines.filter_map(|line| line.split(',').nth(column)).map(|cell| cell.trim_matches('"')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_are_read_from_code() {
        let code = "fn a() { Err(Refusal::new(\"tendering.late\", \"C30\").at(\"x\")) }\n\
                    fn b() { Refusal::new(\n    \"tendering.early\",\n    \"C31\",\n) }\n\
                    fn c() { Refusal::new(code, rule).at(\"x\") }\n";
        let source = Source::parse("crates/domain/src/a.rs".to_owned(), code);
        let shown: Vec<String> =
            refusals(&source).iter().map(|r| format!("{} {} {}", r.line, r.code, r.rule)).collect();
        assert_eq!(shown, ["1 tendering.late C30", "2 tendering.early C31"]);
    }

    #[test]
    fn one_code_stands_for_one_rule() {
        let refusal = |code, rule| Refusal { path: "a.rs", line: 1, code, rule };
        let mut found = Vec::new();
        check_meanings(&[refusal("a.b", "C1"), refusal("a.b", "C1"), refusal("a.c", "C1")], &mut found);
        assert!(found.is_empty());
        check_meanings(&[refusal("a.b", "C1"), refusal("a.b", "C2")], &mut found);
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn rule_ids_come_from_their_column() {
        assert_eq!(rules("title,rule\nx,C30\ny,\"C31\"\n"), BTreeSet::from(["C30", "C31"]));
    }
}
