//! Opening: at the deadline all sealed bids are opened at once, or none (C18, C30, C31).
//!
//! Here alone packages are taken apart in bulk: prices, leads and proposals become columns, every bid gets
//! an alias by lot for the committee, and the register's answer as of the deadline is frozen with its
//! reasons. Too few bids extend the deadline once, in public; after that the tender fails.

use domain::kernel::{BidId, Coded, Moment, OrganisationId, PersonId, Role, TenderId};
use domain::tendering::bid::{SealSuite, SealedPackage};
use domain::tendering::correction::CorrectionSubject;
use domain::tendering::opening::{self, AtDeadline, Opened, OpeningDecision};
use domain::tendering::session;
use domain::tendering::stage::Stage;
use evidence::Digest;
use serde_json::json;

use super::attendance::{self, Occasion};
use super::case::{self, Case};
use super::ending::EndReason;
use super::opening_findings::{self, Found, Named, is_clear};
use super::package::{Package, PackedFile};
use crate::db::{DbError, Row, Val};
use crate::frozen::freeze;
use crate::journal::{BID, BID_MEMBER, CORRECTION, TENDER};
use crate::{Act, Cx, Error, Kept, args};

/// Opens the bids of a tender, or moves the deadline, or ends the tender, as the number of bids decides.
#[derive(Clone, Copy)]
pub struct OpenBids {
    /// Which tender.
    pub tender: TenderId,
}

/// How an opening went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpeningOutcome {
    /// So many bids were opened.
    Opened(usize),
    /// Too few: the deadline is now this.
    Extended(Moment),
    /// Too few even so: the tender has failed.
    Failed,
}

impl Kept for OpeningOutcome {
    fn keep(&self) -> String {
        match self {
            Self::Opened(bids) => format!("opened {bids}"),
            Self::Extended(until) => format!("extended {}", until.0),
            Self::Failed => "failed".to_owned(),
        }
    }
    fn restore(text: &str) -> Option<Self> {
        match text.split_once(' ') {
            Some(("opened", bids)) => bids.parse().ok().map(Self::Opened),
            Some(("extended", until)) => until.parse().ok().map(|until| Self::Extended(Moment(until))),
            _ => (text == "failed").then_some(Self::Failed),
        }
    }
}

impl Act for OpenBids {
    type Outcome = OpeningOutcome;
    const NAME: &'static str = "tendering.open_bids";
    const WHO: &'static [Role] = &[Role::PurchaseLead];
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<OpeningOutcome, Error> {
        let case = case::locked(cx, self.tender).await?;
        let deadline = case.deadline_at.ok_or(Error::NotFound)?;
        let sealed = submitted(cx, self.tender).await?;
        let at_deadline = AtDeadline {
            stage: case.stage,
            deadline,
            bids: sealed.len(),
            extensions: case.extension_count(),
        };
        let rules = case.rules(cx.app);
        let decision = opening::decide(cx.now, at_deadline, case.procedure(), rules, &cx.app.calendar)?;
        self.call_the_roll(cx).await?;
        match decision {
            OpeningDecision::Open(proof) => self.open(cx, &case, proof, sealed).await,
            OpeningDecision::Extend { deadline: until, .. } => extend(cx, &case, deadline, until).await,
            OpeningDecision::Fail { .. } => {
                case::fail(cx, &case, EndReason::TooFewBids.code()).await?;
                Ok(OpeningOutcome::Failed)
            }
        }
    }
}

/// A submitted bid as it lies in the store.
struct SealedRow {
    id: BidId,
    version: i64,
    organisation: OrganisationId,
    suite: SealSuite,
    package: Vec<u8>,
    digest: String,
}

impl crate::db::FromRow for SealedRow {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.get("id")?,
            version: row.get("version")?,
            organisation: row.get("organisation_id")?,
            suite: row.code("suite")?,
            package: row.get("package")?,
            digest: row.get("digest")?,
        })
    }
}

async fn submitted(cx: &mut Cx<'_>, tender: TenderId) -> Result<Vec<SealedRow>, Error> {
    let sql = "SELECT id, version, organisation_id, suite, package, digest FROM bid
               WHERE tender_id = $1 AND state = 'submitted' ORDER BY id";
    Ok(cx.tx.all(sql, args![tender]).await?)
}

impl OpenBids {
    async fn call_the_roll(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let opener = case::person(cx)?;
        let present = attendance::present(&mut cx.tx, self.tender, Occasion::Opening, cx.now).await?;
        let sql = "SELECT person_id FROM seat WHERE tender_id = $1 AND state IN ('invited', 'accepted')";
        let seats: Vec<(PersonId,)> = cx.tx.all(sql, args![self.tender]).await?;
        let members: Vec<PersonId> = seats.into_iter().map(|(person,)| person).collect();
        Ok(session::opening_roll_call(opener, &present, &members)?)
    }

    async fn open(
        &self,
        cx: &mut Cx<'_>,
        case: &Case,
        proof: Opened,
        sealed: Vec<SealedRow>,
    ) -> Result<OpeningOutcome, Error> {
        let count = sealed.len();
        let aliases = aliases(cx, &sealed)?;
        let at = case.deadline_at.unwrap_or(cx.now);
        let read: Vec<ReadBid> = sealed.into_iter().map(|bid| read(proof, bid)).collect::<Result<_, _>>()?;
        let named: Vec<Named<'_>> = read
            .iter()
            .map(|(bid, package)| Named {
                bid: bid.id,
                lead: bid.organisation,
                members: &package.content.joint.members,
            })
            .collect();
        let found = opening_findings::read(cx, case.id, &named, at).await?;
        for (((bid, package), alias), found) in read.iter().zip(aliases).zip(found) {
            open_one(cx, bid, package, alias, &found).await?;
        }
        case::advance(
            cx,
            case,
            Stage::Opened,
            &[("opened_at", cx.now.into()), ("next_check_at", Val::Int(None))],
        )
        .await?;
        cx.announce("tendering.opened", case.number.as_str());
        Ok(OpeningOutcome::Opened(count))
    }
}

/// A bid and what its package says.
type ReadBid = (SealedRow, Package);

fn read(proof: Opened, mut bid: SealedRow) -> Result<ReadBid, Error> {
    if Digest::of(&bid.package).hex() != bid.digest {
        return Err(Error::Db(DbError::corrupt("bid.digest", "the digest of the package")));
    }
    let sealed = SealedPackage::new(bid.id, bid.suite, std::mem::take(&mut bid.package));
    let (_, _, bytes) = opening::unseal(proof, sealed);
    let package =
        Package::parse(&bytes).ok_or_else(|| Error::Db(DbError::corrupt("bid.package", "a bid package")))?;
    Ok((bid, package))
}

async fn open_one(
    cx: &mut Cx<'_>,
    bid: &SealedRow,
    package: &Package,
    alias: String,
    found: &Found,
) -> Result<(), Error> {
    let contact = format!("{} {}", package.content.contact_name, package.content.contact_phone);
    let values = [
        ("alias", alias.into()),
        ("price_fen", package.content.price.into()),
        ("project_lead", package.project_lead.as_str().into()),
        ("contact", contact.trim().into()),
        ("proposal", proposal(package).into()),
        ("agreement", agreement(package).into()),
        ("eligibility", freeze(&found.findings).into()),
        ("is_eligible", is_clear(&found.findings).into()),
    ];
    cx.update(&BID, bid.id.0, bid.version, &values).await?;
    for (position, member) in (1_i64..).zip(&found.members) {
        let id = cx.id();
        let values = [
            ("bid_id", bid.id.into()),
            ("organisation_id", member.organisation.into()),
            ("position", position.into()),
            ("has_joined", member.has_joined.into()),
            ("eligibility", freeze(&member.findings).into()),
            ("is_eligible", is_clear(&member.findings).into()),
        ];
        cx.insert(&BID_MEMBER, id, &values).await?;
    }
    Ok(())
}

/// The written parts and the files, without price or names, as the committee reads them. The agreement of a
/// consortium names its members and is for the purchaser alone.
fn proposal(package: &Package) -> String {
    let parts: Vec<_> = package.content.parts.iter().map(|(part, text)| json!([part.code(), text])).collect();
    let files = package.files.iter().filter(|file| !file.is_joint_agreement);
    let files: Vec<_> = files.map(told).collect();
    json!({ "parts": parts, "files": files }).to_string()
}

/// The agreement of a consortium's members, if the bid has one.
fn agreement(package: &Package) -> Option<String> {
    package.files.iter().find(|file| file.is_joint_agreement).map(|file| told(file).to_string())
}

fn told(file: &PackedFile) -> serde_json::Value {
    json!({"name": file.name, "digest": file.digest, "media_type": file.media_type, "bytes": file.bytes})
}

/// One alias for each bid, dealt by lot: A, B, …, Z, AA, AB, ….
fn aliases(cx: &Cx<'_>, sealed: &[SealedRow]) -> Result<Vec<String>, Error> {
    let key = cx.app.chance.bytes()?;
    let lots: Vec<Digest> = sealed.iter().map(|bid| Digest::keyed(&key, &bid.id.0.to_be_bytes())).collect();
    let place = |lot: &Digest| lots.iter().filter(|other| *other < lot).count();
    Ok(lots.iter().map(|lot| alias(place(lot))).collect())
}

fn alias(place: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = place + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.into_iter().rev().collect()
}

/// Moves the deadline for want of bidders, in public; what has been handed in stays handed in (C18).
async fn extend(
    cx: &mut Cx<'_>,
    case: &Case,
    before: Moment,
    after: Moment,
) -> Result<OpeningOutcome, Error> {
    let sql = "SELECT count(*) FROM correction WHERE tender_id = $1";
    let number = cx.tx.number(sql, args![case.id]).await? + 1;
    let id = cx.id();
    let values = [
        ("tender_id", case.id.into()),
        ("number", number.into()),
        ("subject", Val::code(CorrectionSubject::Bids)),
        ("text", EXTENSION_NOTICE.into()),
        ("reason", EXTENSION_REASON.into()),
        ("published_at", cx.now.into()),
        ("published_by", Option::<PersonId>::None.into()),
        ("deadline_before", before.into()),
        ("deadline_after", after.into()),
    ];
    cx.insert(&CORRECTION, id, &values).await?;
    let more = [
        ("deadline_at", after.into()),
        ("extensions", (case.extensions + 1).into()),
        ("next_check_at", after.into()),
    ];
    cx.update(&TENDER, case.id.0, case.version, &more).await?;
    cx.announce("tendering.extended", case.number.as_str());
    Ok(OpeningOutcome::Extended(after))
}

/// The official text of the extension, a record like any other notice and so in Chinese.
const EXTENSION_NOTICE: &str = "投标截止时间延长一次。已提交的投标继续有效，在新的截止时间前可以替换或撤回。";
const EXTENSION_REASON: &str = "截止时投标人不足";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_go_on_after_z() {
        let names: Vec<String> = [0, 1, 25, 26, 27, 701, 702].into_iter().map(alias).collect();
        assert_eq!(names, ["A", "B", "Z", "AA", "AB", "ZZ", "AAA"]);
    }

    #[test]
    fn an_outcome_is_kept_and_restored() {
        for outcome in
            [OpeningOutcome::Opened(3), OpeningOutcome::Extended(Moment(9)), OpeningOutcome::Failed]
        {
            assert_eq!(OpeningOutcome::restore(&outcome.keep()), Some(outcome));
        }
        assert_eq!(OpeningOutcome::restore("opened many"), None);
    }
}
