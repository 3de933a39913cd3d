//! Special letters: two that came back unsigned show that an organisation cannot be reached (B35).

use domain::kernel::{Date, OrganisationId, Refusal, Role};
use domain::registry::credit::SpecialLetter;

use super::held::named;
use super::{NUMBER_MAX, OFFICERS, required, writer};
use crate::journal::SPECIAL_LETTER;
use crate::{Act, Cx, Error, args, row};

/// Records a letter that was sent. The outcome is its row.
#[derive(Clone, Debug)]
pub struct RecordLetter {
    /// To whom.
    pub organisation: OrganisationId,
    /// The day.
    pub sent_on: Date,
    /// The number of the mail.
    pub mail_number: String,
}

impl Act for RecordLetter {
    type Outcome = i64;
    const NAME: &'static str = "registry.record_letter";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        named(cx, self.organisation).await?;
        let mut faults = Vec::new();
        let number = required(&mut faults, "B35", "mail_number", &self.mail_number, NUMBER_MAX);
        if self.sent_on > cx.now.date() {
            faults.push(Refusal::new("credit.day-ahead", "B35").at("sent_on"));
        }
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let sql = "SELECT domicile FROM organisation WHERE id = $1";
        // The registered domicile of the day: a letter to anywhere else shows nothing.
        let (address,): (String,) = cx.tx.one(sql, args![self.organisation]).await?;
        let id = cx.id();
        let values = [
            ("organisation_id", self.organisation.into()),
            ("sent_on", self.sent_on.into()),
            ("address", address.into()),
            ("mail_number", number.into()),
            ("recorded_by", writer(cx.actor).into()),
            ("recorded_at", cx.now.into()),
        ];
        cx.insert(&SPECIAL_LETTER, id, &values).await?;
        Ok(id)
    }
}

/// Records that a letter came back unsigned.
#[derive(Clone, Debug)]
pub struct RecordReturn {
    /// Which.
    pub letter: i64,
    /// The day.
    pub returned_on: Date,
}

impl Act for RecordReturn {
    type Outcome = ();
    const NAME: &'static str = "registry.record_return";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        cx.tx.lock("special_letter", self.letter).await?;
        let sql = "SELECT * FROM special_letter WHERE id = $1";
        let held: HeldLetter = cx.tx.one(sql, args![self.letter]).await?;
        if held.returned_on.is_some() {
            return Err(Refusal::new("credit.letter-settled", "B35").into());
        }
        if self.returned_on < held.sent_on || self.returned_on > cx.now.date() {
            return Err(Error::Invalid(vec![Refusal::new("credit.return-day", "B35").at("returned_on")]));
        }
        cx.update(&SPECIAL_LETTER, held.id, held.version, &[("returned_on", self.returned_on.into())]).await
    }
}

row! {
    /// A special letter as it is held.
    pub struct HeldLetter {
        /// Its row.
        id: i64,
        /// The row's version.
        version: i64,
        /// The day it was sent.
        sent_on: Date,
        /// Where to.
        address: String,
        /// The number of the mail.
        mail_number: String,
        /// The day it came back.
        returned_on: Option<Date>,
    }
}

/// The letters of an organisation, oldest first.
pub(super) const OF: &str =
    "SELECT id, version, sent_on, address, mail_number, returned_on FROM special_letter
     WHERE organisation_id = $1 ORDER BY sent_on, id";

/// The letters as the rule looks at them.
pub(super) async fn letters(cx: &mut Cx<'_>, id: OrganisationId) -> Result<Vec<SpecialLetter>, Error> {
    let held: Vec<HeldLetter> = cx.tx.all(OF, args![id]).await?;
    Ok(held.iter().map(|one| SpecialLetter { sent_on: one.sent_on, returned_on: one.returned_on }).collect())
}
