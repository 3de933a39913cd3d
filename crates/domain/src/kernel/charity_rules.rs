//! The names of the numbers of the Charity Law; `rule_key` joins them with the rest.

/// Hands the members of `RuleKey` that judge charities to the macro `$then`, after those that it was given.
macro_rules! charity_rules {
    ($then:ident; $($before:tt)*) => {
        $then! {
            $($before)*
            /// Whether only organisations that are older than the Charity Law are recognised; its first day is that
            /// of the law's publication (B46).
            CharityOldOnly = "charity_old_only",
            /// Years without a penalty before a recognition (B46).
            CharityCleanYears = "charity_clean_years",
            /// How soon a recognition is decided on after acceptance (B12).
            CharityRecognitionDays = "charity_recognition_days",
            /// How soon a registration as a charity is decided on after acceptance (B12).
            CharityRegistrationDays = "charity_registration_days",
            /// For how long either term may be extended with the ministry's approval at most (B12).
            CharityExtensionDays = "charity_extension_days",
            /// Years as a charity before public fundraising (B39).
            FundraisingCharityYears = "fundraising_charity_years",
            /// Years without a penalty before public fundraising (B39).
            FundraisingCleanYears = "fundraising_clean_years",
            /// How many of the conditions that an organisation declares for public fundraising are in force (B39).
            FundraisingConditions = "fundraising_conditions",
            /// How soon public fundraising is decided on after acceptance (B39).
            FundraisingDecisionDays = "fundraising_decision_days",
            /// How soon the public is told that a fundraising certificate was revoked (B39).
            FundraisingAnnounceDays = "fundraising_announce_days",
            /// Years without a new application after such a revocation (B39).
            FundraisingBarYears = "fundraising_bar_years",
        }
    };
}

pub(super) use charity_rules;
