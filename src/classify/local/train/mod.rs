//! Trains the model of the embedded classifier. `frontdesk-train` is its command.
//!
//! The same data give the same bytes: rows are read in a fixed order, each head of each fold is
//! learnt by one thread, and all sums are in a fixed order and in plain arithmetic.

pub mod calibrate;
pub mod command;
mod exact;
mod folds;
mod report;
mod rows;
pub mod solver;

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use self::{
    folds::FOLDS,
    solver::{BIAS, Divided, Learnt, Problem},
};
use super::{
    Reading,
    features::{DIMENSIONS, Feature, KNOWN_BITS, features, known_bit, words},
    model::{BOTH, CLASSES, Model, Probabilities},
    normalise, read,
};
pub use rows::{Row, rows};

/// What is chosen about a head by cross-validation.
struct Recipe {
    /// See [`Problem::looseness`].
    looseness: f64,
    /// A bucket's scale is its inverse frequency to this power: rare features may weigh more.
    rarity: f64,
    /// The part of the whole weight that the tickets of each class get; `None`: as many as they are.
    shares: Option<[f64; CLASSES]>,
}

const CATEGORY: Recipe =
    Recipe { looseness: 0.2, rarity: 1.2, shares: Some([0.26, 0.26, 0.26, 0.22]) };

// few tickets are critical, and to miss one is worse than to look at one in vain
const PRIORITY: Recipe =
    Recipe { looseness: 1.0, rarity: 0.5, shares: Some([0.24, 0.33, 0.26, 0.17]) };

/// Steps of the solver at most.
const STEPS: usize = 60;

/// A word is known when it stands in so many tickets.
const KNOWN_IN: usize = 2;

/// A trained model and what it was calibrated by.
pub struct Trained {
    /// The model's file.
    pub bytes: Vec<u8>,
    /// For each row the answer of a model that has not seen it nor its near-duplicates, with the
    /// temperatures of `bytes`.
    pub kept_aside: Vec<(Probabilities, Probabilities)>,
}

/// Trains on `rows`, on `threads` threads, which do not change the result.
pub fn train(rows: &[Row], threads: usize) -> Trained {
    let data = Data::of(rows);
    let folds = folds::folds(&data.features);
    // fold FOLDS is nobody's: its model learns from everything
    let heads = [(&CATEGORY, &data.categories), (&PRIORITY, &data.priorities)];
    let learnt = in_parallel(threads, 2 * (FOLDS + 1), |job| {
        let (recipe, classes) = heads[job % 2];
        learn(&data, recipe, classes, |row| folds[row] != job / 2)
    });
    let fold_bytes = |fold: usize, temperatures| {
        write(&data, [&learnt[2 * fold], &learnt[2 * fold + 1]], temperatures)
    };
    let mut kept_aside = vec![([0.0; CLASSES], [0.0; CLASSES]); rows.len()];
    for fold in 0..FOLDS {
        let bytes = fold_bytes(fold, [1.0; 2]);
        let Some(model) = Model::read(&bytes) else { continue };
        for row in (0..rows.len()).filter(|row| folds[*row] == fold) {
            let reading = Reading::of(&model, &rows[row].title, &rows[row].description);
            kept_aside[row] = (reading.category, reading.priority);
        }
    }
    let (categories, priorities): (Vec<_>, Vec<_>) = kept_aside.iter().copied().unzip();
    let temperatures = [
        calibrate::temperature(&categories, &data.categories),
        calibrate::temperature(&priorities, &data.priorities),
    ];
    for (category, priority) in &mut kept_aside {
        for (given, temperature) in [category, priority].into_iter().zip(temperatures) {
            *given = calibrate::tempered(given, f64::from(temperature)).map(|p| p as f32);
        }
    }
    Trained { bytes: fold_bytes(FOLDS, temperatures), kept_aside }
}

/// For each ticket one of five parts: near-duplicates are in the same one, and the same tickets always are.
pub fn apart(rows: &[Row]) -> Vec<usize> {
    folds::folds(&Data::of(rows).features)
}

/// The tickets as the solver sees them.
struct Data {
    features: Vec<Vec<Feature>>,
    categories: Vec<usize>,
    priorities: Vec<usize>,
    /// The table of known words.
    known: Vec<u8>,
}

impl Data {
    fn of(rows: &[Row]) -> Self {
        let mut seen = vec![0_usize; KNOWN_BITS];
        let mut all = Vec::with_capacity(rows.len());
        for row in rows {
            let (title, description) = read(&row.title, &row.description);
            let plain = (normalise::normalise(&title), normalise::normalise(&description));
            let mut bits: Vec<usize> =
                words(&plain.0).chain(words(&plain.1)).map(known_bit).collect();
            bits.sort_unstable();
            bits.dedup();
            bits.iter().for_each(|bit| seen[*bit] += 1);
            all.push(features(&plain.0, &plain.1));
        }
        let is_known = |bit: usize| u8::from(seen[bit] >= KNOWN_IN);
        let known = (0..KNOWN_BITS / 8)
            .map(|byte| (0..8).fold(0, |bits, bit| bits | is_known(byte * 8 + bit) << bit))
            .collect();
        Self {
            features: all,
            categories: rows.iter().map(|row| row.category as usize).collect(),
            priorities: rows.iter().map(|row| row.priority as usize).collect(),
            known,
        }
    }
}

/// Learns one head from the tickets that are `taken`.
fn learn(data: &Data, recipe: &Recipe, classes: &[usize], taken: impl Fn(usize) -> bool) -> Learnt {
    let taken: Vec<usize> = (0..classes.len()).filter(|row| taken(*row)).collect();
    let rows: Vec<&[Feature]> = taken.iter().map(|row| data.features[*row].as_slice()).collect();
    let classes: Vec<usize> = taken.iter().map(|row| classes[*row]).collect();
    let mut weights = vec![1.0; classes.len()];
    if let Some(shares) = recipe.shares {
        for (weight, class) in weights.iter_mut().zip(&classes) {
            let members = classes.iter().filter(|other| *other == class).count();
            *weight = shares[*class] * classes.len() as f64 / members as f64;
        }
    }
    let scales = scales(&rows, recipe.rarity);
    let looseness = recipe.looseness;
    let (steps, offsets, bias) = (STEPS, Vec::new(), BIAS);
    let (rows, scales) = (rows.into_iter().map(Divided::of).collect(), &scales);
    let problem = Problem { rows, classes, weights, scales, looseness, steps, offsets, bias };
    problem.solve(|quad| quad)
}

/// For each bucket `(1 + ln(tickets / tickets with it)) ^ rarity`.
fn scales(rows: &[&[Feature]], rarity: f64) -> Vec<f64> {
    let mut with = vec![1.0; DIMENSIONS];
    for (bucket, _) in rows.iter().copied().flatten() {
        with[*bucket as usize] += 1.0;
    }
    let scale = |with: f64| {
        let inverse = 1.0 + exact::ln(rows.len().max(1) as f64 / with).max(0.0);
        exact::exp(exact::ln(inverse) * rarity)
    };
    with.into_iter().map(scale).collect()
}

/// Writes the two heads as a model: eight small integers for each bucket.
fn write(data: &Data, heads: [&Learnt; 2], temperatures: [f32; 2]) -> Vec<u8> {
    let mut biases = [0.0; BOTH];
    let mut scales = [0.0; BOTH];
    let mut weights = vec![[0_i8; BOTH]; DIMENSIONS];
    for class in 0..BOTH {
        let (head, of_head) = (heads[class / CLASSES], class % CLASSES);
        let largest = head.weights.iter().map(|quad| quad[of_head].abs()).fold(0.0, f64::max);
        let scale = (largest / 127.0).max(f64::MIN_POSITIVE);
        biases[class] = head.biases[of_head] as f32;
        scales[class] = scale as f32;
        for (small, quad) in weights.iter_mut().zip(&head.weights) {
            // within -127 and 127, since the largest is 127
            small[class] = (quad[of_head] / scale).round() as i8;
        }
    }
    Model::write(biases, scales, temperatures, &data.known, &weights)
}

/// The results of `jobs` pieces of work, in their order.
fn in_parallel<T: Send>(threads: usize, jobs: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let job = next.fetch_add(1, Ordering::Relaxed);
            if job >= jobs {
                return done;
            }
            done.push((job, work(job)));
        }
    };
    let mut done: Vec<(usize, T)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(worker)).collect();
        // a worker that panicked is a mistake in this file
        workers.into_iter().flat_map(|worker| worker.join().expect("a worker ends")).collect()
    });
    done.sort_by_key(|(job, _)| *job);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests;
