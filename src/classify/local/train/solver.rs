//! Multinomial logistic regression with a ridge penalty, by L-BFGS.
//!
//! There are far more buckets than tickets, and the penalty keeps the weights a combination of the
//! tickets' features. So everything is written as such a combination: a vector of weights is a
//! [`Vector`], its coefficients (four for each ticket) with its image (what it answers for each
//! ticket), and inner products, sums and the line search cost next to nothing. Only the image of a
//! new gradient needs a pass over the features, one for each step; it goes through the buckets part by
//! part, so that the weights of all of them are never in memory together.
//!
//! All sums are f64 in a fixed order: the same rows give the same bits.

use super::exact::{exp, ln};
use crate::classify::local::{
    features::{DIMENSIONS, Feature},
    model::CLASSES,
};

/// A number for each class of a head.
pub type Quad = [f64; CLASSES];

/// Steps that L-BFGS remembers.
const MEMORY: usize = 8;

/// Steps of a line search between two places at most.
const SEARCHES: usize = 40;

/// The feature that every ticket has; so large that the penalty leaves the biases alone.
pub const BIAS: f64 = 3.0;

/// A gradient so much shorter than the first one is none.
const TOLERANCE: f64 = 1e-4;

/// Buckets of which the weights are in memory together in a pass, half a megabyte: they stay in the
/// processor's cache.
const PART: usize = 1 << 14;

/// Such parts.
const PARTS: usize = DIMENSIONS.div_ceil(PART);

/// The features of a ticket, divided by the parts.
pub struct Divided<'a>([&'a [Feature]; PARTS]);

impl<'a> Divided<'a> {
    /// Of features by ascending bucket.
    pub fn of(features: &'a [Feature]) -> Self {
        let mut rest = features;
        Self(std::array::from_fn(|part| {
            let end = rest.partition_point(|(bucket, _)| (*bucket as usize) < (part + 1) * PART);
            let (of_part, others) = rest.split_at(end);
            rest = others;
            of_part
        }))
    }
}

/// What is to be learnt.
pub struct Problem<'a> {
    /// The features of each ticket.
    pub rows: Vec<Divided<'a>>,
    /// The class of each ticket.
    pub classes: Vec<usize>,
    /// How much each ticket counts.
    pub weights: Vec<f64>,
    /// What the features of each bucket are multiplied by: the penalty weighs less on larger ones.
    pub scales: &'a [f64],
    /// The penalty is half the squared length of the weights, divided by this.
    pub looseness: f64,
    /// Steps at most.
    pub steps: usize,
    /// What each ticket's classes have already, whatever is learnt; empty: nothing.
    pub offsets: Vec<Quad>,
    /// The feature that every ticket has: [`BIAS`], or 0 to learn no biases.
    pub bias: f64,
}

/// What was learnt.
pub struct Learnt<W = Quad> {
    /// For each bucket.
    pub weights: Vec<W>,
    /// For each class.
    pub biases: Quad,
}

/// A vector of weights.
#[derive(Clone)]
struct Vector {
    coefficients: Vec<Quad>,
    image: Vec<Quad>,
}

impl Vector {
    fn zero(rows: usize) -> Self {
        Self { coefficients: vec![[0.0; CLASSES]; rows], image: vec![[0.0; CLASSES]; rows] }
    }

    fn add(&mut self, factor: f64, other: &Self) {
        add(&mut self.coefficients, factor, &other.coefficients);
        add(&mut self.image, factor, &other.image);
    }

    fn dot(&self, other: &Self) -> f64 {
        let pairs = self.coefficients.iter().zip(&other.image);
        pairs.map(|(one, other)| one.iter().zip(other).map(|(a, b)| a * b).sum::<f64>()).sum()
    }
}

fn add(to: &mut [Quad], factor: f64, from: &[Quad]) {
    for (to, from) in to.iter_mut().zip(from) {
        for (to, from) in to.iter_mut().zip(from) {
            *to += factor * from;
        }
    }
}

impl Problem<'_> {
    /// Learns it. `keep` is what is kept of the weights of each bucket.
    pub fn solve<W>(&self, keep: impl Fn(Quad) -> W) -> Learnt<W> {
        let mut at = Vector::zero(self.rows.len());
        let mut gradient = self.gradient(&at);
        let enough = gradient.dot(&gradient) * TOLERANCE * TOLERANCE;
        let mut memory: Vec<(Vector, Vector, f64)> = Vec::new();
        for _ in 0..self.steps {
            if gradient.dot(&gradient) <= enough {
                break;
            }
            let direction = direction(&gradient, &memory);
            let length = self.line_search(&at, &direction);
            let mut step = Vector::zero(self.rows.len());
            step.add(length, &direction);
            at.add(1.0, &step);
            let next = self.gradient(&at);
            let mut change = next.clone();
            change.add(-1.0, &gradient);
            gradient = next;
            let curvature = step.dot(&change);
            if curvature <= 0.0 {
                break;
            }
            if memory.len() == MEMORY {
                memory.remove(0);
            }
            memory.push((step, change, curvature));
        }
        let mut weights = Vec::with_capacity(DIMENSIONS);
        self.pass(&at.coefficients, |part, of_part| {
            let rescaled = of_part.iter().zip(&self.scales[part * PART..]);
            weights.extend(rescaled.map(|(quad, scale)| keep(quad.map(|weight| weight * scale))));
        });
        Learnt { weights, biases: self.biases(&at.coefficients) }
    }

    /// What a ticket's classes have at `image`.
    fn answer(&self, row: usize, image: &Quad) -> Quad {
        match self.offsets.get(row) {
            Some(offset) => std::array::from_fn(|class| image[class] + offset[class]),
            None => *image,
        }
    }

    fn gradient(&self, at: &Vector) -> Vector {
        let mut coefficients = Vec::with_capacity(self.rows.len());
        for (row, image) in at.image.iter().enumerate() {
            let mut quad = softmax(&self.answer(row, image));
            quad[self.classes[row]] -= 1.0;
            for (value, coefficient) in quad.iter_mut().zip(at.coefficients[row]) {
                *value = *value * self.weights[row] + coefficient / self.looseness;
            }
            coefficients.push(quad);
        }
        let image = self.image(&coefficients);
        Vector { coefficients, image }
    }

    /// Passes all buckets in ascending order, part by part. `take` gets the part's number and the weights (of
    /// its scaled features) that the coefficients stand for.
    fn pass(&self, coefficients: &[Quad], mut take: impl FnMut(usize, &[Quad])) {
        let mut weights = vec![[0.0; CLASSES]; PART];
        for part in 0..PARTS {
            weights.fill([0.0; CLASSES]);
            for (features, quad) in self.rows.iter().zip(coefficients) {
                for (place, value) in self.scaled(features, part) {
                    for (weight, coefficient) in weights[place].iter_mut().zip(quad) {
                        *weight += value * coefficient;
                    }
                }
            }
            take(part, &weights);
        }
    }

    /// A ticket's features in a part: their places in it, and their scaled values.
    fn scaled(&self, features: &Divided<'_>, part: usize) -> impl Iterator<Item = (usize, f64)> {
        let scales = &self.scales[part * PART..];
        features.0[part].iter().map(move |(bucket, value)| {
            let place = *bucket as usize - part * PART;
            (place, f64::from(*value) * scales[place])
        })
    }

    /// What every ticket has for each class.
    fn biases(&self, coefficients: &[Quad]) -> Quad {
        let mut biases = [0.0; CLASSES];
        for quad in coefficients {
            for (bias, coefficient) in biases.iter_mut().zip(quad) {
                *bias += self.bias * coefficient;
            }
        }
        biases.map(|bias| bias * self.bias)
    }

    fn image(&self, coefficients: &[Quad]) -> Vec<Quad> {
        let mut image = vec![self.biases(coefficients); self.rows.len()];
        self.pass(coefficients, |part, weights| {
            for (features, quad) in self.rows.iter().zip(&mut image) {
                for (place, value) in self.scaled(features, part) {
                    for (sum, weight) in quad.iter_mut().zip(weights[place]) {
                        *sum += value * weight;
                    }
                }
            }
        });
        image
    }

    /// How far to go: Newton's method on the loss along the line, which is convex.
    fn line_search(&self, at: &Vector, direction: &Vector) -> f64 {
        let (across, square) = (at.dot(direction), direction.dot(direction));
        if !self.offsets.is_empty() {
            return self.bracketed(at, direction, across, square);
        }
        let mut length = 0.0;
        let mut best = (self.loss(at, direction, 0.0, across, square), 0.0);
        for _ in 0..12 {
            let (slope, bend) = self.slope(at, direction, length, across, square);
            if bend <= 0.0 {
                break;
            }
            let change = -slope / bend;
            length += change;
            let loss = self.loss(at, direction, length, across, square);
            if loss < best.0 {
                best = (loss, length);
            } else {
                // Newton's step went too far
                length = (best.1 + length) / 2.0;
            }
            if change.abs() < 1e-3 * length.abs() {
                break;
            }
        }
        best.1
    }

    /// The same where offsets may be sure of the wrong class: there the loss hardly bends, and Newton's steps
    /// go much too far. The place is kept between one from which it goes down and one from which it goes
    /// up.
    fn bracketed(&self, at: &Vector, direction: &Vector, across: f64, square: f64) -> f64 {
        let (mut low, mut high): (f64, Option<f64>) = (0.0, None);
        let mut length = 0.0;
        for _ in 0..SEARCHES {
            let (slope, bend) = self.slope(at, direction, length, across, square);
            if slope < 0.0 {
                low = length;
            } else {
                high = Some(length);
            }
            let newton = length - slope / bend.max(f64::MIN_POSITIVE);
            let next = match high {
                Some(high) if newton <= low || newton >= high => (low + high) / 2.0,
                // one step of the direction is about right, and no step goes far beyond the last one
                None => newton.min((low * 4.0).max(1.0)),
                Some(_) => newton,
            };
            let change = (next - length).abs();
            length = next;
            if change <= 1e-3 * length.abs() {
                break;
            }
        }
        length
    }

    /// The first and the second derivative of the loss at `length` along the line.
    fn slope(
        &self,
        at: &Vector,
        direction: &Vector,
        length: f64,
        across: f64,
        square: f64,
    ) -> (f64, f64) {
        let mut slope = (across + length * square) / self.looseness;
        let mut bend = square / self.looseness;
        for (row, image) in at.image.iter().enumerate() {
            let along = &direction.image[row];
            let p = softmax(&self.answer(row, &moved(image, length, along)));
            let mean: f64 = p.iter().zip(along).map(|(p, d)| p * d).sum();
            let squares: f64 = p.iter().zip(along).map(|(p, d)| p * d * d).sum();
            slope += self.weights[row] * (mean - along[self.classes[row]]);
            bend += self.weights[row] * (squares - mean * mean);
        }
        (slope, bend)
    }

    /// The loss at `length` along the line, but for what does not change along it.
    fn loss(&self, at: &Vector, direction: &Vector, length: f64, across: f64, square: f64) -> f64 {
        let mut loss = (length * across + length * length * square / 2.0) / self.looseness;
        for (row, image) in at.image.iter().enumerate() {
            let answers = self.answer(row, &moved(image, length, &direction.image[row]));
            let largest = answers.into_iter().fold(f64::NEG_INFINITY, f64::max);
            let sum: f64 = answers.iter().map(|answer| exp(answer - largest)).sum();
            loss += self.weights[row] * (largest + ln(sum) - answers[self.classes[row]]);
        }
        loss
    }
}

/// Where L-BFGS goes from a place with this gradient.
fn direction(gradient: &Vector, memory: &[(Vector, Vector, f64)]) -> Vector {
    let mut direction = gradient.clone();
    let mut factors = Vec::with_capacity(memory.len());
    for (step, change, curvature) in memory.iter().rev() {
        let factor = step.dot(&direction) / curvature;
        direction.add(-factor, change);
        factors.push(factor);
    }
    if let Some((_, change, curvature)) = memory.last() {
        let shrink = curvature / change.dot(change);
        for quad in direction.coefficients.iter_mut().chain(&mut direction.image) {
            *quad = quad.map(|value| value * shrink);
        }
    }
    for ((step, change, curvature), factor) in memory.iter().zip(factors.into_iter().rev()) {
        let back = change.dot(&direction) / curvature;
        direction.add(factor - back, step);
    }
    for quad in direction.coefficients.iter_mut().chain(&mut direction.image) {
        *quad = quad.map(|value| -value);
    }
    direction
}

fn moved(from: &Quad, length: f64, along: &Quad) -> Quad {
    std::array::from_fn(|class| from[class] + length * along[class])
}

fn softmax(logits: &Quad) -> Quad {
    let largest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers = logits.map(|logit| exp(logit - largest));
    let sum: f64 = powers.iter().sum();
    powers.map(|power| power / sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_that_can_be_divided_are() {
        let rows: Vec<Vec<Feature>> =
            (0..40).map(|row| vec![(row % 4, 1.0), (100 + row, 0.5)]).collect();
        let problem = Problem {
            rows: rows.iter().map(|row| Divided::of(row)).collect(),
            classes: (0..40).map(|row| row % 4).collect(),
            weights: vec![1.0; 40],
            scales: &vec![1.0; DIMENSIONS],
            looseness: 3.0,
            steps: 50,
            offsets: Vec::new(),
            bias: BIAS,
        };
        let learnt = problem.solve(|quad| quad);
        for class in 0..4 {
            let weights = learnt.weights[class];
            assert!((0..4).all(|other| other == class || weights[class] > weights[other] + 1.0));
        }
        // at the best place the penalty holds the slope of the loss in balance
        let weights = learnt.weights[100];
        let logits: Quad = std::array::from_fn(|class| {
            learnt.biases[class] + learnt.weights[0][class] + 0.5 * weights[class]
        });
        let slope = 0.5 * (softmax(&logits)[1]);
        assert!((weights[1] / 3.0 + slope).abs() < 1e-3, "{} {slope}", weights[1]);
    }
}
