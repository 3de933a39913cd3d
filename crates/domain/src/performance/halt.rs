//! Neither side changes, suspends or ends a contract alone. Both may agree to it; for the public interest the
//! purchaser must, says why in public, and answers for the loss (C53).

use crate::coded;
use crate::kernel::Refusal;

coded! {
    /// What happens to the contract.
    pub enum HaltKind as "halt_kind" {
        /// It stands still and may go on later.
        Suspension = "suspension",
        /// It ends before its time.
        End = "end",
    }
}

coded! {
    /// Why.
    pub enum HaltGround as "halt_ground" {
        /// To go on would harm the state or the public.
        PublicInterest = "public_interest",
        /// Both sides agree.
        Agreement = "agreement",
    }
}

coded! {
    /// Where it stands.
    pub enum HaltState as "halt_state" {
        /// One side proposes; the other has not answered.
        Asked = "asked",
        /// The contract stands still, or has ended.
        InForce = "in_force",
        /// The other side does not agree.
        Declined = "declined",
        /// The contract goes on.
        Lifted = "lifted",
    }
}

/// What one side asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish<'a> {
    /// Whether both sides have signed and the contract has not ended.
    pub is_in_force: bool,
    /// Whether the purchaser asks; otherwise the provider does.
    pub is_purchaser: bool,
    /// On which ground; none is no ground.
    pub ground: Option<HaltGround>,
    /// Why, in words that are published.
    pub reason: &'a str,
    /// Who answers for the loss, and how.
    pub compensation: &'a str,
    /// Whether another wish is open or in force.
    pub has_earlier: bool,
}

/// The state that the wish brings about, or everything that speaks against it.
pub fn ask(wish: &Wish<'_>) -> Result<HaltState, Vec<Refusal>> {
    if !wish.is_in_force {
        return Err(vec![Refusal::new("performance.not-in-force", "C26")]);
    }
    if wish.has_earlier {
        return Err(vec![Refusal::new("performance.halted-already", "C53")]);
    }
    let mut found = Vec::new();
    let at = |code, field: &str| Refusal::new(code, "C53").at(field);
    let state = match wish.ground {
        Some(HaltGround::PublicInterest) if wish.is_purchaser => HaltState::InForce,
        Some(HaltGround::Agreement) => HaltState::Asked,
        Some(HaltGround::PublicInterest) | None => {
            found.push(at("performance.unilateral-halt", "ground"));
            HaltState::Declined
        }
    };
    if wish.reason.trim().is_empty() {
        found.push(Refusal::new("performance.reason-empty", "C54").at("reason"));
    }
    if wish.ground == Some(HaltGround::PublicInterest) && wish.compensation.trim().is_empty() {
        found.push(at("performance.compensation-empty", "compensation"));
    }
    if found.is_empty() { Ok(state) } else { Err(found) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_halts_a_contract_alone() {
        let plain = Wish {
            is_in_force: true,
            is_purchaser: true,
            ground: Some(HaltGround::PublicInterest),
            reason: "场所存在安全隐患",
            compensation: "购买主体承担已发生的费用",
            has_earlier: false,
        };
        let agreed = Wish { ground: Some(HaltGround::Agreement), compensation: "", ..plain };
        for (wish, expected) in [
            (plain, Ok(HaltState::InForce)),
            (agreed, Ok(HaltState::Asked)),
            (Wish { is_purchaser: false, ..agreed }, Ok(HaltState::Asked)),
            (Wish { is_purchaser: false, ..plain }, Err(vec!["performance.unilateral-halt"])),
            (Wish { ground: None, ..plain }, Err(vec!["performance.unilateral-halt"])),
            (Wish { reason: "", ..plain }, Err(vec!["performance.reason-empty"])),
            (Wish { compensation: " ", ..plain }, Err(vec!["performance.compensation-empty"])),
            (Wish { has_earlier: true, ..plain }, Err(vec!["performance.halted-already"])),
            (Wish { is_in_force: false, ..plain }, Err(vec!["performance.not-in-force"])),
        ] {
            let found = ask(&wish);
            let found = found.map_err(|faults| faults.iter().map(|fault| fault.code).collect::<Vec<_>>());
            assert_eq!(found, expected);
        }
    }
}
