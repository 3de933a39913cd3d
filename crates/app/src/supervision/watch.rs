//! The watch: at a fixed interval the clock writes down which applications silence has accepted, and looks for what
//! is late, missing or odd, so that terms run and a finding is first seen on its day even when nobody opens a
//! page (B9, S63).
//!
//! It reads the city's own clock and never moves it. Whatever else is late is computed at the moment of reading
//! and needs no watch.

use std::time::Duration;

use tokio::sync::watch::Receiver;
use tokio::time::sleep;

use super::stock;
use crate::registry::course::silence;
use crate::{App, Error};

/// From one look to the next.
pub const INTERVAL: Duration = Duration::from_secs(600);

/// What one look found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Looked {
    /// Applications that silence has accepted.
    pub accepted: usize,
    /// New findings.
    pub fresh: usize,
    /// Findings that are set right.
    pub cured: usize,
}

/// One look, at the city's present moment. Nothing is written when nothing changed.
///
/// # Errors
/// The database failed, or a term reaches beyond the published calendar.
pub async fn look(app: &App) -> Result<Looked, Error> {
    let accepted = silence::settle(app).await?;
    let (fresh, cured) = stock::take(app).await?;
    Ok(Looked { accepted, fresh, cured })
}

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
        if let Err(error) = look(app).await {
            tracing::warn!(%error, "the watch could not look; the next look tries again");
        }
        wait = every;
    }
}

/// Until `stop` says true or its sender is gone.
async fn over(stop: &mut Receiver<bool>) {
    let _ = stop.wait_for(|is_over| *is_over).await.is_ok();
}
