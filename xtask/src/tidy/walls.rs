//! Import directions: crates are walls, and inside the crates the business folders have an order
//! (DESIGN section 3). Both are lists here; anything not on a list is a finding.

use super::Finding;
use super::scan::Source;
use crate::repo;
use anyhow::Result;
use std::path::Path;

/// Each business folder with the business folders it may read. `kernel` may be read by all.
const FOLDERS: [(&str, &[&str]); 10] = [
    ("registry", &[]),
    ("catalogue", &[]),
    ("funds", &["catalogue"]),
    ("tendering", &["registry", "catalogue", "funds"]),
    ("contracts", &["registry", "catalogue", "funds", "tendering"]),
    ("performance", &["registry", "catalogue", "funds", "tendering", "contracts"]),
    ("cultivation", &["registry", "catalogue", "funds", "tendering", "contracts", "performance"]),
    ("incubation", &["registry", "catalogue", "funds", "tendering", "contracts", "performance"]),
    ("supervision", READS_ALL),
    ("open_data", READS_ALL),
];
const READS_ALL: &[&str] =
    &["registry", "catalogue", "funds", "tendering", "contracts", "performance", "cultivation", "incubation"];
/// Folders beside the business that the business rests on, so they read none of it.
const GROUND: [&str; 6] = ["kernel", "db", "access", "journal", "outbox", "blobs"];

/// Each crate with the crates of this repository and the outside crates that only some may have.
const CRATES: [(&str, &[&str]); 6] = [
    ("domain", &[]),
    ("evidence", &[]),
    ("app", &["domain", "evidence"]),
    ("web", &["domain", "evidence", "app"]),
    ("gongzhi", &["domain", "evidence", "app", "web"]),
    ("xtask", &[]),
];
/// Outside crates with the crates that may have them as a dependency.
const GUARDED: [(&str, &[&str]); 12] = [
    ("axum", &["web"]),
    ("hyper", &["web"]),
    ("tower", &["web"]),
    ("tower-http", &["web"]),
    ("http", &["web"]),
    ("askama", &["web"]),
    ("utoipa", &["web"]),
    ("rusqlite", &["app"]),
    ("tokio-postgres", &["app"]),
    ("deadpool-postgres", &["app"]),
    ("tokio", &["app", "web", "gongzhi"]),
    ("serde", &["app", "web", "gongzhi"]),
];
/// Paths that only the web crate's code may name.
const HTTP: [&str; 5] = ["axum::", "hyper::", "tower_http::", "tower::", "http::"];

/// Checks the imports of one file.
pub fn check(source: &Source, found: &mut Vec<Finding>) {
    let Some((krate, folder)) = place(&source.path) else { return };
    if krate != "web" {
        for path in HTTP {
            for at in source.uses(path) {
                found.push(finding(
                    source,
                    at,
                    format!("`{path}` outside crates/web"),
                    "speak HTTP in crates/web; give it a use case of app to call",
                ));
            }
        }
    }
    if !matches!(krate, "domain" | "app" | "web") {
        return;
    }
    for (at, target) in crate_paths(source) {
        if !may_read(folder, &target) && !source.is_test(source.line_of(at)) {
            let what = format!("`{folder}` reads `{target}`, against the order of folders");
            found.push(finding(source, at, what, "move what both need down (kernel, or the folder that is read), or let the later folder do the work; the order is in xtask/src/tidy/walls.rs"));
        }
    }
}

fn finding(source: &Source, at: usize, what: String, mend: &'static str) -> Finding {
    Finding { path: source.path.clone(), line: source.line_of(at), what, mend }
}

/// The crate and the first folder (or file stem) of a path such as `crates/app/src/tendering/opening.rs`.
fn place(path: &str) -> Option<(&str, &str)> {
    let (krate, inside) = path.strip_prefix("crates/")?.split_once("/src/")?;
    let folder = inside.split('/').next()?.trim_end_matches(".rs");
    Some((krate, folder))
}

fn may_read(folder: &str, target: &str) -> bool {
    let target_is_business = FOLDERS.iter().any(|(name, _)| *name == target);
    if folder == target || !target_is_business {
        return true;
    }
    match FOLDERS.iter().find(|(name, _)| *name == folder) {
        Some((_, readable)) => readable.contains(&target),
        None => !GROUND.contains(&folder),
    }
}

/// First names after `crate::`, braces opened, and after chains of `super::` that reach the crate's root.
fn crate_paths(source: &Source) -> Vec<(usize, String)> {
    let mut paths = Vec::new();
    for at in source.uses("crate::") {
        let after = at + "crate::".len();
        paths.extend(first_names(&source.code[after..]).into_iter().map(|name| (at, name)));
    }
    let climb = "super::".repeat(depth(&source.path));
    for at in source.uses(&climb) {
        let after = at + climb.len();
        paths.extend(first_names(&source.code[after..]).into_iter().map(|name| (at, name)));
    }
    paths
}

/// How many `super::` lead from a file to its crate's root.
fn depth(path: &str) -> usize {
    let inside = path.split_once("/src/").map_or("", |(_, inside)| inside);
    let parts = inside.split('/').count();
    if inside.ends_with("/mod.rs") { parts - 1 } else { parts }
}

/// The first name of a path, or of each path inside `{...}`.
fn first_names(rest: &str) -> Vec<String> {
    let name = |text: &str| -> String {
        text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let Some(group) = rest.strip_prefix('{') else { return vec![name(rest)] };
    let (mut depth, mut names, mut start) = (0_i64, Vec::new(), 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                names.push(name(&group[start..at]));
                start = at + 1;
            }
            _ => {}
        }
        if c == '}' && depth == 0 && start == at + 1 {
            break;
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Checks what each crate's Cargo.toml lets in.
pub fn check_manifests(root: &Path, found: &mut Vec<Finding>) -> Result<()> {
    for (krate, readable) in CRATES {
        let folder = if krate == "xtask" { root.join(krate) } else { root.join("crates").join(krate) };
        let path = folder.join("Cargo.toml");
        if !path.is_file() {
            continue;
        }
        let text = std::fs::read_to_string(&path)?;
        for (line, name) in dependencies(&text) {
            if let Some(what) = barred(krate, readable, &name) {
                let path = repo::relative(root, &path);
                found.push(Finding { path, line, what, mend: "walls are crates (DESIGN section 3): put the work into the crate that may have this" });
            }
        }
    }
    Ok(())
}

fn barred(krate: &str, readable: &[&str], name: &str) -> Option<String> {
    let ours = CRATES.iter().any(|(other, _)| *other == name);
    if ours && !readable.contains(&name) {
        return Some(format!("`{krate}` depends on `{name}`, against the direction of crates"));
    }
    let (_, holders) = GUARDED.iter().find(|(guarded, _)| *guarded == name)?;
    (!holders.contains(&krate)).then(|| format!("`{krate}` depends on `{name}`, which only {holders:?} may"))
}

/// Line and name of each entry of `[dependencies]`.
fn dependencies(manifest: &str) -> Vec<(usize, String)> {
    let mut inside = false;
    let mut names = Vec::new();
    for (index, line) in manifest.lines().enumerate() {
        if line.starts_with('[') {
            inside = line.trim() == "[dependencies]";
        } else if inside && !line.trim_start().starts_with('#') {
            let name: String =
                line.chars().take_while(|c| c.is_alphanumeric() || "-_".contains(*c)).collect();
            if !name.is_empty() {
                names.push((index + 1, name));
            }
        }
    }
    names
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
    fn folders_read_in_one_direction() {
        check("crates/domain/src/tendering/bid.rs", "use crate::registry::Organisation;", 0);
        check("crates/domain/src/registry/a.rs", "use crate::tendering::Bid;", 1);
        check(
            "crates/domain/src/registry/a.rs",
            "use crate::{kernel::Fen, tendering::{Bid, Lot}, contracts};",
            2,
        );
        check(
            "crates/domain/src/registry/a.rs",
            "use crate::{\n    kernel::{Fen, Moment},\n};\nuse x::tendering;",
            0,
        );
        check("crates/domain/src/kernel/a.rs", "let x = crate::registry::code();", 1);
        check("crates/domain/src/tendering/bid.rs", "use super::super::supervision::Flag;", 1);
        check("crates/domain/src/tendering/mod.rs", "use super::catalogue::Item;", 0);
        check("crates/app/src/journal/mod.rs", "use crate::tendering::open_bids;", 1);
        check("crates/app/src/deadlines/mod.rs", "use crate::tendering::open_bids;", 0);
        check("crates/web/src/shell/router.rs", "use crate::{open_data, supervision};", 0);
        check("crates/web/src/tendering/a.rs", "use crate::supervision;", 1);
    }

    #[test]
    fn http_is_spoken_in_web_alone() {
        check("crates/app/src/lib.rs", "use axum::Router;", 1);
        check("crates/web/src/shell/router.rs", "use axum::Router;", 0);
        check("crates/gongzhi/src/main.rs", "web::serve(\"http://x\");", 0);
    }

    #[test]
    fn manifests_keep_the_walls() {
        let names: Vec<String> = dependencies("[package]\nname = \"x\"\n[dependencies]\njiff.workspace = true\n\n[dev-dependencies]\naxum = \"1\"\n").into_iter().map(|(_, name)| name).collect();
        assert_eq!(names, ["jiff"]);
        assert!(barred("domain", &[], "app").is_some());
        assert!(barred("domain", &[], "serde").is_some());
        assert!(barred("app", &["domain"], "rusqlite").is_none());
        assert!(barred("gongzhi", &["web"], "axum").is_some());
    }
}
