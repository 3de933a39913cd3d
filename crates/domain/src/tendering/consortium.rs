//! Consortia: several organisations bid as one, with a joint agreement, liable together (C30).
//!
//! Documents that do not speak of consortia may not refuse them. A member is in no other bid on the same
//! tender. Whether it is can be asked at the opening only: before, the answer would betray a bid. Anyone can
//! write down a rival's code, so only an organisation that has said itself that it joins counts as a member.

use std::collections::BTreeMap;

use crate::coded;
use crate::kernel::{BidId, CreditCode, Finding, OrganisationId, Refusal};

coded! {
    /// What the tender documents say of consortia.
    pub enum ConsortiumRule as "consortium_rule" {
        /// Nothing: then they may not be refused.
        NotStated = "not_stated",
        /// Consortia may bid.
        Admitted = "admitted",
        /// Bidders bid alone.
        Excluded = "excluded",
    }
}

impl ConsortiumRule {
    /// Whether several may bid as one.
    pub fn admits(self) -> bool {
        self != Self::Excluded
    }
}

/// What a bid says of those who bid together; empty for a bidder who bids alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Joint {
    /// Credit codes of the members besides the lead, as written.
    pub members: Vec<String>,
    /// Whether the agreement of the members is among the files.
    pub has_agreement: bool,
    /// Whether all declare that they are liable together.
    pub accepts_liability: bool,
}

/// Everything that keeps several from bidding as one, as far as the bid alone shows it. `most` is how many
/// members a bid may name; a technical limit.
///
/// Refused with `tendering.consortium-excluded`, `too-many-members`, `member-twice`, `joint-agreement-missing`,
/// `joint-liability-missing`, or the fault of a code that is none.
pub fn problems(joint: &Joint, rule: ConsortiumRule, most: usize) -> Vec<Refusal> {
    if joint.members.is_empty() {
        return Vec::new();
    }
    let fault = |code, field| Refusal::new(code, "C30").at(field);
    if !rule.admits() {
        return vec![fault("tendering.consortium-excluded", "members")];
    }
    if joint.members.len() > most {
        return vec![fault("tendering.too-many-members", "members").with("max", most)];
    }
    let mut found = Vec::new();
    for (place, member) in joint.members.iter().enumerate() {
        if let Err(refusal) = CreditCode::parse(member) {
            found.push(refusal.at("members"));
        } else if joint.members.iter().take(place).any(|earlier| earlier == member) {
            found.push(fault("tendering.member-twice", "members").with("member", member.as_str()));
        }
    }
    if !joint.has_agreement {
        found.push(fault("tendering.joint-agreement-missing", "agreement"));
    }
    if !joint.accepts_liability {
        found.push(fault("tendering.joint-liability-missing", "joint_liability"));
    }
    found
}

/// Whether an organisation may say that it joins the consortium of `lead`: the documents admit one, the lead
/// is another organisation, it has joined no other, it has no bid of its own, and it accepts to be liable
/// with the others. Everything asked here is its own, so the answer tells of nobody else's bid.
///
/// # Errors
/// `tendering.consortium-excluded`, `member-is-lead`, `already-joined`, `own-bid-stands`,
/// `joint-liability-missing`.
pub fn may_join(joining: Joining, rule: ConsortiumRule) -> Result<(), Refusal> {
    let cases = [
        (!rule.admits(), "tendering.consortium-excluded", "lead"),
        (joining.is_lead, "tendering.member-is-lead", "lead"),
        (joining.has_joined, "tendering.already-joined", "lead"),
        (joining.has_own_bid, "tendering.own-bid-stands", "lead"),
        (!joining.accepts_liability, "tendering.joint-liability-missing", "joint_liability"),
    ];
    match cases.iter().find(|(holds, _, _)| *holds) {
        Some((_, code, field)) => Err(Refusal::new(code, "C30").at(*field)),
        None => Ok(()),
    }
}

/// What is known of an organisation that wants to join.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Joining {
    /// It named itself as the lead.
    pub is_lead: bool,
    /// It has joined a consortium on this tender already.
    pub has_joined: bool,
    /// Its own bid has been submitted.
    pub has_own_bid: bool,
    /// It accepts to be liable with the others.
    pub accepts_liability: bool,
}

/// One bid at the opening: its lead, and every member with whether the member itself said that it joined
/// this lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// Which bid.
    pub bid: BidId,
    /// Who handed it in.
    pub lead: OrganisationId,
    /// The members besides the lead.
    pub members: Vec<(OrganisationId, bool)>,
}

impl Joined {
    /// Lead and members by their own word.
    fn parties(&self) -> impl Iterator<Item = OrganisationId> + '_ {
        let members = self.members.iter().filter(|(_, has_joined)| *has_joined);
        std::iter::once(self.lead).chain(members.map(|(member, _)| *member))
    }
}

/// The findings of the opening for each bid, in the order of `bids`: whether every member has joined by its
/// own word, and whether anyone in it is in another bid too. Then every bid in which that organisation
/// stands is barred, the one that it leads as well (regulation on bidding 37, third paragraph). A bidder
/// alone whom nobody names gets no finding.
pub fn findings(bids: &[Joined]) -> Vec<Vec<Finding>> {
    let mut places: BTreeMap<OrganisationId, usize> = BTreeMap::new();
    for party in bids.iter().flat_map(Joined::parties) {
        *places.entry(party).or_default() += 1;
    }
    let of_one = |bid: &Joined| {
        let is_elsewhere = bid.parties().any(|party| places.get(&party).is_some_and(|count| *count > 1));
        let mut found = Vec::new();
        if !bid.members.is_empty() {
            let has_all = bid.members.iter().all(|(_, has_joined)| *has_joined);
            found.push(Finding::required("tendering.members-joined", "C30", has_all));
        }
        if is_elsewhere || !bid.members.is_empty() {
            found.push(Finding::required("tendering.one-bid-each", "C30", !is_elsewhere));
        }
        found
    };
    bids.iter().map(of_one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Level;

    fn first() -> String {
        CreditCode::derive('5', '2', "320100", "58048860").map(|code| code.as_str().to_owned()).unwrap()
    }

    fn joint() -> Joint {
        Joint { members: vec![first()], has_agreement: true, accepts_liability: true }
    }

    fn check(joint: &Joint, rule: ConsortiumRule, expected: &[&str]) {
        let codes: Vec<_> = problems(joint, rule, 3).iter().map(|found| found.code).collect();
        assert_eq!(codes, expected, "{joint:?} {rule:?}");
    }

    #[test]
    fn several_bid_as_one_with_agreement_and_joint_liability() {
        use ConsortiumRule::{Admitted, Excluded, NotStated};
        for rule in [Admitted, NotStated] {
            check(&joint(), rule, &[]);
        }
        check(&joint(), Excluded, &["tendering.consortium-excluded"]);
        check(&Joint::default(), Excluded, &[]);
        check(&Joint { accepts_liability: true, ..Joint::default() }, Admitted, &[]);
        check(&Joint { has_agreement: false, ..joint() }, Admitted, &["tendering.joint-agreement-missing"]);
        check(
            &Joint { accepts_liability: false, ..joint() },
            Admitted,
            &["tendering.joint-liability-missing"],
        );
        let times = |count| Joint { members: vec![first(); count], ..joint() };
        check(&times(2), Admitted, &["tendering.member-twice"]);
        check(&times(4), Admitted, &["tendering.too-many-members"]);
        let found = problems(&Joint { members: vec!["no code".to_owned()], ..joint() }, Admitted, 3);
        assert_eq!(found.len(), 1, "a code that is none is a fault: {found:?}");
    }

    #[test]
    fn an_organisation_joins_one_consortium_by_its_own_word() {
        let free = Joining { accepts_liability: true, ..Joining::default() };
        let code = |joining, rule| may_join(joining, rule).err().map(|refusal| refusal.code);
        assert_eq!(code(free, ConsortiumRule::NotStated), None);
        for (joining, expected) in [
            (Joining { is_lead: true, ..free }, "tendering.member-is-lead"),
            (Joining { has_joined: true, ..free }, "tendering.already-joined"),
            (Joining { has_own_bid: true, ..free }, "tendering.own-bid-stands"),
            (Joining::default(), "tendering.joint-liability-missing"),
        ] {
            assert_eq!(code(joining, ConsortiumRule::Admitted), Some(expected));
        }
        assert_eq!(code(free, ConsortiumRule::Excluded), Some("tendering.consortium-excluded"));
    }

    /// Bids as `lead: members`, a member in brackets has not joined; and who is barred by what.
    fn opening(bids: &[(i64, &[(i64, bool)])], expected: &[&str]) {
        let joined: Vec<Joined> = bids
            .iter()
            .map(|(lead, members)| Joined {
                bid: BidId(*lead),
                lead: OrganisationId(*lead),
                members: members.iter().map(|(id, has_joined)| (OrganisationId(*id), *has_joined)).collect(),
            })
            .collect();
        let barred = |found: &Vec<Finding>| {
            let barred = found.iter().filter(|finding| finding.level == Level::Barred);
            barred.map(|finding| finding.code).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(findings(&joined).iter().map(barred).collect::<Vec<_>>(), expected, "{bids:?}");
    }

    #[test]
    fn a_member_in_two_bids_bars_both_and_a_rival_named_unasked_bars_only_the_namer() {
        let (twice, unasked) = ("tendering.one-bid-each", "tendering.members-joined");
        opening(&[(1, &[]), (2, &[])], &["", ""]);
        opening(&[(1, &[(3, true)]), (2, &[])], &["", ""]);
        opening(&[(1, &[(2, true)]), (2, &[])], &[twice, twice]);
        opening(&[(1, &[(3, true)]), (2, &[(3, true)]), (4, &[])], &[twice, twice, ""]);
        opening(&[(1, &[(2, false)]), (2, &[])], &[unasked, ""]);
        opening(&[(1, &[(3, false)]), (2, &[(3, true)])], &[unasked, ""]);
    }

    #[test]
    fn a_bidder_alone_gets_no_finding() {
        let alone = Joined { bid: BidId(1), lead: OrganisationId(1), members: Vec::new() };
        assert_eq!(findings(&[alone]), vec![Vec::new()]);
    }
}
