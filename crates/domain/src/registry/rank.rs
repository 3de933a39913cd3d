//! The city's place in its province: organisations for so many residents, compared exactly, and the claim to have
//! led for years on end, which needs every year's figures of every peer city (S7).

use crate::kernel::{Refusal, RuleKey, Rules};

/// Registered organisations and permanent residents at the end of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Density {
    /// Registered organisations.
    pub organisations: i64,
    /// Permanent residents.
    pub residents: i64,
}

impl Density {
    /// Whether this city has more organisations for each resident than `other`; cross-multiplied.
    fn is_denser(self, other: Self) -> bool {
        let left = i128::from(self.organisations) * i128::from(other.residents);
        left > i128::from(other.organisations) * i128::from(self.residents)
    }

    /// Organisations for every 10,000 residents in hundredths, rounded down.
    pub fn hundredths(self) -> i64 {
        let all = i128::from(self.organisations) * 1_000_000;
        i64::try_from(all / i128::from(self.residents.max(1))).unwrap_or(i64::MAX)
    }
}

/// The place of `own` among its peers: one more than the peers that are denser, so that equals share a place.
pub fn rank(own: Density, peers: &[Density]) -> usize {
    peers.iter().filter(|peer| peer.is_denser(own)).count() + 1
}

/// Whether the city may say that it led the province up to and with `last_year`; `rank_of` answers the place of a
/// year, or nothing while a figure is missing.
///
/// # Errors
/// `rank.peers-missing` (S7) with the first year whose figures are incomplete, `rank.not-leading` with the first year
/// in which another city led. The outcome is how many years the claim covers.
pub fn claim(
    last_year: i64,
    rank_of: impl Fn(i64) -> Option<usize>,
    rules: Rules<'_>,
) -> Result<i64, Refusal> {
    let years = rules.number(RuleKey::LeadClaimYears);
    let first = last_year.saturating_sub(years - 1);
    let places: Vec<(i64, Option<usize>)> = (first..=last_year).map(|year| (year, rank_of(year))).collect();
    if let Some((year, _)) = places.iter().find(|(_, place)| place.is_none()) {
        let refusal = Refusal::new("rank.peers-missing", "S7").at("last_year");
        return Err(refusal.with("years", years).with("year", *year));
    }
    match places.iter().find(|(_, place)| *place != Some(1)) {
        Some((year, place)) => Err(Refusal::new("rank.not-leading", "S7")
            .at("last_year")
            .with("year", *year)
            .with("place", place.unwrap_or_default())),
        None => Ok(years),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::{book, day};

    fn density(organisations: i64, residents: i64) -> Density {
        Density { organisations, residents }
    }

    #[test]
    fn places_follow_the_exact_share_and_equals_share_one() {
        let own = density(1, 3);
        for (peers, expected) in [
            (vec![], 1),
            (vec![density(333_333, 1_000_000)], 1),
            (vec![density(2, 6)], 1),
            (vec![density(333_334, 1_000_000), density(2, 6), density(1, 2)], 3),
        ] {
            assert_eq!(rank(own, &peers), expected, "{peers:?}");
        }
        assert_eq!(density(24_000, 8_188_000).hundredths(), 2_931);
    }

    #[test]
    fn three_years_are_claimed_only_with_three_years_of_figures() {
        let rules = book().on(day(2014, 3, 1));
        let code = |answer: Result<i64, Refusal>| answer.map_err(|refusal| refusal.code);
        let all = |places: [Option<usize>; 3]| {
            move |year: i64| {
                usize::try_from(year - 2011).ok().and_then(|at| places.get(at).copied().flatten())
            }
        };
        assert_eq!(code(claim(2013, all([Some(1), Some(1), Some(1)]), rules)), Ok(3));
        assert_eq!(code(claim(2013, all([None, Some(1), Some(1)]), rules)), Err("rank.peers-missing"));
        assert_eq!(code(claim(2013, all([Some(1), Some(2), Some(1)]), rules)), Err("rank.not-leading"));
        assert_eq!(code(claim(2014, all([Some(1), Some(1), Some(1)]), rules)), Err("rank.peers-missing"));
    }
}
