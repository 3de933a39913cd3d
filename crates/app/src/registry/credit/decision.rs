//! The decision: on the list from this moment, or not at all, by another person than the proposer (B35, B37, C14).

use domain::kernel::{Role, RuleKey};
use domain::registry::DocumentKind;
use domain::registry::credit::ListingStage;
use domain::registry::document::Withdrawal;

use super::super::entry;
use super::held::{ListingCase, lock_case, lock_listing, named};
use super::proposal::{code_fact, ground_item};
use super::{DIRECTORS, TEXT_MAX, required, step, writer};
use crate::db::Val;
use crate::deadlines;
use crate::documents::{self, Draft};
use crate::journal::{CREDIT_LISTING, LISTING_CASE};
use crate::{Act, Cx, Error};

/// Decides a listing.
#[derive(Clone, Debug)]
pub struct DecideListing {
    /// The case's number.
    pub number: i64,
    /// Whether the organisation is listed; otherwise the case is dropped.
    pub is_listed: bool,
    /// Why, with an answer to what the organisation said.
    pub reason: String,
}

impl Act for DecideListing {
    type Outcome = ();
    const NAME: &'static str = "registry.decide_listing";
    const WHO: &'static [Role] = DIRECTORS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = lock_case(cx, self.number).await?;
        case.facts().may_be_decided(cx.actor.person, cx.now.date())?;
        let mut faults = Vec::new();
        let reason = required(&mut faults, "B35", "reason", &self.reason, TEXT_MAX);
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let stage = if self.is_listed { ListingStage::Decided } else { ListingStage::Dropped };
        let values = [
            ("stage", Val::code(stage)),
            ("decided_by", writer(cx.actor).into()),
            ("decided_at", cx.now.into()),
            ("reason", reason.as_str().into()),
        ];
        cx.update(&LISTING_CASE, case.id, case.version, &values).await?;
        deadlines::resume(cx, case.subject()).await?;
        deadlines::done(cx, case.subject(), RuleKey::ListingEntryWorkingDays).await?;
        if self.is_listed {
            list(cx, &case, &reason).await?;
        } else {
            let why = documents::coded_why(Withdrawal::NotListed);
            documents::withdraw(cx, case.subject(), DocumentKind::ListingNotice, &why).await?;
        }
        Ok(())
    }
}

async fn list(cx: &mut Cx<'_>, case: &ListingCase, reason: &str) -> Result<(), Error> {
    entry::adopt(cx, case.organisation_id).await?;
    let held = lock_listing(cx, case.listing_id).await?;
    let values = [("listed_on", cx.now.date().into()), ("listed_at", cx.now.into())];
    cx.update(&CREDIT_LISTING, held.id, held.version, &values).await?;
    let (name, uscc) = named(cx, case.organisation_id).await?;
    let draft = Draft {
        kind: DocumentKind::ListingDecision,
        subject: case.subject(),
        organisation: Some(case.organisation_id),
        person: None,
        addressee: name,
        facts: vec![
            ("list", code_fact(case.list)),
            ("arose", case.arose_on.into()),
            ("listed", cx.now.date().into()),
            ("reason", reason.into()),
        ],
        items: vec![ground_item(case.list, case.ground)],
        is_public: true,
    };
    documents::issue(cx, &draft).await?;
    step::keep(cx, case.organisation_id).await?;
    cx.announce("registry.listed", uscc);
    Ok(())
}
