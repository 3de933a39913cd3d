//! Being a charity, at the approval office: recognition applied for by an organisation, taken up and reviewed by an
//! officer, decided by the director; the status itself, however it came to be, and how it ends (B46, B12, S10, S12).
//!
//! `application` takes and takes back the request, `intake` takes it up, `extension` lengthens the term once,
//! `decision` holds the opinion and the decision, `annulment` what deceit does to a recognition, `status` the days of
//! being a charity, `idle` who did nothing for years and must end, `held` are the rows, `read` tells pages what is on file.

pub mod annulment;
pub mod application;
pub mod decision;
pub mod extension;
pub mod held;
pub mod idle;
pub mod intake;
pub mod read;
pub mod status;

use domain::kernel::{Date, Finding, OrganisationId};
use domain::registry::{Gate, Known};

use crate::registry::standing;
use crate::{App, Cx, Error, args};
use held::CharityCase;

pub(in crate::registry) use status::end_with_registration;

/// Everything that the register knows of the conditions now, under the rules of the day of the application.
async fn judged(cx: &mut Cx<'_>, of: OrganisationId, rules_on: Date) -> Result<Vec<Finding>, Error> {
    let now = cx.now;
    let known = standing::known_in(cx.app, &mut cx.tx, of, now).await?;
    Ok(conditions_of(cx.app, &known, rules_on))
}

fn conditions_of(app: &App, known: &Known, rules_on: Date) -> Vec<Finding> {
    let mut found = known.gate(Gate::Charity, app.book.on(rules_on)).findings;
    found.push(Finding::required("charity.not-yet", "B46", known.charity_since.is_none()));
    found
}

/// The credit code of a case's organisation, for the public feed.
async fn uscc_of(cx: &mut Cx<'_>, case: &CharityCase) -> Result<String, Error> {
    let sql = "SELECT uscc FROM organisation WHERE id = $1";
    let (uscc,): (String,) = cx.tx.one(sql, args![case.organisation_id]).await?;
    Ok(uscc)
}
