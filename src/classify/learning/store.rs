//! The contract of keeping what is learnt from.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::{
    classify::{TicketText, fingerprint::Fingerprint, local::model::BOTH},
    error::Result,
    tickets::{Category, Priority},
};

/// Most corrections that are kept: of more the oldest are forgotten.
pub const CORRECTIONS_MAX: i64 = 2_000;

/// A refit is due with each of so many corrections.
pub const REFIT_EVERY: i64 = 10;

/// Where learning stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LearningState {
    /// Whether it is switched on, by an admin.
    pub is_on: bool,
    /// One more with each switch and each reset.
    pub epoch: i64,
    /// How far the log of events was looked through.
    pub position: i64,
    /// The number of the newest correction there ever was.
    pub last_number: i64,
    /// When everything was last forgotten.
    pub reset_at: Option<Timestamp>,
    /// Corrections that are kept.
    pub kept: i64,
    /// Of these, the ones that a refit learns from: those up to [`Self::generation`].
    pub due: i64,
}

impl LearningState {
    /// The number of the last correction that a refit learns from.
    ///
    /// With `due` it says which these are: as long as it stays, they only become fewer. So all who see
    /// the same two numbers learn from the same corrections.
    pub fn generation(&self) -> i64 {
        self.last_number / REFIT_EVERY * REFIT_EVERY
    }
}

/// What is known of a ticket that is learnt from, beside its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Labels {
    /// The final category.
    pub category: Category,
    /// The final priority.
    pub priority: Priority,
    /// Whether an agent set the category, and the priority, themselves.
    pub is_set: [bool; 2],
}

/// A ticket that may have become something to learn from, or may be that no more.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The ticket.
    pub ticket_id: i64,
    /// Its version.
    pub version: i64,
    /// Its text.
    pub text: TicketText,
    /// Its labels.
    pub labels: Labels,
    /// The account of the agent who changed it last, where it is known.
    pub agent_id: Option<i64>,
    /// Whether an agent has finished it.
    pub is_finished: bool,
    /// What was learnt from it, and from which text.
    pub known: Option<(Labels, Fingerprint)>,
}

/// A part of the log, looked through.
#[derive(Clone, Debug, PartialEq)]
pub struct Walked {
    /// By their ids. None of whom nothing is to be done.
    pub candidates: Vec<Candidate>,
    /// Where to go on.
    pub position: i64,
    /// What was committed before is there, if that was so of what came before this part. Not after
    /// `position`: what is under way may still come before it.
    pub settled: i64,
    /// Whether there may be more already.
    pub has_more: bool,
}

/// What was predicted for a ticket before it was learnt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trial {
    /// By the model that is built in.
    pub shipped: (Category, Priority),
    /// With what was learnt so far.
    pub learnt: (Category, Priority),
    /// The probabilities of the second, without its temperature: categories, then priorities.
    pub probabilities: [f32; BOTH],
    /// What had been learnt then; `None`: nothing, and the two are the same.
    pub generation: Option<i64>,
}

/// Something to learn.
#[derive(Clone, Debug, PartialEq)]
pub struct NewCorrection {
    /// The ticket.
    pub ticket_id: i64,
    /// Its version; if it has another one by now, nothing is learnt.
    pub version: i64,
    /// Of its text.
    pub fingerprint: Fingerprint,
    /// Its labels.
    pub labels: Labels,
    /// Who finished it.
    pub agent_id: Option<i64>,
    /// What was predicted.
    pub trial: Trial,
}

/// What to do about one ticket.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Learn from it, instead of what was learnt from it before.
    Learn(NewCorrection),
    /// It has a new version and says the same.
    Keep {
        /// The ticket.
        ticket_id: i64,
        /// Its version.
        version: i64,
    },
    /// Forget what was learnt from it at an earlier version.
    Forget {
        /// The ticket.
        ticket_id: i64,
        /// Its version.
        version: i64,
    },
}

impl Step {
    /// The ticket.
    pub fn ticket_id(&self) -> i64 {
        match self {
            Self::Learn(NewCorrection { ticket_id, .. })
            | Self::Keep { ticket_id, .. }
            | Self::Forget { ticket_id, .. } => *ticket_id,
        }
    }
}

/// A correction as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Correction {
    /// In the order in which they were learnt.
    pub number: i64,
    /// The ticket.
    pub ticket_id: i64,
    /// Its labels.
    pub labels: Labels,
    /// Who finished it.
    pub agent_id: Option<i64>,
    /// What was predicted before it was learnt.
    pub trial: Trial,
}

/// A correction with the text of its ticket.
#[derive(Clone, Debug, PartialEq)]
pub struct TaughtText {
    /// The correction's number.
    pub number: i64,
    /// The ticket.
    pub ticket_id: i64,
    /// Its labels.
    pub labels: Labels,
    /// Who finished it.
    pub agent_id: Option<i64>,
    /// The ticket's text.
    pub text: TicketText,
}

/// Keeps what is learnt from. Errors as in [`crate::tickets::store::TicketStore`].
#[async_trait]
pub trait LearningStore: Send + Sync {
    /// Where it stands.
    async fn learning_state(&self) -> Result<LearningState>;

    /// Looks through about `limit` events of the log at most, from `position` on.
    async fn walk_finished(&self, position: i64, limit: u32) -> Result<Walked>;

    /// Takes these steps and notes how far the log was looked through. Two who take the same steps do it
    /// once. `false`: it was switched off, or reset, since `epoch`, and nothing was done.
    async fn take_steps(&self, epoch: i64, position: i64, steps: Vec<Step>) -> Result<bool>;

    /// All corrections, by their numbers.
    async fn corrections(&self) -> Result<Vec<Correction>>;

    /// At most `limit` corrections with numbers before `before`, the newest first, with their tickets'
    /// texts: those whose ticket still is at the version that was learnt.
    async fn taught_texts(&self, before: i64, limit: u32) -> Result<Vec<TaughtText>>;

    /// Switches it on or off. What was finished while it was off is not learnt.
    async fn switch_learning(&self, is_on: bool) -> Result<()>;

    /// Forgets all corrections, and what was finished until now. Returns how many they were.
    async fn reset_learning(&self, at: Timestamp) -> Result<u64>;
}

/// Probabilities as they are kept.
pub fn to_bytes(probabilities: &[f32; BOTH]) -> Vec<u8> {
    probabilities.iter().flat_map(|one| one.to_le_bytes()).collect()
}

/// The opposite of [`to_bytes`]; zeros for what is none.
pub fn from_bytes(bytes: &[u8]) -> [f32; BOTH] {
    let (numbers, _) = bytes.as_chunks::<4>();
    std::array::from_fn(|at| numbers.get(at).map_or(0.0, |number| f32::from_le_bytes(*number)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_survive_being_kept() {
        let probabilities = std::array::from_fn(|at| at as f32 / 7.0);
        assert_eq!(from_bytes(&to_bytes(&probabilities)), probabilities);
    }
}
