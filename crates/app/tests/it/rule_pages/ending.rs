//! Examples of change and ending: who may ask when, which terms run, what is open, on which grounds an authority ends.

use domain::kernel::{Coded, Finding, Level, RuleKey};
use domain::registry::PaperKind;
use domain::registry::change::{self, Asked, ChangeStanding};
use domain::registry::course::Intake;
use domain::registry::ending::OpenMatters;
use domain::registry::ending::RevocationGround;
use domain::registry::ending::cancellation::{self, Request};
use domain::registry::ending::revocation::{self, Shown};
use domain::registry::ending::surrender::{self, Record, Thing, Way};
use domain::registry::head::{self as who, Declared, Known};

use super::course::course_step;
use super::row::{Answer, Fault, Kind, Law, Row, coded, none_of};

/// The kinds of this family.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "change-application",
        columns: &["on", "item", "consent", "papers", "verdict"],
        answer: application,
    },
    Kind {
        name: "change-head",
        columns: &["kind", "leads another", "lost rights", "serves the state", "register", "verdict"],
        answer: head,
    },
    Kind { name: "change-area", columns: &["typed", "verdict"], answer: area },
    Kind { name: "change-term", columns: &["on", "term", "event", "last day"], answer: term },
    Kind { name: "change-step", columns: &["stage", "intake", "step", "corrected", "next"], answer: step },
    Kind {
        name: "surrender",
        columns: &["on", "end", "decided", "thing", "way", "day", "note", "verdict"],
        answer: given_back,
    },
    Kind {
        name: "cancellation-request",
        columns: &[
            "on",
            "charity",
            "ground arose",
            "group formed",
            "liquidated",
            "why late",
            "remainder",
            "unit",
            "papers",
            "verdict",
        ],
        answer: request,
    },
    Kind {
        name: "liquidation-group",
        columns: &["on", "ground arose", "group formed", "verdict"],
        answer: group,
    },
    Kind {
        name: "open-matters",
        columns: &[
            "contracts",
            "tenders",
            "listings",
            "inspections",
            "rectifications",
            "cases",
            "complaints",
            "verdict",
        ],
        answer: open,
    },
    Kind {
        name: "revocation-ground",
        columns: &["on", "ground", "kind", "registered", "two bad years", "verdict"],
        answer: ground,
    },
];

fn application(law: &Law, row: &Row<'_>) -> Answer {
    let mut papers: Vec<PaperKind> = Vec::new();
    for word in row.list("papers", ',')? {
        papers.push(coded(word)?);
    }
    let consent_on = row.date("consent")?;
    let asked = Asked { item: row.coded("item")?, old: "旧", new: "新", consent_on, papers: &papers };
    none_of(change::faults(&asked, row.date("on")?, row.rules(law)?, &law.calendar))?;
    Ok("may be asked for".to_owned())
}

fn head(_: &Law, row: &Row<'_>) -> Answer {
    let kind = row.coded("kind")?;
    let declared = Declared { leads_other: row.is("leads another")?, lost_rights: row.is("lost rights")? };
    let mut found = who::declared(kind, declared);
    found.push(who::state_officers(row.is("serves the state")?));
    let name = |is_there: bool| is_there.then(|| "示例协会".to_owned());
    let register = row.text("register")?;
    let known = Known { leads: name(register == "by number"), namesake: name(register == "by name") };
    found.extend(who::of_register(kind, &known));
    none_of(found.iter().filter_map(Finding::refusal).collect())?;
    let doubt = found.iter().find(|one| one.level == Level::Warn);
    Ok(doubt
        .map_or_else(|| "may lead".to_owned(), |one| format!("an officer asks: {} ({})", one.code, one.rule)))
}

fn area(_: &Law, row: &Row<'_>) -> Answer {
    match app::registry::area::areas().read(row.text("typed")?) {
        Ok(area) => Ok(area),
        Err(refusal) => none_of(vec![refusal]).map(|()| String::new()),
    }
}

fn term(law: &Law, row: &Row<'_>) -> Answer {
    let rule: RuleKey = row.coded("term")?;
    Ok(row.rules(law)?.deadline(&law.calendar, rule, row.date("event")?)?.due.to_string())
}

fn step(_: &Law, row: &Row<'_>) -> Answer {
    let intake = match row.text("intake")? {
        "" => None,
        word => Some(coded::<Intake>(word)?),
    };
    let standing = ChangeStanding { stage: row.coded("stage")?, intake };
    let word = row.text("step")?;
    let step = course_step(word).ok_or_else(|| Fault::Unreadable(word.to_owned()))?;
    let next = step.from(standing, row.is("corrected")?)?;
    Ok(format!("{} {}", next.stage.code(), next.intake.map_or("", Coded::code)))
}

fn given_back(_: &Law, row: &Row<'_>) -> Answer {
    let things: [(Thing, Way); 1] = [(row.coded("thing")?, row.coded("way")?)];
    let (given_on, decided_on) = (row.date("day")?, row.date("decided")?);
    let record = Record { things: &things, given_on, note: row.text("note")?, decided_on };
    none_of(surrender::faults(&record, surrender::needed(row.coded("end")?), row.date("on")?))?;
    Ok("written down".to_owned())
}

fn request(law: &Law, row: &Row<'_>) -> Answer {
    let mut papers: Vec<PaperKind> = Vec::new();
    for word in row.list("papers", ',')? {
        papers.push(coded(word)?);
    }
    let request = Request {
        is_charity: row.is("charity")?,
        ground_on: row.optional_date("ground arose")?,
        group_on: row.optional_date("group formed")?,
        liquidated_on: row.date("liquidated")?,
        late_why: row.text("why late")?,
        remainder: row.coded("remainder")?,
        recipient: "示例基金会",
        has_unit: row.is("unit")?,
        papers: &papers,
    };
    none_of(cancellation::faults(&request, row.date("on")?, row.rules(law)?, &law.calendar))?;
    Ok("may be asked for".to_owned())
}

fn group(law: &Law, row: &Row<'_>) -> Answer {
    let (arose, formed) = (row.date("ground arose")?, row.date("group formed")?);
    let rules = row.rules(law)?;
    let found = cancellation::group_in_time(arose, formed, rules, &law.calendar)?;
    let last = rules.deadline(&law.calendar, RuleKey::CharityLiquidationDays, arose)?.due;
    let word = if found.level == Level::Met { "in time" } else { "late" };
    Ok(format!("{word}, {last} at the latest"))
}

fn open(_: &Law, row: &Row<'_>) -> Answer {
    let matters = OpenMatters {
        contracts: row.number("contracts")?,
        tenders: row.number("tenders")?,
        listings: row.number("listings")?,
        inspections: row.number("inspections")?,
        rectifications: row.number("rectifications")?,
        cases: row.number("cases")?,
        complaints: row.number("complaints")?,
    };
    none_of(matters.refusals())?;
    Ok("nothing bars".to_owned())
}

fn ground(law: &Law, row: &Row<'_>) -> Answer {
    let ground: RevocationGround = row.coded("ground")?;
    let shown = Shown {
        kind: row.coded("kind")?,
        registered_on: row.date("registered")?,
        is_proposed_by_inspection: row.is("two bad years")?,
    };
    revocation::may_propose(ground, shown, row.date("on")?, row.rules(law)?)?;
    Ok(match ground.place(shown.kind) {
        Some(place) => format!("may be proposed: art. {}, item {}", place.article, place.item.unwrap_or(0)),
        None => "may be proposed".to_owned(),
    })
}
