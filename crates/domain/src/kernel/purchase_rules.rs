//! The names of the numbers of a purchase, from the notice to the payment; `rule_key` joins them with the rest.

/// Hands the members of `RuleKey` that judge a purchase to the macro `$then`.
macro_rules! purchase_rules {
    ($then:ident) => {
        $then! {
            /// How long a notice stays open at least, in working days (C18).
            NoticeWorkingDays = "notice_working_days",
            /// How long the tender documents can be had at least, in working days (C20).
            DocumentsWorkingDays = "documents_working_days",
            /// From issuing the documents to the bid deadline at least, in days (C18).
            BidPeriodDays = "bid_period_days",
            /// How far the deadline moves when too few bid (C18).
            ExtensionDays = "extension_days",
            /// How often a tender may be extended for want of bidders (C18).
            ExtensionsMax = "extensions_max",
            /// How long before the deadline a correction that touches bids must be out (C21).
            ClarificationDays = "clarification_days",
            /// How soon a question is answered, in working days (C60).
            InquiryWorkingDays = "inquiry_working_days",
            /// How long a supplier may challenge, in working days (C60).
            ChallengeWorkingDays = "challenge_working_days",
            /// How soon a challenge is answered, in working days (C60).
            ChallengeReplyWorkingDays = "challenge_reply_working_days",
            /// How long a challenger may complain to finance, in working days (C62).
            ComplaintWorkingDays = "complaint_working_days",
            /// How many must bid for the opening to go ahead (C18, C31).
            MinBidders = "min_bidders",
            /// How many suffice after the one extension (C18).
            MinBiddersAfterExtension = "min_bidders_after_extension",
            /// Years back in which a major violation bars a supplier (C5).
            NoBadRecordYears = "no_bad_record_years",
            /// Months an organisation must have existed to bid: none may be asked (C6).
            OrgMinAgeMonths = "org_min_age_months",
            /// Parties asked in a market survey at least (C10).
            MarketSurveyMin = "market_survey_min",
            /// Bid deposit as a share of the budget at most (C27).
            BidDepositMax = "bid_deposit_max",
            /// Bid deposit unless the documents say otherwise (C27).
            BidDepositDefault = "bid_deposit_default",
            /// How soon a bid deposit goes back, in working days (C27).
            BidDepositRefundWorkingDays = "bid_deposit_refund_working_days",
            /// Performance deposit as a share of the contract at most (C27).
            PerformanceDepositMax = "performance_deposit_max",
            /// How soon a performance deposit goes back after the project, in working days (C27).
            PerformanceDepositRefundWorkingDays = "performance_deposit_refund_working_days",
            /// Members of a review panel at least; the number is odd (C36).
            PanelMin = "panel_min",
            /// Share of the panel that are experts at least (C36).
            PanelExpertsRatio = "panel_experts_ratio",
            /// Members of the panel of a large purchase at least (C36).
            PanelLargeMin = "panel_large_min",
            /// Budget from which a purchase is large (C36).
            PanelLargeBudget = "panel_large_budget",
            /// How many working days before the review experts may be drawn at the earliest (C23).
            DrawBeforeReviewWorkingDays = "draw_before_review_working_days",
            /// Years back in which work for a bidder recuses an expert (C38).
            RecusalYears = "recusal_years",
            /// Age below which an expert may sit (C39).
            ExpertAgeMax = "expert_age_max",
            /// Years in a middle title that an expert needs (C39).
            ExpertTitleYears = "expert_title_years",
            /// Years back in which a bad record keeps an expert out (C39).
            ExpertNoBadRecordYears = "expert_no_bad_record_years",
            /// Minutes each presenter has in a live session, the same for all (C18).
            SessionPresenterMinutes = "session_presenter_minutes",
            /// Minutes of questions to each presenter, the same for all (C18).
            SessionQuestionMinutes = "session_question_minutes",
            /// What the weights of a scoring table sum to (C41).
            WeightsSum = "weights_sum",
            /// Price weight of services at least (C42).
            PriceWeightMin = "price_weight_min",
            /// Price weight of services at most (C42).
            PriceWeightMax = "price_weight_max",
            /// Decimals of a published score (C43).
            ScoreDecimals = "score_decimals",
            /// Share of the maximum below which a score needs a reason (C46).
            ScoreReasonLow = "score_reason_low",
            /// Share of the maximum above which a score needs a reason (C46).
            ScoreReasonHigh = "score_reason_high",
            /// Deviation from the mean above which a score is pointed out (C46).
            DeviationWarning = "deviation_warning",
            /// A bid below this share of the mean of conforming bids is abnormally low; 0 % means no such test (C47).
            LowPriceMeanRatio = "low_price_mean_ratio",
            /// A bid below this share of the next-lowest is abnormally low; 0 % means no such test (C47).
            LowPriceNextRatio = "low_price_next_ratio",
            /// A bid below this share of the ceiling is abnormally low; 0 % means no such test (C47).
            LowPriceCeilingRatio = "low_price_ceiling_ratio",
            /// The highest of these rates that documents may set; 0 % means none may be set (C47).
            LowPriceRatioMax = "low_price_ratio_max",
            /// Minutes a bidder has at least to explain a low price (C47).
            LowPriceExplanationMinutes = "low_price_explanation_minutes",
            /// How soon the review report reaches the purchaser, in working days (C24).
            ReportWorkingDays = "report_working_days",
            /// How soon the purchaser decides, in working days (C24).
            DecideWorkingDays = "decide_working_days",
            /// How long the result is shown before the award, in working days (C18).
            ResultPublicWorkingDays = "result_public_working_days",
            /// How soon result and award notice go out after the decision, in working days (C25).
            ResultNoticeWorkingDays = "result_notice_working_days",
            /// Days from award notice to contract at most (C26).
            ContractDays = "contract_days",
            /// How soon a contract is published, in working days (C26).
            ContractPublishWorkingDays = "contract_publish_working_days",
            /// How soon a copy of the contract is filed, in working days (C26).
            ContractFilingWorkingDays = "contract_filing_working_days",
            /// Months a contract runs at most as a rule (C51).
            ContractTermMaxMonths = "contract_term_max_months",
            /// Months a contract runs at most when all four conditions hold (C51).
            ContractTermLongMaxMonths = "contract_term_long_max_months",
            /// Supplements together as a share of the contract at most (C53).
            SupplementMax = "supplement_max",
            /// How soon an acceptance is held after the milestone is reported, in working days (C55).
            AcceptanceWorkingDays = "acceptance_working_days",
            /// How soon the result of an acceptance is published, in working days (C55).
            AcceptancePublishWorkingDays = "acceptance_publish_working_days",
            /// How long a repair may take at most (C55).
            RepairMaxDays = "repair_max_days",
            /// Share of the ledger’s lines that are called back at least (E3b).
            CallBackMin = "call_back_min",
            /// What the standard table deducts for lateness, as a share of the item (E3b).
            DeductionLateShare = "deduction_late_share",
            /// What the standard table deducts for quality below the contract’s, as a share of the item (E3b).
            DeductionQualityShare = "deduction_quality_share",
            /// Days from delivery to payment as a rule (C28).
            PaymentDays = "payment_days",
        }
    };
}

pub(super) use purchase_rules;
