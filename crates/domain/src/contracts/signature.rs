//! Signing: the office's director and the winner's own user, each for his side, two different persons
//! (C14, C26). A contract is in force with the second signature and not before.

use crate::coded;
use crate::kernel::{Actor, Deadline, Finding, Moment, OfficeId, OrganisationId, PersonId, Refusal, Role};

coded! {
    /// For whom somebody signs.
    pub enum Side as "contract_side" {
        /// The purchasing office.
        Purchaser = "purchaser",
        /// The awarded organisation.
        Provider = "provider",
    }
}

/// One signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// For whom.
    pub side: Side,
    /// By whom.
    pub person: PersonId,
    /// When.
    pub at: Moment,
}

/// Between whom a contract is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parties {
    /// The purchasing office.
    pub office: OfficeId,
    /// The awarded organisation.
    pub organisation: OrganisationId,
    /// Who drafted the contract; may not sign for the purchaser.
    pub drafter: PersonId,
}

/// Signs for the actor's own side. `open_challenges` suspends signing (C61).
pub fn sign(
    parties: &Parties,
    signatures: &[Signature],
    actor: &Actor,
    open_challenges: usize,
    now: Moment,
) -> Result<Signature, Refusal> {
    let person = actor.person.ok_or_else(not_a_signer)?;
    let side = match actor.post.role {
        Role::OfficeDirector if actor.office() == Some(parties.office) => Side::Purchaser,
        Role::OrganisationUser if actor.organisation() == Some(parties.organisation) => Side::Provider,
        _ => return Err(not_a_signer()),
    };
    if !actor.fresh {
        return Err(Refusal::new("contracts.password-not-fresh", "E11"));
    }
    if open_challenges > 0 {
        return Err(Refusal::new("contracts.signing-suspended", "C61").with("count", open_challenges));
    }
    if signatures.iter().any(|signature| signature.side == side) {
        return Err(Refusal::new("contracts.side-signed-already", "C26").with_code("side", side));
    }
    if signatures.iter().any(|signature| signature.person == person) {
        return Err(Refusal::new("contracts.one-person-both-sides", "E11"));
    }
    if side == Side::Purchaser && person == parties.drafter {
        return Err(Refusal::new("contracts.signed-by-drafter", "C14"));
    }
    Ok(Signature { side, person, at: now })
}

/// Whether both sides have signed; the moment of the second signature is when the contract begins to bind.
pub fn in_force_since(signatures: &[Signature]) -> Option<Moment> {
    let of = |side| signatures.iter().find(|signature| signature.side == side).map(|signature| signature.at);
    of(Side::Purchaser).zip(of(Side::Provider)).map(|(purchaser, provider)| purchaser.max(provider))
}

/// Whether signing is in time. Being late is put on record and does not undo the award (C26).
pub fn timeliness(deadline: &Deadline, now: Moment) -> Finding {
    let code = "contracts.signed-in-time";
    let finding =
        if deadline.has_passed(now) { Finding::warn(code, "C26") } else { Finding::met(code, "C26") };
    finding.with("due", deadline.due)
}

fn not_a_signer() -> Refusal {
    Refusal::new("contracts.not-a-signer", "C14")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Scope;

    const PARTIES: Parties =
        Parties { office: OfficeId(1), organisation: OrganisationId(2), drafter: PersonId(30) };

    fn director(person: i64, office: i64) -> Actor {
        Actor {
            fresh: true,
            ..Actor::new(PersonId(person), Role::OfficeDirector, Scope::Office(OfficeId(office)))
        }
    }

    fn user(person: i64, organisation: i64) -> Actor {
        let scope = Scope::Organisation(OrganisationId(organisation));
        Actor { fresh: true, ..Actor::new(PersonId(person), Role::OrganisationUser, scope) }
    }

    fn check(signatures: &[Signature], actor: &Actor, challenges: usize, expected: Result<Side, &str>) {
        let found = sign(&PARTIES, signatures, actor, challenges, Moment(5));
        assert_eq!(found.map(|signature| signature.side).map_err(|refusal| refusal.code), expected);
    }

    #[test]
    fn each_side_signs_once_through_its_own_person() {
        let purchaser = Signature { side: Side::Purchaser, person: PersonId(10), at: Moment(1) };
        check(&[], &director(10, 1), 0, Ok(Side::Purchaser));
        check(&[purchaser], &user(20, 2), 0, Ok(Side::Provider));
        check(&[purchaser], &user(10, 2), 0, Err("contracts.one-person-both-sides"));
        check(&[purchaser], &director(11, 1), 0, Err("contracts.side-signed-already"));
        check(&[], &director(10, 9), 0, Err("contracts.not-a-signer"));
        check(&[], &user(20, 9), 0, Err("contracts.not-a-signer"));
        check(&[], &Actor::VISITOR, 0, Err("contracts.not-a-signer"));
        check(&[], &director(30, 1), 0, Err("contracts.signed-by-drafter"));
        check(&[], &director(10, 1), 1, Err("contracts.signing-suspended"));
        check(&[], &Actor { fresh: false, ..director(10, 1) }, 0, Err("contracts.password-not-fresh"));
    }

    #[test]
    fn a_contract_binds_with_the_second_signature() {
        let signature = |side, at| Signature { side, person: PersonId(at), at: Moment(at) };
        assert_eq!(in_force_since(&[signature(Side::Provider, 7)]), None);
        assert_eq!(
            in_force_since(&[signature(Side::Provider, 7), signature(Side::Purchaser, 3)]),
            Some(Moment(7))
        );
    }
}
