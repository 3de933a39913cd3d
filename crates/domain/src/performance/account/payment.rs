//! When accepted money had arrived: payments settle what was accepted first (C28).

use crate::kernel::Date;

/// For each accepted sum, in order, the day on which everything up to and with it had arrived; `None` while
/// it has not. `arrived` is in order of days.
pub fn settled(accepted: &[i64], arrived: &[(Date, i64)]) -> Vec<Option<Date>> {
    let mut owed = 0_i64;
    let day_of = |sum: &i64| {
        owed = owed.saturating_add(*sum);
        let mut paid = 0_i64;
        arrived.iter().find_map(|(day, fen)| {
            paid = paid.saturating_add(*fen);
            (paid >= owed).then_some(*day)
        })
    };
    accepted.iter().map(day_of).collect()
}

#[cfg(test)]
mod tests {
    use super::settled;
    use crate::specimen::day;

    #[test]
    fn the_first_that_was_accepted_is_settled_first() {
        let (one, two) = (day(2014, 5, 1), day(2014, 6, 1));
        for (accepted, arrived, expected) in [
            (vec![100, 50], vec![(one, 100), (two, 50)], vec![Some(one), Some(two)]),
            (vec![100, 50], vec![(one, 150)], vec![Some(one), Some(one)]),
            (vec![100, 50], vec![(one, 99), (two, 1)], vec![Some(two), None]),
            (vec![100], vec![], vec![None]),
            (vec![], vec![(one, 5)], vec![]),
        ] {
            assert_eq!(settled(&accepted, &arrived), expected);
        }
    }
}
