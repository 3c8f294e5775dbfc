//! One deadline over a question, and a second try inside it.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use tokio::time::{Instant, sleep, timeout_at};

use super::{Classifier, ClassifyError, Retry, Suggestion, TicketText};

/// A try that is given less time than this is not worth its cost.
const SHORTEST_TRY: Duration = Duration::from_millis(100);

/// How long a second try waits where the provider does not say: drawn from this range, so that those
/// who failed together do not come back together.
const PAUSE_MS: std::ops::Range<u64> = 50..250;

/// A classifier that gives the one inside it so much time in all, and a second try where it failed in
/// a way that may pass.
pub struct Retrying {
    inner: Arc<dyn Classifier>,
    budget: Duration,
}

impl Retrying {
    /// Gives `inner` the time `budget` for each question, tries and pauses included.
    pub fn new(inner: Arc<dyn Classifier>, budget: Duration) -> Self {
        Self { inner, budget }
    }
}

#[async_trait]
impl Classifier for Retrying {
    async fn classify(&self, text: &TicketText) -> Result<Suggestion, ClassifyError> {
        let deadline = Instant::now() + self.budget;
        let late = |_| ClassifyError::TimedOut(self.budget);
        let first = timeout_at(deadline, self.inner.classify(text)).await.map_err(late)?;
        let Err(ClassifyError::Unavailable { retry, .. }) = &first else { return first };
        let pause = match retry {
            Retry::Never => return first,
            Retry::After(pause) => *pause,
            Retry::Soon => Duration::from_millis(rand::random_range(PAUSE_MS)),
        };
        if Instant::now() + pause + SHORTEST_TRY > deadline {
            return first;
        }
        sleep(pause).await;
        timeout_at(deadline, self.inner.classify(text)).await.map_err(late)?
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::scripted::{Scripted, suggestion, text};

    const BUDGET: Duration = Duration::from_secs(5);

    fn failing(retry: Retry) -> Arc<Scripted> {
        Scripted::new(move |call| match call {
            0 => Err(ClassifyError::Unavailable { retry, detail: String::new() }),
            _ => Ok(suggestion()),
        })
    }

    #[tokio::test(start_paused = true)]
    async fn what_may_pass_is_tried_once_more() {
        for (retry, pause) in [
            (Retry::Soon, Duration::from_millis(PAUSE_MS.start)),
            (Retry::After(Duration::from_secs(2)), Duration::from_secs(2)),
        ] {
            let inner = failing(retry);
            let started = Instant::now();
            let answer = Retrying::new(inner.clone(), BUDGET).classify(&text("a")).await;
            assert!(answer.is_ok(), "{answer:?}");
            assert!(started.elapsed() >= pause, "{:?}", started.elapsed());
            assert_eq!(inner.calls(), 2);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_will_not_pass_in_time_is_not_tried_again() {
        let too_long = Retry::After(BUDGET);
        for retry in [Retry::Never, too_long] {
            let inner = failing(retry);
            let answer = Retrying::new(inner.clone(), BUDGET).classify(&text("a")).await;
            assert!(matches!(answer, Err(ClassifyError::Unavailable { .. })), "{answer:?}");
            assert_eq!(inner.calls(), 1);
        }
        let inner = Scripted::new(|_| Err(ClassifyError::Refused(String::new())));
        assert!(Retrying::new(inner.clone(), BUDGET).classify(&text("a")).await.is_err());
        assert_eq!(inner.calls(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn the_deadline_holds_over_all_tries() {
        let inner = Scripted::new(|_| Ok(suggestion())).held();
        let started = Instant::now();
        let answer = Retrying::new(inner.clone(), BUDGET).classify(&text("a")).await;
        assert_eq!(answer, Err(ClassifyError::TimedOut(BUDGET)));
        assert_eq!(started.elapsed(), BUDGET);
        assert_eq!(inner.cancelled(), 1, "the call is cancelled");
    }
}
