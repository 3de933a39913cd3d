//! `gongzhi bench-baseline`: the limits that the benchmark measures in the same run.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context;
use app::Clock;
use app::db::Bare;
use clap::Args;

use crate::Answer;

#[derive(Args)]
pub struct Options {
    /// Serve on this address.
    #[arg(long, requires = "body")]
    listen: Option<SocketAddr>,
    /// The file whose bytes answer every GET.
    #[arg(long)]
    body: Option<PathBuf>,
    /// The SQLite file that keeps what is inserted.
    #[arg(long)]
    database: Option<PathBuf>,
    /// Insert this many rows one after another and say how long it took.
    #[arg(long, requires = "database")]
    inserts: Option<u64>,
}

/// What a bid's package weighs, about.
const ROW_BYTES: usize = 400;

/// Runs the command.
pub async fn run(options: Options) -> Answer {
    let store = match &options.database {
        Some(path) => Some(Bare::open(path).await?),
        None => None,
    };
    if let (Some(count), Some(store)) = (options.inserts, &store) {
        let clock = Clock::wall();
        let began = clock.now();
        for _ in 0..count {
            store.insert(&[0x5a; ROW_BYTES]).await?;
        }
        println!("inserts {count} micros {}", clock.now().0 - began.0);
    }
    if let (Some(address), Some(body)) = (options.listen, options.body) {
        let page = std::fs::read(&body).with_context(|| format!("cannot read {}", body.display()))?;
        let listener = crate::serve::queue(address)?;
        println!("listening http://{}", listener.local_addr()?);
        web::bare::serve(listener, page, store).await?;
    }
    Ok(true)
}
