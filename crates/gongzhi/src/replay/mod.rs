//! Nanjing's first purchase round, played again through the same use cases that the pages call.
//!
//! Data: `data/nanjing-2014`. What the seed names keeps its name; everything else is invented and marked 示例.
//! The clock is held and set to the moment of each step, so every rule judges 2014 by 2014.

mod alive;
mod bidding;
mod cast;
mod catalogue;
mod charity;
mod credit;
mod cultivation;
mod facts;
mod inspected;
mod leaf;
mod rating;
mod review;
mod round;
mod sheets;
mod streets;
mod trial;
mod window;
mod year;

use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use app::{App, City, Clock, Settings};
use domain::kernel::{Date, Moment};
use indicatif::ProgressBar;

pub use cast::Cast;

/// The round after it was played.
pub struct Played {
    /// The city that it left.
    pub city: City,
    /// Everyone who acts in it.
    pub cast: Cast,
    /// Whether every fact of the seed came out.
    pub is_faithful: bool,
}

pub use charity::charities;

/// Steps of the progress bar: items, tenders, bids and reviews, counted roughly.
pub const STEPS: u64 = 52 + 19 + 72 + 7;

/// A moment of 2014 in Beijing.
fn at(month: i8, day: i8, hour: i8, minute: i8) -> Moment {
    Moment::beijing(Date::constant(2014, month, day), hour, minute)
}

/// How much is played beside the round itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    /// The round alone, from the catalogue to the signed contracts.
    Round,
    /// The round in March 2014, with the world beside it and everything under way.
    Alive,
    /// The round and the year after it: delivered, heard, judged, paid, answered for.
    Year,
}

/// Plays the round in a fresh city in `folder` and prints the table of facts.
pub async fn play(
    folder: &Path,
    database: Option<String>,
    scene: Scene,
    bar: &ProgressBar,
) -> anyhow::Result<Played> {
    let is_alive = scene == Scene::Alive;
    let clock = Clock::held(at(1, 2, 9, 0));
    let settings = Settings { folder: folder.to_owned(), database, clock, is_demo: true };
    let city: City = Arc::new(App::open(settings).context("the city could not be opened")?);
    city.db.migrate().await?;
    let mut cast = cast::found(&city).await.context("founding the bureau")?;
    let listed = catalogue::list(&city, &cast, bar).await.context("the catalogue")?;
    let window = match is_alive {
        true => Some(window::open(&city, &mut cast).await.context("the one window")?),
        false => None,
    };
    if is_alive {
        streets::file(&city, &mut cast).await.context("the streets")?;
    }
    let tenders = bidding::publish(&city, &cast, &listed, bar).await.context("the notices")?;
    let actors = bidding::register(&city, &mut cast, &tenders).await.context("the bidders")?;
    let experts = review::add_experts(&city, &mut cast).await.context("the experts")?;
    let players = rating::Players { city: &city, experts: &experts, users: &actors };
    let (rated, cultivated) = match is_alive {
        true => (
            Some(players.begin(&mut cast).await.context("the ratings")?),
            Some(cultivation::begin(&city, &mut cast, &actors).await.context("the programme")?),
        ),
        false => (None, None),
    };
    let second = match is_alive {
        true => {
            Some(alive::publish(&city, &cast, &listed.rest, &actors, bar).await.context("the second batch")?)
        }
        false => None,
    };
    app::registry::course::silence::settle(&city).await.context("what silence accepted")?;
    let bidders = bidding::bid(&city, &actors, &tenders, bar).await.context("the bids")?;
    review::judge(&city, &cast, &experts, &tenders, bar).await.context("the review")?;
    review::conclude(&city, &cast, &tenders).await.context("the decisions")?;
    if let Some(second) = &second {
        second.open(&city, &cast, &experts).await.context("opening the second batch")?;
    }
    review::contract(&city, &cast, &tenders).await.context("the contracts")?;
    if let Some(second) = &second {
        let asker = actors.values().next().context("no bidders")?;
        second.spread(&city, &cast, &experts, asker, &tenders).await.context("the second batch")?;
        inspected::inspect(&city, &mut cast, &actors).await.context("the annual inspection")?;
    }
    if let (Some(rated), Some(cultivated), Some(window)) = (&rated, &cultivated, &window) {
        players.carry_on(rated).await.context("the ratings")?;
        cultivated.carry_on(&city).await.context("the programme")?;
        window.leave_on_desks(&city).await.context("cases on the desks")?;
    }
    if is_alive {
        credit::show(&city, &mut cast).await.context("the credit lists")?;
        app::supervision::watch::look(&city).await.context("taking stock of the purchases")?;
    }
    let mut facts = round::facts(&city, &listed, &bidders).await.context("the facts")?;
    if scene == Scene::Year {
        let year = year::Year { city: &city, cast: &cast, experts: &experts };
        year.play(&tenders).await.context("the year after")?;
        facts.extend(year::truths(&city).await.context("the facts of the year")?);
    }
    bar.finish_and_clear();
    let is_faithful = facts::print(&facts);
    Ok(Played { city, cast, is_faithful })
}
