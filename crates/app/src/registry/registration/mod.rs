//! Registration at the one window: every use case of a case, from the name to the certificate (B9-B19).
//!
//! `case` is the row and its timeline, `draft` what the applicant fills in, `submission` the sending in,
//! `intake`, `review`, `joint`, `decision` and `certificate` what the approval office does, `names` and `checks`
//! what the register itself can tell, `upgrade` the case that grows out of a filing, `desk` the office's list,
//! `charter` the comparison of the charter with the law's list, `handoff` who has a case,
//! `reasons` why a doubtful condition does not stand in the way,
//! `own_figures` what an official sees of the own work, `read` what pages show.

pub mod case;
pub mod certificate;
pub mod charter;
pub mod checks;
pub mod decision;
pub mod desk;
pub mod draft;
pub mod handoff;
pub mod intake;
pub mod joint;
pub mod names;
pub mod own_figures;
pub mod read;
pub mod reasons;
pub mod review;
pub mod silence;
pub mod submission;
pub mod upgrade;
pub mod visit;

pub use case::Case;
pub use certificate::{AnnounceCase, IssueCertificate};
pub use charter::CheckCharter;
pub use decision::{ApproveCase, DenyCase};
pub use draft::{AttachPaper, DetachPaper, KeepAnswers, SaveAnswers, StartCase, WithdrawCase};
pub use handoff::{AssignCase, AssignMany};
pub use intake::{AcceptCase, AcceptMany, RefuseAcceptance, RequestCorrection};
pub use joint::ExtendJoint;
pub use reasons::ExplainFindings;
pub use review::{AskDepartment, GiveOpinion, RecordReply, WeighNecessity};
pub use submission::SubmitCase;
pub use upgrade::StartFromFiling;
pub use visit::{RecordVisit, SignVisit};
