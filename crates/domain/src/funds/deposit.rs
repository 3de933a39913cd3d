//! Deposits: what a tender's documents may ask, how they come, and when they go back (C27).
//!
//! Nothing is asked of social organisations unless the documents say so. A deposit never comes in cash, and none is
//! entered before the opening: before it nobody may know who bids (C30).

use crate::coded;
use crate::kernel::{Date, Fen, Ratio, Refusal, RuleKey, Rules};

coded! {
    /// What a deposit secures.
    pub enum DepositKind as "deposit_kind" {
        /// 投标保证金: that the bidder stands by its bid.
        Bid = "bid",
        /// 履约保证金: that the provider performs.
        Performance = "performance",
    }
}

coded! {
    /// How it comes; cash is not among them (C27).
    pub enum DepositMeans as "deposit_means" {
        /// By bank transfer.
        Transfer = "transfer",
        /// By cheque.
        Cheque = "cheque",
        /// By draft or promissory note.
        Draft = "draft",
        /// As a guarantee of a bank or guarantor.
        Guarantee = "guarantee",
    }
}

coded! {
    /// What starts the time in which it goes back.
    pub enum DepositStart as "deposit_start" {
        /// The bid was withdrawn before the deadline.
        Withdrawn = "withdrawn",
        /// The award notice went out, to another.
        Notified = "notified",
        /// The winner's contract is signed.
        Signed = "signed",
        /// The tender ended without an award.
        Ended = "ended",
        /// The project is closed, or its contract ended early.
        Closed = "closed",
    }
}

/// The most that a share of an amount may be, in whole fen.
pub fn most(share: Ratio, whole: Fen) -> Fen {
    let fen = i128::from(whole.0) * i128::from(share.numerator()) / i128::from(share.denominator()).max(1);
    Fen(i64::try_from(fen).unwrap_or(i64::MAX))
}

/// Everything that keeps an office from asking these deposits, field by field: they are fixed before the documents
/// are checked, and within the shares of budget and ceiling (C27).
pub fn term_faults(
    is_draft: bool,
    (bid, budget): (Fen, Fen),
    (performance, ceiling): (Fen, Fen),
    rules: Rules<'_>,
) -> Vec<Refusal> {
    if !is_draft {
        return vec![Refusal::new("deposit.documents-fixed", "C27")];
    }
    let mut found = Vec::new();
    let bounds = [
        ("bid", bid, rules.ratio(RuleKey::BidDepositMax), budget, "deposit.bid-over-limit"),
        ("performance", performance, rules.ratio(RuleKey::PerformanceDepositMax), ceiling, PERFORMANCE_OVER),
    ];
    for (field, amount, share, whole, code) in bounds {
        if amount < Fen::ZERO {
            found.push(Refusal::new("deposit.amount-negative", "C27").at(field));
        } else if !share.at_most(amount.0, whole.0) {
            found.push(Refusal::new(code, "C27").at(field).with("max", most(share, whole)));
        }
    }
    found
}

const PERFORMANCE_OVER: &str = "deposit.performance-over-limit";

/// What is known when a deposit is entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// What it secures.
    pub kind: DepositKind,
    /// Whether the bids are open.
    pub is_opened: bool,
    /// Whether the organisation has bid, or has signed the contract.
    pub is_party: bool,
    /// What the documents ask.
    pub asked: Fen,
    /// What comes.
    pub amount: Fen,
    /// The contract's amount, once it is signed.
    pub contract: Option<Fen>,
    /// The day on which it came.
    pub received_on: Date,
    /// Today.
    pub today: Date,
    /// Whether a paper is named.
    pub has_paper: bool,
}

/// Reads how a deposit comes.
///
/// # Errors
/// `deposit.cash` (C27) for cash, `deposit.means-unknown` for anything else that is not on the list.
pub fn means(code: &str) -> Result<DepositMeans, Refusal> {
    use crate::kernel::Coded;
    let refused = if code == "cash" { "deposit.cash" } else { "deposit.means-unknown" };
    DepositMeans::from_code(code).ok_or_else(|| Refusal::new(refused, "C27").at("means"))
}

/// Everything that keeps a deposit from being entered, field by field (C27, C30, E6).
pub fn receipt_faults(receipt: &Receipt, rules: Rules<'_>) -> Vec<Refusal> {
    if !receipt.is_opened {
        return vec![Refusal::new("deposit.not-opened", "C30")];
    }
    let mut found = Vec::new();
    let mut fault = |refusal: Refusal| found.push(refusal);
    if !receipt.is_party {
        fault(Refusal::new("deposit.not-a-party", "C27").at("organisation"));
    }
    let share = rules.ratio(RuleKey::PerformanceDepositMax);
    let is_over = receipt.kind == DepositKind::Performance
        && receipt.contract.is_some_and(|contract| !share.at_most(receipt.amount.0, contract.0));
    if receipt.asked <= Fen::ZERO {
        fault(Refusal::new("deposit.not-asked", "C27").at("amount"));
    } else if receipt.amount <= Fen::ZERO {
        fault(Refusal::new("deposit.amount-missing", "C27").at("amount"));
    } else if receipt.amount > receipt.asked {
        fault(Refusal::new("deposit.over-asked", "C27").at("amount").with("asked", receipt.asked));
    } else if is_over {
        let max = most(share, receipt.contract.unwrap_or(Fen::ZERO));
        fault(Refusal::new(PERFORMANCE_OVER, "C27").at("amount").with("max", max));
    }
    if receipt.received_on > receipt.today {
        fault(Refusal::new("deposit.day-to-come", "C27").at("received_on"));
    }
    if !receipt.has_paper {
        fault(Refusal::new("deposit.paper-missing", "C27").at("paper"));
    }
    found
}

/// Everything that keeps a deposit from being given back as told, field by field (C27).
pub fn return_faults(
    is_returned: bool,
    received_on: Date,
    returned_on: Date,
    today: Date,
    has_paper: bool,
) -> Vec<Refusal> {
    if is_returned {
        return vec![Refusal::new("deposit.returned-before", "C27")];
    }
    let mut found = Vec::new();
    if returned_on > today || returned_on < received_on {
        found.push(Refusal::new("deposit.return-day", "C27").at("returned_on").with("from", received_on));
    }
    if !has_paper {
        found.push(Refusal::new("deposit.paper-missing", "C27").at("return_paper"));
    }
    found
}

/// What became of a tender and of one organisation in it, as days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// The deadline before which the organisation took its bid back.
    pub withdrawn_on: Option<Date>,
    /// When its own contract was signed.
    pub signed_on: Option<Date>,
    /// When the award notice went out to another.
    pub notified_on: Option<Date>,
    /// When the tender ended without an award.
    pub ended_on: Option<Date>,
    /// When the project was closed, or its contract ended early.
    pub closed_on: Option<Date>,
}

/// What starts the time in which a deposit goes back, and when; none while it is held rightly.
pub fn start(kind: DepositKind, course: &Course) -> Option<(DepositStart, Date)> {
    match kind {
        DepositKind::Bid => [
            (DepositStart::Withdrawn, course.withdrawn_on),
            (DepositStart::Signed, course.signed_on),
            (DepositStart::Notified, course.notified_on),
            (DepositStart::Ended, course.ended_on),
        ]
        .into_iter()
        .find_map(|(start, day)| day.map(|day| (start, day))),
        DepositKind::Performance => course.closed_on.map(|day| (DepositStart::Closed, day)),
    }
}

/// The rule that says how soon a deposit goes back.
pub fn refund_rule(kind: DepositKind) -> RuleKey {
    match kind {
        DepositKind::Bid => RuleKey::BidDepositRefundWorkingDays,
        DepositKind::Performance => RuleKey::PerformanceDepositRefundWorkingDays,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::{book, day};

    fn codes(found: Vec<Refusal>) -> Vec<&'static str> {
        found.into_iter().map(|refusal| refusal.code).collect()
    }

    #[test]
    fn documents_ask_at_most_two_and_ten_percent() {
        let rules = book().on(day(2016, 1, 4));
        let budget = Fen::yuan(500_000);
        for (is_draft, bid, performance, expected) in [
            (true, 0, 0, vec![]),
            (true, 10_000, 50_000, vec![]),
            (true, 10_001, 50_001, vec!["deposit.bid-over-limit", "deposit.performance-over-limit"]),
            (true, -1, 0, vec!["deposit.amount-negative"]),
            (false, 0, 0, vec!["deposit.documents-fixed"]),
        ] {
            let asked = ((Fen::yuan(bid), budget), (Fen::yuan(performance), budget));
            assert_eq!(
                codes(term_faults(is_draft, asked.0, asked.1, rules)),
                expected,
                "{bid} {performance}"
            );
        }
        assert_eq!(Ratio::new(1, 50).map(|share| most(share, Fen(333))), Some(Fen(6)), "rounded down");
    }

    #[test]
    fn a_deposit_comes_as_asked_after_the_opening_and_never_in_cash() {
        let rules = book().on(day(2016, 1, 4));
        let fine = Receipt {
            kind: DepositKind::Performance,
            is_opened: true,
            is_party: true,
            asked: Fen::yuan(50_000),
            amount: Fen::yuan(40_000),
            contract: Some(Fen::yuan(400_000)),
            received_on: day(2016, 1, 4),
            today: day(2016, 1, 4),
            has_paper: true,
        };
        for (receipt, expected) in [
            (fine, vec![]),
            (Receipt { is_opened: false, ..fine }, vec!["deposit.not-opened"]),
            (Receipt { is_party: false, ..fine }, vec!["deposit.not-a-party"]),
            (Receipt { asked: Fen::ZERO, ..fine }, vec!["deposit.not-asked"]),
            (Receipt { amount: Fen::ZERO, ..fine }, vec!["deposit.amount-missing"]),
            (Receipt { amount: Fen::yuan(50_001), ..fine }, vec!["deposit.over-asked"]),
            (Receipt { amount: Fen::yuan(40_001), ..fine }, vec!["deposit.performance-over-limit"]),
            (Receipt { received_on: day(2016, 1, 5), ..fine }, vec!["deposit.day-to-come"]),
            (Receipt { has_paper: false, ..fine }, vec!["deposit.paper-missing"]),
        ] {
            assert_eq!(codes(receipt_faults(&receipt, rules)), expected, "{receipt:?}");
        }
        let code = |read: Result<DepositMeans, Refusal>| read.err().map(|refusal| refusal.code);
        assert_eq!(means("guarantee"), Ok(DepositMeans::Guarantee));
        assert_eq!(code(means("cash")), Some("deposit.cash"));
        assert_eq!(code(means("")), Some("deposit.means-unknown"));
    }

    #[test]
    fn a_deposit_goes_back_once_and_not_before_it_came() {
        let day = |at| day(2016, 1, at);
        for (is_returned, returned, has_paper, expected) in [
            (false, 6, true, vec![]),
            (false, 3, true, vec!["deposit.return-day"]),
            (false, 9, false, vec!["deposit.return-day", "deposit.paper-missing"]),
            (true, 6, true, vec!["deposit.returned-before"]),
        ] {
            let found = return_faults(is_returned, day(4), day(returned), day(8), has_paper);
            assert_eq!(codes(found), expected);
        }
    }

    #[test]
    fn the_clock_starts_with_what_sets_the_money_free() {
        let on = |at| Some(day(2016, 1, at));
        let lost = Course { notified_on: on(5), ..Course::default() };
        let won = Course { signed_on: on(7), closed_on: on(20), ..Course::default() };
        let back = Course { withdrawn_on: on(2), notified_on: on(5), ..Course::default() };
        for (kind, course, expected) in [
            (DepositKind::Bid, Course::default(), None),
            (DepositKind::Bid, lost, Some((DepositStart::Notified, day(2016, 1, 5)))),
            (DepositKind::Bid, won, Some((DepositStart::Signed, day(2016, 1, 7)))),
            (DepositKind::Bid, back, Some((DepositStart::Withdrawn, day(2016, 1, 2)))),
            (DepositKind::Performance, Course { closed_on: None, ..won }, None),
            (DepositKind::Performance, won, Some((DepositStart::Closed, day(2016, 1, 20)))),
        ] {
            assert_eq!(start(kind, &course), expected, "{course:?}");
        }
    }
}
