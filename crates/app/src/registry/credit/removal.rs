//! Leaving a list: the organisation applies, an officer verifies, another person decides (B36, B37, C14).

use domain::kernel::{Date, Moment, PaperId, Refusal, Role, RuleKey};
use domain::registry::DocumentKind;
use domain::registry::credit::removal::{check_time, may_be_removed};
use domain::registry::credit::{ListingFact, RemovalStage};

use super::held::{HeldListing, lock_listing, lock_removal, named};
use super::proposal::code_fact;
use super::{DIRECTORS, OFFICERS, TEXT_MAX, required, step, writer};
use crate::db::Val;
use crate::deadlines;
use crate::documents::{self, Draft};
use crate::journal::{CREDIT_LISTING, REMOVAL_CASE};
use crate::papers::{self, Owner};
use crate::{Act, Cx, Error, args};

/// Applies to be taken off a list. The outcome is the application's row.
#[derive(Clone, Debug)]
pub struct ApplyRemoval {
    /// The place on the list.
    pub listing: i64,
    /// What was done.
    pub statement: String,
    /// Papers of the organisation's store that show it.
    pub papers: Vec<PaperId>,
}

impl Act for ApplyRemoval {
    type Outcome = i64;
    const NAME: &'static str = "registry.apply_removal";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let own = cx.actor.organisation().ok_or(Error::NotPermitted)?;
        let mut faults = Vec::new();
        let statement = required(&mut faults, "B36", "statement", &self.statement, TEXT_MAX);
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let held = lock_listing(cx, self.listing).await?;
        if held.organisation_id != own || held.listed_on.is_none() {
            return Err(Error::NotFound);
        }
        expect_open(&held)?;
        if !held.ground().can_be_mended() {
            return Err(Refusal::new("credit.ends-by-itself", "B36").into());
        }
        check_time(&fact(cx, &held).await?, cx.now.date(), cx.app.book.on(cx.now.date()))?;
        let id = cx.id();
        let values = [
            ("listing_id", held.id.into()),
            ("organisation_id", own.into()),
            ("stage", Val::code(RemovalStage::Applied)),
            ("statement", statement.into()),
            ("applied_by", writer(cx.actor).into()),
            ("applied_at", cx.now.into()),
            ("finding", "".into()),
            ("reason", "".into()),
        ];
        let sql =
            "SELECT count(*) FROM removal_case WHERE listing_id = $1 AND stage IN ('applied', 'verified')";
        if cx.tx.number(sql, args![held.id]).await? > 0 {
            return Err(Refusal::new("credit.removal-under-way", "B36").into());
        }
        cx.insert(&REMOVAL_CASE, id, &values).await?;
        for paper in &self.papers {
            papers::use_for(cx, *paper, held.subject(), Owner::Organisation(own)).await?;
        }
        Ok(id)
    }
}

/// Verifies what the organisation did.
#[derive(Clone, Debug)]
pub struct VerifyRemoval {
    /// The application.
    pub removal: i64,
    /// Whether what led to the place is mended.
    pub is_mended: bool,
    /// What was found.
    pub finding: String,
}

impl Act for VerifyRemoval {
    type Outcome = ();
    const NAME: &'static str = "registry.verify_removal";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = lock_removal(cx, self.removal).await?;
        if held.stage != RemovalStage::Applied {
            return Err(Refusal::new("credit.removal-settled", "B36").with_code("stage", held.stage).into());
        }
        let mut faults = Vec::new();
        let finding = required(&mut faults, "B36", "finding", &self.finding, TEXT_MAX);
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let stage = if self.is_mended { RemovalStage::Verified } else { RemovalStage::Refused };
        let mut values = vec![
            ("stage", Val::code(stage)),
            ("finding", finding.as_str().into()),
            ("verified_by", writer(cx.actor).into()),
            ("verified_at", cx.now.into()),
        ];
        if !self.is_mended {
            values.extend([("decided_at", cx.now.into()), ("reason", finding.into())]);
        }
        cx.update(&REMOVAL_CASE, held.id, held.version, &values).await?;
        if self.is_mended {
            let listing = lock_listing(cx, held.listing_id).await?;
            let today = cx.now.date();
            deadlines::start(cx, listing.subject(), RuleKey::ListingRemovalWorkingDays, today, today).await?;
        }
        Ok(())
    }
}

/// Decides a removal that another verified.
#[derive(Clone, Debug)]
pub struct DecideRemoval {
    /// The application.
    pub removal: i64,
    /// Whether the place ends.
    pub is_removed: bool,
    /// Why.
    pub reason: String,
}

impl Act for DecideRemoval {
    type Outcome = ();
    const NAME: &'static str = "registry.decide_removal";
    const WHO: &'static [Role] = DIRECTORS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = lock_removal(cx, self.removal).await?;
        may_be_removed(held.stage, held.verified_by, cx.actor.person)?;
        let mut faults = Vec::new();
        let reason = required(&mut faults, "B36", "reason", &self.reason, TEXT_MAX);
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let stage = if self.is_removed { RemovalStage::Removed } else { RemovalStage::Refused };
        let values = [
            ("stage", Val::code(stage)),
            ("decided_by", writer(cx.actor).into()),
            ("decided_at", cx.now.into()),
            ("reason", reason.as_str().into()),
        ];
        cx.update(&REMOVAL_CASE, held.id, held.version, &values).await?;
        let listing = lock_listing(cx, held.listing_id).await?;
        deadlines::done(cx, listing.subject(), RuleKey::ListingRemovalWorkingDays).await?;
        if self.is_removed {
            end(cx, &listing, "applied", &reason).await?;
        }
        Ok(())
    }
}

/// Ends a place on a list at this moment, with its document and its news.
pub(super) async fn end(
    cx: &mut Cx<'_>,
    held: &HeldListing,
    how: &'static str,
    reason: &str,
) -> Result<(), Error> {
    expect_open(held)?;
    let values =
        [("removed_on", cx.now.date().into()), ("removed_at", cx.now.into()), ("removed_how", how.into())];
    cx.update(&CREDIT_LISTING, held.id, held.version, &values).await?;
    let (name, uscc) = named(cx, held.organisation_id).await?;
    let draft = Draft {
        kind: DocumentKind::ListingRemoval,
        subject: held.subject(),
        organisation: Some(held.organisation_id),
        person: None,
        addressee: name,
        facts: vec![
            ("list", code_fact(held.list)),
            ("ground", code_fact(held.ground())),
            ("listed", held.listed_on.unwrap_or(held.arose_on).into()),
            ("removed", cx.now.date().into()),
            ("reason", reason.into()),
        ],
        items: Vec::new(),
        is_public: true,
    };
    documents::issue(cx, &draft).await?;
    step::keep(cx, held.organisation_id).await?;
    cx.announce("registry.delisted", uscc);
    Ok(())
}

fn expect_open(held: &HeldListing) -> Result<(), Error> {
    if held.is_open() {
        return Ok(());
    }
    Err(Refusal::new("credit.not-listed", "B36").into())
}

/// The place as the clocks look at it.
async fn fact(cx: &mut Cx<'_>, held: &HeldListing) -> Result<ListingFact, Error> {
    let sql = "SELECT listed_at FROM credit_listing WHERE id = $1";
    let (listed_at,): (Option<Moment>,) = cx.tx.one(sql, args![held.id]).await?;
    let day: Date = held.listed_on.unwrap_or(held.arose_on);
    Ok(ListingFact {
        list: held.list,
        ground: held.ground(),
        listed_at: listed_at.unwrap_or(Moment::start_of(day)),
        removed_at: None,
    })
}
