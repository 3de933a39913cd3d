//! The names of the numbers of penalties, threshold profiles and the yearly report; `rule_key` joins them with the rest.

/// Hands the members of `RuleKey` that came after the file was full to the macro `$then`, after those that it was given.
macro_rules! sanction_rules {
    ($then:ident; $($before:tt)*) => {
        $then! {
            $($before)*
            /// Days for the decision on a revocation, from its being put on file (B23).
            RevocationDecisionDays = "revocation_decision_days",
            /// Months without activity after the certificate that let an association or foundation be annulled (B23).
            RevocationIdleMonths = "revocation_idle_months",
            /// The least fine, in times of the illegal turnover (B23).
            FineTurnoverTimesMin = "fine_turnover_times_min",
            /// The largest fine, in times of the illegal turnover (B23).
            FineTurnoverTimesMax = "fine_turnover_times_max",
            /// The least fine, in times of the illegal gains (B23).
            FineGainsTimesMin = "fine_gains_times_min",
            /// The largest fine, in times of the illegal gains (B23).
            FineGainsTimesMax = "fine_gains_times_max",
            /// Days for the decision on a penalty, from its being put on file (B23).
            PenaltyDecisionDays = "penalty_decision_days",
            /// Days for stating one's case after the notice of a penalty (B23).
            PenaltyStatementDays = "penalty_statement_days",
            /// Days for asking for a hearing after the notice of a penalty (B23).
            PenaltyHearingRequestDays = "penalty_hearing_request_days",
            /// Days before a hearing by which its day and place are told (B23).
            PenaltyHearingNoticeDays = "penalty_hearing_notice_days",
            /// The least fine that gives a right to a hearing (B23).
            PenaltyHearingFineMin = "penalty_hearing_fine_min",
            /// The least confiscation that gives a right to a hearing (B23).
            PenaltyHearingConfiscationMin = "penalty_hearing_confiscation_min",
            /// Years in a row without charitable activity after which a charity must end (B22).
            CharityIdleYears = "charity_idle_years",
            /// Full-time staff at least, as the statute says (B1, B2).
            StatutoryStaffMin = "statutory_staff_min",
            /// Full-time staff at least under the community-equivalent profile (S34).
            CommunityStaffMin = "community_staff_min",
            /// Full-time staff at least of a home-care organisation (S35).
            ZeroThresholdStaffMin = "zero_threshold_staff_min",
            /// Whether premises may be shared as the statute stands: 1 or 0 (B1).
            StatutoryPremisesShareable = "statutory_premises_shareable",
            /// Whether premises may be shared under the community-equivalent profile: 1 or 0 (B4).
            CommunityPremisesShareable = "community_premises_shareable",
            /// Whether premises of a home-care organisation may be shared: 1 or 0 (S35).
            ZeroThresholdPremisesShareable = "zero_threshold_premises_shareable",
            /// Whether an own account is filed after the certificate, as the statute says: 1 or 0 (B16).
            StatutoryAccountOwn = "statutory_account_own",
            /// Whether an own account is filed under the community-equivalent profile: 1 or 0 (S34).
            CommunityAccountOwn = "community_account_own",
            /// Whether a home-care organisation files an own account: 1 or 0 (S35).
            ZeroThresholdAccountOwn = "zero_threshold_account_own",
        }
    };
}

pub(super) use sanction_rules;
