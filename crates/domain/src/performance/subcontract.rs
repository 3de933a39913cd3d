//! No transfer 转包: whoever won does the work. A part outside the core may go to a named other, once, with
//! the office's consent (C52).

use crate::coded;
use crate::kernel::{Fen, OrganisationId, Refusal};

coded! {
    /// Where a wish to subcontract stands.
    pub enum SubcontractState as "subcontract_state" {
        /// The provider asks.
        Asked = "asked",
        /// The office consents.
        Consented = "consented",
        /// The office refuses.
        Refused = "refused",
    }
}

/// What a provider wants to hand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish<'a> {
    /// Who won.
    pub provider: OrganisationId,
    /// Who is to do it; none when the register does not know the code.
    pub to: Option<OrganisationId>,
    /// Which part.
    pub part: &'a str,
    /// Whether it is the main and key part of the service.
    pub is_core: bool,
    /// What it costs.
    pub amount: Fen,
    /// What the whole contract costs.
    pub contract: Fen,
    /// Whether an earlier wish is open or was consented to.
    pub has_earlier: bool,
}

/// Everything that speaks against it; empty when the office may be asked.
pub fn problems(wish: &Wish<'_>) -> Vec<Refusal> {
    let mut found = Vec::new();
    let at = |code, field: &str| Refusal::new(code, "C52").at(field);
    if wish.has_earlier {
        return vec![Refusal::new("performance.subcontract-once", "C52")];
    }
    match wish.to {
        None => found.push(at("performance.subcontract-unknown", "to")),
        Some(to) if to == wish.provider => found.push(at("performance.subcontract-self", "to")),
        Some(_) => {}
    }
    if wish.part.trim().is_empty() {
        found.push(at("performance.part-empty", "part"));
    }
    if wish.amount <= Fen::ZERO {
        found.push(at("performance.amount-not-positive", "amount"));
    }
    if wish.amount >= wish.contract {
        found.push(at("performance.transfer", "amount").with("contract", wish.contract));
    }
    if wish.is_core {
        found.push(at("performance.subcontract-core", "is_core"));
    }
    found
}

/// Refuses a refusal without a reason.
pub fn check_decision(consents: bool, reason: &str) -> Result<(), Refusal> {
    if !consents && reason.trim().is_empty() {
        return Err(Refusal::new("performance.reason-empty", "C54").at("reason"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_named_part_outside_the_core_is_handed_on_once() {
        let plain = Wish {
            provider: OrganisationId(1),
            to: Some(OrganisationId(2)),
            part: "活动场地布置",
            is_core: false,
            amount: Fen::yuan(5_000),
            contract: Fen::yuan(95_000),
            has_earlier: false,
        };
        for (wish, expected) in [
            (plain, vec![]),
            (Wish { to: None, ..plain }, vec!["performance.subcontract-unknown"]),
            (Wish { to: Some(OrganisationId(1)), ..plain }, vec!["performance.subcontract-self"]),
            (Wish { is_core: true, ..plain }, vec!["performance.subcontract-core"]),
            (Wish { amount: Fen::yuan(95_000), ..plain }, vec!["performance.transfer"]),
            (
                Wish { amount: Fen::ZERO, part: "", ..plain },
                vec!["performance.part-empty", "performance.amount-not-positive"],
            ),
            (Wish { has_earlier: true, ..plain }, vec!["performance.subcontract-once"]),
        ] {
            let codes: Vec<_> = problems(&wish).iter().map(|found| found.code).collect();
            assert_eq!(codes, expected);
            assert!(problems(&wish).iter().all(|found| found.rule == "C52"));
        }
        assert!(check_decision(true, "").is_ok() && check_decision(false, " ").is_err());
    }
}
