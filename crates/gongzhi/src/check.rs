//! `gongzhi doctor`: one line for each thing that must be in order.

use app::access::people::demo_account_count;
use app::funds::{self, payments};
use app::performance::account;
use app::{App, Clock, journal};
use domain::kernel::Moment;

use crate::{Answer, Place, serve};

/// Nobody's clock is right when it shows a time before this program was written.
const EARLIEST: Moment = Moment(1_767_225_600_000_000);
/// At most this many differences are printed; the rest are counted.
const SHOWN_MAX: usize = 20;

struct Report {
    is_well: bool,
}

impl Report {
    fn line(&mut self, what: &str, fault: Option<String>) {
        match fault {
            None => println!("ok    {what}"),
            Some(fault) => {
                self.is_well = false;
                println!("FAULT {what}: {fault}");
            }
        }
    }
}

/// Runs the command.
pub async fn run(place: Place) -> Answer {
    let city = serve::open(&place)?;
    let mut report = Report { is_well: true };
    report.line("rule book and calendar complete", None);
    let pending = city.db.pending_migrations().await;
    report.line(
        &format!("database reachable ({}) and migrated", city.db.engine()),
        match &pending {
            Ok(0) => None,
            Ok(count) => Some(format!("{count} migrations are pending; `gongzhi serve` runs them")),
            Err(error) => Some(error.to_string()),
        },
    );
    report.line("folder writable", writable(&place).err().map(|error| error.to_string()));
    let now = Clock::wall().now();
    report.line("clock sane", (now < EARLIEST).then(|| format!("it shows {now}")));
    report.line("calendar covers this year", uncovered(&city, now));
    if pending == Ok(0) {
        look_inside(&city, &mut report).await?;
    }
    Ok(report.is_well)
}

async fn look_inside(city: &App, report: &mut Report) -> anyhow::Result<()> {
    let demo = demo_account_count(city).await?;
    report.line("no demo accounts", (demo > 0).then(|| format!("{demo} accounts with known passwords")));
    let differences = journal::verify(&city.db).await?;
    for difference in differences.iter().take(SHOWN_MAX) {
        println!(
            "      {} row {} {}: {}",
            difference.table, difference.row, difference.column, difference.what
        );
    }
    let count = differences.len();
    report.line("journal equals tables", (count > 0).then(|| format!("{count} differences")));
    let faults = funds::check(city).await?;
    for fault in faults.iter().take(SHOWN_MAX) {
        println!("      {}: {}", fault.id, fault.what);
    }
    report.line("books balance to the fen", (!faults.is_empty()).then(|| format!("{} faults", faults.len())));
    let unaccepted = payments::paid_without_acceptance(city).await?;
    let fault = (!unaccepted.is_empty()).then(|| unaccepted.join(", "));
    report.line("no contract is paid beyond its acceptances", fault);
    let directed = account::check(city).await?;
    for line in directed.faults.iter().chain(&directed.gaps).take(SHOWN_MAX) {
        println!("      {line}");
    }
    let count = directed.faults.len();
    report.line(
        "what was upheld stays with the director of its day",
        (count > 0).then(|| format!("{count} faults")),
    );
    Ok(())
}

fn writable(place: &Place) -> std::io::Result<()> {
    let probe = place.data.join(".doctor");
    std::fs::write(&probe, b"probe")?;
    std::fs::remove_file(probe)
}

fn uncovered(city: &App, now: Moment) -> Option<String> {
    let year = now.date().year();
    let is_listed = city.calendar.years().any(|listed| listed == year);
    (!is_listed).then(|| format!("no working-day list for {year} has been published to this program"))
}
