//! Everything a developer types: `cargo xtask test`, `tidy`, `bench`, `vendor`.
//!
//! Only the standard library and `anyhow`, so that the tool builds in seconds on a fresh clone and shares
//! no feature choice with the program.

mod bench;
mod child;
mod clock;
mod repo;
mod test;
mod tidy;
mod vendor;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask <command>

  test [--install] [--only rust|browser] [--quick]
        Runs every test: Rust on SQLite and PostgreSQL, then the browser.
        --install       first installs what is missing (apt, npm)
        --only rust     the Rust tests alone; --only browser: the browser stories alone
        --quick         the Rust tests on SQLite alone; needs nothing but Rust
        Exit code 0: all passed; 1: something failed; 2: something needed is missing.
        Example: cargo xtask test --install

  tidy
        Checks the shape of the repository: walls, names, lengths, messages, clocks.
        Example: cargo xtask tidy

  bench [--write] [--only NAME] [--seconds N] [--program FILE]
        Measures the release program over HTTP, each figure beside its limit in the same run.
        --write         also writes docs/performance.md
        --only NAME     one scenario: pages, search, rush-31, rush-500, replay, memory
        --program FILE  measures a program built before instead of building one
        Example: cargo xtask bench --write

  vendor
        Fetches the pinned front-end files from npm into the repository, with their licences.
        Example: cargo xtask vendor
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match words.split_first() {
        Some((command, rest)) if rest.iter().any(|word| word == "--help" || word == "-h") => {
            println!("{command}:\n\n{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        Some((command, rest)) if command == "test" => test::run(rest),
        Some((command, rest)) if command == "tidy" => tidy::run(rest),
        Some((command, rest)) if command == "bench" => bench::run(rest),
        Some((command, _)) if command == "vendor" => vendor::run().map(|()| ExitCode::SUCCESS),
        _ => {
            println!("{HELP}");
            Ok(ExitCode::from(2))
        }
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}
