//! Ten thousand recipients answer while others read: both beside what the machine can do.

use super::load::{Measured, Post, pages, posts};
use super::report::Row;
use super::scenarios::{ANSWERS, City, bare_store};
use anyhow::{Context, Result, bail};
use std::thread;

const COUNT: usize = 10_000;
const ANSWERING: usize = 8;
const READING: usize = 4;

/// Answers beside readers, held against the same posts to the bare durable store beside the same number of
/// readers; and the readers, held against themselves without answers.
pub fn run(city: &City) -> Result<Vec<Row>> {
    let text = std::fs::read_to_string(city.scratch.path(ANSWERS)).context("the demo wrote no answers")?;
    let mut lines = text.lines();
    let number = lines.next().context("the file of answers is empty")?;
    let (path, page) = (format!("/s/{number}"), format!("/contracts/{number}/satisfaction"));
    let headers = vec!["Content-Type: application/x-www-form-urlencoded".to_owned()];
    let post =
        |body: &str| Post { path: path.clone(), headers: headers.clone(), body: body.as_bytes().to_vec() };
    let all: Vec<Post> = lines.take(COUNT).map(post).collect();
    if all.len() < COUNT {
        bail!("the file has fewer than {COUNT} answers");
    }
    let alone = pages(&city.server.host, std::slice::from_ref(&page), READING, city.seconds)?;
    let (ours, read) = beside(&city.server.host, &all, &page, city.seconds)?;
    let bare = bare_store(city, "bare-answers.sqlite")?;
    let (limit, _) = beside(&bare.host, &all, &page, city.seconds)?;
    Ok(vec![
        Row::rate(&format!("{COUNT} answers beside readers"), &ours, "bare durable store", &limit),
        Row::rate("result page beside answers", &read, "without answers", &alone),
    ])
}

/// Posts everything while others read `page`.
fn beside(host: &str, all: &[Post], page: &str, seconds: u64) -> Result<(Measured, Measured)> {
    let (at, paths) = (host.to_owned(), [page.to_owned()]);
    let reading = thread::spawn(move || pages(&at, &paths, READING, seconds));
    let answered = posts(host, all, ANSWERING)?;
    match reading.join() {
        Ok(read) => Ok((answered, read?)),
        Err(_) => bail!("a reading thread panicked"),
    }
}
