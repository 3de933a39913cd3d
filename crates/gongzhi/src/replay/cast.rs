//! Who takes part: offices with their directors, the bureau's people, experts and bidders.

use anyhow::Context;
use app::access::offices::{AddOffice, AppointDirector};
use app::access::people::{AddPerson, GivePost};
use app::{City, RequestKey};
use domain::kernel::{Actor, Coded, OrganisationId, PersonId, Post, Role, Scope};

use super::sheets::{self, OfficeRow};

/// The password of every demo account; printed on the screen, refused outside a demo.
pub const PASSWORD: &str = "gongzhi-demo-2014";

/// An account to print.
pub struct Account {
    /// Sign-in name.
    pub login: String,
    /// Its role.
    pub role: Role,
}

/// An office with those who act for it.
pub struct Office {
    /// Its code in `offices.csv`.
    pub code: String,
    /// Answers for it.
    pub director: Actor,
    /// Writes for it.
    pub staff: Actor,
}

/// Everyone who acts for the bureau, and every account made so far.
pub struct Cast {
    /// The offices, in the order of the file.
    pub offices: Vec<Office>,
    /// Drafts measures, checks requirements, opens bids.
    pub lead: Actor,
    /// Reviews what the first lead wrote.
    pub second_lead: Actor,
    /// Attends openings for discipline.
    pub supervisor: Actor,
    /// Keeps the budget book and approves payments.
    pub finance: Actor,
    /// Pays what the other approved.
    pub payer: Actor,
    /// Every account, in the order in which it was made.
    pub accounts: Vec<Account>,
    password_hash: String,
}

impl Cast {
    /// The office with this code.
    pub fn office(&self, code: &str) -> anyhow::Result<&Office> {
        let found = self.offices.iter().find(|office| office.code == code);
        found.with_context(|| format!("no office {code} in offices.csv"))
    }

    /// Adds an account with one post and gives its actor, password fresh.
    pub async fn add(
        &mut self,
        city: &City,
        login: &str,
        name: &str,
        role: Role,
        scope: Scope,
    ) -> anyhow::Result<Actor> {
        let person = add_person(city, login, name, &self.password_hash).await?;
        let post = Post { role, scope };
        city.act(&Actor::SYSTEM, &RequestKey::None, &GivePost { person, post }).await?;
        self.accounts.push(Account { login: login.to_owned(), role });
        Ok(Actor::new(person, role, scope).with_fresh_password())
    }

    /// Adds the account of someone who acts for an organisation.
    pub async fn add_bidder(
        &mut self,
        city: &City,
        login: &str,
        name: &str,
        organisation: OrganisationId,
    ) -> anyhow::Result<Actor> {
        self.add(city, login, name, Role::OrganisationUser, Scope::Organisation(organisation)).await
    }
}

async fn add_person(city: &City, login: &str, name: &str, hash: &str) -> anyhow::Result<PersonId> {
    let person = AddPerson {
        login: login.to_owned(),
        name: name.to_owned(),
        password_hash: hash.to_owned(),
        is_demo: true,
    };
    Ok(city.act(&Actor::SYSTEM, &RequestKey::None, &person).await?)
}

/// Founds the bureau: the 14 offices, one director and one clerk each, and the city-wide posts.
pub async fn found(city: &City) -> anyhow::Result<Cast> {
    let nobody = Actor::VISITOR;
    let mut cast = Cast {
        offices: Vec::new(),
        lead: nobody.clone(),
        second_lead: nobody.clone(),
        supervisor: nobody.clone(),
        finance: nobody.clone(),
        payer: nobody,
        accounts: Vec::new(),
        // One hash for all: they share one public password, and hashing it ninety times proves nothing.
        password_hash: city.hashing.hash(PASSWORD).await?,
    };
    cast.add(city, "admin", "管理员（示例）", Role::Administrator, Scope::City).await?;
    cast.lead = cast.add(city, "lead1", "牵头甲（示例）", Role::PurchaseLead, Scope::City).await?;
    cast.second_lead = cast.add(city, "lead2", "牵头乙（示例）", Role::PurchaseLead, Scope::City).await?;
    cast.supervisor = cast.add(city, "supervisor", "监督员（示例）", Role::Supervisor, Scope::City).await?;
    cast.finance = cast.add(city, "finance", "财务员（示例）", Role::Finance, Scope::City).await?;
    cast.payer = cast.add(city, "payer", "支付员（示例）", Role::Finance, Scope::City).await?;
    for row in sheets::offices()? {
        let office = found_office(city, &mut cast, row).await?;
        cast.offices.push(office);
    }
    Ok(cast)
}

async fn found_office(city: &City, cast: &mut Cast, row: OfficeRow) -> anyhow::Result<Office> {
    let office =
        AddOffice { code: row.code.clone(), name: row.name, name_en: row.name_en, duties: row.duties };
    let id = city.act(&Actor::SYSTEM, &RequestKey::None, &office).await?;
    let login = format!("director-{}", row.code);
    let person = add_person(city, &login, &row.director, &cast.password_hash).await?;
    let appointment = AppointDirector { office: id, person, handover: String::new() };
    city.act(&Actor::SYSTEM, &RequestKey::None, &appointment).await?;
    let director = Actor::new(person, Role::OfficeDirector, Scope::Office(id)).with_fresh_password();
    cast.accounts.push(Account { login, role: Role::OfficeDirector });
    let clerk = format!("staff-{}", row.code);
    let name = format!("{}经办（示例）", office.name);
    let staff = cast.add(city, &clerk, &name, Role::OfficeStaff, Scope::Office(id)).await?;
    Ok(Office { code: row.code, director, staff })
}

impl Account {
    /// The line that the demo prints.
    pub fn line(&self) -> String {
        format!("account {} {} {PASSWORD}", self.login, self.role.code())
    }
}
