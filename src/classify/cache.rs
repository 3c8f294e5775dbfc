//! Remembers answers, so that the same question costs one call.

use std::{
    num::NonZeroUsize,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use lru::LruCache;
use tokio::time::Instant;

use super::{
    Classifier, ClassifyError, Suggestion, TicketText, Usage, fingerprint::Fingerprint,
    ledger::Page,
};

/// Answers that are remembered; the one not asked for the longest time goes first. About 150 bytes
/// each.
const ANSWERS_MAX: NonZeroUsize = NonZeroUsize::new(10_000).expect("not zero");

/// How long an answer is good for.
const LIFE: Duration = Duration::from_hours(24);

/// A classifier that remembers what the one inside it answered. Failures are not remembered.
pub struct Cache {
    inner: Arc<dyn Classifier>,
    page: Page,
    answers: Mutex<LruCache<Fingerprint, (Instant, Suggestion)>>,
}

impl Cache {
    /// Remembers the answers of `inner`.
    pub fn new(inner: Arc<dyn Classifier>, page: Page) -> Self {
        Self { inner, page, answers: Mutex::new(LruCache::new(ANSWERS_MAX)) }
    }

    fn remembered(&self, text: &Fingerprint) -> Option<Suggestion> {
        let mut answers = self.answers.lock().unwrap_or_else(|e| e.into_inner());
        let (at, suggestion) = answers.get(text)?;
        if at.elapsed() < LIFE {
            return Some(suggestion.clone());
        }
        answers.pop(text);
        None
    }
}

#[async_trait]
impl Classifier for Cache {
    async fn classify(&self, text: &TicketText) -> Result<Suggestion, ClassifyError> {
        let key = text.question();
        if let Some(suggestion) = self.remembered(&key) {
            metrics::counter!("frontdesk_classify_cache_hits_total").increment(1);
            self.page.remembered(&suggestion.model);
            return Ok(Suggestion {
                usage: suggestion.usage.map(|_| Usage::default()),
                ..suggestion
            });
        }
        let suggestion = self.inner.classify(text).await?;
        let mut answers = self.answers.lock().unwrap_or_else(|e| e.into_inner());
        answers.put(key, (Instant::now(), suggestion.clone()));
        Ok(suggestion)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::scripted::{Scripted, page, suggestion, text};

    #[tokio::test(start_paused = true)]
    async fn the_same_question_is_asked_once_until_the_answer_expires() {
        let inner = Scripted::new(|_| Ok(suggestion()));
        let cache = Cache::new(inner.clone(), page());
        for question in ["a  b", "a b", " a b\n"] {
            assert!(cache.classify(&text(question)).await.is_ok());
        }
        assert_eq!(inner.calls(), 1);
        assert!(cache.classify(&text("a c")).await.is_ok());
        assert_eq!(inner.calls(), 2);
        tokio::time::advance(LIFE).await;
        assert!(cache.classify(&text("a b")).await.is_ok());
        assert_eq!(inner.calls(), 3);
    }

    #[tokio::test]
    async fn what_is_remembered_took_nothing() {
        let usage = Some(Usage { input: 10, cached: 0, output: 2 });
        let cache =
            Cache::new(Scripted::new(move |_| Ok(Suggestion { usage, ..suggestion() })), page());
        assert_eq!(cache.classify(&text("a")).await.unwrap().usage, usage);
        assert_eq!(cache.classify(&text("a")).await.unwrap().usage, Some(Usage::default()));
    }

    #[tokio::test]
    async fn a_failure_is_not_remembered() {
        let inner = Scripted::new(|call| match call {
            0 => Err(ClassifyError::BadAnswer(String::new())),
            _ => Ok(suggestion()),
        });
        let cache = Cache::new(inner, page());
        assert!(cache.classify(&text("a")).await.is_err());
        assert!(cache.classify(&text("a")).await.is_ok());
    }

    #[tokio::test]
    async fn memory_is_bounded() {
        let cache = Cache::new(Scripted::new(|_| Ok(suggestion())), page());
        for n in 0..ANSWERS_MAX.get() + 10 {
            cache.classify(&text(&n.to_string())).await.unwrap();
        }
        assert_eq!(cache.answers.lock().unwrap().len(), ANSWERS_MAX.get());
    }
}
