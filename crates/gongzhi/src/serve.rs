//! `gongzhi serve`: the city until someone stops it.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context;
use app::access::people::demo_account_count;
use app::{App, City, Clock, Settings};
use tokio::net::{TcpListener, TcpSocket};

use crate::{Answer, Place, ServeOptions};

/// Connections that may wait to be taken.
const WAITING_MAX: u32 = 4096;

/// Runs the command.
pub async fn run(options: ServeOptions) -> Answer {
    let city = open(&options.place)?;
    city.db.migrate().await.context("the database could not be brought up to date")?;
    let demo_accounts = demo_account_count(&city).await?;
    anyhow::ensure!(
        demo_accounts == 0,
        "this city holds {demo_accounts} demo accounts with known passwords; serve it with `gongzhi demo` only"
    );
    listen(options.listen, city).await?;
    Ok(true)
}

/// Opens the city at a place, on the wall clock.
pub fn open(place: &Place) -> anyhow::Result<City> {
    let settings = Settings {
        folder: place.data.clone(),
        database: place.database.clone(),
        clock: Clock::wall(),
        is_demo: false,
    };
    Ok(Arc::new(App::open(settings).context("the city could not be opened")?))
}

/// Serves `city` and says where, until Ctrl-C or a termination signal.
pub async fn listen(address: SocketAddr, city: City) -> anyhow::Result<()> {
    let listener = queue(address).with_context(|| format!("cannot listen on {address}"))?;
    println!("listening http://{}", listener.local_addr()?);
    web::serve(listener, city, Box::pin(stopped())).await.context("the server stopped")
}

/// Listens with room for a rush: who finds the queue full is heard only when he knocks again, a second later.
pub fn queue(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(WAITING_MAX)
}

async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
        }
        Err(_) => {
            // Without the signal's handler Ctrl-C alone stops the program.
            let _ = interrupt.await;
        }
    }
}
