//! Classification: from a ticket's text to a suggested category and priority.
//!
//! Everything that can suggest implements [`Classifier`]; the parts around an LLM (cache, breaker,
//! deadline, ...) are small files of their own beside this one.

pub mod api;
mod bounded;
mod breaker;
mod budget;
mod cache;
mod classification;
pub mod examples;
mod failures;
mod fingerprint;
mod guarded;
pub mod learning;
pub mod ledger;
pub mod llm;
pub mod local;
mod model_role;
pub mod postgres;
mod prices;
pub mod prompt;
mod receipt;
pub mod redact;
pub mod report;
mod retry;
#[cfg(test)]
mod scripted;
pub mod shadow;
mod single_flight;
pub mod sqlite;
pub mod store;
mod suggested;
mod verdict;

use std::time::Duration;

use async_trait::async_trait;

pub use breaker::{BreakerStatus, Turn};
pub use budget::Limits;
pub use classification::{Answer, Classification, ClassifierStatus, Mode};
pub use examples::Example;
pub use failures::Failure;
pub use ledger::Ledger;
pub use llm::Usage;
pub use model_role::ModelRole;
pub use prices::Prices;
pub use receipt::{Receipts, Shown};
pub use suggested::Suggested;

use crate::tickets::{Category, Priority, Source};

/// What a classifier reads. The text is a stranger's: data, never instructions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TicketText {
    /// May be empty: a description alone is enough.
    pub title: String,
    /// Not blank, at most [`crate::tickets::DESCRIPTION_MAX_CHARS`] characters.
    pub description: String,
    /// Tickets like it that agents have confirmed, for a language model; the others read none.
    pub examples: Vec<Example>,
}

/// How sure a classifier is: per field the probability, 0 to 1, that a trained agent would choose
/// the same value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Confidence {
    /// Of the category.
    pub category: f32,
    /// Of the priority.
    pub priority: f32,
}

/// One answer of a classifier. Always values of the lists, whatever the model or the text said.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// The suggested category.
    pub category: Category,
    /// The suggested priority.
    pub priority: Priority,
    /// `None` where the source gives none that means anything.
    pub confidence: Option<Confidence>,
    /// Which classifier answered.
    pub source: Source,
    /// The model's name and version, as its maker names it.
    pub model: String,
    /// Of a language model: the version of the prompt that it read.
    pub prompt_version: Option<String>,
    /// What it rests on; `None` where the source gives none.
    pub reasons: Option<Reasons>,
    /// What the answer took, as the provider counted it: nothing where it came from memory. `None`: the
    /// source counts no tokens, or did not say.
    pub usage: Option<Usage>,
}

/// Below this a suggestion is unsure of a field: it is shown as that, and fills nothing in.
pub const UNSURE_BELOW: f32 = 0.6;

/// Whether a priority is one that a person has to look at before it counts: `critical` is what the
/// embedded model is wrong about most, and the one word that wakes people up.
const fn needs_check(source: Source, priority: Priority) -> bool {
    matches!((source, priority), (Source::Local, Priority::Critical))
}

impl Suggestion {
    /// Whether a person has to look at the priority before it counts.
    pub fn needs_check(&self) -> bool {
        needs_check(self.source, self.priority)
    }
}

/// What a suggestion rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Reasons {
    /// Up to three phrases of the person's own text, word for word, that weighed most.
    pub evidence: Vec<String>,
    /// The next likeliest category.
    pub next_category: Category,
    /// The next likeliest priority.
    pub next_priority: Priority,
}

/// Why a classifier gave no answer. The text is for the log: it holds no secret and no upstream body
/// longer than a line, and is never sent to a client.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ClassifyError {
    /// The key, the model's name or the rights are wrong: only an administrator can mend it.
    #[error("misconfigured: {0}")]
    Misconfigured(String),
    /// The provider asks to wait (429), for this long where it says so.
    #[error("rate limited by the provider (retry after {retry_after:?}): {detail}")]
    RateLimited {
        /// How long the provider asks to wait.
        retry_after: Option<Duration>,
        /// What the provider said.
        detail: String,
    },
    /// The provider failed or could not be reached.
    #[error("unavailable: {detail}")]
    Unavailable {
        /// Whether the same call may work soon.
        retry: Retry,
        /// What failed.
        detail: String,
    },
    /// The deadline passed.
    #[error("no answer within {0:?}")]
    TimedOut(Duration),
    /// An answer came that is none: not JSON, outside the lists, cut off, too large.
    #[error("bad answer: {0}")]
    BadAnswer(String),
    /// The provider declined to answer for this text (safety, refusal).
    #[error("refused: {0}")]
    Refused(String),
    /// Not asked: the circuit breaker is open for this much longer.
    #[error("circuit open for {0:?}")]
    CircuitOpen(Duration),
    /// Not asked: too many calls are under way.
    #[error("too many calls under way")]
    Busy,
    /// Not asked: what may be spent is spent, for this much longer.
    #[error("the budget is spent for {0:?}")]
    BudgetSpent(Duration),
    /// No classifier is configured.
    #[error("classification is switched off")]
    Off,
}

impl ClassifyError {
    /// Whether the text may have left for the provider all the same.
    pub const fn was_sent(&self) -> bool {
        !matches!(self, Self::CircuitOpen(_) | Self::Busy | Self::BudgetSpent(_) | Self::Off)
    }

    /// The kind of failure in one word, for metrics and for people who may not see more.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Misconfigured(_) => "misconfigured",
            Self::RateLimited { .. } => "rate_limited",
            Self::Unavailable { .. } => "unavailable",
            Self::TimedOut(_) => "timed_out",
            Self::BadAnswer(_) => "bad_answer",
            Self::Refused(_) => "refused",
            Self::CircuitOpen(_) => "circuit_open",
            Self::Busy => "busy",
            Self::BudgetSpent(_) => "budget_spent",
            Self::Off => "off",
        }
    }
}

/// Whether, and when, a call that failed may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// It would fail again.
    Never,
    /// After a short pause.
    Soon,
    /// After the time that the provider asks for.
    After(Duration),
}

/// Something that suggests a category and a priority.
#[async_trait]
pub trait Classifier: Send + Sync {
    /// Classifies one ticket. Dropping the future cancels the work.
    ///
    /// # Errors
    /// [`ClassifyError`], by what the caller can do about it.
    async fn classify(&self, text: &TicketText) -> Result<Suggestion, ClassifyError>;

    /// The same for those who do not ask why: the reasons may be left out, where they cost something.
    ///
    /// # Errors
    /// As [`Self::classify`].
    async fn choose(&self, text: &TicketText) -> Result<Suggestion, ClassifyError> {
        self.classify(text).await
    }
}
