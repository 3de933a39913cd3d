//! Vendoring: fetches the pinned front-end packages and writes the few files that the pages use.
//!
//! Why: the product fetches nothing from outside at run time, and has no JavaScript build step.
//! The result is committed, so only a change of version needs a network.
//! What is changed on the way: web fonts are removed (Chinese text uses the fonts of the system),
//! the font family becomes `var(--app-font)`, the crest and other marks of the British state are
//! dropped, and the small icons become `data:` addresses, so that one style sheet is enough.

use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The packages with their exact versions.
const PACKAGES: [&str; 3] = ["govuk-frontend@6.6.0", "@ministryofjustice/frontend@11.1.0", "htmx.org@4.0.1"];
/// The folder of the result, from the root of the repository.
const TARGET: &str = "crates/web/assets/vendor";
const GOVUK: &str = "govuk-frontend-6.6.0/dist/govuk";
const MOJ: &str = "ministryofjustice-frontend-11.1.0/moj";
const HTMX: &str = "htmx.org-4.0.1";

/// Files taken as they are: from, to.
const COPIES: [(&str, &str); 5] = [
    ("htmx.org-4.0.1/dist/htmx.min.js", "htmx.js"),
    ("htmx.org-4.0.1/dist/ext/hx-csp.min.js", "hx-csp.js"),
    ("htmx.org-4.0.1/dist/ext/hx-sse.min.js", "hx-sse.js"),
    ("govuk-frontend-6.6.0/dist/govuk/govuk-frontend.min.js", "govuk.mjs"),
    ("htmx.org-4.0.1/LICENSE", "LICENSE-htmx"),
];

/// Writes the vendored files again from the packages.
pub fn run() -> Result<()> {
    let work = std::env::temp_dir().join(format!("gongzhi-vendor-{}", std::process::id()));
    fs::create_dir_all(&work)?;
    let target = PathBuf::from(TARGET);
    fs::create_dir_all(&target)?;
    for package in PACKAGES {
        unpack(package, &work)?;
    }
    let govuk = fs::read_to_string(work.join(GOVUK).join("govuk-frontend.min.css"))?;
    let moj = fs::read_to_string(work.join(MOJ).join("moj-frontend.min.css"))?;
    let images = work.join(MOJ).join("assets/images");
    let css = format!("{}\n{}\n", house_css(&govuk, &images)?, house_css(&moj, &images)?);
    for mark in ["GDS Transport", "crest", "crown"] {
        ensure!(!css.contains(mark), "`{mark}` was left in the style");
    }
    fs::write(target.join("ui.css"), css)?;
    for (from, to) in COPIES {
        let text = fs::read_to_string(work.join(from)).with_context(|| from.to_owned())?;
        fs::write(target.join(to), without_source_map(&text))?;
    }
    ensure!(work.join(HTMX).exists(), "htmx was not unpacked");
    fs::write(target.join("NOTICE"), NOTICE)?;
    fs::write(
        target.join("LICENSE-govuk-frontend"),
        mit("(c) 2017 Crown Copyright (Government Digital Service)"),
    )?;
    fs::write(target.join("LICENSE-moj-frontend"), mit("(c) 2018 Ministry of Justice"))?;
    write_sums(&target)?;
    fs::remove_dir_all(&work)?;
    Ok(())
}

/// Downloads one package and unpacks it into a folder named like the package file.
fn unpack(package: &str, work: &Path) -> Result<()> {
    let output = Command::new("npm").args(["pack", "--silent", package]).current_dir(work).output()?;
    ensure!(output.status.success(), "npm pack {package} failed");
    let name = String::from_utf8(output.stdout)?.trim().to_owned();
    let folder = work.join(name.trim_end_matches(".tgz"));
    fs::create_dir_all(&folder)?;
    let status = Command::new("tar")
        .args(["--extract", "--strip-components=1", "--file", &name, "--directory"])
        .arg(&folder)
        .current_dir(work)
        .status()?;
    ensure!(status.success(), "tar could not unpack {name}");
    Ok(())
}

/// One style sheet in our own house: system fonts, no foreign marks, icons inside.
fn house_css(source: &str, images: &Path) -> Result<String> {
    let mut css = without_source_map(source);
    css = remove_blocks(&css, "@font-face{");
    for mark in [".moj-header__logotype-crest{", ".moj-header__logotype-crown{", ".govuk-footer__crown{"] {
        css = remove_blocks(&css, mark);
    }
    css = css.replace("GDS Transport,arial,sans-serif", "var(--app-font)");
    css = css.replace("url(/assets/images/govuk-crest.svg)", "none");
    inline_icons(&css, images)
}

/// Removes each simple rule that starts with `head`, up to its closing brace.
fn remove_blocks(css: &str, head: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, from)) = rest.split_once(head) {
        kept.push_str(before);
        rest = from.split_once('}').map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept
}

/// Puts the icons into the style sheet; those of the rich-text editor, which we do not use, go away.
fn inline_icons(css: &str, images: &Path) -> Result<String> {
    const HEAD: &str = "url(/assets/images/";
    let mut done = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, from)) = rest.split_once(HEAD) {
        let (name, after) = from.split_once(')').context("an address without end")?;
        done.push_str(before);
        if name.contains("wysiwyg") {
            done.push_str("none");
        } else {
            let svg = fs::read_to_string(images.join(name)).with_context(|| name.to_owned())?;
            done.push_str(&format!("url(\"data:image/svg+xml,{}\")", percent_encoded(svg.trim())));
        }
        rest = after;
    }
    done.push_str(rest);
    Ok(done)
}

/// Text that may stand inside a quoted `data:` address.
fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\r' | '\t' => encoded.push(' '),
            '"' => encoded.push('\''),
            '%' | '#' | '<' | '>' | '{' | '}' | '\\' => {
                encoded.push_str(&format!("%{:02X}", u32::from(letter)));
            }
            _ => encoded.push(letter),
        }
    }
    encoded
}

/// The text without the pointer to a source map that we do not ship.
fn without_source_map(text: &str) -> String {
    let head = text.split("/*# sourceMappingURL").next().unwrap_or_default();
    let head = head.split("//# sourceMappingURL").next().unwrap_or_default();
    format!("{}\n", head.trim_end())
}

/// Writes the sums of all files, sorted by name, with the tool every system has.
fn write_sums(target: &Path) -> Result<()> {
    let mut names: Vec<String> = fs::read_dir(target)?
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .filter(|name| name != "SHA256SUMS")
        .collect();
    names.sort();
    let output = Command::new("sha256sum").args(&names).current_dir(target).output()?;
    ensure!(output.status.success(), "sha256sum failed");
    fs::write(target.join("SHA256SUMS"), output.stdout)?;
    Ok(())
}

/// The MIT licence under which both government packages are published.
fn mit(holder: &str) -> String {
    format!("The MIT License (MIT)\n\nCopyright {holder}\n\n{MIT}")
}

const NOTICE: &str = "This folder is written by `cargo xtask vendor` and not edited by hand.

ui.css      govuk-frontend 6.6.0 and @ministryofjustice/frontend 11.1.0, both MIT.
            Changed: web fonts and the crest removed, font family replaced by a variable,
            icons put inside. It is not the look of GOV.UK and does not claim to be.
govuk.mjs   govuk-frontend 6.6.0, MIT.
htmx.js     htmx.org 4.0.1, Zero-Clause BSD.
hx-csp.js   htmx.org 4.0.1, Zero-Clause BSD.
hx-sse.js   htmx.org 4.0.1, Zero-Clause BSD.
";

const MIT: &str = "Permission is hereby granted, free of charge, to any person obtaining a copy of
this software and associated documentation files (the \"Software\"), to deal in
the Software without restriction, including without limitation the rights to
use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of
the Software, and to permit persons to whom the Software is furnished to do so,
subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED \"AS IS\", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS
FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER
IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
";

#[cfg(test)]
mod tests {
    use super::{percent_encoded, remove_blocks, without_source_map};

    #[test]
    fn only_the_named_rules_are_removed() {
        assert_eq!(remove_blocks("a{b}@font-face{c}d{e}@font-face{f}", "@font-face{"), "a{b}d{e}");
        assert_eq!(remove_blocks("a{b}", "@font-face{"), "a{b}");
    }

    #[test]
    fn an_icon_keeps_its_meaning_inside_quotes() {
        assert_eq!(percent_encoded("<a b=\"#c\"/>"), "%3Ca b='%23c'/%3E");
    }

    #[test]
    fn the_pointer_to_the_map_goes_and_the_text_stays() {
        assert_eq!(without_source_map("a{}\n/*# sourceMappingURL=x.map */\n"), "a{}\n");
        assert_eq!(without_source_map("a();\n//# sourceMappingURL=x.map\n"), "a();\n");
    }
}
