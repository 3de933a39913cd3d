//! The stock part by part and the registered year by year, each number with the way to its rows (S4-S6).

use app::divisions;
use app::registry::figures::{Figures, Part, Year, last_year, residents};
use domain::kernel::Date;
use domain::registry::figures::growth;

use super::{growth_text, registered, rows};
use crate::shell::form::pairs;
use crate::shell::{Form, Shell, words};

/// A year with the way to its rows.
pub(super) struct YearLine {
    pub(super) year: i16,
    pub(super) added: i64,
    pub(super) added_href: String,
    pub(super) ended: i64,
    pub(super) ended_href: String,
    pub(super) at_end: i64,
    pub(super) at_end_href: String,
    pub(super) growth: String,
}

/// A part of the stock, each number with the way to its rows.
pub(super) struct PartLine {
    pub(super) name: String,
    /// The years of this part.
    pub(super) years_href: String,
    /// Registered, filed, both; the registered at the start and at the end of the last whole year: the number and
    /// its rows.
    pub(super) counts: [(i64, String); 5],
    /// How the registered grew from the one to the other.
    pub(super) growth: String,
    /// For so many residents; empty where nobody counts them.
    pub(super) density: String,
}

/// The parts by one column of the register.
pub(super) struct Parts {
    pub(super) title: String,
    pub(super) head: String,
    pub(super) has_density: bool,
    pub(super) lines: Vec<PartLine>,
}

/// The years of the city, or of the part that the address asks for.
pub(super) struct Years {
    pub(super) title: String,
    pub(super) lines: Vec<YearLine>,
    /// Back to the years of the city; empty when these are its own.
    pub(super) city_href: String,
}

/// By what the stock is parted: the filter of the directory, its words, the parts.
pub(super) struct By {
    filter: &'static str,
    name: fn(&Shell, &str) -> String,
    of: fn(&Figures) -> &[Part],
}

pub(super) const BY: [By; 3] = [
    By {
        filter: "kind",
        name: |shell, code| words::member(shell.lang, "organisation_kind", code),
        of: |found| &found.kinds,
    },
    By {
        filter: "district",
        name: |_, code| divisions::district_name(code).to_owned(),
        of: |found| &found.districts,
    },
    By {
        filter: "field",
        name: |shell, code| words::member(shell.lang, "business_field", code),
        of: |found| &found.fields,
    },
];

pub(super) fn heads(shell: &Shell, year: Option<i16>) -> [String; 5] {
    let of_year =
        |key: &str, year: Option<i16>| year.map(|year| shell.tx(key, year.to_string())).unwrap_or_default();
    [
        shell.t("statistics-registered"),
        shell.t("statistics-filed"),
        shell.t("statistics-both"),
        of_year("statistics-end-of", year.map(|year| year - 1)),
        of_year("statistics-end-of", year),
    ]
}

pub(super) fn parts(shell: &Shell, by: &By, found: &Figures, today: Date) -> Parts {
    let has_density = by.filter == "district";
    let line = |part: &Part| {
        let of = |more: &str| rows(shell, &format!("&{}={}{more}", by.filter, part.code));
        let narrowed = format!("{}={}&at", by.filter, part.code);
        let last = last_year(&found.years, today).map(|(_, year)| year.year);
        let (start, end) = match (part.last_year(today), last) {
            (Some((start, year)), Some(last)) if year.year == last => (start, year.at_end),
            _ => (0, 0),
        };
        let at = |number: i64, before: i16| {
            let href = last.map(|year| registered(shell, &narrowed, year - before)).unwrap_or_default();
            (number, href)
        };
        let density = residents(&part.code, today.year()).and_then(|held| part.stock.density(held.number));
        PartLine {
            name: (by.name)(shell, &part.code),
            years_href: shell.url(format!("/statistics?{}={}#years", by.filter, part.code)),
            counts: [
                (part.stock.registered, of("&legal=registered")),
                (part.stock.filed, of("&legal=filed")),
                (part.stock.all(), of("")),
                at(start, 1),
                at(end, 0),
            ],
            growth: growth_text(growth(start, end)),
            density: density.map_or_else(|| "—".to_owned(), |number| number.to_string()),
        }
    };
    Parts {
        title: shell.t(&format!("statistics-{}-parts", by.filter)),
        head: shell.t(&format!("statistics-{}-head", by.filter)),
        has_density,
        lines: (by.of)(found).iter().map(line).collect(),
    }
}

/// The years of the part that the address asks for, such as `?district=320104`; without one the city's.
pub(super) fn asked_years(shell: &Shell, found: &Figures) -> Years {
    let query = Form::of(pairs(shell.query.as_bytes()));
    let asked = BY.iter().find_map(|by| {
        let part = (by.of)(found).iter().find(|part| part.code == query.trimmed(by.filter))?;
        Some((by, part))
    });
    let Some((by, part)) = asked else {
        let lines = found.years.iter().rev().map(|year| year_line(shell, "", year)).collect();
        return Years { title: shell.t("statistics-years"), lines, city_href: String::new() };
    };
    let narrowed = format!("{}={}&", by.filter, part.code);
    Years {
        title: shell.tx("statistics-years-of", (by.name)(shell, &part.code)),
        lines: part.years.iter().rev().map(|year| year_line(shell, &narrowed, year)).collect(),
        city_href: shell.url("/statistics#years"),
    }
}

/// A year; `narrowed` is the filter of the part that it counts.
fn year_line(shell: &Shell, narrowed: &str, year: &Year) -> YearLine {
    let registered = |filter: &str| registered(shell, &format!("{narrowed}{filter}"), year.year);
    YearLine {
        year: year.year,
        added: year.added,
        added_href: registered("dated=yes&year"),
        ended: year.ended,
        ended_href: registered("ended"),
        at_end: year.at_end,
        at_end_href: registered("at"),
        growth: growth_text(year.growth),
    }
}
