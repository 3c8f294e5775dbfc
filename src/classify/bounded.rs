//! A bound on calls that are under way at the same time.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use tokio::sync::Semaphore;

use super::{Classifier, ClassifyError, Suggestion, TicketText};

/// Calls under way at the same time. Small models answer in about half a second, so this serves some
/// thirty questions a second.
pub const CALLS_MAX: usize = 16;

/// How long a question waits for its turn.
const PATIENCE: Duration = Duration::from_millis(500);

/// A classifier that lets only so many questions at once through to the one inside it.
pub struct Bounded {
    inner: Arc<dyn Classifier>,
    places: Semaphore,
}

impl Bounded {
    /// Lets `most` questions at once through to `inner`.
    pub fn new(inner: Arc<dyn Classifier>, most: usize) -> Self {
        Self { inner, places: Semaphore::new(most) }
    }
}

#[async_trait]
impl Classifier for Bounded {
    async fn classify(&self, text: &TicketText) -> Result<Suggestion, ClassifyError> {
        let place = tokio::time::timeout(PATIENCE, self.places.acquire()).await;
        let Ok(Ok(_place)) = place else { return Err(ClassifyError::Busy) };
        self.inner.classify(text).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::scripted::{Scripted, suggestion, text};

    #[tokio::test(start_paused = true)]
    async fn one_too_many_is_refused_and_a_free_place_is_taken() {
        let inner = Scripted::new(|_| Ok(suggestion())).held();
        let bounded = Arc::new(Bounded::new(inner.clone(), 1));
        let first = tokio::spawn({
            let bounded = bounded.clone();
            async move { bounded.classify(&text("a")).await }
        });
        inner.begun(1).await;
        assert_eq!(bounded.classify(&text("b")).await, Err(ClassifyError::Busy));
        inner.let_go();
        assert!(first.await.unwrap().is_ok());
        assert!(bounded.classify(&text("b")).await.is_ok());
    }
}
