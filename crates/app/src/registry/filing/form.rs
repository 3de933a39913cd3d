//! What a street types about a filing, and the facts it becomes.

use domain::kernel::{Coded, Date, Refusal, Street, half_width};
use domain::registry::filing::{Filing, Host, LedBy, faults};
use domain::registry::{Legal, OrganisationKind, OrganisationStatus};

use super::super::form::{OrganisationFacts, OrganisationForm};
use super::super::words;
use crate::db::Row;
use crate::{Cx, Error, args};

/// The longest name of a community.
const COMMUNITY_MAX: usize = 40;

/// A filing as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilingForm {
    /// Its name.
    pub name: String,
    /// A word for an `OrganisationKind`.
    pub kind: String,
    /// Words for `BusinessField`s.
    pub fields: String,
    /// Where it meets.
    pub domicile: String,
    /// Who heads it.
    pub person_in_charge: String,
    /// Telephone.
    pub contact: String,
    /// How many members.
    pub members: String,
    /// A word for a `LedBy`.
    pub led_by: String,
    /// The community that leads it.
    pub community: String,
    /// Credit code of the organisation that keeps its money; empty for none.
    pub host: String,
    /// Invented for a demo.
    pub is_demo: bool,
}

/// What the form says, checked.
pub(super) struct FilingFacts {
    pub(super) organisation: OrganisationFacts,
    pub(super) members: i64,
    pub(super) led_by: LedBy,
    pub(super) community: String,
    pub(super) host: Option<i64>,
}

impl FilingForm {
    /// The facts of a filing under `number` in `street`.
    ///
    /// # Errors
    /// Every fault of the form, each at its field.
    pub(super) async fn read(
        &self,
        cx: &mut Cx<'_>,
        number: &str,
        street: Street,
    ) -> Result<FilingFacts, Error> {
        let today: Date = cx.now.date();
        let organisation = self.organisation(number, street, today);
        let (organisation, mut found) = match organisation.read(today) {
            Ok(facts) => (Some(facts), Vec::new()),
            Err(faults) => (None, faults),
        };
        let members: i64 = half_width(&self.members).trim().parse().unwrap_or(0);
        let led_by: Option<LedBy> = words::member(&self.led_by);
        if led_by.is_none() {
            found.push(Refusal::new("filing.led-by-missing", "B20").at("led_by"));
        }
        let community = self.community.trim().to_owned();
        if community.chars().count() > COMMUNITY_MAX {
            found.push(
                Refusal::new("filing.community-long", "B20").at("community").with("max", COMMUNITY_MAX),
            );
        }
        let host = match self.read_host(cx).await? {
            Ok(host) => host,
            Err(refusal) => {
                found.push(refusal);
                None
            }
        };
        // Judged even while the kind or the leader is still to be chosen, so that one round of mending is enough.
        let filing = Filing {
            kind: words::member(&self.kind).unwrap_or(OrganisationKind::SocialAssociation),
            members,
            led_by: led_by.unwrap_or(LedBy::Street),
            has_community: !community.is_empty(),
            has_person: !self.person_in_charge.trim().is_empty(),
            has_contact: !self.contact.trim().is_empty(),
            has_place: !self.domicile.trim().is_empty(),
            host: host.map(|(_, host)| host),
        };
        found.extend(faults(&filing));
        match (organisation, led_by) {
            (Some(organisation), Some(led_by)) if found.is_empty() => {
                let host = host.map(|(id, _)| id);
                Ok(FilingFacts { organisation, members, led_by, community, host })
            }
            _ => Err(Error::Invalid(found)),
        }
    }

    fn organisation(&self, number: &str, street: Street, today: Date) -> OrganisationForm {
        OrganisationForm {
            code: number.to_owned(),
            name: self.name.clone(),
            kind: self.kind.clone(),
            legal: Legal::Filed.code().to_owned(),
            status: OrganisationStatus::Active.code().to_owned(),
            division: street.to_string(),
            fields: self.fields.clone(),
            domicile: self.domicile.clone(),
            registered_on: today.to_string(),
            person_in_charge: self.person_in_charge.clone(),
            contact: self.contact.clone(),
            is_demo: self.is_demo,
            ..OrganisationForm::default()
        }
    }

    async fn read_host(&self, cx: &mut Cx<'_>) -> Result<Result<Option<(i64, Host)>, Refusal>, Error> {
        let code = half_width(&self.host).trim().to_uppercase();
        if code.is_empty() {
            return Ok(Ok(None));
        }
        let sql = "SELECT id, kind, legal, status FROM organisation WHERE uscc = $1";
        let Some(row) = cx.tx.maybe::<Row>(sql, args![code.as_str()]).await? else {
            return Ok(Err(Refusal::new("filing.host-unknown", "B20").at("host").with("code", code)));
        };
        let kind: OrganisationKind = row.code("kind")?;
        let host = Host { kind, legal: row.code("legal")?, status: row.code("status")? };
        Ok(Ok(Some((row.get("id")?, host))))
    }
}
