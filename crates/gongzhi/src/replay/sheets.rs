//! The data files of the round, read into rows.

use anyhow::Context;
use serde::Deserialize;
use serde::de::DeserializeOwned;

macro_rules! sheet {
    ($file:literal) => {
        ($file, include_str!(concat!("../../data/nanjing-2014/", $file)))
    };
}

/// An office with its director.
#[derive(Deserialize)]
pub struct OfficeRow {
    /// Code in Latin letters.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// What it does.
    pub duties: String,
    /// The director's name.
    pub director: String,
}

/// A catalogue item; `batch` and `opens` are empty for items of no batch.
#[derive(Clone, Deserialize)]
pub struct ItemRow {
    pub office: String,
    pub name: String,
    pub function_kind: String,
    pub reason: String,
    pub quantity: String,
    pub standard: String,
    pub ceiling_yuan: i64,
    pub budget_yuan: i64,
    pub fund_source: String,
    pub scope: String,
    pub recipients: String,
    pub performance_standard: String,
    /// 0 or 1.
    pub excludes_affiliates: i64,
    pub batch: Option<i64>,
    /// The day of the opening, `YYYY-MM-DD`.
    pub opens: String,
    pub criteria_template: String,
}

/// A line of a scoring table.
#[derive(Clone, Deserialize)]
pub struct CriterionRow {
    pub template: String,
    pub name: String,
    pub detail: String,
    pub kind: String,
    pub weight: i64,
    pub is_objective: i64,
}

/// A part of the measures.
#[derive(Deserialize)]
pub struct MeasuresRow {
    pub field: String,
    pub text: String,
}

/// An answer to a row of the negative list.
#[derive(Clone, Deserialize)]
pub struct AnswerRow {
    pub row: String,
    pub reason: String,
}

/// A bidder.
#[derive(Clone, Deserialize)]
pub struct BidderRow {
    pub login: String,
    pub name: String,
    pub kind: String,
    pub is_supervised: i64,
    pub division: String,
    pub fields: String,
    pub person_in_charge: String,
}

/// Who bids for what: price in percent of the ceiling, and how good the proposal is.
#[derive(Clone, Deserialize)]
pub struct BidRow {
    pub item: String,
    pub bidder: String,
    pub price_percent: i64,
    pub quality_percent: i64,
}

/// An expert of the pool.
#[derive(Deserialize)]
pub struct ExpertRow {
    pub login: String,
    pub name: String,
    pub title: String,
    pub employer: String,
    pub fields: String,
    pub born_on: String,
}

fn read<T: DeserializeOwned>((name, text): (&str, &str)) -> anyhow::Result<Vec<T>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().collect::<Result<_, _>>().with_context(|| format!("data/nanjing-2014/{name}"))
}

pub fn offices() -> anyhow::Result<Vec<OfficeRow>> {
    read(sheet!("offices.csv"))
}

pub fn items() -> anyhow::Result<Vec<ItemRow>> {
    read(sheet!("items.csv"))
}

pub fn criteria() -> anyhow::Result<Vec<CriterionRow>> {
    read(sheet!("criteria.csv"))
}

pub fn measures() -> anyhow::Result<Vec<MeasuresRow>> {
    read(sheet!("measures.csv"))
}

pub fn answers() -> anyhow::Result<Vec<AnswerRow>> {
    read(sheet!("negative_list.csv"))
}

pub fn bidders() -> anyhow::Result<Vec<BidderRow>> {
    read(sheet!("bidders.csv"))
}

pub fn bids() -> anyhow::Result<Vec<BidRow>> {
    read(sheet!("bids.csv"))
}

pub fn experts() -> anyhow::Result<Vec<ExpertRow>> {
    read(sheet!("experts.csv"))
}
