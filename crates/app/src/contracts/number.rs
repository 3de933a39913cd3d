//! The contract's public number: `NJGZ-HT-2014-003`, counted within the year of drafting.

use domain::kernel::Date;

use crate::args;
use crate::db::{DbError, Tx};

const HEAD: &str = "NJGZ-HT";

/// The next free number of the year.
pub(super) async fn next(tx: &mut Tx, today: Date) -> Result<String, DbError> {
    let year = today.year();
    let sql = "SELECT count(*) FROM contract WHERE number LIKE $1";
    let used = tx.number(sql, args![format!("{HEAD}-{year}-%")]).await?;
    Ok(format!("{HEAD}-{year}-{:03}", used + 1))
}
