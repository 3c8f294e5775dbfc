//! What the corrections that are kept say of what was learnt.

use std::sync::Arc;

use super::{
    calibration,
    guard::{self, Score},
    store::Correction,
};
use crate::classify::local::{
    learnt::{Learnt, Weights},
    model::CLASSES,
};

/// A verdict on categories and on priorities.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// Whether what was learnt is to be used.
    pub used: [bool; 2],
    /// How often who was right.
    pub scores: [Score; 2],
    /// See [`calibration::temperature`].
    pub temperatures: [f32; 2],
}

impl Judged {
    /// By corrections in the order of their numbers; the temperatures by those up to `generation`, so that
    /// they stay as long as what was learnt does.
    pub fn of(corrections: &[Correction], generation: i64) -> Self {
        let tried = || corrections.iter().filter(|one| one.trial.generation.is_some());
        let judged = [0, 1]
            .map(|head| guard::judge(tried().map(|one| one.trial.was_right(&one.labels, head))));
        let temperatures = [0, 1].map(|head| {
            let newest = tried().rev().filter(|one| one.number <= generation);
            calibration::temperature(newest.map(|one| {
                let probabilities =
                    std::array::from_fn(|class| one.trial.probabilities[head * CLASSES + class]);
                let labels = [one.labels.category as usize, one.labels.priority as usize];
                (probabilities, labels[head])
            }))
        });
        Self {
            used: judged.map(|(used, _)| used),
            scores: judged.map(|(_, score)| score),
            temperatures,
        }
    }

    /// What was learnt, used as far as it is to be.
    pub fn learnt(self, generation: i64, weights: Arc<Weights>) -> Learnt {
        let Self { used, temperatures, .. } = self;
        Learnt { generation, weights, temperatures, used }
    }
}
