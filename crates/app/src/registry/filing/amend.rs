//! A street puts a filing of its own to rights: whoever heads it now, where it meets, what it is called (B20).

use domain::kernel::{Coded, Date, Moment, Role, Street, Subject, SubjectKind};
use domain::registry::DocumentKind;
use domain::registry::document::Withdrawal;
use domain::registry::filing::amendment::{FilingItem, amendment_faults, may_amend};

use super::super::search;
use super::file::{certify, expect_new_name, own};
use super::form::{FilingFacts, FilingForm};
use super::ledger::Held;
use crate::db::{Row, Val};
use crate::journal::{FILING, FILING_AMENDMENT, ORGANISATION};
use crate::{Act, App, Cx, Error, args, documents, row};

/// Puts a filing to rights. Its kind and number stay; a new name brings a new certificate.
#[derive(Clone)]
pub struct AmendFiling {
    /// Which.
    pub filing: i64,
    /// The version that the officer saw.
    pub version: i64,
    /// Everything as it is to stand.
    pub form: FilingForm,
    /// Why.
    pub why: String,
}

impl Act for AmendFiling {
    type Outcome = ();
    const NAME: &'static str = "registry.amend_filing";
    const WHO: &'static [Role] = &[Role::StreetOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = own(cx, self.filing).await?;
        may_amend(held.closed_on)?;
        let street = Street(held.street);
        let organisation: Row =
            cx.tx.one("SELECT * FROM organisation WHERE id = $1", args![held.organisation_id]).await?;
        let form = FilingForm {
            kind: organisation.get("kind")?,
            is_demo: organisation.get("is_demo")?,
            ..self.form.clone()
        };
        let read = form.read(cx, &held.uscc, street).await;
        let items = match &read {
            Ok(facts) => altered(&held, &organisation, facts)?,
            // What is altered is not known of a form that cannot be read; it is told once it can.
            Err(_) => vec![FilingItem::Name],
        };
        let mut faults = amendment_faults(&items, &self.why);
        let facts = match read {
            Ok(facts) if faults.is_empty() => facts,
            Ok(_) => return Err(Error::Invalid(faults)),
            Err(Error::Invalid(found)) => {
                faults.extend(found);
                return Err(Error::Invalid(faults));
            }
            Err(other) => return Err(other),
        };
        if items.contains(&FilingItem::Name) {
            expect_new_name(cx, street, &facts).await?;
        }
        self.write(cx, &held, &organisation, &facts, &items).await
    }
}

impl AmendFiling {
    async fn write(
        &self,
        cx: &mut Cx<'_>,
        held: &Held,
        organisation: &Row,
        facts: &FilingFacts,
        items: &[FilingItem],
    ) -> Result<(), Error> {
        let values = [
            ("led_by", facts.led_by.code().into()),
            ("community", facts.community.as_str().into()),
            ("members", facts.members.into()),
            ("host_id", facts.host.into()),
        ];
        cx.update(&FILING, held.id, self.version, &values).await?;
        let values: Vec<(&'static str, Val)> =
            facts.organisation.values().into_iter().filter(|(name, _)| ALTERED.contains(name)).collect();
        let version: i64 = organisation.get("version")?;
        cx.update(&ORGANISATION, held.organisation_id.0, version, &values).await?;
        let codes: Vec<&str> = items.iter().map(|item| item.code()).collect();
        let id = cx.id();
        let values = [
            ("filing_id", held.id.into()),
            ("items", codes.join(",").into()),
            ("why", self.why.trim().into()),
            ("amended_by", cx.actor.person.into()),
            ("amended_at", cx.now.into()),
        ];
        cx.insert(&FILING_AMENDMENT, id, &values).await?;
        if items.contains(&FilingItem::Name) {
            let subject = Subject::new(SubjectKind::Filing, held.id);
            documents::withdraw(
                cx,
                subject,
                DocumentKind::FilingCertificate,
                &documents::coded_why(Withdrawal::FilingAmended),
            )
            .await?;
            certify(cx, held.id, held.organisation_id, facts, &held.uscc).await?;
            let (id, code) = (held.organisation_id, held.uscc.as_str());
            let old = search::Entry { id, name: &held.name, code };
            search::replace(&mut cx.tx, old, search::Entry { id, name: &facts.organisation.name, code })
                .await?;
        }
        cx.announce("registry.filing_amended", held.uscc.as_str());
        Ok(())
    }
}

/// What an amendment writes of the organisation's own row.
const ALTERED: [&str; 7] =
    ["name", "fields", "domicile", "person_in_charge", "contact", "pinyin", "initials"];

/// What the form alters.
fn altered(held: &Held, organisation: &Row, facts: &FilingFacts) -> Result<Vec<FilingItem>, Error> {
    let new: Vec<(&str, Val)> = facts.organisation.values();
    let differs = |column: &str| -> Result<bool, Error> {
        let before: String = organisation.get(column)?;
        let now = new.iter().find(|(name, _)| *name == column).map(|(_, value)| value);
        Ok(now != Some(&Val::from(before.as_str())))
    };
    let mut items = Vec::new();
    for (item, is_altered) in [
        (FilingItem::Name, differs("name")?),
        (FilingItem::Fields, differs("fields")?),
        (FilingItem::Place, differs("domicile")?),
        (FilingItem::Person, differs("person_in_charge")?),
        (FilingItem::Contact, differs("contact")?),
        (FilingItem::Members, held.members != facts.members),
        (FilingItem::Leader, held.led_by != facts.led_by || held.community != facts.community),
        (FilingItem::Host, held.host_id.map(|host| host.0) != facts.host),
    ] {
        if is_altered {
            items.push(item);
        }
    }
    Ok(items)
}

row! {
    /// An amendment as it is held.
    pub struct Amendment {
        /// What was altered, as codes of `FilingItem` with commas between them.
        items: String,
        /// Why.
        why: String,
        /// When.
        amended_at: Moment,
    }
}

impl Amendment {
    /// What was altered.
    pub fn items(&self) -> Vec<FilingItem> {
        self.items.split(',').filter_map(FilingItem::from_code).collect()
    }

    /// The day.
    pub fn day(&self) -> Date {
        self.amended_at.date()
    }
}

/// The amendments of a filing, newest first; the caller has found it in the reader's ledger.
///
/// # Errors
/// The database failed.
pub async fn amendments(app: &App, filing: i64) -> Result<Vec<Amendment>, Error> {
    let sql = "SELECT items, why, amended_at FROM filing_amendment WHERE filing_id = $1
               ORDER BY amended_at DESC, id DESC";
    Ok(app.db.all(sql, args![filing]).await?)
}

/// A filing as the form that is to be put to rights.
///
/// # Errors
/// The database failed.
pub async fn form(app: &App, held: &Held) -> Result<FilingForm, Error> {
    let sql = "SELECT o.kind, o.fields, o.is_demo, COALESCE(h.uscc, '') AS host FROM organisation o
               LEFT JOIN organisation h ON h.id = $2 WHERE o.id = $1";
    let row: Row = app.db.one(sql, args![held.organisation_id, held.host_id]).await?;
    let fields: String = row.get("fields")?;
    Ok(FilingForm {
        name: held.name.clone(),
        kind: row.get("kind")?,
        fields: fields.trim_matches(',').to_owned(),
        domicile: held.domicile.clone(),
        person_in_charge: held.person_in_charge.clone(),
        contact: held.contact.clone(),
        members: held.members.to_string(),
        led_by: held.led_by.code().to_owned(),
        community: held.community.clone(),
        host: row.get("host")?,
        is_demo: row.get("is_demo")?,
    })
}
