//! What the benchmark of answers asks of the demo: an open survey, and a signed answer of each of its cards.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;
use app::contracts::{self, Filter};
use app::performance::survey::{self, DrawSample, HandInKeys, StartSurvey};
use app::{City, RequestKey};
use domain::kernel::{Actor, Coded};
use domain::performance::survey::{LedgerLine, Mark, Round};
use evidence::survey::{Answers, Ballot, CardCode, CardKey, KeyList};

use crate::replay::Cast;

/// Answers of the scenario, and some for warming up.
const CARDS: usize = 10_100;

/// Opens a survey on a signed contract and writes its number, then one answer a line as a browser posts it.
pub async fn write(city: &City, cast: &Cast, file: &Path) -> anyhow::Result<()> {
    let signed = contracts::published(city, &Filter::default()).await?;
    let line = signed.first().context("no contract is signed")?;
    let (contract, _) = contracts::by_number(city, &Actor::VISITOR, &line.number).await?;
    let office = cast.offices.iter().find(|office| office.staff.office() == Some(contract.office_id));
    let staff = &office.context("the contract's office has nobody")?.staff;
    let key = RequestKey::None;
    let ledger = (0..300).map(|at| LedgerLine { token: format!("示例{at}"), excluded: None }).collect();
    let (contract_id, beacon) = (contract.id, "示例".to_owned());
    let start = StartSurvey { contract: contract_id, round: Round::Final, ledger, beacon };
    let survey = city.act(staff, &key, &start).await?;
    let beacon_value = "示例".to_owned();
    city.act(staff, &key, &DrawSample { survey, version: 1, beacon_value }).await?;
    let mut keys = Vec::with_capacity(CARDS);
    for _ in 0..CARDS {
        let bytes = city.chance.bytes()?;
        let (secret, _) = bytes.split_at(16);
        keys.push(CardKey::of(&CardCode::new(secret.try_into()?), &line.number));
    }
    let list = KeyList::new(&line.number, keys.iter().map(CardKey::public));
    city.act(staff, &key, &HandInKeys { survey, version: 2, text: list.text() }).await?;
    let open = survey::open_of(city, contract_id).await?.context("the survey is open")?;
    let mut text = format!("{}\n", line.number);
    for (place, key) in keys.iter().enumerate() {
        writeln!(text, "{}", body(&open, key, &line.number, place))?;
    }
    std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}

/// The form of one signed answer.
fn body(open: &survey::SurveyView, key: &CardKey, contract: &str, place: usize) -> String {
    let marks = Mark::ALL;
    let mark = marks.get(place % marks.len()).copied().unwrap_or(Mark::Satisfied);
    let asked = open.questions();
    let mut answers: Answers = asked.iter().map(|one| (one.code().to_owned(), mark.points())).collect();
    answers.insert("is_proxy".to_owned(), 0);
    let nonce = format!("{place:032x}");
    let ballot = Ballot { contract: contract.to_owned(), answers, nonce };
    let fields: String = asked.iter().map(|one| format!("&{}={}", one.code(), mark.code())).collect();
    let (public_key, signature) = (key.public(), key.sign(&ballot));
    format!("public_key={public_key}&nonce={}&signature={signature}{fields}", ballot.nonce)
}
