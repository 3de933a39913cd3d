//! Names against the register: taken, asked for by another case, or alike by the stated measure (B7, B8, B18).

use std::collections::BTreeSet;

use domain::kernel::{CaseId, Coded, Finding, Level, OrganisationId, Refusal, RuleKey};
use domain::registry::OrganisationKind;
use domain::registry::division;
use domain::registry::registration::{Application, name, threshold};

use crate::db::Val;
use crate::registry::search_terms::{Of, probes};
use crate::registry::{area, fields_of};
use crate::{App, Error, args, divisions, row};

/// Names that are compared in full, those with the most pieces in common first.
const CANDIDATES_MAX: usize = 60;
/// No more alike names are shown.
const SHOWN_MAX: usize = 10;

row! {
    /// A registered organisation with a name to be compared.
    pub struct Neighbour {
        /// Its id.
        id: OrganisationId,
        /// Its name.
        name: String,
        /// Its code.
        uscc: String,
        /// What it is.
        @code kind: OrganisationKind,
        /// Its fields, as stored.
        fields: String,
        /// The area that is registered; none where none ever was.
        area: Option<String>,
    }
}

/// What the register says of a name.
#[derive(Clone, Debug, Default)]
pub struct NameCheck {
    /// Every condition with its rule.
    pub findings: Vec<Finding>,
    /// Organisations whose names have at least one piece in common, the closest first.
    pub neighbours: Vec<Neighbour>,
}

impl NameCheck {
    /// Whether nothing bars the name.
    pub fn is_free(&self) -> bool {
        self.findings.iter().all(|finding| finding.level != Level::Barred)
    }
}

/// What a name may begin with: the city, its districts with and without 区, and the full names of former ones, which
/// old names bear and new ones may not (B45).
fn beginnings() -> Vec<String> {
    let mut all = vec![area::REGISTRAR.to_owned()];
    all.extend(
        divisions::all_districts().iter().filter(|one| one.valid_to.is_some()).map(|one| one.name.clone()),
    );
    for (_, district) in divisions::districts() {
        all.push(district.to_owned());
        all.extend(district.strip_suffix('区').map(str::to_owned));
    }
    all
}

/// Checks a name; one that no case asks for yet is checked for the kind's registrar too (B3). `own` is the case that asks for it, `origin` the place a chamber comes from.
///
/// # Errors
/// The database could not be read.
pub async fn check(
    app: &App,
    kind: OrganisationKind,
    typed: &str,
    origin: Option<&str>,
    own: Option<CaseId>,
) -> Result<NameCheck, Error> {
    let typed = typed.trim();
    let beginnings = beginnings();
    let mut findings = name::findings(typed, kind, &beginnings, origin);
    let today = app.clock.now().date();
    let former = divisions::former_named(typed);
    let successor = former.map_or("", |one| divisions::district_name(divisions::today_of(&one.code)));
    findings.push(division::name_finding(former, successor, today));
    let rules = app.book.on(today);
    findings.extend(threshold::delegation(kind, rules).filter(|_| own.is_none()));
    let taken = "SELECT uscc FROM organisation WHERE name = $1 AND legal = 'registered'
                 AND status IN ('active', 'suspended') LIMIT 1";
    let taken: Option<(String,)> = app.db.maybe(taken, args![typed]).await?;
    findings.push(
        Finding::required("name.taken", "B8", taken.is_none())
            .with("code", taken.map(|(code,)| code).unwrap_or_default()),
    );
    let reserved = "SELECT count(*) FROM registration_case WHERE name = $1 AND id <> $2
                    AND state IN ('submitted', 'correction_requested', 'accepted', 'under_review', 'approved')";
    let reserved = app.db.number(reserved, args![typed, own.unwrap_or(CaseId(0))]).await?;
    findings.push(Finding::required("name.reserved", "B8", reserved == 0));
    let core = name::core(typed, kind, &beginnings);
    let neighbours = neighbours(app, &core).await?;
    let limit = rules.ratio(RuleKey::NameLikenessMin);
    for one in neighbours.iter().filter(|one| one.name != typed) {
        let other = name::core(&one.name, one.kind, &beginnings);
        if name::is_near(&core, &other, limit) {
            let likeness =
                name::likeness(&core, &other).map(|found| found.percent_text()).unwrap_or_default();
            findings.push(
                Finding::warn("name.near", "B8").with("name", one.name.as_str()).with("likeness", likeness),
            );
        }
    }
    findings.truncate(findings_max());
    Ok(NameCheck { findings, neighbours })
}

/// All conditions and the alike names that are shown.
fn findings_max() -> usize {
    SHOWN_MAX + 13
}

/// Registered organisations with pieces of the core in their names, those with the most first.
async fn neighbours(app: &App, core: &str) -> Result<Vec<Neighbour>, Error> {
    let terms: BTreeSet<i64> =
        probes(core).into_iter().filter(|probe| probe.of == Of::Name).flat_map(|probe| probe.terms).collect();
    if terms.is_empty() {
        return Ok(Vec::new());
    }
    let marks = |count: usize| (1..=count).map(|at| format!("${at}")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "SELECT organisation_id FROM search_term WHERE term IN ({}) GROUP BY organisation_id
         ORDER BY count(*) DESC, organisation_id LIMIT {CANDIDATES_MAX}",
        marks(terms.len())
    );
    let values: Vec<Val> = terms.into_iter().map(Val::from).collect();
    let ids: Vec<(i64,)> = app.db.all(&sql, &values).await?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT id, name, uscc, kind, fields, (SELECT max(r.value) FROM registered_item r
           WHERE r.organisation_id = organisation.id AND r.item = 'area' AND r.until_on IS NULL) AS area
         FROM organisation
         WHERE legal = 'registered' AND status IN ('active', 'suspended') AND id IN ({})",
        marks(ids.len())
    );
    let values: Vec<Val> = ids.iter().map(|(id,)| Val::from(*id)).collect();
    let mut found: Vec<Neighbour> = app.db.all(&sql, &values).await?;
    found.sort_by_key(|one| ids.iter().position(|(id,)| *id == one.id.0));
    Ok(found)
}

/// Registered associations of the same area that share a field and a piece of the name: whether one more is
/// necessary beside them is for an officer to weigh (B18). Institutions of one field may compete freely.
pub fn similar<'a>(neighbours: &'a [Neighbour], of: &Application) -> Vec<&'a Neighbour> {
    let area = area::told(&of.area, &of.name);
    let is_association = of.kind == OrganisationKind::SocialAssociation;
    let shares = |one: &Neighbour| fields_of(&one.fields).iter().any(|field| of.fields.contains(field));
    let is_like = |one: &&Neighbour| {
        is_association
            && one.kind == of.kind
            && one.name != of.name
            && area::told(one.area.as_deref().unwrap_or_default(), &one.name) == area
            && shares(one)
    };
    neighbours.iter().filter(is_like).take(SHOWN_MAX).collect()
}

/// Refuses a name that cannot be registered, at the field `name`.
pub(super) async fn expect_free(
    app: &App,
    kind: OrganisationKind,
    typed: &str,
    own: Option<CaseId>,
) -> Result<(), Error> {
    let checked = check(app, kind, typed, None, own).await?;
    let faults: Vec<Refusal> =
        checked.findings.iter().filter_map(Finding::refusal).map(|refusal| refusal.at("name")).collect();
    if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
}

/// The kinds that the office registers.
pub fn kinds() -> impl Iterator<Item = OrganisationKind> {
    OrganisationKind::ALL.iter().copied().filter(|kind| kind.is_social_organisation())
}
