//! A server that opens a city which was loaded before, as one does in service: how soon it answers, and what it
//! keeps in memory once its pages were read.

use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use super::client::Client;
use super::load::pages;
use super::report::Row;
use super::scenarios::{City, ORGANISATIONS, first_link};
use super::server::Server;
use crate::clock::Stopwatch;

/// The goal for the first page, in milliseconds.
const FIRST_PAGE_MS_MAX: u64 = 300;
/// The goal for the memory with the city loaded, in MiB.
pub const RESIDENT_MIB_MAX: u64 = 150;
const CONNECTIONS: usize = 8;
/// What readers open.
const PAGES: [&str; 8] = [
    "/",
    "/orgs",
    "/orgs?district=320102",
    "/orgs?kind=foundation",
    "/statistics",
    "/search?q=%E5%85%BB%E8%80%81",
    "/announcements",
    "/ratings",
];

/// Generates the city, opens it and reads.
pub fn opened(city: &City) -> Result<Vec<Row>> {
    let (data, many) = (city.scratch.path("opened"), ORGANISATIONS.to_string());
    let mut generate = Command::new(city.program);
    generate.args(["generate", "city", "--organisations", &many, "--years", "5", "--data", &data]);
    if !generate.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?.success() {
        bail!("gongzhi generate city failed");
    }
    let watch = Stopwatch::start();
    let server = Server::start(city.program, &["serve", "--data", &data])?;
    let first = Client::connect(&server.host)?.get("/orgs")?;
    let waited = u64::try_from(watch.elapsed().as_millis())?;
    if first.status != 200 {
        bail!("the first page answers {}", first.status);
    }
    let mut paths = PAGES.map(str::to_owned).to_vec();
    paths.push(first_link(&server.host, "/orgs")?);
    pages(&server.host, &paths, CONNECTIONS, city.seconds)?;
    let resident = server.resident_kib()? / 1024;
    Ok(vec![
        Row::number("from `serve` to the first page of a loaded city", waited, "ms", Some(FIRST_PAGE_MS_MAX)),
        Row::number(
            "resident memory of a served city, its pages read",
            resident,
            "MiB",
            Some(RESIDENT_MIB_MAX),
        ),
    ])
}
