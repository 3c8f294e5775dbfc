//! What a text is about, in a kilobyte, so that thousands can be compared while somebody types.

use crate::classify::local::{features, normalise, read};

/// Numbers of a sketch.
const WIDTH: usize = 1_024;

/// A text's features (those that the embedded classifier reads: words, pairs and parts of words), each
/// added to or taken from one of [`WIDTH`] sums by its hash. The cosine of two sketches is about that
/// of the features themselves: it is off by 0.03 (one over the root of the width) as a rule.
#[derive(Clone, Debug)]
pub struct Sketch {
    sums: Box<[i8]>,
    /// One over the sums' length.
    scale: f32,
}

impl Sketch {
    /// Of a title and a description; either may be empty.
    pub fn of(title: &str, description: &str) -> Self {
        let (title, description) = read(title, description);
        let (title, description) =
            (normalise::normalise(&title), normalise::normalise(&description));
        let mut sums = [0.0_f32; WIDTH];
        for (bucket, weight) in features::features(&title, &description) {
            let hash = bucket.wrapping_mul(0x9e37_79b1); // 2^32 over the golden ratio (Knuth)
            let place = (hash >> 22) as usize;
            sums[place] += if hash & (1 << 21) == 0 { weight } else { -weight };
        }
        let largest = sums.iter().fold(0.0_f32, |largest, sum| largest.max(sum.abs()));
        let unit = if largest > 0.0 { 127.0 / largest } else { 0.0 };
        let sums: Box<[i8]> = sums.iter().map(|sum| (sum * unit).round() as i8).collect();
        let length = dot(&sums, &sums) as f32;
        Self { sums, scale: if length > 0.0 { length.sqrt().recip() } else { 0.0 } }
    }

    /// The cosine: 1 for the same text, about 0 for texts that have nothing in common.
    pub fn similarity(&self, other: &Self) -> f32 {
        dot(&self.sums, &other.sums) as f32 * self.scale * other.scale
    }
}

fn dot(one: &[i8], other: &[i8]) -> i32 {
    one.iter().zip(other).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_about_the_same_are_alike() {
        let refund = Sketch::of("Charged twice", "My card was charged twice, please refund one.");
        let same = Sketch::of("charged TWICE", "my card was charged twice; please refund one");
        let like = Sketch::of("Refund", "You charged my card two times. I want a refund.");
        let other = Sketch::of("Export fails", "The CSV export stops with an error at row 20.");
        let of = |sketch: &Sketch| refund.similarity(sketch);
        assert!((of(&refund) - 1.0).abs() < 1e-3 && of(&same) > 0.8, "{}", of(&same));
        assert!(of(&same) > of(&like) && of(&like) > of(&other) + 0.1);
        assert_eq!(Sketch::of("", "").similarity(&refund), 0.0);
    }
}
