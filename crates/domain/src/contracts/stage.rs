//! Where a contract stands: drafted, offered for signature, signed, ended. No step is skipped (C26, C50).

use crate::coded;
use crate::kernel::Refusal;

coded! {
    /// Where a contract stands.
    pub enum ContractStage as "contract_stage" {
        /// Being written by the office.
        Drafted = "drafted",
        /// Complete; each side may sign.
        Offered = "offered",
        /// Signed by both sides, in force and public.
        Signed = "signed",
        /// Over, or never signed because the award fell away.
        Ended = "ended",
    }
}

impl ContractStage {
    /// Refuses any stage but those `needed`.
    pub fn expect_one_of(self, needed: &[ContractStage]) -> Result<(), Refusal> {
        if needed.contains(&self) {
            return Ok(());
        }
        Err(Refusal::new("contracts.wrong-stage", "C50").with_code("stage", self))
    }

    /// Whether the words may still change: nobody has signed yet.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Drafted | Self::Offered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signed_contract_is_not_open() {
        for (stage, open) in [
            (ContractStage::Drafted, true),
            (ContractStage::Offered, true),
            (ContractStage::Signed, false),
            (ContractStage::Ended, false),
        ] {
            assert_eq!(stage.is_open(), open, "{stage:?}");
        }
        let refusal = ContractStage::Signed.expect_one_of(&[ContractStage::Drafted]).unwrap_err();
        assert_eq!(refusal.code, "contracts.wrong-stage");
    }
}
