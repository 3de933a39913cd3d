//! Consortia: members name themselves, the lead bids, and each answers to the register (C30).
//!
//! A member says in its own name that it joins a lead; without that word nobody can put it into a bid. What
//! is asked before the opening concerns the asker and its own partners alone, never another bid.

use domain::kernel::{CreditCode, Moment, OrganisationId, Refusal, Role, TenderId};
use domain::registry::Eligibility;
use domain::tendering::consortium::{Joining, may_join};

use super::eligibility::judge;
use super::open_tender::{OPEN_TENDER, OpenTender, open_for_bids};
use crate::db::{Row, Tx};
use crate::journal::JOINING;
use crate::registry::standing;
use crate::{Act, App, Cx, Error, args, row};

/// Says that the actor's organisation joins the consortium of a lead for one tender.
#[derive(Clone)]
pub struct JoinConsortium {
    /// Which tender.
    pub tender: TenderId,
    /// The lead's credit code, as typed.
    pub lead: String,
    /// Whether it accepts to be liable with the others.
    pub accepts_liability: bool,
}

impl Act for JoinConsortium {
    type Outcome = ();
    const NAME: &'static str = "tendering.join_consortium";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (tender, organisation) = open_for_bids(cx, self.tender).await?;
        let person = cx.actor.person.ok_or(Error::NotPermitted)?;
        let code =
            CreditCode::parse(&self.lead).map_err(|refusal| Error::Invalid(vec![refusal.at("lead")]))?;
        let lead: Option<(OrganisationId,)> =
            cx.tx.maybe("SELECT id FROM organisation WHERE uscc = $1", args![code.as_str()]).await?;
        let Some((lead,)) = lead else {
            let refusal = Refusal::new("tendering.member-unknown", "C30").at("lead");
            return Err(Error::Invalid(vec![refusal.with("member", code.as_str())]));
        };
        let sql = "SELECT (SELECT count(*) FROM joining WHERE tender_id = $1 AND member_id = $2) AS joined,
                     (SELECT count(*) FROM bid WHERE tender_id = $1 AND organisation_id = $2
                       AND state = 'submitted') AS own";
        let row: Row = cx.tx.one(sql, args![self.tender, organisation]).await?;
        let joining = Joining {
            is_lead: lead == organisation,
            has_joined: row.get::<i64>("joined")? > 0,
            has_own_bid: row.get::<i64>("own")? > 0,
            accepts_liability: self.accepts_liability,
        };
        may_join(joining, tender.consortium_rule()).map_err(|refusal| Error::Invalid(vec![refusal]))?;
        let id = cx.id();
        let values = [
            ("tender_id", self.tender.into()),
            ("member_id", organisation.into()),
            ("lead_id", lead.into()),
            ("joined_by", person.into()),
            ("joined_at", cx.now.into()),
        ];
        let twice = Refusal::new("tendering.already-joined", "C30").at("lead");
        let inserted = cx.insert(&JOINING, id, &values).await;
        inserted.map_err(|error| error.on_unique("joining__tender_id__member_id", twice))
    }
}

/// Takes that word back, before the deadline only. A bid that names the organisation all the same is barred
/// at the opening.
#[derive(Clone, Copy)]
pub struct LeaveConsortium {
    /// Which tender.
    pub tender: TenderId,
}

impl Act for LeaveConsortium {
    type Outcome = ();
    const NAME: &'static str = "tendering.leave_consortium";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (_, organisation) = open_for_bids(cx, self.tender).await?;
        let sql = "SELECT id, version FROM joining WHERE tender_id = $1 AND member_id = $2";
        let row: Row = cx.tx.one(sql, args![self.tender, organisation]).await?;
        cx.delete(&JOINING, row.get::<i64>("id")?, row.get("version")?).await
    }
}

row! {
    /// An organisation's own word on one tender.
    pub struct OwnJoining {
        /// The lead's name.
        lead: String,
        /// The lead's credit code.
        uscc: String,
        /// When.
        joined_at: Moment,
    }
}

/// Which lead `organisation` has joined for `tender`, if any.
///
/// # Errors
/// The database could not be read.
pub async fn own_joining(
    app: &App,
    tender: TenderId,
    organisation: OrganisationId,
) -> Result<Option<OwnJoining>, Error> {
    let sql = "SELECT o.name AS lead, o.uscc, j.joined_at FROM joining j
               JOIN organisation o ON o.id = j.lead_id WHERE j.tender_id = $1 AND j.member_id = $2";
    Ok(app.db.maybe(sql, args![tender, organisation]).await?)
}

/// A party to a bid before the opening: its lead or one of its members.
#[derive(Clone, Debug)]
pub struct Partner {
    /// Its credit code, as the bid names it.
    pub uscc: String,
    /// Its name; empty when the register does not know the code.
    pub name: String,
    /// Which organisation, when the register knows it.
    pub organisation: Option<OrganisationId>,
    /// The lead that it has joined for this tender, if any; another lead is none of the asker's business.
    joined: Option<OrganisationId>,
    /// Every condition for it.
    pub eligibility: Eligibility,
}

/// One statement reads the organisation, its controller and the lead it has joined.
const PARTY: &str = "SELECT o.*, c.id AS controller_id, j.lead_id AS joined
     FROM organisation o LEFT JOIN organisation c ON c.uscc = o.controller_uscc
     LEFT JOIN joining j ON j.member_id = o.id AND j.tender_id = $2";

fn partner(app: &App, tender: &OpenTender, row: &Row, at: Moment) -> Result<Partner, Error> {
    let (held, standing) = standing::read(row)?;
    Ok(Partner {
        joined: row.get("joined")?,
        organisation: Some(held.id),
        eligibility: judge(app, tender, (&held.uscc, &standing), at),
        uscc: held.uscc,
        name: held.name,
    })
}

fn unknown(code: &str) -> Partner {
    let (uscc, eligibility) = (code.to_owned(), Eligibility { findings: Vec::new() });
    Partner { uscc, name: String::new(), organisation: None, joined: None, eligibility }
}

/// The bidder itself as the lead of its bid. It may not have joined another: that is its own word, so the
/// refusal tells it nothing that it does not know.
pub(super) async fn lead_in(
    cx: &mut Cx<'_>,
    tender: &OpenTender,
    organisation: OrganisationId,
) -> Result<Partner, Error> {
    let row: Row = cx.tx.one(&format!("{PARTY} WHERE o.id = $1"), args![organisation, tender.id]).await?;
    let lead = partner(cx.app, tender, &row, cx.now)?;
    lead.eligibility.require()?;
    if lead.joined.is_some() {
        return Err(Refusal::new("tendering.joined-elsewhere", "C30").into());
    }
    Ok(lead)
}

/// The members that a bid names, in its order, each with a fault when it may not be in it.
pub(super) async fn member_faults(
    tx: &mut Tx,
    app: &App,
    tender: &OpenTender,
    lead: OrganisationId,
    (codes, now): (&[String], Moment),
) -> Result<Vec<Refusal>, Error> {
    let mut faults = Vec::new();
    for code in codes {
        let row: Option<Row> =
            tx.maybe(&format!("{PARTY} WHERE o.uscc = $1"), args![code, tender.id]).await?;
        let member = match row {
            Some(row) => partner(app, tender, &row, now)?,
            None => unknown(code),
        };
        faults.extend(member.fault(lead));
    }
    Ok(faults)
}

/// The members that an organisation's own draft names, for its check page.
///
/// # Errors
/// The database could not be read.
pub async fn members(app: &App, tender: TenderId, codes: &[String]) -> Result<Vec<Partner>, Error> {
    let tender: OpenTender = app.db.one(OPEN_TENDER, args![tender]).await?;
    let mut found = Vec::new();
    for code in codes.iter().take(super::bid_content::MEMBERS_MAX) {
        let sql = format!("{PARTY} WHERE o.uscc = $1");
        found.push(match app.db.maybe::<Row>(&sql, args![code, tender.id]).await? {
            Some(row) => partner(app, &tender, &row, app.clock.now())?,
            None => unknown(code),
        });
    }
    Ok(found)
}

impl Partner {
    /// Whether it has joined this lead. A member of another consortium answers like one that joined nobody,
    /// so that nobody learns of other consortia.
    pub fn has_joined(&self, lead: OrganisationId) -> bool {
        self.joined == Some(lead)
    }

    /// Why it may not be a member of the bid of `lead`, if it may not.
    pub fn fault(&self, lead: OrganisationId) -> Option<Refusal> {
        let fault = |code| Refusal::new(code, "C30").at("members").with("member", self.uscc.as_str());
        let Some(organisation) = self.organisation else { return Some(fault("tendering.member-unknown")) };
        if organisation == lead {
            return Some(fault("tendering.member-is-lead"));
        }
        if !self.has_joined(lead) {
            return Some(fault("tendering.member-not-joined"));
        }
        (!self.eligibility.is_eligible()).then(|| fault("tendering.member-not-eligible"))
    }
}
