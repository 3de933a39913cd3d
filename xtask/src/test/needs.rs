//! What the tests need on the machine besides Rust, and how to get each part.

use super::Plan;
use crate::child::ask;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Something that is not there.
pub struct Need {
    /// What is missing, in words.
    pub what: String,
    /// The command that brings it.
    pub remedy: String,
    /// The apt package, or nothing when npm brings it.
    pub package: Option<&'static str>,
}

/// The oldest node that the browser library runs on.
const NODE_OLDEST: u32 = 20;

/// The names under which a Chromium may be installed.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Everything that `plan` needs and the machine does not have.
pub fn missing(root: &Path, plan: &Plan) -> Vec<Need> {
    let mut found = Vec::new();
    if plan.postgres && server_folder().is_none() {
        found.push(apt("the PostgreSQL server programs (initdb, postgres)", "postgresql"));
    }
    if plan.browser {
        found.extend(browser_needs(root));
    }
    found
}

fn browser_needs(root: &Path) -> Vec<Need> {
    let mut found = Vec::new();
    if !BROWSERS.iter().any(|name| in_path(name).is_some()) {
        found.push(apt("a Chromium browser", "chromium"));
    }
    if ask("fc-list", &[":lang=zh", "family"]).is_none_or(|fonts| fonts.is_empty()) {
        found.push(apt("a font with Chinese characters", "fonts-noto-cjk"));
    }
    match ask("node", &["--version"]) {
        None => found.push(apt("node", "nodejs")),
        Some(version) if major(&version) < NODE_OLDEST => found.push(Need {
            what: format!("node {NODE_OLDEST} or newer (this machine has {version})"),
            remedy: "install a newer node; this system's package is too old".to_owned(),
            package: None,
        }),
        Some(_) => {}
    }
    if in_path("npm").is_none() {
        found.push(apt("npm", "npm"));
    }
    if !npm_packages_match(root) {
        found.push(Need {
            what: "the pinned npm packages playwright-core and axe-core in e2e/node_modules".to_owned(),
            remedy: "npm ci --ignore-scripts --prefix e2e".to_owned(),
            package: None,
        });
    }
    found
}

fn apt(what: &str, package: &'static str) -> Need {
    let remedy = format!("sudo apt-get install --no-install-recommends {package}");
    Need { what: what.to_owned(), remedy, package: Some(package) }
}

/// Whether e2e/node_modules holds the versions that the lock file names.
pub fn npm_packages_match(root: &Path) -> bool {
    let Ok(lock) = fs::read_to_string(root.join("e2e/package-lock.json")) else { return false };
    ["playwright-core", "axe-core"].iter().all(|name| {
        let installed = root.join("e2e/node_modules").join(name).join("package.json");
        let wanted = lock
            .split_once(&format!("\"node_modules/{name}\""))
            .and_then(|(_, rest)| version(rest).map(str::to_owned));
        let present = fs::read_to_string(installed).ok().and_then(|text| version(&text).map(str::to_owned));
        wanted.is_some() && wanted == present
    })
}

/// The first `"version": "..."` of a JSON text.
fn version(json: &str) -> Option<&str> {
    let (_, rest) = json.split_once("\"version\"")?;
    rest.split('"').nth(1)
}

fn major(version: &str) -> u32 {
    let digits = version.trim_start_matches('v');
    digits.split('.').next().and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// The folder with the newest PostgreSQL server on this machine.
pub fn server_folder() -> Option<PathBuf> {
    let packaged = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<(u32, PathBuf)> = packaged
        .map(|entry| (major(&entry.file_name().to_string_lossy()), entry.path().join("bin")))
        .filter(|(_, folder)| is_server(folder))
        .collect();
    folders.sort();
    let in_path = || Some(in_path("initdb")?.parent()?.to_path_buf()).filter(|folder| is_server(folder));
    folders.pop().map(|(_, folder)| folder).or_else(in_path)
}

fn is_server(folder: &Path) -> bool {
    ["initdb", "postgres", "pg_isready"].iter().all(|name| folder.join(name).is_file())
}

/// Where `program` lies in PATH.
pub fn in_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(program)).find(|candidate| candidate.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_tools_and_from_json() {
        assert_eq!(major("v20.20.2"), 20);
        assert_eq!(major("15"), 15);
        assert_eq!(major("unknown"), 0);
        assert_eq!(version(r#"{ "name": "x", "version": "1.65.1" }"#), Some("1.65.1"));
        assert_eq!(version("{}"), None);
    }
}
