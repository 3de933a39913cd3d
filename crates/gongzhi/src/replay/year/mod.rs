//! The year after the signatures: the five winners of 2014 deliver, are heard, judged and paid, and each office
//! director answers for it (S63, S71-S73). Everything goes through the same use cases as on the pages.

mod delivery;
mod judgement;
mod money;
mod truths;
mod voices;
mod watching;

use anyhow::Context;
use app::access::people;
use app::contracts;
use app::tendering::queries;
use app::{Act, City, RequestKey};
use domain::kernel::{Actor, ContractId, Date, Moment, OrganisationId, Role, Scope, TenderId};

use super::bidding::Published;
use super::cast::{Cast, Office};
use super::catalogue::set_clock;

pub use truths::truths;

/// A signed contract of the first batch with everyone around it.
struct Project<'a> {
    contract: ContractId,
    number: String,
    tender: TenderId,
    office: &'a Office,
    provider: Actor,
    /// How many are served; none when nobody in particular is.
    recipients: usize,
    /// The kind of function that was bought, as a code.
    function: String,
    /// Its place among the seven, so that they do not all turn out alike.
    place: usize,
}

/// Everyone who acts in the year.
pub struct Year<'a> {
    /// The city.
    pub city: &'a City,
    /// The bureau.
    pub cast: &'a Cast,
    /// The expert pool.
    pub experts: &'a [Actor],
}

/// A moment of the year in Beijing.
fn on(year: i16, month: i8, day: i8, hour: i8) -> Moment {
    Moment::beijing(Date::constant(year, month, day), hour, 0)
}

impl Year<'_> {
    /// Plays it: half a year of service, acceptance and payment, the answers of those served, the second half,
    /// the evaluation, the closing.
    ///
    /// # Errors
    /// The first step that was refused, by its project.
    pub async fn play(&self, tenders: &[Published]) -> anyhow::Result<()> {
        let projects = self.projects(tenders).await?;
        self.move_to(on(2014, 3, 17, 9));
        for project in &projects {
            self.register(project).await.with_context(|| format!("{}: register", project.number))?;
        }
        self.half(&projects, 1).await.context("the first half")?;
        for project in &projects {
            self.mid_term(project).await.with_context(|| format!("{}: mid-term", project.number))?;
        }
        self.tell_offices(&projects).await.context("what providers told")?;
        self.watch().await.context("supervision")?;
        for project in &projects {
            self.hear(project).await.with_context(|| format!("{}: answers", project.number))?;
        }
        self.half(&projects, 2).await.context("the second half")?;
        self.judge(&projects).await.context("the evaluation")?;
        self.settle(&projects).await.context("the rest of the money")?;
        self.watch_again(truths::end()).await.context("taking stock of the purchases")
    }

    /// One half of the service: what was done, its acceptance, its payment.
    async fn half(&self, projects: &[Project<'_>], milestone: i64) -> anyhow::Result<()> {
        for project in projects {
            self.serve(project, milestone).await.with_context(|| format!("{}: service", project.number))?;
        }
        self.accept_all(projects, milestone).await?;
        self.pay_all(projects, milestone).await
    }

    async fn projects<'a>(&'a self, tenders: &[Published]) -> anyhow::Result<Vec<Project<'a>>> {
        let mut projects = Vec::new();
        for tender in tenders {
            let Some(number) = contracts::published_number_of(self.city, tender.id).await? else { continue };
            let (contract, _) = contracts::by_number(self.city, &Actor::VISITOR, &number).await?;
            let provider = self.signer(contract.organisation_id).await?;
            let has_recipients = tender.row.name != super::review::WITHOUT_RECIPIENTS;
            let place = projects.len();
            projects.push(Project {
                contract: contract.id,
                number,
                tender: queries::by_id(self.city, tender.id).await?.id,
                office: self.cast.office(&tender.row.office)?,
                provider,
                // One serves 120, as in the story of the year's end; the others fewer.
                recipients: if !has_recipients {
                    0
                } else if place == 0 {
                    120
                } else {
                    40
                },
                function: tender.row.function_kind.clone(),
                place,
            });
        }
        Ok(projects)
    }

    async fn signer(&self, organisation: OrganisationId) -> anyhow::Result<Actor> {
        let person =
            people::users_of(self.city, organisation).await?.into_iter().next().context("nobody signs")?;
        Ok(Actor::new(person, Role::OrganisationUser, Scope::Organisation(organisation))
            .with_fresh_password())
    }

    fn move_to(&self, moment: Moment) {
        set_clock(self.city, moment);
    }

    async fn act<A: Act>(&self, actor: &Actor, act: A) -> anyhow::Result<A::Outcome> {
        self.city.act(actor, &RequestKey::None, &act).await.with_context(|| A::NAME)
    }
}
