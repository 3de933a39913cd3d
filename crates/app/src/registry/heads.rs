//! Who leads what: a head is found again by the digest of the identity number alone, which no page shows (B5, B10).
//!
//! The founding head stands with the registration; each approved change of head puts another in that place, so whoever
//! was followed leads no more.

use domain::kernel::OrganisationId;
use domain::registry::head::Known;

use super::standing::Source;
use crate::{Error, args};

/// By which a person is found again; of a number in its one form (`domain::registry::head::identity`).
pub(in crate::registry) fn digest(number: &str) -> String {
    evidence::Digest::of(number.as_bytes()).hex()
}

/// Living associations and foundations whose present head has this digest.
const LEADS: &str = "SELECT o.name FROM organisation o
    WHERE o.id IN (SELECT c.organisation_id FROM registration_case c WHERE c.identity_digest = $1
        UNION SELECT h.organisation_id FROM change_case h
          WHERE h.identity_digest = $1 AND h.item = 'legal_representative' AND h.stage = 'approved')
      AND o.id <> $2 AND o.status IN ('active', 'suspended') AND o.kind IN ('social_association', 'foundation')
      AND $1 = COALESCE((SELECT COALESCE(x.identity_digest, '') FROM change_case x
          WHERE x.organisation_id = o.id AND x.item = 'legal_representative' AND x.stage = 'approved'
          ORDER BY x.decided_at DESC, x.id DESC LIMIT 1), $1)
    ORDER BY o.id LIMIT 1";

const NAMESAKE: &str = "SELECT o.name FROM organisation o WHERE o.person_in_charge = $1 AND o.id <> $2
      AND o.status IN ('active', 'suspended') AND o.kind IN ('social_association', 'foundation')
    ORDER BY o.id LIMIT 1";

/// What the register knows of a person who is to lead an organisation; `own` is that organisation, if it is there yet.
///
/// # Errors
/// The database failed.
pub(in crate::registry) async fn known(
    source: &mut Source<'_>,
    digest: &str,
    name: &str,
    own: Option<OrganisationId>,
) -> Result<Known, Error> {
    let own = own.unwrap_or(OrganisationId(0));
    // Of a person whose number nobody asked for, only the name is known.
    let leads: Vec<(String,)> = match digest {
        "" => Vec::new(),
        digest => source.all(LEADS, args![digest, own]).await?,
    };
    let namesake: Vec<(String,)> = source.all(NAMESAKE, args![name, own]).await?;
    let first = |found: Vec<(String,)>| found.into_iter().next().map(|(name,)| name);
    Ok(Known { leads: first(leads), namesake: first(namesake) })
}
