//! What there is to do, and whose desk it belongs to.

use domain::coded;

coded! {
    /// What has to be done.
    pub enum TaskKind as "task" {
        /// Review a proposed catalogue item.
        ReviewItem = "review_item",
        /// Write a requirement, or mend one that came back.
        WriteRequirement = "write_requirement",
        /// Check a requirement.
        CheckRequirement = "check_requirement",
        /// Publish a notice.
        PublishNotice = "publish_notice",
        /// Answer a question.
        AnswerQuestion = "answer_question",
        /// Hold an opening.
        HoldOpening = "hold_opening",
        /// Check the bidders' qualification.
        CheckQualification = "check_qualification",
        /// Have the committee drawn and seated.
        SeatPanel = "seat_panel",
        /// Hold a live session.
        HoldSession = "hold_session",
        /// Decide the award.
        DecideAward = "decide_award",
        /// Send the award notice.
        NotifyAward = "notify_award",
        /// Draft the contract.
        DraftContract = "draft_contract",
        /// Complete the contract and offer it.
        OfferContract = "offer_contract",
        /// Sign the contract.
        SignContract = "sign_contract",
        /// Propose what the clock or a penalty brought.
        ProposeListing = "propose_listing",
        /// End a place on a list that has lasted its months.
        EndListing = "end_listing",
        /// Show an organisation as active again after a suspension.
        EndSuspension = "end_suspension",
        /// Confirm a penalty.
        ConfirmPenalty = "confirm_penalty",
        /// Tell an organisation that a penalty is intended.
        SendPenaltyNotice = "send_penalty_notice",
        /// Call to the hearing on a penalty, and hold it.
        HearPenalty = "hear_penalty",
        /// Decide a penalty of the registrar's own.
        DecidePenalty = "decide_penalty",
        /// Seal certificate, seals and vouchers during a stop of activity.
        SealCertificate = "seal_certificate",
        /// Give back what was sealed, once the stop is over.
        GiveBackSealed = "give_back_sealed",
        /// See whether the orders of a penalty were obeyed, once their term is over.
        CheckOrder = "check_order",
        /// Tell an organisation before it is listed.
        SendListingNotice = "send_listing_notice",
        /// Hold a hearing.
        HoldHearing = "hold_hearing",
        /// Decide a listing.
        DecideListing = "decide_listing",
        /// Verify what an organisation did to leave a list.
        VerifyRemoval = "verify_removal",
        /// Decide a removal.
        DecideRemoval = "decide_removal",
        /// Accept a registration, or tell what it lacks.
        TakeInCase = "take_in_case",
        /// Visit the premises of an applicant and write down what is found.
        VisitPremises = "visit_premises",
        /// Sign the record of a visit.
        SignVisit = "sign_visit",
        /// Compare an applicant's charter with the law's list.
        CheckCharter = "check_charter",
        /// Give an opinion on a registration.
        ReviewCase = "review_case",
        /// Decide a registration.
        DecideCase = "decide_case",
        /// Issue a certificate.
        IssueCertificate = "issue_certificate",
        /// Announce an establishment.
        AnnounceCase = "announce_case",
        /// Review a yearly report.
        ReviewReport = "review_report",
        /// Decide on a reviewed report.
        DecideReport = "decide_report",
        /// Verify what an organisation mended.
        VerifyRectification = "verify_rectification",
        /// Call in a rectification that is late.
        CallInRectification = "call_in_rectification",
        /// Record who stayed silent after the last day.
        RecordAbsences = "record_absences",
        /// Decide whether an organisation is eligible for a rating.
        CheckRating = "check_rating",
        /// Appoint the experts of a visit.
        ArrangeVisit = "arrange_visit",
        /// Call the committee or the review board.
        CallRatingBody = "call_rating_body",
        /// Make a rating public.
        PubliciseRating = "publicise_rating",
        /// Serve the decision on an appeal.
        ServeRatingReview = "serve_rating_review",
        /// Report a high grade upward.
        ReportRating = "report_rating",
        /// Confirm a grade.
        ConfirmRating = "confirm_rating",
        /// Take a plaque back.
        TakeBackPlaque = "take_back_plaque",
        /// Take a change up, or tell what it lacks.
        TakeInChange = "take_in_change",
        /// Take a cancellation up, or tell what it lacks.
        TakeInCancellation = "take_in_cancellation",
        /// Take certificate, seals and vouchers back from whoever has ended.
        TakeBack = "take_back",
        /// Give an opinion on a change.
        ReviewChange = "review_change",
        /// Decide a change.
        DecideChange = "decide_change",
        /// Give an opinion on a cancellation.
        ReviewCancellation = "review_cancellation",
        /// Tell an organisation that revocation is intended.
        SendRevocationNotice = "send_revocation_notice",
        /// Hold the hearing on a revocation.
        HearRevocation = "hear_revocation",
        /// Decide the end of an organisation.
        DecideEnding = "decide_ending",
        /// Receive a seal specimen or an account, or send it back.
        ReceiveSeal = "receive_seal",
        /// Take an application for public fundraising up, or tell what it lacks.
        TakeInFundraising = "take_in_fundraising",
        /// Give an opinion on public fundraising.
        ReviewFundraising = "review_fundraising",
        /// Decide on public fundraising.
        DecideFundraising = "decide_fundraising",
        /// Confirm the penalty that revokes a certificate for public fundraising.
        ConfirmFundraisingPenalty = "confirm_fundraising_penalty",
        /// Take an application for recognition as a charity up, or tell what it lacks.
        TakeInCharity = "take_in_charity",
        /// Give an opinion on a recognition.
        ReviewCharity = "review_charity",
        /// Decide on a recognition.
        DecideCharity = "decide_charity",
        /// Decide whether a recognition is annulled.
        DecideCharityAnnulment = "decide_charity_annulment",
        /// Tell a charity without charitable work for years that it must end.
        TellIdleCharity = "tell_idle_charity",
        /// Record the year of a filed organisation.
        RecordFiledYear = "record_filed_year",
        /// Put into the folder of a filing what it lacks.
        CompleteFolder = "complete_folder",
        /// Decide whether a filing of which nothing was heard goes on.
        DecideSilentFiling = "decide_silent_filing",
        /// Say whether a declared tie is an error.
        DecideTieError = "decide_tie_error",
        /// Check a request to be paid.
        CheckPayment = "check_payment",
        /// Hand an approved request to the bank.
        SendPayment = "send_payment",
        /// Give a deposit back.
        ReturnDeposit = "return_deposit",
        /// Give the office's opinion on a milestone.
        GiveAcceptanceOpinion = "give_acceptance_opinion",
        /// Hold the acceptance of a milestone.
        HoldAcceptance = "hold_acceptance",
        /// Publish the result of an acceptance.
        PublishAcceptance = "publish_acceptance",
        /// Decide whether a part may be subcontracted.
        DecideSubcontract = "decide_subcontract",
        /// Sign a supplement.
        SignSupplement = "sign_supplement",
        /// Answer a wish to suspend or end a contract.
        AnswerHalt = "answer_halt",
        /// Answer a ticket of supervision.
        AnswerTicket = "answer_ticket",
        /// Judge the answer to a ticket.
        JudgeTicket = "judge_ticket",
        /// Hear of a ticket that the office let pass.
        HearEscalation = "hear_escalation",
        /// Take up or answer what a recipient asked.
        AnswerFeedback = "answer_feedback",
        /// Write the evaluation plan of a contract, or mend one that came back.
        WriteEvaluationPlan = "write_evaluation_plan",
        /// Check an evaluation plan.
        CheckEvaluationPlan = "check_evaluation_plan",
        /// Report what a service has reached.
        ReportActuals = "report_actuals",
        /// Publish a mid-term round, or draw the experts of a graded one.
        DrawEvaluationExperts = "draw_evaluation_experts",
        /// Give the office's own score.
        ScoreAsPurchaser = "score_as_purchaser",
        /// Send a result to the provider.
        SendEvaluation = "send_evaluation",
        /// Answer a reply, or make a result final.
        FinishEvaluation = "finish_evaluation",
        /// Acknowledge or answer what an organisation told the office.
        AnswerOfficeFeedback = "answer_office_feedback",
        /// Look into a complaint of retaliation.
        FindOnRetaliation = "find_on_retaliation",
        /// Score an application for the cultivation programme.
        ScoreEnrolment = "score_enrolment",
        /// Hear the partner department on it, publish it, or refuse it.
        CarryOnEnrolment = "carry_on_enrolment",
        /// Confirm an enrolment whose publicity is over.
        ConfirmEnrolment = "confirm_enrolment",
        /// Review an enrolment for the year that is over.
        ReviewEnrolment = "review_enrolment",
        /// Record that an enrolment has ended by itself.
        RecordExit = "record_exit",
    }
}

/// Whose work something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Desk {
    /// Purchase, by an office and the purchase lead.
    Purchase,
    /// The approval office's credit desk.
    Credit,
    /// The approval office's window: cases, inspections, ratings, changes and endings.
    Window,
    /// A street's ledger of filings.
    Street,
    /// The cultivation programme, run by the social organisation bureau (S12).
    Programme,
    /// Discipline alone: nobody else learns of it (E6).
    Discipline,
}

impl TaskKind {
    /// Whose work it is.
    pub fn desk(self) -> Desk {
        match self {
            Self::ProposeListing
            | Self::EndListing
            | Self::EndSuspension
            | Self::ConfirmPenalty
            | Self::SendPenaltyNotice
            | Self::HearPenalty
            | Self::DecidePenalty
            | Self::SealCertificate
            | Self::GiveBackSealed
            | Self::CheckOrder
            | Self::SendListingNotice
            | Self::HoldHearing
            | Self::DecideListing
            | Self::VerifyRemoval
            | Self::DecideRemoval => Desk::Credit,
            Self::RecordFiledYear | Self::DecideSilentFiling | Self::CompleteFolder => Desk::Street,
            Self::FindOnRetaliation => Desk::Discipline,
            _ if self.is_of_programme() => Desk::Programme,
            _ if self.is_of_window() => Desk::Window,
            _ => Desk::Purchase,
        }
    }

    /// Whether it is done at the one window.
    fn is_of_window(self) -> bool {
        self.is_of_case()
            || self.is_of_fundraising()
            || self.is_of_charity()
            || matches!(
                self,
                Self::ReviewReport
                    | Self::DecideReport
                    | Self::VerifyRectification
                    | Self::CallInRectification
                    | Self::RecordAbsences
                    | Self::CheckRating
                    | Self::ArrangeVisit
                    | Self::CallRatingBody
                    | Self::PubliciseRating
                    | Self::ServeRatingReview
                    | Self::ReportRating
                    | Self::ConfirmRating
                    | Self::TakeBackPlaque
                    | Self::TakeInChange
                    | Self::TakeInCancellation
                    | Self::TakeBack
                    | Self::ReviewChange
                    | Self::DecideChange
                    | Self::ReviewCancellation
                    | Self::SendRevocationNotice
                    | Self::HearRevocation
                    | Self::DecideEnding
                    | Self::ReceiveSeal
                    | Self::TellIdleCharity
            )
    }

    /// Whether it is a step of an enrolment in the cultivation programme.
    pub fn is_of_programme(self) -> bool {
        matches!(
            self,
            Self::ScoreEnrolment
                | Self::CarryOnEnrolment
                | Self::ConfirmEnrolment
                | Self::ReviewEnrolment
                | Self::RecordExit
        )
    }

    /// Whether it is a step of a registration, on a case's page.
    pub fn is_of_case(self) -> bool {
        matches!(
            self,
            Self::TakeInCase
                | Self::VisitPremises
                | Self::SignVisit
                | Self::CheckCharter
                | Self::ReviewCase
                | Self::DecideCase
                | Self::IssueCertificate
                | Self::AnnounceCase
        )
    }

    /// Whether it is a step of an application for public fundraising, on its page.
    pub fn is_of_fundraising(self) -> bool {
        matches!(
            self,
            Self::TakeInFundraising
                | Self::ReviewFundraising
                | Self::DecideFundraising
                | Self::ConfirmFundraisingPenalty
        )
    }

    /// Whether it is a step of a recognition as a charity, on its page.
    pub fn is_of_charity(self) -> bool {
        matches!(
            self,
            Self::TakeInCharity | Self::ReviewCharity | Self::DecideCharity | Self::DecideCharityAnnulment
        )
    }

    /// Whether it is done on the delivery page of a contract, or at the acceptance desk.
    pub fn is_of_delivery(self) -> bool {
        matches!(
            self,
            Self::GiveAcceptanceOpinion
                | Self::HoldAcceptance
                | Self::PublishAcceptance
                | Self::DecideSubcontract
                | Self::SignSupplement
                | Self::AnswerHalt
        )
    }

    /// Whether its page is found under a ticket's number.
    pub fn is_of_supervision(self) -> bool {
        matches!(self, Self::AnswerTicket | Self::JudgeTicket | Self::HearEscalation)
    }

    /// Whether it is done on a contract's evaluation page.
    pub fn is_of_evaluation(self) -> bool {
        matches!(
            self,
            Self::WriteEvaluationPlan
                | Self::CheckEvaluationPlan
                | Self::ReportActuals
                | Self::DrawEvaluationExperts
                | Self::ScoreAsPurchaser
                | Self::SendEvaluation
                | Self::FinishEvaluation
        )
    }
}
