//! The world beside the first batch: a few hundred organisations, and a second batch with a tender in every
//! stage, so that a visitor can take any role and carry on. None of it counts among the seed's facts.

use std::collections::BTreeMap;

use anyhow::Context;
use app::catalogue::batches::CreateBatch;
use app::tendering::cancellation::{AskCancellation, CancelTender};
use app::tendering::question::AskQuestion;
use app::tendering::{checking, notice};
use app::{City, RequestKey, registry};
use domain::kernel::Actor;
use domain::tendering::cancellation::CancellationGround;
use indicatif::ProgressBar;

use super::bidding::{self, Published};
use super::cast::Cast;
use super::catalogue::{Batched, set_clock};
use super::sheets::{self, BidRow, CriterionRow};
use super::trial::Trial;
use super::{at, review};

/// Seed of the invented organisations; those of a benchmark use another.
const SEED: u64 = 7;
const ORGANISATIONS: usize = 300;
/// Tenders of the second batch, in the order in which their fates are told below.
const PUBLISHED: usize = 8;
const UNPUBLISHED: usize = 3;
/// The place of the tender whose contract is offered, and what it buys.
const AWARDED: usize = 5;
const SERVED: &str = "空巢独居老人探访关爱服务";

/// The second batch on its way.
pub struct Second {
    tenders: Vec<Published>,
    bids: Vec<BidRow>,
}

/// 10 February: the second batch is formed; eight notices go out, three requirements stay on the desks.
pub async fn publish(
    city: &City,
    cast: &Cast,
    rest: &[Batched],
    actors: &BTreeMap<String, Actor>,
    bar: &ProgressBar,
) -> anyhow::Result<Second> {
    let everybody = registry::specimen::invented(ORGANISATIONS, SEED);
    registry::load_many(city, &Actor::SYSTEM, &everybody, &|_| {}).await?;
    set_clock(city, at(2, 8, 9, 0));
    let items = second_items(rest)?;
    let batch = CreateBatch {
        year: 2014,
        title: "2014年第二批购买服务项目（示例）".to_owned(),
        item_ids: items.iter().map(|item| item.id).collect(),
    };
    city.act(&cast.lead, &RequestKey::None, &batch).await?;
    let criteria = sheets::criteria()?;
    let (now, later) = items.split_at(PUBLISHED);
    leave_on_desks(city, cast, later, &criteria).await?;
    let mut tenders = Vec::new();
    for item in now {
        let id = bidding::prepare(city, cast, item, &criteria).await?;
        tenders.push(Published { id, row: item.row.clone(), deadline: at(2, 28, 10, 0) });
        bar.inc(1);
    }
    set_clock(city, at(2, 10, 8, 30));
    for tender in &tenders {
        let version = bidding::version(city, tender.id).await?;
        let publish = notice::PublishNotice { tender: tender.id, version, deadline: tender.deadline };
        city.act(&cast.lead, &RequestKey::None, &publish).await?;
    }
    let bids = send_bids(city, &tenders, actors).await?;
    Ok(Second { tenders, bids })
}

/// The first items that are left, with the one that serves old people at home in the place of the tender that
/// comes to an offered contract: whoever signs it can play on to recipients' answers.
fn second_items(rest: &[Batched]) -> anyhow::Result<Vec<&Batched>> {
    let mut items: Vec<&Batched> = rest.iter().take(PUBLISHED + UNPUBLISHED).collect();
    anyhow::ensure!(items.len() == PUBLISHED + UNPUBLISHED, "too few items for a second batch");
    let served = rest.iter().find(|item| item.row.name == SERVED).context("nobody is visited at home")?;
    if let Some(place) = items.iter().position(|item| item.row.name == SERVED) {
        items.swap(place, AWARDED);
    } else if let Some(awarded) = items.get_mut(AWARDED) {
        *awarded = served;
    }
    Ok(items)
}

/// One requirement half written, one waiting for its check, one ready for its notice.
async fn leave_on_desks(
    city: &City,
    cast: &Cast,
    items: &[&Batched],
    criteria: &[CriterionRow],
) -> anyhow::Result<()> {
    let [writing, checking, ready] = items else { anyhow::bail!("three items are left on desks") };
    bidding::draft(city, cast, writing, criteria).await?;
    let waiting = bidding::draft(city, cast, checking, criteria).await?;
    let submit =
        checking::SubmitForCheck { tender: waiting, version: bidding::version(city, waiting).await? };
    city.act(&cast.office(&checking.row.office)?.staff, &RequestKey::None, &submit).await?;
    bidding::prepare(city, cast, ready, criteria).await?;
    Ok(())
}

/// Three bids for each of the first six; the seventh is cancelled, the eighth finds nobody.
async fn send_bids(
    city: &City,
    tenders: &[Published],
    actors: &BTreeMap<String, Actor>,
) -> anyhow::Result<Vec<BidRow>> {
    let mut bids = Vec::new();
    let bidders: Vec<&String> = actors.keys().collect();
    for (place, tender) in tenders.iter().take(6).enumerate() {
        for turn in 0..3 {
            let bidder = bidders.get((place * 4 + turn * 7 + 6) % bidders.len()).context("no bidders")?;
            let bid = BidRow {
                item: tender.row.name.clone(),
                bidder: (*bidder).clone(),
                price_percent: 86 + i64::try_from(place + turn * 3)?,
                quality_percent: 90 - i64::try_from(turn * 6)?,
            };
            let actor = actors.get(*bidder).context("no such bidder")?;
            bidding::submit(city, actor, tender, &bid)
                .await
                .with_context(|| format!("{} by {bidder}", bid.item))?;
            bids.push(bid);
        }
    }
    Ok(bids)
}

impl Second {
    /// 28 February: all but the cancelled one are opened; three are reviewed, one of them decided.
    pub async fn open(&self, city: &City, cast: &Cast, experts: &[Actor]) -> anyhow::Result<()> {
        let [opened, drawn, scoring, ranked, public, awarded, cancelled, failing] = self.fates()?;
        set_clock(city, at(2, 28, 10, 0));
        self.cancel(city, cast, cancelled).await.context("cancelling")?;
        for tender in [opened, drawn, scoring, ranked, public, awarded, failing] {
            Trial::of(city, cast, tender).await?.open().await.with_context(|| tender.row.name.clone())?;
        }
        for tender in [ranked, public, awarded] {
            let trial = Trial::of(city, cast, tender).await?;
            review::try_whole(&trial, experts, &self.bids).await.with_context(|| tender.row.name.clone())?;
        }
        review::decide(city, cast, awarded).await.context("deciding")
    }

    /// Up to 10 March: each tender is taken as far as its stage.
    pub async fn spread(
        &self,
        city: &City,
        cast: &Cast,
        experts: &[Actor],
        asker: &Actor,
        first_batch: &[Published],
    ) -> anyhow::Result<()> {
        let [_, drawn, scoring, _, public, awarded, _, failing] = self.fates()?;
        review::notify(city, cast, awarded).await.context("the award notice")?;
        review::offer(city, cast, awarded).await.context("the offered contract")?;
        review::decide(city, cast, public).await.context("deciding")?;
        self.leave_unscored(city, cast, experts, drawn, scoring).await?;
        set_clock(city, at(3, 7, 15, 0));
        let waiting = first_batch.last().context("no tender waits for bids")?;
        let text = "服务地点是否可以由承接单位自行提供？".to_owned();
        let ask = AskQuestion { tender: waiting.id, text };
        city.act(asker, &RequestKey::None, &ask).await.context("asking")?;
        set_clock(city, at(3, 10, 9, 0));
        Trial::of(city, cast, failing).await?.open().await.context("the second opening")?;
        Ok(())
    }

    fn fates(&self) -> anyhow::Result<&[Published; PUBLISHED]> {
        self.tenders.as_slice().try_into().context("the second batch is not whole")
    }

    async fn cancel(&self, city: &City, cast: &Cast, tender: &Published) -> anyhow::Result<()> {
        let ask = AskCancellation {
            tender: tender.id,
            ground: CancellationGround::TaskCancelled,
            reason: "该项工作已并入其他项目，本年度不再单独购买（示例）。".to_owned(),
        };
        let director = &cast.office(&tender.row.office)?.director;
        city.act(director, &RequestKey::None, &ask).await?;
        Ok(city.act(&cast.lead, &RequestKey::None, &CancelTender { tender: tender.id }).await?)
    }

    async fn leave_unscored(
        &self,
        city: &City,
        cast: &Cast,
        experts: &[Actor],
        drawn: &Published,
        scoring: &Published,
    ) -> anyhow::Result<()> {
        let trial = Trial::of(city, cast, drawn).await?;
        trial.qualify().await.context("qualifying")?;
        trial.form_panel(experts).await.context("forming a panel")?;
        let trial = Trial::of(city, cast, scoring).await?;
        trial.qualify().await.context("qualifying")?;
        let members = trial.form_panel(experts).await.context("forming a panel")?;
        trial.hold_live_session(&members).await.context("the live session")?;
        let marks = trial.marks(&self.bids).await?;
        trial.hold_review(&members, &marks, 2).await.context("the review")
    }
}
