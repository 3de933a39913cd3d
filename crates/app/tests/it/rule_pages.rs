//! The rule pages under `docs/rules` say what the program does: each worked example is run here against
//! the shipped rule book and calendar, so that neither a page nor a number can go its own way.
//!
//! To add an example, write a row. To add a kind of example, add a `Kind` to the list of its family.

mod bidding;
mod charity;
mod closing;
mod course;
mod credit;
mod cultivation;
mod division;
mod ending;
mod evaluation;
mod figures;
mod filing;
mod fundraising;
mod funds;
mod inspection;
mod kernel;
mod page;
mod performance;
mod rating;
mod registration;
mod review;
mod row;
mod sanctions;
mod supervision;
mod survey;

use std::collections::BTreeSet;

use app::rulebook;
use page::{Block, Page, folder, read_pages};
use row::{Kind, Law, Row};

/// Every kind of example, each family's in its own file.
fn kinds() -> impl Iterator<Item = &'static Kind> {
    [
        kernel::KINDS,
        bidding::KINDS,
        review::KINDS,
        closing::KINDS,
        inspection::KINDS,
        rating::KINDS,
        credit::KINDS,
        sanctions::KINDS,
        evaluation::KINDS,
        registration::KINDS,
        supervision::KINDS,
        survey::KINDS,
        ending::KINDS,
        figures::KINDS,
        filing::KINDS,
        fundraising::KINDS,
        charity::KINDS,
        cultivation::KINDS,
        division::KINDS,
        performance::KINDS,
        funds::KINDS,
    ]
    .into_iter()
    .flatten()
}

/// Runs one block; each row that comes out otherwise than written is a fault.
fn run(law: &Law, block: &Block, faults: &mut Vec<String>) {
    let place = format!("{}:{}", block.page, block.line);
    let Some(kind) = kinds().find(|kind| kind.name == block.kind) else {
        return faults.push(format!("{place}: no examples of kind {:?} exist", block.kind));
    };
    let header: Vec<&str> = block.header.iter().map(String::as_str).collect();
    let header = header.strip_prefix(&["case"]).unwrap_or(&header);
    if header != kind.columns {
        return faults.push(format!("{place}: the columns are {header:?}, not {:?}", kind.columns));
    }
    if block.rows.is_empty() {
        faults.push(format!("{place}: no example stands here"));
    }
    for (line, cells) in &block.rows {
        let row = Row { header: &block.header, cells };
        let expected = cells.last().map_or("", String::as_str);
        let fault = if cells.len() != block.header.len() {
            format!("{} cells under {header:?}", cells.len())
        } else {
            match row::told(law, (kind.answer)(law, &row)) {
                Ok(found) if found == expected => continue,
                Ok(found) => format!("says {expected:?}, comes out as {found:?}"),
                Err(mistake) => mistake,
            }
        };
        faults.push(format!("{}:{line}: {fault}", block.page));
    }
}

fn law() -> Result<Law, rulebook::RuleBookError> {
    rulebook::load(None).map(|(book, calendar, grounds)| Law { book, calendar, grounds })
}

#[test]
fn every_worked_example_comes_out_as_its_page_says() {
    let law = law().expect("the shipped law loads");
    let mut faults = Vec::new();
    let mut used = BTreeSet::new();
    for page in read_pages().expect("the pages can be read") {
        if page.blocks.is_empty() {
            faults.push(format!("{}: no worked example", page.name));
        }
        for block in &page.blocks {
            run(&law, block, &mut faults);
            used.insert(block.kind.clone());
        }
    }
    let unused = kinds().filter(|kind| !used.contains(kind.name));
    faults.extend(unused.map(|kind| format!("no page uses examples of kind {:?}", kind.name)));
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_page_names_grounds_that_exist_and_code_that_exists() {
    let law = law().expect("the shipped law loads");
    let root = folder().join("../..");
    for page in read_pages().expect("the pages can be read") {
        assert!(!page.grounds.is_empty(), "{}: no ground", page.name);
        for ground in &page.grounds {
            assert!(law.grounds.get(ground).is_some(), "{}: no rule {ground}", page.name);
        }
        assert!(!page.code.is_empty(), "{}: no code", page.name);
        for path in &page.code {
            assert!(root.join(path).is_file(), "{}: no file {path}", page.name);
        }
    }
}

#[test]
fn the_index_lists_every_page_with_its_grounds() {
    let index = std::fs::read_to_string(folder().join("README.md")).expect("the index");
    let pages = read_pages().expect("the pages can be read");
    for page in &pages {
        let row = index.lines().find(|line| line.contains(&format!("]({})", page.name)));
        let grounds = page.grounds.join(", ");
        let is_listed = row.is_some_and(|row| row.trim_end().ends_with(&format!("| {grounds} |")));
        assert!(is_listed, "the index lists {} with {grounds}", page.name);
    }
    assert_eq!(index.matches(".md)").count(), pages.len(), "the index lists pages that exist");
}

#[test]
fn a_wrong_example_is_found() {
    let law = law().expect("the shipped law loads");
    let block = |kind: &str, table: &str| {
        let text = format!("```example {kind}\n{table}\n```\n");
        Page::parse("page.md", &text).expect("a page").blocks.remove(0)
    };
    for (kind, table, expected) in [
        ("capitals", "| yuan | capitals |\n|---|---|\n| 1 | 壹元整 |", ""),
        ("capitals", "| yuan | capitals |\n|---|---|\n| 1 | 贰元整 |", "page.md:4: says"),
        ("capitals", "| yuan | capitals |\n|---|---|\n| 1 |", "page.md:4: 1 cells"),
        ("capitals", "| yuan | capitals |\n|---|---|\n| 一 | 壹元整 |", "comes out as \"refused:"),
        ("capitals", "| yuan | capitals |\n|---|---|", "page.md:1: no example"),
        ("capitals", "| fen | capitals |\n|---|---|\n| 1 | 壹元整 |", "page.md:1: the columns"),
        ("day", "| date | is |\n|---|---|\n| 2026-03-02 | working |", ""),
        (
            "panel-experts",
            "| on | members | experts at least |\n|---|---|---|\n| 2026-09-18 | five | 4 |",
            "page.md:4: a cell makes no sense: \"five\" is no number",
        ),
        ("capitols", "| yuan | capitals |\n|---|---|\n| 1 | 壹元整 |", "page.md:1: no examples of kind"),
    ] {
        let mut faults = Vec::new();
        run(&law, &block(kind, table), &mut faults);
        assert_eq!(faults.len(), usize::from(!expected.is_empty()), "{faults:?}");
        assert!(faults.concat().contains(expected), "{faults:?}");
    }
    assert!(Page::parse("page.md", "```example capitals\n| yuan |\n").is_err(), "a block without end");
}
