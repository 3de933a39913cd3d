//! `gongzhi serve`: the city until someone stops it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use app::access::people::demo_account_count;
use app::supervision::watch::{self, Looked};
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
    listen(options.listen, city, Duration::ZERO).await?;
    Ok(true)
}

/// `gongzhi supervise`: one look for what is late, missing or odd, as `serve` does it by itself.
pub async fn supervise(place: Place) -> Answer {
    let city = open(&place)?;
    let Looked { accepted, fresh, cured } = watch::look(&city).await?;
    println!("{accepted} accepted by silence, {fresh} new, {cured} set right");
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

/// Serves `city` and says where, until Ctrl-C or a termination signal; supervision looks after `first_look`, and
/// then again and again. The look that is under way when the end comes is finished.
pub async fn listen(address: SocketAddr, city: City, first_look: Duration) -> anyhow::Result<()> {
    let listener = queue(address).with_context(|| format!("cannot listen on {address}"))?;
    println!("listening http://{}", listener.local_addr()?);
    let (end, is_over) = tokio::sync::watch::channel(false);
    let watched = Arc::clone(&city);
    let watching =
        tokio::spawn(async move { watch::keep(&watched, first_look, watch::INTERVAL, is_over).await });
    let served = web::serve(listener, city, Box::pin(stopped())).await.context("the server stopped");
    end.send_replace(true);
    watching.await.context("the watch of supervision broke off")?;
    served
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
