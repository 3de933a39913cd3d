//! Time and chance are arguments: only files named `clock.rs` or `chance.rs` touch their sources. Floats
//! stay out of the rules and the proofs, because money and scores are exact.

use super::Finding;
use super::scan::Source;

const SOURCES: [&str; 6] =
    ["SystemTime::now", "Instant::now", "Timestamp::now", "Zoned::now", "rand::", "getrandom::"];
const FLOATS: [&str; 2] = ["f32", "f64"];

/// Checks the code of one file.
pub fn check(source: &Source, found: &mut Vec<Finding>) {
    let stem = source.path.rsplit('/').next().unwrap_or_default();
    if !matches!(stem, "clock.rs" | "chance.rs") {
        let mend =
            "take the moment or the random value as an argument; app's clock and chance files give them";
        report(source, &SOURCES, "read outside a clock or chance file", mend, found);
    }
    if source.path.starts_with("crates/domain/") || source.path.starts_with("crates/evidence/") {
        report(
            source,
            &FLOATS,
            "in exact arithmetic",
            "count in whole units (fen, basis points), or in fractions of integers",
            found,
        );
    }
}

fn report(source: &Source, words: &[&str], why: &str, mend: &'static str, found: &mut Vec<Finding>) {
    for word in words {
        for line in source.uses(word).into_iter().map(|at| source.line_of(at)) {
            if !source.is_test(line) {
                found.push(Finding {
                    path: source.path.clone(),
                    line,
                    what: format!("`{word}` {why}"),
                    mend,
                });
            }
        }
    }
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
    fn clocks_and_chance_have_one_place() {
        check("crates/app/src/tendering/a.rs", "let t = std::time::Instant::now();", 1);
        check("crates/app/src/clock.rs", "let t = jiff::Timestamp::now();", 0);
        check("crates/app/src/chance.rs", "getrandom::fill(&mut bytes)", 0);
        check("crates/app/src/a.rs", "// Instant::now is banned\nlet words = \"rand::\";", 0);
    }

    #[test]
    fn rules_and_proofs_count_exactly() {
        check("crates/domain/src/a.rs", "fn share(x: f64) {}", 1);
        check("crates/web/src/chart.rs", "fn share(x: f64) {}", 0);
    }
}
