//! Transfers: an amount leaves one account and enters another, on the ways that the law leaves open (S68, T6).

use super::account::{AccountKind, Balance};
use crate::coded;
use crate::kernel::{Fen, Refusal};

coded! {
    /// Why money moves. Each kind has exactly one way.
    pub enum TransferKind as "transfer_kind" {
        /// The treasury gives money to a fund.
        Appropriate = "appropriate",
        /// The treasury takes back what lies unused.
        Reduce = "reduce",
        /// A fund sets money aside for a catalogue item.
        Allot = "allot",
        /// What an item does not need goes back to its fund.
        Withdraw = "withdraw",
        /// A signed contract binds money of its item.
        Commit = "commit",
        /// A contract is over: what is left goes back to its item.
        Release = "release",
        /// A payment goes to the bank.
        Send = "send",
        /// The bank says that it arrived.
        Pay = "pay",
        /// The bank says that it did not arrive.
        Fail = "fail",
    }
}

impl TransferKind {
    /// The account that it leaves and the account that it enters.
    pub fn way(self) -> (AccountKind, AccountKind) {
        use AccountKind::{Allotment, Appropriation, Commitment, Paid, Source, Transit};
        match self {
            Self::Appropriate => (Source, Appropriation),
            Self::Reduce => (Appropriation, Source),
            Self::Allot => (Appropriation, Allotment),
            Self::Withdraw => (Allotment, Appropriation),
            Self::Commit => (Allotment, Commitment),
            Self::Release => (Commitment, Allotment),
            Self::Send => (Commitment, Transit),
            Self::Pay => (Transit, Paid),
            Self::Fail => (Transit, Commitment),
        }
    }
}

/// One side of a transfer as it is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place on the account, from one.
    pub place: i64,
    /// What lay there before.
    pub before: Fen,
    /// What lies there after.
    pub after: Fen,
}

/// The two entries of a transfer of `amount`: out of `from`, into `to`.
///
/// # Errors
/// An amount that is not positive, more than lies there, or more than can be counted.
pub fn entries(
    kind: TransferKind,
    amount: Fen,
    from: Balance,
    to: Balance,
) -> Result<(Entry, Entry), Refusal> {
    if amount <= Fen::ZERO {
        return Err(Refusal::new("funds.amount-not-positive", "C9").at("amount"));
    }
    let too_large = || {
        let refusal = Refusal::new("funds.not-covered", "C9").at("amount");
        refusal.with("amount", amount).with("available", from.fen).with_code("account", kind.way().0)
    };
    let after = from.fen.0.checked_sub(amount.0).ok_or_else(too_large)?;
    if after < 0 && kind.way().0 != AccountKind::Source {
        return Err(too_large());
    }
    let credited = to.fen.plus(amount).ok_or_else(too_large)?;
    let entry = |balance: Balance, after| Entry {
        place: balance.place.saturating_add(1),
        before: balance.fen,
        after,
    };
    Ok((entry(from, Fen(after)), entry(to, credited)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Coded;

    fn at(place: i64, fen: i64) -> Balance {
        Balance { place, fen: Fen(fen) }
    }

    fn verdict(kind: TransferKind, amount: i64, from: i64, expected: Option<&str>) {
        let found = entries(kind, Fen(amount), at(4, from), at(1, 7));
        assert_eq!(found.err().map(|refusal| refusal.code), expected, "{kind:?} {amount} of {from}");
    }

    #[test]
    fn no_account_but_the_source_falls_below_zero() {
        verdict(TransferKind::Commit, 100, 100, None);
        verdict(TransferKind::Commit, 101, 100, Some("funds.not-covered"));
        verdict(TransferKind::Pay, 1, 0, Some("funds.not-covered"));
        verdict(TransferKind::Appropriate, 100, 0, None);
        verdict(TransferKind::Commit, 0, 100, Some("funds.amount-not-positive"));
        verdict(TransferKind::Commit, -1, 100, Some("funds.amount-not-positive"));
        verdict(TransferKind::Appropriate, i64::MAX, i64::MIN + 1, Some("funds.not-covered"));
    }

    #[test]
    fn both_entries_follow_what_was_there() {
        let (out, into) = entries(TransferKind::Send, Fen(30), at(4, 100), at(1, 7)).expect("covered");
        assert_eq!(out, Entry { place: 5, before: Fen(100), after: Fen(70) });
        assert_eq!(into, Entry { place: 2, before: Fen(7), after: Fen(37) });
    }

    #[test]
    fn every_way_back_mirrors_the_way_there() {
        use TransferKind::{Allot, Appropriate, Commit, Fail, Reduce, Release, Send, Withdraw};
        for (there, back) in [(Appropriate, Reduce), (Allot, Withdraw), (Commit, Release), (Send, Fail)] {
            let (from, to) = there.way();
            assert_eq!(back.way(), (to, from));
        }
        assert!(TransferKind::ALL.iter().all(|kind| kind.way().0 != kind.way().1));
    }
}
