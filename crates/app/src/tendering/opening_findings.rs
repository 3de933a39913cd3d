//! What the register said at the deadline of everyone who bid: each lead and each member of a consortium, and
//! how they stand to the other bids (C17, C30, C35). Asked only now that bids are open.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use domain::kernel::{BidId, Finding, Level, Moment, OrganisationId, TenderId};
use domain::registry::relation::related_across;
use domain::registry::{Relation, RelationKind};
use domain::tendering::consortium::{self, Joined};

use super::eligibility::judge;
use super::open_tender::{self, OpenTender};
use crate::db::Row;
use crate::registry::standing;
use crate::{Cx, Error, args};

/// A bid whose package has been read: who handed it in, and the codes that it names.
pub(super) struct Named<'a> {
    pub bid: BidId,
    pub lead: OrganisationId,
    pub members: &'a [String],
}

/// What was found of one bid.
pub(super) struct Found {
    /// Of the lead and of the bid as a whole.
    pub findings: Vec<Finding>,
    /// Of each member, in the bid's order.
    pub members: Vec<FoundMember>,
}

/// What was found of a member.
pub(super) struct FoundMember {
    pub organisation: OrganisationId,
    /// Whether it has joined this lead by its own word.
    pub has_joined: bool,
    pub findings: Vec<Finding>,
}

/// Whether nothing in these findings bars.
pub(super) fn is_clear(findings: &[Finding]) -> bool {
    findings.iter().all(|finding| finding.level != Level::Barred)
}

struct Party {
    findings: Vec<Finding>,
    relations: Vec<Relation>,
}

/// Everything found of each bid, in the order of `bids`, as of `at`.
pub(super) async fn read(
    cx: &mut Cx<'_>,
    tender: TenderId,
    bids: &[Named<'_>],
    at: Moment,
) -> Result<Vec<Found>, Error> {
    let tender = open_tender::read(&mut cx.tx, tender).await?;
    let joinings = joinings(cx, tender.id).await?;
    let (mut parties, mut joined, mut unknown) = (BTreeMap::new(), Vec::new(), Vec::new());
    for bid in bids {
        let (members, has_unknown) = members(cx, bid).await?;
        for party in std::iter::once(bid.lead).chain(members.iter().copied()) {
            if let Entry::Vacant(place) = parties.entry(party) {
                place.insert(ask(cx, &tender, party, at).await?);
            }
        }
        let has_joined = |member: &OrganisationId| joinings.get(member) == Some(&bid.lead);
        let members = members.iter().map(|member| (*member, has_joined(member))).collect();
        joined.push(Joined { bid: bid.bid, lead: bid.lead, members });
        unknown.push(has_unknown);
    }
    Ok(assemble(&joined, &unknown, &parties))
}

async fn joinings(
    cx: &mut Cx<'_>,
    tender: TenderId,
) -> Result<BTreeMap<OrganisationId, OrganisationId>, Error> {
    let sql = "SELECT member_id, lead_id FROM joining WHERE tender_id = $1";
    let rows: Vec<Row> = cx.tx.all(sql, args![tender]).await?;
    let pairs = rows.iter().map(|row| Ok((row.get("member_id")?, row.get("lead_id")?)));
    pairs.collect()
}

/// The organisations behind the codes of a bid, each once, and whether a code stands for none.
async fn members(cx: &mut Cx<'_>, bid: &Named<'_>) -> Result<(Vec<OrganisationId>, bool), Error> {
    let (mut found, mut has_unknown) = (Vec::new(), false);
    for code in bid.members {
        let sql = "SELECT id FROM organisation WHERE uscc = $1";
        match cx.tx.maybe::<(OrganisationId,)>(sql, args![code]).await? {
            Some((member,)) if member != bid.lead && !found.contains(&member) => found.push(member),
            Some(_) => {}
            None => has_unknown = true,
        }
    }
    Ok((found, has_unknown))
}

/// What the register says of one party, and who stands behind it. A shared supervising unit is nothing to
/// warn of among organisations of one bureau (S70).
async fn ask(
    cx: &mut Cx<'_>,
    tender: &OpenTender,
    party: OrganisationId,
    at: Moment,
) -> Result<Party, Error> {
    let (held, standing) = standing::registered_in(&mut cx.tx, party).await?;
    let findings = judge(cx.app, tender, (&held.uscc, &standing), at).findings;
    let relations = standing.relations.into_iter();
    let relations = relations.filter(|one| one.kind != RelationKind::SupervisingUnit).collect();
    Ok(Party { findings, relations })
}

fn assemble(joined: &[Joined], unknown: &[bool], parties: &BTreeMap<OrganisationId, Party>) -> Vec<Found> {
    let everyone = |bid: &Joined| {
        let of = std::iter::once(bid.lead).chain(bid.members.iter().map(|(member, _)| *member));
        of.filter_map(|one| Some((one, parties.get(&one)?.relations.clone()))).collect::<Vec<_>>()
    };
    let related = related_across(&joined.iter().map(everyone).collect::<Vec<_>>());
    let shared = consortium::findings(joined);
    let mut found = Vec::with_capacity(joined.len());
    for (place, (bid, shared)) in joined.iter().zip(shared).enumerate() {
        let of = |party| parties.get(&party).map_or_else(Vec::new, |held| held.findings.clone());
        let members: Vec<FoundMember> = bid
            .members
            .iter()
            .map(|(member, has_joined)| FoundMember {
                organisation: *member,
                has_joined: *has_joined,
                findings: of(*member),
            })
            .collect();
        let mut findings = of(bid.lead);
        if !members.is_empty() || unknown.get(place) == Some(&true) {
            let are_eligible = members.iter().all(|member| is_clear(&member.findings));
            let are_known = unknown.get(place) != Some(&true);
            findings.push(Finding::required("tendering.members-eligible", "C30", are_eligible && are_known));
        }
        findings.extend(shared);
        let own = related.iter().filter(|(first, second, _)| *first == place || *second == place);
        findings.extend(own.map(|(_, _, pair)| pair.finding.clone()));
        found.push(Found { findings, members });
    }
    found
}
