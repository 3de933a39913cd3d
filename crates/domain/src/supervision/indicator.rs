//! Indicators: two whole numbers against a target, a light, and what two reds running lead to (E7, E8, E10).

use crate::coded;
use crate::kernel::{Date, Ratio, Refusal, RuleKey, Rules};

coded! {
    /// What is measured. What the system holds itself is computed and cannot be reported.
    pub enum Indicator as "indicator" {
        /// Community-building funds that bought services of social organisations, of all such funds (S48).
        CommunitySpending = "community_spending",
        /// Elderly subsidies for elderly-service organisations, of all such subsidies (S49).
        ElderlySpending = "elderly_spending",
        /// Items that came to a notice, of all listed items.
        ItemsOpened = "items_opened",
        /// Steps of purchases done on time, of all that were due (E4).
        StepsOnTime = "steps_on_time",
        /// Contracts won by organisations that the bureau does not supervise, of all contracts (S61).
        OutsideWinners = "outside_winners",
        /// Price left below the ceiling, of all ceilings under contract.
        Savings = "savings",
        /// Satisfied answers of recipients, of all valid ones (E2).
        Satisfaction = "satisfaction",
    }
}

coded! {
    /// What an indicator shows.
    pub enum Light as "light" {
        /// The target is reached.
        Green = "green",
        /// Nearly.
        Yellow = "yellow",
        /// Too little.
        Red = "red",
        /// No target is set, or nothing was measured.
        None = "none",
    }
}

/// A part of a whole: satisfied of valid, opened of listed, spent of granted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// The part.
    pub part: i64,
    /// The whole.
    pub whole: i64,
}

impl Indicator {
    /// Whether districts report it; everything else is computed.
    pub fn is_reported(self) -> bool {
        matches!(self, Self::CommunitySpending | Self::ElderlySpending)
    }

    /// Whether its parts are amounts of money.
    pub fn is_money(self) -> bool {
        matches!(self, Self::CommunitySpending | Self::ElderlySpending | Self::Savings)
    }

    /// The rule that asks for it.
    pub fn rule(self) -> &'static str {
        match self {
            Self::CommunitySpending => "S48",
            Self::ElderlySpending => "S49",
            Self::ItemsOpened | Self::Savings => "E7",
            Self::StepsOnTime => "E4",
            Self::OutsideWinners => "S69",
            Self::Satisfaction => "S72",
        }
    }

    /// Whether its target is a floor that the seed names ("2/3 以上"): it is met or it is not.
    fn is_floor(self) -> bool {
        matches!(self, Self::CommunitySpending | Self::ElderlySpending)
    }

    /// Its target, where one is set.
    pub fn target(self, rules: Rules<'_>) -> Option<Ratio> {
        match self {
            Self::CommunitySpending => Some(rules.ratio(RuleKey::CommunitySpendingShare)),
            Self::ElderlySpending => Some(rules.ratio(RuleKey::ElderlySpendingShare)),
            _ => None,
        }
    }
}

/// Whether a figure of this indicator may be reported at all: what is computed is never typed (E7).
///
/// # Errors
/// `supervision.computed-indicator`.
pub fn may_report(indicator: Indicator) -> Result<(), Refusal> {
    if indicator.is_reported() {
        return Ok(());
    }
    Err(Refusal::new("supervision.computed-indicator", "E7")
        .at("indicator")
        .with_code("indicator", indicator))
}

/// First and last day of a quarter, 1 to 4; `None` for anything else.
pub fn quarter_days(year: i64, quarter: i64) -> Option<(Date, Date)> {
    let year = i16::try_from(year).ok()?;
    let month = i8::try_from(quarter).ok().filter(|quarter| (1..=4).contains(quarter))? * 3;
    let first = Date::new(year, month - 2, 1).ok()?;
    Some((first, Date::new(year, month, 1).ok()?.last_of_month()))
}

/// The whole of several shares, from their summed parts and never from their percentages (E8).
pub fn sum(shares: impl IntoIterator<Item = Share>) -> Share {
    shares.into_iter().fold(Share::default(), |all, one| Share {
        part: all.part.saturating_add(one.part),
        whole: all.whole.saturating_add(one.whole),
    })
}

/// The light of an indicator's share against its target: green from the target, yellow from a share of it, red
/// below; a floor has no yellow, for what misses it is short of what was promised (T12). All compared in whole
/// numbers (E10).
pub fn light(indicator: Indicator, share: Share, rules: Rules<'_>) -> Light {
    lit(share, indicator.target(rules), indicator.is_floor(), rules)
}

fn lit(share: Share, target: Option<Ratio>, is_floor: bool, rules: Rules<'_>) -> Light {
    let Some(target) = target.filter(|_| share.whole > 0) else { return Light::None };
    if reaches(share, target, rules.ratio(RuleKey::LightGreenShare)) {
        Light::Green
    } else if !is_floor && reaches(share, target, rules.ratio(RuleKey::LightYellowShare)) {
        Light::Yellow
    } else {
        Light::Red
    }
}

/// part ÷ whole ≥ target × wanted, cross-multiplied.
fn reaches(share: Share, target: Ratio, wanted: Ratio) -> bool {
    let left = i128::from(share.part) * i128::from(target.denominator()) * i128::from(wanted.denominator());
    let right = i128::from(share.whole) * i128::from(target.numerator()) * i128::from(wanted.numerator());
    left >= right
}

/// How many reds stand at the end of a row of lights.
pub fn reds_running(lights: &[Light]) -> usize {
    lights.iter().rev().take_while(|light| **light == Light::Red).count()
}

/// Whether so many reds running ask for a ticket (E7).
pub fn needs_ticket(lights: &[Light], rules: Rules<'_>) -> bool {
    let needed = rules.count(RuleKey::RedsInARow);
    needed > 0 && reds_running(lights) >= needed
}

/// The part in hundredths of a percent, rounded down, so that a share below two thirds never looks like it.
pub fn basis_points(share: Share) -> Option<i64> {
    let points = i128::from(share.part) * 10_000;
    (share.whole > 0).then(|| i64::try_from(points.div_euclid(i128::from(share.whole))).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::{book, day};

    #[test]
    fn two_thirds_is_a_floor_compared_in_whole_numbers() {
        let rules = book().on(day(2014, 12, 31));
        let lit = |part, whole| light(Indicator::CommunitySpending, Share { part, whole }, rules);
        assert_eq!(lit(6_666_666, 10_000_000), Light::Red);
        assert_eq!(lit(6_666_667, 10_000_000), Light::Green);
        assert_eq!(lit(0, 0), Light::None);
        assert_eq!(light(Indicator::Savings, Share { part: 1, whole: 2 }, rules), Light::None, "no target");
    }

    #[test]
    fn a_target_that_is_no_floor_has_a_yellow_below_it() {
        let rules = book().on(day(2014, 12, 31));
        let lit = |part, whole| lit(Share { part, whole }, Ratio::new(2, 3), false, rules);
        // Four fifths of two thirds is 8/15.
        assert_eq!(lit(8, 15), Light::Yellow);
        assert_eq!(lit(7_999_999, 15_000_000), Light::Red);
        assert_eq!(lit(2, 3), Light::Green);
    }

    #[test]
    fn a_share_below_the_target_never_looks_like_it() {
        assert_eq!(basis_points(Share { part: 6_666_666, whole: 10_000_000 }), Some(6_666));
        assert_eq!(basis_points(Share { part: 1, whole: 0 }), None);
    }

    #[test]
    fn the_city_is_the_sum_of_its_districts() {
        // 90% of 10 and 10% of 990: a mean of percentages would say 50.
        let city = sum([Share { part: 9, whole: 10 }, Share { part: 99, whole: 990 }]);
        assert_eq!((city, basis_points(city)), (Share { part: 108, whole: 1000 }, Some(1080)));
    }

    #[test]
    fn two_reds_running_bring_a_ticket() {
        use Light::{Green, Red};
        let rules = book().on(day(2014, 12, 31));
        for (lights, expected) in [
            (vec![Red], false),
            (vec![Red, Red], true),
            (vec![Red, Green, Red], false),
            (vec![Green, Red, Red], true),
            (vec![Red, Red, Green], false),
            (vec![], false),
        ] {
            assert_eq!(needs_ticket(&lights, rules), expected, "{lights:?}");
        }
    }

    #[test]
    fn what_is_computed_is_never_typed() {
        assert_eq!(may_report(Indicator::CommunitySpending), Ok(()));
        for computed in Indicator::ALL.iter().filter(|one| !one.is_reported()) {
            let refused = may_report(*computed).err().map(|refusal| (refusal.code, refusal.rule));
            assert_eq!(refused, Some(("supervision.computed-indicator", "E7")), "{computed:?}");
        }
    }

    use crate::kernel::Coded;
}
