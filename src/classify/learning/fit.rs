//! From lessons to corrections of the weights: logistic regression with a ridge towards the model that is
//! built in (MAP), held by anchors. From scratch each time, so that what was forgotten leaves no trace.
//!
//! The same lessons give the same bits on every machine, in whatever order they come: sums in f64 in the
//! order of the tickets, and an exponential and a logarithm of our own.

use super::{
    anchors::{ANCHOR_WEIGHT, anchors},
    caps,
    lesson::{Lesson, Studied},
};
use crate::classify::local::{
    features::DIMENSIONS,
    learnt::{OfHead, Weights},
    model::CLASSES,
    train::solver::{Divided, Problem, Quad},
};

/// How strongly weights are pulled towards those of the model that is built in: half the squared length of
/// the corrections times this is what they cost.
pub const RIDGE: f64 = 1.0;

/// Steps of the solver at most.
const STEPS: usize = 40;

/// Features of all lessons together at most, so that a refit takes some 100 MB at most: of very long
/// tickets only the newest are learnt from.
pub const FEATURES_MAX: usize = 4_000_000;

/// Learns from lessons.
pub fn fit(lessons: &[Lesson]) -> Weights {
    let mut lessons: Vec<&Lesson> =
        lessons.iter().filter(|lesson| lesson.studied.is_some()).collect();
    lessons.sort_by_key(|lesson| lesson.ticket_id);
    let scales = vec![1.0; DIMENSIONS];
    let [category, priority] = [0, 1].map(|head| of_head(&lessons, head, &scales));
    Weights::new([&category, &priority])
}

fn of_head(lessons: &[&Lesson], head: usize, scales: &[f64]) -> Vec<OfHead> {
    let mut weights = caps::weights(lessons, head);
    weights.resize(lessons.len() + anchors().len(), ANCHOR_WEIGHT);
    let all = || lessons.iter().copied().chain(anchors());
    let studied = || all().filter_map(|lesson| lesson.studied.as_ref());
    let offset = |studied: &Studied| -> Quad {
        std::array::from_fn(|class| f64::from(studied.logits[head * CLASSES + class]))
    };
    let problem = Problem {
        rows: studied().map(|studied| Divided::of(&studied.features)).collect(),
        classes: all().map(|lesson| lesson.class(head)).collect(),
        weights,
        scales,
        looseness: 1.0 / RIDGE,
        steps: STEPS,
        offsets: studied().map(offset).collect(),
        // what is frequent somewhere is no reason to suggest it for everything
        bias: 0.0,
    };
    problem.solve(|quad| quad.map(|weight| weight as f32)).weights
}
