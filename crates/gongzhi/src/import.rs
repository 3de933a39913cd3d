//! `gongzhi import`: organisations from a sheet, with an error sheet for what does not fit.

use std::path::PathBuf;

use anyhow::Context;
use app::registry::import;
use clap::{Args, Subcommand};
use domain::kernel::Actor;

use crate::{Answer, Place, progress, serve};

#[derive(Subcommand)]
pub enum Command {
    /// Organisations from an Excel or CSV file; rows with faults are left out and told.
    #[command(
        after_help = "Example: gongzhi import organisations orgs.xlsx --data /srv/nanjing --errors faults.xlsx"
    )]
    Organisations(OrganisationOptions),
}

#[derive(Args)]
pub struct OrganisationOptions {
    /// The file: .xlsx or .csv, one organisation a row, titles in the first row.
    file: PathBuf,
    #[command(flatten)]
    place: Place,
    /// Where to write the rows that were left out, with what to mend.
    #[arg(long, value_name = "FILE", default_value = "import-errors.xlsx")]
    errors: PathBuf,
    /// Titles and sentences of the error sheet in English.
    #[arg(long)]
    english: bool,
}

/// Runs the command.
pub async fn run(command: Command) -> Answer {
    let Command::Organisations(options) = command;
    let file =
        std::fs::read(&options.file).with_context(|| format!("cannot read {}", options.file.display()))?;
    let city = serve::open(&options.place)?;
    city.db.migrate().await?;
    let lang = if options.english { web::i18n::Lang::En } else { web::i18n::Lang::Zh };
    let say = |refusal: &domain::kernel::Refusal| web::shell::words::refusal(lang, refusal);
    let bar = progress::bar(0);
    let progress = |done, total| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    };
    let report = match import::import(&city, &Actor::SYSTEM, file, &progress).await {
        Ok(report) => report,
        Err(app::Error::Refused(refusal)) => anyhow::bail!("{}", say(&refusal)),
        Err(error) => return Err(error.into()),
    };
    bar.finish_and_clear();
    let tally = report.tally;
    println!(
        "added {} updated {} unchanged {} left out {}",
        tally.added,
        tally.updated,
        tally.unchanged,
        report.bad_rows()
    );
    if report.bad_rows() > 0 {
        std::fs::write(&options.errors, report.error_sheet(options.english, &say)?)
            .with_context(|| format!("cannot write {}", options.errors.display()))?;
        println!("what to mend: {}", options.errors.display());
    }
    Ok(report.bad_rows() == 0)
}
