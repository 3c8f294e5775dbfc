//! A circuit breaker: a provider that keeps failing is left alone for a while.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use jiff::Timestamp;
use serde::Serialize;
use tokio::time::Instant;
use utoipa::ToSchema;

use super::{Classifier, ClassifyError, ModelRole, Suggestion, TicketText, ledger::Page};

/// Failures in a row that open the circuit.
const FAILURES_MAX: u32 = 3;

/// Longest time that a provider's own word keeps the circuit open.
const WAIT_MAX: Duration = Duration::from_hours(1);

/// How long those wait who come while a probe is under way.
const PROBE_WAIT: Duration = Duration::from_secs(1);

/// Changes of the circuit that are remembered.
const TURNS_MAX: usize = 50;

/// A classifier that asks the one inside it as long as that works. After [`FAILURES_MAX`] failures in
/// a row (at once where the provider says that asking is no use) it refuses for `cooldown`, then lets
/// one question through: that one's outcome closes the circuit or keeps it open.
pub struct Breaker {
    inner: Arc<dyn Classifier>,
    cooldown: Duration,
    page: Page,
    circuit: Mutex<Circuit>,
}

struct Circuit {
    role: ModelRole,
    state: State,
    /// The newest [`TURNS_MAX`], the newest last.
    turns: VecDeque<Turn>,
    /// Failures since the last success.
    failures: u32,
    last_failure: Option<&'static str>,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Closed,
    Open {
        until: Instant,
    },
    /// One question is on its way to find out.
    HalfOpen,
}

impl State {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open { .. } => "open",
            Self::HalfOpen => "half_open",
        }
    }
}

/// A change of the circuit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Turn {
    /// When.
    pub at: Timestamp,
    /// What it is since then: `closed`, `open`, or `half_open` while one question finds out.
    #[schema(example = "open")]
    pub state: &'static str,
    /// The kind of the last failure before it; null where there was none since the last success.
    #[schema(required, example = "timed_out")]
    pub last_failure: Option<&'static str>,
}

/// The circuit as people and probes see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BreakerStatus {
    /// `closed`, `open` or `half_open`.
    pub state: &'static str,
    /// Failures since the last success.
    pub failures: u32,
    /// The kind of the last failure since then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_failure: Option<&'static str>,
    /// Whole seconds until the provider is asked again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_in_seconds: Option<u64>,
}

impl Breaker {
    /// Guards `inner`; an open circuit stays so for `cooldown`. That it opened is counted in `page`, and
    /// measured by its role: what people are shown does not depend on the one in the shadow.
    pub fn new(
        inner: Arc<dyn Classifier>,
        cooldown: Duration,
        page: Page,
        role: ModelRole,
    ) -> Self {
        let circuit = Circuit {
            role,
            state: State::Closed,
            turns: VecDeque::new(),
            failures: 0,
            last_failure: None,
        };
        circuit.measure(false);
        Self { inner, cooldown, page, circuit: Mutex::new(circuit) }
    }

    /// How it changed since the start, the newest first; only the newest [`TURNS_MAX`] are kept.
    pub fn turns(&self) -> Vec<Turn> {
        self.circuit().turns.iter().rev().cloned().collect()
    }

    /// How it stands.
    pub fn status(&self) -> BreakerStatus {
        let circuit = self.circuit();
        let retry_in = match circuit.state {
            State::Open { until } => Some(until - Instant::now()),
            State::Closed | State::HalfOpen => None,
        };
        BreakerStatus {
            state: circuit.state.as_str(),
            failures: circuit.failures,
            last_failure: circuit.last_failure,
            retry_in_seconds: retry_in.map(|wait| wait.as_secs_f64().ceil() as u64),
        }
    }

    fn circuit(&self) -> std::sync::MutexGuard<'_, Circuit> {
        self.circuit.lock().unwrap_or_else(|e| e.into_inner())
    }

    /// Lets a question through, as the probe where one is due.
    fn admit(&self) -> Result<Passage<'_>, ClassifyError> {
        let mut circuit = self.circuit();
        let is_probe = match circuit.state {
            State::Closed => false,
            State::HalfOpen => return Err(ClassifyError::CircuitOpen(PROBE_WAIT)),
            State::Open { until } => {
                let wait = until - Instant::now();
                if !wait.is_zero() {
                    return Err(ClassifyError::CircuitOpen(wait));
                }
                circuit.turn(State::HalfOpen, &self.page);
                true
            }
        };
        Ok(Passage { breaker: self, is_probe, is_over: false })
    }

    /// How long a failure keeps the circuit open on its own; `None` where it only counts.
    fn wait_after(&self, error: &ClassifyError) -> Option<Duration> {
        match error {
            ClassifyError::RateLimited { retry_after, .. } => {
                Some(retry_after.unwrap_or(self.cooldown).min(WAIT_MAX))
            }
            ClassifyError::Misconfigured(_) => Some(self.cooldown),
            _ => None,
        }
    }
}

/// A question that was let through. One that is dropped on its way says nothing about the provider,
/// and a probe's place is free again.
struct Passage<'a> {
    breaker: &'a Breaker,
    is_probe: bool,
    is_over: bool,
}

impl Passage<'_> {
    fn ended(mut self, result: &Result<Suggestion, ClassifyError>) {
        // nobody was asked: a probe's place is free again
        if matches!(result, Err(ClassifyError::BudgetSpent(_))) {
            return;
        }
        self.is_over = true;
        let mut circuit = self.breaker.circuit();
        let error = match result {
            // a refusal is about this text, and that many were asked says nothing
            Ok(_) | Err(ClassifyError::Refused(_) | ClassifyError::Busy) => {
                // a success from before the circuit opened does not close it
                if self.is_probe || circuit.state == State::Closed {
                    circuit.failures = 0;
                    circuit.last_failure = None;
                    circuit.turn(State::Closed, &self.breaker.page);
                }
                return;
            }
            Err(error) => error,
        };
        circuit.failures = circuit.failures.saturating_add(1);
        circuit.last_failure = Some(error.kind());
        let wait = self.breaker.wait_after(error);
        let is_enough = wait.is_some() || self.is_probe || circuit.failures >= FAILURES_MAX;
        if is_enough {
            let until = Instant::now() + wait.unwrap_or(self.breaker.cooldown);
            let until = match circuit.state {
                State::Open { until: known } => known.max(until),
                _ => until,
            };
            circuit.turn(State::Open { until }, &self.breaker.page);
        }
    }
}

impl Drop for Passage<'_> {
    fn drop(&mut self) {
        if self.is_probe && !self.is_over {
            let state = State::Open { until: Instant::now() };
            self.breaker.circuit().turn(state, &self.breaker.page);
        }
    }
}

impl Circuit {
    fn turn(&mut self, state: State, page: &Page) {
        let (was, was_closed) = (self.state.as_str(), self.state == State::Closed);
        self.state = state;
        if was != state.as_str() {
            if self.turns.len() == TURNS_MAX {
                self.turns.pop_front();
            }
            let (state, last_failure) = (state.as_str(), self.last_failure);
            self.turns.push_back(Turn { at: page.now(), state, last_failure });
        }
        let is_closed = state == State::Closed;
        if was_closed == is_closed {
            return;
        }
        self.measure(!is_closed);
        let role = self.role.as_str();
        if is_closed {
            tracing::info!(role, "the language model answers again");
        } else {
            page.opened();
            tracing::warn!(
                role,
                failures = self.failures,
                last_failure = self.last_failure,
                "the language model is left alone for a while"
            );
        }
    }
}

impl Circuit {
    fn measure(&self, is_open: bool) {
        let (open, opened) = match self.role {
            ModelRole::Shown => {
                ("frontdesk_classify_breaker_open", "frontdesk_classify_breaker_opened_total")
            }
            ModelRole::Shadow => {
                ("frontdesk_shadow_breaker_open", "frontdesk_shadow_breaker_opened_total")
            }
        };
        metrics::gauge!(open).set(if is_open { 1.0 } else { 0.0 });
        if is_open {
            metrics::counter!(opened).increment(1);
        }
    }
}

#[async_trait]
impl Classifier for Breaker {
    async fn classify(&self, text: &TicketText) -> Result<Suggestion, ClassifyError> {
        let passage = self.admit()?;
        let result = self.inner.classify(text).await;
        passage.ended(&result);
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::{
        Retry,
        scripted::{Scripted, page, suggestion, text},
    };

    const COOLDOWN: Duration = Duration::from_secs(30);

    fn down() -> ClassifyError {
        ClassifyError::Unavailable { retry: Retry::Soon, detail: String::new() }
    }

    fn breaker(
        script: impl Fn(usize) -> Result<Suggestion, ClassifyError> + Send + Sync + 'static,
    ) -> (Arc<Scripted>, Arc<Breaker>) {
        let inner = Scripted::new(script);
        (inner.clone(), Arc::new(Breaker::new(inner, COOLDOWN, page(), ModelRole::Shown)))
    }

    async fn ask(breaker: &Breaker) -> Result<Suggestion, ClassifyError> {
        breaker.classify(&text("a")).await
    }

    #[tokio::test(start_paused = true)]
    async fn it_opens_after_failures_in_a_row_and_closes_after_a_good_probe() {
        let (inner, breaker) = breaker(|call| match call {
            0..=1 | 3..=5 => Err(down()),
            _ => Ok(suggestion()),
        });
        for good in [false, false, true, false, false] {
            assert_eq!(ask(&breaker).await.is_ok(), good);
            assert_eq!(breaker.status().state, "closed");
        }
        assert!(ask(&breaker).await.is_err());
        let open = breaker.status();
        assert_eq!((open.state, open.failures), ("open", 3));
        assert_eq!((open.last_failure, open.retry_in_seconds), (Some("unavailable"), Some(30)));
        assert_eq!(ask(&breaker).await, Err(ClassifyError::CircuitOpen(COOLDOWN)));
        assert_eq!(inner.calls(), 6, "it is left alone");

        tokio::time::advance(COOLDOWN).await;
        assert!(ask(&breaker).await.is_ok());
        let closed = breaker.status();
        assert_eq!((closed.state, closed.failures), ("closed", 0));
        assert_eq!((closed.last_failure, closed.retry_in_seconds), (None, None));
        let turns: Vec<_> =
            breaker.turns().into_iter().map(|t| (t.state, t.last_failure)).collect();
        let failed = Some("unavailable");
        assert_eq!(turns, [("closed", None), ("half_open", failed), ("open", failed)]);
    }

    #[tokio::test(start_paused = true)]
    async fn its_past_is_bounded() {
        let (_, breaker) = breaker(|_| Err(down()));
        for _ in 0..FAILURES_MAX as usize + TURNS_MAX {
            assert!(ask(&breaker).await.is_err());
            tokio::time::advance(COOLDOWN).await;
        }
        let turns = breaker.turns();
        assert_eq!((turns.len(), turns[0].state, turns[1].state), (TURNS_MAX, "open", "half_open"));
    }

    #[tokio::test(start_paused = true)]
    async fn a_bad_probe_keeps_it_open_and_only_one_is_sent() {
        let (inner, breaker) = breaker(|_| Err(down()));
        for _ in 0..FAILURES_MAX {
            assert!(ask(&breaker).await.is_err());
        }
        tokio::time::advance(COOLDOWN).await;
        let inner = inner.held();
        let probe = tokio::spawn({
            let breaker = breaker.clone();
            async move { ask(&breaker).await }
        });
        inner.begun(4).await;
        assert_eq!(breaker.status().state, "half_open");
        assert_eq!(ask(&breaker).await, Err(ClassifyError::CircuitOpen(PROBE_WAIT)));
        inner.let_go();
        assert!(probe.await.unwrap().is_err());
        assert_eq!(ask(&breaker).await, Err(ClassifyError::CircuitOpen(COOLDOWN)));
        assert_eq!(inner.calls(), 4);
    }

    #[tokio::test(start_paused = true)]
    async fn a_cancelled_probe_leaves_its_place_to_the_next() {
        let (inner, breaker) =
            breaker(|call| if call < 3 { Err(down()) } else { Ok(suggestion()) });
        for _ in 0..FAILURES_MAX {
            assert!(ask(&breaker).await.is_err());
        }
        tokio::time::advance(COOLDOWN).await;
        let inner = inner.held();
        let probe = tokio::spawn({
            let breaker = breaker.clone();
            async move { ask(&breaker).await }
        });
        inner.begun(4).await;
        probe.abort();
        assert!(probe.await.unwrap_err().is_cancelled());
        inner.let_go();
        assert!(ask(&breaker).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn the_providers_word_opens_it_at_once_for_as_long_as_it_says() {
        for (error, wait) in [
            (limited(Some(Duration::from_millis(400))), Duration::from_millis(400)),
            (limited(Some(Duration::from_hours(24))), WAIT_MAX),
            (limited(None), COOLDOWN),
            (ClassifyError::Misconfigured(String::new()), COOLDOWN),
        ] {
            let (_, breaker) = breaker(move |_| Err(error.clone()));
            assert!(ask(&breaker).await.is_err());
            assert_eq!(ask(&breaker).await, Err(ClassifyError::CircuitOpen(wait)));
        }
    }

    fn limited(retry_after: Option<Duration>) -> ClassifyError {
        ClassifyError::RateLimited { retry_after, detail: String::new() }
    }

    #[tokio::test]
    async fn a_refused_text_says_nothing_about_the_provider() {
        let (_, breaker) = breaker(|_| Err(ClassifyError::Refused(String::new())));
        for _ in 0..10 {
            assert!(matches!(ask(&breaker).await, Err(ClassifyError::Refused(_))));
        }
        assert_eq!(breaker.status().state, "closed");
    }
}
