//! What is kept of a suggestion: everything that a report needs, and nothing of the text.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Answer, Usage, local, needs_check};
use crate::tickets::{Category, Priority, Source};

/// A suggestion that was made. The names are those of the database's columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Suggested {
    /// When, in whole microseconds.
    pub at: Timestamp,
    /// Which classifier answered.
    pub source: Source,
    /// The model as its maker names it, 1 to 200 characters.
    pub model: String,
    /// Where the name alone does not tell models apart, 1 to 100 characters.
    pub model_version: Option<String>,
    /// Of a language model: [`super::prompt::version`] as it was.
    pub prompt_version: Option<String>,
    /// The suggested category.
    pub category: Category,
    /// The suggested priority.
    pub priority: Priority,
    /// 0 to 1; `None` where the source gives none that means anything.
    pub category_confidence: Option<f64>,
    /// The same of the priority.
    pub priority_confidence: Option<f64>,
    /// How long the one who asked waited, in microseconds.
    pub latency_us: i64,
    /// Whether a fallback gave it.
    pub degraded: bool,
    /// Tokens that the answer took, as the provider counted them: read, ...
    #[serde(default)]
    pub input_tokens: Option<i64>,
    /// ... of these those that the provider had kept, ...
    #[serde(default)]
    pub cached_tokens: Option<i64>,
    /// ... and written. 0 where the answer came from memory; `None`: nobody knows.
    #[serde(default)]
    pub output_tokens: Option<i64>,
}

impl Suggested {
    /// What is kept of an answer.
    pub fn new(answer: &Answer, at: Timestamp) -> Self {
        let suggestion = &answer.suggestion;
        let is_local = suggestion.source == Source::Local;
        let confidence = suggestion.confidence;
        Self {
            at,
            source: suggestion.source,
            model: suggestion.model.chars().take(200).collect(),
            model_version: is_local.then(|| local::version().to_owned()),
            prompt_version: suggestion.prompt_version.clone(),
            category: suggestion.category,
            priority: suggestion.priority,
            category_confidence: confidence.map(|confidence| probability(confidence.category)),
            priority_confidence: confidence.map(|confidence| probability(confidence.priority)),
            latency_us: i64::try_from(answer.latency.as_micros()).unwrap_or(i64::MAX),
            degraded: answer.degraded,
            input_tokens: suggestion.usage.map(|usage| whole(usage.input)),
            cached_tokens: suggestion.usage.map(|usage| whole(usage.cached)),
            output_tokens: suggestion.usage.map(|usage| whole(usage.output)),
        }
    }

    /// The tokens together; `None`: nobody knows.
    pub fn usage(&self) -> Option<Usage> {
        let count = |n: Option<i64>| n.and_then(|n| u64::try_from(n).ok());
        Some(Usage {
            input: count(self.input_tokens)?,
            cached: count(self.cached_tokens).unwrap_or(0),
            output: count(self.output_tokens)?,
        })
    }

    /// The priority for a ticket whose requester chose none, so that nobody looks at it first.
    pub fn unseen_priority(&self) -> Priority {
        if needs_check(self.source, self.priority) { Priority::High } else { self.priority }
    }

    /// Whether another suggestion says the same and comes from the same model.
    pub fn repeats(&self, other: &Self) -> bool {
        let of = |it: &Self| (it.source, it.category, it.priority);
        of(self) == of(other) && self.model == other.model
    }
}

fn whole(tokens: u64) -> i64 {
    i64::try_from(tokens).unwrap_or(i64::MAX)
}

fn probability(confidence: f32) -> f64 {
    f64::from(confidence).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::classify::{Suggestion, local::LocalClassifier, prompt, scripted};

    fn suggested(suggestion: Suggestion) -> Suggested {
        let latency = Duration::from_micros(1_500);
        let answer = Answer { suggestion, degraded: false, latency, sent: None };
        Suggested::new(&answer, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn a_version_tells_answers_of_two_models_apart() {
        let gemini = suggested(scripted::suggestion());
        assert_eq!(gemini.prompt_version.as_deref(), Some(prompt::VERSION));
        assert_eq!((gemini.model_version.as_deref(), gemini.latency_us), (None, 1_500));
        let local = suggested(LocalClassifier::suggest(&scripted::text("please refund")));
        assert_eq!(local.model_version.as_deref(), Some(local::version()));
        assert_eq!(local.prompt_version, None);
        assert!(local.category_confidence.is_some_and(|p| (0.25..=1.0).contains(&p)));
    }

    #[test]
    fn critical_by_the_embedded_model_is_high_where_nobody_looks() {
        let mut suggested = suggested(scripted::suggestion());
        for (source, priority, unseen) in [
            (Source::Local, Priority::Critical, Priority::High),
            (Source::Local, Priority::High, Priority::High),
            (Source::Gemini, Priority::Critical, Priority::Critical),
        ] {
            (suggested.source, suggested.priority) = (source, priority);
            assert_eq!(suggested.unseen_priority(), unseen);
        }
    }
}
