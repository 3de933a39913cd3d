//! What is published of a survey, and the check that anyone can make of it without us.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::ballot::{Answers, Ballot, is_signed};
use super::{KeyList, SCHEME};

/// The question that the rate is counted on.
const OVERALL: &str = "overall";
/// The mark of an answer given in a recipient's name.
const IS_PROXY: &str = "is_proxy";
/// "Satisfied" and better, on a scale of five.
const SATISFIED: i64 = 4;
const VERY_SATISFIED: i64 = 5;
/// How an answer came that an officer typed.
const ASSISTED: &str = "assisted";

/// One published answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedAnswer {
    /// The card's public key.
    pub public_key: String,
    /// What it answered.
    pub answers: Answers,
    /// The nonce in the signed message.
    pub nonce: String,
    /// The signature.
    pub signature: String,
    /// How it came: signed in the browser, typed, or assisted.
    pub means: String,
    /// The day.
    pub on: String,
}

/// The totals that are published beside the answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Cards whose keys were handed in.
    pub issued: i64,
    /// Cards made void.
    pub void: i64,
    /// Answers that count.
    pub valid: i64,
    /// Of these, satisfied or very satisfied.
    pub satisfied: i64,
    /// Of these, very satisfied.
    pub very_satisfied: i64,
    /// Of these, typed by an officer.
    pub assisted: i64,
    /// Of these, given in a recipient's name.
    pub proxy: i64,
}

/// A survey as it is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The contract's public number.
    pub contract: String,
    /// Which survey of the contract.
    pub round: String,
    /// The root that was made public before anyone answered.
    pub root: String,
    /// The public keys of all cards.
    pub keys: Vec<String>,
    /// Those made void.
    pub void: Vec<String>,
    /// The answers.
    pub answers: Vec<PublishedAnswer>,
    /// The totals.
    pub totals: Totals,
}

/// What is wrong with a published survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SurveyFault {
    /// The keys are not those of the root.
    RootDiffers,
    /// A key stands twice in the list, or is none.
    KeyTwice,
    /// More answers than cards.
    MoreAnswersThanCards,
    /// An answer of no card of this survey, or of a void one.
    StrangeCard(String),
    /// A card answered twice.
    AnsweredTwice(String),
    /// A signature does not fit.
    NotSigned(String),
    /// A total differs from what the answers give: its name, as published, as counted.
    TotalDiffers(&'static str, i64, i64),
}

impl Published {
    /// Everything that is wrong; nothing for a survey that holds.
    pub fn faults(&self) -> Vec<SurveyFault> {
        let mut faults = Vec::new();
        let list = KeyList::new(&self.contract, self.keys.clone());
        if list.keys().len() != self.keys.len() || !list.keys().iter().all(|key| super::key_list::is_key(key))
        {
            faults.push(SurveyFault::KeyTwice);
        }
        if list.root().hex() != self.root {
            faults.push(SurveyFault::RootDiffers);
        }
        if self.answers.len() > list.keys().len() {
            faults.push(SurveyFault::MoreAnswersThanCards);
        }
        let cards: BTreeSet<&String> = self.keys.iter().collect();
        let void: BTreeSet<&String> = self.void.iter().collect();
        let mut seen = BTreeSet::new();
        for answer in &self.answers {
            let key = &answer.public_key;
            if !cards.contains(key) || void.contains(key) {
                faults.push(SurveyFault::StrangeCard(key.clone()));
            }
            if !seen.insert(key) {
                faults.push(SurveyFault::AnsweredTwice(key.clone()));
            }
            if !is_signed(&answer.ballot(&self.contract), key, &answer.signature) {
                faults.push(SurveyFault::NotSigned(key.clone()));
            }
        }
        faults.extend(self.totals.differences(&self.counted()));
        faults
    }

    /// The totals that the published keys and answers give.
    pub fn counted(&self) -> Totals {
        let count = |fits: &dyn Fn(&PublishedAnswer) -> bool| length(self.answers.iter().filter(|a| fits(a)));
        let overall = |answer: &PublishedAnswer| answer.answers.get(OVERALL).copied().unwrap_or(0);
        Totals {
            issued: length(self.keys.iter()),
            void: length(self.void.iter()),
            valid: length(self.answers.iter()),
            satisfied: count(&|answer| overall(answer) >= SATISFIED),
            very_satisfied: count(&|answer| overall(answer) >= VERY_SATISFIED),
            assisted: count(&|answer| answer.means == ASSISTED),
            proxy: count(&|answer| answer.answers.get(IS_PROXY) == Some(&1)),
        }
    }

    /// The survey as a JSON value.
    pub fn value(&self) -> Value {
        let answers: Vec<Value> = self.answers.iter().map(PublishedAnswer::value).collect();
        json!({
            "v": SCHEME,
            "contract": self.contract,
            "round": self.round,
            "root": self.root,
            "keys": self.keys,
            "void": self.void,
            "answers": answers,
            "totals": self.totals.value(),
        })
    }

    /// Reads such a value; `None` when a part is missing or of another kind.
    pub fn of(value: &Value) -> Option<Self> {
        let text = |name: &str| value.get(name)?.as_str().map(str::to_owned);
        let texts = |name: &str| -> Option<Vec<String>> {
            value.get(name)?.as_array()?.iter().map(|one| one.as_str().map(str::to_owned)).collect()
        };
        if text("v")? != SCHEME {
            return None;
        }
        let answers = value.get("answers")?.as_array()?;
        Some(Self {
            contract: text("contract")?,
            round: text("round")?,
            root: text("root")?,
            keys: texts("keys")?,
            void: texts("void")?,
            answers: answers.iter().map(PublishedAnswer::of).collect::<Option<Vec<_>>>()?,
            totals: Totals::of(value.get("totals")?)?,
        })
    }
}

impl PublishedAnswer {
    /// What the card signed.
    pub fn ballot(&self, contract: &str) -> Ballot {
        Ballot { contract: contract.to_owned(), answers: self.answers.clone(), nonce: self.nonce.clone() }
    }

    fn value(&self) -> Value {
        json!({
            "public_key": self.public_key,
            "answers": self.answers,
            "nonce": self.nonce,
            "signature": self.signature,
            "means": self.means,
            "on": self.on,
        })
    }

    fn of(value: &Value) -> Option<Self> {
        let text = |name: &str| value.get(name)?.as_str().map(str::to_owned);
        let answers = value.get("answers")?.as_object()?;
        let number = |(code, held): (&String, &Value)| held.as_i64().map(|number| (code.clone(), number));
        Some(Self {
            public_key: text("public_key")?,
            answers: answers.iter().map(number).collect::<Option<Answers>>()?,
            nonce: text("nonce")?,
            signature: text("signature")?,
            means: text("means")?,
            on: text("on")?,
        })
    }
}

impl Totals {
    /// Each total under its published name.
    pub fn named(&self) -> [(&'static str, i64); 7] {
        [
            ("issued", self.issued),
            ("void", self.void),
            ("valid", self.valid),
            ("satisfied", self.satisfied),
            ("very_satisfied", self.very_satisfied),
            ("assisted", self.assisted),
            ("proxy", self.proxy),
        ]
    }

    fn differences(&self, counted: &Totals) -> Vec<SurveyFault> {
        let pairs = self.named().into_iter().zip(counted.named());
        let differ = pairs.filter(|((_, told), (_, counted))| told != counted);
        differ.map(|((name, told), (_, counted))| SurveyFault::TotalDiffers(name, told, counted)).collect()
    }

    fn value(&self) -> Value {
        let pairs = self.named().into_iter().map(|(name, number)| (name.to_owned(), json!(number)));
        Value::Object(pairs.collect::<Map<String, Value>>())
    }

    fn of(value: &Value) -> Option<Self> {
        let number = |name: &str| value.get(name)?.as_i64();
        Some(Self {
            issued: number("issued")?,
            void: number("void")?,
            valid: number("valid")?,
            satisfied: number("satisfied")?,
            very_satisfied: number("very_satisfied")?,
            assisted: number("assisted")?,
            proxy: number("proxy")?,
        })
    }
}

fn length<T>(items: impl Iterator<Item = T>) -> i64 {
    i64::try_from(items.count()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::{CardCode, CardKey};
    use super::*;
    use proptest::prelude::*;

    const CONTRACT: &str = "NJGZ-HT-2014-001";

    fn key(number: u8) -> CardKey {
        CardKey::of(&CardCode::new([number; 16]), CONTRACT)
    }

    fn answer(card: u8, overall: i64) -> PublishedAnswer {
        let answers: Answers = [(OVERALL.to_owned(), overall), (IS_PROXY.to_owned(), 0)].into();
        let ballot = Ballot { contract: CONTRACT.to_owned(), answers, nonce: format!("{card:032}") };
        let signature = key(card).sign(&ballot);
        let (means, on) = ("signed".to_owned(), "2014-12-01".to_owned());
        PublishedAnswer {
            public_key: key(card).public(),
            answers: ballot.answers,
            nonce: ballot.nonce,
            signature,
            means,
            on,
        }
    }

    fn survey(cards: u8, answers: Vec<PublishedAnswer>) -> Published {
        let list = KeyList::new(CONTRACT, (0..cards).map(|card| key(card).public()));
        let mut survey = Published {
            contract: CONTRACT.to_owned(),
            round: "final".to_owned(),
            root: list.root().hex(),
            keys: list.keys().to_vec(),
            void: Vec::new(),
            answers,
            totals: Totals::default(),
        };
        survey.totals = survey.counted();
        survey
    }

    #[test]
    fn a_sound_survey_holds_and_reads_back() {
        let survey = survey(4, vec![answer(0, 5), answer(3, 2)]);
        assert_eq!(survey.faults(), Vec::new());
        assert_eq!((survey.totals.satisfied, survey.totals.valid), (1, 2));
        assert_eq!(Published::of(&survey.value()), Some(survey));
        assert_eq!(Published::of(&json!({"v": SCHEME})), None);
    }

    #[test]
    fn every_way_to_cheat_is_named() {
        let sound = survey(3, vec![answer(0, 5), answer(1, 1)]);
        let stuffed = Published { answers: vec![answer(9, 5), answer(1, 1)], ..sound.clone() };
        assert_eq!(stuffed.faults(), [SurveyFault::StrangeCard(key(9).public())]);
        let mut turned = sound.clone();
        turned.answers[1].answers.insert(OVERALL.to_owned(), 5);
        assert!(turned.faults().contains(&SurveyFault::NotSigned(key(1).public())));
        assert!(turned.faults().contains(&SurveyFault::TotalDiffers("satisfied", 1, 2)));
        let twice = Published { answers: vec![answer(0, 5), answer(0, 5)], ..sound.clone() };
        assert!(twice.faults().contains(&SurveyFault::AnsweredTwice(key(0).public())));
        let grown = Published { keys: survey(4, Vec::new()).keys, ..sound.clone() };
        assert!(grown.faults().contains(&SurveyFault::RootDiffers));
        let void = Published { void: vec![key(0).public()], ..sound };
        assert!(void.faults().contains(&SurveyFault::StrangeCard(key(0).public())));
    }

    proptest! {
        #[test]
        fn the_totals_are_those_of_distinct_used_keys(marks in proptest::collection::vec(1_i64..=5, 0..12)) {
            let answers = marks.iter().zip(0_u8..).map(|(mark, card)| answer(card, *mark)).collect();
            let survey = survey(12, answers);
            let distinct: BTreeSet<&String> = survey.answers.iter().map(|one| &one.public_key).collect();
            prop_assert_eq!(length(distinct.iter()), survey.totals.valid);
            prop_assert_eq!(survey.faults(), Vec::new());
        }
    }
}
