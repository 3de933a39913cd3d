//! Every journalled table. `gongzhi doctor` compares each with what the journal says it should hold.

use super::{Sealed, Table};

macro_rules! tables {
    ($($constant:ident = $name:literal private [$($private:literal),*] $(sealed $sealed:expr)?),+ $(,)?) => {
        $(
            #[doc = concat!("The table `", $name, "`.")]
            pub static $constant: Table =
                Table { name: $name, private: &[$($private),*], sealed: tables!(@sealed $($sealed)?) };
        )+
        /// Every journalled table, in the order in which references point.
        pub static TABLES: &[&Table] = &[$(&$constant),+];
    };
    (@sealed) => { Sealed::Never };
    (@sealed $sealed:expr) => { $sealed };
}

/// What a bidder writes of a bid before the opening.
const OF_A_BID: &[&str] = &[
    "tender_id",
    "organisation_id",
    "submitted_by",
    "edition",
    "state",
    "suite",
    "package",
    "digest",
    "received_at",
    "receipt",
];

tables! {
    SETTING = "setting" private [],
    BLOB = "blob" private [],
    OFFICE = "office" private [],
    PERSON = "person" private ["name", "password", "contact"],
    POST = "post" private [],
    DIRECTORSHIP = "directorship" private ["handover"],
    API_TOKEN = "api_token" private ["digest"] sealed Sealed::Always,
    ORGANISATION = "organisation" private ["person_in_charge", "contact"],
    INSPECTION = "inspection" private [],
    INSPECTION_CAMPAIGN = "inspection_campaign" private [],
    INSPECTION_REPORT = "inspection_report" private ["answers", "return_reason", "review_note"],
    INSPECTION_GROUND = "inspection_ground" private [],
    RECTIFICATION = "rectification" private ["report", "note"],
    RATING_GRADE = "rating_grade" private [],
    CREDIT_LISTING = "credit_listing" private [],
    STATUS_CHANGE = "status_change" private [],
    STANDING_ENTRY = "standing_entry" private [],
    CHARITY_STATUS = "charity_status" private [],
    PENALTY = "penalty" private ["reason"],
    SPECIAL_LETTER = "special_letter" private ["address", "mail_number"],
    LISTING_CASE = "listing_case" private ["evidence", "statement", "hearing_note", "reason"],
    REMOVAL_CASE = "removal_case" private ["statement", "finding", "reason"],
    FILING = "filing" private [],
    FILING_REPORT = "filing_report" private [],
    PAPER = "paper" private ["title", "digest", "name"],
    PAPER_USE = "paper_use" private [],
    DOCUMENT = "document" private ["addressee", "facts", "items", "code"],
    DEADLINE = "deadline" private [],
    SUSPENSION = "suspension" private [],
    REGISTRATION_CASE = "registration_case" private ["answers", "identity_digest"],
    REGISTRATION_EVENT = "registration_event" private ["note"],
    REGISTRATION_OPINION = "registration_opinion" private ["text"],
    NECESSITY_OPINION = "necessity_opinion" private [],
    CONSULTATION = "consultation" private ["question", "reply"],
    REGISTERED_ITEM = "registered_item" private ["value"],
    CHANGE_CASE = "change_case" private ["old_value", "new_value", "reason", "opinion", "decision"],
    ENDING_CASE = "ending_case"
        private ["evidence", "recipient", "statement", "hearing_note", "opinion", "decision", "late_why"],
    UNIT_RELEASE = "unit_release" private ["reason"],
    MEASURES = "measures" private [],
    CATALOGUE = "catalogue" private [],
    BATCH = "batch" private [],
    ITEM = "item" private [],
    TENDER = "tender" private [],
    CRITERION = "criterion" private [],
    QUESTION = "question" private [],
    CORRECTION = "correction" private [],
    BID_DRAFT = "bid_draft" private ["fields"] sealed Sealed::Always,
    BID_ATTACHMENT = "bid_attachment" private ["name", "digest"] sealed Sealed::Always,
    BID_UPLOAD = "bid_upload" private ["name", "digest"] sealed Sealed::Always,
    JOINING = "joining" private [] sealed Sealed::Always,
    BID = "bid" private ["package", "digest", "receipt", "project_lead", "contact", "proposal", "agreement"]
        sealed Sealed::Columns(OF_A_BID),
    BID_MEMBER = "bid_member" private [],
    ATTENDANCE = "attendance" private [],
    EXPERT = "expert" private ["born_on", "employer"],
    EXPERT_RELATION = "expert_relation" private ["end_reason", "error_reason"],
    RATING_ROUND = "rating_round" private [],
    RATING_BODY = "rating_body" private [],
    RATING_MEMBER = "rating_member" private ["left_why"],
    RATING_CASE = "rating_case" private ["statement", "eligibility", "check_note", "opinion"],
    RATING_VISITOR = "rating_visitor" private ["reason"],
    RATING_MARK = "rating_mark" private ["remark"],
    RATING_MEETING = "rating_meeting" private [],
    RATING_BALLOT = "rating_ballot" private ["reason"],
    RATING_APPEAL = "rating_appeal" private ["text"],
    RATING_PLAQUE = "rating_plaque" private [],
    RATING_LOWERING = "rating_lowering" private [],
    DRAW = "draw" private ["code_salt"],
    SEAT = "seat" private ["person_id", "expert_id", "reason"],
    LIVE_SESSION = "live_session" private [],
    PRESENTATION = "presentation" private [],
    CONFORMITY_VOTE = "conformity_vote" private [],
    SCORE = "score" private [],
    SCORE_CORRECTION = "score_correction" private [],
    SCORE_DOUBT = "score_doubt" private [],
    LOW_PRICE = "low_price" private ["explanation"],
    CANCELLATION = "cancellation" private [],
    RANKING = "ranking" private [],
    AWARD = "award" private [],
    CONTRACT = "contract" private [],
    MILESTONE = "milestone" private [],
    FUND = "fund" private [],
    ACCOUNT = "account" private [],
    TRANSFER = "transfer" private [],
    ENTRY = "entry" private [],
    SERVICE_UNIT = "service_unit" private [],
    DEDUCTION_LINE = "deduction_line" private [],
    SUBCONTRACT = "subcontract" private [],
    SERVICE_WORKER = "service_worker" private ["name"],
    RECIPIENT = "recipient" private ["token"],
    SERVICE_RECORD = "service_record" private ["place", "note"],
    SERVICE_PHOTO = "service_photo" private ["name", "digest"],
    SUPPLEMENT = "supplement" private [],
    CONTRACT_HALT = "contract_halt" private [],
    ACCEPTANCE = "acceptance" private [],
    ACCEPTANCE_ITEM = "acceptance_item" private [],
    ACCEPTANCE_OPINION = "acceptance_opinion" private ["words"],
    CALL_BACK_DRAW = "call_back_draw" private ["code_salt"],
    CALL_BACK = "call_back" private ["note"],
    PAYMENT_REQUEST = "payment_request"
        private ["invoice_number", "invoice_name", "invoice_digest", "payee_bank", "payee_account", "return_reason"],
    PAYMENT_BATCH = "payment_batch" private [],
    PAYMENT = "payment" private ["told_note"],
}
