//! The qualification to raise funds from the public, at the approval office: applied for by the organisation,
//! taken up and reviewed by an officer, decided by the director (B39, S10, S12).
//!
//! `application` takes and takes back the request, `intake` takes it up, `decision` holds the opinion and the
//! decision, `revocation` what a penalty or the end of a registration does to a certificate, `held` are the rows,
//! `read` tells pages what is on file and who holds a certificate.

pub mod application;
pub mod decision;
pub mod held;
pub mod intake;
pub mod read;
pub mod revocation;

use domain::kernel::{Date, Finding, OrganisationId};
use domain::registry::Gate;
use domain::registry::fundraising::{self, FundraisingWay, claim};

use crate::registry::standing::{self, Source};
use crate::{App, Cx, Error, args};

pub(in crate::registry) use revocation::{end_with_charity, end_with_registration};

/// Everything that the register knows of the conditions now, under the rules of the day of the application.
async fn judged(
    cx: &mut Cx<'_>,
    of: OrganisationId,
    way: FundraisingWay,
    rules_on: Date,
) -> Result<Vec<Finding>, Error> {
    let now = cx.now;
    let known = standing::known_in(cx.app, &mut cx.tx, of, now).await?;
    let revoked_on = last_revoked(&mut Source::Tx(&mut cx.tx), of).await?;
    Ok(conditions_of(cx.app, &known, way, (revoked_on, rules_on)))
}

fn conditions_of(
    app: &App,
    known: &domain::registry::Known,
    way: FundraisingWay,
    (revoked_on, rules_on): (Option<Date>, Date),
) -> Vec<Finding> {
    let rules = app.book.on(rules_on);
    let mut found = match way {
        FundraisingWay::Application => known.gate(Gate::PublicFundraising, rules).findings,
        FundraisingWay::Claim => claim::conditions(known, rules),
    };
    found.extend(fundraising::not_revoked(revoked_on, known.at.date(), rules));
    found
}

/// The last day on which a penalty took a certificate from the organisation.
async fn last_revoked(source: &mut Source<'_>, of: OrganisationId) -> Result<Option<Date>, Error> {
    let sql = "SELECT max(penalty_on) AS penalty_on FROM fundraising_case
               WHERE organisation_id = $1 AND stage = 'revoked'";
    let rows: Vec<(Option<Date>,)> = source.all(sql, args![of]).await?;
    Ok(rows.into_iter().next().and_then(|(day,)| day))
}
