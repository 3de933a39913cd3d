//! `cargo xtask bench`: the release program under load over real HTTP, each figure beside its limit in the
//! same run, so that the ratios mean the same on every machine.

mod accounts;
mod answers;
mod client;
mod histogram;
mod load;
mod opened;
mod report;
mod scenarios;
mod server;
mod tenfold;

use crate::{child, repo};
use anyhow::{Context, Result, bail};
use report::Row;
use scenarios::City;
use server::{Scratch, Server};
use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

const PAGE: &str = "docs/performance.md";
const INTRODUCTION: &str = "# Performance

Written by `cargo xtask bench --write`. Each figure stands beside what it is held against, measured in the
same run on the same machine; the ratio is what travels between machines.
";

struct Plan {
    write: bool,
    only: Option<String>,
    seconds: u64,
    /// A program that was built before.
    program: Option<PathBuf>,
}

/// Runs the command line after `bench`.
pub fn run(words: &[String]) -> Result<ExitCode> {
    let plan = plan(words)?;
    let root = repo::root();
    let program = match &plan.program {
        Some(program) => program.clone(),
        None => built(&root)?,
    };
    let scratch = Scratch::create()?;
    let (data, tokens) = (scratch.path("city"), scratch.path(scenarios::TOKENS));
    let answers = scratch.path(scenarios::ANSWERS);
    let count = scenarios::ORGANISATIONS.to_string();
    let mut words = vec!["demo", "--data", &data, "--bench-organisations", &count, "--bench-tokens", &tokens];
    // Ten thousand cards take their time, so only who measures answers waits for them.
    if plan.only.as_deref().is_none_or(|only| only == "answers") {
        words.extend(["--bench-answers", &answers]);
    }
    let server = Server::start(&program, &words)?;
    let seconds = plan.seconds;
    let tenfold = OnceCell::new();
    let city = City { program: &program, server: &server, scratch: &scratch, seconds, tenfold };
    let table = table(&plan, &city)?;
    if plan.write {
        let page = format!("{INTRODUCTION}\n{}\n\n{table}", machine());
        std::fs::create_dir_all(root.join("docs"))?;
        std::fs::write(root.join(PAGE), page).with_context(|| format!("cannot write {PAGE}"))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The release program, built from the sources as they are.
fn built(root: &Path) -> Result<PathBuf> {
    let mut build = Command::new("cargo");
    build.args(["build", "--release", "--package", "gongzhi"]).current_dir(root);
    if !child::step("release build", &mut build)?.succeeded {
        bail!("the program did not build");
    }
    Ok(crate::test::target_folder(root).join("release/gongzhi"))
}

/// Runs the chosen scenarios; each line is printed as soon as it is known.
fn table(plan: &Plan, city: &City) -> Result<String> {
    let mut table = format!("{}\n", report::HEAD);
    println!("{}", report::HEAD);
    for (name, scenario) in scenarios::ALL {
        if plan.only.as_deref().is_some_and(|only| only != name) {
            continue;
        }
        // A machine that does other work as well explains a figure that surprises.
        eprintln!("{name}: load {}", std::fs::read_to_string("/proc/loadavg").unwrap_or_default().trim());
        for line in scenario(city).with_context(|| format!("scenario {name}"))?.iter().map(Row::line) {
            println!("{line}");
            table.push_str(&line);
            table.push('\n');
        }
    }
    Ok(table)
}

fn plan(words: &[String]) -> Result<Plan> {
    let mut plan = Plan { write: false, only: None, seconds: 5, program: None };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--write" => plan.write = true,
            "--only" => plan.only = Some(words.next().context("--only takes a scenario's name")?.clone()),
            "--seconds" => plan.seconds = words.next().context("--seconds takes a number")?.parse()?,
            "--program" => plan.program = Some(words.next().context("--program takes a file")?.into()),
            other => bail!("unknown word `{other}`; see cargo xtask bench --help"),
        }
    }
    let known = |name: &String| scenarios::ALL.iter().any(|(other, _)| other == name);
    if let Some(name) = plan.only.as_ref().filter(|name| !known(name)) {
        bail!("no scenario `{name}`; there are {}", scenarios::ALL.map(|(name, _)| name).join(", "));
    }
    Ok(plan)
}

/// Cores and processor of this machine, in one sentence.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = text.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or(": unknown");
    format!(
        "Machine: {cores} cores, {}; load and server share them.",
        model.trim_start_matches(['\t', ':', ' '])
    )
}
