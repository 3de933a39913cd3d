//! The list of files that may be longer than the house allows. It may only shrink: each number is exact,
//! a line that is no longer needed is a finding, and the count of lines has a limit that only goes down.

use super::Finding;
use anyhow::{Context, Result};
use std::path::Path;

const LIST: &str = "xtask/tidy-exceptions.txt";
/// How many lines the list may have. Lower it when a line goes; never raise it.
const LINES_MAX: usize = 0;
const MEND: &str = "the list may only shrink: mend the code, then lower the number or delete the line";

struct Exception {
    line: usize,
    check: String,
    place: String,
    number: usize,
    used: bool,
}

/// The list, and what of it was needed.
pub struct Exceptions(Vec<Exception>);

impl Exceptions {
    /// Reads the list of the repository.
    pub fn read(root: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(root.join(LIST)).with_context(|| format!("cannot read {LIST}"))?;
        Self::parse(&text)
    }

    fn parse(text: &str) -> Result<Self> {
        let mut list = Vec::new();
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
            let parts: Vec<&str> = line.split_whitespace().collect();
            let [check, place, number] = parts[..] else {
                anyhow::bail!("{LIST}:{}: a line is `<check> <place> <number>`", index + 1)
            };
            let number = number.parse().with_context(|| format!("{LIST}:{}: {number}", index + 1))?;
            let (check, place) = (check.to_owned(), place.to_owned());
            list.push(Exception { line: index + 1, check, place, number, used: false });
        }
        Ok(Self(list))
    }

    /// Whether the list allows exactly this.
    pub fn allow(&mut self, check: &str, place: &str, number: usize) -> bool {
        let matches = |e: &&mut Exception| e.check == check && e.place == place && e.number == number;
        let found = self.0.iter_mut().find(matches);
        found.is_some_and(|exception| {
            exception.used = true;
            true
        })
    }

    /// Reports lines that nothing needs any more, and a list that grew.
    pub fn report_unused(&self, found: &mut Vec<Finding>) {
        for exception in self.0.iter().filter(|exception| !exception.used) {
            let what = format!("no {} of {} at {}", exception.check, exception.number, exception.place);
            found.push(Finding { path: LIST.to_owned(), line: exception.line, what, mend: MEND });
        }
        if self.0.len() > LINES_MAX {
            let what = format!("{} exceptions (at most {LINES_MAX})", self.0.len());
            found.push(Finding { path: LIST.to_owned(), line: 1, what, mend: MEND });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exception_is_exact_and_must_be_needed() {
        let mut list = Exceptions::parse("# why\nfile-length a.rs 410\nfile-length b.rs 500\n").unwrap();
        assert!(list.allow("file-length", "a.rs", 410));
        assert!(!list.allow("file-length", "b.rs", 501));
        let mut found = Vec::new();
        list.report_unused(&mut found);
        let lines: Vec<usize> = found.iter().map(|finding| finding.line).collect();
        assert_eq!(lines, [3, 1]);
        assert!(Exceptions::parse("file-length a.rs").is_err());
    }
}
