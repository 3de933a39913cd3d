//! The city's size beside ten times as many organisations: what anyone may wait for must stay within twice the time.
//!
//! Both cities are asked by turns in short rounds, so that whatever else the machine does meets both alike.

use super::client::Client;
use super::load::{Asked, Measured, pages_as};
use super::report::Row;
use super::scenarios::{City, ORGANISATIONS, encode, made_anew};
use super::server::Server;
use crate::clock::Stopwatch;
use anyhow::{Context, Result, bail};
use std::time::Duration;

const CONNECTIONS: usize = 8;
const LOADING_S_MAX: u64 = 60;
/// Each city is asked so many times in turn; together they last as long as one page run.
const ROUNDS: u32 = 10;
/// More addresses than are asked for in a round.
const ADDRESSES: usize = 20_000;
const SEARCHES: [&str; 6] = [
    "/search?q=养老",
    "/search?q=社区",
    "/search?q=ylfw",
    "/search?q=yanglao",
    "/search?q=5132",
    "/search?q=nothing-like-it",
];
/// The directory as people ask for it: whole, by each of its filters, and by several at once.
const DIRECTORY: [&str; 7] = [
    "/orgs",
    "/orgs?district=320102",
    "/orgs?kind=foundation",
    "/orgs?field=elderly_care&legal=registered",
    "/orgs?year=2010",
    "/orgs?listing=abnormal",
    "/orgs?social=yes&living=yes&status=active",
];
/// Whose inbox is read: at the window, who decides, who watches over all, and a street.
const INBOXES: [&str; 4] = ["officer1", "approver", "supervisor", "street1"];
/// Who reads an organisation's own page.
const MEMBER: &str = "org01";

/// The city with ten times the organisations.
pub struct Large {
    server: Server,
    /// How long it took to load, in seconds.
    loading: u64,
}

impl Large {
    /// Loads it.
    pub fn start(city: &City) -> Result<Self> {
        let (data, many) = (city.scratch.path("large"), many().to_string());
        let watch = Stopwatch::start();
        let words = ["demo", "--data", &data, "--bench-organisations", &many];
        let server = Server::start(city.program, &words)?;
        Ok(Self { server, loading: watch.elapsed().as_secs() })
    }
}

fn many() -> u32 {
    ORGANISATIONS * 10
}

/// Search, and the pages that count organisations when they are made anew.
pub fn search(city: &City) -> Result<Vec<Row>> {
    let large = city.large()?;
    let asked = [plain(&SEARCHES.map(str::to_owned))];
    let (once, tenfold) = by_turns(city, &asked, &asked)?;
    let mut rows = vec![Row::number(
        &format!("replay, then loading {} organisations", many()),
        large.loading,
        "s",
        Some(LOADING_S_MAX),
    )];
    rows.extend(held("search", &once, &tenfold));
    rows.push(Row::rate("searches at ten times the data", &tenfold, "at the city's size", &once));
    for (name, path) in [("home page", "/"), ("directory page", "/orgs")] {
        let once = made_anew(city, &city.server.host, path)?;
        let tenfold = made_anew(city, &large.server.host, path)?;
        rows.push(Row::number(&format!("{name} made anew, p50"), once, "us", None));
        let name = format!("{name} made anew, p50, among {} organisations", many());
        rows.push(Row::number(&name, tenfold, "us", Some(2 * once)));
    }
    Ok(rows)
}

/// Directory, profiles, figures and inboxes, each made anew for every reader.
pub fn window(city: &City) -> Result<Vec<Row>> {
    let (small, large) = (city.server.host.as_str(), city.large()?.server.host.as_str());
    let mut rows = Vec::new();
    let directory = [plain(&DIRECTORY.map(str::to_owned))];
    let figures = [plain(&["/statistics".to_owned()])];
    let profiles = |host| Ok::<_, anyhow::Error>([plain(&profiles(host)?)]);
    let inboxes =
        |host| INBOXES.iter().map(|login| signed_in(host, login, "/desk")).collect::<Result<Vec<_>>>();
    let own = |host| Ok::<_, anyhow::Error>([signed_in(host, MEMBER, "/me")?]);
    let mut add = |name, once: &[Asked], tenfold: &[Asked]| -> Result<()> {
        let (once, tenfold) = by_turns(city, once, tenfold)?;
        rows.extend(held(name, &once, &tenfold));
        Ok(())
    };
    add("directory", &directory, &directory)?;
    add("profile", &profiles(small)?, &profiles(large)?)?;
    add("figures", &figures, &figures)?;
    add("inbox", &inboxes(small)?, &inboxes(large)?)?;
    add("own page of an organisation", &own(small)?, &own(large)?)?;
    Ok(rows)
}

/// The slowest answers at both sizes, the larger held against twice the smaller.
fn held(name: &str, once: &Measured, tenfold: &Measured) -> [Row; 2] {
    let (p99, p99_tenfold) = (once.latencies.percentile_us(99), tenfold.latencies.percentile_us(99));
    [
        Row::number(&format!("{name} p99 among {ORGANISATIONS} organisations"), p99, "us", None),
        Row::number(&format!("{name} p99 among {} organisations", many()), p99_tenfold, "us", Some(2 * p99)),
    ]
}

/// Asks the city and the large one by turns; every reader of a city has an equal part of each turn.
fn by_turns(city: &City, once: &[Asked], tenfold: &[Asked]) -> Result<(Measured, Measured)> {
    let hosts = [city.server.host.as_str(), city.large()?.server.host.as_str()];
    let readers = u32::try_from(once.len().max(1))?;
    let part = Duration::from_secs(city.seconds) / ROUNDS / readers;
    let mut both = (Measured::default(), Measured::default());
    for round in 0..ROUNDS {
        let turns = once.iter().map(|asked| (asked, true)).chain(tenfold.iter().map(|asked| (asked, false)));
        for (asked, is_small) in turns {
            let (host, sum) = if is_small { (hosts[0], &mut both.0) } else { (hosts[1], &mut both.1) };
            sum.join(pages_as(host, &anew(asked, round), CONNECTIONS, part)?);
        }
    }
    Ok(both)
}

/// The same addresses with a mark that no other round has, so that nobody is given another's answer.
fn anew(asked: &Asked, round: u32) -> Asked {
    let marked = |(number, path): (usize, &String)| {
        let joint = if path.contains('?') { '&' } else { '?' };
        format!("{path}{joint}other={round}-{number}")
    };
    let paths = (0..ADDRESSES).zip(asked.paths.iter().cycle()).map(marked).collect();
    Asked { paths, headers: asked.headers.clone() }
}

fn plain(paths: &[String]) -> Asked {
    Asked { paths: paths.iter().map(|path| encode(path)).collect(), headers: Vec::new() }
}

/// One page as someone of the demo reads it.
fn signed_in(host: &str, login: &str, path: &str) -> Result<Asked> {
    let headers = ["Content-Type: application/x-www-form-urlencoded".to_owned()];
    let body = format!("login={login}");
    let answer = Client::connect(host)?.send("POST", "/demo/sign-in", &headers, body.as_bytes())?;
    let cookie = answer.cookie.with_context(|| format!("{login} cannot sign in: {}", answer.status))?;
    Ok(Asked { paths: vec![path.to_owned()], headers: vec![format!("Cookie: {cookie}")] })
}

/// Every organisation on the first pages of the directory and its filters.
fn profiles(host: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for path in DIRECTORY {
        let html = String::from_utf8_lossy(&Client::connect(host)?.get(path)?.body).into_owned();
        let links = html.split("href=\"/orgs/").skip(1).filter_map(|rest| rest.split('"').next());
        let codes = links.filter(|code| code.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        found.extend(codes.map(|code| format!("/orgs/{code}")));
    }
    if found.is_empty() {
        bail!("no organisation is listed");
    }
    found.sort();
    found.dedup();
    Ok(found)
}
