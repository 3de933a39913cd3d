//! Ranking: price scores, means over members, totals and places, in exact arithmetic (C43-C45).
//!
//! Price score = lowest valid price ÷ price × weight. Total = mean of the members' points + price score;
//! nothing is trimmed. Order: total down, price up, the published tie rule, the lot. Rounding happens only
//! when a score is printed, so two bids never tie because of it.

use std::cmp::{Ordering, Reverse};

use super::exact::Exact;
use super::score::HUNDREDTHS;
use super::scoring_table::{ScoringTable, TieRule};
use super::session::Lot;
use crate::coded;
use crate::kernel::{BidId, Fen, Refusal, RuleKey, Rules};

coded! {
    /// What put a bid behind the one before it.
    pub enum DecidedBy as "decided_by" {
        /// A lower total; also said of the first.
        Score = "score",
        /// The same total, a higher price.
        Price = "price",
        /// The published tie rule.
        TieRule = "tie_rule",
        /// The lot.
        Lot = "lot",
    }
}

/// A valid bid with all scores locked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scored {
    /// Which bid.
    pub bid: BidId,
    /// The price that is scored: the bid price after any policy deduction (C48).
    pub price: Fen,
    /// Each member's points without price, in hundredths, in the order of seats.
    pub member_hundredths: Vec<i64>,
    /// Whether its organisation is in the cultivation programme (T4).
    pub is_cultivated: bool,
    /// Its lot, in case all else is equal.
    pub lot: Lot,
}

/// A bid with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// Which bid.
    pub bid: BidId,
    /// 1 for the first.
    pub place: usize,
    /// Price score in points.
    pub price_score: Exact,
    /// Mean of the members' points.
    pub quality_score: Exact,
    /// Both together.
    pub total: Exact,
    /// What put it here.
    pub decided_by: DecidedBy,
}

/// The ranking, first place first. The order in which bids are given does not matter.
pub fn rank(bids: &[Scored], table: &ScoringTable) -> Result<Vec<Ranked>, Refusal> {
    check(bids)?;
    let benchmark = bids.iter().map(|bid| bid.price).min().unwrap_or(Fen::ZERO);
    let weight = if table.is_price_fixed { 0 } else { table.price_weight() };
    let mut lines = Vec::with_capacity(bids.len());
    for bid in bids {
        let price_score = price_score(benchmark, bid.price, weight)?;
        let quality_score = mean(&bid.member_hundredths)?;
        let total = price_score.plus(quality_score).ok_or_else(too_large)?;
        lines.push((bid, price_score, quality_score, total));
    }
    lines.sort_by(|left, right| {
        let (_, ordering) = compare((left.0, left.2, left.3), (right.0, right.2, right.3), table.tie_rule);
        ordering
    });
    let mut ranked: Vec<Ranked> = Vec::with_capacity(lines.len());
    for (index, (bid, price_score, quality_score, total)) in lines.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| lines.get(before));
        let decided_by = before.map_or(DecidedBy::Score, |before| {
            compare((before.0, before.2, before.3), (bid, *quality_score, *total), table.tie_rule).0
        });
        let (price_score, quality_score, total) = (*price_score, *quality_score, *total);
        ranked.push(Ranked { bid: bid.bid, place: index + 1, price_score, quality_score, total, decided_by });
    }
    Ok(ranked)
}

/// Price score in points: benchmark ÷ price × weight (C43).
pub fn price_score(benchmark: Fen, price: Fen, weight_points: i64) -> Result<Exact, Refusal> {
    let num = i128::from(benchmark.0).checked_mul(i128::from(weight_points)).ok_or_else(too_large)?;
    Exact::new(num, i128::from(price.0))
        .ok_or_else(|| Refusal::new("tendering.price-not-positive", "C34").with("price", price))
}

/// A score as it is published: whole units of the last decimal that the rule book sets (C43).
pub fn published(score: Exact, rules: Rules<'_>) -> Result<i64, Refusal> {
    let decimals = u32::try_from(rules.number(RuleKey::ScoreDecimals)).unwrap_or(0);
    score.rounded(decimals).ok_or_else(too_large)
}

/// A score as it is printed, half up, such as `8.33`.
pub fn published_text(score: Exact, rules: Rules<'_>) -> Result<String, Refusal> {
    let units = published(score, rules)?;
    let decimals = usize::try_from(rules.number(RuleKey::ScoreDecimals)).unwrap_or(0);
    let digits = format!("{:0width$}", units.unsigned_abs(), width = decimals + 1);
    let (whole, rest) =
        digits.split_at_checked(digits.len().saturating_sub(decimals)).unwrap_or((&digits, ""));
    let sign = if units < 0 { "-" } else { "" };
    Ok(if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") })
}

fn check(bids: &[Scored]) -> Result<(), Refusal> {
    let members = bids.first().map_or(0, |bid| bid.member_hundredths.len());
    for (index, bid) in bids.iter().enumerate() {
        let refusal = |code| Refusal::new(code, "C43").with("bid", bid.bid.0);
        if bids.iter().take(index).any(|earlier| earlier.bid == bid.bid) {
            return Err(refusal("tendering.ranking-bid-twice"));
        }
        if members == 0 || bid.member_hundredths.len() != members {
            return Err(refusal("tendering.ranking-scores-missing"));
        }
        if bid.price <= Fen::ZERO {
            return Err(Refusal::new("tendering.price-not-positive", "C34").with("price", bid.price));
        }
    }
    Ok(())
}

fn mean(member_hundredths: &[i64]) -> Result<Exact, Refusal> {
    let sum: i128 = member_hundredths.iter().map(|points| i128::from(*points)).sum();
    let members = i128::try_from(member_hundredths.len()).map_err(|_| too_large())?;
    let den = members.checked_mul(i128::from(HUNDREDTHS)).ok_or_else(too_large)?;
    Exact::new(sum, den).ok_or_else(|| Refusal::new("tendering.ranking-scores-missing", "C43"))
}

/// The order of two lines of (bid, quality, total), and what decides it. The bid's id is the very last
/// word, for the case that a broken seed gave two bids one lot.
fn compare(
    left: (&Scored, Exact, Exact),
    right: (&Scored, Exact, Exact),
    tie: TieRule,
) -> (DecidedBy, Ordering) {
    let by_tie_rule = match tie {
        TieRule::Lot => Ordering::Equal,
        TieRule::QualityFirst => right.1.cmp(&left.1),
        TieRule::CultivatedFirst => Reverse(left.0.is_cultivated).cmp(&Reverse(right.0.is_cultivated)),
    };
    [
        (DecidedBy::Score, right.2.cmp(&left.2)),
        (DecidedBy::Price, left.0.price.cmp(&right.0.price)),
        (DecidedBy::TieRule, by_tie_rule),
    ]
    .into_iter()
    .find(|(_, ordering)| *ordering != Ordering::Equal)
    .unwrap_or((DecidedBy::Lot, left.0.lot.cmp(&right.0.lot).then(left.0.bid.cmp(&right.0.bid))))
}

fn too_large() -> Refusal {
    Refusal::new("tendering.ranking-too-large", "C43")
}

#[cfg(test)]
mod tests {
    use super::super::scoring_table::tests::table;
    use super::*;
    use crate::specimen::rules;
    use proptest::prelude::*;

    fn scored(bid: i64, yuan: i64, members: &[i64]) -> Scored {
        let lot = [u8::try_from(bid).unwrap_or(0); 32];
        Scored {
            bid: BidId(bid),
            price: Fen::yuan(yuan),
            member_hundredths: members.to_vec(),
            is_cultivated: false,
            lot,
        }
    }

    fn check_places(bids: &[Scored], tie_rule: TieRule, expected: &[(i64, DecidedBy)]) {
        let ranked = rank(bids, &ScoringTable { tie_rule, ..table() }).unwrap();
        let found: Vec<_> = ranked.iter().map(|line| (line.bid.0, line.decided_by)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_vector_of_the_law_comes_out() {
        // C44: 100,000 / 120,000 / 137,500 yuan with weight 10.
        for (yuan, expected) in [(100_000, "10.00"), (120_000, "8.33"), (137_500, "7.27")] {
            let score = price_score(Fen::yuan(100_000), Fen::yuan(yuan), 10).unwrap();
            assert_eq!(published_text(score, rules()).unwrap(), expected);
        }
    }

    #[test]
    fn score_then_price_then_the_published_rule_then_the_lot() {
        let points = [6_000, 6_100, 6_200];
        // 2 is better in quality; 1 and 3 are equal there, and 3 is dearer.
        let bids = [scored(3, 110, &points), scored(1, 100, &points), scored(2, 100, &[7_000; 3])];
        check_places(
            &bids,
            TieRule::Lot,
            &[(2, DecidedBy::Score), (1, DecidedBy::Score), (3, DecidedBy::Score)],
        );
        // Equal totals at different prices: 20 points at the benchmark, 16 at a quarter more.
        let equal = [scored(1, 125, &[6_400]), scored(2, 100, &[6_000])];
        check_places(&equal, TieRule::Lot, &[(2, DecidedBy::Score), (1, DecidedBy::Price)]);
        let mut twins = [scored(1, 100, &points), scored(2, 100, &points)];
        check_places(&twins, TieRule::Lot, &[(1, DecidedBy::Score), (2, DecidedBy::Lot)]);
        twins[1].is_cultivated = true;
        check_places(&twins, TieRule::CultivatedFirst, &[(2, DecidedBy::Score), (1, DecidedBy::TieRule)]);
        check_places(&twins, TieRule::QualityFirst, &[(1, DecidedBy::Score), (2, DecidedBy::Lot)]);
    }

    #[test]
    fn a_difference_too_small_to_print_still_decides() {
        let bids = [scored(1, 100_000_001, &[6_000]), scored(2, 100_000_000, &[6_000])];
        let ranked = rank(&bids, &table()).unwrap();
        let texts: Vec<_> = ranked.iter().map(|line| published_text(line.total, rules()).unwrap()).collect();
        assert_eq!(texts, ["80.00", "80.00"]);
        assert_eq!((ranked[0].bid, ranked[1].decided_by), (BidId(2), DecidedBy::Score));
    }

    #[test]
    fn what_cannot_be_ranked_is_refused() {
        let code = |bids: &[Scored]| rank(bids, &table()).err().map(|refusal| refusal.code);
        assert_eq!(code(&[]), None);
        assert_eq!(code(&[scored(1, 1, &[])]), Some("tendering.ranking-scores-missing"));
        assert_eq!(
            code(&[scored(1, 1, &[1]), scored(2, 1, &[1, 2])]),
            Some("tendering.ranking-scores-missing")
        );
        assert_eq!(code(&[scored(1, 0, &[1])]), Some("tendering.price-not-positive"));
        assert_eq!(code(&[scored(1, 1, &[1]), scored(1, 2, &[1])]), Some("tendering.ranking-bid-twice"));
        let hostile = [scored(1, i64::MAX, &[i64::MAX; 5]), scored(2, i64::MAX - 1, &[i64::MIN; 5])];
        assert!(rank(&hostile, &table()).is_ok());
    }

    fn some_bids() -> impl Strategy<Value = Vec<Scored>> {
        let one =
            (1_i64..5_000_000, proptest::collection::vec(0_i64..8_000, 5), any::<bool>(), any::<[u8; 32]>());
        proptest::collection::vec(one, 1..9).prop_map(|bids| {
            let scored = bids.into_iter().enumerate().map(
                |(index, (price, member_hundredths, is_cultivated, lot))| Scored {
                    bid: BidId(i64::try_from(index).unwrap()),
                    price: Fen(price),
                    member_hundredths,
                    is_cultivated,
                    lot,
                },
            );
            scored.collect()
        })
    }

    fn places(bids: &[Scored]) -> Vec<BidId> {
        rank(bids, &table()).unwrap().into_iter().map(|line| line.bid).collect()
    }

    proptest! {
        #[test]
        fn the_order_of_entry_never_matters(bids in some_bids(), turn in 0_usize..9) {
            let mut turned = bids.clone();
            turned.rotate_left(turn % bids.len());
            prop_assert_eq!(rank(&bids, &table()).unwrap(), rank(&turned, &table()).unwrap());
        }

        #[test]
        fn prices_in_another_unit_rank_alike(bids in some_bids(), factor in 2_i64..1_000) {
            let mut scaled = bids.clone();
            for bid in &mut scaled {
                bid.price = Fen(bid.price.0 * factor);
            }
            prop_assert_eq!(rank(&bids, &table()).unwrap(), rank(&scaled, &table()).unwrap());
        }

        #[test]
        fn a_further_dearer_bid_does_not_reorder_the_others(bids in some_bids(), extra in 0_i64..1_000_000) {
            let highest = bids.iter().map(|bid| bid.price.0).max().unwrap();
            let mut more = bids.clone();
            more.push(Scored { bid: BidId(99), price: Fen(highest + extra), ..bids[0].clone() });
            let mut after = places(&more);
            after.retain(|bid| *bid != BidId(99));
            prop_assert_eq!(places(&bids), after);
        }

        #[test]
        fn totals_stay_between_nothing_and_the_whole(bids in some_bids()) {
            for line in rank(&bids, &table()).unwrap() {
                prop_assert!(line.total > Exact::ZERO && line.total <= Exact::whole(100));
                prop_assert!(line.price_score <= Exact::whole(20));
            }
        }

        #[test]
        fn bidding_less_with_equal_points_never_ranks_lower(bids in some_bids()) {
            let level: Vec<Scored> =
                bids.iter().map(|bid| Scored { member_hundredths: vec![5_000; 5], ..bid.clone() }).collect();
            let order: Vec<Fen> = places(&level).iter().map(|id| level.iter().find(|bid| bid.bid == *id).unwrap().price).collect();
            prop_assert!(order.is_sorted());
        }
    }
}
