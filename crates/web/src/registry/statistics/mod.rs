//! The register in figures: stock, density and growth, by district, kind, field and year (S4-S6). Every
//! number opens to its rows.

mod parts;

use std::sync::Arc;

use app::divisions;
use app::registry::figures::peers::{self, PeerFigure, YearPlace};
use app::registry::figures::{self, CITY, Figures, Part, Residents, Year, last_year, residents};
use app::sheets::{self, Cell, Column};
use askama::Template;
use axum::response::Response;
use domain::kernel::RuleKey;
use domain::registry::figures::Stock;

use self::parts::{BY, Parts, Years, asked_years, heads};
use super::{file, targets};
use crate::shell::chart::{self, Mark, Words};
use crate::shell::{PageError, Shell, Visit, show, words};

/// Shades compare organisations for so many residents.
const SHADE_SCALE: i64 = 100_000_000;

/// The city's place among the cities of the province in a year (S7).
pub(super) struct RankLine {
    pub(super) year: i64,
    pub(super) density: String,
    pub(super) place: String,
    pub(super) is_complete: bool,
}

#[derive(Template)]
#[template(path = "registry/statistics/page.html")]
struct StatisticsPage<'a> {
    shell: &'a Shell,
    found: Arc<Figures>,
    density: String,
    growth: String,
    growth_year: String,
    counted: String,
    all_href: String,
    registered_href: String,
    filed_href: String,
    map: String,
    kinds: String,
    fields: String,
    line: String,
    years: Years,
    /// The heads of the columns that every table of parts has.
    heads: [String; 5],
    parts: Vec<Parts>,
    /// What the years are to reach; those that were replaced are not shown here.
    targets: Vec<targets::Line>,
    ranks: Vec<RankLine>,
    /// The lead that was stated last, in words.
    lead: String,
    /// What the other cities count, each with its source.
    sources: Vec<String>,
}

/// GET /statistics
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let (shell, today) = (&visit.shell, visit.city.clock.now().date());
    let found = figures::figures(&visit.city, today).await.map_err(|error| visit.error(error))?;
    let ranks = peers::places_of(&visit.city, &found).await.map_err(|error| visit.error(error))?;
    let entered = peers::entered(&visit.city).await.map_err(|error| visit.error(error))?;
    let claims = peers::claims(&visit.city).await.map_err(|error| visit.error(error))?;
    let needed = visit.city.book.on(today).count(RuleKey::LeadClaimYears);
    let counted = residents(CITY, today.year());
    let density = counted.and_then(|held| found.stock.density(held.number));
    // The running year is not over, so the last whole year is named.
    let last = last_year(&found.years, today).map(|(_, year)| year);
    let year = last.map(|year| year.year);
    let mut targets = targets::lines(&visit, &found).await?;
    targets.retain(|one| !one.is_replaced);
    show(&StatisticsPage {
        targets,
        density: density.map_or_else(|| "—".to_owned(), |number| number.to_string()),
        growth: growth_text(last.and_then(|year| year.growth)),
        growth_year: last.map(|year| year.year.to_string()).unwrap_or_default(),
        counted: counted.map(|held| source(shell, held)).unwrap_or_default(),
        all_href: rows(shell, ""),
        registered_href: rows(shell, "&legal=registered"),
        filed_href: rows(shell, "&legal=filed"),
        map: chart::map(&ChartWords::new(shell, "district").words(), &districts(shell, &found, today.year())),
        kinds: chart::bars(
            &ChartWords::new(shell, "kind").words(),
            &marks(shell, &found.kinds, "kind", "organisation_kind"),
            None,
        ),
        fields: chart::bars(
            &ChartWords::new(shell, "field").words(),
            &marks(shell, &found.fields, "field", "business_field"),
            None,
        ),
        line: chart::line(&ChartWords::new(shell, "year").words(), &years_marks(shell, &found.years)),
        years: asked_years(shell, &found),
        heads: heads(shell, year),
        parts: BY.iter().map(|by| parts::parts(shell, by, &found, today)).collect(),
        ranks: ranks.iter().rev().take(needed).map(|(year, one)| rank_line(shell, *year, one)).collect(),
        sources: entered.iter().map(|one| source_line(shell, one)).collect(),
        lead: claims.first().map_or_else(
            || shell.t("rank-not-claimed"),
            |one| shell.txy("rank-claimed", one.last_year, one.years),
        ),
        found,
        shell,
    })
}

/// GET /statistics.csv
pub async fn csv(visit: Visit) -> Result<Response, PageError> {
    let (shell, today) = (&visit.shell, visit.city.clock.now().date());
    let found = figures::figures(&visit.city, today).await.map_err(|error| visit.error(error))?;
    let columns = ["by", "code", "name", "registered", "filed"];
    let columns = columns.map(|key| Column::new(shell.t(&format!("statistics-column-{key}")), 16));
    let mut lines = vec![csv_line(shell, "city", CITY, shell.t("statistics-city"), found.stock)];
    for part in &found.districts {
        let name = divisions::district_name(&part.code).to_owned();
        lines.push(csv_line(shell, "district", &part.code, name, part.stock));
    }
    for (by, list, parts) in
        [("kind", "organisation_kind", &found.kinds), ("field", "business_field", &found.fields)]
    {
        let line = |part: &Part| {
            csv_line(shell, by, &part.code, words::member(shell.lang, list, &part.code), part.stock)
        };
        lines.extend(parts.iter().map(line));
    }
    for year in &found.years {
        let at_end = Stock { registered: year.at_end, filed: 0 };
        lines.push(csv_line(shell, "year", &year.year.to_string(), year.year.to_string(), at_end));
    }
    Ok(file("statistics.csv", sheets::CSV, sheets::csv(&columns, &lines)))
}

fn csv_line(shell: &Shell, by: &str, code: &str, name: String, stock: Stock) -> Vec<Cell> {
    let by = shell.t(&format!("statistics-{by}-head"));
    vec![
        Cell::text(by),
        Cell::text(code),
        Cell::text(name),
        Cell::Number(stock.registered),
        Cell::Number(stock.filed),
    ]
}

/// The living social organisations of the directory, narrowed further.
fn rows(shell: &Shell, more: &str) -> String {
    shell.url(format!("/orgs?social=yes&living=yes{more}"))
}

/// The registered social organisations that a number of a year counts.
fn registered(shell: &Shell, filter: &str, year: i16) -> String {
    shell.url(format!("/orgs?social=yes&legal=registered&{filter}={year}"))
}

fn source(shell: &Shell, held: &Residents) -> String {
    let by = if shell.is_english() { &held.source_en } else { &held.source };
    shell.txy("statistics-residents", held.number, by)
}

fn districts(shell: &Shell, found: &Figures, year: i16) -> Vec<(String, Mark)> {
    let mark = |(code, name): &(&str, &str)| {
        let part = found.districts.iter().find(|part| part.code == *code);
        let stock = part.map(|part| part.stock).unwrap_or_default();
        let density = residents(code, year).and_then(|held| stock.density(held.number));
        let shown = match density {
            Some(density) => shell.txy("statistics-district-shown", stock.all(), density),
            None => shell.tx("statistics-number-shown", stock.all()),
        };
        // Shaded by the exact share, so that districts differ even where the stated density is the same.
        let shade = residents(code, year)
            .map_or(0, |held| stock.all().saturating_mul(SHADE_SCALE) / held.number.max(1));
        let mark = Mark::new(*name, shade, shown);
        ((*code).to_owned(), mark.to(rows(shell, &format!("&district={code}"))))
    };
    divisions::districts().iter().map(mark).collect()
}

fn marks(shell: &Shell, parts: &[Part], filter: &str, list: &str) -> Vec<Mark> {
    let mark = |part: &Part| {
        let shown = shell.txy("statistics-parts-shown", part.stock.registered, part.stock.filed);
        let label = words::member(shell.lang, list, &part.code);
        Mark::new(label, part.stock.all(), shown).to(rows(shell, &format!("&{filter}={}", part.code)))
    };
    parts.iter().map(mark).collect()
}

fn years_marks(shell: &Shell, years: &[Year]) -> Vec<Mark> {
    let mark = |year: &Year| {
        let shown = year.at_end.to_string();
        Mark::new(year.year.to_string(), year.at_end, shown).to(registered(shell, "at", year.year))
    };
    years.iter().map(mark).collect()
}

/// The city's place in a year, or what is missing.
pub(super) fn rank_line(shell: &Shell, year: i64, one: &YearPlace) -> RankLine {
    let (whole, part) = (one.own.hundredths() / 100, one.own.hundredths() % 100);
    RankLine {
        year,
        density: format!("{whole}.{part:02}"),
        place: match one.place {
            Some(place) => shell.txy("rank-place", place, peers::peers().len() + 1),
            None => shell.tx("rank-missing", one.missing),
        },
        is_complete: one.place.is_some(),
    }
}

/// What another city counted, with who says so.
fn source_line(shell: &Shell, one: &PeerFigure) -> String {
    let told = shell.txy("rank-figure", one.organisations, one.residents);
    format!("{} {} {told} {}", one.year, peer_name(shell, &one.city), one.source)
}

/// A city's name in the reader's language.
pub(super) fn peer_name(shell: &Shell, code: &str) -> String {
    let peer = peers::peers().iter().find(|peer| peer.code == code);
    peer.map_or_else(
        String::new,
        |peer| if shell.is_english() { peer.name_en.clone() } else { peer.name.clone() },
    )
}

/// Hundredths of a per cent as people read them: 2700 reads 27.00%.
fn growth_text(hundredths: Option<i64>) -> String {
    hundredths.map_or_else(
        || "—".to_owned(),
        |growth| {
            let sign = if growth < 0 { "-" } else { "" };
            format!("{sign}{}.{:02}%", growth.abs() / 100, growth.abs() % 100)
        },
    )
}

/// The words around one chart.
struct ChartWords {
    id: &'static str,
    texts: [String; 5],
}

impl ChartWords {
    /// The words of the chart `id`, from the messages `statistics-<id>-…`.
    fn new(shell: &Shell, id: &'static str) -> Self {
        let own = |part: &str| shell.t(&format!("statistics-{id}-{part}"));
        let common = |part: &str| shell.t(&format!("statistics-{part}"));
        Self { id, texts: [own("title"), own("says"), common("table"), own("head"), common("number")] }
    }

    fn words(&self) -> Words<'_> {
        let [title, says, table, name_head, value_head] = &self.texts;
        Words { id: self.id, title, says, table, name_head, value_head }
    }
}

#[cfg(test)]
mod tests {
    use super::growth_text;

    #[test]
    fn growth_reads_as_a_percentage() {
        for (growth, expected) in
            [(Some(2_700), "27.00%"), (Some(-5), "-0.05%"), (Some(0), "0.00%"), (None, "—")]
        {
            assert_eq!(growth_text(growth), expected);
        }
    }
}
