//! The registers of a contract: who serves, by a number, and who is served, by a code and a group (E3b, C52).

use domain::kernel::{ContractId, Date, Refusal, Role};
use domain::performance::SubcontractState;
use domain::performance::register as rule;

use super::{held, none_of, person};
use crate::db::Row;
use crate::journal::{RECIPIENT, SERVICE_WORKER};
use crate::{Act, App, Cx, Error, args, row};

/// Enters recipients, a code and a group on each line; those already there stay as they are.
#[derive(Clone)]
pub struct AddRecipients {
    /// The contract.
    pub contract: ContractId,
    /// The lines as typed.
    pub text: String,
}

impl Act for AddRecipients {
    /// How many were new.
    type Outcome = i64;
    const NAME: &'static str = "performance.add_recipients";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let held = held::locked(cx, self.contract).await?;
        held.require_provider(cx.actor.organisation())?;
        let typed = rule::parse_recipients(&self.text).map_err(Error::Invalid)?;
        let person = person(cx)?;
        let sql = "SELECT token FROM recipient WHERE contract_id = $1";
        let rows: Vec<(String,)> = cx.tx.all(sql, args![self.contract]).await?;
        let mut known: std::collections::BTreeSet<String> = rows.into_iter().map(|(token,)| token).collect();
        let mut added = 0;
        for (token, cohort) in typed {
            if !known.insert(token.clone()) {
                continue;
            }
            let values = [
                ("contract_id", self.contract.into()),
                ("token", token.into()),
                ("cohort", cohort.into()),
                ("added_by", person.into()),
                ("added_at", cx.now.into()),
            ];
            let id = cx.id();
            cx.insert(&RECIPIENT, id, &values).await?;
            added += 1;
        }
        Ok(added)
    }
}

/// Enters a worker of the provider, or of the subcontractor to whom the office consented.
#[derive(Clone)]
pub struct AddWorker {
    /// The contract.
    pub contract: ContractId,
    /// The worker's number within the contract.
    pub code: String,
    /// The worker's name; shown to the parties, never in public.
    pub name: String,
    /// Whether the worker works for the named subcontractor.
    pub is_of_subcontractor: bool,
}

impl Act for AddWorker {
    type Outcome = i64;
    const NAME: &'static str = "performance.add_worker";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let held = held::locked(cx, self.contract).await?;
        held.require_provider(cx.actor.organisation())?;
        let person = person(cx)?;
        let code = self.code.trim().to_ascii_uppercase();
        let mut faults = Vec::new();
        faults.extend(rule::check_token(&code).err().map(|refusal| refusal.at("code")));
        let name = self.name.trim();
        if name.is_empty() || name.chars().count() > rule::NAME_MAX {
            faults.push(Refusal::new("performance.worker-name", "C54").at("name"));
        }
        let subcontract = if self.is_of_subcontractor { consented(cx, self.contract).await? } else { None };
        if self.is_of_subcontractor && subcontract.is_none() {
            faults.push(Refusal::new("performance.worker-of-unnamed", "C52").at("is_of_subcontractor"));
        }
        none_of(faults)?;
        let values = [
            ("contract_id", self.contract.into()),
            ("code", code.as_str().into()),
            ("name", name.into()),
            ("subcontract_id", subcontract.into()),
            ("added_by", person.into()),
            ("added_at", cx.now.into()),
        ];
        let id = cx.id();
        let taken =
            Refusal::new("performance.worker-code-taken", "C54").at("code").with("code", code.as_str());
        let written = cx.insert(&SERVICE_WORKER, id, &values).await;
        written.map_err(|error| match error.on_unique("service_worker__contract_id__code", taken) {
            Error::Refused(refusal) => Error::Invalid(vec![refusal]),
            other => other,
        })?;
        Ok(id)
    }
}

async fn consented(cx: &mut Cx<'_>, contract: ContractId) -> Result<Option<i64>, Error> {
    let sql = "SELECT id FROM subcontract WHERE contract_id = $1 AND state = 'consented'";
    Ok(cx.tx.maybe::<(i64,)>(sql, args![contract]).await?.map(|(id,)| id))
}

/// Enters the last day of a worker who no longer serves.
#[derive(Clone)]
pub struct EndWorker {
    /// The contract.
    pub contract: ContractId,
    /// The worker.
    pub worker: i64,
}

impl Act for EndWorker {
    type Outcome = ();
    const NAME: &'static str = "performance.end_worker";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = held::locked(cx, self.contract).await?;
        held.require_provider(cx.actor.organisation())?;
        let sql = "SELECT version, left_on FROM service_worker WHERE id = $1 AND contract_id = $2";
        let row: Row = cx.tx.one(sql, args![self.worker, self.contract]).await?;
        if row.get::<Option<Date>>("left_on")?.is_some() {
            return Ok(());
        }
        let values = [("left_on", cx.now.date().into())];
        cx.update(&SERVICE_WORKER, self.worker, row.get("version")?, &values).await
    }
}

row! {
    /// A worker of a contract.
    pub struct WorkerRow {
        /// The row.
        id: i64,
        /// The number.
        code: String,
        /// The name.
        name: String,
        /// The subcontractor's name; none for the provider's own.
        subcontractor: Option<String>,
        /// Where the office's consent stands.
        @code_option subcontract_state: Option<SubcontractState>,
        /// The last day of service.
        left_on: Option<Date>,
    }
}

row! {
    /// A recipient of a contract.
    pub struct RecipientRow {
        /// The row.
        id: i64,
        /// The code.
        token: String,
        /// The group.
        cohort: String,
    }
}

pub(super) const WORKERS: &str = "SELECT w.id, w.code, w.name, o.name AS subcontractor,
       s.state AS subcontract_state, w.left_on
     FROM service_worker w LEFT JOIN subcontract s ON s.id = w.subcontract_id
     LEFT JOIN organisation o ON o.id = s.organisation_id WHERE w.contract_id = $1 ORDER BY w.code";
pub(super) const RECIPIENTS: &str =
    "SELECT id, token, cohort FROM recipient WHERE contract_id = $1 ORDER BY token";

/// The workers of a contract, by number.
///
/// # Errors
/// The database failed.
pub async fn workers(app: &App, contract: ContractId) -> Result<Vec<WorkerRow>, Error> {
    Ok(app.db.all(WORKERS, args![contract]).await?)
}

/// The recipients of a contract, by code.
///
/// # Errors
/// The database failed.
pub async fn recipients(app: &App, contract: ContractId) -> Result<Vec<RecipientRow>, Error> {
    Ok(app.db.all(RECIPIENTS, args![contract]).await?)
}
