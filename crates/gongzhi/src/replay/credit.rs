//! The credit lists in the living demo: two organisations listed, one asking for a hearing, one removed again.
//! All of them invented; every step goes through the same acts as the pages.

use anyhow::Context;
use app::registry::credit::answer::AnswerNotice;
use app::registry::credit::decision::DecideListing;
use app::registry::credit::due::DoWhatIsDue;
use app::registry::credit::letter::{RecordLetter, RecordReturn};
use app::registry::credit::penalty::{Footing, RecordPenalty};
use app::registry::credit::penalty_decision::DecidePenalty;
use app::registry::credit::penalty_notice::{AnswerPenalty, NoticePenalty};
use app::registry::credit::proposal::{ProposeListing, SendNotice};
use app::registry::credit::read::{self, CaseFilter};
use app::registry::credit::removal::{ApplyRemoval, DecideRemoval, VerifyRemoval};
use app::registry::{Filter, directory};
use app::{Act, City, RequestKey};
use domain::kernel::{Actor, Date, Fen, OrganisationId, Role, Scope};
use domain::registry::credit::{Illegal, ListingGround, PenaltyKind, StatementKind};
use domain::registry::{CreditListing, Legal, Offence, OrganisationKind, OrganisationStatus};

use super::cast::Cast;

/// The two people of the approval office, and whom they meet.
struct Office {
    officer: Actor,
    director: Actor,
}

/// An organisation with who acts for it.
struct Subject {
    id: OrganisationId,
    own: Actor,
}

async fn act<A: Act>(city: &City, actor: &Actor, act: &A) -> anyhow::Result<A::Outcome> {
    city.act(actor, &RequestKey::None, act).await.with_context(|| A::NAME)
}

/// Plays all four, on the last day of the replay.
pub async fn show(city: &City, cast: &mut Cast) -> anyhow::Result<()> {
    let officer =
        cast.add(city, "credit-officer", "信用经办（示例）", Role::ApprovalOfficer, Scope::City).await?;
    let director =
        cast.add(city, "credit-director", "信用核准（示例）", Role::ApprovalDirector, Scope::City).await?;
    let office = Office { officer, director };
    let mut subjects = subjects(city, cast).await?.into_iter();
    let mut next = || subjects.next().context("too few organisations for the credit lists");
    fined(city, &office, &next()?).await.context("a large fine")?;
    let unready = propose(city, &office, &next()?, ListingGround::NoPartyBody, "未按规定建立党组织").await?;
    decide(city, &office, unready).await.context("no party body")?;
    unreachable(city, &office, &next()?).await.context("a hearing")?;
    removed(city, &office, &next()?).await.context("a removal")
}

/// Four invented institutions with nothing against them, each with an account: nobody whom the seed names is ever
/// shown with a penalty.
async fn subjects(city: &City, cast: &mut Cast) -> anyhow::Result<Vec<Subject>> {
    let filter = Filter {
        kind: Some(OrganisationKind::SocialServiceInstitution),
        legal: Some(Legal::Registered),
        status: Some(OrganisationStatus::Active),
        listing: Some(CreditListing::None),
        supervised: Some(false),
        ..Filter::default()
    };
    let page = directory::list(city, &filter, None, 40).await?;
    let mut subjects = Vec::new();
    let invented = page.rows.iter().rev().filter(|row| row.name.contains("示例"));
    for (place, row) in invented.take(4).enumerate() {
        let login = format!("listed-{}", place + 1);
        let own = cast.add_bidder(city, &login, &format!("{}经办", row.name), row.id).await?;
        subjects.push(Subject { id: row.id, own });
    }
    Ok(subjects)
}

/// A fine of sixty thousand leads to the serious list directly.
async fn fined(city: &City, office: &Office, subject: &Subject) -> anyhow::Result<()> {
    let record = RecordPenalty {
        organisation: subject.id,
        kind: PenaltyKind::Fine,
        amount: Fen::yuan(60_000),
        document_number: "宁民立〔2014〕0001号（示例）".to_owned(),
        authority: "南京市民政局（示例）".to_owned(),
        reason: "超出章程规定的业务范围开展收费活动（示例）。".to_owned(),
        imposed_on: Date::constant(2014, 3, 6),
        until: None,
        // Between three and five times what was gained.
        footing: Footing {
            illegal: Illegal { turnover: Fen::ZERO, gains: Fen::yuan(15_000) },
            evidence: "收费台账和银行流水（示例）".to_owned(),
            mend_by: Some(Date::constant(2014, 4, 6)),
            ..Footing::on(Offence::BeyondScope)
        },
    };
    let penalty = act(city, &office.officer, &record).await?;
    act(city, &office.officer, &NoticePenalty { penalty }).await?;
    let (kind, statement) = (StatementKind::Written, "已停止收费并退还部分款项（示例）。".to_owned());
    act(city, &subject.own, &AnswerPenalty { penalty, kind, statement, papers: Vec::new() }).await?;
    let reason = "已按退还情况在幅度内从轻，不再减少（示例）。".to_owned();
    let imposed = DecidePenalty { penalty, is_imposed: true, lighter: None, reason };
    act(city, &office.director, &imposed).await?;
    act(city, &office.officer, &DoWhatIsDue).await?;
    let cases = read::cases(city, CaseFilter::default()).await?;
    let case = cases.iter().find(|case| case.ground == ListingGround::FinedLarge);
    let number = case.context("the fine led to no proposal")?.number;
    answer(city, office, subject, number, StatementKind::Waived, "").await?;
    decide(city, office, number).await
}

async fn propose(
    city: &City,
    office: &Office,
    subject: &Subject,
    ground: ListingGround,
    evidence: &str,
) -> anyhow::Result<i64> {
    let propose = ProposeListing {
        organisation: subject.id,
        ground,
        arose_on: Date::constant(2014, 3, 5),
        evidence: format!("{evidence}（示例）。"),
        paper: None,
    };
    let number = act(city, &office.officer, &propose).await?;
    if ground != ListingGround::Unreachable {
        answer(city, office, subject, number, StatementKind::Waived, "").await?;
    }
    Ok(number)
}

async fn answer(
    city: &City,
    office: &Office,
    subject: &Subject,
    number: i64,
    kind: StatementKind,
    statement: &str,
) -> anyhow::Result<()> {
    act(city, &office.officer, &SendNotice { number }).await?;
    let answer = AnswerNotice { number, kind, statement: statement.to_owned(), papers: Vec::new() };
    act(city, &subject.own, &answer).await
}

async fn decide(city: &City, office: &Office, number: i64) -> anyhow::Result<()> {
    let reason = "事实清楚，单位无异议（示例）。".to_owned();
    act(city, &office.director, &DecideListing { number, is_listed: true, reason }).await
}

/// Two letters came back; the organisation asks for a hearing.
async fn unreachable(city: &City, office: &Office, subject: &Subject) -> anyhow::Result<()> {
    for (sent, back) in [((2, 10), (2, 14)), ((2, 27), (3, 5))] {
        let (sent_on, returned_on) =
            (Date::constant(2014, sent.0, sent.1), Date::constant(2014, back.0, back.1));
        let mail_number = format!("示例信函{}", sent_on);
        let letter = RecordLetter { organisation: subject.id, sent_on, mail_number };
        let letter = act(city, &office.officer, &letter).await?;
        act(city, &office.officer, &RecordReturn { letter, returned_on }).await?;
    }
    let number = propose(city, office, subject, ListingGround::Unreachable, "两封专用信函均被退回").await?;
    let statement = "本单位正在办理住所变更，请求听证（示例）。";
    answer(city, office, subject, number, StatementKind::Hearing, statement).await
}

/// Listed for an incomplete report, mended and removed again.
async fn removed(city: &City, office: &Office, subject: &Subject) -> anyhow::Result<()> {
    let number =
        propose(city, office, subject, ListingGround::ReportIncomplete, "年度报告缺少财务部分").await?;
    decide(city, office, number).await?;
    let places = read::open_places(city, subject.id).await?;
    let listing = places.first().context("it is not on the list")?.id;
    let statement = "已补报财务部分（示例）。".to_owned();
    let apply = ApplyRemoval { listing, statement, papers: Vec::new() };
    let removal = act(city, &subject.own, &apply).await?;
    let finding = "补报内容已核对（示例）。".to_owned();
    act(city, &office.officer, &VerifyRemoval { removal, is_mended: true, finding }).await?;
    let reason = "已履行义务（示例）。".to_owned();
    act(city, &office.director, &DecideRemoval { removal, is_removed: true, reason }).await
}
