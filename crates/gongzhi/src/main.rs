//! The program: serve a city, show a demo, replay 2014, look after the data.
//!
//! Exit codes: 0 done; 1 something asked for did not come out (a fact, a check, a row); 2 the command
//! could not run at all (arguments, folder, database, address).

mod baseline;
mod bench_answers;
mod bench_city;
mod cards;
mod check;
mod demo;
mod generate;
mod import;
mod people;
mod progress;
mod replay;
mod serve;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

/// What a command answers: whether everything asked for came out.
type Answer = anyhow::Result<bool>;

#[derive(Parser)]
#[command(
    name = "gongzhi",
    version,
    about = "共治 Gongzhi: a civil-affairs bureau buys services in the open"
)]
#[command(after_help = "Example: gongzhi demo")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Replay 2014 into a fresh folder, print the seed's facts, then serve it.
    #[command(after_help = "Example: gongzhi demo --listen 127.0.0.1:8080")]
    Demo(demo::Options),
    /// Play a round again and print its facts; no server.
    #[command(after_help = "Example: gongzhi replay nanjing-2014")]
    Replay(demo::ReplayOptions),
    /// Serve the city in a folder or a PostgreSQL schema.
    #[command(
        after_help = "Example: gongzhi serve --data /srv/nanjing --database postgres://db/gongzhi?schema=nanjing"
    )]
    Serve(ServeOptions),
    /// Look whether everything is in order.
    #[command(after_help = "Example: gongzhi doctor --data /srv/nanjing")]
    Doctor(Place),
    /// Look once for what is late, missing or odd; a served city does it by itself.
    #[command(after_help = "Example: gongzhi supervise --data /srv/nanjing")]
    Supervise(Place),
    /// Serve and store without doing anything: what the benchmark measures against.
    #[command(hide = true)]
    BenchBaseline(baseline::Options),
    /// Invent what is needed to try things out at real size.
    #[command(subcommand)]
    Generate(generate::Command),
    /// Take in what others keep.
    #[command(subcommand)]
    Import(import::Command),
    /// Look after people.
    #[command(subcommand)]
    User(people::Command),
    /// Cards for recipients' answers: issue them without a server, recount what was published.
    #[command(subcommand)]
    Cards(cards::Command),
}

/// Where a city lives.
#[derive(Args, Clone)]
pub struct Place {
    /// Folder of the database file and the uploaded files.
    #[arg(long, value_name = "DIR", env = "GONGZHI_DATA")]
    data: PathBuf,
    /// A PostgreSQL address instead of the database file; `?schema=NAME` chooses the city.
    #[arg(long, value_name = "ADDRESS", env = "GONGZHI_DATABASE", hide_env_values = true)]
    database: Option<String>,
}

#[derive(Args)]
struct ServeOptions {
    #[command(flatten)]
    place: Place,
    /// Address to listen on; behind a proxy that speaks HTTPS when it is not the loopback.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
}

fn main() -> ExitCode {
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_max_level(tracing::Level::WARN).init();
    let command = Cli::parse().command;
    // Reading a page runs its queries on the async threads, so there are more of them than cores.
    let threads = std::thread::available_parallelism().map_or(4, |cores| cores.get() * 2);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build();
    let answer = match runtime {
        Ok(runtime) => runtime.block_on(run(command)),
        Err(error) => Err(error.into()),
    };
    match answer {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("gongzhi: {error:#}");
            ExitCode::from(2)
        }
    }
}

async fn run(command: Command) -> Answer {
    match command {
        Command::Demo(options) => demo::run(options).await,
        Command::Replay(options) => demo::replay(options).await,
        Command::Serve(options) => serve::run(options).await,
        Command::Doctor(place) => check::run(place).await,
        Command::Supervise(place) => serve::supervise(place).await,
        Command::BenchBaseline(options) => baseline::run(options).await,
        Command::Generate(command) => generate::run(command).await,
        Command::Import(command) => import::run(command).await,
        Command::User(command) => people::run(command).await,
        Command::Cards(command) => cards::run(command),
    }
}
