//! Reading a rule page: the rules it rests on, the code it speaks of, and its blocks of examples.

use std::path::PathBuf;

/// One fenced block: a table whose last column is what must come out.
pub struct Block {
    /// File name of its page.
    pub page: String,
    /// Line of its fence, from 1.
    pub line: usize,
    /// The word after `example`.
    pub kind: String,
    /// Names of the columns.
    pub header: Vec<String>,
    /// Line and cells of each row.
    pub rows: Vec<(usize, Vec<String>)>,
}

/// One page.
pub struct Page {
    /// Its file name.
    pub name: String,
    /// Rule ids on the line that begins with `依据 Ground:`.
    pub grounds: Vec<String>,
    /// Paths between backticks on the line that begins with `代码 Code:`.
    pub code: Vec<String>,
    /// Examples, in order.
    pub blocks: Vec<Block>,
}

const FENCE: &str = "```";

/// Where the pages are.
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/rules")
}

/// Every page but the index, by name.
pub fn read_pages() -> Result<Vec<Page>, String> {
    let told = |error: std::io::Error| error.to_string();
    let mut pages = Vec::new();
    for entry in std::fs::read_dir(folder()).map_err(told)? {
        let path = entry.map_err(told)?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        if name.ends_with(".md") && name != "README.md" {
            pages.push(Page::parse(&name, &std::fs::read_to_string(&path).map_err(told)?)?);
        }
    }
    pages.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(pages)
}

impl Page {
    /// Reads a page; a block that never ends is an error.
    pub fn parse(name: &str, text: &str) -> Result<Page, String> {
        let mut page =
            Page { name: name.to_owned(), grounds: Vec::new(), code: Vec::new(), blocks: Vec::new() };
        let mut lines = text.lines().enumerate().map(|(index, line)| (index + 1, line));
        while let Some((line, words)) = lines.next() {
            if let Some(ids) = words.strip_prefix("依据 Ground:") {
                page.grounds = ids.split(',').map(|id| id.trim().to_owned()).collect();
            } else if let Some(paths) = words.strip_prefix("代码 Code:") {
                page.code = paths.split('`').skip(1).step_by(2).map(str::to_owned).collect();
            } else if let Some(kind) = words.strip_prefix(FENCE) {
                let inner: Vec<(usize, &str)> =
                    lines.by_ref().take_while(|(_, inner)| *inner != FENCE).collect();
                let end = inner.last().map_or(line, |(last, _)| *last) + 1;
                if text.lines().nth(end - 1) != Some(FENCE) {
                    return Err(format!("{name}:{line}: this block has no end"));
                }
                if let Some(kind) = kind.strip_prefix("example ") {
                    page.blocks.push(block(name, line, kind, &inner));
                }
            }
        }
        Ok(page)
    }
}

fn block(page: &str, line: usize, kind: &str, inner: &[(usize, &str)]) -> Block {
    let is_rule = |text: &str| text.chars().all(|character| "|-: ".contains(character));
    let mut rows = inner.iter().filter(|(_, text)| !is_rule(text)).map(|(line, text)| (*line, cells(text)));
    let header = rows.next().map_or_else(Vec::new, |(_, header)| header);
    let rows = rows.collect();
    Block { page: page.to_owned(), line, kind: kind.trim().to_owned(), header, rows }
}

fn cells(text: &str) -> Vec<String> {
    let text = text.trim();
    let text = text.strip_prefix('|').unwrap_or(text);
    text.strip_suffix('|').unwrap_or(text).split('|').map(|cell| cell.trim().to_owned()).collect()
}
