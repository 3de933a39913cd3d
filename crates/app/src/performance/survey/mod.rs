//! Recipients' satisfaction: one card, one answer, no name (E2, E6, C55, S72; TRUST 2h).
//!
//! The office hands in its service ledger (tokens, no names) and a sample is drawn by seed. The street office
//! issues cards offline and hands in their public keys before anyone answers; their root is public news. A
//! card answers once: signed in the recipient's browser, or typed, when the server derives the same key,
//! signs and forgets the code. Either way anyone can recount the published survey.
//!
//! What keeps an answer nameless: it arrives as an act that journals nothing and lies in an urn
//! (`db::urn`) in the order of keys. When the urn holds a group, one act of the system itself empties it and
//! journals the group, sorted by key, with the day alone. So the journal tells of an answer only that it is
//! one of a group; which visit brought it is nowhere. The last group is whatever waits when the survey
//! closes. Receipts follow from the signed message, so nothing is kept for them. What the urn cannot hide:
//! whoever watches the machine while it works.
//!
//! A request to follow up is filed apart, under a receipt of its own, and names neither card nor answer.

mod answer;
mod cards;
mod check;
mod close;
mod export;
pub mod feedback;
mod group;
mod held;
mod read;
mod result;
mod rounds;
mod sample;

pub use answer::{AnswerSurvey, Answered, Given, give};
pub use cards::{HandInKeys, VoidCards};
pub use check::{CheckDraw, CheckLine, DrawChecks, RecordCheck, check_counts, check_draw, check_lines};
pub use close::CloseSurvey;
pub use export::{csv, published};
pub use group::GroupAnswers;
pub use read::{
    MarkCount, OpenSurvey, Recipient, SurveyView, ledger_of, marks, of_card, of_contract, one, open_now,
    open_of, sample_of,
};
pub use result::{latest, result, result_in, shown};
pub use rounds::rounds_of;
pub use sample::{DrawSample, StartSurvey, read_ledger};
