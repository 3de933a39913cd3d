//! A signed contract whose recipients may answer: the ledger drawn, the cards' keys handed in.

use app::contracts::{DraftContract, OfferContract, SignAsBuyer, SignAsProvider};
use app::performance::survey::{self, AnswerSurvey, Answered, DrawSample, Given, HandInKeys, StartSurvey};
use app::{City, Error, RequestKey};
use domain::kernel::{Actor, ContractId};
use domain::performance::survey::{LedgerLine, Mark, Question, Round};
use evidence::survey::{Answers, Ballot, CardCode, CardKey, KeyList};

use crate::planted::{self, Planted};

/// The planted contract's number.
pub const NUMBER: &str = "NJGZ-HT-2014-001";
const NO_KEY: RequestKey = RequestKey::None;

/// A survey with everyone around it.
pub struct Surveyed {
    /// The bureau and the provider.
    pub planted: Planted,
    /// The contract.
    pub contract: ContractId,
    /// The survey.
    pub survey: i64,
}

/// Signs the planted contract.
pub async fn signed(city: &City) -> (Planted, ContractId) {
    let p = planted::awarded(city, 12, "awarded").await;
    let contract = city.act(&p.staff, &NO_KEY, &DraftContract { tender: p.tender }).await.expect("a draft");
    city.act(&p.staff, &NO_KEY, &OfferContract { contract, version: 1 }).await.expect("offered");
    city.act(&p.provider, &NO_KEY, &SignAsProvider { contract, version: 2 }).await.expect("signed");
    city.act(&p.director, &NO_KEY, &SignAsBuyer { contract, version: 3 }).await.expect("signed");
    (p, contract)
}

/// A ledger of so many recipients.
pub fn ledger(count: usize) -> Vec<LedgerLine> {
    (0..count).map(|number| LedgerLine { token: format!("R-{number:04}"), excluded: None }).collect()
}

/// Starts the final survey of the contract.
pub fn start(contract: ContractId, recipients: usize) -> StartSurvey {
    let beacon = "双色球 2014002 期（示例）".to_owned();
    StartSurvey { contract, round: Round::Final, ledger: ledger(recipients), beacon }
}

/// The code of a card by its number.
pub fn code(card: u16) -> CardCode {
    let mut secret = [0x33; 16];
    secret[..2].copy_from_slice(&card.to_be_bytes());
    CardCode::new(secret)
}

/// The key list of so many cards.
pub fn keys(cards: u16) -> KeyList {
    keys_of(0..cards)
}

/// The key list of these cards.
pub fn keys_of(cards: std::ops::Range<u16>) -> KeyList {
    KeyList::new(NUMBER, cards.map(|card| CardKey::of(&code(card), NUMBER).public()))
}

/// An open survey: so many recipients, so many cards.
pub async fn open(city: &City, recipients: usize, cards: u16) -> Surveyed {
    let (planted, contract) = signed(city).await;
    let survey = city.act(&planted.staff, &NO_KEY, &start(contract, recipients)).await.expect("started");
    let draw = DrawSample { survey, version: 1, beacon_value: "03 07 12 19 25 31 + 08".to_owned() };
    city.act(&planted.staff, &NO_KEY, &draw).await.expect("drawn");
    let hand_in = HandInKeys { survey, version: 2, text: keys(cards).text() };
    city.act(&planted.staff, &NO_KEY, &hand_in).await.expect("keys");
    Surveyed { planted, contract, survey }
}

/// The same mark for each question of a rating.
pub fn marks(mark: Mark) -> Vec<(Question, Mark)> {
    [Question::Overall, Question::Clarity, Question::Usefulness].map(|question| (question, mark)).to_vec()
}

/// An answer whose code is typed.
pub fn typed(survey: i64, card: u16, mark: Mark) -> AnswerSurvey {
    let given = Given::Code(code(card).text());
    AnswerSurvey { survey, given, marks: marks(mark), is_proxy: false, words: None, asker: None }
}

/// An answer signed as a browser signs it.
pub fn signed_answer(survey: i64, card: u16, mark: Mark) -> AnswerSurvey {
    let mut answers: Answers = marks(mark)
        .iter()
        .map(|(question, mark)| (domain::kernel::Coded::code(*question).to_owned(), mark.points()))
        .collect();
    answers.insert("is_proxy".to_owned(), 0);
    let nonce = format!("{card:032x}");
    let ballot = Ballot { contract: NUMBER.to_owned(), answers, nonce: nonce.clone() };
    let key = CardKey::of(&code(card), NUMBER);
    let given = Given::Signed { public_key: key.public(), nonce, signature: key.sign(&ballot) };
    AnswerSurvey { given, ..typed(survey, card, mark) }
}

/// Answers as a visitor.
pub async fn give(city: &City, answer: &AnswerSurvey) -> Result<Answered, Error> {
    survey::give(city, &Actor::VISITOR, answer).await
}
