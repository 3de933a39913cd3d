//! What a card cannot do: answer twice, elsewhere, after it was made void, or without being one (E2).

use app::performance::survey::{self, AnswerSurvey, Given, HandInKeys, VoidCards};
use app::{City, Error, RequestKey, journal};
use domain::performance::survey::{Mark, Round};
use evidence::survey::{CardKey, KeyList};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use crate::support::on_both;
use crate::surveyed::{self, NUMBER, Surveyed, give, signed_answer, typed};

const NO_KEY: RequestKey = RequestKey::None;

fn code<T: std::fmt::Debug>(answer: Result<T, Error>) -> &'static str {
    match answer {
        Err(Error::Refused(refusal)) => refusal.code,
        Err(Error::Invalid(faults)) => faults[0].code,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

#[tokio::test]
async fn forged_and_strange_cards_are_refused() {
    on_both(async |city| {
        let at = surveyed::open(&city, 120, 40).await;
        let sound = signed_answer(at.survey, 1, Mark::VeryDissatisfied);
        let turned = AnswerSurvey { marks: surveyed::marks(Mark::VerySatisfied), ..sound.clone() };
        assert_eq!(code(give(&city, &turned).await), "performance.signature-false");
        let Given::Signed { public_key, nonce, signature } = sound.given.clone() else { unreachable!() };
        let fresh = "ff".repeat(16);
        let moved =
            Given::Signed { public_key: public_key.clone(), nonce: fresh, signature: signature.clone() };
        let replayed = AnswerSurvey { given: moved, ..sound.clone() };
        assert_eq!(code(give(&city, &replayed).await), "performance.signature-false");
        let other = CardKey::of(&surveyed::code(2), NUMBER).public();
        let borrowed =
            AnswerSurvey { given: Given::Signed { public_key: other, nonce, signature }, ..sound.clone() };
        assert_eq!(code(give(&city, &borrowed).await), "performance.signature-false");
        let unknown = typed(at.survey, 999, Mark::Satisfied);
        assert_eq!(code(give(&city, &unknown).await), "performance.card-unknown");
        for (text, expected) in [
            ("", "performance.card-shape"),
            ("0000-0000-0000-0000-0000-0000-0000", "performance.card-checksum"),
        ] {
            let misread = AnswerSurvey { given: Given::Code(text.to_owned()), ..sound.clone() };
            assert_eq!(code(give(&city, &misread).await), expected);
        }
        let missing = AnswerSurvey { marks: Vec::new(), ..sound.clone() };
        assert_eq!(code(give(&city, &missing).await), "performance.survey-unanswered");
        let provider = AnswerSurvey { asker: Some(at.planted.organisation), ..sound.clone() };
        assert_eq!(code(give(&city, &provider).await), "performance.survey-provider");
        let first = give(&city, &sound).await.expect("answered");
        for later in [sound, typed(at.survey, 1, Mark::VerySatisfied)] {
            let again = give(&city, &later).await.expect("the receipt again");
            assert_eq!((again.is_repeat, &again.receipt), (true, &first.receipt), "first counts");
        }
        let result = survey::result(&city, at.contract).await.expect("read").expect("a survey");
        assert_eq!((result.valid, result.satisfied), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn keys_come_once_from_their_own_contract_and_before_any_answer() {
    on_both(async |city| {
        let (p, contract) = surveyed::signed(&city).await;
        let survey = city.act(&p.staff, &NO_KEY, &surveyed::start(contract, 120)).await.expect("started");
        let early = give(&city, &typed(survey, 1, Mark::Satisfied)).await;
        assert_eq!(code(early), "performance.survey-not-open");
        let hand_in = |text: String| HandInKeys { survey, version: 1, text };
        let elsewhere = surveyed::keys(40).text().replace(NUMBER, "NJGZ-HT-2014-009");
        for (text, expected) in [
            ("nonsense".to_owned(), "performance.keys-unreadable"),
            (elsewhere, "performance.keys-of-another-contract"),
            (surveyed::keys(29).text(), "performance.keys-too-few"),
        ] {
            assert_eq!(code(city.act(&p.staff, &NO_KEY, &hand_in(text)).await), expected);
        }
        city.act(&p.staff, &NO_KEY, &hand_in(surveyed::keys(40).text())).await.expect("handed in");
        let twice = city.act(&p.staff, &NO_KEY, &hand_in(surveyed::keys(41).text())).await;
        assert_eq!(code(twice), "performance.keys-handed-in");
        let mut half = surveyed::start(contract, 20);
        half.round = Round::Midterm;
        let half = city.act(&p.staff, &NO_KEY, &half).await.expect("started");
        let again = HandInKeys { survey: half, version: 1, text: surveyed::keys(40).text() };
        assert_eq!(code(city.act(&p.staff, &NO_KEY, &again).await), "performance.keys-used");
        // A card made for another contract has another key here.
        let strange =
            KeyList::new("NJGZ-HT-2014-002", [CardKey::of(&surveyed::code(1), "NJGZ-HT-2014-002").public()]);
        assert!(!surveyed::keys(40).keys().contains(&strange.keys()[0]));
    })
    .await;
}

#[tokio::test]
async fn a_void_card_is_silent_and_a_used_one_is_not_made_void() {
    on_both(async |city| {
        let at = surveyed::open(&city, 120, 40).await;
        give(&city, &typed(at.survey, 1, Mark::Satisfied)).await.expect("answered");
        let void = |codes: String| VoidCards { survey: at.survey, codes };
        let used = city.act(&at.planted.staff, &NO_KEY, &void(surveyed::code(1).text())).await;
        assert_eq!(code(used), "performance.void-used");
        for (codes, expected) in [
            (" ".to_owned(), "performance.void-none"),
            ("1234".to_owned(), "performance.void-code"),
            (surveyed::code(999).text(), "performance.void-unknown"),
        ] {
            assert_eq!(code(city.act(&at.planted.staff, &NO_KEY, &void(codes)).await), expected);
        }
        let two = format!("{}\n\n{}\n", surveyed::code(2).text(), surveyed::code(3).text());
        assert_eq!(city.act(&at.planted.staff, &NO_KEY, &void(two)).await, Ok(2));
        let silent = give(&city, &signed_answer(at.survey, 2, Mark::Satisfied)).await;
        assert_eq!(code(silent), "performance.card-void");
        let result = survey::result(&city, at.contract).await.expect("read").expect("a survey");
        assert_eq!((result.issued, result.void, result.valid, result.unused()), (40, 2, 1, 37));
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn sixteen_clients_with_one_card_are_one_answer() {
    on_both(async |city| {
        let at = surveyed::open(&city, 120, 40).await;
        // Four wait already, so that the race crosses a group going on record.
        for card in 10..14 {
            give(&city, &typed(at.survey, card, Mark::Satisfied)).await.expect("answered");
        }
        let clients = (0..16).map(|client| {
            let (city, survey) = (city.clone(), at.survey);
            let mark = if client % 2 == 0 { Mark::VerySatisfied } else { Mark::VeryDissatisfied };
            tokio::spawn(async move {
                let answer =
                    if client % 3 == 0 { typed(survey, 7, mark) } else { signed_answer(survey, 7, mark) };
                give(&city, &answer).await
            })
        });
        let mut answers = Vec::new();
        for client in clients.collect::<Vec<_>>() {
            answers.push(client.await.expect("finished").expect("answered"));
        }
        assert_eq!(answers.iter().filter(|answer| !answer.is_repeat).count(), 1);
        assert!(answers.iter().all(|answer| answer.receipt == answers[0].receipt));
        assert_eq!(faults(&city, &at, 5).await, Vec::<String>::new());
        assert_eq!(journal::verify(&city.db).await.expect("verified"), vec![]);
    })
    .await;
}

#[tokio::test]
async fn totals_are_those_of_distinct_used_keys() {
    on_both(async |city| {
        let at = surveyed::open(&city, 12, 24).await;
        let mut runner = TestRunner::deterministic();
        let visits = proptest::collection::vec((0_u16..24, 0_usize..5, proptest::bool::ANY), 60..90);
        let visits = visits.new_tree(&mut runner).expect("visits").current();
        let mut first = std::collections::BTreeMap::new();
        for (card, mark, is_typed) in visits {
            let mark = <Mark as domain::kernel::Coded>::ALL[mark];
            let answer = if is_typed { typed } else { signed_answer }(at.survey, card, mark);
            let answered = give(&city, &answer).await.expect("answered");
            assert_eq!(answered.is_repeat, first.contains_key(&card), "card {card}");
            first.entry(card).or_insert(mark.points());
        }
        let result = survey::result(&city, at.contract).await.expect("read").expect("a survey");
        let count =
            |least: i64| i64::try_from(first.values().filter(|mark| **mark >= least).count()).expect("few");
        assert_eq!((result.valid, result.satisfied, result.very_satisfied), (count(1), count(4), count(5)));
        let view = survey::one(&city, at.contract, Round::Final).await.expect("the survey");
        let found = survey::published(&city, NUMBER, &view).await.expect("published");
        assert_eq!(found.faults(), Vec::new());
    })
    .await;
}

/// What is wrong with a survey that so many cards have answered: one card, one answer, and whatever a stranger
/// recomputes from what is published.
pub async fn faults(city: &City, at: &Surveyed, cards: i64) -> Vec<String> {
    let view = survey::one(city, at.contract, Round::Final).await.expect("the survey");
    let published = survey::published(city, NUMBER, &view).await.expect("published");
    let mut found: Vec<String> = published.faults().iter().map(|fault| format!("{fault:?}")).collect();
    let valid = survey::result(city, at.contract).await.expect("read").expect("a survey").valid;
    if valid != cards {
        found.push(format!("{valid} answers of {cards} cards"));
    }
    found
}
