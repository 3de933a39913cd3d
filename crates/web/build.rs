//! What is settled before the program is compiled: the message files and the table of assets.
//!
//! Why: a page with a missing sentence or a broken file address must fail here, not before a reader.

#[path = "build/assets.rs"]
mod assets;
#[path = "build/messages.rs"]
mod messages;

use std::path::{Path, PathBuf};

fn main() -> Result<(), String> {
    for folder in ["assets", "locales", "src", "build"] {
        println!("cargo:rerun-if-changed={folder}");
    }
    let out = PathBuf::from(std::env::var("OUT_DIR").map_err(|error| error.to_string())?);
    messages::write(Path::new("locales"), Path::new("src"), &out)?;
    assets::write(Path::new("assets"), &out)
}

/// All files below a folder, in the order of their names.
fn files_below(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for entry in entries {
        let path = entry.map_err(|error| error.to_string())?.path();
        if path.is_dir() {
            found.extend(files_below(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The text of a file, or a sentence that says which one could not be read.
fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
