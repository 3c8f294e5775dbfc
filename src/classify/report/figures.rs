//! The statistics of a report: pure, and checked against values that were computed by hand.

use serde::Serialize;
use utoipa::ToSchema;

/// Of a standard normal distribution, 95 % lies within this many deviations.
pub(super) const Z: f64 = 1.959_963_984_540_054;

/// Bins of a calibration.
const BINS: usize = 10;

/// How many of how many, and how sure that is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct Share {
    /// The sample's size.
    pub n: u64,
    /// How many of these.
    pub k: u64,
    /// k / n; null where the sample is empty.
    #[schema(required)]
    pub share: Option<f64>,
    /// Where the interval of 95 % begins (Wilson, 1927).
    #[schema(required)]
    pub low: Option<f64>,
    /// Where it ends.
    #[schema(required)]
    pub high: Option<f64>,
}

impl Share {
    /// `k` of `n`, with Wilson's score interval: it holds for small samples, and for shares near 0 and 1.
    pub fn new(k: u64, n: u64) -> Self {
        if n == 0 {
            return Self::default();
        }
        let size = n as f64;
        let share = k as f64 / size;
        let scale = 1.0 + Z * Z / size;
        let middle = (share + Z * Z / (2.0 * size)) / scale;
        let half = Z / scale * (share * (1.0 - share) / size + Z * Z / (4.0 * size * size)).sqrt();
        Self {
            n,
            k,
            share: Some(rounded(share)),
            low: Some(rounded((middle - half).max(0.0))),
            high: Some(rounded((middle + half).min(1.0))),
        }
    }

    /// Counts those for which `holds`.
    pub fn of(all: impl IntoIterator<Item = bool>) -> Self {
        let (mut k, mut n) = (0, 0);
        for holds in all {
            n += 1;
            k += u64::from(holds);
        }
        Self::new(k, n)
    }
}

/// Whether a confidence means what it says: of those told with 80 %, 80 % should be right.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Calibration {
    /// The expected calibration error: how far confidence and truth lie apart, on average over all
    /// suggestions.
    pub error: f64,
    /// Ten of the same width, the empty ones too.
    pub bins: Vec<Bin>,
}

/// Suggestions of about the same confidence.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, ToSchema)]
pub struct Bin {
    /// The least confidence; the next bin's is the end of this one.
    pub from: f64,
    /// How many.
    pub n: u64,
    /// Their mean confidence.
    #[schema(required)]
    pub confidence: Option<f64>,
    /// The share that was right.
    #[schema(required)]
    pub right: Option<f64>,
}

impl Calibration {
    /// From each suggestion's confidence, 0 to 1, and whether it was right; `None` without any.
    pub fn new(all: impl IntoIterator<Item = (f64, bool)>) -> Option<Self> {
        let mut bins = [(0_u64, 0.0_f64, 0_u64); BINS];
        for (confidence, is_right) in all {
            let place = ((confidence * BINS as f64) as usize).min(BINS - 1);
            let (n, sum, right) = &mut bins[place];
            *n += 1;
            *sum += confidence;
            *right += u64::from(is_right);
        }
        let total: u64 = bins.iter().map(|(n, ..)| n).sum();
        if total == 0 {
            return None;
        }
        let apart = |(n, sum, right): &(u64, f64, u64)| {
            if *n == 0 { 0.0 } else { (sum - *right as f64).abs() / total as f64 }
        };
        Some(Self {
            error: rounded(bins.iter().map(apart).sum()),
            bins: (0..BINS)
                .zip(bins)
                .map(|(place, (n, sum, right))| Bin {
                    from: place as f64 / BINS as f64,
                    n,
                    confidence: (n > 0).then(|| rounded(sum / n as f64)),
                    right: (n > 0).then(|| rounded(right as f64 / n as f64)),
                })
                .collect(),
        })
    }
}

/// How long it took, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct Latency {
    /// Half took at most this.
    pub p50: f64,
    /// 95 % took at most this.
    pub p95: f64,
    /// 99 % took at most this.
    pub p99: f64,
}

/// Buckets to a doubling: a percentile is told to within 4.5 %.
const FINENESS: f64 = 16.0;

/// Counts of latencies in buckets whose width grows with them, so that any number of them takes the
/// same room.
#[derive(Clone, Debug, Default)]
pub struct Histogram {
    buckets: std::collections::BTreeMap<u16, u64>,
    n: u64,
}

impl Histogram {
    /// Counts one.
    pub fn add(&mut self, microseconds: i64) {
        let bucket = (microseconds.max(1) as f64).log2() * FINENESS;
        *self.buckets.entry(bucket.ceil() as u16).or_default() += 1;
        self.n += 1;
    }

    /// The percentiles by nearest rank, each as its bucket's end; `None` where nothing was counted.
    pub fn latency(&self) -> Option<Latency> {
        let at = |share: f64| {
            let rank = (share * self.n as f64).ceil().max(1.0) as u64;
            let mut seen = 0;
            let bucket = self.buckets.iter().find(|(_, n)| {
                seen += **n;
                seen >= rank
            });
            let end = bucket.map(|(bucket, _)| (f64::from(*bucket) / FINENESS).exp2())?;
            Some((end.round()) / 1_000.0)
        };
        Some(Latency { p50: at(0.5)?, p95: at(0.95)?, p99: at(0.99)? })
    }
}

/// Four places are more than a sample ever tells.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilsons_interval_is_that_of_the_books() {
        // 81 of 263 (Newcombe 1998, table I: 0.2553 to 0.3662), 15 of 148 (0.0624 to 0.1605), 0 of 20
        // (0.0000 to 0.1611), 1 of 29 (0.0061 to 0.1718)
        for (k, n, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let share = Share::new(k, n);
            assert_eq!((share.low, share.high), (Some(low), Some(high)), "{k} of {n}");
        }
        assert_eq!(Share::new(20, 20).high, Some(1.0));
        assert_eq!(Share::of([true, false, true, true]).share, Some(0.75));
        assert_eq!(Share::of([]), Share { n: 0, k: 0, share: None, low: None, high: None });
    }

    #[test]
    fn the_calibration_error_is_the_mean_distance() {
        // two bins: of 0.95 and 0.85 one of two is right, of 0.55 one of one
        // |0.95 - 1| / 4 + |0.85 + 0.85 - 1| / 4 + |0.55 - 1| / 4
        let all = [(0.95, true), (0.85, true), (0.85, false), (0.55, true)];
        let calibration = Calibration::new(all).unwrap();
        assert_eq!(calibration.error, 0.3);
        let of = |place: usize| calibration.bins[place];
        assert_eq!((of(8).n, of(8).confidence, of(8).right), (2, Some(0.85), Some(0.5)));
        assert_eq!((of(5).from, of(5).n, of(0).n, of(0).right), (0.5, 1, 0, None));
        assert_eq!(Calibration::new([(1.0, true), (0.0, false)]).unwrap().error, 0.0);
        assert_eq!(Calibration::new([]), None);
    }

    #[test]
    fn percentiles_are_told_by_their_bucket() {
        let mut histogram = Histogram::default();
        assert_eq!(histogram.latency(), None);
        for microseconds in 1..=1_000 {
            histogram.add(microseconds * 1_000);
        }
        let latency = histogram.latency().unwrap();
        for (told, exact) in [(latency.p50, 500.0), (latency.p95, 950.0), (latency.p99, 990.0)] {
            assert!(told >= exact && told <= exact * 1.045, "{told} for {exact}");
        }
        let mut one = Histogram::default();
        one.add(0);
        assert_eq!(one.latency().unwrap().p99, 0.001);
    }
}
