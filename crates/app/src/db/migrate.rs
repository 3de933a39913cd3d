//! One ordered set of migrations for both engines.

use super::{Db, DbError};
use crate::args;

/// Name and text, in order. A file that has landed is never edited: the next change is the next file.
const MIGRATIONS: &[(&str, &str)] = &[
    ("0001_kernel", include_str!("../../migrations/0001_kernel.sql")),
    ("0002_registry", include_str!("../../migrations/0002_registry.sql")),
    ("0003_catalogue", include_str!("../../migrations/0003_catalogue.sql")),
    ("0004_tendering", include_str!("../../migrations/0004_tendering.sql")),
    ("0005_review", include_str!("../../migrations/0005_review.sql")),
    ("0006_contracts", include_str!("../../migrations/0006_contracts.sql")),
    ("0007_streets", include_str!("../../migrations/0007_streets.sql")),
    ("0008_window", include_str!("../../migrations/0008_window.sql")),
    ("0009_standing", include_str!("../../migrations/0009_standing.sql")),
    ("0010_people", include_str!("../../migrations/0010_people.sql")),
    ("0011_filing", include_str!("../../migrations/0011_filing.sql")),
    ("0012_inspection", include_str!("../../migrations/0012_inspection.sql")),
    ("0013_rating", include_str!("../../migrations/0013_rating.sql")),
    ("0014_credit", include_str!("../../migrations/0014_credit.sql")),
    ("0015_registration", include_str!("../../migrations/0015_registration.sql")),
    ("0016_consortia", include_str!("../../migrations/0016_consortia.sql")),
    ("0017_public_reading", include_str!("../../migrations/0017_public_reading.sql")),
    ("0018_ending", include_str!("../../migrations/0018_ending.sql")),
    ("0019_funds", include_str!("../../migrations/0019_funds.sql")),
    ("0020_gaps", include_str!("../../migrations/0020_gaps.sql")),
    ("0021_way_in", include_str!("../../migrations/0021_way_in.sql")),
    ("0022_delivery", include_str!("../../migrations/0022_delivery.sql")),
    ("0023_survey", include_str!("../../migrations/0023_survey.sql")),
    ("0024_payment", include_str!("../../migrations/0024_payment.sql")),
    ("0025_evaluation", include_str!("../../migrations/0025_evaluation.sql")),
    ("0026_supervision", include_str!("../../migrations/0026_supervision.sql")),
    ("0028_speed", include_str!("../../migrations/0028_speed.sql")),
    ("0029_yearly_survey", include_str!("../../migrations/0029_yearly_survey.sql")),
    ("0030_upheld_and_checked", include_str!("../../migrations/0030_upheld_and_checked.sql")),
    ("0031_kept_files", include_str!("../../migrations/0031_kept_files.sql")),
    ("0032_ends", include_str!("../../migrations/0032_ends.sql")),
    ("0033_purchase_watch", include_str!("../../migrations/0033_purchase_watch.sql")),
    ("0034_peers", include_str!("../../migrations/0034_peers.sql")),
    ("0035_fundraising", include_str!("../../migrations/0035_fundraising.sql")),
    ("0036_cultivation", include_str!("../../migrations/0036_cultivation.sql")),
    ("0037_visit", include_str!("../../migrations/0037_visit.sql")),
    ("0038_reason", include_str!("../../migrations/0038_reason.sql")),
    ("0039_charter", include_str!("../../migrations/0039_charter.sql")),
    ("0040_seal", include_str!("../../migrations/0040_seal.sql")),
    ("0041_charity", include_str!("../../migrations/0041_charity.sql")),
    ("0043_holder", include_str!("../../migrations/0043_holder.sql")),
    ("0044_announcements", include_str!("../../migrations/0044_announcements.sql")),
    ("0045_growth", include_str!("../../migrations/0045_growth.sql")),
    ("0046_target", include_str!("../../migrations/0046_target.sql")),
    ("0048_change_values", include_str!("../../migrations/0048_change_values.sql")),
    ("0049_change_head", include_str!("../../migrations/0049_change_head.sql")),
    ("0051_intake", include_str!("../../migrations/0051_intake.sql")),
    ("0052_surrender", include_str!("../../migrations/0052_surrender.sql")),
    ("0054_sanctions", include_str!("../../migrations/0054_sanctions.sql")),
    ("0055_charity_end", include_str!("../../migrations/0055_charity_end.sql")),
    ("0057_filing_amendment", include_str!("../../migrations/0057_filing_amendment.sql")),
    ("0058_penalty_notice", include_str!("../../migrations/0058_penalty_notice.sql")),
];

pub(super) async fn run(db: &Db) -> Result<usize, DbError> {
    prepare(db).await?;
    let mut tx = db.begin().await?;
    if matches!(db, Db::Postgres(_)) {
        // Two programs that start together must not both migrate.
        tx.run("LOCK TABLE migration IN EXCLUSIVE MODE", &[]).await?;
    }
    let done: Vec<(String,)> = tx.all("SELECT name FROM migration", &[]).await?;
    let mut ran = 0;
    for (name, text) in MIGRATIONS {
        if done.iter().any(|(held,)| held == name) {
            continue;
        }
        for statement in text.split(";\n").map(str::trim).filter(|statement| !statement.is_empty()) {
            tx.run(&told(db, statement), &[]).await?;
        }
        tx.run("INSERT INTO migration (name) VALUES ($1)", args![*name]).await?;
        ran += 1;
    }
    tx.commit().await?;
    Ok(ran)
}

/// Rows that are nothing but their key are stored once: SQLite must be told, PostgreSQL reads a comment.
fn told(db: &Db, statement: &str) -> String {
    match db {
        Db::Sqlite(_) => statement.replace("/* WITHOUT ROWID */", "WITHOUT ROWID"),
        Db::Postgres(_) => statement.to_owned(),
    }
}

pub(super) async fn pending(db: &Db) -> Result<usize, DbError> {
    let done: Vec<(String,)> = db.all("SELECT name FROM migration", &[]).await.unwrap_or_default();
    Ok(MIGRATIONS.iter().filter(|(name, _)| !done.iter().any(|(held,)| held == name)).count())
}

async fn prepare(db: &Db) -> Result<(), DbError> {
    let mut tx = db.begin().await?;
    if let Db::Postgres(postgres) = db {
        let create = format!("CREATE SCHEMA IF NOT EXISTS {}", postgres.schema());
        tx.run(&create, &[]).await?;
    }
    tx.run("CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY)", &[]).await?;
    tx.commit().await
}
