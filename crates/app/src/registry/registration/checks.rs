//! What the program itself can check of a case, each condition with its rule: the officer's left column (W5).

use domain::kernel::{Finding, Level, Refusal, Rules};
use domain::registry::PaperKind;
use domain::registry::charity::founding;
use domain::registry::head;
use domain::registry::registration::{Application, PersonalName, file, relief, threshold};

use super::case::Case;
use super::names::{self, Neighbour};
use super::{charter, upgrade, visit};
use crate::registry::area::areas;
use crate::registry::standing::Source;
use crate::registry::{enrolled, heads};
use crate::{App, Error, args, papers};

/// Everything that was checked.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// The application, when every question is answered.
    pub application: Option<Application>,
    /// What its answers lack.
    pub faults: Vec<Refusal>,
    /// Every condition.
    pub findings: Vec<Finding>,
    /// Papers that are still needed.
    pub missing: Vec<PaperKind>,
    /// Papers that the facts ask for.
    pub needed: Vec<PaperKind>,
    /// Organisations beside which one more may not be necessary.
    pub similar: Vec<Neighbour>,
}

impl Checked {
    /// Why the application cannot be sent in: every reason at once.
    pub fn obstacles(&self) -> Vec<Refusal> {
        let mut all = self.faults.clone();
        all.extend(
            self.findings
                .iter()
                .filter(|finding| threshold::stops_submission(finding))
                .filter_map(Finding::refusal),
        );
        all
    }

    /// Every condition that bars a registration.
    pub fn bars(&self) -> Vec<Refusal> {
        let bars = self.findings.iter().filter_map(Finding::refusal);
        self.faults.iter().cloned().chain(bars).collect()
    }
}

/// Checks a case against its rules and the register.
///
/// # Errors
/// The database could not be read.
pub async fn of(app: &App, case: &Case) -> Result<Checked, Error> {
    let today = app.clock.now().date();
    let rules = case.rules(app, today);
    let application = match case.application() {
        Ok(application) => application,
        Err(faults) => return Ok(Checked { faults, ..Checked::default() }),
    };
    let name = names::check(app, case.kind, &case.name, application.origin(), Some(case.id)).await?;
    let similar = names::similar(&name.neighbours, &application);
    let similar: Vec<Neighbour> = similar.into_iter().cloned().collect();
    let mut findings = name.findings;
    if case.organisation_id.is_some() {
        // The name is taken by what came of this very case.
        findings.retain(|finding| finding.code != "name.taken");
    }
    findings.extend(threshold::findings(&application, rules));
    findings.extend(founding::findings(&application, rules));
    enrolled::tell_of_filing(app, case.filing_id, &mut findings).await?;
    findings.extend(similar.iter().map(|one| {
        Finding::warn("registration.similar", "B18")
            .with("name", one.name.as_str())
            .with("code", one.uscc.as_str())
    }));
    findings.extend(application.personal_name.iter().map(PersonalName::finding));
    findings.extend((!application.area.is_empty()).then(|| areas().finding(&application.area)));
    findings.extend(premises_shared(app, case, &application, rules).await?);
    findings.extend(representative(app, case, &application).await?);
    findings.extend(chamber_of_same_origin(app, case, &application).await?);
    findings.extend(upgrade::findings(app, case, &application).await?);
    findings.extend(charter::findings(app, case).await?);
    findings.extend(visit::findings(app, case).await?);
    let held = papers::of(app, case.subject()).await?;
    let held: Vec<PaperKind> = held.iter().map(|paper| paper.kind).collect();
    let needed = file::papers_needed(&application, rules);
    let missing = file::missing(&needed, &held);
    findings.extend(needed.iter().map(|kind| {
        Finding::required("registration.paper", "B11", !missing.contains(kind)).with_code("kind", *kind)
    }));
    Ok(Checked { application: Some(application), faults: Vec::new(), findings, missing, needed, similar })
}

/// The organisations that are seated at the same address, where there are any (B4).
async fn premises_shared(
    app: &App,
    case: &Case,
    of: &Application,
    rules: Rules<'_>,
) -> Result<Option<Finding>, Error> {
    let own = case.organisation_id.unwrap_or(domain::kernel::OrganisationId(0));
    let alike = "FROM organisation WHERE domicile = $1 AND division = $2 AND legal = 'registered'
                 AND status IN ('active', 'suspended') AND id <> $3";
    let sql = format!("SELECT count(*) {alike}");
    let others = app.db.number(&sql, args![of.domicile.trim(), &of.division, own]).await?;
    if others == 0 || of.domicile.trim().is_empty() {
        return Ok(None);
    }
    let sql = format!("SELECT name {alike} ORDER BY id LIMIT 1");
    let (name,): (String,) = app.db.one(&sql, args![of.domicile.trim(), &of.division, own]).await?;
    let profile = threshold::profile(of.kind, of.basis);
    Ok(Some(relief::premises_shared(profile, of.kind, &name, others, rules)))
}

/// Whether the legal representative leads another association: surely by identity number, perhaps by name (B5).
async fn representative(app: &App, case: &Case, of: &Application) -> Result<Option<Finding>, Error> {
    let digest = heads::digest(&of.identity);
    let source = &mut Source::Db(&app.db);
    let known = heads::known(source, &digest, &of.representative, case.organisation_id).await?;
    Ok(head::of_register(of.kind, &known))
}

/// One chamber for each origin (B19).
async fn chamber_of_same_origin(app: &App, case: &Case, of: &Application) -> Result<Option<Finding>, Error> {
    let Some(origin) = of.origin() else { return Ok(None) };
    let pattern = format!("%{origin}%商会");
    let sql = "SELECT name FROM organisation WHERE kind = 'social_association' AND name LIKE $1
               AND legal = 'registered' AND status IN ('active', 'suspended') AND id <> $2 ORDER BY id LIMIT 1";
    let own = case.organisation_id.unwrap_or(domain::kernel::OrganisationId(0));
    let found: Option<(String,)> = app.db.maybe(sql, args![pattern, own]).await?;
    let holds = found.is_none();
    let finding = Finding::required("registration.chamber-origin", "B19", holds).with("origin", origin);
    Ok(Some(finding.with("name", found.map(|(name,)| name).unwrap_or_default())))
}

/// The worst level among findings, for a tag.
pub fn worst(findings: &[Finding]) -> Option<Level> {
    findings.iter().map(|finding| finding.level).max()
}
