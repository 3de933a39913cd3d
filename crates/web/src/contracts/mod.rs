//! Contracts: the public list and page, the printable text, the office's desk, the organisation's signature.

pub mod desk;
pub mod document;
pub mod list;
pub mod own;
pub mod signature;
pub mod view;

use domain::contracts::ContractStage;

/// The tone of a stage's tag.
pub fn tone(stage: &ContractStage) -> &'static str {
    match stage {
        ContractStage::Drafted => "wait",
        ContractStage::Offered => "live",
        ContractStage::Signed => "ok",
        ContractStage::Ended => "",
    }
}
