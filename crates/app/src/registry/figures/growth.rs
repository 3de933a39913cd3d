//! The registered year by year, for the city and for each of its parts (S6), as sums of kept counts: any number of
//! organisations is a few hundred cells.
//!
//! What an organisation is today, its district and its fields, holds for all its years. One that ended before the
//! register kept the day of it counts in no year.

use std::collections::BTreeMap;

use domain::kernel::{Coded, Date};
use domain::registry::figures::growth;
use domain::registry::{BusinessField, Legal};

use super::Year;
use crate::db::Row;
use crate::{App, Error, args, divisions};

/// By what the registered are parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Split {
    /// Not at all; the only part has no code.
    Whole,
    /// By kind.
    Kind,
    /// By district.
    District,
    /// By field; an organisation counts in each of its own.
    Field,
}

/// Social organisations.
const SOCIAL: &str = "kind IN ('social_association', 'social_service_institution', 'foundation')";
/// The same one by one.
const KINDS: [&str; 3] = ["social_association", "social_service_institution", "foundation"];

/// Cells by the year in which an organisation began: years stand before all districts and streets, whose codes begin
/// with the province's 32.
const BY_YEAR: &str = "place BETWEEN '1' AND '3' AND length(place) = 4";

impl Split {
    /// The code of each part with the condition that leads to its living in the kept counts, past all other cells,
    /// and where the year stands in the place of such a cell.
    fn living(self) -> Vec<(&'static str, String, &'static str)> {
        let of_city = format!("field = '' AND {BY_YEAR}");
        match self {
            Self::Whole => vec![("", of_city, "place")],
            Self::Kind => {
                let kind = |kind: &&'static str| (*kind, format!("{of_city} AND kind = '{kind}'"), "place");
                KINDS.iter().map(kind).collect()
            }
            // Behind a district's six digits come a year's four, or a street's three.
            Self::District => divisions::districts()
                .into_iter()
                .map(|(code, _)| {
                    let cells = format!(
                        "field = '' AND place BETWEEN '{code}1' AND '{code}3' AND length(place) = 10"
                    );
                    (code, cells, "substr(place, 7, 4)")
                })
                .collect(),
            Self::Field => BusinessField::ALL
                .iter()
                .map(|field| (field.code(), format!("field = '{}' AND {BY_YEAR}", field.code()), "place"))
                .collect(),
        }
    }

    /// Where the kept counts hold the ended: part, and which cells. Only codes of districts are digits.
    fn ended(self) -> [&'static str; 2] {
        match self {
            Self::Whole => ["''", "part = ''"],
            Self::Kind => ["kind", "part = ''"],
            Self::District => ["part", "part BETWEEN '1' AND '9'"],
            Self::Field => ["part", "part > 'a'"],
        }
    }
}

/// The years of each part, oldest first, up to the running one: of the registered, or of the filed.
pub(super) async fn years(
    app: &App,
    today: Date,
    split: Split,
    legal: Legal,
) -> Result<BTreeMap<String, Vec<Year>>, Error> {
    let mut added = living(app, split, legal).await?;
    let ended = closed(app, split, legal, "ended").await?;
    for (key, number) in closed(app, split, legal, "began").await? {
        *added.entry(key).or_default() += number;
    }
    let mut found: BTreeMap<String, Vec<Year>> = BTreeMap::new();
    for (part, from) in first_years(&added) {
        let (mut alive, mut years) = (0_i64, Vec::new());
        for year in from..=today.year() {
            let of = |counts: &Counts| counts.get(&(part.clone(), year)).copied().unwrap_or(0);
            let (plus, minus) = (of(&added), of(&ended));
            let end = alive + plus - minus;
            years.push(Year { year, added: plus, ended: minus, at_end: end, growth: growth(alive, end) });
            alive = end;
        }
        found.insert(part, years);
    }
    Ok(found)
}

/// How many, by part and year.
type Counts = BTreeMap<(String, i16), i64>;

/// The first year of each part.
fn first_years(counts: &Counts) -> BTreeMap<String, i16> {
    let mut first = BTreeMap::new();
    for (part, year) in counts.keys() {
        first.entry(part.clone()).or_insert(*year);
    }
    first
}

async fn living(app: &App, split: Split, legal: Legal) -> Result<Counts, Error> {
    let part = |(code, cells, year): (&str, String, &str)| {
        format!(
            "SELECT '{code}' AS part, {year} AS year, CAST(sum(number) AS BIGINT) AS number FROM organisation_count
             WHERE {cells} AND legal = $1 AND {SOCIAL} AND status IN ('active', 'suspended')
             GROUP BY 2 HAVING sum(number) > 0"
        )
    };
    let parts: Vec<String> = split.living().into_iter().map(part).collect();
    counts(app, &parts.join(" UNION ALL "), legal).await
}

/// The ended, by the year in which they `began` or `ended`.
async fn closed(app: &App, split: Split, legal: Legal, year: &str) -> Result<Counts, Error> {
    let [part, cells] = split.ended();
    let sql = format!(
        "SELECT {part} AS part, {year} AS year, CAST(sum(number) AS BIGINT) AS number FROM end_count
         WHERE {cells} AND legal = $1 AND {SOCIAL} GROUP BY 1, 2"
    );
    counts(app, &sql, legal).await
}

async fn counts(app: &App, sql: &str, legal: Legal) -> Result<Counts, Error> {
    let mut counts = BTreeMap::new();
    for row in app.db.all::<Row>(sql, args![legal.code()]).await? {
        let (part, year): (String, String) = (row.get("part")?, row.get("year")?);
        if let Ok(year) = year.parse() {
            counts.insert((part, year), row.get("number")?);
        }
    }
    Ok(counts)
}
