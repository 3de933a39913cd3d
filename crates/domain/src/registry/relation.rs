//! Who stands behind an organisation, and which bidders therefore may not meet in one purchase (C35).
//!
//! Whether two bidders are related can only be asked once bids are open: before, the answer would betray
//! that somebody else has bid.

use crate::coded;
use crate::kernel::{Finding, OrganisationId};

coded! {
    /// How a party stands behind an organisation.
    pub enum RelationKind as "relation_kind" {
        /// Legal representative or person in charge.
        PersonInCharge = "person_in_charge",
        /// 举办者 or founder.
        Sponsor = "sponsor",
        /// Holds or actually controls it.
        Controller = "controller",
        /// 业务主管单位.
        SupervisingUnit = "supervising_unit",
    }
}

/// A person or body behind an organisation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// A natural person, by the register's key for that person.
    Person(String),
    /// An organisation of this register.
    Organisation(OrganisationId),
    /// A body outside the register, by name.
    Body(String),
}

/// One edge of the register's graph.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Relation {
    /// How.
    pub kind: RelationKind,
    /// Who.
    pub party: Party,
}

/// Two organisations that stand to each other as `finding` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelatedPair {
    /// The one.
    pub first: OrganisationId,
    /// The other.
    pub second: OrganisationId,
    /// Barred (same person in charge, control, management) or a warning (same sponsor, controller or unit).
    pub finding: Finding,
}

/// Every related pair whose two organisations stand in different bids, with the places of those bids. Each
/// group is one bid: its lead and its members, who may well be related (C30, C35). A shared supervising unit
/// is only a warning: organisations that the bureau supervises compete with each other on equal terms (S70).
pub fn related_across(groups: &[Vec<(OrganisationId, Vec<Relation>)>]) -> Vec<(usize, usize, RelatedPair)> {
    let mut found = Vec::new();
    for (place, group) in groups.iter().enumerate() {
        for (later, other) in groups.iter().enumerate().skip(place + 1) {
            for (first, of_first) in group {
                // One organisation in both is another rule's matter: nobody is related to itself.
                for (second, of_second) in other.iter().filter(|(second, _)| second != first) {
                    if let Some(finding) = relation_between(*first, of_first, *second, of_second) {
                        found.push((place, later, RelatedPair { first: *first, second: *second, finding }));
                    }
                }
            }
        }
    }
    found
}

fn relation_between(
    first: OrganisationId,
    of_first: &[Relation],
    second: OrganisationId,
    of_second: &[Relation],
) -> Option<Finding> {
    let is_behind = |relations: &[Relation], other: OrganisationId| {
        relations
            .iter()
            .find(|relation| relation.party == Party::Organisation(other))
            .map(|relation| relation.kind)
    };
    if let Some(kind) = is_behind(of_first, second).or_else(|| is_behind(of_second, first)) {
        return Some(
            Finding::barred("registry.bidders-one-controls-other", "C35").with_code("relation", kind),
        );
    }
    let shared = |kind: RelationKind| {
        of_first.iter().any(|relation| relation.kind == kind && of_second.contains(relation))
    };
    if shared(RelationKind::PersonInCharge) {
        return Some(Finding::barred("registry.bidders-same-person-in-charge", "C35"));
    }
    [RelationKind::Controller, RelationKind::Sponsor, RelationKind::SupervisingUnit]
        .into_iter()
        .find(|kind| shared(*kind))
        .map(|kind| Finding::warn("registry.bidders-share-party", "C35").with_code("relation", kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Level;

    fn relation(kind: RelationKind, party: Party) -> Relation {
        Relation { kind, party }
    }

    fn check(first: Vec<Relation>, second: Vec<Relation>, expected: Option<Level>) {
        let bids = [vec![(OrganisationId(1), first)], vec![(OrganisationId(2), second)]];
        let level =
            |found: Vec<(usize, usize, RelatedPair)>| found.first().map(|(_, _, pair)| pair.finding.level);
        assert_eq!(level(related_across(&bids)), expected);
        let turned = [bids[1].clone(), bids[0].clone()];
        assert_eq!(level(related_across(&turned)), expected);
    }

    #[test]
    fn one_head_control_or_management_keeps_two_bidders_apart() {
        use RelationKind::*;
        let person = || Party::Person("P1".to_owned());
        check(
            vec![relation(PersonInCharge, person())],
            vec![relation(PersonInCharge, person())],
            Some(Level::Barred),
        );
        check(
            vec![relation(Controller, Party::Organisation(OrganisationId(2)))],
            vec![],
            Some(Level::Barred),
        );
        check(
            vec![relation(SupervisingUnit, Party::Organisation(OrganisationId(2)))],
            vec![],
            Some(Level::Barred),
        );
        check(vec![relation(PersonInCharge, person())], vec![relation(Sponsor, person())], None);
        check(vec![], vec![], None);
    }

    #[test]
    fn every_member_is_looked_at_but_not_against_its_own_consortium() {
        let headed = |id: i64, head: &str| {
            let party = Party::Person(head.to_owned());
            (OrganisationId(id), vec![relation(RelationKind::PersonInCharge, party)])
        };
        let found = |groups: &[Vec<(OrganisationId, Vec<Relation>)>]| {
            let pairs = related_across(groups).into_iter();
            pairs.map(|(one, other, pair)| (one, other, pair.first.0, pair.second.0)).collect::<Vec<_>>()
        };
        let none: [(usize, usize, i64, i64); 0] = [];
        assert_eq!(found(&[vec![headed(1, "a"), headed(2, "a")], vec![headed(3, "b")]]), none);
        let crossed = [vec![headed(1, "a"), headed(2, "c")], vec![headed(3, "b"), headed(4, "c")]];
        assert_eq!(found(&crossed), [(0, 1, 2, 4)]);
        assert_eq!(found(&[vec![headed(1, "a")], vec![headed(3, "b"), headed(1, "a")]]), none);
    }

    #[test]
    fn two_organisations_of_the_bureau_may_meet_with_a_warning() {
        let bureau = || vec![relation(RelationKind::SupervisingUnit, Party::Body("示例局".to_owned()))];
        check(bureau(), bureau(), Some(Level::Warn));
    }
}
