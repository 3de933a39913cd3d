//! SQL lives in `app` alone, and statements that change rows live in `app/src/db` and `app/src/journal`
//! alone, so that nothing changes a table without the journal. What is no fact of the city (who is signed
//! in, which request was answered already) is not journalled and is named here. A test may look into the
//! tables, wherever it stands.

use super::Finding;
use super::scan::Source;

/// The only folders with statements that change rows.
const WRITERS: [&str; 2] = ["crates/app/src/db/", "crates/app/src/journal/"];

/// The only files that keep what is no fact of the city, without the journal.
const KEEPERS: [&str; 2] = ["crates/app/src/access/sessions.rs", "crates/app/src/act.rs"];

/// Checks the strings of one file.
pub fn check(source: &Source, found: &mut Vec<Finding>) {
    if source.path.starts_with("xtask/") {
        return;
    }
    for text in &source.texts {
        let Some(verb) = statement(&text.words) else { continue };
        let (path, line) = (source.path.clone(), text.line);
        if !source.path.starts_with("crates/app/") && !source.is_test(line) {
            let what = format!("SQL ({verb}) outside crates/app");
            found.push(Finding {
                path,
                line,
                what,
                mend: "put the statement beside its use case in crates/app",
            });
        } else if changes_rows(verb) && !may_write(source, line) {
            let what = format!("{verb} outside app/src/db and app/src/journal");
            found.push(Finding { path, line, what, mend: "change rows through the journal, which writes the table and the act in one transaction" });
        }
    }
}

fn may_write(source: &Source, line: usize) -> bool {
    let keeps = KEEPERS.contains(&source.path.as_str());
    keeps || source.is_test(line) || WRITERS.iter().any(|folder| source.path.starts_with(folder))
}

fn changes_rows(verb: &str) -> bool {
    matches!(verb, "INSERT" | "UPDATE" | "DELETE")
}

/// The first SQL verb that `words` uses as SQL does.
fn statement(words: &str) -> Option<&'static str> {
    let parts: Vec<&str> = words.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.iter().enumerate().find_map(|(at, part)| {
        let next = parts.get(at + 1).copied().unwrap_or_default();
        match *part {
            "SELECT" if !next.is_empty() => Some("SELECT"),
            "INSERT" if matches!(next, "INTO" | "OR") => Some("INSERT"),
            "DELETE" if next == "FROM" => Some("DELETE"),
            "UPDATE" if parts.get(at + 2) == Some(&"SET") => Some("UPDATE"),
            "CREATE" | "DROP" | "ALTER" if matches!(next, "TABLE" | "INDEX" | "UNIQUE" | "SCHEMA") => {
                Some("CREATE")
            }
            _ => None,
        }
    })
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
    fn sql_stays_in_app_and_writes_stay_with_the_journal() {
        check("crates/web/src/a.rs", "let sql = \"SELECT id FROM t\";", 1);
        check("crates/web/src/a.rs", "let words = \"Select the offices; DELETE, UPDATE\";", 0);
        check("crates/app/src/registry/a.rs", "let sql = \"SELECT id\n FROM t\";", 0);
        check("crates/app/src/registry/a.rs", "let sql = \"UPDATE t SET a = $1\";", 1);
        check(
            "crates/app/src/registry/a.rs",
            "#[cfg(test)]\nmod tests {\n let sql = \"DELETE FROM t\";\n}",
            0,
        );
        check("crates/app/src/journal/a.rs", "let sql = \"INSERT INTO t VALUES ($1)\";", 0);
    }
}
