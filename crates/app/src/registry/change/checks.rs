//! What a change is checked by beside its papers: the floor of its kind, a name against the register, the street of a
//! new domicile, who a new head is (B1-B3, B5, B7, B8, B10, B44).

use domain::kernel::{Coded, Fact, Finding, Level, Refusal};
use domain::registry::change::ChangeItem;
use domain::registry::change::value::{self, Floor};
use domain::registry::registration::PersonalName;

use super::head::{self, HeadTold};
use super::held::{ChangeCase, Registered};
use super::rules_now;
use crate::db::Val;
use crate::registry::registration::case::Case;
use crate::registry::registration::names;
use crate::registry::standing::Source;
use crate::{App, Cx, Error, args, divisions};

/// What is told beside the new value; each item asks for its own.
#[derive(Clone, Debug, Default)]
pub struct Particulars {
    /// The street of a new domicile: nine digits.
    pub division: String,
    /// Why a like name is no confusion.
    pub name_reason: String,
    /// Whether a person's name stands in a new name: `yes`, or anything else.
    pub personal_name: String,
    /// Whose it is.
    pub personal_name_of: String,
    /// Why it may: a code.
    pub personal_name_ground: String,
    /// Who a new head is.
    pub head: HeadTold,
}

impl Particulars {
    fn personal(&self) -> Result<Option<PersonalName>, Vec<Refusal>> {
        PersonalName::read(&self.personal_name, &self.personal_name_of, &self.personal_name_ground)
    }

    /// The columns in which the particulars of an item are kept; none for an item that asks nothing beside its value.
    pub(super) fn columns(&self, item: ChangeItem, held: &Registered) -> Vec<(&'static str, Val)> {
        match item {
            ChangeItem::Domicile => vec![("division", self.division.trim().into())],
            ChangeItem::Name => {
                let personal = self.personal().ok().flatten();
                let ground = personal.as_ref().map(|one| one.ground.code());
                vec![
                    ("name_reason", self.name_reason.trim().into()),
                    ("personal_name", personal.map(|one| one.of).into()),
                    ("personal_name_ground", ground.into()),
                ]
            }
            ChangeItem::LegalRepresentative => self.head.columns(held.kind).into(),
            _ => Vec::new(),
        }
    }
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
async fn name_faults(cx: &mut Cx<'_>, held: &Registered, name: &str) -> Result<Vec<Refusal>, Error> {
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
    if item == ChangeItem::LegalRepresentative {
        faults.extend(head::faults(&mut Source::Tx(&mut cx.tx), held, value, &told.head).await?);
    }
    if item == ChangeItem::Name {
        faults.extend(told.personal().err().unwrap_or_default());
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

/// What bars a change now that it is decided, at the decision: another may have taken the name, or the new head another
/// association, since it was asked for.
pub(super) async fn bars(
    cx: &mut Cx<'_>,
    case: &ChangeCase,
    held: &Registered,
) -> Result<Vec<Refusal>, Error> {
    let found = match case.item {
        ChangeItem::Name => name_faults(cx, held, &case.new_value).await?,
        _ => {
            head::wait_for_others(cx, case).await?;
            let found = head::of_case(&mut Source::Tx(&mut cx.tx), case, held).await?;
            found.iter().filter_map(Finding::refusal).collect()
        }
    };
    Ok(found.into_iter().map(|refusal| refusal.at("decision")).collect())
}

/// What an opinion weighs, as the register is now; nothing once the change is decided.
///
/// # Errors
/// The database failed.
pub async fn to_weigh(app: &App, case: &ChangeCase, held: &Registered) -> Result<Vec<Finding>, Error> {
    if case.decided_at.is_some() {
        return Ok(Vec::new());
    }
    if case.item != ChangeItem::Name {
        return head::of_case(&mut Source::Db(&app.db), case, held).await;
    }
    let mut findings = of_name(app, held, &case.new_value).await?;
    findings.retain(|one| one.level != Level::Met);
    findings.extend(case.personal().map(|one| one.finding()));
    Ok(findings)
}
