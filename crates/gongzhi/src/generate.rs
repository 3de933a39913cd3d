//! `gongzhi generate`: an invented city at real size, for trying things out and for measuring.

use app::registry::generated::{self, Plan};
use app::{App, registry::Tally};
use clap::{Args, Subcommand};

use crate::{Answer, Place, progress, serve};

/// Years behind a demo's organisations.
const DEMO_YEARS: i16 = 5;
/// Another seed than those of the demo's own organisations and of the benchmark.
const SEED: u64 = 1;

#[derive(Subcommand)]
pub enum Command {
    /// Invented organisations on the real streets, each with its last years of inspections, ratings, lists and
    /// endings; all marked 示例. The same seed on the same day gives the same city; run again, it adds what
    /// is missing.
    #[command(
        after_help = "Example: gongzhi generate city --organisations 24000 --years 5 --seed 1 --data /srv/trial"
    )]
    City(CityOptions),
}

#[derive(Args)]
pub struct CityOptions {
    /// How many organisations.
    #[arg(long, value_name = "N", default_value_t = 24_000)]
    organisations: usize,
    /// How many years lie behind them.
    #[arg(long, value_name = "N", default_value_t = DEMO_YEARS, value_parser = clap::value_parser!(i16).range(1..=10))]
    years: i16,
    /// Another number gives another city, which fits beside the first.
    #[arg(long, value_name = "N", default_value_t = SEED, value_parser = clap::value_parser!(u64).range(0..=30))]
    seed: u64,
    #[command(flatten)]
    place: Place,
}

/// Runs the command.
pub async fn run(command: Command) -> Answer {
    let Command::City(options) = command;
    let city = serve::open(&options.place)?;
    city.db.migrate().await?;
    let CityOptions { organisations, years, seed, .. } = options;
    let tally = load(&city, Plan { organisations, years, seed }).await?;
    println!("added {} already there {}", tally.added, tally.unchanged);
    Ok(true)
}

/// Loads `count` organisations with their years into a demo.
pub async fn into_demo(city: &App, count: usize) -> anyhow::Result<()> {
    load(city, Plan { organisations: count, years: DEMO_YEARS, seed: SEED }).await?;
    Ok(())
}

async fn load(city: &App, plan: Plan) -> anyhow::Result<Tally> {
    let bar = progress::bar(plan.organisations as u64);
    let tally = generated::generate(city, plan, &|done| bar.set_position(done as u64)).await;
    bar.finish_and_clear();
    tally.map_err(|error| match error {
        app::Error::Refused(refusal) => {
            anyhow::anyhow!("{}", web::shell::words::refusal(web::i18n::Lang::En, &refusal))
        }
        other => other.into(),
    })
}
