//! The ten public promises of December 2013 (S19): the five that the source names, each with its measure.
//!
//! The source says 等十项 and names five. The other slots stay empty: what nobody published is not invented.

use crate::coded;

/// How many promises were published.
pub const SLOTS: usize = 10;

coded! {
    /// A promise that the source names, in its order; the slot is the place in this list.
    pub enum Promise as "promise" {
        /// 推行直接登记 (B17).
        DirectRegistration = "direct_registration",
        /// 试点一业多会 (B18).
        SeveralAssociations = "several_associations",
        /// 开放异地商会登记权限 (B19).
        OutOfAreaChambers = "out_of_area_chambers",
        /// 降低登记门槛 (S34, S35, B4).
        LowerThresholds = "lower_thresholds",
        /// 简化审批流程: decided within the promised limit (B12).
        SimplerProcedure = "simpler_procedure",
    }
}

impl Promise {
    /// The rule that the promise is about.
    pub fn rule(self) -> &'static str {
        match self {
            Self::DirectRegistration => "B17",
            Self::SeveralAssociations => "B18",
            Self::OutOfAreaChambers => "B19",
            Self::LowerThresholds => "B4",
            Self::SimplerProcedure => "B12",
        }
    }
}

/// A registration that was decided, as far as the promises ask.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    /// Without a supervising unit.
    pub is_direct: bool,
    /// Beside a like organisation, with a recorded necessity opinion.
    pub is_beside_another: bool,
    /// A chamber of firms from elsewhere.
    pub is_chamber: bool,
    /// Under a threshold below the statutory one.
    pub is_below_statutory: bool,
    /// Decided no later than the promised limit.
    pub is_in_time: bool,
    /// Registered, not denied.
    pub is_registered: bool,
}

impl Decided {
    /// Whether this case keeps the promise; `None` when the promise is not about it.
    pub fn keeps(self, promise: Promise) -> Option<bool> {
        match promise {
            Promise::DirectRegistration => self.is_direct.then_some(self.is_registered),
            Promise::SeveralAssociations => self.is_beside_another.then_some(self.is_registered),
            Promise::OutOfAreaChambers => self.is_chamber.then_some(self.is_registered),
            Promise::LowerThresholds => self.is_below_statutory.then_some(self.is_registered),
            Promise::SimplerProcedure => Some(self.is_in_time),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Coded;

    #[test]
    fn five_of_ten_are_named_and_the_others_stay_empty() {
        assert_eq!((Promise::ALL.len(), SLOTS), (5, 10));
    }

    #[test]
    fn a_case_keeps_the_promises_that_it_is_about() {
        let plain = Decided { is_registered: true, is_in_time: true, ..Decided::default() };
        for (case, promise, expected) in [
            (plain, Promise::DirectRegistration, None),
            (Decided { is_direct: true, ..plain }, Promise::DirectRegistration, Some(true)),
            (
                Decided { is_direct: true, is_registered: false, ..plain },
                Promise::DirectRegistration,
                Some(false),
            ),
            (Decided { is_beside_another: true, ..plain }, Promise::SeveralAssociations, Some(true)),
            (Decided { is_chamber: true, ..plain }, Promise::OutOfAreaChambers, Some(true)),
            (Decided { is_below_statutory: true, ..plain }, Promise::LowerThresholds, Some(true)),
            (plain, Promise::SimplerProcedure, Some(true)),
            (Decided { is_in_time: false, ..plain }, Promise::SimplerProcedure, Some(false)),
        ] {
            assert_eq!(case.keeps(promise), expected, "{promise:?} {case:?}");
        }
    }
}
