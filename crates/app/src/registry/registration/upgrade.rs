//! A registration that grows out of a filing (B20): what is filed is carried over, the filing is named by a
//! column of the case, and it ends when the certificate is issued. Both alive at once there never are.
//!
//! A street begins a draft for an applicant whom it names and that is all it does: taking in stays with the
//! window (S11). An applicant who begins alone gets what the public page shows; the street sees the case.

use domain::kernel::{Actor, CaseId, Date, Finding, Role, Street};
use domain::registry::OrganisationKind;
use domain::registry::filing::{Filed, may_grow};
use domain::registry::registration::{Application, CaseState};

use super::case::Case;
use super::draft::{Origin, StartCase, applicant_called, start};
use crate::db::Row;
use crate::{Act, App, Cx, Error, args, row};

/// States in which a case has been sent in and is not over.
const RUNNING: &str = "('submitted', 'correction_requested', 'accepted', 'under_review', 'approved',
                        'certificate_issued', 'announced')";

row! {
    /// A filing as an application begins with it.
    pub struct Growing {
        /// Its row.
        id: i64,
        /// Its number.
        uscc: String,
        /// The organisation's name.
        name: String,
        /// What it is.
        @code kind: OrganisationKind,
        /// The street's nine digits as a number.
        street: i64,
        /// The same as the register holds it.
        division: String,
        /// Where it meets.
        domicile: String,
        /// Its fields, as stored.
        fields: String,
        /// How many members.
        members: i64,
        /// Who heads it.
        person_in_charge: String,
        /// Telephone.
        contact: String,
        /// The day it ended.
        closed_on: Option<Date>,
    }
}

const GROWING: &str =
    "SELECT f.id, o.uscc, o.name, o.kind, f.street, o.division, o.domicile, o.fields, f.members,
       o.person_in_charge, o.contact, f.closed_on
     FROM filing f JOIN organisation o ON o.id = f.organisation_id WHERE o.uscc = $1";

impl Growing {
    fn filed(&self) -> Filed {
        Filed {
            division: self.division.clone(),
            domicile: self.domicile.clone(),
            fields: self.fields.clone(),
            members: self.members,
            person_in_charge: self.person_in_charge.clone(),
            contact: self.contact.clone(),
        }
    }
}

/// The filing with this number, when a registration may grow out of it now.
///
/// # Errors
/// `NotFound` when there is none, a refusal when it has ended or a case runs (B20).
pub async fn offered(app: &App, number: &str) -> Result<Growing, Error> {
    let found: Growing = app.db.one(GROWING, args![number.trim()]).await?;
    may_grow(found.closed_on, running(app, found.id, CaseId(0)).await?.as_deref())?;
    Ok(found)
}

/// The number of another case that grew out of the filing and has been sent in.
async fn running(app: &App, filing: i64, own: CaseId) -> Result<Option<String>, Error> {
    let sql = format!(
        "SELECT number FROM registration_case WHERE filing_id = $1 AND id <> $2 AND state IN {RUNNING}
         ORDER BY id LIMIT 1"
    );
    let found: Option<(String,)> = app.db.maybe(&sql, args![filing, own]).await?;
    Ok(found.map(|(number,)| number))
}

/// Starts a case that grows out of a filing. The outcome is its id.
#[derive(Clone)]
pub struct StartFromFiling {
    /// The filing's number.
    pub filing: String,
    /// What is to be registered, under which name, and for whom; the applicant is named by officials alone.
    pub start: StartCase,
}

impl Act for StartFromFiling {
    type Outcome = CaseId;
    const NAME: &'static str = "registry.start_registration_from_filing";
    const WHO: &'static [Role] = &[Role::Applicant, Role::ApprovalOfficer, Role::StreetOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<CaseId, Error> {
        let person = cx.actor.person.ok_or(Error::NotPermitted)?;
        let found: Growing = cx.tx.one(GROWING, args![self.filing.trim()]).await?;
        if cx.actor.street().is_some_and(|street| street != Street(found.street)) {
            return Err(Error::NotFound);
        }
        may_grow(found.closed_on, running(cx.app, found.id, CaseId(0)).await?.as_deref())?;
        let role = cx.actor.post.role;
        let applicant = match role {
            Role::Applicant => person,
            _ => applicant_called(cx, &self.start).await?,
        };
        let assisted_by = (role == Role::ApprovalOfficer).then_some(person);
        let answers = found.filed().carried(self.start.kind, role != Role::Applicant);
        start(cx, &self.start, (applicant, assisted_by), Origin { filing: Some(found.id), answers }).await
    }
}

/// What must be true of filings before the case may be sent in or approved (B20).
pub(super) async fn findings(app: &App, case: &Case, of: &Application) -> Result<Vec<Finding>, Error> {
    if case.organisation_id.is_some() {
        return Ok(Vec::new());
    }
    let mut findings = Vec::new();
    if let Some(filing) = case.filing_id {
        let closed: (Option<Date>,) =
            app.db.one("SELECT closed_on FROM filing WHERE id = $1", args![filing]).await?;
        let number = number_of(app, case).await?;
        let other = running(app, filing, case.id).await?;
        findings.push(match (&other, closed.0) {
            (Some(_), _) => Finding::barred("registration.filing-growing", "B20").with("number", number),
            // What ended before cannot be alive at the same time, so it stands in nobody's way.
            (None, Some(_)) => Finding::warn("registration.filing-ended", "B20").with("number", number),
            (None, None) => Finding::met("registration.filing-carried", "B20").with("number", number),
        });
    }
    findings.extend(Some(alive_alike(app, case, of).await?).filter(|one| one.refusal().is_some()));
    Ok(findings)
}

/// Whether no filing of the same name lives in the same street beside the one that the case grows out of.
pub(super) async fn alive_alike(app: &App, case: &Case, of: &Application) -> Result<Finding, Error> {
    let sql = "SELECT o.uscc FROM filing f JOIN organisation o ON o.id = f.organisation_id
               WHERE o.name = $1 AND o.division = $2 AND f.closed_on IS NULL AND f.id <> $3
               ORDER BY f.id LIMIT 1";
    let own = case.filing_id.unwrap_or(0);
    let found: Option<(String,)> = app.db.maybe(sql, args![&of.name, &of.division, own]).await?;
    let holds = found.is_none();
    let finding = Finding::required("registration.filing-alive", "B20", holds);
    Ok(finding.with("number", found.map(|(number,)| number).unwrap_or_default()))
}

/// The number of the filing that the case grows out of; empty for none.
pub(super) async fn number_of(app: &App, case: &Case) -> Result<String, Error> {
    let sql = "SELECT o.uscc FROM filing f JOIN organisation o ON o.id = f.organisation_id WHERE f.id = $1";
    let found: Option<(String,)> = match case.filing_id {
        Some(filing) => app.db.maybe(sql, args![filing]).await?,
        None => None,
    };
    Ok(found.map(|(number,)| number).unwrap_or_default())
}

row! {
    /// A case that grows out of a filing, as its street sees it.
    pub struct OfFiling {
        /// The name that is asked for.
        name: String,
        /// The number of its receipt; none while it is a draft.
        number: Option<String>,
        /// Where it stands.
        @code state: CaseState,
        /// Whose case it is.
        applicant: String,
    }
}

/// The cases that grow out of a filing, the latest first.
///
/// # Errors
/// `NotFound` for a reader who has no ledger of filings.
pub async fn of_filing(app: &App, actor: &Actor, number: &str) -> Result<Vec<OfFiling>, Error> {
    let held = crate::registry::filing::ledger::one(app, actor, number).await?;
    let sql = "SELECT c.name, c.number, c.state, n.name AS applicant FROM registration_case c
               JOIN person n ON n.id = c.applicant_id WHERE c.filing_id = $1
               ORDER BY c.opened_at DESC, c.id DESC LIMIT 20";
    let rows: Vec<Row> = app.db.all(sql, args![held.id]).await?;
    Ok(rows.iter().map(crate::db::FromRow::from_row).collect::<Result<_, _>>()?)
}
