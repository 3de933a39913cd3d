//! Counts what the runners report, and says it in one last line.

use crate::child::Finished;

/// The sum of all runners' results.
#[derive(Default)]
pub struct Tally {
    passed: u64,
    failed: u64,
    lines: Vec<String>,
}

impl Tally {
    /// Adds what `cargo test` printed: one `test result:` line per binary.
    pub fn add_cargo(&mut self, run: &Finished) {
        let (mut passed, mut failed, mut binaries) = (0, 0, 0);
        for line in run.output.lines().filter_map(|line| line.trim().strip_prefix("test result:")) {
            passed += count_before(line, "passed");
            failed += count_before(line, "failed");
            binaries += 1;
        }
        let broken = u64::from(!run.succeeded && failed == 0);
        self.lines.push(format!("cargo test: {binaries} test binaries, {passed} passed; {failed} failed"));
        if broken > 0 {
            self.lines.push("cargo test: ended with an error that no test reported".to_owned());
        }
        self.add(passed, failed + broken);
    }

    /// Adds what node's runner printed at its end.
    pub fn add_node(&mut self, run: &Finished) {
        let passed = node_count(&run.output, "pass");
        let failed = node_count(&run.output, "fail") + node_count(&run.output, "cancelled");
        let broken = u64::from((!run.succeeded && failed == 0) || passed + failed == 0);
        self.lines.push(format!("node --test: {passed} passed; {failed} failed"));
        if broken > 0 {
            self.lines.push("node --test: ended without a result".to_owned());
        }
        self.add(passed, failed + broken);
    }

    /// Adds something that kept tests from running at all.
    pub fn add_broken(&mut self, why: &str) {
        self.lines.push(why.to_owned());
        self.add(0, 1);
    }

    /// Whether something ran and nothing failed.
    pub fn all_passed(&self) -> bool {
        self.failed == 0 && self.passed > 0
    }

    /// The runners' summaries, then `N passed, N failed`.
    pub fn closing_lines(&self) -> String {
        let mut text = self.lines.join("\n");
        text.push_str(&format!("\n{} passed, {} failed\n", self.passed, self.failed));
        text
    }

    fn add(&mut self, passed: u64, failed: u64) {
        self.passed += passed;
        self.failed += failed;
    }
}

/// The number before `word`, as in `ok. 12 passed; 0 failed`.
fn count_before(line: &str, word: &str) -> u64 {
    let words: Vec<&str> = line.split([' ', ';']).filter(|part| !part.is_empty()).collect();
    let found = words.windows(2).find(|pair| pair[1] == word);
    found.and_then(|pair| pair[0].parse().ok()).unwrap_or(0)
}

/// The number in node's last summary line for `word`, as in `ℹ pass 3` or `# pass 3`.
fn node_count(output: &str, word: &str) -> u64 {
    let number = |line: &str| {
        let line = line.trim_start_matches(['ℹ', '#', ' ']);
        line.strip_prefix(word)?.trim().parse().ok()
    };
    output.lines().rev().find_map(number).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(output: &str, succeeded: bool) -> Finished {
        Finished { succeeded, output: output.to_owned() }
    }

    #[test]
    fn results_of_all_binaries_are_summed() {
        let mut tally = Tally::default();
        tally.add_cargo(&run(
            "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n\
             test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured\n",
            false,
        ));
        tally.add_node(&run("✔ home\nℹ tests 5\nℹ pass 5\nℹ fail 0\nℹ cancelled 0\n", true));
        assert!(tally.closing_lines().ends_with("\n12 passed, 2 failed\n"));
        assert!(!tally.all_passed());
    }

    #[test]
    fn an_error_that_no_test_reported_still_counts() {
        let mut tally = Tally::default();
        tally.add_cargo(&run("error: could not compile", false));
        tally.add_node(&run("", true));
        assert!(tally.closing_lines().ends_with("\n0 passed, 2 failed\n"));
    }

    #[test]
    fn nothing_run_is_not_a_pass() {
        assert!(!Tally::default().all_passed());
    }
}
