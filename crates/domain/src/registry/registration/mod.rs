//! Registration: how a social organisation comes to be, as a case at the one window (B1-B19, S10-S12).
//!
//! `application` is what applicants type, read by `reading`, `threshold` and `name` judge it under the rules of the day,
//! `personal` whether a person's name may stand in the name,
//! `file` says which papers it needs, `charter` what its charter has to say, `state` who may take the case from where to
//! where, `silence` when it is accepted because nobody spoke, `joint` what several
//! departments have of time, `visit` what two officers write down at the premises,
//! `preparation` how long nothing but preparation is allowed,
//! `reason` which conditions are passed over with a reason alone,
//! `denial` the listed grounds of a no, `code` the credit code of the certificate, `handoff` to whom a case may be given,
//! `applicant` who may make an account for it.

pub mod applicant;
pub mod application;
pub mod charter;
pub mod code;
pub mod denial;
pub mod file;
pub mod handoff;
pub mod joint;
pub mod name;
pub mod personal;
pub mod preparation;
mod reading;
pub mod reason;
pub mod relief;
pub mod silence;
pub mod state;
pub mod threshold;
pub mod visit;

pub use applicant::NewApplicant;
pub use application::{Answers, Application, Basis, DirectClass, LegalForm, OriginLevel, Step};
pub use charter::{CharterItem, Mark};
pub use denial::{DenialGround, NonAcceptanceGround};
pub use personal::{PersonalGround, PersonalName};
pub use reading::TEXT_MAX;
pub use reason::Reason;
pub use state::{CaseAct, CaseState};
pub use visit::{TypedVisit, VisitPoint};
