//! Recipients' answers that anyone can count and nobody can trace (TRUST 2h).
//!
//! A card carries a random code. From the code and the contract's number follows a key; the keys of all
//! cards are made public before anyone answers, and each answer is signed with the key of its card. So an
//! outsider sees that every answer came from a card, that no card answered twice, and that the totals are
//! right, while no card was ever given to a name: recipients draw them themselves.

mod ballot;
mod code;
mod key_list;
mod published;

pub use ballot::{Answers, Ballot, CardKey, is_signed};
pub use code::{CardCode, CodeFault};
pub use key_list::KeyList;
pub use published::{Published, PublishedAnswer, SurveyFault, Totals};

/// The version of the scheme, in every message that is signed.
pub const SCHEME: &str = "gongzhi-survey/v1";
