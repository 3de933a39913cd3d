//! What the register says of an organisation: kind, legal standing, status, yearly inspection, credit lists.

use crate::coded;
use crate::kernel::{CodeKind, CreditCode, Refusal};

coded! {
    /// What an organisation is (B1-B3, C4). The first three are social organisations.
    pub enum OrganisationKind as "organisation_kind" {
        /// 社会团体.
        SocialAssociation = "social_association",
        /// 民办非企业单位, by its newer name 社会服务机构.
        SocialServiceInstitution = "social_service_institution",
        /// 基金会.
        Foundation = "foundation",
        /// 企业.
        Enterprise = "enterprise",
        /// 事业单位.
        PublicInstitution = "public_institution",
    }
}

coded! {
    /// Whether an organisation is a legal person or only known to its street (T3).
    pub enum Legal as "legal" {
        /// 登记: has legal personality.
        Registered = "registered",
        /// 备案: has none; signs no purchase contract.
        Filed = "filed",
    }
}

coded! {
    /// Whether a registration is alive.
    pub enum OrganisationStatus as "organisation_status" {
        /// In force.
        Active = "active",
        /// Activity suspended by the authority.
        Suspended = "suspended",
        /// Ended at its own wish (注销).
        Cancelled = "cancelled",
        /// Ended by the authority (吊销, 撤销).
        Revoked = "revoked",
    }
}

coded! {
    /// Outcome of the last annual inspection (B26, B27). Not showing up is no failure but its own outcome.
    pub enum InspectionResult as "inspection_result" {
        /// Too young to be inspected, or a kind that is not.
        NotDue = "not_due",
        /// 合格.
        Pass = "pass",
        /// 基本合格.
        BasicPass = "basic_pass",
        /// 不合格.
        Fail = "fail",
        /// Did not report.
        Absent = "absent",
    }
}

coded! {
    /// The credit list on which an organisation stands (B35, B37).
    pub enum CreditListing as "credit_listing" {
        /// On no list.
        None = "none",
        /// 活动异常名录.
        Abnormal = "abnormal",
        /// 严重违法失信名单.
        Serious = "serious",
    }
}

coded! {
    /// What an organisation works in; an organisation has one or more (S9, S15, S21, S58).
    pub enum BusinessField as "business_field" {
        /// 养老服务.
        ElderlyCare = "elderly_care",
        /// 为小服务.
        ChildAndYouth = "child_and_youth",
        /// 调解治理.
        MediationAndGovernance = "mediation_and_governance",
        /// 综合服务.
        GeneralService = "general_service",
        /// 评估.
        RatingAndAssessment = "rating_and_assessment",
        /// 培训.
        Training = "training",
        /// 考核.
        Appraisal = "appraisal",
        /// 社区建设.
        Community = "community",
        /// 公益慈善.
        Charity = "charity",
        /// 科学普及.
        SciencePopularisation = "science_popularisation",
        /// 历史文化与地名.
        Heritage = "heritage",
        /// 社会工作.
        SocialWork = "social_work",
        /// 志愿服务.
        Volunteering = "volunteering",
        /// 助残.
        DisabilitySupport = "disability_support",
        /// 环保.
        Environment = "environment",
        /// 医养与健康.
        Health = "health",
        /// 心理与法律援助.
        LegalAndPsychologicalAid = "legal_and_psychological_aid",
        /// 行业协会商会.
        TradeAndIndustry = "trade_and_industry",
        /// 研究与咨询.
        Research = "research",
    }
}

impl OrganisationKind {
    /// Whether this kind is a social organisation (the seed's 社会组织).
    pub fn is_social_organisation(self) -> bool {
        matches!(self, Self::SocialAssociation | Self::SocialServiceInstitution | Self::Foundation)
    }

    /// The kind that a credit code was issued to (B40); `None` for organs and other bodies that this
    /// register does not hold.
    pub fn of_code(code: &CreditCode) -> Option<Self> {
        match code.kind() {
            CodeKind::SocialAssociation => Some(Self::SocialAssociation),
            CodeKind::SocialServiceInstitution => Some(Self::SocialServiceInstitution),
            CodeKind::Foundation => Some(Self::Foundation),
            CodeKind::Enterprise => Some(Self::Enterprise),
            CodeKind::PublicInstitution => Some(Self::PublicInstitution),
            CodeKind::Other => None,
        }
    }

    /// Refuses a credit code that was issued to another kind of organisation (B40).
    pub fn agrees_with(self, code: &CreditCode) -> Result<(), Refusal> {
        let refusal = |name| Refusal::new(name, "B40").at("code").with_code("declared", self);
        match Self::of_code(code) {
            Some(kind) if kind == self => Ok(()),
            Some(kind) => Err(refusal("registry.code-of-another-kind").with_code("found", kind)),
            None => Err(refusal("registry.code-of-no-supplier")),
        }
    }
}

/// Refuses a registered organisation without a code; a filed one has none of its own (B20, B40).
pub fn check_code_present(legal: Legal, code: Option<&CreditCode>) -> Result<(), Refusal> {
    match (legal, code) {
        (Legal::Registered, None) => Err(Refusal::new("registry.code-missing", "B40").at("code")),
        (Legal::Registered, Some(_)) | (Legal::Filed, _) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: OrganisationKind, code: &str, expected: Option<&str>) {
        let parsed = CreditCode::parse(code).unwrap();
        assert_eq!(kind.agrees_with(&parsed).err().map(|refusal| refusal.code), expected, "{code}");
    }

    #[test]
    fn a_code_belongs_to_the_kind_it_was_issued_to() {
        check(OrganisationKind::Foundation, "53100000500021676K", None);
        check(
            OrganisationKind::SocialAssociation,
            "53100000500021676K",
            Some("registry.code-of-another-kind"),
        );
        check(OrganisationKind::PublicInstitution, "12100000400009127B", None);
        check(OrganisationKind::Enterprise, "91440300708461136T", None);
        // An organ of state is no supplier of this register.
        check(
            OrganisationKind::PublicInstitution,
            "11341700003244799H",
            Some("registry.code-of-no-supplier"),
        );
    }

    #[test]
    fn only_a_filed_organisation_may_lack_a_code() {
        assert!(check_code_present(Legal::Filed, None).is_ok());
        assert_eq!(check_code_present(Legal::Registered, None).unwrap_err().code, "registry.code-missing");
    }
}
