//! The watch: at a fixed interval the clock looks for what is late, missing or odd, so that a finding is first
//! seen on its day even when nobody opens a page (S63).
//!
//! It reads the city's own clock and never moves it. Whatever else is late is computed at the moment of reading
//! and needs no watch.

use std::time::Duration;

use tokio::sync::watch::Receiver;
use tokio::time::sleep;

use super::stock;
use crate::App;

/// From one look to the next.
pub const INTERVAL: Duration = Duration::from_secs(600);

/// Looks after `first`, and `every` so often after each look, until `stop` says true or its sender is gone. A look
/// that has begun is finished. What goes wrong is written to the log, and the next look tries again.
pub async fn keep(app: &App, first: Duration, every: Duration, mut stop: Receiver<bool>) {
    let mut wait = first;
    loop {
        tokio::select! {
            biased;
            () = over(&mut stop) => return,
            () = sleep(wait) => {}
        }
        if let Err(error) = stock::take(app).await {
            tracing::warn!(%error, "supervision could not look; the next look tries again");
        }
        wait = every;
    }
}

/// Until `stop` says true or its sender is gone.
async fn over(stop: &mut Receiver<bool>) {
    let _ = stop.wait_for(|is_over| *is_over).await.is_ok();
}
