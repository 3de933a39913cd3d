//! The certificate: the organisation comes to be, with its code, its registered items, its papers and its user;
//! then the public is told (B9, B16, B40).

use domain::kernel::{CaseId, Coded, CreditCode, OrganisationId, Post, Refusal, Role, RuleKey, Scope};
use domain::registry::registration::application::{Body, Path};
use domain::registry::registration::{Application, CaseAct, code};
use domain::registry::{Legal, OrganisationStatus};

use super::case::{self, Case, hold_on_desk};
use super::upgrade;
use crate::access::people;
use crate::documents::{self, Draft};
use crate::journal::{ORGANISATION, REGISTERED_ITEM, STATUS_CHANGE};
use crate::registry::{OrganisationForm, area, charity, filing, search};
use crate::{Act, Cx, Error, args, deadlines, divisions, papers};
use domain::registry::DocumentKind;

/// Serials that are tried beyond those already given.
const TRIES: i64 = 1_000;
/// The unit whose supervision makes an organisation one of the bureau's own.
pub(in crate::registry) const BUREAU: &str = "南京市民政局";

/// Issues the certificate. The outcome is the credit code.
#[derive(Clone, Copy)]
pub struct IssueCertificate {
    /// Which case.
    pub case: CaseId,
    /// The version that the officer saw.
    pub version: i64,
}

impl Act for IssueCertificate {
    type Outcome = String;
    const NAME: &'static str = "registry.issue_certificate";
    const WHO: &'static [Role] = &[Role::ApprovalOfficer, Role::ApprovalDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<String, Error> {
        let (case, next, person) = hold_on_desk(cx, self.case, self.version, CaseAct::Certify).await?;
        let application = case.application().map_err(Error::Invalid)?;
        let code = free_code(cx, &application).await?;
        let organisation = enter(cx, &case, &application, &code).await?;
        close_filing(cx, &case, &application).await?;
        register_items(cx, organisation, &application).await?;
        papers::hand_over(cx, case.subject(), organisation).await?;
        let post = Post { role: Role::OrganisationUser, scope: Scope::Organisation(organisation) };
        people::give(cx, case.applicant_id, post).await?;
        deadlines::done(cx, case.subject(), RuleKey::CertificateWorkingDays).await?;
        certify(cx, &case, &application, &code, organisation).await?;
        case::note(cx, &case, CaseAct::Certify, Some(person), code.as_str()).await?;
        let values = [("state", next.code().into()), ("organisation_id", organisation.into())];
        case::write(cx, &case, &values).await?;
        Ok(code.as_str().to_owned())
    }
}

/// The next code that no organisation has.
async fn free_code(cx: &mut Cx<'_>, application: &Application) -> Result<CreditCode, Error> {
    let given = "SELECT count(*) FROM registration_case WHERE organisation_id IS NOT NULL";
    let given = cx.tx.number(given, args![]).await?;
    // The registrar is the city: a district's first four digits and two zeros.
    let division: String = application.division.chars().take(4).chain("00".chars()).collect();
    for serial in given + 1..given + 1 + TRIES {
        let Some(made) = code::credit_code(application.kind, &division, serial) else { break };
        let held = "SELECT count(*) FROM organisation WHERE uscc = $1";
        if cx.tx.number(held, args![made.as_str()]).await? == 0 {
            return Ok(made);
        }
    }
    Err(Refusal::new("registration.no-code-left", "B40").into())
}

/// Enters the organisation, active from today.
async fn enter(
    cx: &mut Cx<'_>,
    case: &Case,
    of: &Application,
    code: &CreditCode,
) -> Result<OrganisationId, Error> {
    let fields: Vec<&str> = of.fields.iter().map(|field| field.code()).collect();
    let is_supervised = of.path == Path::Supervised && of.unit == BUREAU;
    let form = OrganisationForm {
        code: code.as_str().to_owned(),
        name: of.name.clone(),
        kind: of.kind.code().to_owned(),
        legal: Legal::Registered.code().to_owned(),
        supervised: if is_supervised { "yes" } else { "no" }.to_owned(),
        division: of.division.clone(),
        fields: fields.join(","),
        domicile: of.domicile.clone(),
        registered_on: cx.now.date().to_string(),
        person_in_charge: of.representative.clone(),
        contact: of.telephone.clone(),
        is_demo: case.is_demo,
        ..OrganisationForm::default()
    };
    let facts = form.read(cx.now.date()).map_err(Error::Invalid)?;
    let taken = "SELECT count(*) FROM organisation WHERE name = $1 AND legal = 'registered'
                 AND status IN ('active', 'suspended')";
    if cx.tx.number(taken, args![&of.name]).await? > 0 {
        return Err(Refusal::new("name.taken", "B8").at("name").with("code", "").into());
    }
    let id = OrganisationId(cx.id());
    cx.insert(&ORGANISATION, id.0, &facts.values()).await.map_err(|error| {
        error.on_unique("organisation__uscc", Refusal::new("registry.code-taken", "B40").at("code"))
    })?;
    search::add(&mut cx.tx, &[search::Entry { id, name: &facts.name, code: &facts.code }]).await?;
    let change = [
        ("organisation_id", id.into()),
        ("status", OrganisationStatus::Active.code().into()),
        ("from_on", cx.now.date().into()),
        ("ground", "registration".into()),
    ];
    let row = cx.id();
    cx.insert(&STATUS_CHANGE, row, &change).await?;
    Ok(id)
}

/// Ends the filing that the case grew out of: a community organisation that registers is filed no more. A
/// filing of the same name in the street that the case did not grow out of must end first (B20).
async fn close_filing(cx: &mut Cx<'_>, case: &Case, of: &Application) -> Result<(), Error> {
    if let Some(filing) = case.filing_id {
        filing::file::close_on_registration(cx, filing).await?;
    }
    match upgrade::alive_alike(cx.app, case, of).await?.refusal() {
        Some(refusal) => Err(refusal.into()),
        None => Ok(()),
    }
}

/// What is registered, item by item (B16).
async fn register_items(cx: &mut Cx<'_>, id: OrganisationId, of: &Application) -> Result<(), Error> {
    let unit = if of.is_direct() { "industry_guidance_unit" } else { "supervising_unit" };
    let capital = of.capital.to_string();
    let mut items = vec![
        ("name", of.name.as_str()),
        ("domicile", of.domicile.as_str()),
        ("aim", of.aim.as_str()),
        ("scope", of.scope.as_str()),
        ("legal_representative", of.representative.as_str()),
        ("capital", capital.as_str()),
        (unit, of.unit.as_str()),
    ];
    let area = area::told(&of.area, &of.name);
    match &of.body {
        Body::Members(_) => items.push(("area", area.as_str())),
        Body::Sponsors(sponsors) => items.push(("legal_form", sponsors.form.code())),
        Body::Council(_) => {}
    }
    for (item, value) in items {
        let row = cx.id();
        let values = [
            ("organisation_id", id.into()),
            ("item", item.into()),
            ("value", value.into()),
            ("from_on", cx.now.date().into()),
        ];
        cx.insert(&REGISTERED_ITEM, row, &values).await?;
    }
    Ok(())
}

/// The certificate itself, which anyone may read.
async fn certify(
    cx: &mut Cx<'_>,
    case: &Case,
    of: &Application,
    code: &CreditCode,
    organisation: OrganisationId,
) -> Result<(), Error> {
    let area = area::of(of.kind, Legal::Registered, &of.name, Some(&of.area));
    let draft = Draft {
        kind: DocumentKind::Certificate,
        subject: case.subject(),
        organisation: Some(organisation),
        person: Some(case.applicant_id),
        addressee: of.name.clone(),
        facts: [
            ("name", of.name.as_str().into()),
            ("code", code.as_str().into()),
            ("kind", domain::kernel::Fact::Code(domain::registry::OrganisationKind::LIST, of.kind.code())),
            ("representative", of.representative.as_str().into()),
            ("domicile", of.domicile.as_str().into()),
            ("aim", of.aim.as_str().into()),
            ("scope", of.scope.as_str().into()),
            ("capital", of.capital.into()),
            ("unit", of.unit.as_str().into()),
            ("issued_on", cx.now.date().into()),
        ]
        .into_iter()
        .chain(area.map(|area| ("area", area.into())))
        .chain(of.is_charity.then(|| ("charity", cx.now.date().into())))
        .collect(),
        items: Vec::new(),
        is_public: true,
    };
    let issued = documents::issue(cx, &draft).await?;
    if of.is_charity {
        // Registered as a charity, it is one from the day of its certificate (B46).
        charity::status::begin(cx, organisation, &issued.number).await?;
        cx.announce("registry.charity_registered", code.as_str().to_owned());
    }
    Ok(())
}

/// Tells the public that the organisation exists.
#[derive(Clone, Copy)]
pub struct AnnounceCase {
    /// Which case.
    pub case: CaseId,
    /// The version that the officer saw.
    pub version: i64,
}

impl Act for AnnounceCase {
    type Outcome = ();
    const NAME: &'static str = "registry.announce_establishment";
    const WHO: &'static [Role] = &[Role::ApprovalOfficer, Role::ApprovalDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (case, next, person) = hold_on_desk(cx, self.case, self.version, CaseAct::Announce).await?;
        let sql = "SELECT uscc FROM organisation WHERE id = $1";
        let (code,): (String,) = cx.tx.one(sql, args![case.organisation_id]).await?;
        let application = case.application().map_err(Error::Invalid)?;
        let draft = Draft {
            kind: DocumentKind::Announcement,
            subject: case.subject(),
            organisation: case.organisation_id,
            person: Some(case.applicant_id),
            addressee: case.name.clone(),
            facts: vec![
                ("name", case.name.as_str().into()),
                ("code", code.as_str().into()),
                ("representative", application.representative.as_str().into()),
                ("domicile", application.domicile.as_str().into()),
                ("district", divisions::name_of(&application.division).into()),
            ],
            items: Vec::new(),
            is_public: true,
        };
        documents::issue(cx, &draft).await?;
        case::note(cx, &case, CaseAct::Announce, Some(person), "").await?;
        case::write(cx, &case, &[("state", next.code().into())]).await?;
        cx.announce("registry.established", code);
        Ok(())
    }
}
