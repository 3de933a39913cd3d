//! Uploaded files: what they are is read from their bytes, never believed from their name (TRUST 2g).
//!
//! Office and OFD files are archives. Their table of contents is read without unpacking anything, so that
//! an archive that would swell, climb out of its folder, hide its content or carry macros is refused.

pub mod kept;

use domain::kernel::Refusal;

use crate::{App, Error};

/// No file is larger, in MiB.
pub const FILE_MIB_MAX: usize = 20;
/// No file name is longer, in characters.
const NAME_MAX: usize = 120;
/// No archive has more entries, or unpacks to more bytes.
const ENTRIES_MAX: usize = 4_000;
const UNPACKED_MAX: u64 = 400 * 1024 * 1024;

const MIB: usize = 1024 * 1024;

/// What may be uploaded: extension, type, and for archives an entry that must be inside.
const KINDS: [(&str, &str, Option<&str>); 7] = [
    ("pdf", "application/pdf", None),
    ("jpg", "image/jpeg", None),
    ("jpeg", "image/jpeg", None),
    ("png", "image/png", None),
    (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Some("word/document.xml"),
    ),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Some("xl/workbook.xml")),
    ("ofd", "application/ofd", Some("OFD.xml")),
];

/// A file that has been looked into and lies in the blob folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    name: String,
    media_type: &'static str,
    digest: String,
    bytes: i64,
}

impl StoredFile {
    /// Looks into a file and stores it; `rule` is what asks for the file.
    ///
    /// # Errors
    /// A fault at the field `file` when it is not one of the kinds that are taken.
    pub fn store(app: &App, rule: &'static str, name: &str, bytes: &[u8]) -> Result<StoredFile, Error> {
        let (name, media_type) = look(rule, name, bytes).map_err(|refusal| Error::Invalid(vec![refusal]))?;
        let digest = app.blobs.put(bytes)?;
        Ok(StoredFile { name, media_type, digest, bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX) })
    }

    /// Its name, without any path.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What its bytes are.
    pub fn media_type(&self) -> &'static str {
        self.media_type
    }

    /// SHA-256 of its bytes, in hexadecimal.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// How many bytes.
    pub fn bytes(&self) -> i64 {
        self.bytes
    }
}

fn look(rule: &'static str, name: &str, bytes: &[u8]) -> Result<(String, &'static str), Refusal> {
    let refusal = |code| Refusal::new(code, rule).at("file");
    let name = plain_name(name);
    if bytes.is_empty() {
        return Err(refusal("upload.empty").with("name", name));
    }
    if bytes.len() > FILE_MIB_MAX * MIB {
        return Err(refusal("upload.too-large").with("name", name).with("max", FILE_MIB_MAX));
    }
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default();
    let Some((_, media_type, inside)) = KINDS.iter().find(|(kind, _, _)| *kind == extension) else {
        return Err(refusal("upload.kind").with("name", name));
    };
    let sniffed = infer::get(bytes).map(|kind| kind.mime_type()).unwrap_or_default();
    let differs = || refusal("upload.content-differs").with("name", name.as_str());
    match inside {
        None if sniffed == *media_type => Ok((name, media_type)),
        None => Err(differs()),
        Some(_) if !bytes.starts_with(b"PK\x03\x04") => Err(differs()),
        Some(needed) => {
            let unsafe_archive = || refusal("upload.archive").with("name", name.as_str());
            let entries = entries(bytes).ok_or_else(unsafe_archive)?;
            if !entries.iter().any(|entry| entry == needed) {
                return Err(differs());
            }
            Ok((name, media_type))
        }
    }
}

/// The last part of a path, without characters that steer a terminal or turn text round.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
    };
    let plain: String = last.chars().filter(|c| !steers(*c)).collect();
    let plain = plain.trim().trim_start_matches('.');
    let surplus = plain.chars().count().saturating_sub(NAME_MAX);
    // The end is kept, because it holds the extension.
    plain.chars().skip(surplus).collect()
}

/// The names in an archive's table of contents; nothing when the archive is not one that we would open.
fn entries(bytes: &[u8]) -> Option<Vec<String>> {
    let two = |at: usize| Some(usize::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
    let four = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let tail = bytes.len().saturating_sub(22 + usize::from(u16::MAX));
    let end =
        (tail..bytes.len().checked_sub(21)?).rev().find(|at| bytes[*at..].starts_with(b"PK\x05\x06"))?;
    let (count, mut at) = (two(end + 10)?, usize::try_from(four(end + 16)?).ok()?);
    if count == 0 || count > ENTRIES_MAX {
        return None;
    }
    let (mut names, mut unpacked) = (Vec::with_capacity(count), 0_u64);
    for _ in 0..count {
        if !bytes.get(at..)?.starts_with(b"PK\x01\x02") {
            return None;
        }
        let is_encrypted = two(at + 8)? & 1 == 1;
        unpacked += u64::from(four(at + 24)?);
        let (length, extra, comment) = (two(at + 28)?, two(at + 30)?, two(at + 32)?);
        let name = std::str::from_utf8(bytes.get(at + 46..at + 46 + length)?).ok()?;
        let climbs = name.starts_with(['/', '\\']) || name.split(['/', '\\']).any(|part| part == "..");
        let has_macros = name.to_lowercase().ends_with("vbaproject.bin");
        if is_encrypted || climbs || has_macros || unpacked > UNPACKED_MAX {
            return None;
        }
        names.push(name.to_owned());
        at += 46 + length + extra + comment;
    }
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An archive that holds empty entries with these names and stated sizes.
    pub fn archive(entries: &[(&str, u32)]) -> Vec<u8> {
        let (mut body, mut table) = (Vec::new(), Vec::new());
        for (name, size) in entries {
            let offset = u32::try_from(body.len()).unwrap();
            let length = u16::try_from(name.len()).unwrap().to_le_bytes();
            body.extend_from_slice(b"PK\x03\x04");
            body.extend_from_slice(&[0; 22]);
            body.extend_from_slice(&length);
            body.extend_from_slice(&[0; 2]);
            body.extend_from_slice(name.as_bytes());
            table.extend_from_slice(b"PK\x01\x02");
            table.extend_from_slice(&[0; 20]);
            table.extend_from_slice(&size.to_le_bytes());
            table.extend_from_slice(&length);
            table.extend_from_slice(&[0; 12]);
            table.extend_from_slice(&offset.to_le_bytes());
            table.extend_from_slice(name.as_bytes());
        }
        let (count, start) = (u16::try_from(entries.len()).unwrap(), u32::try_from(body.len()).unwrap());
        let length = u32::try_from(table.len()).unwrap();
        body.extend(table);
        body.extend_from_slice(b"PK\x05\x06\0\0\0\0");
        body.extend_from_slice(&count.to_le_bytes());
        body.extend_from_slice(&count.to_le_bytes());
        body.extend_from_slice(&length.to_le_bytes());
        body.extend_from_slice(&start.to_le_bytes());
        body.extend_from_slice(&[0; 2]);
        body
    }

    fn check(name: &str, bytes: &[u8], expected: Result<&str, &str>) {
        let found = look("C30", name, bytes);
        assert_eq!(found.as_ref().map(|(name, _)| name.as_str()).map_err(|no| no.code), expected, "{name}");
    }

    #[test]
    fn a_file_is_what_its_bytes_say() {
        let docx = archive(&[("[Content_Types].xml", 9), ("word/document.xml", 9)]);
        let ofd = archive(&[("OFD.xml", 9)]);
        check("方案.pdf", b"%PDF-1.7 ...", Ok("方案.pdf"));
        check("C:\\temp\\方案.PDF", b"%PDF-1.7 ...", Ok("方案.PDF"));
        check("照片.jpg", b"\xff\xd8\xff\xe0....", Ok("照片.jpg"));
        check("标书.docx", &docx, Ok("标书.docx"));
        check("标书.ofd", &ofd, Ok("标书.ofd"));
        check("标书.xlsx", &docx, Err("upload.content-differs"));
        check("方案.pdf", b"MZ\x90\0 program", Err("upload.content-differs"));
        check("方案.pdf", b"<html><script>", Err("upload.content-differs"));
        check("照片.png", b"%PDF-1.7", Err("upload.content-differs"));
        check("方案.exe", b"MZ", Err("upload.kind"));
        check("方案.pdf.svg", b"<svg onload='x'>", Err("upload.kind"));
        check("方案", b"%PDF-1.7", Err("upload.kind"));
        check("方案.pdf", b"", Err("upload.empty"));
        check("方案.pdf", &vec![b'%'; FILE_MIB_MAX * MIB + 1], Err("upload.too-large"));
    }

    #[test]
    fn a_hostile_archive_is_refused() {
        let word = ("word/document.xml", 9);
        let no = Err("upload.archive");
        check("a.docx", &archive(&[word, ("../../etc/cron.d/x", 9)]), no);
        check("a.docx", &archive(&[word, ("/etc/passwd", 9)]), no);
        check("a.docx", &archive(&[word, ("word/vbaProject.bin", 9)]), no);
        check("a.docx", &archive(&[word, ("bomb.xml", u32::MAX)]), no);
        check("a.docx", b"PK\x03\x04 cut short", no);
        let mut many: Vec<(&str, u32)> = vec![word];
        many.extend(std::iter::repeat_n(("x", 1), ENTRIES_MAX));
        check("a.docx", &archive(&many), no);
    }

    #[test]
    fn a_name_keeps_its_end_and_loses_what_steers() {
        assert_eq!(plain_name("../../a\u{202E}fdp.exe\0"), "afdp.exe");
        assert_eq!(plain_name(&format!("{}.pdf", "长".repeat(300))).chars().count(), NAME_MAX);
        assert!(plain_name(&format!("{}.pdf", "长".repeat(300))).ends_with(".pdf"));
    }
}
