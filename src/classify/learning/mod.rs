//! What the embedded classifier learns from corrections, in this deployment alone.
//!
//! The shipped weights stay as they are. Tickets that agents finished are kept as [`store::Correction`]s, each
//! predicted before it is learnt ([`trial`]); from them and some anchors corrections of the weights are
//! computed ([`fit`]), anew each time; they are used while they are no worse than what was shipped
//! ([`guard`]). `docs/classifier.md` says what that is good for.

mod anchors;
mod calibration;
mod caps;
mod current;
mod fit;
mod guard;
mod judged;
mod learner;
mod lesson;
pub mod postgres;
pub mod rehearsal;
pub mod sqlite;
pub mod store;
mod trial;

use std::sync::Arc;

pub use self::{
    current::{Current, LearningClassifier},
    guard::Score,
    judged::Judged,
    learner::Learner,
};
use crate::word::words;

words! {
    /// What learning does.
    LearningStatus {
        /// What was learnt is used.
        Learning = "learning",
        /// There are too few corrections so far.
        Waiting = "waiting",
        /// What was learnt is worse than what was shipped, and is not used.
        Worse = "worse",
        /// An admin switched it off.
        Off = "off",
        /// The setting `FRONTDESK_LEARNING` is `off`.
        Disabled = "disabled",
        /// The embedded classifier never answers here.
        Unused = "unused",
    }
}

/// Learning in this server.
pub struct Learning {
    /// Who learns.
    pub learner: Arc<Learner>,
    /// What was learnt.
    pub current: Arc<Current>,
    /// [`LearningStatus::Disabled`] or [`LearningStatus::Unused`], if it is that.
    pub hindered: Option<LearningStatus>,
}

#[cfg(test)]
mod tests;
