//! Latencies of one run and their percentiles, exact because every one is kept.

use std::time::Duration;

/// Latencies in microseconds.
#[derive(Clone, Default)]
pub struct Histogram(Vec<u64>);

impl Histogram {
    /// Adds one latency.
    pub fn add(&mut self, latency: Duration) {
        self.0.push(u64::try_from(latency.as_micros()).unwrap_or(u64::MAX));
    }

    /// Adds all latencies of another run.
    pub fn join(&mut self, other: Histogram) {
        self.0.extend(other.0);
    }

    /// How many were measured.
    pub fn count(&self) -> u64 {
        self.0.len() as u64
    }

    /// The latency in microseconds that `percent` of all stayed within; 0 when nothing was measured.
    pub fn percentile_us(&self, percent: usize) -> u64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let rank = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
        sorted.get(rank).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_by_rank() {
        let mut histogram = Histogram::default();
        assert_eq!(histogram.percentile_us(50), 0);
        (1..=100).rev().for_each(|us| histogram.add(Duration::from_micros(us)));
        assert_eq!(histogram.percentile_us(50), 50);
        assert_eq!(histogram.percentile_us(99), 99);
        assert_eq!(histogram.percentile_us(100), 100);
    }
}
