//! What must be true of the year, each beside what the city holds (S63, S68, S71-S73).

use app::funds::{self, payments};
use app::performance::account;
use app::performance::evaluation;
use app::{City, contracts};
use domain::kernel::{Fen, Moment};

use super::super::facts::Fact;

/// Computes every fact of the year.
///
/// # Errors
/// The city could not be read.
pub async fn truths(city: &City) -> anyhow::Result<Vec<Fact>> {
    let signed = contracts::published_figures(city).await?;
    let judged = evaluation::published(city, None, None).await?;
    let unaccepted = payments::paid_without_acceptance(city).await?;
    let faults = funds::check(city).await?;
    let books = funds::funds(city).await?;
    let (mut given, mut lying, mut paid) = (0_i64, 0_i64, 0_i64);
    for line in &books {
        given += line.book.appropriated.0;
        lying += line.book.unallotted.0 + line.book.allotted().0;
        paid += line.book.paid.0;
    }
    let heaviest = evaluation::heaviest_purchaser_weight(city).await?;
    let year = city.clock.now().date().year() - 1;
    let accounts = account::all(city, year).await?;
    Ok(vec![
        Fact::of(
            "S71",
            "每个项目都有合同和绩效评价",
            signed.count,
            judged.len(),
            usize::try_from(signed.count).ok() == Some(judged.len()),
        ),
        Fact::equal("S68", "没有验收的付款", 0, unaccepted.len()),
        Fact::of(
            "T6",
            "账目逐分相符",
            format!("{}元", Fen(given)),
            format!("{}元，其中已付{}元", Fen(lying), Fen(paid)),
            given == lying && faults.is_empty() && paid > 0,
        ),
        Fact::of("S72", "处室意见权重不到一半", "<50", heaviest, heaviest < 50),
        Fact::equal("S63", "处长责任账户（处室）", 14, accounts.len()),
    ])
}

/// The last moment of the year that is played.
pub fn end() -> Moment {
    super::on(2015, 1, 23, 9)
}
