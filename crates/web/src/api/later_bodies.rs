//! What the API says of what came after the signatures: money, acceptances, satisfaction, evaluations, accounts
//! and findings, with public fields alone.

use app::funds::FundLine;
use app::open_data::{delivery, money};
use app::performance::account::Totals;
use app::supervision::read::KindCount;
use domain::kernel::Coded;
use serde::Serialize;
use utoipa::ToSchema;

use super::bodies::{bodies, text};

bodies! {
    /// A fund of public money and where its money lies.
    Fund from FundLine {
        /// Its code.
        #[schema(example = "2014-BM")]
        code: String = |row| row.fund.code.clone(),
        /// The budget year.
        #[schema(example = 2014)]
        year: i64 = |row| row.fund.year,
        /// department_budget, welfare_lottery, special_fund or donation.
        #[schema(example = "department_budget")]
        source: String = |row| row.fund.source.code().to_owned(),
        /// Its name.
        name: String = |row| row.fund.name.clone(),
        /// Given by the treasury in all, in fen.
        appropriated_fen: i64 = |row| row.book.appropriated.0,
        /// Not yet set aside for an item, in fen.
        unallotted_fen: i64 = |row| row.book.unallotted.0,
        /// Set aside for items and not yet bound, in fen.
        free_fen: i64 = |row| row.book.free.0,
        /// Bound by contracts and not yet paid, in fen.
        committed_fen: i64 = |row| row.book.committed.0,
        /// On its way through the bank, in fen.
        transit_fen: i64 = |row| row.book.transit.0,
        /// Arrived at providers, in fen.
        paid_fen: i64 = |row| row.book.paid.0,
    }
    /// One movement of money in a fund.
    Transfer from money::Transfer {
        /// Its number within its fund, counted in the order in which money moved.
        serial: i64 = |row| row.serial,
        /// appropriate, reduce, allot, withdraw, commit, release, send, pay or fail.
        #[schema(example = "commit")]
        kind: String = |row| row.kind.clone(),
        /// How much, in fen.
        amount_fen: i64 = |row| row.amount_fen.0,
        /// The document, item, contract or batch that it cites.
        basis: String = |row| row.basis.clone(),
        /// When it was made.
        made_at: String = |row| row.made_at.rfc3339(),
        /// The item's code, if it is about one.
        item: Option<String> = |row| row.item.clone(),
        /// The contract's number, if it is about one.
        contract: Option<String> = |row| row.contract.clone(),
    }
    /// A payment to a provider.
    Payment from money::Payment {
        /// Its reference at the bank; a new attempt has a new one.
        reference: String = |row| row.reference.clone(),
        /// The contract's number.
        contract: String = |row| row.contract.clone(),
        /// The milestone's place in the order, from 1.
        milestone: i64 = |row| row.milestone,
        /// The provider's credit code.
        provider: String = |row| row.provider.clone(),
        /// How much, in fen.
        amount_fen: i64 = |row| row.amount_fen.0,
        /// pending, paid or failed.
        #[schema(example = "paid")]
        outcome: String = |row| row.outcome.clone(),
        /// When it went to the bank.
        sent_at: String = |row| row.sent_at.rfc3339(),
        /// When the bank answered.
        told_at: Option<String> = |row| text(row.told_at),
    }
    /// A published acceptance of a milestone.
    Acceptance from delivery::Acceptance {
        /// The contract's number.
        contract: String = |row| row.contract.clone(),
        /// The milestone's place in the order, from 1.
        milestone: i64 = |row| row.milestone,
        /// The milestone's name.
        name: String = |row| row.name.clone(),
        /// How often it was reported.
        round: i64 = |row| row.round,
        /// Claimed, in fen.
        claimed_fen: i64 = |row| row.claimed_fen.0,
        /// Deducted by the published table, in fen.
        deducted_fen: i64 = |row| row.deducted_fen.0,
        /// Accepted, in fen.
        accepted_fen: i64 = |row| row.accepted_fen.0,
        /// When it was accepted.
        accepted_at: Option<String> = |row| text(row.accepted_at),
        /// When the result was published.
        published_at: String = |row| row.published_at.rfc3339(),
    }
    /// A survey of recipients, counted from the answers on record.
    Satisfaction from delivery::Satisfaction {
        /// The contract's number.
        contract: String = |row| row.contract.clone(),
        /// midterm, yearly-1 and so on, or final.
        #[schema(example = "final")]
        round: String = |row| row.round.clone(),
        /// Everyone who may be asked.
        recipients: i64 = |row| row.recipients,
        /// Answers that suffice.
        sample_minimum: i64 = |row| row.sample_minimum,
        /// Cards issued.
        issued: i64 = |row| row.issued,
        /// Cards made void.
        void: i64 = |row| row.voided,
        /// Valid answers.
        valid: i64 = |row| row.valid,
        /// Satisfied and very satisfied; null while too few answered to be shown.
        satisfied: Option<i64> = |row| row.satisfied,
        /// Very satisfied, likewise.
        very_satisfied: Option<i64> = |row| row.very_satisfied,
        /// Answers given with help, likewise.
        assisted: Option<i64> = |row| row.assisted,
        /// Answers given for somebody, likewise.
        proxy: Option<i64> = |row| row.proxy,
        /// The day of the final count; null while answers are taken.
        closed_on: Option<String> = |row| row.closed_on.clone(),
    }
    /// A published evaluation of a contract.
    Evaluation from delivery::Evaluation {
        /// The contract's number.
        contract: String = |row| row.contract.clone(),
        /// The office's code.
        office: String = |row| row.office.clone(),
        /// The provider's credit code.
        provider: String = |row| row.provider.clone(),
        /// yearly or final.
        #[schema(example = "final")]
        kind: String = |row| row.kind.clone(),
        /// Counted within its kind.
        round: i64 = |row| row.round,
        /// The result in hundredths of a point.
        #[schema(example = 8820)]
        total: i64 = |row| row.total,
        /// you, liang, zhong or cha.
        #[schema(example = "liang")]
        grade: String = |row| row.grade.clone(),
        /// When it was published.
        published_at: String = |row| row.published_at.rfc3339(),
    }
    /// What an office answers for in a year, in points.
    OfficeAccount from Totals {
        /// The office's code.
        office: String = |row| row.office.code.clone(),
        /// The office's name.
        office_name: String = |row| row.office.name.clone(),
        /// The sum of all parts, in hundredths of a point.
        sum: i64 = |row| row.account.sum,
        /// The result, in hundredths of a point: the sum, or less when a veto caps it.
        result: i64 = |row| row.account.result,
        /// What it comes to.
        standing: String = |row| row.account.standing.code().to_owned(),
        /// Proven vetoes.
        vetoes: usize = |row| row.vetoes,
        /// The parts, in their order.
        parts: Vec<AccountPart> = |row| row.account.parts.iter().map(AccountPart::of).collect(),
    }
    /// How many findings of a kind there are.
    FindingCount from KindCount {
        /// The kind.
        kind: String = |row| row.kind.code().to_owned(),
        /// Open findings.
        open: i64 = |row| row.open,
        /// Those set right.
        cured: i64 = |row| row.cured,
        /// Tickets not yet closed.
        tickets: i64 = |row| row.tickets,
    }
}

/// One part of an office's account.
#[derive(Serialize, ToSchema)]
pub struct AccountPart {
    /// Which part.
    pub part: String,
    /// The most it can bring, in hundredths of a point.
    pub most: i64,
    /// What it brought, in hundredths of a point.
    pub points: i64,
}

impl AccountPart {
    fn of(held: &domain::performance::account::PartResult) -> Self {
        Self { part: held.part.code().to_owned(), most: held.most, points: held.points }
    }
}
