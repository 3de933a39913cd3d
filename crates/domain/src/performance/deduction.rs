//! What is paid for a milestone: accepted units at their price, less what the published table allows, and
//! never more than the milestone (E3b). A deduction that is not in the table is refused.

use crate::contracts::DeductionKind;
use crate::kernel::{Fen, Ratio, Refusal};

/// A line of the contract's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeductionLine {
    /// Its row.
    pub id: i64,
    /// How it deducts.
    pub kind: DeductionKind,
    /// The share, in hundredths of a percent.
    pub basis_points: i64,
}

/// One kind of unit, as claimed and as accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemClaim {
    /// Its place in the list, for the field at fault.
    pub position: i64,
    /// What one unit costs.
    pub price: Fen,
    /// Units claimed, from the ledger.
    pub claimed: i64,
    /// Units accepted.
    pub accepted: i64,
    /// The line for units that are not accepted.
    pub unit_line: Option<i64>,
    /// The line for a share of the rest.
    pub share_line: Option<i64>,
}

/// What was claimed and what was deducted from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deduction {
    /// Claimed.
    pub claimed: Fen,
    /// Deducted.
    pub deducted: Fen,
}

impl Deduction {
    /// What remains.
    pub fn accepted(self) -> Fen {
        Fen(self.claimed.0.saturating_sub(self.deducted.0))
    }
}

/// Judges one item by the table.
pub fn judge(item: &ItemClaim, table: &[DeductionLine]) -> Result<Deduction, Refusal> {
    let at = |code, field: &str| Refusal::new(code, "E3b").at(format!("items.{}.{field}", item.position));
    if item.accepted < 0 || item.accepted > item.claimed {
        return Err(at("performance.accepted-beyond-claimed", "accepted").with("claimed", item.claimed));
    }
    let refused = item.claimed - item.accepted;
    let of_table = |id: Option<i64>, kind| match id {
        None => Some(None),
        Some(id) => table.iter().find(|line| line.id == id && line.kind == kind).map(Some),
    };
    let unit_line = of_table(item.unit_line, DeductionKind::Unit)
        .ok_or_else(|| at("performance.deduction-not-in-table", "unit_line"))?;
    let share_line = of_table(item.share_line, DeductionKind::Share)
        .ok_or_else(|| at("performance.deduction-not-in-table", "share_line"))?;
    if refused > 0 && unit_line.is_none() {
        return Err(at("performance.deduction-without-line", "unit_line").with("units", refused));
    }
    if refused == 0 && unit_line.is_some() {
        return Err(at("performance.deduction-of-nothing", "unit_line"));
    }
    let cost = |units: i64| item.price.0.checked_mul(units).map(Fen);
    let too_large = || at("performance.amount-too-large", "accepted");
    let (claimed, kept) =
        (cost(item.claimed).ok_or_else(too_large)?, cost(item.accepted).ok_or_else(too_large)?);
    let share = share_line.and_then(|line| u32::try_from(line.basis_points).ok());
    let share = share.and_then(|points| Ratio::new(points, 10_000)).unwrap_or(Ratio::ZERO);
    let deducted = claimed.0 - kept.0 + share.of(kept).0;
    Ok(Deduction { claimed, deducted: Fen(deducted) })
}

/// All items together, capped by the milestone: more than agreed is neither claimed nor paid.
pub fn total(items: &[Deduction], cap: Fen) -> Deduction {
    let sum = |amounts: &mut dyn Iterator<Item = Fen>| Fen::sum(amounts).unwrap_or(Fen(i64::MAX));
    let claimed = sum(&mut items.iter().map(|item| item.claimed)).min(cap);
    let accepted = sum(&mut items.iter().map(|item| item.accepted())).min(cap);
    Deduction { claimed, deducted: Fen(claimed.0 - accepted.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: [DeductionLine; 2] = [
        DeductionLine { id: 1, kind: DeductionKind::Unit, basis_points: 0 },
        DeductionLine { id: 2, kind: DeductionKind::Share, basis_points: 500 },
    ];

    fn item(claimed: i64, accepted: i64, unit_line: Option<i64>, share_line: Option<i64>) -> ItemClaim {
        ItemClaim { position: 1, price: Fen::yuan(100), claimed, accepted, unit_line, share_line }
    }

    #[test]
    fn a_deduction_is_a_line_of_the_table_or_none() {
        for (item, expected) in [
            (item(10, 10, None, None), Ok((1_000, 0))),
            (item(10, 8, Some(1), None), Ok((1_000, 200))),
            (item(10, 10, None, Some(2)), Ok((1_000, 50))),
            (item(10, 8, Some(1), Some(2)), Ok((1_000, 240))),
            (item(10, 0, Some(1), None), Ok((1_000, 1_000))),
            (item(0, 0, None, None), Ok((0, 0))),
            (item(10, 8, None, None), Err("performance.deduction-without-line")),
            (item(10, 8, Some(2), None), Err("performance.deduction-not-in-table")),
            (item(10, 8, Some(9), None), Err("performance.deduction-not-in-table")),
            (item(10, 10, None, Some(1)), Err("performance.deduction-not-in-table")),
            (item(10, 10, Some(1), None), Err("performance.deduction-of-nothing")),
            (item(10, 11, None, None), Err("performance.accepted-beyond-claimed")),
            (item(10, -1, Some(1), None), Err("performance.accepted-beyond-claimed")),
            (item(i64::MAX, i64::MAX, None, None), Err("performance.amount-too-large")),
        ] {
            let found = judge(&item, &TABLE).map_err(|refusal| refusal.code);
            let expected = expected.map(|(claimed, deducted)| Deduction {
                claimed: Fen::yuan(claimed),
                deducted: Fen::yuan(deducted),
            });
            assert_eq!(found, expected, "{item:?}");
        }
    }

    #[test]
    fn a_milestone_is_never_paid_above_its_amount() {
        let of = |claimed, deducted| Deduction { claimed: Fen(claimed), deducted: Fen(deducted) };
        for (items, cap, expected) in [
            (vec![of(600, 0), of(400, 100)], 1_000, of(1_000, 100)),
            (vec![of(1_200, 100)], 1_000, of(1_000, 0)),
            (vec![of(1_200, 300)], 1_000, of(1_000, 100)),
            (vec![], 1_000, of(0, 0)),
            (vec![of(i64::MAX, 0), of(i64::MAX, 0)], 1_000, of(1_000, 0)),
        ] {
            assert_eq!(total(&items, Fen(cap)), expected, "{items:?}");
        }
    }
}
