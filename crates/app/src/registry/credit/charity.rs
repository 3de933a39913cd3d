//! Recognising a charity, closed to whoever is on a list (B38).

use domain::kernel::{Date, OrganisationId, Refusal, Role};
use domain::registry::Gate;

use super::super::standing;
use super::held::named;
use super::{DIRECTORS, NUMBER_MAX, required, writer};
use crate::journal::CHARITY_STATUS;
use crate::{Act, Cx, Error, args};

/// Records the recognition of an organisation as a charity.
#[derive(Clone, Debug)]
pub struct RecogniseCharity {
    /// Whose.
    pub organisation: OrganisationId,
    /// The number of the decision.
    pub document_number: String,
    /// The first day.
    pub from_on: Date,
}

impl Act for RecogniseCharity {
    type Outcome = ();
    const NAME: &'static str = "registry.recognise_charity";
    const WHO: &'static [Role] = DIRECTORS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (_, uscc) = named(cx, self.organisation).await?;
        let now = cx.now;
        let known = standing::known_in(cx.app, &mut cx.tx, self.organisation, now).await?;
        known.gate(Gate::Charity, cx.app.book.on(now.date())).require()?;
        let mut faults = Vec::new();
        let number = required(&mut faults, "charity_number", &self.document_number, NUMBER_MAX);
        if self.from_on < known.registered_on || self.from_on > now.date() {
            faults.push(Refusal::new("credit.charity-day", "B38").at("from_on"));
        }
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let sql = "SELECT count(*) FROM charity_status WHERE organisation_id = $1 AND to_on IS NULL";
        if cx.tx.number(sql, args![self.organisation]).await? > 0 {
            return Err(Refusal::new("credit.charity-already", "B38").into());
        }
        let id = cx.id();
        let values = [
            ("organisation_id", self.organisation.into()),
            ("document_number", number.into()),
            ("from_on", self.from_on.into()),
            ("recorded_by", writer(cx.actor).into()),
        ];
        cx.insert(&CHARITY_STATUS, id, &values).await?;
        cx.announce("registry.charity_recognised", uscc);
        Ok(())
    }
}
