//! `--install`: brings what is missing with apt and npm, and touches nothing that is there already.

use super::{Plan, needs};
use crate::child::{ask, step};
use anyhow::{Result, bail};
use std::path::Path;
use std::process::Command;

/// Installs what `plan` needs and the machine does not have.
pub fn missing(root: &Path, plan: &Plan) -> Result<()> {
    let packages: Vec<&str> = needs::missing(root, plan).iter().filter_map(|need| need.package).collect();
    if !packages.is_empty() {
        let name = format!("install {}", packages.join(" "));
        must_succeed("package lists", &mut apt(&["update"])?)?;
        let words = ["install", "--yes", "--no-install-recommends"];
        must_succeed(&name, apt(&words)?.args(&packages))?;
    }
    if plan.browser && !needs::npm_packages_match(root) {
        let mut npm = Command::new("npm");
        npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(root.join("e2e"));
        must_succeed("npm packages", &mut npm)?;
    }
    Ok(())
}

/// apt-get as root: directly when we are root, else through sudo. It waits for another apt to finish.
fn apt(words: &[&str]) -> Result<Command> {
    if needs::in_path("apt-get").is_none() {
        bail!("--install knows apt only; without --install this command names what is missing");
    }
    let settings = ["-o", "DPkg::Lock::Timeout=600", "-o", "Acquire::Retries=3"];
    let mut command = if is_root() {
        Command::new("env")
    } else {
        let mut sudo = Command::new("sudo");
        sudo.arg("env");
        sudo
    };
    command.arg("DEBIAN_FRONTEND=noninteractive").arg("apt-get").args(settings).args(words);
    Ok(command)
}

/// Whether this process runs as root.
pub fn is_root() -> bool {
    ask("id", &["-u"]).is_some_and(|id| id == "0")
}

fn must_succeed(name: &str, command: &mut Command) -> Result<()> {
    if !step(name, command)?.succeeded {
        bail!("{name}: did not succeed; its output is above");
    }
    Ok(())
}
