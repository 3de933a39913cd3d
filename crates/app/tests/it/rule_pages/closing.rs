//! Examples of awards, next candidates, contract terms and the negative list.

use domain::catalogue::negative_list::{self, NegativeListRow, RowAnswer, SignedCheck};
use domain::contracts::milestone::{self, Milestone};
use domain::contracts::supplement;
use domain::contracts::term::{self, LongTermTick, Term};
use domain::kernel::{BidId, Coded, Fen, Finding, Moment, PersonId};
use domain::registry::Eligibility;
use domain::tendering::award::{self, Competition, PassedOver};
use domain::tendering::stage::Stage;

use super::row::{Answer, Fault, Kind, Law, PROCEDURE, Row, coded, none_of};

/// The kinds of this family.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "decision",
        columns: &["ranking", "passed over", "eligible today", "chosen", "verdict"],
        answer: decision,
    },
    Kind {
        name: "award-notice",
        columns: &["published", "now", "open challenges", "verdict"],
        answer: award_notice,
    },
    Kind {
        name: "next-candidate",
        columns: &["ranking", "stage", "falls away", "ground", "reason", "what follows"],
        answer: next_candidate,
    },
    Kind {
        name: "contract-term",
        columns: &["on", "starts", "ends", "conditions", "budget assured", "verdict"],
        answer: contract_term,
    },
    Kind {
        name: "milestones",
        columns: &["price", "starts", "ends", "milestones", "verdict"],
        answer: milestones,
    },
    Kind {
        name: "supplement",
        columns: &["on", "contract", "earlier", "amount", "same content", "verdict"],
        answer: one_more,
    },
    Kind { name: "negative-list", columns: &["item", "rows that apply", "verdict"], answer: may_be_bought },
];

/// Bids by name, in ranked order; a name outside the ranking gets an id that nobody has.
struct Ranking<'a> {
    names: Vec<&'a str>,
}

impl<'a> Ranking<'a> {
    fn of(row: &Row<'a>) -> Result<Self, Fault> {
        Ok(Self { names: row.list("ranking", ',')? })
    }

    fn bid(&self, name: &str) -> BidId {
        let place = self.names.iter().position(|other| *other == name);
        BidId(place.and_then(|place| i64::try_from(place).ok()).unwrap_or(i64::MAX))
    }

    fn order(&self) -> Vec<BidId> {
        self.names.iter().map(|name| self.bid(name)).collect()
    }

    fn name(&self, bid: BidId) -> &'a str {
        let place = usize::try_from(bid.0).ok();
        place.and_then(|place| self.names.get(place)).copied().unwrap_or("")
    }
}

fn decision(_: &Law, row: &Row<'_>) -> Answer {
    let ranking = Ranking::of(row)?;
    let mut passed_over = Vec::new();
    for words in row.list("passed over", ',')? {
        let (name, ground) = words.split_once(' ').unwrap_or((words, ""));
        passed_over.push(PassedOver {
            bid: ranking.bid(name),
            ground: coded(ground)?,
            reason: "书面说明在案".to_owned(),
        });
    }
    let order = ranking.order();
    let competition =
        Competition { stage: Stage::Ranked, order: &order, passed_over: &passed_over, panel: &[] };
    let finding = Finding::required("registry.status-active", "C17", row.is("eligible today")?);
    let eligibility = Eligibility { findings: vec![finding] };
    let chosen = ranking.bid(row.text("chosen")?);
    Ok(award::decide(&competition, chosen, &eligibility, PersonId(1))?.code().to_owned())
}

fn award_notice(law: &Law, row: &Row<'_>) -> Answer {
    let published = row.date("published")?;
    let result = award::result_deadline(published, PROCEDURE, law.book.on(published), &law.calendar)?;
    let stage = award::award(Stage::Publicised, &result, row.number("open challenges")?, row.moment("now")?)?;
    Ok(stage.code().to_owned())
}

fn next_candidate(_: &Law, row: &Row<'_>) -> Answer {
    let ranking = Ranking::of(row)?;
    let order = ranking.order();
    let competition = Competition { stage: row.coded("stage")?, order: &order, passed_over: &[], panel: &[] };
    let current = ranking.bid(row.text("falls away")?);
    let (passed, stage) = award::fall_away(&competition, current, row.coded("ground")?, row.text("reason")?)?;
    let next = award::candidate(&order, &[passed]).map_or("nobody", |bid| ranking.name(bid));
    Ok(format!("{}, next: {next}", stage.code()))
}

fn contract_term(law: &Law, row: &Row<'_>) -> Answer {
    let term = Term { starts: row.date("starts")?, ends: row.date("ends")? };
    let ticks: Vec<LongTermTick> = match row.text("conditions")? {
        "all" => LongTermTick::ALL.to_vec(),
        _ => row.list("conditions", ',')?.into_iter().map(coded).collect::<Result<_, _>>()?,
    };
    term::check(&term, &ticks, row.is("budget assured")?, row.rules(law)?)?;
    Ok(format!("{} months", term.months()))
}

/// Milestones as `中期 2026-06-30 40,000; 末期 …`: name, day, yuan.
fn milestones(_: &Law, row: &Row<'_>) -> Answer {
    let term = Term { starts: row.date("starts")?, ends: row.date("ends")? };
    let mut all = Vec::new();
    for words in row.list("milestones", ';')? {
        let [name, due, amount] = words.split_whitespace().collect::<Vec<_>>()[..] else {
            return Err(Fault::Unreadable(format!("{words:?} is not name, day and yuan")));
        };
        let due = domain::kernel::parse_date(due)?;
        all.push(Milestone { name: name.to_owned(), due, amount: Fen::parse_yuan(amount)? });
    }
    none_of(milestone::problems(&all, row.yuan("price")?, &term))?;
    Ok("fits".to_owned())
}

fn one_more(law: &Law, row: &Row<'_>) -> Answer {
    let mut earlier = Vec::new();
    for amount in row.list("earlier", ';')? {
        earlier.push(Fen::parse_yuan(amount)?);
    }
    let is_same = row.is("same content")?;
    supplement::check(row.yuan("contract")?, &earlier, row.yuan("amount")?, is_same, row.rules(law)?)?;
    Ok("allowed".to_owned())
}

fn may_be_bought(_: &Law, row: &Row<'_>) -> Answer {
    let applying: Vec<NegativeListRow> =
        row.list("rows that apply", ',')?.into_iter().map(coded).collect::<Result<_, _>>()?;
    let answer = |row: &NegativeListRow| RowAnswer {
        row: *row,
        applies: applying.contains(row),
        reason: "逐条核对".to_owned(),
    };
    let signed = SignedCheck {
        answers: NegativeListRow::ALL.iter().map(answer).collect(),
        signer: PersonId(1),
        signed_at: Moment(0),
    };
    negative_list::check(&[row.text("item")?], &signed)?;
    Ok("may be bought".to_owned())
}
