//! What a change is checked by beside its papers: the floor of its kind, a name against the register, the street of a
//! new domicile (B1-B3, B8, B44).

use domain::kernel::{Fact, Finding, Level, Refusal};
use domain::registry::change::ChangeItem;
use domain::registry::change::value::{self, Floor};

use super::held::{ChangeCase, Registered};
use super::rules_now;
use crate::registry::registration::case::Case;
use crate::registry::registration::names;
use crate::{App, Cx, Error, args, divisions};

/// What is told beside the new value; each item asks for its own.
#[derive(Clone, Debug, Default)]
pub struct Particulars {
    /// The street of a new domicile: nine digits.
    pub division: String,
    /// Why a like name is no confusion.
    pub name_reason: String,
}

/// The least funds of this organisation: of the profile under which it was registered, else of its kind.
pub(super) async fn floor(cx: &mut Cx<'_>, held: &Registered) -> Result<Floor, Error> {
    let sql = "SELECT * FROM registration_case WHERE organisation_id = $1 ORDER BY id DESC LIMIT 1";
    let case: Option<Case> = cx.tx.maybe(sql, args![held.id]).await?;
    let application = case.and_then(|case| case.application().ok());
    Ok(value::floor(held.kind, application.as_ref(), rules_now(cx)))
}

/// What the register says of a new name; the organisation is no neighbour of itself.
async fn of_name(app: &App, held: &Registered, name: &str) -> Result<Vec<Finding>, Error> {
    let mut findings = names::check(app, held.kind, name, None, None).await?.findings;
    let own = ("name", Fact::from(held.name.as_str()));
    findings.retain(|one| one.code != "name.near" || !one.facts.contains(&own));
    Ok(findings)
}

/// What bars a new name (B7, B8), at the field of the value.
pub(super) async fn name_faults(
    cx: &mut Cx<'_>,
    held: &Registered,
    name: &str,
) -> Result<Vec<Refusal>, Error> {
    let findings = of_name(cx.app, held, name).await?;
    Ok(findings.iter().filter_map(Finding::refusal).map(|refusal| refusal.at("value")).collect())
}

/// What bars the particulars of a change that is asked for, each at its field.
pub(super) async fn faults(
    cx: &mut Cx<'_>,
    held: &Registered,
    item: ChangeItem,
    value: &str,
    told: &Particulars,
) -> Result<Vec<Refusal>, Error> {
    let mut faults = Vec::new();
    if item == ChangeItem::Domicile && divisions::street(told.division.trim()).is_none() {
        faults.push(Refusal::new("registration.street-unknown", "B44").at("division"));
    }
    if item == ChangeItem::Name && !value.is_empty() {
        faults.extend(name_faults(cx, held, value).await?);
        let near = of_name(cx.app, held, value).await?.into_iter().find(|one| one.level == Level::Warn);
        if let Some(near) = near.filter(|_| told.name_reason.trim().is_empty()) {
            let refusal = Refusal::new("change.name-reason-missing", near.rule).at("name_reason");
            faults.push(Refusal { facts: near.facts, ..refusal });
        }
    }
    Ok(faults)
}

/// What an opinion weighs, as the register is now; nothing once the change is decided.
///
/// # Errors
/// The database failed.
pub async fn to_weigh(app: &App, case: &ChangeCase, held: &Registered) -> Result<Vec<Finding>, Error> {
    if case.decided_at.is_some() || case.item != ChangeItem::Name {
        return Ok(Vec::new());
    }
    let mut findings = of_name(app, held, &case.new_value).await?;
    findings.retain(|one| one.level != Level::Met);
    Ok(findings)
}
