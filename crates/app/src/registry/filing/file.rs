//! A street files, ends and hears its community organisations; nobody else does (B20).

use domain::kernel::{Coded, Date, Fact, OrganisationId, Refusal, Role, Street, Subject, SubjectKind};
use domain::registry::DocumentKind;
use domain::registry::filing::{Appraisal, FilingEnd, FilingReportKind, may_close, report_faults};
use domain::registry::{Legal, OrganisationStatus};

use super::super::search;
use super::form::{FilingFacts, FilingForm};
use super::ledger::Held;
use crate::documents::{self, Draft};
use crate::journal::{FILING, FILING_REPORT, ORGANISATION, STATUS_CHANGE};
use crate::{Act, Cx, Error, args};

/// The longest report, in characters.
const REPORT_MAX: usize = 2_000;

/// Files one community organisation. The outcome is its filing number.
#[derive(Clone)]
pub struct FileOrganisation {
    /// As typed.
    pub form: FilingForm,
}

impl Act for FileOrganisation {
    type Outcome = String;
    const NAME: &'static str = "registry.file_organisation";
    const WHO: &'static [Role] = &[Role::StreetOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<String, Error> {
        let street = cx.actor.street().ok_or(Error::NotPermitted)?;
        file_one(cx, street, &self.form).await
    }
}

/// Files many at once: all of them or none. The outcome is how many.
#[derive(Clone)]
pub struct FileOrganisations {
    /// As typed, with the row of the sheet; faults are told at `row.<number>.<field>`.
    pub forms: Vec<(usize, FilingForm)>,
}

impl Act for FileOrganisations {
    type Outcome = i64;
    const NAME: &'static str = "registry.file_organisations";
    const WHO: &'static [Role] = &[Role::StreetOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let street = cx.actor.street().ok_or(Error::NotPermitted)?;
        let mut faults = Vec::new();
        for (row, form) in &self.forms {
            match file_one(cx, street, form).await {
                Ok(_) => {}
                Err(Error::Invalid(found)) => {
                    faults.extend(found.into_iter().map(|fault| in_row(*row, fault)))
                }
                Err(Error::Refused(fault)) => faults.push(in_row(*row, fault)),
                Err(other) => return Err(other),
            }
        }
        if faults.is_empty() {
            Ok(i64::try_from(self.forms.len()).unwrap_or(i64::MAX))
        } else {
            Err(Error::Invalid(faults))
        }
    }
}

fn in_row(row: usize, fault: Refusal) -> Refusal {
    let field = fault.field.clone().unwrap_or_default();
    fault.at(format!("row.{row}.{field}"))
}

async fn file_one(cx: &mut Cx<'_>, street: Street, form: &FilingForm) -> Result<String, Error> {
    let number = next_number(cx, street).await?;
    let facts = form.read(cx, &number, street).await?;
    expect_new_name(cx, street, &facts).await?;
    let today = cx.now.date();
    let id = OrganisationId(cx.id());
    cx.insert(&ORGANISATION, id.0, &facts.organisation.values()).await?;
    let entry = search::Entry { id, name: &facts.organisation.name, code: &number };
    search::add(&mut cx.tx, &[entry]).await?;
    let filing = cx.id();
    let values = [
        ("organisation_id", id.into()),
        ("street", street.0.into()),
        ("led_by", facts.led_by.code().into()),
        ("community", facts.community.as_str().into()),
        ("members", facts.members.into()),
        ("host_id", facts.host.into()),
        ("filed_on", today.into()),
        ("filed_by", cx.actor.person.into()),
    ];
    cx.insert(&FILING, filing, &values).await?;
    certify(cx, filing, id, &facts, &number).await?;
    cx.announce("registry.filed", number.as_str());
    Ok(number)
}

/// Issues the certificate of a filing as of today.
///
/// # Errors
/// The database or the random source failed.
pub(super) async fn certify(
    cx: &mut Cx<'_>,
    filing: i64,
    organisation: OrganisationId,
    facts: &FilingFacts,
    number: &str,
) -> Result<(), Error> {
    let draft = Draft {
        kind: DocumentKind::FilingCertificate,
        subject: Subject::new(SubjectKind::Filing, filing),
        organisation: Some(organisation),
        person: None,
        addressee: facts.organisation.name.clone(),
        facts: vec![
            ("name", Fact::from(facts.organisation.name.as_str())),
            ("number", Fact::from(number)),
            ("place", Fact::from(facts.organisation.street.full_name())),
            ("day", Fact::from(cx.now.date())),
        ],
        items: Vec::new(),
        is_public: true,
    };
    documents::issue(cx, &draft).await.map(|_| ())
}

/// `BA`, the street's nine digits, and the next serial of the street.
async fn next_number(cx: &mut Cx<'_>, street: Street) -> Result<String, Error> {
    let head = format!("BA{street}");
    let sql = "SELECT COALESCE(max(uscc), '') AS last FROM organisation WHERE uscc LIKE $1";
    let (last,): (String,) = cx.tx.one(sql, args![format!("{head}____")]).await?;
    let serial: u32 = last.strip_prefix(&head).and_then(|digits| digits.parse().ok()).unwrap_or(0);
    if serial >= SERIAL_MAX {
        return Err(Refusal::new("filing.street-full", "B20").into());
    }
    Ok(format!("{head}{:04}", serial + 1))
}

/// A street numbers its filings with four digits.
const SERIAL_MAX: u32 = 9_999;

/// Within a street no two living filings bear one name, and what is registered is not filed as well (B20).
pub(super) async fn expect_new_name(
    cx: &mut Cx<'_>,
    street: Street,
    facts: &FilingFacts,
) -> Result<(), Error> {
    let sql = "SELECT legal FROM organisation WHERE name = $1 AND division = $2
               AND status IN ('active', 'suspended') ORDER BY legal DESC, id LIMIT 1";
    let name = facts.organisation.name.as_str();
    let found: Option<(String,)> = cx.tx.maybe(sql, args![name, street.to_string()]).await?;
    let code = match found {
        None => return Ok(()),
        Some((legal,)) if legal == Legal::Registered.code() => "filing.registered-alive",
        Some(_) => "filing.name-taken",
    };
    Err(Error::Invalid(vec![Refusal::new(code, "B20").at("name").with("name", name)]))
}

/// Ends a filing.
#[derive(Clone, Copy)]
pub struct CloseFiling {
    /// Which.
    pub filing: i64,
    /// The version that the officer saw.
    pub version: i64,
    /// Why.
    pub end: FilingEnd,
}

impl Act for CloseFiling {
    type Outcome = ();
    const NAME: &'static str = "registry.close_filing";
    const WHO: &'static [Role] = &[Role::StreetOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = own(cx, self.filing).await?;
        may_close(held.closed_on, self.end)?;
        end(cx, &held, self.version, self.end).await
    }
}

/// Ends the open filing that a registration grew out of: both at once there never are (B20).
///
/// # Errors
/// The database failed.
pub async fn close_on_registration(cx: &mut Cx<'_>, filing: i64) -> Result<(), Error> {
    let sql = "SELECT f.*, o.uscc, o.name, o.domicile, o.person_in_charge, o.contact
               FROM filing f JOIN organisation o ON o.id = f.organisation_id
               WHERE f.id = $1 AND f.closed_on IS NULL";
    let Some(held) = cx.tx.maybe::<Held>(sql, args![filing]).await? else { return Ok(()) };
    end(cx, &held, held.version, FilingEnd::Registered).await
}

async fn end(cx: &mut Cx<'_>, held: &Held, version: i64, why: FilingEnd) -> Result<(), Error> {
    let today = cx.now.date();
    let values = [("closed_on", today.into()), ("closed_by", why.code().into())];
    cx.update(&FILING, held.id, version, &values).await?;
    let sql = "SELECT version FROM organisation WHERE id = $1";
    let (row,): (i64,) = cx.tx.one(sql, args![held.organisation_id]).await?;
    let status = OrganisationStatus::Cancelled.code();
    cx.update(&ORGANISATION, held.organisation_id.0, row, &[("status", status.into())]).await?;
    let id = cx.id();
    let values = [
        ("organisation_id", held.organisation_id.into()),
        ("status", status.into()),
        ("from_on", today.into()),
        ("ground", why.code().into()),
    ];
    cx.insert(&STATUS_CHANGE, id, &values).await?;
    let subject = Subject::new(SubjectKind::Filing, held.id);
    documents::withdraw(cx, subject, DocumentKind::FilingCertificate, &documents::coded_why(why)).await?;
    cx.announce("registry.filing_closed", held.uscc.as_str());
    Ok(())
}

/// Records what a filed organisation told its street. The outcome is the report's id.
#[derive(Clone)]
pub struct ReportOfFiling {
    /// Of which filing.
    pub filing: i64,
    /// A gathering or a year.
    pub kind: FilingReportKind,
    /// The day of the gathering, or the last day of the year.
    pub day: Date,
    /// What was told.
    pub text: String,
    /// How the two committees appraise a year.
    pub appraisal: Option<Appraisal>,
}

impl Act for ReportOfFiling {
    type Outcome = i64;
    const NAME: &'static str = "registry.report_of_filing";
    const WHO: &'static [Role] = &[Role::StreetOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let held = own(cx, self.filing).await?;
        if let Some(day) = held.closed_on {
            return Err(Refusal::new("filing.closed", "B20").with("day", day).into());
        }
        let mut faults = report_faults(self.kind, self.day, &self.text, cx.now.date());
        if self.text.chars().count() > REPORT_MAX {
            faults.push(Refusal::new("filing.report-long", "B20").at("text").with("max", REPORT_MAX));
        }
        if self.kind == FilingReportKind::Year && self.appraisal.is_none() {
            faults.push(Refusal::new("filing.appraisal-missing", "B20").at("appraisal"));
        }
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let appraisal = if self.kind == FilingReportKind::Year { self.appraisal } else { None };
        let id = cx.id();
        let values = [
            ("filing_id", self.filing.into()),
            ("kind", self.kind.code().into()),
            ("on_day", self.day.into()),
            ("text", self.text.trim().into()),
            ("appraisal", appraisal.map(|one| one.code()).into()),
            ("recorded_by", cx.actor.person.into()),
            ("recorded_at", cx.now.into()),
        ];
        cx.insert(&FILING_REPORT, id, &values).await.map_err(|error| {
            error.on_unique(
                "filing_report__filing_id__kind__on_day",
                Refusal::new("filing.report-twice", "B20").at("day"),
            )
        })?;
        Ok(id)
    }
}

/// The filing, when it is of the actor's own street.
pub(super) async fn own(cx: &mut Cx<'_>, filing: i64) -> Result<Held, Error> {
    let street = cx.actor.street().ok_or(Error::NotPermitted)?;
    let sql = "SELECT f.*, o.uscc, o.name, o.domicile, o.person_in_charge, o.contact
               FROM filing f JOIN organisation o ON o.id = f.organisation_id
               WHERE f.id = $1 AND f.street = $2 AND o.legal = $3";
    Ok(cx.tx.one(sql, args![filing, street.0, Legal::Filed.code()]).await?)
}
