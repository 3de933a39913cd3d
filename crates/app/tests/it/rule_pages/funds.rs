//! Examples of public money: three papers that agree, three hands, the lanes, accounts that never fall below zero.

use domain::catalogue::FundSource;
use domain::funds::account::Balance;
use domain::funds::payment::{self, Papers};
use domain::funds::{MoneySource, TransferKind, lane, transfer};
use domain::kernel::{Fen, PersonId};

use super::row::{Answer, Fault, Kind, Law, Row};

/// The kinds of this family.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "three-way-match",
        columns: &["signed", "accepted", "public", "asked", "invoice", "payee", "committed", "verdict"],
        answer: three_way,
    },
    Kind { name: "three-hands", columns: &["asks", "checks", "pays", "verdict"], answer: hands },
    Kind { name: "money-lane", columns: &["fund", "project", "verdict"], answer: money_lane },
    Kind { name: "transfer", columns: &["step", "amount", "lies there", "left"], answer: one_transfer },
];

fn three_way(_: &Law, row: &Row<'_>) -> Answer {
    let accepted = if row.text("accepted")?.is_empty() { None } else { Some(row.yuan("accepted")?) };
    let papers = Papers {
        is_signed: row.is("signed")?,
        accepted,
        is_published: row.is("public")?,
        asked: row.yuan("asked")?,
        invoice: row.yuan("invoice")?,
        payee: row.text("payee")?.to_owned(),
        provider: "甲".to_owned(),
        committed: row.yuan("committed")?,
    };
    payment::approve(&papers, PersonId(2), PersonId(1))?;
    Ok("approved".to_owned())
}

/// Everybody is known by a letter.
fn person(row: &Row<'_>, column: &str) -> Result<PersonId, Fault> {
    let letter = row.text(column)?.chars().next();
    letter
        .map(|letter| PersonId(i64::from(u32::from(letter))))
        .ok_or_else(|| Fault::Unreadable(column.to_owned()))
}

fn hands(_: &Law, row: &Row<'_>) -> Answer {
    let (asks, checks, pays) = (person(row, "asks")?, person(row, "checks")?, person(row, "pays")?);
    let amount = Fen(100);
    let papers = Papers {
        is_signed: true,
        accepted: Some(amount),
        is_published: true,
        asked: amount,
        invoice: amount,
        payee: "甲".to_owned(),
        provider: "甲".to_owned(),
        committed: amount,
    };
    payment::approve(&papers, checks, asks)?;
    payment::pay(pays, checks, "FK-2014-0001")?;
    Ok("paid".to_owned())
}

fn money_lane(_: &Law, row: &Row<'_>) -> Answer {
    lane::check(row.coded::<MoneySource>("fund")?, row.coded::<FundSource>("project")?)?;
    Ok("may pay".to_owned())
}

fn one_transfer(_: &Law, row: &Row<'_>) -> Answer {
    let from = Balance { place: 1, fen: row.yuan("lies there")? };
    let kind = row.coded::<TransferKind>("step")?;
    let (left, _) = transfer::entries(kind, row.yuan("amount")?, from, Balance::default())?;
    Ok(left.after.to_string())
}
