//! Reading contracts: public once signed by both sides; before that only the two parties and the bureau.

use domain::contracts::ContractStage;
use domain::kernel::{Actor, ContractId, Date, Fen, Moment, OfficeId, OrganisationId, Role, TenderId};
use domain::tendering::stage::Stage;

use crate::db::Val;
use crate::{App, Error, args, row};

/// A page of a list.
const PAGE: i64 = 50;

row! {
    /// A line of a list.
    pub struct ContractLine {
        /// The contract.
        id: ContractId,
        /// Its public number.
        number: String,
        /// What is bought.
        title: String,
        /// The tender's public number.
        tender_number: String,
        /// The office's name.
        office: String,
        /// The organisation's name.
        organisation: String,
        /// Its credit code.
        uscc: String,
        /// The price.
        amount_fen: Fen,
        /// Where it stands.
        @code stage: ContractStage,
        /// By when both sides sign.
        due_on: Date,
        /// First day.
        starts_on: Date,
        /// Last day.
        ends_on: Date,
        /// When it became public.
        published_at: Option<Moment>,
    }
}

row! {
    /// A contract with everything on its page.
    pub struct Contract {
        /// The contract.
        id: ContractId,
        /// Its version.
        version: i64,
        /// Its public number.
        number: String,
        /// The tender's public number.
        tender_number: String,
        /// Where the tender stands.
        @code tender_stage: Stage,
        /// The months competed for.
        term_months: i64,
        /// What is bought.
        title: String,
        /// The office.
        office_id: OfficeId,
        /// Its name.
        office: String,
        /// The organisation.
        organisation_id: OrganisationId,
        /// Its name.
        organisation: String,
        /// Its credit code.
        uscc: String,
        /// Content of the service.
        content: String,
        /// How much of it.
        quantity: String,
        /// How good it must be.
        quality: String,
        /// How it is settled and paid.
        settlement: String,
        /// Rights and duties.
        rights: String,
        /// What follows from breach.
        breach: String,
        /// What recipients have to say.
        recipients_role: String,
        /// How personal data is protected.
        confidentiality: String,
        /// How both sides give feedback.
        feedback: String,
        /// The price.
        amount_fen: Fen,
        /// First day.
        starts_on: Date,
        /// Last day.
        ends_on: Date,
        /// Codes of the ticked conditions, with commas between them.
        long_term_ticks: String,
        /// Whether the budget of all its years is assured.
        is_budget_assured: bool,
        /// Where it stands.
        @code stage: ContractStage,
        /// By when both sides sign.
        due_on: Date,
        /// Who drafted it.
        drafter: String,
        /// Who signed for the office.
        buyer: Option<String>,
        /// When.
        buyer_signed_at: Option<Moment>,
        /// Who signed for the organisation.
        provider: Option<String>,
        /// When.
        provider_signed_at: Option<Moment>,
        /// When it became public.
        published_at: Option<Moment>,
    }
}

row! {
    /// What is delivered and paid when.
    pub struct MilestoneRow {
        /// Place in the order, from 1.
        position: i64,
        /// What is delivered.
        name: String,
        /// By when.
        due_on: Date,
        /// What is paid once it is accepted.
        amount_fen: Fen,
    }
}

row! {
    /// Totals of the published contracts.
    pub struct ContractFigures {
        /// How many.
        count: i64,
        /// Their prices together.
        amount_fen: Fen,
    }
}

row! {
    /// An awarded tender that has no contract yet.
    pub struct AwaitingDraft {
        /// The tender.
        tender_id: TenderId,
        /// Its public number.
        tender_number: String,
        /// What is bought.
        title: String,
        /// The office's name.
        office: String,
        /// The winner's name.
        organisation: String,
        /// The price that was bid.
        amount_fen: Option<Fen>,
        /// By when both sides sign, when the award notice says it.
        due_on: Option<Date>,
    }
}

/// What the public list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of title, number, office or organisation; empty for all.
    pub words: String,
    /// The last contract of the page before, for keyset paging.
    pub before: Option<ContractId>,
}

const LINE: &str = "SELECT c.id, c.number, c.title, t.number AS tender_number, f.name AS office,
       o.name AS organisation, o.uscc, c.amount_fen, c.stage, c.due_on, c.starts_on, c.ends_on, c.published_at
     FROM contract c JOIN tender t ON t.id = c.tender_id JOIN office f ON f.id = c.office_id
     JOIN organisation o ON o.id = c.organisation_id";

/// Public contracts, newest first, one page of at most 50.
///
/// # Errors
/// The database could not be read.
pub async fn published(app: &App, filter: &Filter) -> Result<Vec<ContractLine>, Error> {
    let sql = format!(
        "{LINE} WHERE c.published_at IS NOT NULL AND c.id < $1
           AND (c.title LIKE $2 ESCAPE '!' OR c.number LIKE $2 ESCAPE '!' OR o.name LIKE $2 ESCAPE '!'
                OR f.name LIKE $2 ESCAPE '!')
         ORDER BY c.id DESC LIMIT {PAGE}"
    );
    let before = filter.before.map_or(i64::MAX, |id| id.0);
    Ok(app.db.all(&sql, args![before, contains(&filter.words)]).await?)
}

/// How many contracts are public, and their prices together.
///
/// # Errors
/// The database could not be read.
pub async fn published_figures(app: &App) -> Result<ContractFigures, Error> {
    let sql = "SELECT count(*) AS count, CAST(COALESCE(sum(amount_fen), 0) AS BIGINT) AS amount_fen
               FROM contract WHERE published_at IS NOT NULL";
    Ok(app.db.one(sql, &[]).await?)
}

/// An office's contracts, those to be signed first; every office's when `office` is `None`.
///
/// # Errors
/// The database could not be read.
pub async fn of_office(app: &App, office: Option<OfficeId>) -> Result<Vec<ContractLine>, Error> {
    let order =
        "ORDER BY CASE c.stage WHEN 'drafted' THEN 0 WHEN 'offered' THEN 1 ELSE 2 END, c.due_on, c.id";
    let (place, values): (&str, Vec<Val>) = match office {
        Some(office) => ("WHERE c.office_id = $1", vec![office.into()]),
        None => ("", vec![]),
    };
    Ok(app.db.all(&format!("{LINE} {place} {order} LIMIT 200"), &values).await?)
}

/// Awarded tenders without a contract, of one office or of all.
///
/// # Errors
/// The database could not be read.
pub async fn awaiting_draft(app: &App, office: Option<OfficeId>) -> Result<Vec<AwaitingDraft>, Error> {
    let sql = "SELECT t.id AS tender_id, t.number AS tender_number, t.title, f.name AS office,
                 o.name AS organisation, b.price_fen AS amount_fen, t.contract_due_on AS due_on
               FROM tender t JOIN award a ON a.tender_id = t.id AND a.state = 'notified'
               JOIN bid b ON b.id = a.bid_id JOIN organisation o ON o.id = b.organisation_id
               JOIN office f ON f.id = t.office_id LEFT JOIN contract c ON c.award_id = a.id
               WHERE t.stage = 'awarded' AND c.id IS NULL AND (t.office_id = $1 OR $2 = 1)
               ORDER BY t.contract_due_on, t.id LIMIT 200";
    Ok(app.db.all(sql, args![office, office.is_none()]).await?)
}

/// The public number of a contract, for the desk that has just drafted it.
///
/// # Errors
/// `NotFound` for an unknown contract.
pub async fn number_of(app: &App, id: ContractId) -> Result<String, Error> {
    let (number,): (String,) = app.db.one("SELECT number FROM contract WHERE id = $1", args![id]).await?;
    Ok(number)
}

/// The public number of a tender's contract that is signed by both sides, if there is one.
///
/// # Errors
/// The database could not be read.
pub async fn published_number_of(app: &App, tender: TenderId) -> Result<Option<String>, Error> {
    let sql = "SELECT number FROM contract WHERE tender_id = $1 AND published_at IS NOT NULL";
    Ok(app.db.maybe::<(String,)>(sql, args![tender]).await?.map(|(number,)| number))
}

/// An organisation's contracts since they were offered to it.
///
/// # Errors
/// The database could not be read.
pub async fn of_organisation(app: &App, id: OrganisationId) -> Result<Vec<ContractLine>, Error> {
    let sql =
        format!("{LINE} WHERE c.organisation_id = $1 AND c.stage <> 'drafted' ORDER BY c.id DESC LIMIT 200");
    Ok(app.db.all(&sql, args![id]).await?)
}

/// Contracts not yet signed by both sides and due by `until`, earliest first.
///
/// # Errors
/// The database could not be read.
pub async fn due_soon(app: &App, until: Date) -> Result<Vec<ContractLine>, Error> {
    let sql = format!(
        "{LINE} WHERE c.stage IN ('drafted', 'offered') AND c.due_on <= $1 ORDER BY c.due_on LIMIT 200"
    );
    Ok(app.db.all(&sql, args![until]).await?)
}

const WHOLE: &str = "SELECT c.id, c.version, c.number, t.number AS tender_number, t.stage AS tender_stage,
       t.term_months, c.title, c.office_id, f.name AS office, c.organisation_id, o.name AS organisation, o.uscc,
       c.content, c.quantity, c.quality, c.settlement, c.rights, c.breach, c.recipients_role,
       c.confidentiality, c.feedback, c.amount_fen, c.starts_on, c.ends_on, c.long_term_ticks,
       c.is_budget_assured, c.stage, c.due_on, d.name AS drafter, p.name AS buyer, c.buyer_signed_at,
       q.name AS provider, c.provider_signed_at, c.published_at
     FROM contract c JOIN tender t ON t.id = c.tender_id JOIN office f ON f.id = c.office_id
     JOIN organisation o ON o.id = c.organisation_id JOIN person d ON d.id = c.drafted_by
     LEFT JOIN person p ON p.id = c.buyer_signed_by LEFT JOIN person q ON q.id = c.provider_signed_by
     WHERE c.number = $1";

/// A contract with its milestones, when `actor` may see it.
///
/// # Errors
/// `NotFound` also for a contract that this actor may not see.
pub async fn by_number(
    app: &App,
    actor: &Actor,
    number: &str,
) -> Result<(Contract, Vec<MilestoneRow>), Error> {
    let contract: Contract = app.db.one(WHOLE, args![number]).await?;
    if !may_see(actor, &contract) {
        return Err(Error::NotFound);
    }
    // What supplements added stands at the end and is no part of the text that was signed.
    let sql = "SELECT position, name, due_on, amount_fen FROM milestone WHERE contract_id = $1
                 AND position <= (SELECT max(position) FROM milestone WHERE contract_id = $1)
                   - (SELECT count(*) FROM supplement WHERE contract_id = $1 AND state = 'signed')
               ORDER BY position";
    let milestones = app.db.all(sql, args![contract.id]).await?;
    Ok((contract, milestones))
}

fn may_see(actor: &Actor, contract: &Contract) -> bool {
    contract.published_at.is_some()
        || match actor.post.role {
            Role::OfficeStaff | Role::OfficeDirector => actor.office() == Some(contract.office_id),
            Role::OrganisationUser => {
                actor.organisation() == Some(contract.organisation_id)
                    && contract.stage != ContractStage::Drafted
            }
            Role::PurchaseLead | Role::Supervisor | Role::Finance | Role::System => true,
            Role::Public
            | Role::Applicant
            | Role::ApprovalOfficer
            | Role::ApprovalDirector
            | Role::OrganisationBureau
            | Role::StreetOfficer
            | Role::Expert
            | Role::Administrator => false,
        }
}

/// A `LIKE` pattern that finds `words` anywhere; the signs of the pattern itself lose their meaning.
fn contains(words: &str) -> String {
    let plain = words.trim().replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{plain}%")
}
