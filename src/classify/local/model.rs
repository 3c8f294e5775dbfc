//! The model: for each bucket one small integer per class, and how to read them.
//!
//! The file, all numbers little-endian: [`MAGIC`]; the biases, then the scales, of the eight classes
//! (f32; four categories, four priorities); the temperatures of the two heads (f32); the table of
//! known words, one bit each; the weights, eight i8 for each bucket.

use super::{
    features::{DIMENSIONS, Feature, KNOWN_BITS, known_bit},
    learnt::Learnt,
};

/// First bytes of a model: its format, and the version of everything in front of it.
pub const MAGIC: &[u8; 16] = b"frontdesk-model1";

/// Classes of one head.
pub const CLASSES: usize = 4;

/// Classes of both heads: categories, then priorities.
pub const BOTH: usize = 2 * CLASSES;

const NUMBERS: usize = 4 * (BOTH + BOTH + 2);
const KNOWN: usize = KNOWN_BITS / 8;

/// Length of a model, in bytes.
pub const BYTES: usize = MAGIC.len() + NUMBERS + KNOWN + DIMENSIONS * BOTH;

/// Probabilities of one head's classes, in the order of the list.
pub type Probabilities = [f32; CLASSES];

/// A model, read where it lies.
#[derive(Clone, Debug)]
pub struct Model<'a> {
    biases: [f32; BOTH],
    scales: [f32; BOTH],
    temperatures: [f32; 2],
    known: &'a [u8],
    weights: &'a [[u8; BOTH]],
}

impl<'a> Model<'a> {
    /// Reads a model; `None` if `bytes` are none of this version.
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        if bytes.len() != BYTES {
            return None;
        }
        let (numbers, rest) = rest.split_at_checked(NUMBERS)?;
        let (known, weights) = rest.split_at_checked(KNOWN)?;
        let (numbers, _) = numbers.as_chunks::<4>();
        let number = |at: usize| f32::from_le_bytes(numbers[at]);
        Some(Self {
            biases: std::array::from_fn(number),
            scales: std::array::from_fn(|class| number(BOTH + class)),
            temperatures: std::array::from_fn(|head| number(2 * BOTH + head)),
            known,
            weights: weights.as_chunks::<BOTH>().0,
        })
    }

    /// Writes a model that [`Model::read`] reads.
    pub fn write(
        biases: [f32; BOTH],
        scales: [f32; BOTH],
        temperatures: [f32; 2],
        known: &[u8],
        weights: &[[i8; BOTH]],
    ) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(BYTES);
        bytes.extend_from_slice(MAGIC);
        for number in biases.iter().chain(&scales).chain(&temperatures) {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        bytes.extend_from_slice(known);
        bytes.extend(weights.iter().flatten().map(|weight| weight.cast_unsigned()));
        bytes
    }

    /// The probabilities of categories and priorities.
    pub fn probabilities(&self, features: &[Feature]) -> (Probabilities, Probabilities) {
        self.probabilities_with(features, None)
    }

    /// The same by what was learnt besides.
    pub fn probabilities_with(
        &self,
        features: &[Feature],
        learnt: Option<&Learnt>,
    ) -> (Probabilities, Probabilities) {
        let mut logits = self.logits(features);
        if let Some(learnt) = learnt {
            learnt.correct(&mut logits, features);
        }
        let head =
            |head: usize| softmax(std::array::from_fn(|class| logits[head * CLASSES + class]));
        (head(0), head(1))
    }

    /// The logits of both heads, divided by their temperatures.
    pub fn logits(&self, features: &[Feature]) -> [f32; BOTH] {
        let mut sums = [0.0_f32; BOTH];
        for (bucket, value) in features {
            let weights = self.weights_of(*bucket);
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += weight * value;
            }
        }
        std::array::from_fn(|class| {
            (self.biases[class] + self.scales[class] * sums[class])
                / self.temperatures[class / CLASSES]
        })
    }

    /// What `features` say for each class: the logits without bias.
    pub fn says(&self, features: &[Feature]) -> [f32; BOTH] {
        let mut sums = [0.0_f32; BOTH];
        for (bucket, value) in features {
            let weights = self.weights_of(*bucket);
            for class in 0..BOTH {
                sums[class] += weights[class] * value * self.scales[class];
            }
        }
        sums
    }

    fn weights_of(&self, bucket: u32) -> [f32; BOTH] {
        self.weights[bucket as usize].map(|weight| f32::from(weight.cast_signed()))
    }

    /// Whether the word stood in more than one ticket of the training (or, rarely, hashes like one).
    pub fn knows(&self, word: &str) -> bool {
        let bit = known_bit(word);
        self.known[bit / 8] & (1 << (bit % 8)) != 0
    }
}

/// Probabilities of logits.
pub fn softmax(logits: [f32; CLASSES]) -> Probabilities {
    let largest = logits.into_iter().fold(f32::NEG_INFINITY, f32::max);
    let powers = logits.map(|logit| (logit - largest).exp());
    let sum: f32 = powers.iter().sum();
    powers.map(|power| power / sum)
}

/// The class with the highest probability; the first among equals.
pub fn likeliest(probabilities: &Probabilities) -> usize {
    (1..CLASSES).fold(
        0,
        |best, class| {
            if probabilities[class] > probabilities[best] { class } else { best }
        },
    )
}

/// The priority to suggest: that with the least expected cost, by [`cost`].
pub fn safest(probabilities: &Probabilities) -> usize {
    let expected = |chosen: usize| -> f32 {
        let classes = probabilities.iter().enumerate();
        classes.map(|(right, probability)| probability * cost(chosen, right)).sum()
    };
    (1..CLASSES).fold(0, |best, level| if expected(level) < expected(best) { level } else { best })
}

/// What a wrong priority costs: 1, a quarter for each level, and a half if an urgent ticket would
/// lie about as one that can wait. By cross-validation it is right as often as the likeliest one,
/// and wrong by less.
fn cost(chosen: usize, right: usize) -> f32 {
    if chosen == right {
        return 0.0;
    }
    let levels = f32::from(u8::try_from(chosen.abs_diff(right)).unwrap_or(u8::MAX));
    let neglect = if right >= chosen + 2 { 0.5 } else { 0.0 };
    1.0 + 0.25 * levels + neglect
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_priority_is_chosen_with_care() {
        assert_eq!(safest(&[0.7, 0.1, 0.1, 0.1]), 0);
        assert_eq!(safest(&[0.1, 0.6, 0.2, 0.1]), 1);
        // hardly likelier to be low than high: what lies between, or above, costs less
        assert_eq!(safest(&[0.34, 0.3, 0.33, 0.03]), 1);
        assert_eq!(safest(&[0.0, 0.0, 0.0, 1.0]), 3);
    }

    #[test]
    fn what_is_written_is_read() {
        let mut weights = vec![[0_i8; BOTH]; DIMENSIONS];
        weights[7] = [127, -127, 0, 1, -128, 5, 6, 7];
        let bytes =
            Model::write([0.5; BOTH], [0.25; BOTH], [1.0, 2.0], &vec![0xff; KNOWN], &weights);
        assert_eq!(bytes.len(), BYTES);
        let model = Model::read(&bytes).expect("a model");
        assert_eq!(model.says(&[(7, 2.0)])[..4], [63.5, -63.5, 0.0, 0.5]);
        assert!(model.knows("anything"));
        let (category, _) = model.probabilities(&[(7, 2.0)]);
        assert_eq!(likeliest(&category), 0);
        assert!((category.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!(Model::read(&bytes[1..]).is_none() && Model::read(b"").is_none());
        assert!(Model::read(&bytes[..BYTES - 1]).is_none());
    }
}
