//! Year-end accounts of all offices, computed anew for each reader: a year of 5,200 items beside one of 52.

use super::report::Row;
use super::scenarios::{City, made_anew};
use super::server::Server;
use anyhow::Result;

/// Items of the large year; the small one has 52.
const ITEMS: u64 = 5_200;
const SMALL: u64 = 52;

/// A hundred times the items may take a hundred times as long, and no more.
pub fn accounts(city: &City) -> Result<Vec<Row>> {
    let (data, count) = (city.scratch.path("accounts"), ITEMS.to_string());
    let server = Server::start(city.program, &["demo", "--data", &data, "--bench-items", &count])?;
    let small = made_anew(city, &server.host, "/oversight?year=2012")?;
    let large = made_anew(city, &server.host, "/oversight?year=2013")?;
    let most = small * (ITEMS / SMALL);
    Ok(vec![
        Row::number(&format!("accounts of {SMALL} items, page made anew, p50"), small, "us", None),
        Row::number(&format!("accounts of {ITEMS} items, page made anew, p50"), large, "us", Some(most)),
    ])
}
