//! Where ids come from.

use std::sync::atomic::{AtomicU64, Ordering};

use domain::kernel::Moment;

use crate::{Chance, Error};

/// Ids that sort by time: 41 bits of milliseconds, then 22 bits that tell nobody how many came between.
///
/// The low bits are a count behind a secret permutation (a Feistel network), so within a millisecond no
/// two ids meet, and two ids that are shown say nothing about those in between.
pub struct Ids {
    count: AtomicU64,
    keys: [u8; 32],
}

const LOW_BITS: u32 = 22;
const LOW_MASK: u64 = (1 << LOW_BITS) - 1;
const HALF_BITS: u32 = LOW_BITS / 2;
const HALF_MASK: u64 = (1 << HALF_BITS) - 1;
const ROUNDS: u8 = 6;

impl Ids {
    pub(crate) fn new(chance: &Chance) -> Result<Self, Error> {
        Ok(Self { count: AtomicU64::new(0), keys: chance.bytes()? })
    }

    /// A new id, as of `now`.
    pub(crate) fn next(&self, now: Moment) -> i64 {
        let low = self.permuted(self.count.fetch_add(1, Ordering::Relaxed) & LOW_MASK);
        let millis = now.0.max(0) / 1000;
        let high = (millis & ((1 << 41) - 1)) << LOW_BITS;
        high | i64::try_from(low).unwrap_or(0)
    }

    fn permuted(&self, count: u64) -> u64 {
        let (mut left, mut right) = (count >> HALF_BITS, count & HALF_MASK);
        for round in 0..ROUNDS {
            let mixed = left ^ self.mix(round, right);
            left = right;
            right = mixed;
        }
        left << HALF_BITS | right
    }

    /// Eleven bits that follow from the secret, the round and the other half.
    fn mix(&self, round: u8, half: u64) -> u64 {
        let mut message = vec![round];
        message.extend_from_slice(&half.to_be_bytes());
        let digest = evidence::Digest::keyed(&self.keys, &message);
        digest.0.iter().take(2).fold(0, |sum, byte| sum << 8 | u64::from(*byte)) & HALF_MASK
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Ids, LOW_MASK};
    use crate::Chance;
    use domain::kernel::Moment;

    #[test]
    fn ids_of_one_moment_never_meet_and_do_not_count_up() {
        let ids = Ids::new(&Chance::seeded(1)).expect("ids");
        let made: Vec<i64> = (0..20_000).map(|_| ids.next(Moment(1_000_000))).collect();
        assert_eq!(made.iter().collect::<BTreeSet<_>>().len(), made.len());
        let steps: BTreeSet<i64> = made.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert!(steps.len() > 19_000, "the steps between ids repeat: {}", steps.len());
    }

    #[test]
    fn the_low_bits_are_permuted_without_a_collision() {
        let ids = Ids::new(&Chance::seeded(2)).expect("ids");
        let seen: BTreeSet<u64> = (0..=LOW_MASK).step_by(97).map(|count| ids.permuted(count)).collect();
        assert_eq!(seen.len(), usize::try_from(LOW_MASK / 97 + 1).expect("few"));
    }

    #[test]
    fn later_ids_sort_after_earlier_ones() {
        let ids = Ids::new(&Chance::seeded(3)).expect("ids");
        assert!(ids.next(Moment(2_000_000)) > ids.next(Moment(1_000_000)));
    }
}
