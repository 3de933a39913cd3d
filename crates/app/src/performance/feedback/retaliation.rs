//! A complaint of retaliation: the organisation and discipline know of it, and nobody else (E6).

use domain::kernel::{Actor, ContractId, Moment, Refusal, Role};
use domain::performance::feedback as rule;

use crate::journal::RETALIATION;
use crate::performance::evaluation::held;
use crate::{Act, App, Cx, Error, args, row};

/// An organisation complains that it is made to pay for what it said.
#[derive(Clone)]
pub struct ComplainOfRetaliation {
    /// The contract.
    pub contract: ContractId,
    /// The words.
    pub words: String,
    /// What they rest on.
    pub evidence: String,
}

impl Act for ComplainOfRetaliation {
    type Outcome = i64;
    const NAME: &'static str = "performance.complain_of_retaliation";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let contract = held::contract(cx, self.contract).await?;
        contract.require_provider(cx)?;
        let mut found = Vec::new();
        found.extend(rule::check_text(&self.words, "complaint", "performance.complaint-empty").err());
        let evidence = rule::check_text(&self.evidence, "proof", "performance.told-evidence-missing");
        found.extend(evidence.err());
        if !found.is_empty() {
            return Err(Error::Invalid(found));
        }
        let id = cx.id();
        let values = [
            ("contract_id", self.contract.into()),
            ("words", self.words.trim().into()),
            ("evidence", self.evidence.trim().into()),
            ("given_by", held::person(cx)?.into()),
            ("given_at", cx.now.into()),
        ];
        cx.insert(&RETALIATION, id, &values).await?;
        Ok(id)
    }
}

/// Discipline says what it found.
#[derive(Clone)]
pub struct FindOnRetaliation {
    /// Which complaint.
    pub complaint: i64,
    /// The version that was read.
    pub version: i64,
    /// What was found.
    pub finding: String,
}

impl Act for FindOnRetaliation {
    type Outcome = ();
    const NAME: &'static str = "performance.find_on_retaliation";
    const WHO: &'static [Role] = &[Role::Supervisor];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        cx.tx.lock("retaliation", self.complaint).await?;
        let sql = "SELECT count(*) FROM retaliation WHERE id = $1 AND finding IS NOT NULL";
        if cx.tx.number(sql, args![self.complaint]).await? > 0 {
            return Err(Refusal::new("performance.complaint-decided", "E6").into());
        }
        let checked = rule::check_text(&self.finding, "finding", "performance.finding-empty");
        checked.map_err(|refusal| Error::Invalid(vec![refusal]))?;
        let values = [
            ("finding", self.finding.trim().into()),
            ("found_by", held::person(cx)?.into()),
            ("found_at", cx.now.into()),
        ];
        cx.update(&RETALIATION, self.complaint, self.version, &values).await
    }
}

row! {
    /// A complaint, for discipline and for who made it.
    pub struct RetaliationLine {
        /// Its row.
        id: i64,
        /// The row's version.
        version: i64,
        /// The contract's number.
        number: String,
        /// What is bought.
        title: String,
        /// The office.
        office: String,
        /// Who complains.
        organisation: String,
        /// The words.
        words: String,
        /// What they rest on.
        evidence: String,
        /// When.
        given_at: Moment,
        /// What was found.
        finding: Option<String>,
        /// When.
        found_at: Option<Moment>,
    }
}

const LINE: &str =
    "SELECT r.id, r.version, c.number, c.title, f.name AS office, o.name AS organisation, r.words,
       r.evidence, r.given_at, r.finding, r.found_at
     FROM retaliation r JOIN contract c ON c.id = r.contract_id JOIN office f ON f.id = c.office_id
     JOIN organisation o ON o.id = c.organisation_id";

/// Every complaint, those without a finding first.
///
/// # Errors
/// `NotFound` for everyone but discipline.
pub async fn complaints(app: &App, actor: &Actor) -> Result<Vec<RetaliationLine>, Error> {
    if actor.post.role != Role::Supervisor {
        return Err(Error::NotFound);
    }
    let order = "ORDER BY CASE WHEN r.finding IS NULL THEN 0 ELSE 1 END, r.id LIMIT 500";
    Ok(app.db.all(&format!("{LINE} {order}"), &[]).await?)
}

/// The complaints that an organisation made on one contract.
///
/// # Errors
/// The database could not be read.
pub async fn own_complaints(
    app: &App,
    actor: &Actor,
    contract: ContractId,
) -> Result<Vec<RetaliationLine>, Error> {
    let sql = format!("{LINE} WHERE r.contract_id = $1 AND c.organisation_id = $2 ORDER BY r.id");
    Ok(app.db.all(&sql, args![contract, actor.organisation()]).await?)
}
