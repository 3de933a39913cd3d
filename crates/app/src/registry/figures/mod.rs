//! Figures of the register: stock, density, growth, by kind, district, field and year (S4-S6).
//!
//! Every number is the count of the rows that it opens to. Only social organisations
//! count: enterprises and public institutions are in the register as bidders.

pub mod peers;
mod residents;

use std::collections::BTreeMap;

use domain::kernel::{Coded, Date};
use domain::registry::BusinessField;
use domain::registry::figures::{Stock, growth};

use crate::db::Row;
use crate::{App, Error, divisions};

pub use residents::{Residents, residents};

/// The city's own division.
pub const CITY: &str = "320100";

/// A part of the stock under its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Code of a kind, a district or a field.
    pub code: String,
    /// How many.
    pub stock: Stock,
}

/// One year of the registered (S6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Year {
    /// The year.
    pub year: i16,
    /// Newly registered in it.
    pub added: i64,
    /// Cancelled or revoked in it.
    pub ended: i64,
    /// Registered and alive at its end, or today in the running year.
    pub at_end: i64,
    /// Growth in hundredths of a per cent; `None` when there was none at its start.
    pub growth: Option<i64>,
}

/// Everything that the page of figures shows, as it stands today.
#[derive(Clone, Debug)]
pub struct Figures {
    /// The whole stock.
    pub stock: Stock,
    /// By kind.
    pub kinds: Vec<Part>,
    /// Growth of each kind in the last whole year, by its code.
    pub kind_growth: BTreeMap<String, Option<i64>>,
    /// By district, each of the city's.
    pub districts: Vec<Part>,
    /// By field; an organisation counts in each of its fields, so the parts sum to more than the whole (S9).
    pub fields: Vec<Part>,
    /// Year by year, oldest first.
    pub years: Vec<Year>,
}

/// Living social organisations.
const LIVING: &str = "status IN ('active', 'suspended') AND kind IN ('social_association', 'social_service_institution', 'foundation')";

/// Counts the register.
///
/// # Errors
/// The database could not be read.
pub async fn figures(app: &App, today: Date) -> Result<Figures, Error> {
    let kinds = parts(app, "kind", "field = '' AND place = ''").await?;
    let codes = divisions::districts();
    let codes = listed(codes.iter().map(|(code, _)| *code));
    let districts = parts(app, "place", &format!("field = '' AND place IN ({codes})")).await?;
    let codes = listed(BusinessField::ALL.iter().map(|field| field.code()));
    let mut fields = parts(app, "field", &format!("field IN ({codes}) AND place = ''")).await?;
    fields.sort_by_key(|part| std::cmp::Reverse(part.stock.all()));
    let stock = kinds.iter().fold(Stock::default(), |sum, part| Stock {
        registered: sum.registered + part.stock.registered,
        filed: sum.filed + part.stock.filed,
    });
    let mut kind_growth = BTreeMap::new();
    for part in &kinds {
        let of_kind = years(app, today, &format!("'{}'", part.code)).await?;
        let last = of_kind.iter().rev().find(|year| year.year < today.year());
        kind_growth.insert(part.code.clone(), last.and_then(|year| year.growth));
    }
    let years = years(app, today, SOCIAL).await?;
    Ok(Figures { stock, kinds, kind_growth, districts, fields, years })
}

/// Codes of the program as members of a list: named one by one, they lead to their cells past all others.
fn listed<'a>(codes: impl Iterator<Item = &'a str>) -> String {
    codes.map(|code| format!("'{code}'")).collect::<Vec<_>>().join(", ")
}

/// The stock by the codes of one column of the kept counts, which `doctor` compares with the rows.
async fn parts(app: &App, column: &str, of: &str) -> Result<Vec<Part>, Error> {
    let sql = format!(
        "SELECT {column} AS code, CAST(sum(CASE WHEN legal = 'registered' THEN number ELSE 0 END) AS BIGINT) AS registered,
           CAST(sum(number) AS BIGINT) AS number
         FROM organisation_count WHERE {of} AND {LIVING} GROUP BY {column} HAVING sum(number) > 0 ORDER BY {column}"
    );
    app.db.all::<Row>(&sql, &[]).await?.iter().map(part).collect()
}

fn part(row: &Row) -> Result<Part, Error> {
    let (registered, number): (i64, i64) = (row.get("registered")?, row.get("number")?);
    Ok(Part { code: row.get("code")?, stock: Stock { registered, filed: number - registered } })
}

/// The kinds of social organisations, as a statement lists them.
const SOCIAL: &str = "'social_association', 'social_service_institution', 'foundation'";

/// Living registered organisations of the kinds by the year in which they began, from the kept counts. Years stand
/// before all districts and streets, whose codes begin with the province's 32.
fn added_living(kinds: &str) -> String {
    format!(
        "SELECT place AS year, CAST(sum(number) AS BIGINT) AS number FROM organisation_count
         WHERE field = '' AND place BETWEEN '1' AND '3' AND length(place) = 4 AND legal = 'registered'
           AND status IN ('active', 'suspended') AND kind IN ({kinds})
         GROUP BY place HAVING sum(number) > 0"
    )
}

/// Ended ones by the year in which they `began` or `ended`, from the kept counts.
fn closed(column: &str, kinds: &str) -> String {
    format!(
        "SELECT {column} AS year, CAST(sum(number) AS BIGINT) AS number FROM end_count
         WHERE legal = 'registered' AND kind IN ({kinds}) GROUP BY {column}"
    )
}

/// Registered organisations of the kinds by the year in which they began and ended. One that ended before the
/// register kept the day of it counts in no year.
async fn years(app: &App, today: Date, kinds: &str) -> Result<Vec<Year>, Error> {
    let mut added = by_year(app, &added_living(kinds)).await?;
    let ended = by_year(app, &closed("ended", kinds)).await?;
    for (year, number) in by_year(app, &closed("began", kinds)).await? {
        *added.entry(year).or_default() += number;
    }
    let Some(from) = added.keys().next().copied() else { return Ok(Vec::new()) };
    let (mut alive, mut years) = (0_i64, Vec::new());
    for year in from..=today.year() {
        let of = |counts: &BTreeMap<i16, i64>| counts.get(&year).copied().unwrap_or(0);
        let (plus, minus) = (of(&added), of(&ended));
        let end = alive + plus - minus;
        years.push(Year { year, added: plus, ended: minus, at_end: end, growth: growth(alive, end) });
        alive = end;
    }
    Ok(years)
}

async fn by_year(app: &App, sql: &str) -> Result<BTreeMap<i16, i64>, Error> {
    let mut counts = BTreeMap::new();
    for row in app.db.all::<Row>(sql, &[]).await? {
        let year: String = row.get("year")?;
        if let Ok(year) = year.parse() {
            counts.insert(year, row.get("number")?);
        }
    }
    Ok(counts)
}
