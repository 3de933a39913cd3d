//! Papers (材料) that applicants give once and use again: what each one is.

use crate::coded;

coded! {
    /// What a paper shows (B11, B21, B22, B24, B25).
    pub enum PaperKind as "paper_kind" {
        /// 登记申请书.
        Application = "application",
        /// 业务主管单位批准文件.
        SupervisingConsent = "supervising_consent",
        /// 验资报告.
        CapitalVerification = "capital_verification",
        /// 住所使用权证明.
        PremisesRight = "premises_right",
        /// 发起人、举办者和负责人身份证明.
        Identity = "identity",
        /// 章程草案.
        Charter = "charter",
        /// 会员、理事名单.
        MemberList = "member_list",
        /// 执业许可证.
        PracticeLicence = "practice_licence",
        /// 会议纪要.
        Minutes = "minutes",
        /// 财务会计报告.
        FinancialReport = "financial_report",
        /// 审计报告.
        AuditReport = "audit_report",
        /// 清算报告.
        LiquidationReport = "liquidation_report",
        /// 印章式样和银行账号备案.
        SealAndAccount = "seal_and_account",
        /// 整改报告.
        RectificationReport = "rectification_report",
        /// 评估申报材料.
        RatingFile = "rating_file",
        /// 申诉、复核申请书.
        Appeal = "appeal",
        /// 其他.
        Other = "other",
    }
}
