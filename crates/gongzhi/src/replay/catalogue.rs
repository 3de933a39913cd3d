//! January 2014: measures, 52 items of 14 offices, the published catalogue, the first batch.

use anyhow::Context;
use app::catalogue::{batches, items, listing, measures, review};
use app::funds::{AllotCatalogue, Appropriate, OpenFund};
use app::{City, RequestKey, catalogue::items::ItemContent};
use domain::catalogue::{FundSource, ItemScope, NegativeListRow, RowAnswer};
use domain::funds::MoneySource;
use domain::kernel::{BatchId, Coded, Fen, ItemId, Moment};
use indicatif::ProgressBar;

use super::at;
use super::cast::Cast;
use super::sheets::{self, AnswerRow, ItemRow};

/// An item of the first batch.
pub struct Batched {
    /// Its id.
    pub id: ItemId,
    /// Its row in `items.csv`.
    pub row: ItemRow,
}

/// What the catalogue came to.
pub struct Listed {
    /// The first batch.
    pub batch: BatchId,
    /// Its items.
    pub items: Vec<Batched>,
    /// Listed items of the city that no batch holds yet; delegated ones are bought by districts (S65).
    pub rest: Vec<Batched>,
}

const YEAR: i64 = 2014;

/// Lists the catalogue and forms the first batch.
pub async fn list(city: &City, cast: &Cast, bar: &ProgressBar) -> anyhow::Result<Listed> {
    publish_measures(city, cast).await?;
    let rows = sheets::items()?;
    let mut proposed = Vec::new();
    set_clock(city, at(1, 13, 9, 0));
    for row in rows {
        let id = propose(city, cast, &row).await.with_context(|| row.name.clone())?;
        proposed.push(Batched { id, row });
        bar.inc(1);
    }
    set_clock(city, at(1, 20, 9, 0));
    city.act(&cast.lead, &RequestKey::None, &listing::PublishCatalogue { year: YEAR }).await?;
    fund(city, cast, &proposed).await.context("the money")?;
    let (first, rest): (Vec<Batched>, Vec<Batched>) =
        proposed.into_iter().partition(|item| item.row.batch == Some(1));
    let rest = rest.into_iter().filter(|item| item.row.scope == "city").collect();
    let batch = batches::CreateBatch {
        year: YEAR,
        title: "2014年第一批购买服务项目".to_owned(),
        item_ids: first.iter().map(|item| item.id).collect(),
    };
    let batch = city.act(&cast.lead, &RequestKey::None, &batch).await?;
    Ok(Listed { batch, items: first, rest })
}

/// The treasury gives each source what its items need; every item gets its budget.
async fn fund(city: &City, cast: &Cast, items: &[Batched]) -> anyhow::Result<()> {
    for source in FundSource::ALL {
        let of_source = items.iter().filter(|item| item.row.fund_source == source.code());
        let amount =
            Fen::sum(of_source.map(|item| Fen::yuan(item.row.budget_yuan))).context("too much money")?;
        if amount == Fen::ZERO {
            continue;
        }
        let source = MoneySource::from(*source);
        let name = format!("{YEAR}年政府购买社会组织服务资金（示例）");
        let fund = city.act(&cast.finance, &RequestKey::None, &OpenFund { year: YEAR, source, name }).await?;
        let document = "宁财预〔2014〕示例号".to_owned();
        city.act(&cast.finance, &RequestKey::None, &Appropriate { fund, amount, document }).await?;
        city.act(&cast.finance, &RequestKey::None, &AllotCatalogue { fund }).await?;
    }
    Ok(())
}

async fn publish_measures(city: &City, cast: &Cast) -> anyhow::Result<()> {
    set_clock(city, at(1, 6, 9, 0));
    let rows = sheets::measures()?;
    let part = |field: &str| -> anyhow::Result<String> {
        let row = rows.iter().find(|row| row.field == field);
        Ok(row.with_context(|| format!("no {field} in measures.csv"))?.text.clone())
    };
    let text = measures::MeasuresText {
        title: part("title")?,
        document_no: part("document_no")?,
        special_body: part("special_body")?,
        list: part("list")?,
        procedure: part("procedure")?,
        performance_standards: part("performance_standards")?,
        responsibilities: part("responsibilities")?,
    };
    let draft = measures::DraftMeasures { text };
    let id = city.act(&cast.lead, &RequestKey::None, &draft).await?;
    let publish = measures::PublishMeasures { measures: id, version: 1 };
    city.act(&cast.second_lead, &RequestKey::None, &publish).await?;
    Ok(())
}

async fn propose(city: &City, cast: &Cast, row: &ItemRow) -> anyhow::Result<ItemId> {
    let office = cast.office(&row.office)?;
    let content = ItemContent {
        title: row.name.clone(),
        function: coded(&row.function_kind)?,
        why_purchasable: row.reason.clone(),
        quantity: row.quantity.clone(),
        standard: row.standard.clone(),
        ceiling: Fen::yuan(row.ceiling_yuan),
        budget: Fen::yuan(row.budget_yuan),
        fund_source: coded::<FundSource>(&row.fund_source)?,
        scope: coded::<ItemScope>(&row.scope)?,
        recipients: row.recipients.clone(),
        performance_standard: row.performance_standard.clone(),
        excludes_affiliates: row.excludes_affiliates == 1,
    };
    let propose = items::ProposeItem { year: YEAR, content };
    let id = city.act(&office.staff, &RequestKey::None, &propose).await?;
    let answer = |answer: AnswerRow| -> anyhow::Result<RowAnswer> {
        Ok(RowAnswer { row: coded::<NegativeListRow>(&answer.row)?, applies: false, reason: answer.reason })
    };
    let answers = sheets::answers()?.into_iter().map(answer).collect::<anyhow::Result<_>>()?;
    let sign = review::SignNegativeList { item: id, version: 1, answers };
    city.act(&office.director, &RequestKey::None, &sign).await?;
    let verdict =
        review::ReviewItem { item: id, version: 2, verdict: review::Verdict::Accept, note: String::new() };
    city.act(&cast.lead, &RequestKey::None, &verdict).await?;
    Ok(id)
}

/// A member of a closed list by the code in a data file.
pub fn coded<C: Coded>(code: &str) -> anyhow::Result<C> {
    C::from_code(code).with_context(|| format!("no {} `{code}`", C::LIST))
}

/// Sets the held clock to a later moment.
pub fn set_clock(city: &City, to: Moment) {
    // A moment that has passed leaves the clock where it is: steps of one hour may run into the next.
    city.clock.move_to(to);
}
