//! `cargo xtask tidy`: what the compiler cannot hold, a reader of files holds.
//!
//! Each check takes the repository's source files and gives findings; each finding says where, what and
//! how to mend it. The same run is a test, so `cargo test` keeps the repository tidy.

mod exceptions;
mod instants;
mod lengths;
mod messages;
mod names;
mod scan;
mod scripts;
mod sql;
mod templates;
mod walls;

use crate::repo;
use anyhow::Result;
use scan::Source;
use std::fmt;
use std::path::Path;
use std::process::ExitCode;

/// Something that is not as the house wants it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, relative to the repository.
    pub path: String,
    /// The line, counted from 1.
    pub line: usize,
    /// What was found.
    pub what: String,
    /// How to mend it.
    pub mend: &'static str,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}\n    mend: {}", self.path, self.line, self.what, self.mend)
    }
}

/// Runs the command line after `tidy`.
pub fn run(words: &[String]) -> Result<ExitCode> {
    anyhow::ensure!(words.is_empty(), "tidy takes no words");
    let findings = findings(&repo::root())?;
    for finding in &findings {
        println!("{finding}");
    }
    println!("tidy: {} findings", findings.len());
    Ok(if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Everything that is not tidy under `root`, in the order of files.
pub fn findings(root: &Path) -> Result<Vec<Finding>> {
    let mut sources = Vec::new();
    for folder in ["crates", "xtask"] {
        for path in repo::files(&root.join(folder), "rs")? {
            sources.push(Source::parse(repo::relative(root, &path), &std::fs::read_to_string(&path)?));
        }
    }
    let mut found = Vec::new();
    for source in &sources {
        walls::check(source, &mut found);
        sql::check(source, &mut found);
        names::check(source, &mut found);
        instants::check(source, &mut found);
        templates::check_texts(source, &mut found);
    }
    lengths::check(root, &sources, &mut found)?;
    walls::check_manifests(root, &mut found)?;
    templates::check(root, &mut found)?;
    scripts::check(root, &mut found)?;
    messages::check(root, &sources, &mut found)?;
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_is_tidy() {
        let found = findings(&repo::root()).unwrap();
        let report: Vec<String> = found.iter().map(Finding::to_string).collect();
        assert!(found.is_empty(), "{} findings\n{}", found.len(), report.join("\n"));
    }
}
