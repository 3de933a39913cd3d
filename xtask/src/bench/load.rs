//! Loads a server: some connections that ask as fast as they are answered, or a rush of single requests
//! that arrive over a set time.

use super::client::Client;
use super::histogram::Histogram;
use crate::clock::Stopwatch;
use anyhow::{Result, bail};
use std::thread;
use std::time::Duration;

/// What a load run measured.
#[derive(Clone, Default)]
pub struct Measured {
    /// One latency for each answered request.
    pub latencies: Histogram,
    /// Answers per second, rounded down.
    pub per_second: u64,
    /// How long it took.
    pub millis: u64,
}

/// One request of a rush.
#[derive(Clone)]
pub struct Post {
    /// Where to.
    pub path: String,
    /// Header lines without line ends.
    pub headers: Vec<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// What is asked, and as whom.
#[derive(Clone)]
pub struct Asked {
    /// The addresses, in turn.
    pub paths: Vec<String>,
    /// Header lines without line ends.
    pub headers: Vec<String>,
}

impl Measured {
    /// Adds another turn of the same work.
    pub fn join(&mut self, other: Measured) {
        self.latencies.join(other.latencies);
        self.millis += other.millis;
        self.per_second = self.latencies.count() * 1000 / self.millis.max(1);
    }
}

/// Asks for `paths` in turn over `connections` connections for `seconds`. Each connection begins at a place of
/// its own, as far from the others as the list allows.
pub fn pages(host: &str, paths: &[String], connections: usize, seconds: u64) -> Result<Measured> {
    let asked = Asked { paths: paths.to_vec(), headers: Vec::new() };
    pages_as(host, &asked, connections, Duration::from_secs(seconds))
}

/// The same as somebody, for `limit`.
pub fn pages_as(host: &str, asked: &Asked, connections: usize, limit: Duration) -> Result<Measured> {
    let watch = Stopwatch::start();
    let workers: Vec<_> = (0..connections)
        .map(|number| {
            let (host, asked) = (host.to_owned(), asked.clone());
            let first = number * asked.paths.len() / connections.max(1);
            thread::spawn(move || ask_until(&host, &asked, first, watch, limit))
        })
        .collect();
    gather(workers, watch)
}

fn ask_until(
    host: &str,
    asked: &Asked,
    first: usize,
    watch: Stopwatch,
    limit: Duration,
) -> Result<Histogram> {
    let mut client = Client::connect(host)?;
    let mut latencies = Histogram::default();
    for path in asked.paths.iter().cycle().skip(first % asked.paths.len().max(1)) {
        if watch.elapsed() >= limit {
            break;
        }
        let one = Stopwatch::start();
        let answer = client.send("GET", path, &asked.headers, b"")?;
        latencies.add(one.elapsed());
        if answer.status != 200 {
            bail!("GET {path} answered {}", answer.status);
        }
    }
    Ok(latencies)
}

/// Sends each post once, from a connection of its own, evenly spread over `within`. The rate counts from
/// the first request to the last answer. Each must be acknowledged with a 2xx status.
pub fn rush(host: &str, posts: Vec<Post>, within: Duration) -> Result<Measured> {
    let count = u32::try_from(posts.len().max(1))?;
    let watch = Stopwatch::start();
    let workers: Vec<_> = (0_u32..)
        .zip(posts)
        .map(|(index, post)| {
            let (host, start) = (host.to_owned(), within * index / count);
            thread::spawn(move || {
                thread::sleep(start.saturating_sub(watch.elapsed()));
                let mut latencies = Histogram::default();
                let one = Stopwatch::start();
                let answer = Client::connect(&host)?.send("POST", &post.path, &post.headers, &post.body)?;
                latencies.add(one.elapsed());
                if !(200..300).contains(&answer.status) {
                    let said = String::from_utf8_lossy(&answer.body).into_owned();
                    bail!("POST {} answered {}: {said}", post.path, answer.status);
                }
                Ok(latencies)
            })
        })
        .collect();
    gather(workers, watch)
}

/// Sends each post once over `connections` connections, as fast as they are answered. Each must be
/// acknowledged with a 2xx status.
pub fn posts(host: &str, posts: &[Post], connections: usize) -> Result<Measured> {
    let watch = Stopwatch::start();
    let share = posts.len().div_ceil(connections.max(1)).max(1);
    let workers: Vec<_> = posts
        .chunks(share)
        .map(|part| {
            let (host, part) = (host.to_owned(), part.to_vec());
            thread::spawn(move || {
                let mut client = Client::connect(&host)?;
                let mut latencies = Histogram::default();
                for post in part {
                    let one = Stopwatch::start();
                    let answer = client.send("POST", &post.path, &post.headers, &post.body)?;
                    latencies.add(one.elapsed());
                    if !(200..300).contains(&answer.status) {
                        bail!("POST {} answered {}", post.path, answer.status);
                    }
                }
                Ok(latencies)
            })
        })
        .collect();
    gather(workers, watch)
}

fn gather(workers: Vec<thread::JoinHandle<Result<Histogram>>>, watch: Stopwatch) -> Result<Measured> {
    let mut latencies = Histogram::default();
    for worker in workers {
        match worker.join() {
            Ok(part) => latencies.join(part?),
            Err(_) => bail!("a load thread panicked"),
        }
    }
    let millis = u64::try_from(watch.elapsed().as_millis())?.max(1);
    let per_second = latencies.count() * 1000 / millis;
    Ok(Measured { latencies, per_second, millis })
}
