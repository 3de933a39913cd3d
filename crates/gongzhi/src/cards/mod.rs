//! `gongzhi cards`: what a street office does without any server, and what anyone does with a published survey.
//!
//! Issuing writes two files: the public keys to hand in, sorted, and a sheet of cards to print and cut. The
//! codes stand on the sheet alone: print it, put each card into an envelope of its own, let recipients draw
//! the envelopes themselves, and delete the sheet.

mod sheet;

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use app::Chance;
use clap::{Args, Subcommand};
use domain::performance::survey::Round;
use evidence::survey::{CardCode, CardKey, KeyList, Published, SurveyFault};

use self::sheet::Sheet;
use crate::Answer;

/// More cards than any contract has recipients.
const COUNT_MAX: i64 = 20_000;

#[derive(Subcommand)]
pub enum Command {
    /// Make cards for the recipients of a contract; works without the server.
    #[command(
        after_help = "Example: gongzhi cards issue --contract NJGZ-HT-2014-001 --count 40 --site https://gongzhi.example --out cards"
    )]
    Issue(IssueOptions),
    /// Recount a published survey: cards, signatures, totals.
    #[command(after_help = "Example: gongzhi cards verify satisfaction.json")]
    Verify(VerifyOptions),
}

#[derive(Args)]
pub struct IssueOptions {
    /// The contract's public number.
    #[arg(long, value_name = "NO")]
    contract: String,
    /// Which survey of the contract: midterm, yearly-1 and so on, or final; printed on each card, and no other takes them.
    #[arg(long, value_name = "ROUND", value_parser = round)]
    round: Option<Round>,
    /// How many cards: the sample and some for those who step in.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..=COUNT_MAX))]
    count: i64,
    /// Folder for the two files; existing files are never overwritten.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The site's address, for the QR code; without it the cards carry the typed way alone.
    #[arg(long, value_name = "ADDRESS", env = "GONGZHI_SITE")]
    site: Option<String>,
    /// Name of the service, printed on each card.
    #[arg(long, value_name = "TEXT")]
    service: Option<String>,
}

#[derive(Args)]
pub struct VerifyOptions {
    /// The JSON file from the contract's satisfaction page.
    file: PathBuf,
}

/// Runs the command.
pub fn run(command: Command) -> Answer {
    match command {
        Command::Issue(options) => issue(&options),
        Command::Verify(options) => verify(&options.file),
    }
}

fn round(text: &str) -> Result<Round, String> {
    Round::from_code(text).ok_or_else(|| "a round is midterm, yearly-1 and so on, or final".to_owned())
}

fn issue(options: &IssueOptions) -> Answer {
    let is_number = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if options.contract.is_empty() || !options.contract.chars().all(is_number) {
        bail!("{:?} is no contract number", options.contract);
    }
    let site = options.site.as_deref().map(|site| site.trim_end_matches('/'));
    if site.is_some_and(|site| !site.starts_with("https://") && !site.starts_with("http://")) {
        bail!("--site is a whole address, such as https://gongzhi.example");
    }
    let chance = Chance::system();
    let mut codes = Vec::new();
    for _ in 0..options.count {
        let bytes = chance.bytes()?;
        let (secret, _) = bytes.split_at(16);
        codes.push(CardCode::new(secret.try_into().context("sixteen bytes")?));
    }
    let mut list = KeyList::new(
        &options.contract,
        codes.iter().map(|code| CardKey::of(code, &options.contract).public()),
    );
    let round = options.round.map(|round| round.to_string());
    if let Some(round) = &round {
        list = list.for_round(round);
    }
    if list.keys().len() != codes.len() {
        bail!("two cards are alike: the source of chance is broken");
    }
    std::fs::create_dir_all(&options.out)
        .with_context(|| format!("cannot make {}", options.out.display()))?;
    let name = KeyList::file_name(&options.contract, round.as_deref());
    let cards = options.out.join(name.replace("keys.txt", "cards.html"));
    let keys = options.out.join(name);
    write_new(&keys, &list.text())?;
    let (contract, service) = (options.contract.as_str(), options.service.as_deref());
    let printed = Sheet { contract, round: options.round, service, site };
    write_new(&cards, &printed.html(&codes))?;
    println!("cards {}", codes.len());
    println!("root {}", list.root());
    println!("hand in {}", keys.display());
    println!("print, then delete {}", cards.display());
    Ok(true)
}

/// A file for its owner alone; an existing one stays as it is.
fn write_new(path: &Path, text: &str) -> anyhow::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).with_context(|| format!("cannot create {}", path.display()))?;
    file.write_all(text.as_bytes())?;
    Ok(file.sync_all()?)
}

fn verify(path: &Path) -> Answer {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let value = serde_json::from_str(&text).with_context(|| format!("{} is no JSON", path.display()))?;
    let survey = Published::of(&value).with_context(|| format!("{} is no survey", path.display()))?;
    println!("contract {} round {}", survey.contract, survey.round);
    for (name, number) in survey.counted().named() {
        println!("{name} {number}");
    }
    let faults = survey.faults();
    for fault in &faults {
        println!("fault: {}", said(fault));
    }
    println!("{}", if faults.is_empty() { "holds" } else { "does not hold" });
    Ok(faults.is_empty())
}

fn said(fault: &SurveyFault) -> String {
    match fault {
        SurveyFault::RootDiffers => "the keys are not those that were committed to".to_owned(),
        SurveyFault::KeyTwice => "a key stands twice, or is none".to_owned(),
        SurveyFault::MoreAnswersThanCards => "there are more answers than cards".to_owned(),
        SurveyFault::StrangeCard(key) => format!("an answer of no card, or of a void one: {key}"),
        SurveyFault::AnsweredTwice(key) => format!("a card answered twice: {key}"),
        SurveyFault::NotSigned(key) => format!("a signature does not fit: {key}"),
        SurveyFault::TotalDiffers(name, told, counted) => {
            format!("{name} is published as {told} and counts {counted}")
        }
    }
}
