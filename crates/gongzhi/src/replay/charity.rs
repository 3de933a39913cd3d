//! The days after the Charity Law came into force: one invented institution is recognised as a charity, another has
//! its application under way. Every step goes through the same acts as the pages.

use anyhow::Context;
use app::papers::GivePaper;
use app::registry::charity::application::{ApplyForCharity, CharityForm};
use app::registry::charity::decision::{Check, DecideCharity, ReviewCharity};
use app::registry::charity::intake::AcceptCharity;
use app::registry::{Filter, directory};
use app::uploads::StoredFile;
use app::{Act, City, RequestKey};
use domain::kernel::{Actor, Coded, Date, Moment, PaperId, Role, Scope};
use domain::registry::charity::{CharityCondition, Said};
use domain::registry::{CreditListing, Legal, OrganisationKind, OrganisationStatus, PaperKind};

use super::cast::Cast;

/// A day of September 2016 in Beijing.
fn on(day: i8) -> Moment {
    Moment::beijing(Date::constant(2016, 9, day), 9, 0)
}

async fn act<A: Act>(city: &City, actor: &Actor, act: &A) -> anyhow::Result<A::Outcome> {
    city.act(actor, &RequestKey::None, act).await.with_context(|| A::NAME)
}

/// Moves the clock on to September 2016 and plays both.
pub async fn charities(city: &City, cast: &mut Cast) -> anyhow::Result<()> {
    city.clock.move_to(on(5));
    let post = (Role::ApprovalOfficer, Role::ApprovalDirector);
    let officer = cast.add(city, "charity-officer", "慈善经办（示例）", post.0, Scope::City).await?;
    let director = cast.add(city, "charity-director", "慈善核准（示例）", post.1, Scope::City).await?;
    let mut applicants = applicants(city, cast).await?.into_iter();
    let mut next = || applicants.next().context("too few organisations for the charities");
    let number = apply(city, &next()?).await.context("the first application")?;
    act(city, &officer, &AcceptCharity { number }).await?;
    city.clock.move_to(on(8));
    act(city, &officer, &checked(number)).await?;
    city.clock.move_to(on(12));
    let decide = DecideCharity {
        number,
        is_recognised: true,
        grounds: Vec::new(),
        decision: "各项条件均符合，予以认定（示例）。".to_owned(),
    };
    act(city, &director.with_fresh_password(), &decide).await?;
    let number = apply(city, &next()?).await.context("the second application")?;
    act(city, &officer, &AcceptCharity { number }).await.map(|_| ())
}

/// Two invented institutions with nothing against them, each with an account.
async fn applicants(city: &City, cast: &mut Cast) -> anyhow::Result<Vec<Actor>> {
    let filter = Filter {
        kind: Some(OrganisationKind::SocialServiceInstitution),
        legal: Some(Legal::Registered),
        status: Some(OrganisationStatus::Active),
        listing: Some(CreditListing::None),
        supervised: Some(false),
        ..Filter::default()
    };
    let page = directory::list(city, &filter, None, 40).await?;
    let mut actors = Vec::new();
    let invented = page.rows.iter().filter(|row| row.name.contains("示例"));
    for (place, row) in invented.take(2).enumerate() {
        let login = format!("charity-{}", place + 1);
        actors.push(cast.add_bidder(city, &login, &format!("{}经办", row.name), row.id).await?);
    }
    Ok(actors)
}

async fn paper(city: &City, own: &Actor, kind: PaperKind) -> anyhow::Result<PaperId> {
    let file = StoredFile::store(city, "B46", "示例材料.pdf", b"%PDF-1.7 invented for the demo")?;
    let give = GivePaper { kind, title: String::new(), file, valid_until: None, on_behalf_of: None };
    act(city, own, &give).await
}

async fn apply(city: &City, own: &Actor) -> anyhow::Result<i64> {
    let mut papers = Vec::new();
    for kind in [PaperKind::Minutes, PaperKind::AuditReport] {
        papers.push(paper(city, own, kind).await?);
    }
    let said = |condition: &CharityCondition| Said {
        condition: *condition,
        is_promised: true,
        words: "符合，见章程、制度和审计报告（示例）。".to_owned(),
    };
    let form = CharityForm {
        said: CharityCondition::ALL.iter().map(said).collect(),
        statement: "面向社会扶老助困，收入全部用于章程规定的慈善目的（示例）。".to_owned(),
        promises: true,
        papers,
    };
    act(city, own, &ApplyForCharity { form }).await
}

/// Every condition found met.
fn checked(number: i64) -> ReviewCharity {
    let check = |condition: &CharityCondition| Check {
        condition: *condition,
        is_met: Some(true),
        finding: String::new(),
    };
    ReviewCharity {
        number,
        checks: CharityCondition::ALL.iter().map(check).collect(),
        opinion: "逐项核对，均符合，建议予以认定（示例）。".to_owned(),
    }
}
