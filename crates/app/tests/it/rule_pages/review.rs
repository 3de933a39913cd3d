//! Examples of panels, recusal, the draw, scores, ranking and low prices.

use domain::kernel::{BidId, Coded, Fen, Finding, OfficeId, OrganisationId, PersonId, SeatId};
use domain::tendering::expert::{self, PoolRecord};
use domain::tendering::low_price;
use domain::tendering::panel::{self, Seat, SeatKind, Task};
use domain::tendering::ranking::{self, Scored};
use domain::tendering::recusal::{self, Tie};
use domain::tendering::score::{self, Correction, Entry, Sheet};
use domain::tendering::scoring_table::{Criterion, CriterionKind};
use evidence::draw::{self, Need, PoolEntry};

use super::bidding::table;
use super::row::{Answer, Fault, Kind, Law, PROCEDURE, Row, coded, hundredths, none_of};

/// The kinds of this family.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "panel-size",
        columns: &["on", "budget", "weighty", "members at least"],
        answer: panel_size,
    },
    Kind { name: "panel-experts", columns: &["on", "members", "experts at least"], answer: panel_experts },
    Kind { name: "panel", columns: &["on", "budget", "seats", "verdict"], answer: panel_verdict },
    Kind { name: "recusal", columns: &["on", "tie", "ended", "verdict"], answer: recused },
    Kind { name: "pool", columns: &["on", "born", "title", "last bad record", "verdict"], answer: pool },
    Kind { name: "draw-day", columns: &["review", "drawn", "verdict"], answer: draw_day },
    Kind { name: "ticket", columns: &["seed", "code", "ticket"], answer: ticket },
    Kind { name: "draw", columns: &["seed", "pool", "seats", "called"], answer: draw_result },
    Kind {
        name: "score",
        columns: &["on", "weight", "objective", "points", "reason", "verdict"],
        answer: entry,
    },
    Kind { name: "deviation", columns: &["on", "points of the members", "remarked"], answer: deviation },
    Kind {
        name: "correction-of-score",
        columns: &["ground", "weight", "objective", "before", "after", "others", "majority", "verdict"],
        answer: correction,
    },
    Kind { name: "price-score", columns: &["on", "lowest", "price", "weight", "score"], answer: price_score },
    Kind { name: "ranking", columns: &["on", "criteria", "tie rule", "bids", "ranking"], answer: rank },
    Kind { name: "low-price", columns: &["on", "ceiling", "bids", "must explain"], answer: low_prices },
    Kind { name: "explanation", columns: &["asked", "answered", "now", "verdict"], answer: explanation },
];

fn panel_size(law: &Law, row: &Row<'_>) -> Answer {
    let task = Task { office: OfficeId(1), budget: row.yuan("budget")?, is_weighty: row.is("weighty")? };
    Ok(panel::members_needed(&task, PROCEDURE, row.rules(law)?).to_string())
}

fn panel_experts(law: &Law, row: &Row<'_>) -> Answer {
    Ok(panel::experts_needed(row.number("members")?, PROCEDURE, row.rules(law)?).to_string())
}

/// Seats as words: `expert`, `purchaser`, with `chair`, `own-office`, or a post such as `finance`.
fn seats(words: &[&str]) -> Result<Vec<Seat>, Fault> {
    let mut seats = Vec::new();
    for (words, id) in words.iter().zip(1..) {
        let mut words = words.split_whitespace();
        let kind: SeatKind = coded(words.next().unwrap_or_default())?;
        let office = (kind == SeatKind::Purchaser).then_some(OfficeId(1));
        let mut seat =
            Seat { seat: SeatId(id), kind, person: PersonId(id), office, posts: Vec::new(), is_chair: false };
        for word in words {
            match word {
                "chair" => seat.is_chair = true,
                "own-office" => seat.office = Some(OfficeId(1)),
                post => seat.posts.push(coded(post)?),
            }
        }
        seats.push(seat);
    }
    Ok(seats)
}

fn panel_verdict(law: &Law, row: &Row<'_>) -> Answer {
    let task = Task { office: OfficeId(1), budget: row.yuan("budget")?, is_weighty: false };
    let seats = seats(&row.list("seats", ',')?)?;
    none_of(panel::problems(&seats, &task, PROCEDURE, row.rules(law)?))?;
    Ok("may sit".to_owned())
}

fn recused(law: &Law, row: &Row<'_>) -> Answer {
    let bidder = OrganisationId(1);
    let tie = Tie { kind: row.coded("tie")?, bidder: Some(bidder), ended: row.optional_date("ended")? };
    let findings = recusal::findings(&[tie], &[bidder], row.date("on")?, row.rules(law)?);
    findings.iter().find_map(Finding::refusal).map_or(Ok(()), Err)?;
    Ok("may sit".to_owned())
}

fn pool(law: &Law, row: &Row<'_>) -> Answer {
    let record = PoolRecord {
        born: row.date("born")?,
        has_title: row.is("title")?,
        last_bad_record: row.optional_date("last bad record")?,
        is_suspended: false,
    };
    let findings = expert::findings(&record, row.date("on")?, row.rules(law)?);
    none_of(findings.iter().filter_map(Finding::refusal).collect())?;
    Ok("may be drawn".to_owned())
}

fn draw_day(law: &Law, row: &Row<'_>) -> Answer {
    let (review, drawn) = (row.date("review")?, row.date("drawn")?);
    panel::check_draw_day(drawn, review, law.book.on(review), &law.calendar)?;
    Ok("in time".to_owned())
}

fn ticket(_: &Law, row: &Row<'_>) -> Answer {
    Ok(draw::ticket(row.text("seed")?, row.text("code")?).hex())
}

/// Codes with `:rule` behind those that a rule keeps out.
fn draw_result(_: &Law, row: &Row<'_>) -> Answer {
    let stratum = "示例".to_owned();
    let entry = |words: &str| {
        let (code, excluded) = words.split_once(':').map_or((words, None), |(code, rule)| (code, Some(rule)));
        let excluded = excluded.map(str::to_owned);
        PoolEntry { code: code.to_owned(), stratum: stratum.clone(), excluded }
    };
    let pool: Vec<PoolEntry> = row.list("pool", ' ')?.into_iter().map(entry).collect();
    let needs = [Need { stratum: stratum.clone(), count: row.number("seats")? }];
    let drawn = draw::draw(row.text("seed")?, &pool, &needs)
        .map_err(|problem| Fault::Unreadable(format!("{problem:?}")))?;
    let told = drawn
        .iter()
        .map(|drawn| format!("{}, in reserve {}", drawn.winners.join(" "), drawn.reserves.join(" ")));
    Ok(told.collect::<Vec<_>>().join("; "))
}

fn criterion(row: &Row<'_>) -> Result<Criterion, Fault> {
    Ok(Criterion {
        position: 1,
        name: "服务方案".to_owned(),
        kind: CriterionKind::Quality,
        weight_points: row.number("weight")?,
        is_objective: row.is("objective")?,
    })
}

fn entry(law: &Law, row: &Row<'_>) -> Answer {
    let entry = Entry {
        position: 1,
        points_hundredths: hundredths(row.text("points")?)?,
        reason: row.text("reason")?.to_owned(),
    };
    score::check_entry(&entry, &criterion(row)?, row.rules(law)?)?;
    Ok("accepted".to_owned())
}

fn deviation(law: &Law, row: &Row<'_>) -> Answer {
    let table = table(&["quality 服务方案 100"], coded("lot")?, true)?;
    let mut sheets = Vec::new();
    for (points, seat) in row.list("points of the members", ',')?.into_iter().zip(1..) {
        let entry = Entry { position: 1, points_hundredths: hundredths(points)?, reason: String::new() };
        sheets.push(Sheet { seat: SeatId(seat), bid: BidId(1), entries: vec![entry] });
    }
    let far = score::deviations(&sheets, &table, row.rules(law)?);
    let seats: Vec<String> = far.iter().map(|(_, seat)| format!("member {}", seat.0)).collect();
    Ok(if seats.is_empty() { "none".to_owned() } else { seats.join(", ") })
}

fn correction(_: &Law, row: &Row<'_>) -> Answer {
    let others: Result<Vec<i64>, Fault> = row.list("others", ',')?.into_iter().map(hundredths).collect();
    let correction = Correction {
        ground: row.coded("ground")?,
        before: hundredths(row.text("before")?)?,
        after: hundredths(row.text("after")?)?,
        others: others?,
        has_majority: row.is("majority")?,
        reason: "复核".to_owned(),
    };
    score::correct(&correction, &criterion(row)?)?;
    Ok("allowed".to_owned())
}

fn price_score(law: &Law, row: &Row<'_>) -> Answer {
    let score = ranking::price_score(row.yuan("lowest")?, row.yuan("price")?, row.number("weight")?)?;
    Ok(ranking::published_text(score, row.rules(law)?)?)
}

/// A bid as `甲社 100,000: 81 82 80.5`, with `cultivated` behind the points where it is so. Lots follow the
/// order in which bids are written.
fn scored(words: &str, lot: u8) -> Result<(String, Scored), Fault> {
    let unreadable = || Fault::Unreadable(format!("{words:?} is not name, price and points"));
    let (head, points) = words.split_once(':').ok_or_else(unreadable)?;
    let (name, price) = head.trim().split_once(' ').ok_or_else(unreadable)?;
    let is_cultivated = points.contains("cultivated");
    let points = points.split_whitespace().filter(|word| *word != "cultivated").map(hundredths);
    let scored = Scored {
        bid: BidId(i64::from(lot)),
        price: Fen::parse_yuan(price)?,
        member_hundredths: points.collect::<Result<_, _>>()?,
        is_cultivated,
        lot: [lot; 32],
    };
    Ok((name.to_owned(), scored))
}

fn rank(law: &Law, row: &Row<'_>) -> Answer {
    let table = table(&row.list("criteria", ',')?, row.coded("tie rule")?, false)?;
    let mut bids = Vec::new();
    for (words, lot) in row.list("bids", ';')?.into_iter().zip(1..) {
        bids.push(scored(words, lot)?);
    }
    let all: Vec<Scored> = bids.iter().map(|(_, scored)| scored.clone()).collect();
    let mut lines = Vec::new();
    for place in ranking::rank(&all, &table)? {
        let name = bids.iter().find(|(_, scored)| scored.bid == place.bid).map_or("", |(name, _)| name);
        let total = ranking::published_text(place.total, row.rules(law)?)?;
        lines.push(format!("{name} {total} by {}", place.decided_by.code()));
    }
    Ok(lines.join("; "))
}

fn low_prices(law: &Law, row: &Row<'_>) -> Answer {
    let mut bids = Vec::new();
    for (price, id) in row.list("bids", ' ')?.into_iter().zip(1..) {
        bids.push((BidId(id), Fen::parse_yuan(price)?));
    }
    let found = low_price::findings(&bids, row.yuan("ceiling")?, row.rules(law)?);
    let told = found.iter().map(|low| {
        let price = bids.iter().find(|(bid, _)| *bid == low.bid).map_or(Fen::ZERO, |(_, price)| *price);
        let tests: Vec<&str> = low.tests.iter().map(|test| test.code()).collect();
        format!("{price}: {}", tests.join(", "))
    });
    let told: Vec<String> = told.collect();
    Ok(if told.is_empty() { "none".to_owned() } else { told.join("; ") })
}

fn explanation(law: &Law, row: &Row<'_>) -> Answer {
    let asked = row.moment("asked")?;
    let rules = law.book.on(asked.date());
    low_price::may_close_explanation(asked, row.is("answered")?, row.moment("now")?, rules)?;
    Ok("may be closed".to_owned())
}
