//! The names of the numbers that law, the measures or practice set, and the kind of value each one takes.
//!
//! The numbers themselves are dated rows of a file (RULES T1); code only knows these names.

use super::RuleShape;
use super::charity_rules::charity_rules;
use super::purchase_rules::purchase_rules;
use super::sanction_rules::sanction_rules;
use crate::coded;

/// The members that judge a purchase come from `purchase_rules`, those of the Charity Law from `charity_rules`, those of
/// penalties, profiles and reports from `sanction_rules`, all others stand here.
macro_rules! rule_keys {
    ($($joined:tt)*) => {
        coded! {
            /// One number that a rule sets. The code is the `rule` column of the rule file.
            pub enum RuleKey as "rule" {
                $($joined)*
                /// Days to payment at most by agreement (C28).
                PaymentMaxDays = "payment_max_days",
                /// Years for which the files of a purchase are kept (C57).
                FilesKeptYears = "files_kept_years",
                /// Directors who answer for an item at any time (E4).
                DirectorsPerItem = "directors_per_item",
                /// How soon a change of director is handed over on record, in working days (E4).
                DirectorHandoverWorkingDays = "director_handover_working_days",
                /// Points for steps done on time in a director's account (E4).
                AccountOnTimePoints = "account_on_time_points",
                /// Points for the performance of items in a director's account (E4).
                AccountPerformancePoints = "account_performance_points",
                /// Points for recipients' satisfaction in a director's account (E4).
                AccountSatisfactionPoints = "account_satisfaction_points",
                /// Points for publication in time in a director's account (E4).
                AccountPublicationPoints = "account_publication_points",
                /// Points for feedback handled in a director's account (E4).
                AccountFeedbackPoints = "account_feedback_points",
                /// Points for joint work in a director's account (E4).
                AccountJointPoints = "account_joint_points",
                /// Points of a director's account from which the office passes (E4).
                AccountPassPoints = "account_pass_points",
                /// Share of items that other offices work on at least (S47).
                JointWorkShare = "joint_work_share",
                /// How soon a ticket of supervision is answered, in working days (S63).
                TicketAnswerWorkingDays = "ticket_answer_working_days",
                /// Purchases of one kind by other than open methods that together pass this are splitting (C2).
                SplittingThreshold = "splitting_threshold",
                /// Share of the splitting threshold from which a counter is near it (C2).
                SplittingWarnShare = "splitting_warn_share",
                /// Contracts of one office that one organisation wins in a year from which it is looked at (S69).
                SameWinnerMin = "same_winner_min",
                /// Share of an office's contracts of a year that one organisation wins from which it is looked at (S69).
                SameWinnerShare = "same_winner_share",
                /// Share of its target from which an indicator is green (E7).
                LightGreenShare = "light_green_share",
                /// Share of its target from which an indicator is yellow (E7).
                LightYellowShare = "light_yellow_share",
                /// Red lights in a row that lead to a ticket (E7).
                RedsInARow = "reds_in_a_row",
                /// Share of community-building funds that buys services of social organisations at least (S48).
                CommunitySpendingShare = "community_spending_share",
                /// Share of elderly subsidies for elderly-service organisations at least (S49).
                ElderlySpendingShare = "elderly_spending_share",
                /// Failed sign-ins in the window that lock an account (E11).
                SignInAttemptsMax = "sign_in_attempts_max",
                /// Minutes in which failed sign-ins are counted (E11).
                SignInWindowMinutes = "sign_in_window_minutes",
                /// Minutes for which an account stays locked (E11).
                SignInLockMinutes = "sign_in_lock_minutes",
                /// Characters of a password at least (E11).
                PasswordLengthMin = "password_length_min",
                /// Minutes without use after which a session ends (E11).
                SessionIdleMinutes = "session_idle_minutes",
                /// Hours after which a session ends in any case (E11).
                SessionMaxHours = "session_max_hours",
                /// Minutes for which a password given again counts as fresh (E11).
                FreshPasswordMinutes = "fresh_password_minutes",
                /// Size of one attachment at most, in megabytes (C30).
                AttachmentMaxMegabytes = "attachment_max_megabytes",
                /// Attachments of one bid at most (C30).
                AttachmentsMax = "attachments_max",
                /// Individual members of an association at least (B1).
                AssociationIndividualMembersMin = "association_individual_members_min",
                /// Unit members of an association at least (B1).
                AssociationUnitMembersMin = "association_unit_members_min",
                /// Members of both kinds together at least (B1).
                AssociationMixedMembersMin = "association_mixed_members_min",
                /// Activity funds of a local association at least (B1).
                AssociationFundsMin = "association_funds_min",
                /// Individual members of a community organisation at least (B4).
                CommunityIndividualMembersMin = "community_individual_members_min",
                /// Unit members of a community organisation at least (B4).
                CommunityUnitMembersMin = "community_unit_members_min",
                /// Members of both kinds of a community organisation at least (B4).
                CommunityMixedMembersMin = "community_mixed_members_min",
                /// Funds under the community-equivalent profile at least (S34).
                CommunityFundsMin = "community_funds_min",
                /// Funds of a home-care organisation at least (S35).
                ZeroThresholdFundsMin = "zero_threshold_funds_min",
                /// How long the right to the premises lasts at least (B2).
                PremisesMonthsMin = "premises_months_min",
                /// Share of the property that is not the state’s at least (B2).
                NonStateAssetsMin = "non_state_assets_min",
                /// Original fund of a foundation at least (B3).
                FoundationFundMin = "foundation_fund_min",
                /// Original fund of a local publicly fundraising foundation at least (B3).
                FoundationPublicFundMin = "foundation_public_fund_min",
                /// Members of a foundation’s council at least (B3).
                CouncilMin = "council_min",
                /// Members of a foundation’s council at most (B3).
                CouncilMax = "council_max",
                /// Share of a private foundation’s council that may be relatives at most (B3).
                CouncilRelativesMax = "council_relatives_max",
                /// Share of a foundation’s council that may be paid at most (B3).
                CouncilPaidMax = "council_paid_max",
                /// Whether the registration of foundations is delegated to this registrar: 1 or 0 (B3).
                FoundationDelegated = "foundation_delegated",
                /// Share of pieces in common from which two names are shown as alike (B8).
                NameLikenessMin = "name_likeness_min",
                /// Unit members of an out-of-area chamber at least (B19).
                ChamberUnitMembersMin = "chamber_unit_members_min",
                /// Members of an out-of-area chamber at least when sole traders are among them (B19).
                ChamberMixedMembersMin = "chamber_mixed_members_min",
                /// Firms that initiate an out-of-area chamber at least (B19).
                ChamberInitiatorsMin = "chamber_initiators_min",
                /// The lowest level of a chamber's origin, 1 being the highest (B19).
                ChamberOriginLevelMin = "chamber_origin_level_min",
                /// From all valid papers to the decision on a registration (B12).
                RegistrationDecisionDays = "registration_decision_days",
                /// The shorter limit that the window promises (B12).
                RegistrationPromiseWorkingDays = "registration_promise_working_days",
                /// How soon all defects are told; silence accepts (B9).
                CorrectionWorkingDays = "correction_working_days",
                /// How soon after the decision the certificate is issued (B12).
                CertificateWorkingDays = "certificate_working_days",
                /// How long several departments may take together (B12).
                JointHandlingWorkingDays = "joint_handling_working_days",
                /// For how long that time may be extended once (B12).
                JointExtensionWorkingDays = "joint_extension_working_days",
                /// Officers who review a registration at least (B9).
                ReviewOfficersMin = "review_officers_min",
                /// Signed visits to the premises before a home-care organisation is registered (B9, S35).
                ZeroThresholdVisitsMin = "zero_threshold_visits_min",
                /// How long a decision may be taken to reconsideration (B10).
                ReconsiderationDays = "reconsideration_days",
                /// To how many authorities it may be taken: the city's government, and once the department above (B10).
                ReconsiderationBodies = "reconsideration_bodies",
                /// How long a decision may be taken to court (B10).
                LitigationMonths = "litigation_months",
                /// How soon after the supervising unit’s consent a change is applied for (B21).
                ChangeApplicationDays = "change_application_days",
                /// How soon an amended charter is sent for approval (B21).
                CharterApprovalDays = "charter_approval_days",
                /// From the request to the decision on a change (B21).
                ChangeDecisionWorkingDays = "change_decision_working_days",
                /// How soon a released institution finds a new supervising unit (B21).
                NewSupervisingUnitDays = "new_supervising_unit_days",
                /// How soon after liquidation cancellation is applied for (B22).
                CancellationApplicationDays = "cancellation_application_days",
                /// From the request to the decision on a cancellation (B22).
                CancellationDecisionWorkingDays = "cancellation_decision_working_days",
                /// Years without a report after which a street decides whether a filing goes on (B20).
                FilingSilentYears = "filing_silent_years",
                /// Years in a row that a claim to lead the province needs, each with every peer's figure (S7).
                LeadClaimYears = "lead_claim_years",
                /// How soon a charity forms its liquidation group (B22).
                CharityLiquidationDays = "charity_liquidation_days",
                /// Month at whose end the yearly report is due at the registrar (B24).
                InspectionReportMonth = "inspection_report_month",
                /// Month at whose end the supervising unit has the yearly report (B24).
                SupervisorReportMonth = "supervisor_report_month",
                /// Month at whose end a foundation’s yearly report is due (B24).
                FoundationReportMonth = "foundation_report_month",
                /// Age at the end of the year below which an institution is exempt (B25).
                InspectionExemptMonths = "inspection_exempt_months",
                /// How many days before the last day the first reminder goes out (B24).
                ReminderFirstDays = "reminder_first_days",
                /// How many days before the last day the second reminder goes out (B24).
                ReminderSecondDays = "reminder_second_days",
                /// How long rectification may take (B27).
                RectificationMonths = "rectification_months",
                /// Years absent or failed in a row that lead to revocation (B27).
                AbsentYearsMax = "absent_years_max",
                /// How soon information is entered after it arises (B35).
                ListingEntryWorkingDays = "listing_entry_working_days",
                /// How soon after verification a listing ends (B36).
                ListingRemovalWorkingDays = "listing_removal_working_days",
                /// After how long a listing ends by itself when nothing can be mended (B36).
                AbnormalAutoExitMonths = "abnormal_auto_exit_months",
                /// How long on the abnormal list leads to the serious list (B37).
                AbnormalToSeriousYears = "abnormal_to_serious_years",
                /// How long a serious listing lasts at least (B37).
                SeriousExitYears = "serious_exit_years",
                /// Fine from which the serious list follows directly (B37).
                SeriousFineMin = "serious_fine_min",
                /// Warnings or small fines that lead to the serious list (B37).
                SeriousWarningsMin = "serious_warnings_min",
                /// Years in which warnings and small fines add up (B37).
                SeriousWarningsYears = "serious_warnings_years",
                /// How long an organisation may answer before it is listed (B37).
                ListingHearingWorkingDays = "listing_hearing_working_days",
                /// Days between two special letters at least (B35).
                LetterIntervalMinDays = "letter_interval_min_days",
                /// Days between two special letters at most (B35).
                LetterIntervalMaxDays = "letter_interval_max_days",
                /// Full years since the certificate before a first rating (B29).
                RatingAgeYears = "rating_age_years",
                /// How long a rating is valid (B33).
                RatingValidYears = "rating_valid_years",
                /// Last years of validity in which a re-rating may be sought (B29).
                RatingAgainYears = "rating_again_years",
                /// Basic passes in a row that bar a rating (B30).
                RatingBasicYears = "rating_basic_years",
                /// Experts who visit at least (B31).
                RatingExpertsMin = "rating_experts_min",
                /// Members of the rating committee at least (B32).
                RatingCommitteeMin = "rating_committee_min",
                /// Members of the rating committee at most (B32).
                RatingCommitteeMax = "rating_committee_max",
                /// Members of the review board at least (B32).
                ReviewBoardMin = "review_board_min",
                /// Members of the review board at most (B32).
                ReviewBoardMax = "review_board_max",
                /// Term of committee members at most (B32).
                CommitteeTermYears = "committee_term_years",
                /// Share of all members that must be present (B32).
                CommitteeQuorum = "committee_quorum",
                /// Share of all members that must agree (B32).
                CommitteeMajority = "committee_majority",
                /// Years after service in an organisation in which a member is recused (B32).
                RatingRecusalYears = "rating_recusal_years",
                /// How long a rating is public before it is confirmed (B31).
                RatingPublicityWorkingDays = "rating_publicity_working_days",
                /// How soon the review decision is served (B32).
                RatingReviewServedDays = "rating_review_served_days",
                /// Years without application after lowering (B33).
                RatingLoweredYears = "rating_lowered_years",
                /// Years without application after cancelling (B33).
                RatingCancelledYears = "rating_cancelled_years",
                /// How soon a plaque goes back (B33).
                PlaqueReturnDays = "plaque_return_days",
                /// Points of the whole scale (B34).
                RatingPointsMax = "rating_points_max",
                /// Points from which 5A is given (B34).
                RatingPoints5a = "rating_points_5a",
                /// Points from which 4A is given (B34).
                RatingPoints4a = "rating_points_4a",
                /// Points from which 3A is given (B34).
                RatingPoints3a = "rating_points_3a",
                /// Points from which 2A is given (B34).
                RatingPoints2a = "rating_points_2a",
                /// Points from which 1A is given (B34).
                RatingPoints1a = "rating_points_1a",
                /// Number of As from which a plaque is given (B31).
                RatingPlaqueGrade = "rating_plaque_grade",
                /// Number of As from which a grade is reported upward (B31).
                RatingReportGrade = "rating_report_grade",
                /// Number of As from which priority may be had (B33).
                RatingPriorityGrade = "rating_priority_grade",
                /// Number of As from which inspection is simplified (B28).
                SimplifiedGrade = "simplified_grade",
                /// The first year of the cultivation programme (D1).
                ProgrammeFirstYear = "programme_first_year",
                /// Children-service organisations that a year's programme enrols at least (S29).
                ProgrammeChildrenFloor = "programme_children_floor",
                /// Mediation organisations that a year's programme enrols at least (S32).
                ProgrammeMediationFloor = "programme_mediation_floor",
                /// Of these, able to resolve major petitions at least (S32).
                ProgrammePetitionsFloor = "programme_petitions_floor",
                /// Of these, community organisations with a project base at least (S32).
                ProgrammeProjectBaseFloor = "programme_project_base_floor",
                /// Comprehensive-service organisations that a year's programme enrols at least (S33).
                ProgrammeComprehensiveFloor = "programme_comprehensive_floor",
                /// Points of each criterion of the programme (S20).
                ProgrammeCriterionPoints = "programme_criterion_points",
                /// Points of the three criteria together from which an organisation may be enrolled (S20).
                ProgrammePassPoints = "programme_pass_points",
                /// How long an enrolment is public before it is confirmed, in working days (D1).
                ProgrammePublicityWorkingDays = "programme_publicity_working_days",
                /// Failed yearly reviews that end an enrolment (D2).
                ProgrammeFailedReviews = "programme_failed_reviews",
                /// A fine from which a violation is a major one for bidding (C5).
                LargerFineMin = "larger_fine_min",
                /// Valid answers of recipients that suffice at least (E2).
                SurveySampleMin = "survey_sample_min",
                /// Share of the recipients that must answer, when that is more (E2).
                SurveySampleShare = "survey_sample_share",
                /// Answers from which figures of them are shown (E2).
                SurveyShownMin = "survey_shown_min",
                /// Answers that are put on record together at least, so that none tells its moment (E2).
                SurveyGroupMin = "survey_group_min",
                /// Share of the cards whose recipients are called (E2).
                SurveyCheckShare = "survey_check_share",
                /// How long single answers are handed out after a survey has closed, in years (E2).
                SurveyRawYears = "survey_raw_years",
                /// How soon a recipient's request is acknowledged, in working days (E6).
                FeedbackAcknowledgeWorkingDays = "feedback_acknowledge_working_days",
                /// How soon a recipient's request is answered, in working days (E6).
                FeedbackAnswerWorkingDays = "feedback_answer_working_days",
                /// Weight of the experts in an evaluation (E1).
                EvaluationExpertsWeight = "evaluation_experts_weight",
                /// Weight of the recipients (E1).
                EvaluationRecipientsWeight = "evaluation_recipients_weight",
                /// Weight of the purchaser (E1).
                EvaluationPurchaserWeight = "evaluation_purchaser_weight",
                /// What the weight of the purchaser stays below (E1, S72).
                EvaluationPurchaserBelow = "evaluation_purchaser_below",
                /// Experts of an evaluation at least; the number is odd (E1).
                EvaluationExpertsMin = "evaluation_experts_min",
                /// Points of budget execution (E3).
                EvaluationBudgetPoints = "evaluation_budget_points",
                /// Points of output (E3).
                EvaluationOutputPoints = "evaluation_output_points",
                /// Points of effect (E3).
                EvaluationEffectPoints = "evaluation_effect_points",
                /// Points of satisfaction (E3).
                EvaluationSatisfactionPoints = "evaluation_satisfaction_points",
                /// Decimals of a published result (E3).
                EvaluationDecimals = "evaluation_decimals",
                /// Points from which a result is 优 (E3).
                EvaluationGradeYou = "evaluation_grade_you",
                /// Points from which a result is 良 (E3).
                EvaluationGradeLiang = "evaluation_grade_liang",
                /// Points from which a result is 中 (E3).
                EvaluationGradeZhong = "evaluation_grade_zhong",
                /// Months up to which one evaluation at the end suffices (E3).
                EvaluationSingleMaxMonths = "evaluation_single_max_months",
                /// How long a provider may reply to a result before it is final (E1).
                EvaluationReplyWorkingDays = "evaluation_reply_working_days",
                /// Judgements of an office that are shown together at least (E6).
                FeedbackAggregateMin = "feedback_aggregate_min",
            }
        }
    };
}

macro_rules! with_charity {
    ($($purchase:tt)*) => {
        charity_rules! { with_sanctions; $($purchase)* }
    };
}

macro_rules! with_sanctions {
    ($($before:tt)*) => {
        sanction_rules! { rule_keys; $($before)* }
    };
}

purchase_rules!(with_charity);

impl RuleKey {
    /// The kind of value that this rule takes.
    pub fn shape(self) -> RuleShape {
        match self {
            Self::PanelLargeBudget
            | Self::AssociationFundsMin
            | Self::CommunityFundsMin
            | Self::ZeroThresholdFundsMin
            | Self::FoundationFundMin
            | Self::FoundationPublicFundMin
            | Self::SplittingThreshold
            | Self::SeriousFineMin
            | Self::LargerFineMin
            | Self::PenaltyHearingFineMin
            | Self::PenaltyHearingConfiscationMin => RuleShape::Money,
            Self::BidDepositMax
            | Self::BidDepositDefault
            | Self::PerformanceDepositMax
            | Self::PanelExpertsRatio
            | Self::PriceWeightMin
            | Self::PriceWeightMax
            | Self::ScoreReasonLow
            | Self::ScoreReasonHigh
            | Self::DeviationWarning
            | Self::LowPriceMeanRatio
            | Self::LowPriceNextRatio
            | Self::LowPriceCeilingRatio
            | Self::LowPriceRatioMax
            | Self::SupplementMax
            | Self::CallBackMin
            | Self::DeductionLateShare
            | Self::DeductionQualityShare
            | Self::NonStateAssetsMin
            | Self::CouncilRelativesMax
            | Self::CouncilPaidMax
            | Self::NameLikenessMin
            | Self::JointWorkShare
            | Self::SplittingWarnShare
            | Self::SameWinnerShare
            | Self::LightGreenShare
            | Self::LightYellowShare
            | Self::CommunitySpendingShare
            | Self::ElderlySpendingShare
            | Self::CommitteeQuorum
            | Self::CommitteeMajority
            | Self::SurveyCheckShare
            | Self::SurveySampleShare => RuleShape::Ratio,
            _ => RuleShape::Number,
        }
    }
}
