//! Qualification: the purchasing office says who may go on, bid by bid, before any review (C32).

use domain::kernel::{BidId, Coded, Finding, PersonId, Role, TenderId};
use domain::registry::Eligibility;
use domain::tendering::qualification::{self, Outcome, Verdict};
use domain::tendering::stage::Stage;

use super::case::{self, OpenedBid};
use super::ending::EndReason;
use crate::journal::BID;
use crate::{Act, Cx, Error, args};

/// The purchaser's verdict on one opened bid; it may be changed until qualification is closed.
#[derive(Clone)]
pub struct QualifyBid {
    /// Which tender.
    pub tender: TenderId,
    /// Which bid.
    pub bid: BidId,
    /// The version of the bid that was read.
    pub version: i64,
    /// Whether it may go on.
    pub is_qualified: bool,
    /// Why not; may be empty when it may.
    pub reason: String,
}

const OFFICE: &[Role] = &[Role::OfficeStaff, Role::OfficeDirector];

impl Act for QualifyBid {
    type Outcome = ();
    const NAME: &'static str = "tendering.qualify_bid";
    const WHO: &'static [Role] = OFFICE;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = case::locked_of_office(cx, self.tender).await?;
        case.stage.expect(Stage::Opened)?;
        qualification::check_checker(case::person(cx)?, &members(cx, self.tender).await?)?;
        let bids = case::opened_bids(&mut cx.tx, self.tender).await?;
        let bid = bids.iter().find(|bid| bid.id == self.bid).ok_or(Error::NotFound)?;
        let verdict =
            Verdict { bid: self.bid, is_qualified: self.is_qualified, reason: self.reason.trim().to_owned() };
        qualification::check(&verdict, &frozen(bid))?;
        let values =
            [("is_qualified", verdict.is_qualified.into()), ("qualification_note", verdict.reason.into())];
        cx.update(&BID, bid.id.0, self.version, &values).await
    }
}

/// The register's answer at the deadline, as one condition: later changes of the register do not touch it.
fn frozen(bid: &OpenedBid) -> Eligibility {
    let finding = Finding::required("tendering.eligible-at-deadline", "C17", bid.is_eligible);
    Eligibility { findings: vec![finding] }
}

async fn members(cx: &mut Cx<'_>, tender: TenderId) -> Result<Vec<PersonId>, Error> {
    let sql = "SELECT person_id FROM seat WHERE tender_id = $1 AND state IN ('invited', 'accepted')";
    let people: Vec<(PersonId,)> = cx.tx.all(sql, args![tender]).await?;
    Ok(people.into_iter().map(|(person,)| person).collect())
}

/// Closes qualification: the review begins with those who are left, or the tender fails (C32).
#[derive(Clone, Copy)]
pub struct CloseQualification {
    /// Which tender.
    pub tender: TenderId,
}

impl Act for CloseQualification {
    /// The stage that follows: `reviewing` or `failed`.
    type Outcome = String;
    const NAME: &'static str = "tendering.close_qualification";
    const WHO: &'static [Role] = OFFICE;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<String, Error> {
        let case = case::locked_of_office(cx, self.tender).await?;
        case.stage.expect(Stage::Opened)?;
        let bids = case::opened_bids(&mut cx.tx, self.tender).await?;
        let opened: Vec<BidId> = bids.iter().map(|bid| bid.id).collect();
        let verdicts: Vec<Verdict> = bids
            .iter()
            .filter_map(|bid| {
                let (bid_id, reason) = (bid.id, bid.qualification_note.clone());
                bid.is_qualified.map(|is_qualified| Verdict { bid: bid_id, is_qualified, reason })
            })
            .collect();
        let rules = case.rules(cx.app);
        match qualification::conclude(&opened, &verdicts, case.extension_count(), case.procedure(), rules)? {
            Outcome::Review(_) => {
                case::advance(cx, &case, Stage::Reviewing, &[]).await?;
                Ok(Stage::Reviewing.code().to_owned())
            }
            Outcome::Fail { .. } => {
                case::fail(cx, &case, EndReason::TooFewQualified.code()).await?;
                Ok(Stage::Failed.code().to_owned())
            }
        }
    }
}
