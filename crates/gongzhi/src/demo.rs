//! `gongzhi demo` and `gongzhi replay`: a fresh city with the round of 2014 in it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::Context;
use app::supervision::watch;
use clap::{Args, ValueEnum};

use crate::replay::Scene;
use crate::{Answer, bench_answers, bench_city, generate, progress, replay, serve};

#[derive(Args)]
pub struct Options {
    /// Folder to create; it must be empty or absent. Default: a fresh folder for temporary files.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// A PostgreSQL address instead of the database file; the schema must be empty.
    #[arg(long, value_name = "ADDRESS", hide_env_values = true)]
    database: Option<String>,
    /// Address to listen on.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Show the city a year later: the first contracts delivered, judged by recipients and experts, and paid.
    #[arg(long)]
    year: bool,
    /// Move on to the days after the Charity Law: one charity recognised, another organisation's application open.
    #[arg(long)]
    charity: bool,
    /// Load so many more invented organisations with the years behind them; a real city has 24000.
    #[arg(long, value_name = "N")]
    organisations: Option<usize>,
    /// Load so many more invented organisations without a history; for measuring.
    #[arg(long, value_name = "N", hide = true)]
    bench_organisations: Option<usize>,
    /// Write a tender's number and bidders' tokens into this file; for measuring.
    #[arg(long, value_name = "FILE", hide = true)]
    bench_tokens: Option<PathBuf>,
    /// Open a survey with many cards and write a signed answer of each into this file; for measuring.
    #[arg(long, value_name = "FILE", hide = true)]
    bench_answers: Option<PathBuf>,
    /// Load a year of 52 invented items with contracts and another of so many; for measuring.
    #[arg(long, value_name = "N", hide = true)]
    bench_items: Option<usize>,
}

/// The rounds that can be played.
#[derive(Clone, Copy, ValueEnum)]
pub enum Round {
    /// The first purchase round of the Nanjing Civil Affairs Bureau.
    #[value(name = "nanjing-2014")]
    Nanjing2014,
}

#[derive(Args)]
pub struct ReplayOptions {
    /// Which round.
    round: Round,
    /// How far to play.
    #[arg(long, value_enum, default_value = "year")]
    until: Until,
    /// A PostgreSQL address instead of a temporary file; the schema must be empty.
    #[arg(long, value_name = "ADDRESS", hide_env_values = true)]
    database: Option<String>,
}

/// How far a round is played.
#[derive(Clone, Copy, ValueEnum)]
pub enum Until {
    /// To the signed contracts.
    Contract,
    /// To the closed projects and the directors' accounts, a year later.
    Year,
}

/// Runs `demo`.
pub async fn run(options: Options) -> Answer {
    let folder = match options.data {
        Some(folder) => folder,
        None => fresh_folder()?,
    };
    refuse_full(&folder)?;
    let scene = if options.year { Scene::Year } else { Scene::Alive };
    let mut played = replay::play(&folder, options.database, scene, &progress::bar(replay::STEPS)).await?;
    if options.charity {
        replay::charities(&played.city, &mut played.cast).await.context("the charities")?;
    }
    for account in &played.cast.accounts {
        println!("{}", account.line());
    }
    if let Some(count) = options.organisations {
        generate::into_demo(&played.city, count).await?;
    }
    if let Some(count) = options.bench_organisations {
        bench_city::load(&played.city, count).await?;
    }
    if let Some(file) = &options.bench_tokens {
        bench_city::write_tokens(&played.city, &mut played.cast, file).await?;
    }
    if let Some(file) = &options.bench_answers {
        bench_answers::write(&played.city, &played.cast, file).await?;
    }
    if let Some(count) = options.bench_items {
        bench_city::load_items(&played.city, count).await?;
    }
    played.city.clock.release();
    // A demo starts as it was played: whoever opens its pages looks first.
    serve::listen(options.listen, played.city, watch::INTERVAL).await?;
    Ok(played.is_faithful)
}

/// Runs `replay`.
pub async fn replay(options: ReplayOptions) -> Answer {
    let Round::Nanjing2014 = options.round;
    let folder = fresh_folder()?;
    let scene = match options.until {
        Until::Contract => Scene::Round,
        Until::Year => Scene::Year,
    };
    let played = replay::play(&folder, options.database, scene, &progress::bar(replay::STEPS)).await;
    let removed = std::fs::remove_dir_all(&folder);
    let is_faithful = played?.is_faithful;
    removed.with_context(|| format!("the temporary folder {} stays", folder.display()))?;
    Ok(is_faithful)
}

/// A new folder among the temporary files.
fn fresh_folder() -> anyhow::Result<PathBuf> {
    let mark = app::Chance::system().token()?;
    let folder = std::env::temp_dir().join(format!("gongzhi-{}", mark.get(..12).unwrap_or_default()));
    std::fs::create_dir(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    Ok(folder)
}

/// A demo never mixes with what is there already.
fn refuse_full(folder: &Path) -> anyhow::Result<()> {
    let is_empty = match std::fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => true,
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", folder.display())),
    };
    anyhow::ensure!(is_empty, "{} is not empty; name a new folder or leave out --data", folder.display());
    Ok(())
}
