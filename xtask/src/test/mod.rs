//! `cargo xtask test`: every test of the repository, from a fresh clone, with one command.
//!
//! Rust tests first (SQLite always, PostgreSQL through `TEST_DATABASE_URL`), then the browser plays the
//! stories against the program built in the same profile, so that nothing is compiled twice.

mod cluster;
mod install;
mod needs;
mod tally;

use crate::{child, repo};
use anyhow::{Context, Result, bail};
use cluster::Cluster;
use std::path::Path;
use std::process::{Command, ExitCode};
use tally::Tally;

/// Where the closing lines are kept for whoever prints them last.
const CLOSING: &str = "target/xtask/closing.txt";

struct Plan {
    install: bool,
    rust: bool,
    postgres: bool,
    browser: bool,
}

/// Runs the command line after `test`.
pub fn run(words: &[String]) -> Result<ExitCode> {
    let plan = plan(words)?;
    let root = repo::root();
    if plan.install {
        install::missing(&root, &plan)?;
    }
    let missing = needs::missing(&root, &plan);
    if !missing.is_empty() {
        for need in &missing {
            eprintln!("missing: {}\n    get it: {}", need.what, need.remedy);
        }
        eprintln!("\nor let this command do it: cargo xtask test --install");
        return Ok(ExitCode::from(2));
    }
    let tally = run_suites(&root, &plan)?;
    let closing = tally.closing_lines();
    keep(&root, &closing)?;
    print!("\n{closing}");
    Ok(if tally.all_passed() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn plan(words: &[String]) -> Result<Plan> {
    let mut plan = Plan { install: false, rust: true, postgres: true, browser: true };
    let mut words = words.iter().map(String::as_str);
    while let Some(word) = words.next() {
        match word {
            "--install" => plan.install = true,
            "--quick" => (plan.postgres, plan.browser) = (false, false),
            "--only" => match words.next() {
                Some("rust") => plan.browser = false,
                Some("browser") => (plan.rust, plan.postgres) = (false, false),
                _ => bail!("--only takes `rust` or `browser`"),
            },
            other => bail!("unknown word `{other}`; see cargo xtask test --help"),
        }
    }
    if !plan.rust && !plan.browser {
        bail!("--quick means the Rust tests on SQLite alone and cannot be joined with --only browser");
    }
    Ok(plan)
}

fn run_suites(root: &Path, plan: &Plan) -> Result<Tally> {
    let mut tally = Tally::default();
    if plan.rust {
        let cluster = if plan.postgres { Some(Cluster::start()?) } else { None };
        let mut tests = cargo(root);
        tests.args(["test", "--workspace", "--no-fail-fast"]);
        match &cluster {
            Some(cluster) => tests.env("TEST_DATABASE_URL", cluster.url()),
            None => tests.env_remove("TEST_DATABASE_URL"),
        };
        tally.add_cargo(&child::step("Rust tests", &mut tests)?);
    }
    if plan.browser {
        browser(root, &mut tally)?;
    }
    Ok(tally)
}

/// Builds the program in the profile of the tests (its crates are compiled already) and plays the stories.
fn browser(root: &Path, tally: &mut Tally) -> Result<()> {
    let build = child::step("program", cargo(root).args(["build", "--package", "gongzhi"]))?;
    if !build.succeeded {
        tally.add_broken("the program did not build, so no browser story ran");
        return Ok(());
    }
    let mut stories: Vec<_> = repo::files(&root.join("e2e"), "mjs")?;
    stories.retain(|path| path.to_string_lossy().ends_with(".test.mjs"));
    if stories.is_empty() {
        tally.add_broken("e2e/ holds no *.test.mjs file");
        return Ok(());
    }
    let mut node = Command::new("node");
    node.args(["--test", "--test-reporter=spec"]).args(&stories).current_dir(root);
    node.env("GONGZHI_PROGRAM", target_folder(root).join("debug/gongzhi"));
    tally.add_node(&child::step("browser stories", &mut node)?);
    Ok(())
}

fn cargo(root: &Path) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root);
    cargo
}

/// The build folder, which a developer may have moved.
pub fn target_folder(root: &Path) -> std::path::PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |moved| root.join(moved))
}

fn keep(root: &Path, closing: &str) -> Result<()> {
    let path = root.join(CLOSING);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(&path, closing).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: &str) {
        let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
        let shown = match plan(&words) {
            Ok(plan) => {
                format!("rust {} postgres {} browser {}", plan.rust, plan.postgres, plan.browser)
            }
            Err(_) => "refused".to_owned(),
        };
        assert_eq!(shown, expected, "{words:?}");
    }

    #[test]
    fn the_words_choose_the_suites() {
        check("", "rust true postgres true browser true");
        check("--install", "rust true postgres true browser true");
        check("--only rust", "rust true postgres true browser false");
        check("--only browser", "rust false postgres false browser true");
        check("--quick", "rust true postgres false browser false");
        check("--only browser --quick", "refused");
        check("--only", "refused");
        check("--fast", "refused");
    }
}
