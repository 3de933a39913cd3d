//! Examples of credit: which ground follows from a penalty, and when a place on a list ends or grows graver.

use domain::kernel::{Coded, Date, Fen, Moment};
use domain::registry::credit::clock::{exits_on, serious_may_end_on, serious_on};
use domain::registry::credit::letter::unreachable_since;
use domain::registry::credit::penalty::ground_of;
use domain::registry::credit::{CreditList, ListingFact, ListingGround, Penalty, PenaltyKind, SpecialLetter};

use super::row::{Answer, Fault, Kind, Law, Row, coded, number};

/// The kinds of this family.
pub const KINDS: &[Kind] = &[
    Kind { name: "penalty-ground", columns: &["on", "penalty", "earlier", "ground"], answer: penalty_ground },
    Kind { name: "listing-clock", columns: &["on", "listed", "what falls due"], answer: listing_clock },
    Kind { name: "special-letters", columns: &["on", "sent", "arose on"], answer: letters },
];

/// `warning`, `fine 50000` or `suspension`.
fn penalty(words: &str, imposed_on: Date) -> Result<Penalty, Fault> {
    let (kind, amount) = words.split_once(' ').unwrap_or((words, "0"));
    let kind: PenaltyKind = coded(kind)?;
    let amount = Fen::yuan(number(amount)?);
    let until = (kind == PenaltyKind::Suspension).then_some(imposed_on);
    Ok(Penalty { kind, amount, imposed_on, until })
}

fn day(text: &str) -> Result<Date, Fault> {
    text.parse().map_err(|_| Fault::Unreadable(format!("{text:?} is no date")))
}

/// The earlier ones as `2024-05-06 warning, 2025-01-02 fine 1000`.
fn penalty_ground(law: &Law, row: &Row<'_>) -> Answer {
    let mut earlier = Vec::new();
    for words in row.list("earlier", ',')? {
        let (on, what) = words.split_once(' ').ok_or_else(|| Fault::Unreadable(words.to_owned()))?;
        earlier.push(penalty(what, day(on)?)?);
    }
    let penalty = penalty(row.text("penalty")?, row.date("on")?)?;
    let ground = ground_of(&penalty, &earlier, row.rules(law)?);
    let list = ground.list().map_or("none", Coded::code);
    Ok(format!("{list}: {}", ground.code()))
}

/// Places as `2026-01-15 warned, 2026-06-03 report_overdue 2026-06-20`: listed, ground, removed.
fn listing_clock(law: &Law, row: &Row<'_>) -> Answer {
    let mut places = Vec::new();
    for words in row.list("listed", ',')? {
        let parts: Vec<&str> = words.split_whitespace().collect();
        let (on, ground) = match parts[..] {
            [on, ground] | [on, ground, _] => (on, ground),
            _ => return Err(Fault::Unreadable(words.to_owned())),
        };
        let ground: ListingGround = coded(ground)?;
        let removed = parts.get(2).map(|on| day(on)).transpose()?;
        places.push(ListingFact {
            list: ground.list().unwrap_or(CreditList::Abnormal),
            ground,
            listed_at: Moment::start_of(day(on)?),
            removed_at: removed.map(Moment::start_of),
        });
    }
    let (rules, now) = (row.rules(law)?, Moment::end_of(row.date("on")?));
    let mut due = Vec::new();
    for place in places.iter().filter(|place| place.removed_at.is_none()) {
        if let Some(on) = exits_on(place, &places, rules) {
            due.push(format!("{} ends on {on}", place.ground.code()));
        }
        if let (CreditList::Serious, Some(on)) = (place.list, serious_may_end_on(place.listed_at, rules)) {
            due.push(format!("{} may end on {on}", place.ground.code()));
        }
    }
    if let Some(on) = serious_on(&places, now, rules) {
        due.push(format!("serious on {on}"));
    }
    Ok(if due.is_empty() { "nothing".to_owned() } else { due.join("; ") })
}

/// Letters as `2026-03-02 2026-03-05`: sent and returned, or sent alone.
fn letters(law: &Law, row: &Row<'_>) -> Answer {
    let mut letters = Vec::new();
    for words in row.list("sent", ',')? {
        let mut parts = words.split_whitespace();
        let sent_on = day(parts.next().unwrap_or_default())?;
        letters.push(SpecialLetter { sent_on, returned_on: parts.next().map(day).transpose()? });
    }
    Ok(unreachable_since(&letters, row.rules(law)?)?.to_string())
}
