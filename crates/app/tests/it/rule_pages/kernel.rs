//! Examples of money, credit codes, working days and terms.

use domain::kernel::{Coded, CreditCode, DayKind, DayStatus, PlanNumber, Ratio, RuleKey};
use domain::tendering::schedule::{self, CorrectionEffect};

use super::row::{Answer, Fault, Kind, Law, PROCEDURE, Row, number};

/// The kinds of this family.
pub const KINDS: &[Kind] = &[
    Kind { name: "capitals", columns: &["yuan", "capitals"], answer: capitals },
    Kind { name: "typed-amount", columns: &["typed", "yuan"], answer: typed_amount },
    Kind { name: "in-wan", columns: &["yuan", "万元"], answer: in_wan },
    Kind { name: "ratio", columns: &["ratio", "part", "whole", "reached"], answer: ratio },
    Kind { name: "plan-number", columns: &["typed", "code, year and serial"], answer: plan_number },
    Kind { name: "credit-code", columns: &["typed", "code and kind"], answer: credit_code },
    Kind { name: "subject-code", columns: &["code", "subject code"], answer: subject_code },
    Kind {
        name: "derived-code",
        columns: &["registrar", "kind", "division", "subject", "code"],
        answer: derived,
    },
    Kind { name: "day", columns: &["date", "is"], answer: day },
    Kind { name: "working-days", columns: &["after", "through", "working days"], answer: working_days },
    Kind { name: "days-after", columns: &["event", "count", "days", "last day"], answer: days_after },
    Kind { name: "term", columns: &["on", "rule", "event", "last day"], answer: term },
    Kind { name: "schedule", columns: &["published", "deadline", "last day for questions"], answer: plan },
    Kind {
        name: "correction",
        columns: &["now", "deadline", "touches bids", "deadline then"],
        answer: correction,
    },
];

fn capitals(_: &Law, row: &Row<'_>) -> Answer {
    Ok(row.yuan("yuan")?.capitals())
}

fn typed_amount(_: &Law, row: &Row<'_>) -> Answer {
    Ok(row.yuan("typed")?.to_string())
}

fn in_wan(_: &Law, row: &Row<'_>) -> Answer {
    let amount = row.yuan("yuan")?;
    Ok(format!("{}, exactly {}", amount.in_wan(), amount.in_wan_exact()))
}

fn ratio(_: &Law, row: &Row<'_>) -> Answer {
    let least = Ratio::parse(row.text("ratio")?)?;
    let is_reached = least.at_least(row.number("part")?, row.number("whole")?);
    Ok(if is_reached { "yes" } else { "no" }.to_owned())
}

fn credit_code(_: &Law, row: &Row<'_>) -> Answer {
    let code = CreditCode::parse(row.text("typed")?)?;
    Ok(format!("{code} {}", code.kind().code()))
}

fn plan_number(_: &Law, row: &Row<'_>) -> Answer {
    let plan = PlanNumber::parse(row.text("typed")?)?;
    Ok(format!("{} {} {}", plan.code, plan.year, plan.serial))
}

fn subject_code(_: &Law, row: &Row<'_>) -> Answer {
    let code = CreditCode::parse(row.text("code")?)?;
    let verdict = code
        .subject_code_warning()
        .map_or("right".to_owned(), |warning| format!("warning: {}", warning.code));
    Ok(format!("{} {verdict}", code.subject()))
}

fn derived(_: &Law, row: &Row<'_>) -> Answer {
    let code = CreditCode::derive(
        number(row.text("registrar")?)?,
        number(row.text("kind")?)?,
        row.text("division")?,
        row.text("subject")?,
    );
    code.map(|code| code.to_string()).ok_or_else(|| Fault::Unreadable("no code follows".to_owned()))
}

fn day(law: &Law, row: &Row<'_>) -> Answer {
    Ok(match law.calendar.day(row.date("date")?)? {
        DayStatus::Working => "working".to_owned(),
        DayStatus::MakeUp(festival) => format!("working, makes up for {festival}"),
        DayStatus::Weekend => "weekend".to_owned(),
        DayStatus::Festival(festival) => format!("off, {festival}"),
    })
}

fn working_days(law: &Law, row: &Row<'_>) -> Answer {
    let days = law.calendar.working_days_between(row.date("after")?, row.date("through")?)?;
    Ok(days.to_string())
}

/// A plain count of days, for terms of laws that the rule book does not hold; the key names no rule here.
fn days_after(law: &Law, row: &Row<'_>) -> Answer {
    let (event, count) = (row.date("event")?, row.number("count")?);
    let kind: DayKind = row.coded("days")?;
    Ok(law.calendar.deadline(RuleKey::BidPeriodDays, event, count, kind)?.due.to_string())
}

fn term(law: &Law, row: &Row<'_>) -> Answer {
    let deadline = row.rules(law)?.deadline(&law.calendar, row.coded("rule")?, row.date("event")?)?;
    Ok(deadline.due.to_string())
}

fn plan(law: &Law, row: &Row<'_>) -> Answer {
    let (published, deadline) = (row.moment("published")?, row.moment("deadline")?);
    let rules = law.book.on(published.date());
    let schedule =
        schedule::plan(published, deadline, PROCEDURE, rules, &law.calendar).map_err(Fault::Refused)?;
    Ok(schedule.last_questions.to_string())
}

fn correction(law: &Law, row: &Row<'_>) -> Answer {
    let (now, deadline) = (row.moment("now")?, row.moment("deadline")?);
    let rules = law.book.on(now.date());
    let touches = row.is("touches bids")?;
    Ok(match schedule::correction(now, deadline, touches, PROCEDURE, rules, &law.calendar)? {
        CorrectionEffect::Stays => "stays".to_owned(),
        CorrectionEffect::Moves { earliest } => format!("moves to {} or later", earliest.due),
    })
}
