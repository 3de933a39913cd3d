//! Notices on 26 January 2014, a working Sunday; bids of 31 organisations until the deadlines.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;
use app::registry::{self, OrganisationForm};
use app::tendering::{bid, bid_draft, checking, notice, queries, question, requirement, scoring};
use app::{City, RequestKey};
use domain::kernel::{Actor, Coded, CreditCode, Fen, Moment, TenderId};
use domain::registry::OrganisationKind;
use domain::tendering::bid::{BidPart, Statement};
use domain::tendering::scoring_table::TieRule;
use indicatif::ProgressBar;

use super::at;
use super::cast::Cast;
use super::catalogue::{Batched, Listed, coded, set_clock};
use super::sheets::{self, BidRow, BidderRow, CriterionRow, ItemRow};

/// A published tender.
pub struct Published {
    /// Its id.
    pub id: TenderId,
    /// Its item's row.
    pub row: ItemRow,
    /// When its bids are opened.
    pub deadline: Moment,
}

/// Who bid, by sign-in name: known to the replay because it sent them, not read from the city.
pub struct Bidders {
    /// Every organisation that holds a receipt.
    pub with_receipt: BTreeSet<String>,
    /// The kinds among them.
    pub kinds: BTreeSet<String>,
    /// How many of them the bureau supervises.
    pub supervised: usize,
}

/// Writes, checks and publishes the tenders of the first batch.
pub async fn publish(
    city: &City,
    cast: &Cast,
    listed: &Listed,
    bar: &ProgressBar,
) -> anyhow::Result<Vec<Published>> {
    let criteria = sheets::criteria()?;
    let mut tenders = Vec::new();
    set_clock(city, at(1, 22, 9, 0));
    for item in &listed.items {
        let deadline = Moment::beijing(item.row.opens.parse().context("opens")?, 9, 0);
        let id = prepare(city, cast, item, &criteria).await.with_context(|| item.row.name.clone())?;
        tenders.push(Published { id, row: item.row.clone(), deadline });
        bar.inc(1);
    }
    set_clock(city, at(1, 26, 9, 0));
    for tender in &tenders {
        let version = version(city, tender.id).await?;
        let publish = notice::PublishNotice { tender: tender.id, version, deadline: tender.deadline };
        city.act(&cast.lead, &RequestKey::None, &publish).await.with_context(|| tender.row.name.clone())?;
    }
    Ok(tenders)
}

/// Takes a tender from its item to the end of its check.
pub async fn prepare(
    city: &City,
    cast: &Cast,
    item: &Batched,
    criteria: &[CriterionRow],
) -> anyhow::Result<TenderId> {
    let id = draft(city, cast, item, criteria).await?;
    let office = cast.office(&item.row.office)?;
    let submit = checking::SubmitForCheck { tender: id, version: version(city, id).await? };
    city.act(&office.staff, &RequestKey::None, &submit).await?;
    let check = checking::CheckTender {
        tender: id,
        version: version(city, id).await?,
        verdict: checking::Verdict::Accept,
        note: String::new(),
    };
    city.act(&cast.lead, &RequestKey::None, &check).await?;
    Ok(id)
}

/// Starts a tender and writes its documents and its scoring table.
pub async fn draft(
    city: &City,
    cast: &Cast,
    item: &Batched,
    criteria: &[CriterionRow],
) -> anyhow::Result<TenderId> {
    let office = cast.office(&item.row.office)?;
    let start = requirement::StartTender { item: item.id };
    let id = city.act(&office.staff, &RequestKey::None, &start).await?;
    let write = documents(id, version(city, id).await?, &item.row);
    city.act(&office.staff, &RequestKey::None, &write).await?;
    let lines = criteria.iter().filter(|line| line.template == item.row.criteria_template).map(|line| {
        Ok(scoring::CriterionLine {
            name: line.name.clone(),
            detail: line.detail.clone(),
            kind: coded(&line.kind)?,
            weight: line.weight,
            is_objective: line.is_objective == 1,
        })
    });
    let table = scoring::SetScoringTable {
        tender: id,
        version: version(city, id).await?,
        criteria: lines.collect::<anyhow::Result<_>>()?,
        is_price_fixed: false,
    };
    city.act(&office.staff, &RequestKey::None, &table).await?;
    Ok(id)
}

fn documents(tender: TenderId, version: i64, item: &ItemRow) -> requirement::WriteRequirement {
    requirement::WriteRequirement {
        tender,
        version,
        title: item.name.clone(),
        requirement: format!(
            "{}。服务对象：{}。质量要求：{}。",
            item.quantity, item.recipients, item.standard
        ),
        deliverables: "工作方案、过程记录、成果报告各一套，并附服务对象名册和满意率调查原始表。".to_owned(),
        qualification: "依法登记、具有独立承担民事责任的能力，近三年无重大违法记录。".to_owned(),
        price_rule: "报价为含税总价，以人民币元为单位，不得超过最高限价。".to_owned(),
        recipients_role: "服务对象参加验收，并以不记名方式评价服务。".to_owned(),
        performance_standard: item.performance_standard.clone(),
        contract_draft: "合同期内按需求书提供服务；全部服务验收合格后凭验收单付款；不得转包；\
                         违约按合同总价的约定比例承担责任；双方可互相反馈意见。"
            .to_owned(),
        challenge_contact: "社会组织管理局购买服务工作组（示例），电话 025-00000000".to_owned(),
        venue: "市民政局二楼会议室（示例）".to_owned(),
        // Those who are visited need it all year round; the rest is done in ten months.
        term_months: if item.function_kind == "public_service" { 12 } else { 10 },
        ceiling: Fen::yuan(item.ceiling_yuan),
        tie_rule: TieRule::Lot,
        panel_size: 5,
        designers: String::new(),
        consortia: domain::tendering::consortium::ConsortiumRule::NotStated,
    }
}

/// The present version of a tender's row.
pub async fn version(city: &City, tender: TenderId) -> anyhow::Result<i64> {
    Ok(queries::by_id(city, tender).await?.version)
}

/// Registers the bidders with an account each; one of them asks a question.
pub async fn register(
    city: &City,
    cast: &mut Cast,
    tenders: &[Published],
) -> anyhow::Result<BTreeMap<String, Actor>> {
    let mut actors = BTreeMap::new();
    for (index, row) in sheets::bidders()?.iter().enumerate() {
        let register = registry::RegisterOrganisation { form: form(row, index)? };
        let organisation = city.act(&Actor::SYSTEM, &RequestKey::None, &register).await;
        let organisation = organisation.with_context(|| row.name.clone())?;
        let name = format!("{}（经办）", row.person_in_charge);
        actors.insert(row.login.clone(), cast.add_bidder(city, &row.login, &name, organisation).await?);
    }
    ask(city, cast, tenders, &actors).await?;
    Ok(actors)
}

/// Sends every bid of `bids.csv`.
pub async fn bid(
    city: &City,
    actors: &BTreeMap<String, Actor>,
    tenders: &[Published],
    bar: &ProgressBar,
) -> anyhow::Result<Bidders> {
    let rows = sheets::bidders()?;
    let mut with_receipt = BTreeSet::new();
    let mut day = at(2, 10, 9, 0);
    for bid in sheets::bids()? {
        let tender =
            tenders.iter().find(|tender| tender.row.name == bid.item).context("a bid for nothing")?;
        let actor = actors.get(&bid.bidder).context("a bid of nobody")?;
        set_clock(city, day);
        day = day.plus_seconds(40 * 60);
        submit(city, actor, tender, &bid).await.with_context(|| format!("{} by {}", bid.item, bid.bidder))?;
        with_receipt.insert(bid.bidder);
        bar.inc(1);
    }
    let bid_here = |row: &&BidderRow| with_receipt.contains(&row.login);
    let kinds = rows.iter().filter(bid_here).map(|row| row.kind.clone()).collect();
    let supervised = rows.iter().filter(bid_here).filter(|row| row.is_supervised == 1).count();
    Ok(Bidders { with_receipt, kinds, supervised })
}

/// What the register knows of a bidder. Codes are right by their check characters and given to nobody.
fn form(row: &BidderRow, index: usize) -> anyhow::Result<OrganisationForm> {
    let (registrar, kind) = match coded::<OrganisationKind>(&row.kind)? {
        OrganisationKind::SocialAssociation => ('5', '1'),
        OrganisationKind::SocialServiceInstitution => ('5', '2'),
        OrganisationKind::Foundation => ('5', '3'),
        OrganisationKind::Enterprise => ('9', '1'),
        OrganisationKind::PublicInstitution => ('1', '2'),
    };
    let subject = format!("MJ{:06}", 201_400 + index);
    let code = CreditCode::derive(registrar, kind, row.division.get(..6).unwrap_or_default(), &subject);
    Ok(OrganisationForm {
        code: code.context("no credit code")?.as_str().to_owned(),
        name: row.name.clone(),
        kind: row.kind.clone(),
        legal: "registered".to_owned(),
        status: "active".to_owned(),
        supervised: if row.is_supervised == 1 { "是" } else { "否" }.to_owned(),
        division: row.division.clone(),
        fields: row.fields.replace(' ', ","),
        domicile: format!("示例路{}号", index + 1),
        registered_on: format!("20{:02}-03-{:02}", 1 + index % 11, 1 + index % 28),
        inspection: "pass".to_owned(),
        listing: "none".to_owned(),
        banned_until: String::new(),
        person_in_charge: row.person_in_charge.clone(),
        controller: String::new(),
        contact: format!("025-0000{:04}", index + 1),
        is_demo: true,
    })
}

async fn ask(
    city: &City,
    cast: &Cast,
    tenders: &[Published],
    actors: &BTreeMap<String, Actor>,
) -> anyhow::Result<()> {
    let tender = tenders.first().context("no tender")?;
    let asker = actors.get("org16").context("no org16")?;
    set_clock(city, at(2, 7, 10, 0));
    let text = "评估报告是否需要逐家出具，还是汇总出具？".to_owned();
    let ask = question::AskQuestion { tender: tender.id, text };
    let question = city.act(asker, &RequestKey::None, &ask).await?;
    let answer = question::AnswerQuestion {
        question,
        version: 1,
        answer: "逐家出具书面报告，并附一份汇总报告。".to_owned(),
    };
    let office = cast.office(&tender.row.office)?;
    city.act(&office.staff, &RequestKey::None, &answer).await?;
    Ok(())
}

/// Fills in the bid desk's fields as a bidder would, and submits.
pub async fn submit(city: &City, actor: &Actor, tender: &Published, bid: &BidRow) -> anyhow::Result<()> {
    let price = tender.row.ceiling_yuan * bid.price_percent / 100;
    let mut fields = vec![
        ("price".to_owned(), price.to_string()),
        ("project_lead".to_owned(), "项目负责人（示例）".to_owned()),
        ("contact_name".to_owned(), format!("{}联系人（示例）", bid.bidder)),
        ("contact_phone".to_owned(), format!("025-0000{}", bid.bidder.trim_start_matches("org"))),
    ];
    fields.extend(Statement::ALL.iter().map(|it| (format!("statements.{}", it.code()), "yes".to_owned())));
    fields.extend(BidPart::ALL.iter().map(|part| {
        (format!("parts.{}", part.code()), format!("关于{}的响应内容（示例）。", tender.row.name))
    }));
    let save = bid_draft::SaveDraft { tender: tender.id, version: 0, fields };
    let draft_version = city.act(actor, &RequestKey::None, &save).await?;
    let submit = bid::SubmitBid { tender: tender.id, draft_version };
    city.act(actor, &RequestKey::None, &submit).await?;
    Ok(())
}
