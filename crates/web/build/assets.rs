//! The table of assets: names, content types, bytes and compressed bytes, under one fingerprint.
//!
//! One fingerprint for the whole set keeps relative imports between scripts working and changes
//! the address of every file as soon as one of them changes, so they may be cached for ever.

use crate::{files_below, read};
use flate2::{Compression, write::GzEncoder};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

/// Files that are not sent to readers.
const KEPT_BACK: [&str; 2] = ["NOTICE", "SHA256SUMS"];

/// Writes `assets.rs` with the fingerprint and the table, and the files it includes.
pub fn write(folder: &Path, out: &Path) -> Result<(), String> {
    let files = gather(folder)?;
    let mut fingerprint = 0xcbf2_9ce4_8422_2325_u64;
    let mut rows = String::new();
    let target = out.join("assets");
    std::fs::create_dir_all(&target).map_err(|error| error.to_string())?;
    for (name, bytes) in &files {
        for byte in name.bytes().chain(bytes.iter().copied()) {
            fingerprint = (fingerprint ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        let packed = compress(bytes)?;
        let (plain, small) = (target.join(name), target.join(format!("{name}.gz")));
        std::fs::write(&plain, bytes).map_err(|error| error.to_string())?;
        std::fs::write(&small, packed).map_err(|error| error.to_string())?;
        writeln!(
            rows,
            "    Asset {{ name: {name:?}, kind: {:?}, bytes: include_bytes!({plain:?}), \
             gzip: include_bytes!({small:?}) }},",
            content_type(name)?
        )
        .map_err(|error| error.to_string())?;
    }
    let table = format!(
        "/// The fingerprint of the whole set, part of each address.\n\
         pub const FINGERPRINT: &str = \"{fingerprint:016x}\";\n\
         static ASSETS: &[Asset] = &[\n{rows}];\n"
    );
    std::fs::write(out.join("assets.rs"), table).map_err(|error| error.to_string())
}

/// Each file with the name under which it is served; the parts of our style become one file.
fn gather(folder: &Path) -> Result<Vec<(String, Vec<u8>)>, String> {
    let mut files = Vec::new();
    let mut style = String::new();
    for path in files_below(folder)? {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.parent().is_some_and(|parent| parent.ends_with("css")) {
            style.push_str(&read(&path)?);
        } else if !KEPT_BACK.contains(&name.as_str()) && !name.starts_with("LICENSE") {
            files.push((name, std::fs::read(&path).map_err(|error| error.to_string())?));
        }
    }
    files.push(("app.css".to_owned(), style.into_bytes()));
    files.sort();
    Ok(files)
}

fn compress(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).map_err(|error| error.to_string())?;
    encoder.finish().map_err(|error| error.to_string())
}

fn content_type(name: &str) -> Result<&'static str, String> {
    match name.rsplit('.').next() {
        Some("css") => Ok("text/css; charset=utf-8"),
        Some("js" | "mjs") => Ok("text/javascript; charset=utf-8"),
        Some("svg") => Ok("image/svg+xml"),
        Some("json") => Ok("application/json"),
        Some("woff2") => Ok("font/woff2"),
        Some("png") => Ok("image/png"),
        _ => Err(format!("{name}: no content type is known for this asset")),
    }
}
