//! Examples of delivery and acceptance: the ledger's report, call-backs, the basis, deductions, halts.

use domain::contracts::DeductionKind;
use domain::kernel::{Coded, OrganisationId, PersonId};
use domain::performance::acceptance::{self, Basis, Report};
use domain::performance::deduction::{self, Deduction, DeductionLine, ItemClaim};
use domain::performance::{call_back, halt, subcontract};

use super::row::{Answer, Fault, Kind, Law, Row, coded, hundredths, none_of};

/// The kinds of this family.
pub const KINDS: &[Kind] = &[
    Kind { name: "report", columns: &["in force", "earlier", "records", "verdict"], answer: report },
    Kind { name: "call-backs", columns: &["on", "lines", "called back"], answer: call_backs },
    Kind { name: "independence", columns: &["part in the contract", "verdict"], answer: independence },
    Kind {
        name: "acceptance",
        columns: &["meets on", "today", "opinions", "drawn", "open call-backs", "unjudged", "verdict"],
        answer: basis,
    },
    Kind {
        name: "deduction",
        columns: &["price", "claimed", "accepted", "by units", "by share", "milestone", "paid"],
        answer: deduct,
    },
    Kind {
        name: "subcontract",
        columns: &["contract", "amount", "core", "earlier", "to itself", "verdict"],
        answer: one_subcontract,
    },
    Kind { name: "halt", columns: &["purchaser", "ground", "reason", "loss", "verdict"], answer: one_halt },
];

fn report(_: &Law, row: &Row<'_>) -> Answer {
    let earlier = if row.text("earlier")?.is_empty() { None } else { Some(row.coded("earlier")?) };
    let report = Report { is_in_force: row.is("in force")?, earlier, records: row.number("records")? };
    acceptance::may_report(&report)?;
    Ok("reported".to_owned())
}

fn call_backs(law: &Law, row: &Row<'_>) -> Answer {
    Ok(call_back::need(row.number("lines")?, row.rules(law)?)?.to_string())
}

fn independence(_: &Law, row: &Row<'_>) -> Answer {
    let mut ties = Vec::new();
    for tie in row.list("part in the contract", ',')? {
        ties.push((PersonId(1), coded(tie)?));
    }
    acceptance::check_independence(PersonId(1), &ties)?;
    Ok("may accept".to_owned())
}

fn basis(_: &Law, row: &Row<'_>) -> Answer {
    let basis = Basis {
        meets_on: row.date("meets on")?,
        today: row.date("today")?,
        opinions: row.number("opinions")?,
        has_draw: row.is("drawn")?,
        open_call_backs: row.number("open call-backs")?,
        unjudged: row.number("unjudged")?,
    };
    none_of(acceptance::problems(&basis))?;
    Ok("accepted".to_owned())
}

/// The line of units, and a line for each share that the case names; “other” is a line of no table.
fn deduct(_: &Law, row: &Row<'_>) -> Answer {
    let mut table = vec![DeductionLine { id: 1, kind: DeductionKind::Unit, basis_points: 0 }];
    let share_line = match row.text("by share")? {
        "" => None,
        "other" => Some(9),
        percent => {
            let basis_points = hundredths(percent)?;
            table.push(DeductionLine { id: 2, kind: DeductionKind::Share, basis_points });
            Some(2)
        }
    };
    let item = ItemClaim {
        position: 1,
        price: row.yuan("price")?,
        claimed: row.number("claimed")?,
        accepted: row.number("accepted")?,
        unit_line: row.is("by units")?.then_some(1),
        share_line,
    };
    let found: Deduction = deduction::total(&[deduction::judge(&item, &table)?], row.yuan("milestone")?);
    Ok(format!("{} of {}", found.accepted(), found.claimed))
}

fn one_subcontract(_: &Law, row: &Row<'_>) -> Answer {
    let is_self = row.is("to itself")?;
    let wish = subcontract::Wish {
        provider: OrganisationId(1),
        to: Some(OrganisationId(if is_self { 1 } else { 2 })),
        part: "印刷",
        is_core: row.is("core")?,
        amount: row.yuan("amount")?,
        contract: row.yuan("contract")?,
        has_earlier: row.is("earlier")?,
    };
    none_of(subcontract::problems(&wish))?;
    Ok("may be asked".to_owned())
}

fn one_halt(_: &Law, row: &Row<'_>) -> Answer {
    let ground = if row.text("ground")?.is_empty() { None } else { Some(row.coded("ground")?) };
    let wish = halt::Wish {
        is_in_force: true,
        is_purchaser: row.is("purchaser")?,
        ground,
        reason: row.text("reason")?,
        compensation: row.text("loss")?,
        has_earlier: false,
    };
    Ok(halt::ask(&wish).map_err(Fault::Refused)?.code().to_owned())
}
