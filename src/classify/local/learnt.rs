//! What a deployment has learnt besides the model that is built in: small corrections of its weights.

use std::sync::Arc;

use super::{
    features::{DIMENSIONS, Feature},
    model::{BOTH, CLASSES},
};

/// A correction is never larger, in logits for a feature of weight 1: what one word may do to a ticket
/// stays bounded, whatever was learnt.
pub const CLIP: f32 = 1.0;

/// A smaller correction is none.
const LEAST: f32 = 1e-4;

/// A bucket without a correction.
const NONE: u32 = u32::MAX;

/// What was learnt of one bucket for the classes of one head.
pub type OfHead = [f32; CLASSES];

/// Corrections of the weights, for the few buckets that have any.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// For each bucket the place of its corrections, or [`NONE`].
    places: Vec<u32>,
    corrections: Vec<[f32; BOTH]>,
}

impl Weights {
    /// From what was learnt of categories and of priorities, for each bucket. Clipped.
    pub fn new(heads: [&[OfHead]; 2]) -> Self {
        let mut places = vec![NONE; DIMENSIONS];
        let mut corrections = Vec::new();
        for (bucket, place) in places.iter_mut().enumerate() {
            let correction: [f32; BOTH] = std::array::from_fn(|class| {
                let learnt =
                    heads[class / CLASSES].get(bucket).map_or(0.0, |of| of[class % CLASSES]);
                learnt.clamp(-CLIP, CLIP)
            });
            if correction.iter().any(|one| one.abs() >= LEAST) {
                *place = u32::try_from(corrections.len()).unwrap_or(NONE);
                corrections.push(correction);
            }
        }
        Self { places, corrections }
    }

    /// The largest correction.
    pub fn largest(&self) -> f32 {
        self.corrections.iter().flatten().fold(0.0, |largest, one| largest.max(one.abs()))
    }

    /// Buckets that have a correction.
    pub fn len(&self) -> usize {
        self.corrections.len()
    }

    /// Whether nothing was learnt.
    pub fn is_empty(&self) -> bool {
        self.corrections.is_empty()
    }

    /// What is to be added to the logits of a text with these features.
    fn sums(&self, features: &[Feature]) -> [f32; BOTH] {
        let mut sums = [0.0; BOTH];
        for (bucket, value) in features {
            let place = self.places[*bucket as usize];
            if place != NONE {
                for (sum, correction) in sums.iter_mut().zip(self.corrections[place as usize]) {
                    *sum += correction * value;
                }
            }
        }
        sums
    }
}

/// What was learnt, and what of it is used. Cheap to clone.
#[derive(Clone, Debug, PartialEq)]
pub struct Learnt {
    /// The number of the last correction that it was learnt from.
    pub generation: i64,
    /// What was learnt.
    pub weights: Arc<Weights>,
    /// What the logits of categories and of priorities are divided by, once more.
    pub temperatures: [f32; 2],
    /// Whether it is used for categories, and for priorities.
    pub used: [bool; 2],
}

impl Learnt {
    /// Whether any of it is used.
    pub fn is_used(&self) -> bool {
        self.used.contains(&true)
    }

    /// The same, to be tried whether it is used or not.
    pub fn on_trial(&self) -> Self {
        Self { used: [true; 2], ..self.clone() }
    }

    /// Corrects the logits of a text with these features.
    pub fn correct(&self, logits: &mut [f32; BOTH], features: &[Feature]) {
        if self.is_used() {
            self.say(logits, features);
        }
        for (class, logit) in logits.iter_mut().enumerate() {
            if self.used[class / CLASSES] {
                *logit /= self.temperatures[class / CLASSES];
            }
        }
    }

    /// Adds what the features say for each class.
    pub fn say(&self, says: &mut [f32; BOTH], features: &[Feature]) {
        let sums = self.weights.sums(features);
        for (class, (said, sum)) in says.iter_mut().zip(sums).enumerate() {
            if self.used[class / CLASSES] {
                *said += sum;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learnt(used: [bool; 2]) -> Learnt {
        let mut category = vec![[0.0; CLASSES]; DIMENSIONS];
        category[7] = [5.0, -5.0, 0.25, 1e-9];
        let mut priority = vec![[0.0; CLASSES]; DIMENSIONS];
        priority[7][0] = 0.5;
        priority[9][0] = 1e-9;
        let weights = Arc::new(Weights::new([&category, &priority]));
        Learnt { generation: 10, weights, temperatures: [2.0, 0.5], used }
    }

    #[test]
    fn corrections_are_clipped_and_only_what_is_used_counts() {
        let both = learnt([true; 2]);
        assert_eq!((both.weights.len(), both.weights.largest()), (1, CLIP));
        let mut logits = [2.0; BOTH];
        both.correct(&mut logits, &[(7, 2.0), (9, 1.0), (11, 1.0)]);
        assert_eq!(logits, [2.0, 0.0, 1.25, 1.0, 6.0, 4.0, 4.0, 4.0]);
        let mut logits = [2.0; BOTH];
        learnt([false, true]).correct(&mut logits, &[(7, 2.0)]);
        assert_eq!(logits, [2.0, 2.0, 2.0, 2.0, 6.0, 4.0, 4.0, 4.0]);
        let mut logits = [2.0; BOTH];
        learnt([false; 2]).correct(&mut logits, &[(7, 2.0)]);
        assert_eq!(logits, [2.0; BOTH]);
        assert!(!learnt([false; 2]).is_used() && learnt([false; 2]).on_trial().is_used());
    }
}
