//! 21 February 2014 and after: seven openings, fourteen sessions, scores, decisions, contracts.

use anyhow::Context;
use app::access::people;
use app::contracts::{self, DraftContract, EditContract, OfferContract, SignAsBuyer, SignAsProvider};
use app::performance::evaluation::{CheckPlan, DraftPlan, SubmitPlan, indicators};
use app::tendering::award::{DecideAward, NotifyAward};
use app::tendering::expert::{AddExpert, ExpertRecord};
use app::tendering::opening::OpeningOutcome;
use app::tendering::{queries, result};
use app::{City, RequestKey};
use domain::contracts::{Milestone, term};
use domain::kernel::{Actor, ContractId, Fen, Moment, OrganisationId, Role, Scope};
use domain::performance::evaluation::{ServiceKind, Weights, weights};
use indicatif::ProgressBar;

use super::at;
use super::bidding::Published;
use super::cast::Cast;
use super::catalogue::set_clock;
use super::sheets::{self, BidRow};
use super::trial::Trial;

/// The day of the first openings.
pub const FIRST_DAY: (i8, i8) = (2, 21);

/// The item that serves nobody in particular: its plan hears a third party instead (E1).
pub const WITHOUT_RECIPIENTS: &str = "千年古镇评定";

/// Opens and judges the tenders of the first day.
pub async fn judge(
    city: &City,
    cast: &Cast,
    experts: &[Actor],
    tenders: &[Published],
    bar: &ProgressBar,
) -> anyhow::Result<()> {
    let bids = sheets::bids()?;
    let (month, day) = FIRST_DAY;
    set_clock(city, at(month, day, 9, 0));
    let first: Vec<&Published> =
        tenders.iter().filter(|tender| tender.deadline == at(month, day, 9, 0)).collect();
    for tender in first {
        let trial = Trial::of(city, cast, tender).await?;
        let outcome = trial.open().await?;
        anyhow::ensure!(matches!(outcome, OpeningOutcome::Opened(_)), "{}: {outcome:?}", tender.row.name);
        try_whole(&trial, experts, &bids).await.with_context(|| tender.row.name.clone())?;
        bar.inc(1);
    }
    Ok(())
}

/// An opened tender from qualification to the signed report.
pub async fn try_whole(trial: &Trial<'_>, experts: &[Actor], bids: &[BidRow]) -> anyhow::Result<()> {
    trial.qualify().await?;
    let members = trial.form_panel(experts).await?;
    trial.hold_live_session(&members).await?;
    let marks = trial.marks(bids).await?;
    trial.hold_review(&members, &marks, members.len()).await?;
    trial.rank(&members).await
}

/// Adds the expert pool.
pub async fn add_experts(city: &City, cast: &mut Cast) -> anyhow::Result<Vec<Actor>> {
    let mut experts = Vec::new();
    for row in sheets::experts()? {
        let actor = cast.add(city, &row.login, &row.name, Role::Expert, Scope::City).await?;
        let record = ExpertRecord {
            title: row.title,
            fields: row.fields,
            employer: row.employer,
            employer_uscc: None,
            office: None,
            born_on: row.born_on.parse().with_context(|| row.born_on.clone())?,
        };
        let person = actor.person.context("an expert is a person")?;
        city.act(&cast.lead, &RequestKey::None, &AddExpert { person, record }).await?;
        experts.push(actor);
    }
    Ok(experts)
}

/// The directors decide in ranked order, the results are public, notices go out.
pub async fn conclude(city: &City, cast: &Cast, tenders: &[Published]) -> anyhow::Result<()> {
    set_clock(city, at(2, 24, 10, 0));
    let opened: Vec<&Published> = tenders.iter().filter(|tender| tender.deadline < at(2, 24, 0, 0)).collect();
    for tender in &opened {
        decide(city, cast, tender).await.with_context(|| tender.row.name.clone())?;
    }
    set_clock(city, at(2, 28, 9, 0));
    for tender in &opened {
        notify(city, cast, tender).await.with_context(|| tender.row.name.clone())?;
    }
    Ok(())
}

/// Both sides sign, from 4 March on.
pub async fn contract(city: &City, cast: &Cast, tenders: &[Published]) -> anyhow::Result<()> {
    let opened = tenders.iter().filter(|tender| tender.deadline < at(2, 24, 0, 0));
    for (index, tender) in opened.enumerate() {
        set_clock(city, signing_moment(index));
        sign(city, cast, tender).await.with_context(|| tender.row.name.clone())?;
    }
    Ok(())
}

/// The director decides for the candidate that the ranking offers.
pub async fn decide(city: &City, cast: &Cast, tender: &Published) -> anyhow::Result<()> {
    let director = &cast.office(&tender.row.office)?.director;
    let number = queries::by_id(city, tender.id).await?.number;
    let candidate = result::desk(city, director, &number).await?.candidate().context("no candidate")?.bid_id;
    let decide = DecideAward { tender: tender.id, bid: candidate, reason: String::new() };
    city.act(director, &RequestKey::None, &decide).await?;
    Ok(())
}

/// The award notice goes out.
pub async fn notify(city: &City, cast: &Cast, tender: &Published) -> anyhow::Result<()> {
    let director = &cast.office(&tender.row.office)?.director;
    Ok(city.act(director, &RequestKey::None, &NotifyAward { tender: tender.id }).await?)
}

/// Contracts are signed on the days after 4 March, one in the morning, one in the afternoon.
fn signing_moment(index: usize) -> Moment {
    let index = i64::try_from(index).unwrap_or(0);
    at(3, 4, 10, 0).plus_seconds(index / 2 * 86_400 + index % 2 * 4 * 3600)
}

async fn sign(city: &City, cast: &Cast, tender: &Published) -> anyhow::Result<()> {
    let (contract, winner) = offer(city, cast, tender).await?;
    let signer = people::users_of(city, winner).await?.into_iter().next().context("nobody signs")?;
    let signer =
        Actor::new(signer, Role::OrganisationUser, Scope::Organisation(winner)).with_fresh_password();
    city.act(&signer, &RequestKey::None, &SignAsProvider { contract, version: 4 }).await?;
    plan(city, cast, tender, contract).await.context("the evaluation plan")
}

/// The office writes the evaluation plan and the lead fixes it, the day before the service begins (E3). Whom the
/// bureau's work serves are the organisations.
async fn plan(city: &City, cast: &Cast, tender: &Published, contract: ContractId) -> anyhow::Result<()> {
    let staff = &cast.office(&tender.row.office)?.staff;
    let rules = city.book.on(city.clock.now().date());
    let kind = ServiceKind::BureauSupport;
    let has_recipients = tender.row.name != WITHOUT_RECIPIENTS;
    let moved = Weights { experts: 60, recipients: 0, purchaser: 20, third_party: 20 };
    let targets = indicators(kind, rules)?.iter().map(|_| "不低于95%（示例）".to_owned()).collect();
    let draft = DraftPlan {
        contract,
        version: 0,
        kind,
        targets,
        weights: if has_recipients { weights::usual(rules) } else { moved },
        has_recipients,
        no_recipients_reason: "评定的对象是古镇，没有可识别的服务对象（示例）。".to_owned(),
        third_party: "宁衡绩效评价事务所（示例）".to_owned(),
    };
    let key = RequestKey::None;
    city.act(staff, &key, &draft).await?;
    city.act(staff, &key, &SubmitPlan { contract, version: 1 }).await?;
    let check = CheckPlan { contract, version: 2, is_fixed: true, note: String::new() };
    Ok(city.act(&cast.lead, &key, &check).await?)
}

/// Half is paid for half a year's service, the rest at its end.
async fn in_two_halves(city: &City, staff: &Actor, contract: ContractId) -> anyhow::Result<EditContract> {
    let number = contracts::number_of(city, contract).await?;
    let (held, _) = contracts::by_number(city, staff, &number).await?;
    let half = Fen(held.amount_fen.0 / 2);
    let milestone = |name: &str, due, amount| Milestone { name: name.to_owned(), due, amount };
    let first_due = term::of_months(held.starts_on, held.term_months / 2).context("half a term")?.ends;
    Ok(EditContract {
        contract,
        version: held.version,
        starts: held.starts_on,
        ends: held.ends_on,
        ticks: Vec::new(),
        is_budget_assured: held.is_budget_assured,
        settlement: "分两期结算：上半年服务验收合格后支付一半，全年服务验收合格后支付其余（示例）。"
            .to_owned(),
        rights: held.rights,
        breach: held.breach,
        confidentiality: held.confidentiality,
        feedback: held.feedback,
        milestones: vec![
            milestone("上半年服务验收合格", first_due, half),
            milestone("全年服务验收合格", held.ends_on, Fen(held.amount_fen.0 - half.0)),
        ],
    })
}

/// The office drafts and offers the contract and its director signs; the provider has it on the desk.
pub async fn offer(
    city: &City,
    cast: &Cast,
    tender: &Published,
) -> anyhow::Result<(ContractId, OrganisationId)> {
    let office = cast.office(&tender.row.office)?;
    let key = RequestKey::None;
    let contract = city.act(&office.staff, &key, &DraftContract { tender: tender.id }).await?;
    city.act(&office.staff, &key, &in_two_halves(city, &office.staff, contract).await?).await?;
    city.act(&office.staff, &key, &OfferContract { contract, version: 2 }).await?;
    city.act(&office.director, &key, &SignAsBuyer { contract, version: 3 }).await?;
    let number = queries::by_id(city, tender.id).await?.number;
    let outcome = result::public(city, &number).await?;
    Ok((contract, outcome.award().context("no award")?.organisation_id))
}
