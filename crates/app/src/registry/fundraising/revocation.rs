//! How a certificate ends: revoked as a penalty, recorded by one and confirmed by another, told to the public
//! within its days; or with the registration or with being a charity (B39, B22, B46, C14).
//!
//! Whoever no longer meets the conditions keeps the certificate and goes on the abnormal list (PF74-22): that is
//! a listing, see `credit`.

use domain::kernel::{Date, OrganisationId, Refusal, Role, RuleKey};
use domain::registry::DocumentKind;
use domain::registry::change::other_person;
use domain::registry::document::Withdrawal;
use domain::registry::fundraising::{FundraisingStage, Step};

use super::application::stop_deadlines;
use super::held::FundraisingCase;
use crate::db::Val;
use crate::documents;
use crate::journal::FUNDRAISING_CASE;
use crate::registry::change::{DIRECTORS, OFFICERS, required};
use crate::registry::course::{advance, lock, tell};
use crate::{Act, Cx, Error, args, deadlines};

/// Records the penalty that revoked a certificate; it stands once another has confirmed it.
#[derive(Clone, Debug)]
pub struct RecordFundraisingPenalty {
    /// The case's number.
    pub number: i64,
    /// The number of the decision on the penalty.
    pub penalty_number: String,
    /// For what.
    pub reason: String,
    /// The day of that decision.
    pub penalty_on: Date,
}

impl Act for RecordFundraisingPenalty {
    type Outcome = ();
    const NAME: &'static str = "registry.record_fundraising_penalty";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: FundraisingCase = lock(cx, self.number).await?;
        Step::Revoke.from(case.stage)?;
        if case.penalty_on.is_some() {
            return Err(Refusal::new("fundraising.penalty-recorded", "B39").into());
        }
        let mut faults = Vec::new();
        let number = required(&mut faults, "B39", "penalty_number", &self.penalty_number);
        let reason = required(&mut faults, "B39", "penalty_reason", &self.reason);
        let first = case.granted_on.unwrap_or(self.penalty_on);
        if self.penalty_on < first || self.penalty_on > cx.now.date() {
            faults.push(Refusal::new("fundraising.penalty-day", "B39").at("penalty_on").with("first", first));
        }
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let values = [
            ("penalty_number", number.into()),
            ("penalty_reason", reason.into()),
            ("penalty_on", self.penalty_on.into()),
            ("penalty_by", cx.actor.person.into()),
        ];
        cx.update(&FUNDRAISING_CASE, case.id, case.version, &values).await?;
        let today = cx.now.date();
        let rule = RuleKey::FundraisingAnnounceDays;
        deadlines::start(cx, case.subject(), rule, self.penalty_on, today).await
    }
}

/// Confirms the recorded penalty, which ends the certificate and tells the public; or drops the record.
#[derive(Clone, Copy, Debug)]
pub struct ConfirmFundraisingPenalty {
    /// The case's number.
    pub number: i64,
    /// Whether it stands as recorded.
    pub is_right: bool,
}

impl Act for ConfirmFundraisingPenalty {
    type Outcome = ();
    const NAME: &'static str = "registry.confirm_fundraising_penalty";
    const WHO: &'static [Role] = DIRECTORS;
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: FundraisingCase = lock(cx, self.number).await?;
        let stage = Step::Revoke.from(case.stage)?;
        let Some(penalty_on) = case.penalty_on else {
            return Err(Refusal::new("fundraising.no-penalty", "B39").into());
        };
        other_person(case.penalty_by, cx.actor.person)?;
        deadlines::done(cx, case.subject(), RuleKey::FundraisingAnnounceDays).await?;
        if !self.is_right {
            let values = [
                ("penalty_number", Val::from(None::<String>)),
                ("penalty_reason", "".into()),
                ("penalty_on", Val::from(None::<Date>)),
                ("penalty_by", Val::from(None::<i64>)),
            ];
            return cx.update(&FUNDRAISING_CASE, case.id, case.version, &values).await;
        }
        let today = cx.now.date();
        let values = vec![("ended_on", today.into()), ("ended_by", cx.actor.person.into())];
        advance(cx, &case, stage, values).await?;
        documents::withdraw(
            cx,
            case.subject(),
            DocumentKind::FundraisingCertificate,
            &documents::coded_why(Withdrawal::FundraisingRevoked),
        )
        .await?;
        let facts = vec![
            ("matter", "fundraising-revoked".into()),
            ("revoked_on", penalty_on.into()),
            ("certificate", case.certificate.clone().unwrap_or_default().into()),
            ("penalty", case.penalty_number.clone().unwrap_or_default().into()),
        ];
        tell(cx, &case, DocumentKind::Announcement, (facts, Vec::new())).await?;
        let sql = "SELECT uscc FROM organisation WHERE id = $1";
        let (uscc,): (String,) = cx.tx.one(sql, args![case.organisation_id]).await?;
        cx.announce("registry.fundraising_revoked", uscc);
        Ok(())
    }
}

/// With the registration of an organisation its certificate and its applications end (B22).
pub(in crate::registry) async fn end_with_registration(
    cx: &mut Cx<'_>,
    of: OrganisationId,
) -> Result<(), Error> {
    end_all(cx, of, Withdrawal::Ended).await
}

/// Who is no charity any more raises no funds from the public (CL22).
pub(in crate::registry) async fn end_with_charity(cx: &mut Cx<'_>, of: OrganisationId) -> Result<(), Error> {
    end_all(cx, of, Withdrawal::CharityAnnulled).await
}

async fn end_all(cx: &mut Cx<'_>, of: OrganisationId, why: Withdrawal) -> Result<(), Error> {
    let sql = "SELECT number FROM fundraising_case WHERE organisation_id = $1
               AND stage IN ('applied', 'returned', 'accepted', 'reviewed', 'granted') ORDER BY number";
    let open: Vec<(i64,)> = cx.tx.all(sql, args![of]).await?;
    for (number,) in open {
        let case: FundraisingCase = lock(cx, number).await?;
        let today = cx.now.date();
        advance(cx, &case, FundraisingStage::Ended, vec![("ended_on", today.into())]).await?;
        stop_deadlines(cx, &case).await?;
        deadlines::done(cx, case.subject(), RuleKey::FundraisingAnnounceDays).await?;
        documents::withdraw(
            cx,
            case.subject(),
            DocumentKind::FundraisingCertificate,
            &documents::coded_why(why),
        )
        .await?;
    }
    Ok(())
}
