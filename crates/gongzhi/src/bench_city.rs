//! What the benchmark asks of the demo: many organisations, and bidders with tokens.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;
use app::access::people::AddApiToken;
use app::registry::{self, Filter, directory};
use app::tendering::{eligibility, queries};
use app::{City, RequestKey};
use domain::kernel::{Actor, OrganisationId};
use domain::registry::{CreditListing, Legal, OrganisationKind, OrganisationStatus};
use domain::tendering::stage::Stage;
use evidence::Digest;

use crate::progress;
use crate::replay::Cast;

/// Another seed than the demo's own, so that both sets fit into one city.
const SEED: u64 = 11;
/// Enough for the runs of 31 and of 500 and for warming up.
const BIDDERS: usize = 1_100;
const PAGE: usize = 500;

/// Loads `count` invented organisations.
pub async fn load(city: &City, count: usize) -> anyhow::Result<()> {
    let forms = registry::specimen::invented(count, SEED);
    let bar = progress::bar(forms.len() as u64);
    registry::load_many(city, &Actor::SYSTEM, &forms, &|done| bar.set_position(done as u64)).await?;
    bar.finish_and_clear();
    Ok(())
}

/// The years that hold the invented items: one of the round's own size, one of the asked size.
const ITEM_YEARS: (i16, i16) = (2012, 2013);
/// Items of the first round.
const ROUND: usize = 52;

/// Loads a year of 52 invented items with contracts and a year of `count`.
pub async fn load_items(city: &City, count: usize) -> anyhow::Result<()> {
    app::performance::account::generated::load(city, ITEM_YEARS.0, ROUND).await?;
    app::performance::account::generated::load(city, ITEM_YEARS.1, count).await?;
    Ok(())
}

/// Writes the number of a tender that takes bids, then one token a line, each of another eligible bidder.
pub async fn write_tokens(city: &City, cast: &mut Cast, file: &Path) -> anyhow::Result<()> {
    let bidding = queries::Filter { stage: Some(Stage::Bidding), ..Default::default() };
    let open = queries::published(city, &bidding).await?;
    let tender = open.iter().find(|tender| !tender.excludes_supervised).context("no tender takes bids")?;
    let mut text = format!("{}\n", tender.number);
    for (place, organisation) in eligible(city, &tender.number).await?.into_iter().enumerate() {
        let actor = cast.add_bidder(city, &format!("bench{place}"), "示例", organisation).await?;
        let person = actor.person.context("a bidder is a person")?;
        let posts = app::access::people::posts_of(city, person).await?;
        let token = city.chance.token()?;
        let add = AddApiToken {
            digest: Digest::of(token.as_bytes()).hex(),
            post_id: posts.first().context("a bidder has a post")?.id,
            label: "benchmark".to_owned(),
        };
        city.act(&actor, &RequestKey::None, &add).await?;
        writeln!(text, "{token}")?;
    }
    std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}

async fn eligible(city: &City, tender: &str) -> anyhow::Result<Vec<OrganisationId>> {
    let filter = Filter {
        legal: Some(Legal::Registered),
        status: Some(OrganisationStatus::Active),
        listing: Some(CreditListing::None),
        ..Filter::default()
    };
    let (mut found, mut after) = (Vec::new(), None);
    while found.len() < BIDDERS {
        let page = directory::list(city, &filter, after, PAGE).await?;
        for row in page.rows.iter().filter(|row| row.kind != OrganisationKind::Foundation) {
            if found.len() < BIDDERS && eligibility::check(city, tender, row.id).await?.is_eligible() {
                found.push(row.id);
            }
        }
        after = page.next;
        anyhow::ensure!(after.is_some() || found.len() >= BIDDERS, "only {} eligible bidders", found.len());
    }
    Ok(found)
}
