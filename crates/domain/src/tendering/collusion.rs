//! Signs of collusion among opened bids (C34). A detector only points: the committee decides.

use crate::coded;
use crate::kernel::{BidId, Fen};

coded! {
    /// What is alike in two or more bids.
    pub enum CollusionSign as "collusion_sign" {
        /// The same person to ask.
        SameContact = "same_contact",
        /// The same telephone.
        SamePhone = "same_phone",
        /// The same author in the files.
        SameAuthor = "same_author",
        /// The same file in two bids.
        SameFile = "same_file",
        /// The same price.
        SamePrice = "same_price",
        /// Three or more prices at equal steps.
        RegularPrices = "regular_prices",
    }
}

/// What of a bid is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// Which bid.
    pub bid: BidId,
    /// Its price.
    pub price: Fen,
    /// The person to ask.
    pub contact: String,
    /// That person's telephone.
    pub phone: String,
    /// Author named in the files, if any.
    pub author: Option<String>,
    /// Digests of its files.
    pub files: Vec<[u8; 32]>,
}

/// One sign and the bids that show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// What is alike.
    pub sign: CollusionSign,
    /// In which bids, by id.
    pub bids: Vec<BidId>,
}

/// Every sign among these bids.
pub fn warnings(traces: &[Trace]) -> Vec<Warning> {
    let mut found = Vec::new();
    for (index, first) in traces.iter().enumerate() {
        for second in traces.iter().skip(index + 1) {
            let mut bids = vec![first.bid, second.bid];
            bids.sort();
            let signs = signs_between(first, second).into_iter();
            found.extend(signs.map(|sign| Warning { sign, bids: bids.clone() }));
        }
    }
    found.extend(regular_prices(traces));
    found
}

fn signs_between(first: &Trace, second: &Trace) -> Vec<CollusionSign> {
    let is_same = |left: &str, right: &str| !left.trim().is_empty() && left.trim() == right.trim();
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let author = first.author.as_deref().zip(second.author.as_deref());
    [
        (CollusionSign::SameContact, is_same(&first.contact, &second.contact)),
        (CollusionSign::SamePhone, is_same(&digits(&first.phone), &digits(&second.phone))),
        (CollusionSign::SameAuthor, author.is_some_and(|(left, right)| is_same(left, right))),
        (CollusionSign::SameFile, first.files.iter().any(|file| second.files.contains(file))),
        (CollusionSign::SamePrice, first.price == second.price),
    ]
    .into_iter()
    .filter_map(|(sign, is_seen)| is_seen.then_some(sign))
    .collect()
}

/// All prices, sorted, at one equal step that is not zero.
fn regular_prices(traces: &[Trace]) -> Option<Warning> {
    let mut sorted: Vec<&Trace> = traces.iter().collect();
    sorted.sort_by_key(|trace| trace.price);
    let mut steps =
        sorted.iter().zip(sorted.iter().skip(1)).map(|(low, high)| high.price.0.saturating_sub(low.price.0));
    let step = steps.next()?;
    let second = steps.next()?;
    if step == 0 || step != second || steps.any(|other| other != step) {
        return None;
    }
    let mut bids: Vec<BidId> = sorted.iter().map(|trace| trace.bid).collect();
    bids.sort();
    Some(Warning { sign: CollusionSign::RegularPrices, bids })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trace(bid: i64, yuan: i64) -> Trace {
        Trace {
            bid: BidId(bid),
            price: Fen::yuan(yuan),
            contact: format!("示例人{bid}"),
            phone: format!("025-8000000{bid}"),
            author: Some(format!("作者{bid}")),
            files: vec![[u8::try_from(bid).unwrap(); 32]],
        }
    }

    fn check(traces: &[Trace], expected: &[(CollusionSign, &[i64])]) {
        let found: Vec<_> = warnings(traces)
            .into_iter()
            .map(|warning| (warning.sign, warning.bids.into_iter().map(|bid| bid.0).collect::<Vec<_>>()))
            .collect();
        let expected: Vec<_> = expected.iter().map(|(sign, bids)| (*sign, bids.to_vec())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn independent_bids_raise_no_warning() {
        check(&[trace(1, 100), trace(2, 117), trace(3, 121)], &[]);
        check(&[trace(1, 100), trace(2, 110)], &[]);
    }

    #[test]
    fn likeness_is_pointed_out_with_its_bids() {
        let same = |change: fn(&mut Trace)| {
            let mut second = trace(2, 117);
            change(&mut second);
            [trace(1, 100), second, trace(3, 121)]
        };
        check(&same(|bid| bid.contact = " 示例人1".to_owned()), &[(CollusionSign::SameContact, &[1, 2])]);
        check(&same(|bid| bid.phone = "025 80000001".to_owned()), &[(CollusionSign::SamePhone, &[1, 2])]);
        check(&same(|bid| bid.author = Some("作者1".to_owned())), &[(CollusionSign::SameAuthor, &[1, 2])]);
        check(&same(|bid| bid.files.push([1; 32])), &[(CollusionSign::SameFile, &[1, 2])]);
        check(&same(|bid| bid.price = Fen::yuan(100)), &[(CollusionSign::SamePrice, &[1, 2])]);
        check(&same(|bid| bid.author = None), &[]);
        check(&[trace(3, 120), trace(1, 100), trace(2, 110)], &[(CollusionSign::RegularPrices, &[1, 2, 3])]);
    }
}
