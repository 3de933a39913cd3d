//! Examples of penalties and of what stands before and after a yearly report: the item of the regulation with the range of
//! a fine, the relief of the profiles, the word of the supervising unit, a charity without charitable work.

use domain::kernel::{Coded, Fen};
use domain::registry::charity::idle::{ReportedYear, idle_years};
use domain::registry::credit::penalty_case::LastDays;
use domain::registry::credit::{
    FineBase, Illegal, Measure, Penalty, PenaltyFacts, PenaltyKind, PenaltyStage, PriorNotice, Sanction,
    StatementKind,
};
use domain::registry::inspection::unit::Unit;
use domain::registry::registration::relief;
use domain::registry::registration::threshold::Profile;
use domain::registry::{Offence, OrganisationKind};

use super::row::{Answer, Fault, Kind, Law, Row, coded, none_of, number};

/// The kinds of this family.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "penalty-item",
        columns: &["on", "kind", "offence", "turnover", "gains", "goes by", "penalty", "verdict"],
        answer: item,
    },
    Kind {
        name: "penalty-notice",
        columns: &["told", "penalty", "confiscated", "answer", "decided", "imposed", "verdict"],
        answer: noticed,
    },
    Kind { name: "profile-relief", columns: &["on", "profile", "asked"], answer: relieved },
    Kind { name: "report-unit", columns: &["kind", "bureau", "other unit", "asked"], answer: asked },
    Kind { name: "charity-idle", columns: &["on", "since", "reported", "must end"], answer: idle },
];

/// The penalty as `warning`, `fine 30000`, `suspension` or `suspension 30000`; amounts in yuan.
fn item(law: &Law, row: &Row<'_>) -> Answer {
    let words = row.text("penalty")?;
    let (kind, amount) = words.split_once(' ').unwrap_or((words, "0"));
    let (on, kind): (_, PenaltyKind) = (row.date("on")?, coded(kind)?);
    let until = (kind == PenaltyKind::Suspension).then_some(on);
    let penalty = Penalty { kind, amount: Fen::yuan(number(amount)?), imposed_on: on, until };
    let yuan = |column| match row.text(column)? {
        "" => Ok(Fen::ZERO),
        text => number(text).map(Fen::yuan),
    };
    let (of, offence): (OrganisationKind, Offence) = (row.coded("kind")?, row.coded("offence")?);
    let sanction = Sanction {
        offence,
        of,
        illegal: Illegal { turnover: yuan("turnover")?, gains: yuan("gains")? },
        base: FineBase::from_code(row.text("goes by")?),
        evidence: "示例",
        mend_by: None,
        replaced: "",
    };
    none_of(sanction.faults(&penalty, row.rules(law)?))?;
    let place = offence.place(of).map_or_else(String::new, |place| {
        format!("art. {}, item {}; ", place.article, place.item.unwrap_or(0))
    });
    let confiscated = sanction.confiscated();
    Ok(format!("{place}{confiscated} confiscated"))
}

/// A penalty as `warning`, `fine 30000` or `suspension 30`: in yuan, or in days of the stop.
fn measure(words: &str) -> Result<Measure, Fault> {
    let (kind, count) = words.split_once(' ').unwrap_or((words, "0"));
    let (kind, count): (PenaltyKind, i64) = (coded(kind)?, number(count)?);
    let is_stop = kind == PenaltyKind::Suspension;
    let amount = if is_stop { Fen::ZERO } else { Fen::yuan(count) };
    Ok(Measure { kind, amount, stop_days: is_stop.then_some(count) })
}

/// What a notice of that day sets as last days, how it was answered, and whether the decision stands. An answer is given
/// on the day of the notice; `heard` is a hearing that was held.
fn noticed(law: &Law, row: &Row<'_>) -> Answer {
    let (told, decided) = (row.date("told")?, row.date("decided")?);
    let (penalty, imposed) = (measure(row.text("penalty")?)?, measure(row.text("imposed")?)?);
    let confiscated = Fen::yuan(number(row.text("confiscated")?)?);
    let rules = law.book.on(told);
    let gives_hearing = penalty.gives_hearing(confiscated, rules);
    let days = LastDays::of(rules, &law.calendar, told, gives_hearing)?;
    let (kind, is_heard): (Option<StatementKind>, bool) = match row.text("answer")? {
        "" => (None, false),
        "heard" => (Some(StatementKind::Hearing), true),
        word => (Some(coded(word)?), false),
    };
    let waiting = PenaltyFacts {
        is_own: true,
        stage: PenaltyStage::Noticed,
        proposed_by: None,
        noticed_by: None,
        notice: PriorNotice { answer_by: Some(days.answer_by), statement: None, heard_on: None },
        hearing_by: days.hearing_by,
        hearing_on: None,
    };
    if let Some(kind) = kind {
        waiting.may_be_answered(kind, told)?;
    }
    let notice = PriorNotice { statement: kind, heard_on: is_heard.then_some(decided), ..waiting.notice };
    let stage = if kind.is_some() { PenaltyStage::Stated } else { PenaltyStage::Noticed };
    PenaltyFacts { stage, notice, ..waiting }.may_be_imposed(None, decided)?;
    let is_stated = kind.is_some_and(|kind| kind != StatementKind::Waived);
    none_of(imposed.heavier_than(&penalty, is_stated))?;
    let hearing = days.hearing_by.map_or_else(|| "no hearing".to_owned(), |day| format!("hearing by {day}"));
    Ok(format!("stands; answer by {}, {hearing}", days.answer_by))
}

fn relieved(law: &Law, row: &Row<'_>) -> Answer {
    let (profile, rules): (Profile, _) = (row.coded("profile")?, row.rules(law)?);
    let [staff, shareable, _] = relief::rows(profile);
    let (staff, shareable) = (rules.number(staff), rules.number(shareable) > 0);
    let premises = if shareable { "may be shared" } else { "an officer looks" };
    let own = relief::needs_account(profile, rules);
    let account = if own { "its own, filed after the certificate" } else { "may be kept by another" };
    Ok(format!("staff {staff}; premises {premises}; account {account}"))
}

fn asked(_: &Law, row: &Row<'_>) -> Answer {
    let today = "2026-05-01".parse().map_err(|_| Fault::Unreadable("a day".to_owned()))?;
    let (is_bureau, is_known) = (row.is("bureau")?, row.is("other unit")?);
    let unit = Unit { kind: row.coded("kind")?, is_bureau, is_known, today };
    Ok(match (unit.is_asked(), unit.is_reported_to()) {
        (false, _) => "nothing",
        (true, true) => "its preliminary opinion, with its day",
        (true, false) => "its consent",
    }
    .to_owned())
}

/// Reports as `2024 0 0`: the year, how many activities, how many yuan were spent on them.
fn idle(law: &Law, row: &Row<'_>) -> Answer {
    let mut reported = Vec::new();
    for words in row.list("reported", ',')? {
        let parts: Vec<&str> = words.split_whitespace().collect();
        let [year, activities, spent] = parts[..] else {
            return Err(Fault::Unreadable(words.to_owned()));
        };
        reported.push(ReportedYear {
            year: number(year)?,
            activities: Some(number(activities)?),
            spent: Some(Fen::yuan(number(spent)?)),
        });
    }
    let found = idle_years(&reported, row.date("since")?, row.rules(law)?);
    Ok(found.map_or_else(|| "no".to_owned(), |years| format!("{} to {}", years.first, years.last)))
}
