//! Whether a probability means what it says.

use super::exact::{exp, ln};
use crate::classify::local::model::{CLASSES, Probabilities};

/// Bins of equal width of the calibration error.
const BINS: usize = 10;

/// A probability is never less: one certain mistake must not decide everything.
const LEAST: f64 = 1e-6;

/// The temperature, between 0.4 and 2.5, by which the logits behind `probabilities` are to be
/// divided so that the right classes become likeliest.
pub fn temperature(probabilities: &[Probabilities], classes: &[usize]) -> f32 {
    best_of(probabilities, classes, (0..=92).map(|step| 0.4 * exp(f64::from(step) * 0.02)))
}

/// The same within other bounds.
pub fn temperature_within(
    probabilities: &[Probabilities],
    classes: &[usize],
    (least, most): (f64, f64),
) -> f32 {
    let steps = (0_u32..).map(|step| least * exp(f64::from(step) * 0.02));
    best_of(probabilities, classes, steps.take_while(|one| *one <= most))
}

fn best_of(
    probabilities: &[Probabilities],
    classes: &[usize],
    temperatures: impl Iterator<Item = f64>,
) -> f32 {
    let mut best = (f64::INFINITY, 1.0);
    for temperature in temperatures {
        let pairs = probabilities.iter().zip(classes);
        let loss: f64 = pairs.map(|(given, class)| -ln(tempered(given, temperature)[*class])).sum();
        if loss < best.0 {
            best = (loss, temperature);
        }
    }
    best.1 as f32
}

/// The probabilities at another temperature.
pub fn tempered(probabilities: &Probabilities, temperature: f64) -> [f64; CLASSES] {
    let powers = probabilities.map(|p| exp(ln(f64::from(p).max(LEAST)) / temperature));
    let sum: f64 = powers.iter().sum();
    powers.map(|power| (power / sum).max(LEAST))
}

/// The expected calibration error: how far, on average, the probability of the chosen class is from
/// the share of right choices among tickets with such a probability.
pub fn calibration_error(
    probabilities: &[Probabilities],
    chosen: &[usize],
    classes: &[usize],
) -> f64 {
    let mut bins = [(0.0_f64, 0.0_f64); BINS];
    for ((given, chosen), class) in probabilities.iter().zip(chosen).zip(classes) {
        let probability = f64::from(given[*chosen]);
        let bin = ((probability * BINS as f64) as usize).min(BINS - 1);
        bins[bin].0 += probability;
        bins[bin].1 += if chosen == class { 1.0 } else { 0.0 };
    }
    let gap: f64 = bins.iter().map(|(said, right)| (said - right).abs()).sum();
    gap / probabilities.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_sure_is_cooled() {
        // says 0.97, and is right in three of four
        let said = vec![[0.97, 0.01, 0.01, 0.01]; 400];
        let classes: Vec<usize> = (0..400).map(|at| usize::from(at % 4 == 0)).collect();
        assert!((calibration_error(&said, &[0; 400], &classes) - 0.22).abs() < 1e-3);
        let temperature = temperature(&said, &classes);
        assert!(temperature > 1.2, "{temperature}");
        let cooled: Vec<Probabilities> =
            said.iter().map(|p| tempered(p, f64::from(temperature)).map(|p| p as f32)).collect();
        assert!(calibration_error(&cooled, &[0; 400], &classes) < 0.08);
    }
}
