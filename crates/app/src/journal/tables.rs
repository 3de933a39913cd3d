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
    PERSON = "person" private ["name", "password"],
    POST = "post" private [],
    DIRECTORSHIP = "directorship" private ["handover"],
    API_TOKEN = "api_token" private ["digest"] sealed Sealed::Always,
    ORGANISATION = "organisation" private ["person_in_charge", "contact"],
    INSPECTION = "inspection" private [],
    RATING_GRADE = "rating_grade" private [],
    CREDIT_LISTING = "credit_listing" private [],
    STATUS_CHANGE = "status_change" private [],
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
}
