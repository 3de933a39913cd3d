//! The grounds on which an organisation is listed, each with its list and its rule (B35, B37).

use crate::coded;

use super::super::organisation::CreditListing;

coded! {
    /// The two lists.
    pub enum CreditList as "credit_list" {
        /// 活动异常名录.
        Abnormal = "abnormal",
        /// 严重违法失信名单.
        Serious = "serious",
    }
}

coded! {
    /// Why an organisation is on a list. Most grounds belong to one list alone; see `list`.
    pub enum ListingGround as "listing_ground" {
        /// 未按时报送年度报告: did not report at all.
        ReportOverdue = "report_overdue",
        /// 未按要求报送年度报告.
        ReportIncomplete = "report_incomplete",
        /// 未按规定建立党组织.
        NoPartyBody = "no_party_body",
        /// 未按期完成整改.
        RectificationOverdue = "rectification_overdue",
        /// 具有公开募捐资格的慈善组织不再符合条件.
        FundraisingLost = "fundraising_lost",
        /// 受到警告.
        Warned = "warned",
        /// 受到不满五万元罚款.
        FinedSmall = "fined_small",
        /// 通过登记的住所无法取得联系: two special letters came back.
        Unreachable = "unreachable",
        /// Another abnormal ground that the law names.
        OtherAbnormal = "other_abnormal",
        /// 被列入活动异常名录满两年.
        AbnormalTwoYears = "abnormal_two_years",
        /// 骗取变更登记被撤销.
        ChangeByFraud = "change_by_fraud",
        /// 被限期停止活动.
        ActivitySuspended = "activity_suspended",
        /// 受到五万元以上罚款.
        FinedLarge = "fined_large",
        /// 三年内两次以上受到警告或者不满五万元罚款.
        PenaltiesRepeated = "penalties_repeated",
        /// 失信被执行人.
        JudgmentDefaulter = "judgment_defaulter",
        /// 被吊销登记证书.
        CertificateRevoked = "certificate_revoked",
        /// 被撤销登记.
        RegistrationAnnulled = "registration_annulled",
        /// Another serious ground that the law names.
        OtherSerious = "other_serious",
        /// 随登记库数据转入: listed before this register was kept; its list stands in the row.
        TakenOver = "taken_over",
    }
}

impl CreditList {
    /// What the register shows for an organisation on this list.
    pub fn listing(self) -> CreditListing {
        match self {
            Self::Abnormal => CreditListing::Abnormal,
            Self::Serious => CreditListing::Serious,
        }
    }

    /// The list that the register shows; none for "on no list".
    pub fn of(listing: CreditListing) -> Option<Self> {
        match listing {
            CreditListing::None => None,
            CreditListing::Abnormal => Some(Self::Abnormal),
            CreditListing::Serious => Some(Self::Serious),
        }
    }

    /// The rule that sets its grounds.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Abnormal => "B35",
            Self::Serious => "B37",
        }
    }
}

impl ListingGround {
    /// The list to which it belongs; none for what was taken over, whose list stands in its row.
    pub fn list(self) -> Option<CreditList> {
        match self {
            Self::ReportOverdue
            | Self::ReportIncomplete
            | Self::NoPartyBody
            | Self::RectificationOverdue
            | Self::FundraisingLost
            | Self::Warned
            | Self::FinedSmall
            | Self::Unreachable
            | Self::OtherAbnormal => Some(CreditList::Abnormal),
            Self::AbnormalTwoYears
            | Self::ChangeByFraud
            | Self::ActivitySuspended
            | Self::FinedLarge
            | Self::PenaltiesRepeated
            | Self::JudgmentDefaulter
            | Self::CertificateRevoked
            | Self::RegistrationAnnulled
            | Self::OtherSerious => Some(CreditList::Serious),
            Self::TakenOver => None,
        }
    }

    /// Whether the organisation can do something about it. A warning or a fine that was imposed cannot be
    /// undone, so such a place ends by itself (B36).
    pub fn can_be_mended(self) -> bool {
        !matches!(self, Self::Warned | Self::FinedSmall)
    }

    /// Whether it follows from a penalty, and is never proposed by hand.
    pub fn follows_from_penalty(self) -> bool {
        matches!(
            self,
            Self::Warned
                | Self::FinedSmall
                | Self::FinedLarge
                | Self::PenaltiesRepeated
                | Self::ActivitySuspended
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Coded;

    #[test]
    fn every_ground_belongs_to_one_list_but_what_was_taken_over() {
        let of = |list| ListingGround::ALL.iter().filter(|ground| ground.list() == Some(list)).count();
        assert_eq!((of(CreditList::Abnormal), of(CreditList::Serious)), (9, 9));
        assert_eq!(ListingGround::TakenOver.list(), None);
    }

    #[test]
    fn only_a_small_penalty_cannot_be_mended() {
        let unmendable: Vec<&str> = ListingGround::ALL
            .iter()
            .filter(|ground| !ground.can_be_mended())
            .map(|ground| ground.code())
            .collect();
        assert_eq!(unmendable, ["warned", "fined_small"]);
    }

    #[test]
    fn lists_and_what_the_register_shows_agree() {
        for list in CreditList::ALL {
            assert_eq!(CreditList::of(list.listing()), Some(*list));
        }
        assert_eq!(CreditList::of(CreditListing::None), None);
        assert_eq!((CreditList::Abnormal.rule(), CreditList::Serious.rule()), ("B35", "B37"));
    }
}
