//! Documents (文书) that the registration authority issues: their series, and whose rights they touch.
//!
//! Every document has a number such as 宁民社受〔2026〕0312号, names its ground, and can be verified by its
//! code. One that goes against its addressee tells the addressee's rights of review (B10).

use crate::coded;

coded! {
    /// Why the program itself withdraws a document; whoever does it otherwise says it in words.
    pub enum Withdrawal as "withdrawal" {
        /// A filing has a new name and a new certificate (B20).
        FilingAmended = "filing_amended",
        /// A registered item changed, and a new certificate was issued (B21).
        ItemChanged = "item_changed",
        /// It became a charity, and a new certificate was issued (B46).
        CharityRecognised = "charity_recognised",
        /// It is no charity any more (B46).
        CharityAnnulled = "charity_annulled",
        /// The recognition was looked into and stays (B46).
        CharityStays = "charity_stays",
        /// It was not put on the list (B35, B37).
        NotListed = "not_listed",
        /// No penalty was imposed after all (B23).
        NotPunished = "not_punished",
        /// The hearing was called for another day (B23).
        HearingMoved = "hearing_moved",
        /// It was neither annulled nor revoked (B23).
        NotRevoked = "not_revoked",
        /// The certificate to raise funds from the public was revoked (B39).
        FundraisingRevoked = "fundraising_revoked",
        /// Its registration has ended (B22, B23).
        Ended = "ended",
        /// It was cancelled (B22).
        Cancelled = "cancelled",
        /// Its registration was annulled, or its certificate revoked (B23).
        Revoked = "revoked",
    }
}

coded! {
    /// What an authority writes.
    pub enum DocumentKind as "document_kind" {
        /// 收件凭证: what was handed in, and when; silence is counted from it (B9).
        Receipt = "receipt",
        /// 受理通知书: the application is taken up (B9).
        Acceptance = "acceptance",
        /// 一次性告知书: every defect, told once (B9).
        CorrectionNotice = "correction_notice",
        /// 不予受理通知书: not a matter that this window registers (B6, B9).
        NonAcceptance = "non_acceptance",
        /// 延长办理期限告知书: why several departments need longer (B12).
        ExtensionNotice = "extension_notice",
        /// 现场核查笔录: what two officers found at the premises, signed by both (B9).
        VisitRecord = "visit_record",
        /// 准予登记决定书 (B9).
        Approval = "approval",
        /// 不予登记决定书, on a listed ground (B10).
        Denial = "denial",
        /// 登记证书 with the unified social credit code (B9, B40).
        Certificate = "certificate",
        /// 成立、变更、注销公告 (B16).
        Announcement = "announcement",
        /// 准予变更登记决定书 (B21).
        ChangeApproval = "change_approval",
        /// 准予注销登记决定书 (B22).
        CancellationApproval = "cancellation_approval",
        /// 备案证明 of a community organisation; gives no legal personality (B20, T3).
        FilingCertificate = "filing_certificate",
        /// 年度检查结论通知书 (B26).
        InspectionNotice = "inspection_notice",
        /// 限期整改通知书 (B27).
        RectificationNotice = "rectification_notice",
        /// 评估等级通知书 (B31).
        RatingNotice = "rating_notice",
        /// 评估复核决定书 (B32).
        RatingReview = "rating_review",
        /// 不予评估通知书: not eligible, on which grounds (B30).
        RatingIneligible = "rating_ineligible",
        /// 列入名录告知书: prior notice with the right to be heard (B35, B37).
        ListingNotice = "listing_notice",
        /// 列入名录决定书 (B35, B37).
        ListingDecision = "listing_decision",
        /// 移出名录决定书 (B36, B37).
        ListingRemoval = "listing_removal",
        /// 撤销登记、吊销证书事先告知书: prior notice with the right to be heard (B23).
        RevocationNotice = "revocation_notice",
        /// 撤销登记、吊销证书决定书 (B23, B27).
        Revocation = "revocation",
        /// 行政处罚事先告知书: facts, grounds, basis and rights before a penalty (B23).
        PenaltyNotice = "penalty_notice",
        /// 行政处罚听证通知书: day and place of a hearing that was asked for (B23).
        PenaltyHearing = "penalty_hearing",
        /// 行政处罚决定书 on an item of the organisation's regulation (B23).
        PenaltyDecision = "penalty_decision",
        /// 慈善组织应当终止告知书: two years without charitable activity (B22).
        CharityEnd = "charity_end",
        /// 履约验收书 of a milestone (C55).
        ServiceAcceptance = "service_acceptance",
        /// 合同中止、终止通知书: told to both sides, with the reason (C53).
        ContractHalt = "contract_halt",
        /// 项目绩效评价结果通知书 (E1, E3).
        EvaluationResult = "evaluation_result",
        /// 公开募捐资格证书 (B39).
        FundraisingCertificate = "fundraising_certificate",
        /// 不予发给公开募捐资格证书决定书, on the conditions that are not met (B39).
        FundraisingDenial = "fundraising_denial",
        /// 慈善组织认定决定书 (B46).
        CharityDecision = "charity_decision",
        /// 不予认定慈善组织决定书, on the conditions that are not met (B46).
        CharityDenial = "charity_denial",
        /// 撤销慈善组织认定事先告知书: prior notice with the right to be heard (B46).
        CharityNotice = "charity_notice",
        /// 撤销慈善组织认定决定书 (B46).
        CharityAnnulment = "charity_annulment",
        /// 列入专项培育计划通知书 (D1).
        ProgrammeNotice = "programme_notice",
        /// 不予列入专项培育计划通知书, on a listed ground (D1).
        ProgrammeRefusal = "programme_refusal",
        /// 退出专项培育计划通知书 (D2).
        ProgrammeExit = "programme_exit",
    }
}

impl DocumentKind {
    /// The words between the city's sign and the year in the number.
    pub fn series(self) -> &'static str {
        match self {
            Self::Receipt => "宁民社收",
            Self::Acceptance => "宁民社受",
            Self::CorrectionNotice => "宁民社补",
            Self::NonAcceptance => "宁民社不受",
            Self::ExtensionNotice => "宁民社延",
            Self::VisitRecord => "宁民社核",
            Self::Approval | Self::Certificate => "宁民社登",
            Self::Denial => "宁民社不登",
            Self::Announcement => "宁民社告",
            Self::ChangeApproval => "宁民社变",
            Self::CancellationApproval => "宁民社销",
            Self::FilingCertificate => "宁社备",
            Self::InspectionNotice => "宁民社检",
            Self::RectificationNotice => "宁民社改",
            Self::RatingNotice => "宁民社评",
            Self::RatingReview => "宁民社复",
            Self::RatingIneligible => "宁民社不评",
            Self::ListingNotice => "宁民社先告",
            Self::ListingDecision => "宁民社信",
            Self::ListingRemoval => "宁民社移",
            Self::RevocationNotice | Self::PenaltyNotice => "宁民社罚告",
            Self::PenaltyHearing => "宁民社罚听",
            Self::Revocation | Self::PenaltyDecision => "宁民社罚",
            Self::CharityEnd => "宁民慈终",
            Self::ServiceAcceptance => "宁民购验",
            Self::ContractHalt => "宁民购止",
            Self::EvaluationResult => "宁民购评",
            Self::FundraisingCertificate => "宁民募",
            Self::FundraisingDenial => "宁民不募",
            Self::CharityDecision => "宁民慈认",
            Self::CharityDenial => "宁民慈不认",
            Self::CharityNotice => "宁民慈告",
            Self::CharityAnnulment => "宁民慈撤",
            Self::ProgrammeNotice => "宁民社培",
            Self::ProgrammeRefusal => "宁民社不培",
            Self::ProgrammeExit => "宁民社培退",
        }
    }

    /// The rule on which it rests.
    pub fn ground(self) -> &'static str {
        match self {
            Self::Receipt
            | Self::Acceptance
            | Self::CorrectionNotice
            | Self::VisitRecord
            | Self::Approval
            | Self::Certificate => "B9",
            Self::NonAcceptance => "B6",
            Self::ExtensionNotice => "B12",
            Self::Denial => "B10",
            Self::Announcement => "B16",
            Self::ChangeApproval => "B21",
            Self::CancellationApproval | Self::CharityEnd => "B22",
            Self::FilingCertificate => "B20",
            Self::InspectionNotice => "B26",
            Self::RectificationNotice => "B27",
            Self::RatingNotice => "B31",
            Self::RatingReview => "B32",
            Self::RatingIneligible => "B30",
            Self::ListingNotice | Self::ListingDecision => "B35",
            Self::ListingRemoval => "B36",
            Self::RevocationNotice
            | Self::Revocation
            | Self::PenaltyNotice
            | Self::PenaltyHearing
            | Self::PenaltyDecision => "B23",
            Self::ServiceAcceptance => "C55",
            Self::ContractHalt => "C53",
            Self::EvaluationResult => "E1",
            Self::FundraisingCertificate | Self::FundraisingDenial => "B39",
            Self::CharityDecision | Self::CharityDenial | Self::CharityNotice | Self::CharityAnnulment => {
                "B46"
            }
            Self::ProgrammeNotice | Self::ProgrammeRefusal => "D1",
            Self::ProgrammeExit => "D2",
        }
    }

    /// Whether it goes against its addressee, so that it must tell the rights of review (B10).
    pub fn is_adverse(self) -> bool {
        matches!(
            self,
            Self::NonAcceptance
                | Self::Denial
                | Self::InspectionNotice
                | Self::RatingReview
                | Self::RatingIneligible
                | Self::ListingDecision
                | Self::Revocation
                | Self::PenaltyDecision
                | Self::FundraisingDenial
                | Self::CharityDenial
                | Self::CharityAnnulment
                | Self::ProgrammeRefusal
                | Self::ProgrammeExit
        )
    }
}

impl DocumentKind {
    /// Whether the social organisation bureau issues it: it runs the programme (S12).
    pub fn is_of_programme(self) -> bool {
        matches!(self, Self::ProgrammeNotice | Self::ProgrammeRefusal | Self::ProgrammeExit)
    }
}

/// A document's number: series, year in six-cornered brackets, four digits of serial.
pub fn number(series: &str, year: i16, serial: i64) -> String {
    format!("{series}〔{year}〕{serial:04}号")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Coded;

    #[test]
    fn numbers_are_written_as_officials_write_them() {
        assert_eq!(number(DocumentKind::Certificate.series(), 2014, 312), "宁民社登〔2014〕0312号");
        assert_eq!(number("宁民社受", 2026, 12_345), "宁民社受〔2026〕12345号");
    }

    #[test]
    fn what_goes_against_its_addressee_tells_the_rights_of_review() {
        let adverse = DocumentKind::ALL.iter().filter(|kind| kind.is_adverse()).count();
        assert!(DocumentKind::Denial.is_adverse() && DocumentKind::Revocation.is_adverse());
        assert!(!DocumentKind::Certificate.is_adverse() && !DocumentKind::CorrectionNotice.is_adverse());
        assert_eq!(adverse, 13, "a new kind of document says whether it goes against its addressee");
        assert!(DocumentKind::ALL.iter().all(|kind| !kind.code().is_empty()));
    }
}
