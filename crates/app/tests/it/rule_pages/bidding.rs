//! Examples of scoring tables, sealed bids, openings, too few bids and eligibility.

use app::tendering::bid_content::MEMBERS_MAX;
use domain::kernel::{BidId, CreditCode, Finding, Level, OrganisationId, PersonId};
use domain::registry::relation::related_across;
use domain::registry::standing::eligibility;
use domain::registry::{
    CreditListing, InspectionResult, Legal, OrganisationKind, OrganisationStatus, Party, Purchase, Relation,
    Standing,
};
use domain::tendering::consortium::{self, ConsortiumRule, Joined, Joint};
use domain::tendering::opening::{self, AtDeadline, OpeningDecision};
use domain::tendering::qualification::{self, Outcome, Verdict};
use domain::tendering::scoring_table::{self, Criterion, RoundingRule, ScoringTable, TieRule};
use domain::tendering::stage::Stage;
use domain::tendering::{bid, session};

use super::row::{Answer, Fault, Kind, Law, PROCEDURE, Row, coded, none_of, number};

/// The kinds of this family.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "scoring-table",
        columns: &["on", "fixed price", "criteria", "verdict"],
        answer: table_verdict,
    },
    Kind { name: "bid-price", columns: &["ceiling", "price", "verdict"], answer: bid_price },
    Kind { name: "hand-in", columns: &["stage", "deadline", "now", "verdict"], answer: hand_in },
    Kind { name: "in-the-room", columns: &["opener", "present", "panel", "verdict"], answer: in_the_room },
    Kind {
        name: "opening",
        columns: &["deadline", "now", "bids", "extensions", "what happens"],
        answer: at_deadline,
    },
    Kind {
        name: "qualified",
        columns: &["on", "opened", "qualified", "extensions", "what follows"],
        answer: qualified,
    },
    Kind { name: "eligibility", columns: &["on", "facts", "verdict"], answer: eligible },
    Kind {
        name: "consortium",
        columns: &["documents", "members", "agreement", "liability", "verdict"],
        answer: may_bid_as_one,
    },
    Kind { name: "one-bid-each", columns: &["bids", "barred"], answer: one_bid_each },
    Kind { name: "related-bidders", columns: &["first", "second", "verdict"], answer: related },
];

/// Criteria as `quality 服务方案 60, price 价格 10`: kind, name, whole points.
pub fn table(criteria: &[&str], tie_rule: TieRule, is_price_fixed: bool) -> Result<ScoringTable, Fault> {
    let mut lines = Vec::new();
    for (words, position) in criteria.iter().zip(1..) {
        let [kind, name, points] = words.split_whitespace().collect::<Vec<_>>()[..] else {
            return Err(Fault::Unreadable(format!("{words:?} is not kind, name and points")));
        };
        let kind = coded(kind)?;
        let name = name.to_owned();
        lines.push(Criterion { position, name, kind, weight_points: number(points)?, is_objective: false });
    }
    Ok(ScoringTable { criteria: lines, tie_rule, rounding_rule: RoundingRule::HalfUp, is_price_fixed })
}

fn table_verdict(law: &Law, row: &Row<'_>) -> Answer {
    let table = table(&row.list("criteria", ',')?, TieRule::Lot, row.is("fixed price")?)?;
    none_of(scoring_table::problems(&table, PROCEDURE, row.rules(law)?))?;
    Ok("may be published".to_owned())
}

fn bid_price(_: &Law, row: &Row<'_>) -> Answer {
    bid::check_price(row.yuan("price")?, row.yuan("ceiling")?)?;
    Ok("accepted".to_owned())
}

fn hand_in(_: &Law, row: &Row<'_>) -> Answer {
    bid::may_submit(row.coded("stage")?, row.moment("deadline")?, row.moment("now")?)?;
    Ok("accepted".to_owned())
}

fn in_the_room(_: &Law, row: &Row<'_>) -> Answer {
    let mut known: Vec<&str> = vec![row.text("opener")?];
    let mut person = |name| {
        let place = known.iter().position(|other| *other == name).unwrap_or_else(|| {
            known.push(name);
            known.len() - 1
        });
        PersonId(i64::try_from(place).unwrap_or(i64::MAX))
    };
    let opener = person(row.text("opener")?);
    let present: Vec<PersonId> = row.list("present", ',')?.into_iter().map(&mut person).collect();
    let panel: Vec<PersonId> = row.list("panel", ',')?.into_iter().map(person).collect();
    session::opening_roll_call(opener, &present, &panel)?;
    Ok("may begin".to_owned())
}

fn at_deadline(law: &Law, row: &Row<'_>) -> Answer {
    let (deadline, now) = (row.moment("deadline")?, row.moment("now")?);
    let (bids, extensions) = (row.number("bids")?, row.number("extensions")?);
    let tender = AtDeadline { stage: Stage::Bidding, deadline, bids, extensions };
    let rules = law.book.on(deadline.date());
    Ok(match opening::decide(now, tender, PROCEDURE, rules, &law.calendar)? {
        OpeningDecision::Open(_) => "opens".to_owned(),
        OpeningDecision::Extend { deadline, .. } => {
            let (hour, minute) = deadline.hour_minute();
            format!("extended to {} {hour:02}:{minute:02}", deadline.date())
        }
        OpeningDecision::Fail { bids, needed } => format!("fails: {bids} of {needed}"),
    })
}

fn qualified(law: &Law, row: &Row<'_>) -> Answer {
    let (opened, qualified): (i64, i64) = (row.number("opened")?, row.number("qualified")?);
    let bids: Vec<BidId> = (1..=opened).map(BidId).collect();
    let verdict = |bid: &BidId| Verdict {
        bid: *bid,
        is_qualified: bid.0 <= qualified,
        reason: "不符合条件".to_owned(),
    };
    let verdicts: Vec<Verdict> = bids.iter().map(verdict).collect();
    let extensions = row.number("extensions")?;
    Ok(match qualification::conclude(&bids, &verdicts, extensions, PROCEDURE, row.rules(law)?)? {
        Outcome::Review(bids) => format!("review of {}", bids.len()),
        Outcome::Fail { left, needed } => format!("fails: {left} of {needed}"),
    })
}

/// Changes one fact of a sound organisation; `true` when the purchase excludes affiliates or it designed it.
fn change(standing: &mut Standing, fact: &str, purchase: &mut (bool, bool)) -> Result<(), Fault> {
    let (name, value) = fact.split_once('=').unwrap_or((fact, ""));
    let date = |text| domain::kernel::parse_date(text).map_err(Fault::from);
    match name {
        "kind" => standing.kind = coded(value)?,
        "legal" => standing.legal = coded(value)?,
        "status" => standing.status = coded(value)?,
        "inspection" => standing.inspection = coded(value)?,
        "listing" => standing.listing = coded(value)?,
        "violation" => standing.last_major_violation = Some(date(value)?),
        "banned-until" => standing.banned_until = Some(date(value)?),
        "no-valid-code" => standing.has_valid_code = false,
        "fully-funded" => standing.is_fully_funded = true,
        "bureau-supervised" => standing.supervised_by_bureau = true,
        "item-excludes-affiliates" => purchase.0 = true,
        "designed-the-requirement" => purchase.1 = true,
        _ => return Err(Fault::Unreadable(format!("no fact {name:?}"))),
    }
    Ok(())
}

fn eligible(law: &Law, row: &Row<'_>) -> Answer {
    let mut standing = Standing {
        organisation: OrganisationId(1),
        kind: OrganisationKind::SocialServiceInstitution,
        legal: Legal::Registered,
        status: OrganisationStatus::Active,
        has_valid_code: true,
        inspection: InspectionResult::Pass,
        listing: CreditListing::None,
        supervised_by_bureau: false,
        is_fully_funded: false,
        last_major_violation: None,
        banned_until: None,
        relations: Vec::new(),
    };
    let mut of_purchase = (false, false);
    for fact in row.list("facts", ',')? {
        change(&mut standing, fact, &mut of_purchase)?;
    }
    let (excludes_affiliates, is_designer) = of_purchase;
    let designers = if is_designer { vec![standing.organisation] } else { Vec::new() };
    let purchase = Purchase { excludes_affiliates, designers: &designers };
    let judged = eligibility(&standing, &purchase, row.date("on")?, row.rules(law)?);
    judged.require()?;
    Ok(with_warnings("eligible", &judged.findings))
}

fn with_warnings(verdict: &str, findings: &[Finding]) -> String {
    let warnings = findings.iter().filter(|finding| finding.level == Level::Warn);
    warnings.fold(verdict.to_owned(), |words, warning| {
        format!("{words}, warning: {} ({})", warning.code, warning.rule)
    })
}

/// Who stands behind a bidder, as `person_in_charge 王某某, controller 第二家`.
fn relations(row: &Row<'_>, column: &str) -> Result<Vec<Relation>, Fault> {
    let mut relations = Vec::new();
    for words in row.list(column, ',')? {
        let (kind, party) = words.split_once(' ').unwrap_or((words, ""));
        let party = match party {
            "the-first" => Party::Organisation(OrganisationId(1)),
            "the-second" => Party::Organisation(OrganisationId(2)),
            name => Party::Body(name.to_owned()),
        };
        relations.push(Relation { kind: coded(kind)?, party });
    }
    Ok(relations)
}

fn may_bid_as_one(_: &Law, row: &Row<'_>) -> Answer {
    let count: u32 = row.number("members")?;
    let code = |number| CreditCode::derive('5', '2', "320100", &format!("{number:08}"));
    let members = (1..=count).filter_map(code).map(|code| code.as_str().to_owned()).collect();
    let joint =
        Joint { members, has_agreement: row.is("agreement")?, accepts_liability: row.is("liability")? };
    none_of(consortium::problems(&joint, row.coded::<ConsortiumRule>("documents")?, MEMBERS_MAX))?;
    Ok("may bid as one".to_owned())
}

/// Bids as `1+2; 3+(4)`: the lead first, in brackets a member that has not joined by its own word.
fn one_bid_each(_: &Law, row: &Row<'_>) -> Answer {
    let mut bids = Vec::new();
    for bid in row.list("bids", ';')? {
        let mut parties = bid.split('+').map(str::trim);
        let lead: i64 = number(parties.next().unwrap_or_default())?;
        let mut members = Vec::new();
        for member in parties {
            let plain = member.trim_matches(['(', ')']);
            members.push((OrganisationId(number(plain)?), plain == member));
        }
        bids.push(Joined { bid: BidId(lead), lead: OrganisationId(lead), members });
    }
    let barred = bids.iter().zip(consortium::findings(&bids)).filter_map(|(bid, found)| {
        let bar = found.iter().find(|finding| finding.level == Level::Barred)?;
        Some(format!("{}: {} ({})", bid.lead.0, bar.code, bar.rule))
    });
    let barred: Vec<String> = barred.collect();
    Ok(if barred.is_empty() { "nobody".to_owned() } else { barred.join("; ") })
}

fn related(_: &Law, row: &Row<'_>) -> Answer {
    let first = vec![(OrganisationId(1), relations(row, "first")?)];
    let second = vec![(OrganisationId(2), relations(row, "second")?)];
    let related = related_across(&[first, second]).into_iter();
    let findings: Vec<Finding> = related.map(|(_, _, pair)| pair.finding).collect();
    findings.iter().find_map(Finding::refusal).map_or(Ok(()), Err)?;
    Ok(with_warnings("both may bid", &findings))
}
