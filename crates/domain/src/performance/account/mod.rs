//! The director's account (处长负责制): what an office earned in a year, computed line by line (E4, E5, S63).
//!
//! `part` names the parts and the steps that count in each, `result` sums them, `tenure` says who answered on
//! a day, `veto` what caps the whole, `upheld` what an authority found against the office. No figure of it can be typed: there is no function that takes one.

pub mod part;
pub mod payment;
pub mod result;
pub mod tenure;
pub mod upheld;
pub mod veto;

pub use part::{Part, Step};
pub use result::{Account, PartResult, Standing, Worth};
pub use tenure::Tenure;
pub use upheld::UpheldKind;
pub use veto::{VetoGround, VetoState};
