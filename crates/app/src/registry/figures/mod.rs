//! Figures of the register: stock, density, growth, by kind, district, field and year (S4-S6).
//!
//! Every number is the count of the rows that it opens to. Only social organisations
//! count: enterprises and public institutions are in the register as bidders.

mod growth;
pub mod peers;
mod residents;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::kernel::{Coded, Date};
use domain::registry::figures::Stock;
use domain::registry::{BusinessField, Legal};

use self::growth::Split;
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
    /// Its registered year by year, oldest first (S6).
    pub years: Vec<Year>,
}

impl Part {
    /// The last whole year before `today`, and how many were alive at its start.
    pub fn last_year(&self, today: Date) -> Option<(i64, Year)> {
        last_year(&self.years, today)
    }
}

/// The last whole year of `years` before `today`, and how many were alive at its start.
pub fn last_year(years: &[Year], today: Date) -> Option<(i64, Year)> {
    let at = years.iter().rposition(|year| year.year < today.year())?;
    let start = at.checked_sub(1).and_then(|before| years.get(before)).map_or(0, |year| year.at_end);
    years.get(at).map(|year| (start, *year))
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
    /// By district, each of the city's.
    pub districts: Vec<Part>,
    /// By field; an organisation counts in each of its fields, so the parts sum to more than the whole (S9).
    pub fields: Vec<Part>,
    /// Year by year, oldest first.
    pub years: Vec<Year>,
    /// The filed, year by year; they count in the stock and in no growth.
    filed_years: Vec<Year>,
}

impl Figures {
    /// The stock at the end of a year of [`Figures::years`], or today in the running one.
    pub fn stock_at_end(&self, year: &Year) -> Stock {
        let filed = self.filed_years.iter().find(|one| one.year == year.year);
        Stock { registered: year.at_end, filed: filed.map_or(0, |one| one.at_end) }
    }
}

/// Living social organisations.
const LIVING: &str = "status IN ('active', 'suspended') AND kind IN ('social_association', 'social_service_institution', 'foundation')";

/// The figures as they were last counted, with what was true then.
#[derive(Default)]
pub(crate) struct Kept(Mutex<Option<(i64, Date, Arc<Figures>)>>);

impl Kept {
    fn held(&self) -> MutexGuard<'_, Option<(i64, Date, Arc<Figures>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Counts the register, or gives what was counted last when nothing that the public sees has been committed since and
/// it is the same day (`docs/decisions/0003`).
///
/// # Errors
/// The database could not be read.
pub async fn figures(app: &App, today: Date) -> Result<Arc<Figures>, Error> {
    // Read before counting: what is committed meanwhile has a later generation, and is counted by the next reader.
    let generation = app.db.generation().await?;
    if let Some((at, day, found)) = app.figures.held().as_ref()
        && (*at, *day) == (generation, today)
    {
        return Ok(Arc::clone(found));
    }
    let found = Arc::new(count(app, today).await?);
    *app.figures.held() = Some((generation, today, Arc::clone(&found)));
    Ok(found)
}

async fn count(app: &App, today: Date) -> Result<Figures, Error> {
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
    let split = async |split| growth::years(app, today, split, Legal::Registered).await;
    let whole = |mut years: BTreeMap<String, Vec<Year>>| years.remove("").unwrap_or_default();
    Ok(Figures {
        stock,
        kinds: with_years(kinds, split(Split::Kind).await?),
        districts: with_years(districts, split(Split::District).await?),
        fields: with_years(fields, split(Split::Field).await?),
        years: whole(split(Split::Whole).await?),
        filed_years: whole(growth::years(app, today, Split::Whole, Legal::Filed).await?),
    })
}

fn with_years(mut parts: Vec<Part>, mut years: BTreeMap<String, Vec<Year>>) -> Vec<Part> {
    for part in &mut parts {
        part.years = years.remove(&part.code).unwrap_or_default();
    }
    parts
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
    let stock = Stock { registered, filed: number - registered };
    Ok(Part { code: row.get("code")?, stock, years: Vec::new() })
}
