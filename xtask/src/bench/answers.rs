//! Ten thousand recipients answer while others read: both beside what the machine can do.

use super::load::{Asked, Measured, Post, pages, pages_as, posts};
use super::report::Row;
use super::scenarios::{ANSWERS, City, bare_store};
use crate::clock::Stopwatch;
use anyhow::{Context, Result, anyhow, bail};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

const COUNT: usize = 10_000;
const ANSWERING: usize = 8;
const READING: usize = 4;
const TAKES_S_MAX: u64 = 60;
/// Readers look so often whether the last answer is in.
const TURN: Duration = Duration::from_millis(250);

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
    let watch = Stopwatch::start();
    let (ours, read) = beside(&city.server.host, &all, &page)?;
    let took = watch.elapsed().as_secs();
    let bare = bare_store(city, "bare-answers.sqlite")?;
    let (limit, _) = beside(&bare.host, &all, &page)?;
    Ok(vec![
        Row::rate(&format!("{COUNT} answers beside readers"), &ours, "bare durable store", &limit),
        Row::number(&format!("{COUNT} answers beside readers, all of them"), took, "s", Some(TAKES_S_MAX)),
        Row::rate("result page beside answers", &read, "without answers", &alone),
    ])
}

/// Posts everything while others read `page` until the last answer is in.
fn beside(host: &str, all: &[Post], page: &str) -> Result<(Measured, Measured)> {
    let asked = Asked { paths: vec![page.to_owned()], headers: Vec::new() };
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        let reading = scope.spawn(|| {
            let mut read = Measured::default();
            while !is_over.load(Ordering::Relaxed) {
                read.join(pages_as(host, &asked, READING, TURN)?);
            }
            Ok::<_, anyhow::Error>(read)
        });
        let answered = posts(host, all, ANSWERING);
        is_over.store(true, Ordering::Relaxed);
        let read = reading.join().map_err(|_| anyhow!("a reading thread panicked"))??;
        Ok((answered?, read))
    })
}
