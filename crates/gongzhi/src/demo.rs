//! `gongzhi demo`: a fresh city with the round of 2014 in it, served.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

use crate::Answer;

#[derive(Args)]
pub struct Options {
    /// Folder to create; it must be empty or absent. Default: a fresh folder for temporary files.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Address to listen on.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
}

/// Runs the command.
pub async fn run(options: Options) -> Answer {
    let _ = (options.data, options.listen);
    Ok(false)
}
