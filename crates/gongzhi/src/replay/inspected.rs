//! The annual inspection of 2013 under way (示例): some organisations have reported, some are decided, one is
//! mending what was found, the others are silent yet.

use std::collections::BTreeMap;

use anyhow::Context;
use app::papers::GivePaper;
use app::registry::inspection::{
    self, AttachPaper, BatchRow, DecideMany, FoundGround, ReturnReport, ReviewMany, ReviewReport, SaveReport,
    SubmitReport, Whole,
};
use app::registry::profile;
use app::uploads::StoredFile;
use app::{City, RequestKey};
use domain::kernel::{Actor, Coded, Role, Scope};
use domain::registry::inspection::{
    Answers, Ground, InspectionState, Outcome, Question, Shape, Weight, report,
};
use domain::registry::{OrganisationKind, PaperKind};

use super::cast::Cast;

const YEAR: i64 = 2013;
const NO_KEY: RequestKey = RequestKey::None;
/// How many bidders have filed, and how many of those are reviewed and decided.
const FILED: usize = 14;
const REVIEWED: usize = 9;
const DECIDED: usize = 5;

/// Opens the year and takes it as far as it would be in March.
pub async fn inspect(city: &City, cast: &mut Cast, actors: &BTreeMap<String, Actor>) -> anyhow::Result<()> {
    let officer = cast.add(city, "inspector", "年检经办（示例）", Role::ApprovalOfficer, Scope::City).await?;
    let director = cast
        .add(city, "inspection-director", "年检审批（示例）", Role::ApprovalDirector, Scope::City)
        .await?;
    inspection::open(city, &officer, &NO_KEY, YEAR).await?;
    let mut filed = Vec::new();
    for (turn, actor) in actors.values().enumerate() {
        let organisation = actor.organisation().context("a bidder without an organisation")?;
        // Enterprises bid too, and are not inspected.
        let Ok(whole) = inspection::whole(city, organisation, YEAR).await else { continue };
        if whole.inspection.state != InspectionState::Due {
            continue;
        }
        if filed.len() == FILED {
            let draft = SaveReport { year: YEAR, version: 0, answers: answers(&whole, turn)? };
            city.act(actor, &NO_KEY, &draft).await?;
            break;
        }
        file(city, actor, &whole, turn).await.with_context(|| whole.organisation.name.clone())?;
        filed.push(whole.organisation.uscc);
    }
    let (reviewed, waiting) = filed.split_at_checked(REVIEWED).context("too few reports")?;
    let (mending, sound) = reviewed.split_last().context("nobody to mend")?;
    let rows = rows(city, sound, Outcome::Pass).await?;
    city.act(&officer, &NO_KEY, &ReviewMany { year: YEAR, rows }).await.context("the batch")?;
    find_fault(city, &officer, mending).await.context("the grounds")?;
    let returned = waiting.last().context("nobody to return to")?;
    let reason = "财务报告缺附注，请补充后再报（示例）。".to_owned();
    let version = version(city, returned).await?;
    let back = ReturnReport { year: YEAR, uscc: returned.clone(), version, reason };
    city.act(&officer, &NO_KEY, &back).await.context("the return")?;
    let mut decided = self::rows(city, sound.get(..DECIDED).unwrap_or_default(), Outcome::Pass).await?;
    decided.extend(self::rows(city, std::slice::from_ref(mending), Outcome::BasicPass).await?);
    city.act(&director, &NO_KEY, &DecideMany { year: YEAR, rows: decided }).await.context("the decisions")
}

async fn version(city: &City, uscc: &str) -> anyhow::Result<i64> {
    let held = profile::organisation(city, uscc).await?;
    Ok(inspection::whole(city, held.id, YEAR).await?.inspection.version)
}

async fn rows(city: &City, codes: &[String], outcome: Outcome) -> anyhow::Result<Vec<BatchRow>> {
    let mut rows = Vec::new();
    for uscc in codes {
        rows.push(BatchRow { uscc: uscc.clone(), version: version(city, uscc).await?, outcome });
    }
    Ok(rows)
}

async fn find_fault(city: &City, officer: &Actor, uscc: &str) -> anyhow::Result<()> {
    let review = ReviewReport {
        year: YEAR,
        uscc: uscc.to_owned(),
        version: version(city, uscc).await?,
        grounds: vec![FoundGround { ground: Ground::Finance, weight: Weight::Minor }],
        outcome: Outcome::BasicPass,
        note: "部分支出凭证不全，情节较轻（示例）。".to_owned(),
    };
    Ok(city.act(officer, &NO_KEY, &review).await?)
}

async fn file(city: &City, actor: &Actor, whole: &Whole, turn: usize) -> anyhow::Result<()> {
    let papers: &[(PaperKind, &str)] = match whole.organisation.kind {
        OrganisationKind::Foundation => &[
            (PaperKind::AuditReport, "2013年度审计报告（示例）.pdf"),
            (PaperKind::SupervisingConsent, "业务主管单位审查意见（示例）.pdf"),
        ],
        _ if whole.unit.is_reported_to() => &[
            (PaperKind::FinancialReport, "2013年度财务会计报告（示例）.pdf"),
            (PaperKind::SupervisingConsent, "业务主管单位初审意见（示例）.pdf"),
        ],
        _ => &[(PaperKind::FinancialReport, "2013年度财务会计报告（示例）.pdf")],
    };
    for (kind, name) in papers {
        let file = StoredFile::store(city, "B25", name, &super::leaf::pdf(name.trim_end_matches(".pdf")))?;
        let give =
            GivePaper { kind: *kind, title: String::new(), file, valid_until: None, on_behalf_of: None };
        let paper = city.act(actor, &NO_KEY, &give).await?;
        city.act(actor, &NO_KEY, &AttachPaper { year: YEAR, paper }).await?;
    }
    let submit = SubmitReport { year: YEAR, version: 0, answers: answers(whole, turn)? };
    Ok(city.act(actor, &NO_KEY, &submit).await?)
}

/// A plausible report; its accounts close.
fn answers(whole: &Whole, turn: usize) -> anyhow::Result<Answers> {
    let step = i64::try_from(turn)? * 37_000;
    let yuan = |amount: i64| amount.to_string();
    let typed: BTreeMap<Question, String> = Question::ALL
        .iter()
        .map(|question| {
            let text = match question {
                Question::Domicile | Question::PersonInCharge => whole.answers.text(*question).to_owned(),
                Question::WasPunished | Question::HasChanged => "no".to_owned(),
                Question::ChangesRegistered => String::new(),
                Question::UnitOpinionOn if whole.unit.is_reported_to() => "2014-03-28".to_owned(),
                Question::UnitOpinionOn => String::new(),
                Question::Income => yuan(480_000 + step),
                Question::GovernmentIncome => yuan(180_000 + step / 2),
                Question::Expense => yuan(450_000 + step),
                Question::ActivityExpense => yuan(390_000 + step),
                Question::NetAssetsBefore => yuan(120_000 + step),
                Question::NetAssets => yuan(150_000 + step),
                Question::Activities => (24 + turn).to_string(),
                Question::Beneficiaries => (1_800 + turn * 90).to_string(),
                Question::Staff => (9 + turn % 7).to_string(),
                Question::FullTime => "6".to_owned(),
                Question::Branches => "0".to_owned(),
                Question::CouncilMeetings => "3".to_owned(),
                _ if question.shape() == Shape::YesNo => "yes".to_owned(),
                _ => "依照章程开展服务，情况良好（示例）。".to_owned(),
            };
            (*question, text)
        })
        .collect();
    let read = report::read(|question| typed.get(&question).map_or("", String::as_str));
    read.map_err(|faults| anyhow::anyhow!("{faults:?}"))
}
