//! Funds: opened for a year and a source, filled and reduced on the treasury's written word.

use domain::funds::{MoneySource, TransferKind};
use domain::kernel::{Fen, FundId, Refusal, Role};

use super::ledger::{self, Cause, Move, Subject};
use crate::db::{DbError, Val};
use crate::journal::FUND;
use crate::{Act, Cx, Error, args};

/// Opens a fund for one year and one source of money.
#[derive(Clone)]
pub struct OpenFund {
    /// The budget year.
    pub year: i64,
    /// Where the money comes from.
    pub source: MoneySource,
    /// What people call it.
    pub name: String,
}

/// The treasury gives money to a fund.
#[derive(Clone)]
pub struct Appropriate {
    /// The fund.
    pub fund: FundId,
    /// How much.
    pub amount: Fen,
    /// Number of the budget document that gives it.
    pub document: String,
}

/// The treasury takes back what lies unused in a fund.
#[derive(Clone)]
pub struct Reduce {
    /// The fund.
    pub fund: FundId,
    /// How much.
    pub amount: Fen,
    /// Number of the budget document that takes it.
    pub document: String,
}

/// The years a fund may be opened for.
const YEARS: std::ops::RangeInclusive<i64> = 2000..=2100;

impl Act for OpenFund {
    type Outcome = FundId;
    const NAME: &'static str = "funds.open_fund";
    const WHO: &'static [Role] = &[Role::Finance];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<FundId, Error> {
        let person = cx.actor.person.ok_or(Error::NotPermitted)?;
        let mut faults = Vec::new();
        if !YEARS.contains(&self.year) {
            faults.push(Refusal::new("funds.year-unreadable", "C9").at("year"));
        }
        if self.name.trim().is_empty() {
            faults.push(Refusal::new("funds.name-empty", "C9").at("name"));
        }
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let id = FundId(cx.id());
        let row = [
            ("code", format!("{}-{}", self.year, short(self.source)).into()),
            ("year", self.year.into()),
            ("source", Val::code(self.source)),
            ("name", self.name.trim().into()),
            ("opened_by", person.into()),
            ("opened_at", cx.now.into()),
        ];
        cx.insert(&FUND, id.0, &row).await.map_err(|error| match error {
            Error::Db(DbError::Unique(_)) => {
                let refusal = Refusal::new("funds.already-open", "C9").at("source");
                refusal.with("year", self.year.to_string()).with_code("source", self.source).into()
            }
            other => other,
        })?;
        Ok(id)
    }
}

/// The letters that a fund's code ends with.
fn short(source: MoneySource) -> &'static str {
    match source {
        MoneySource::DepartmentBudget => "BM",
        MoneySource::WelfareLottery => "FC",
        MoneySource::SpecialFund => "ZX",
        MoneySource::Donation => "JZ",
    }
}

impl Act for Appropriate {
    type Outcome = i64;
    const NAME: &'static str = "funds.appropriate";
    const WHO: &'static [Role] = &[Role::Finance];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        on_document(cx, self.fund, TransferKind::Appropriate, self.amount, &self.document).await
    }
}

impl Act for Reduce {
    type Outcome = i64;
    const NAME: &'static str = "funds.reduce";
    const WHO: &'static [Role] = &[Role::Finance];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        on_document(cx, self.fund, TransferKind::Reduce, self.amount, &self.document).await
    }
}

async fn on_document(
    cx: &mut Cx<'_>,
    fund: FundId,
    kind: TransferKind,
    amount: Fen,
    document: &str,
) -> Result<i64, Error> {
    let basis = document.trim().to_owned();
    if basis.is_empty() {
        let refusal = Refusal::new("funds.document-missing", "C9").at("document");
        return Err(refusal.with_code("kind", kind).into());
    }
    let cause = Cause { basis, payment: None };
    let id = ledger::transfer(cx, Move { fund, kind, amount, subject: &Subject::default(), cause }).await?;
    if kind == TransferKind::Appropriate {
        let (code,): (String,) = cx.tx.one("SELECT code FROM fund WHERE id = $1", args![fund]).await?;
        cx.announce("fund_filled", code);
    }
    Ok(id)
}
