//! What is measured. Each scenario takes the loaded city and gives rows; the list is at the top.
//!
//! What the program offers for this (the contract):
//! - `gongzhi demo --data DIR --listen ADDR --bench-organisations N --bench-tokens FILE` loads N generated
//!   organisations beside the replayed round and writes FILE: first line the number of a tender that takes
//!   bids, then one bearer token a line, each of another eligible organisation (at least 1062).
//! - `POST /api/v1/tenders/{no}/bids` with `Authorization: Bearer TOKEN`, a fresh `Idempotency-Key` and the
//!   JSON body of `BID` acknowledges a durable bid with a 2xx status.
//! - `gongzhi bench-baseline --listen ADDR --body FILE` answers every GET with FILE's bytes from memory; with
//!   `--database FILE` it also stores each POST body by one group-committed durable insert, then answers 201.
//! - `gongzhi bench-baseline --database FILE --inserts N` prints `inserts N micros M`: raw durable inserts
//!   without HTTP.
//! - `--bench-answers FILE` opens a survey and writes FILE: first line its contract's number, then one signed
//!   answer a line, the form that `POST /s/{no}` takes.
//! - `gongzhi replay nanjing-2014 --until contract|year` plays the round into an empty database and exits with 0.

use super::client::Client;
use super::load::{Post, pages, rush};
use super::opened::RESIDENT_MIB_MAX;
use super::report::Row;
use super::server::{Scratch, Server};
use super::tenfold::{self, Large};
use crate::clock::Stopwatch;
use anyhow::{Context, Result, bail};
use std::cell::OnceCell;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// What all scenarios share.
pub struct City<'a> {
    /// The release program.
    pub program: &'a Path,
    /// The program, serving the loaded city.
    pub server: &'a Server,
    /// A folder for this run.
    pub scratch: &'a Scratch,
    /// How long each page run lasts.
    pub seconds: u64,
    /// Ten times the organisations, loaded when a scenario first asks for them.
    pub tenfold: OnceCell<Large>,
}

impl City<'_> {
    /// The city with ten times the organisations.
    pub(super) fn large(&self) -> Result<&Large> {
        if self.tenfold.get().is_none() {
            let _ = self.tenfold.set(Large::start(self)?);
        }
        self.tenfold.get().context("the large city did not start")
    }
}

/// A scenario: its name for `--only`, and what it does.
pub type Scenario = (&'static str, fn(&City) -> Result<Vec<Row>>);

/// All scenarios in the order of the table.
pub const ALL: [Scenario; 10] = [
    ("pages", public_pages),
    ("search", tenfold::search),
    ("window", tenfold::window),
    ("rush-31", rush_31),
    ("rush-500", rush_500),
    ("answers", super::answers::run),
    ("replay", replay),
    ("accounts", super::accounts::accounts),
    ("opened", super::opened::opened),
    ("memory", memory),
];

/// How many organisations are generated: all of the city's, registered and filed.
pub const ORGANISATIONS: u32 = 24_000;
/// The file with the tokens, in the scratch folder.
pub const TOKENS: &str = "tokens.txt";
/// The file with the answers, in the scratch folder.
pub const ANSWERS: &str = "answers.txt";
const CONNECTIONS: usize = 8;
const RUSH: Duration = Duration::from_secs(10);
const REPLAY_MS_MAX: u64 = 2000;
const INSERTS: u64 = 500;
/// More than are asked for in a second.
const ADDRESSES: usize = 20_000;
/// The JSON body of one bid; all of it is invented.
const BID: &str = r#"{"price_fen":9000000,"project_lead":"示例负责人","contact_name":"示例联系人","contact_phone":"025-00000000","statements":["standing","no_major_violation","independence","no_collusion","accepts_contract","no_assignment"],"parts":{"understanding":"示例：对需求的理解。","plan":"示例：服务方案。","team":"示例：服务队伍。","track_record":"示例：同类业绩。","assurance":"示例：质量保障。"}}"#;

fn public_pages(city: &City) -> Result<Vec<Row>> {
    let host = &city.server.host;
    let profile = first_link(host, "/orgs")?;
    let tender = first_link(host, "/tenders")?;
    let places = [
        ("home", "/"),
        ("directory", "/orgs"),
        ("profile", &profile),
        ("tenders", "/tenders"),
        ("tender", &tender),
    ];
    places.iter().map(|(name, path)| page(city, name, path)).collect()
}

/// One page beside a bare server that answers with the very same bytes.
fn page(city: &City, name: &str, path: &str) -> Result<Row> {
    let host = &city.server.host;
    let answer = Client::connect(host)?.get(path)?;
    let body = city.scratch.path("body.html");
    std::fs::write(&body, &answer.body)?;
    let paths = [path.to_owned()];
    let ours = pages(host, &paths, CONNECTIONS, city.seconds)?;
    let bare = Server::start(city.program, &["bench-baseline", "--body", &body])?;
    let limit = pages(&bare.host, &paths, CONNECTIONS, city.seconds)?;
    Ok(Row::rate(&format!("{name} page"), &ours, "same bytes from memory", &limit))
}

/// The first address on the list at `path` that lies one step below it.
pub(super) fn first_link(host: &str, path: &str) -> Result<String> {
    let answer = Client::connect(host)?.get(path)?;
    let html = String::from_utf8_lossy(&answer.body).into_owned();
    let links = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let below = |link: &&str| {
        link.strip_prefix(path)
            .and_then(|rest| rest.strip_prefix('/'))
            .is_some_and(|id| !id.is_empty() && !id.contains(['/', '?', '#']))
    };
    Ok(links.into_iter().find(below).with_context(|| format!("no record listed on {path}"))?.to_owned())
}

/// The median time in microseconds to make a page that nobody has just asked for.
pub(super) fn made_anew(city: &City, host: &str, path: &str) -> Result<u64> {
    let joint = if path.contains('?') { '&' } else { '?' };
    let paths: Vec<String> = (0..ADDRESSES).map(|number| format!("{path}{joint}other={number}")).collect();
    Ok(pages(host, &paths, 1, city.seconds)?.latencies.percentile_us(50))
}

pub(super) fn encode(path: &str) -> String {
    let encoded = path.bytes().map(|byte| match byte {
        b'!'..=b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    encoded.collect()
}

fn rush_31(city: &City) -> Result<Vec<Row>> {
    rush_of(city, 0, 31)
}

fn rush_500(city: &City) -> Result<Vec<Row>> {
    let mut rows = rush_of(city, 62, 500)?;
    rows.push(raw_inserts(city)?);
    Ok(rows)
}

/// `count` bidders spread over ten seconds, then as many more at once for the rate, each beside the same
/// posts to the bare server. Tokens are used once, because an organisation has one bid.
fn rush_of(city: &City, first: usize, count: usize) -> Result<Vec<Row>> {
    let text = std::fs::read_to_string(city.scratch.path(TOKENS)).context("the demo wrote no tokens")?;
    let mut lines = text.lines();
    let tender = lines.next().context("the token file is empty")?;
    let posts: Vec<Post> = lines.skip(first).take(2 * count).map(|token| bid(tender, token)).collect();
    if posts.len() < 2 * count {
        bail!("the token file has too few tokens for twice {count} bidders");
    }
    let (spread, at_once) = posts.split_at(count);
    let bare = bare_store(city, &format!("bare-{count}.sqlite"))?;
    let runs = [("within ten seconds", spread, RUSH), ("at once", at_once, Duration::ZERO)];
    let row = |(name, posts, within): (&str, &[Post], Duration)| {
        let ours = rush(&city.server.host, posts.to_vec(), within)?;
        let limit = rush(&bare.host, posts.to_vec(), within)?;
        Ok(Row::rate(&format!("{count} bidders {name}"), &ours, "bare durable store", &limit))
    };
    runs.into_iter().map(row).collect()
}

fn bid(tender: &str, token: &str) -> Post {
    let headers = vec![
        "Content-Type: application/json".to_owned(),
        format!("Authorization: Bearer {token}"),
        format!("Idempotency-Key: bench-{token}"),
    ];
    Post { path: format!("/api/v1/tenders/{tender}/bids"), headers, body: BID.as_bytes().to_vec() }
}

pub(super) fn bare_store(city: &City, name: &str) -> Result<Server> {
    let (body, database) = (city.scratch.path("empty"), city.scratch.path(name));
    std::fs::write(&body, b"")?;
    Server::start(city.program, &["bench-baseline", "--body", &body, "--database", &database])
}

/// Durable inserts of the same body without HTTP, as the program prints them.
fn raw_inserts(city: &City) -> Result<Row> {
    let mut command = Command::new(city.program);
    command.args(["bench-baseline", "--database", &city.scratch.path("raw.sqlite")]);
    command.args(["--inserts", &INSERTS.to_string()]).stdin(Stdio::null());
    let output = command.output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let micros: u64 = text
        .split_whitespace()
        .nth(3)
        .and_then(|word| word.parse().ok())
        .context("no `inserts N micros M` line")?;
    let per_second = (INSERTS * 1_000_000).checked_div(micros).unwrap_or(0);
    Ok(Row::number("raw durable inserts without HTTP", per_second, "/s", None))
}

/// From an empty database to the award and its contracts, which has a goal; and the year after beside it.
fn replay(city: &City) -> Result<Vec<Row>> {
    let award = played(city, "contract")?;
    let year = played(city, "year")?;
    Ok(vec![
        Row::number(
            "replay of the 2014 round, from nothing to the contracts",
            award,
            "ms",
            Some(REPLAY_MS_MAX),
        ),
        Row::number("replay of the round and the year after it", year, "ms", None),
    ])
}

/// How long the round takes in milliseconds, played so far.
fn played(city: &City, until: &str) -> Result<u64> {
    let watch = Stopwatch::start();
    let mut command = Command::new(city.program);
    command.args(["replay", "nanjing-2014", "--until", until]).stdin(Stdio::null()).stdout(Stdio::null());
    if !command.status()?.success() {
        bail!("gongzhi replay nanjing-2014 --until {until} failed");
    }
    Ok(u64::try_from(watch.elapsed().as_millis())?)
}

/// Measured last, when the server has worked.
fn memory(city: &City) -> Result<Vec<Row>> {
    let resident = city.server.resident_kib()? / 1024;
    let size = std::fs::metadata(city.program)?.len() / (1024 * 1024);
    Ok(vec![
        Row::number(
            "resident memory of the process that loaded the city and did all this",
            resident,
            "MiB",
            Some(RESIDENT_MIB_MAX),
        ),
        Row::number("size of the program", size, "MiB", None),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_sent_in_ascii() {
        assert_eq!(encode("/search?q=养"), "/search?q=%E5%85%BB");
    }
}
