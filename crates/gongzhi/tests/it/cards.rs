//! `gongzhi cards`: issued without a server, and a published survey recounted.

use std::path::PathBuf;
use std::process::{Command, Output};

use evidence::survey::{Answers, Ballot, CardCode, CardKey, KeyList, Published, PublishedAnswer, Totals};

use crate::program::printed;

const NUMBER: &str = "NJGZ-HT-2014-001";

fn run(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gongzhi")).args(words).output().expect("the program runs")
}

fn fresh(mark: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("gongzhi-cards-{mark}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

#[test]
fn cards_are_issued_without_a_server_and_their_codes_stand_on_the_sheet_alone() {
    let folder = fresh("issue");
    let out = folder.display().to_string();
    let words = ["cards", "issue", "--contract", NUMBER, "--count", "9", "--out", &out];
    let issued = run(&words);
    assert!(issued.status.success(), "{}", String::from_utf8_lossy(&issued.stderr));
    let keys = std::fs::read_to_string(folder.join(format!("{NUMBER}-keys.txt"))).expect("the keys");
    let sheet = std::fs::read_to_string(folder.join(format!("{NUMBER}-cards.html"))).expect("the sheet");
    let list = KeyList::parse(&keys).expect("a list of keys");
    assert_eq!((list.keys().len(), list.contract.as_str()), (9, NUMBER));
    assert!(printed(&issued).contains(&format!("root {}", list.root())));
    let groups: Vec<&str> =
        sheet.split("<span>").skip(1).filter_map(|part| part.split("</span>").next()).collect();
    let codes: Vec<String> = groups.chunks(7).map(|card| card.join("-")).collect();
    assert_eq!(codes.len(), 9);
    for code in &codes {
        let read = CardCode::parse(code).unwrap_or_else(|fault| panic!("{code}: {fault:?}"));
        assert!(list.keys().contains(&CardKey::of(&read, NUMBER).public()));
        assert!(!printed(&issued).contains(code.as_str()), "no code on the terminal");
    }
    assert_eq!(run(&words).status.code(), Some(2), "existing files stay");
    let wrong = ["cards", "issue", "--contract", "a b", "--count", "1", "--out", &out];
    assert_eq!(run(&wrong).status.code(), Some(2));
    std::fs::remove_dir_all(&folder).expect("the folder goes");
}

#[test]
fn a_published_survey_holds_and_an_altered_one_does_not() {
    let folder = fresh("verify");
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("answers.json");
    let keys: Vec<CardKey> = (0..4).map(|card| CardKey::of(&CardCode::new([card; 16]), NUMBER)).collect();
    let list = KeyList::new(NUMBER, keys.iter().map(CardKey::public));
    let answers: Answers = [("overall".to_owned(), 5), ("is_proxy".to_owned(), 0)].into();
    let ballot = Ballot { contract: NUMBER.to_owned(), answers, nonce: "00".repeat(16) };
    let answer = PublishedAnswer {
        public_key: keys[0].public(),
        signature: keys[0].sign(&ballot),
        answers: ballot.answers,
        nonce: ballot.nonce,
        means: "signed".to_owned(),
        on: "2014-12-01".to_owned(),
    };
    let mut survey = Published {
        contract: NUMBER.to_owned(),
        round: "final".to_owned(),
        root: list.root().hex(),
        keys: list.keys().to_vec(),
        void: Vec::new(),
        answers: vec![answer],
        totals: Totals::default(),
    };
    survey.totals = survey.counted();
    let verify = |text: &str| {
        std::fs::write(&file, text).expect("written");
        run(&["cards", "verify", &file.display().to_string()])
    };
    let text = survey.value().to_string();
    let sound = verify(&text);
    assert!(sound.status.success() && printed(&sound).ends_with("holds\n"), "{}", printed(&sound));
    let turned = verify(&text.replace("\"overall\":5", "\"overall\":4"));
    assert_eq!(turned.status.code(), Some(1));
    assert!(printed(&turned).contains("a signature does not fit"), "{}", printed(&turned));
    assert_eq!(verify("{}").status.code(), Some(2));
    std::fs::remove_dir_all(&folder).expect("the folder goes");
}
