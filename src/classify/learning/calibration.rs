//! How sure what was learnt may be: temperatures from tickets that were predicted before they were learnt.

use crate::classify::local::{model::Probabilities, train::calibrate::temperature_within};

/// Tickets that are looked at, the newest ...
pub const CALIBRATED_BY: usize = 200;

/// ... and of fewer nothing is told.
pub const CALIBRATED_MIN: usize = 100;

/// How far it may go.
pub const BOUNDS: (f64, f64) = (0.5, 3.0);

/// The temperature of a head. `predictions` are its probabilities without one, and the place of the right
/// class, the newest first.
pub fn temperature(predictions: impl IntoIterator<Item = (Probabilities, usize)>) -> f32 {
    let newest = predictions.into_iter().take(CALIBRATED_BY);
    let (probabilities, classes): (Vec<_>, Vec<_>) = newest.unzip();
    if classes.len() < CALIBRATED_MIN {
        return 1.0;
    }
    temperature_within(&probabilities, &classes, BOUNDS)
}

/// The probabilities as they were before a temperature.
pub fn untempered(probabilities: &Probabilities, temperature: f32) -> Probabilities {
    let powers = probabilities.map(|one| one.max(f32::MIN_POSITIVE).powf(temperature));
    let sum: f32 = powers.iter().sum();
    powers.map(|power| power / sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::local::model::softmax;

    #[test]
    fn who_was_too_sure_becomes_less_so_and_only_within_bounds() {
        let sure: Probabilities = [0.97, 0.01, 0.01, 0.01];
        let right_in =
            |each: usize, n: usize| (0..n).map(move |at| (sure, usize::from(at % each != 0)));
        assert!((temperature(right_in(2, 99)) - 1.0).abs() < 1e-6, "too few");
        let cooled = temperature(right_in(2, 100));
        assert!(cooled > 1.5, "{cooled}");
        assert!((temperature((0..200).map(|_| (sure, 1))) - 3.0).abs() < 0.05, "never right");
        let bold: Probabilities = [0.7, 0.1, 0.1, 0.1];
        assert!((temperature((0..200).map(|_| (bold, 0))) - 0.5).abs() < 1e-6, "always right");
        let newest = (0..200).map(|_| (sure, 0)).chain((0..800).map(|_| (sure, 1)));
        assert!(temperature(newest) <= 1.0, "the old ones are not looked at");
    }

    #[test]
    fn a_temperature_can_be_taken_back() {
        let logits = [1.5, -0.5, 0.25, 0.0];
        let (plain, tempered) = (softmax(logits), softmax(logits.map(|one| one / 2.5)));
        for (one, other) in untempered(&tempered, 2.5).iter().zip(plain) {
            assert!((one - other).abs() < 1e-5);
        }
    }
}
