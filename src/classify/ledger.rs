//! What the sources were asked and what it took. Counted in memory while they are asked, so that no
//! answer waits for it, and added to the database in the background, where the counts of all servers
//! are one sum.
//!
//! - A call is a request that was sent to a provider, second tries included, whatever came of it.
//! - Tokens are counted of every answer that tells them, also of one that is no good.
//! - A cache hit is a question that was answered from memory.
//! - A failure is a question that the source gave no answer to, by its kind.
//! - What becomes of questions in the shadow is counted apart; their calls and tokens are counted like any.
//!
//! A server that is killed takes the counts of the last seconds along; so do tokens whose answer nobody
//! waited for.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard},
};

use jiff::{Timestamp, civil::Date};

use super::{Prices, Usage, store::SuggestionStore};
use crate::{
    clock::Clock,
    error::Result,
    tickets::{Source, day_of},
    word::words,
};

/// Models that are counted by their names; what comes past them is one. Names come from outside.
const MODELS_MAX: usize = 100;

/// The name of all models past [`MODELS_MAX`], and of one without a name.
const OTHER: &str = "other";

words! {
    /// What is counted.
    Measure {
        /// Requests sent to a provider.
        Call = "call",
        /// Questions answered from memory.
        CacheHit = "cache_hit",
        /// Tokens read, cached ones included.
        Input = "input",
        /// Tokens read that the provider had kept.
        CachedInput = "cached_input",
        /// Tokens written.
        Output = "output",
        /// Questions without an answer.
        Failure = "failure",
        /// How often the circuit breaker opened.
        Opened = "opened",
        /// Tickets that the source was asked about in the shadow, and answered.
        Shadow = "shadow",
        /// The same, without an answer.
        ShadowFailure = "shadow_failure",
        /// Tickets that it would have been asked about in the shadow, and was not, or whose answer came
        /// to nothing.
        ShadowDrop = "shadow_drop",
    }
}

/// What a count is of. The order is the one in which counts are written, by every server.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CountKey {
    /// In UTC.
    pub day: Date,
    /// Which source.
    pub source: Source,
    /// Which model, 1 to 200 characters.
    pub model: String,
    /// What.
    pub measure: Measure,
    /// Of a failure its kind, of what was dropped the reason, at most 40 characters; empty of anything
    /// else.
    pub word: String,
}

/// Counts of what was asked, until they are in the database.
#[derive(Debug)]
pub struct Ledger {
    clock: Clock,
    prices: Prices,
    counts: Mutex<Counts>,
    /// Who writes lets nobody read in between: what was taken out of memory is in the database then.
    writing: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct Counts {
    waiting: BTreeMap<CountKey, u64>,
    models: BTreeSet<(Source, String)>,
    /// What each model cost since the start.
    costs: BTreeMap<(Source, String), f64>,
}

impl Ledger {
    /// An empty one.
    pub fn new(prices: Prices, clock: Clock) -> Self {
        Self { clock, prices, counts: Mutex::default(), writing: tokio::sync::Mutex::default() }
    }

    /// The time by which it counts.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The prices.
    pub fn prices(&self) -> &Prices {
        &self.prices
    }

    /// Counts one of `measure`.
    pub fn count(&self, source: Source, model: &str, measure: Measure) {
        self.add(source, model, [(measure, "", 1)]);
    }

    /// Counts one of `measure` under a word.
    pub fn count_as(&self, source: Source, model: &str, measure: Measure, word: &'static str) {
        self.add(source, model, [(measure, word, 1)]);
    }

    /// Counts a call and what it took, here and for the metrics; `None`: nobody knows.
    pub fn called(&self, source: Source, model: &str, usage: Option<&Usage>) {
        let usage = usage.copied().unwrap_or_default();
        let (input, cached, output) = (usage.input, usage.cached, usage.output);
        let model = self.add(
            source,
            model,
            [
                (Measure::Call, "", 1),
                (Measure::Input, "", input),
                (Measure::CachedInput, "", cached),
                (Measure::Output, "", output),
            ],
        );
        for (direction, n) in [("input", input), ("output", output)] {
            metrics::counter!("frontdesk_classify_tokens_total", "source" => source.as_str(),
                "model" => model.clone(), "direction" => direction)
            .increment(n);
        }
        let Some(cost) = self.prices.cost(&model, &usage) else { return };
        let mut counts = self.counts();
        let spent = counts.costs.entry((source, model.clone())).or_default();
        *spent += cost;
        // a counter takes whole numbers; the sum is rounded, and not each call
        metrics::counter!("frontdesk_classify_cost_millionths_total",
            "source" => source.as_str(), "model" => model)
        .absolute((*spent * 1_000_000.0).round() as u64);
    }

    /// Adds to the counts of today; returns the name under which that is.
    fn add<const N: usize>(
        &self,
        source: Source,
        model: &str,
        counted: [(Measure, &'static str, u64); N],
    ) -> String {
        let day = day_of(self.clock.now());
        let mut counts = self.counts();
        let model = counts.name(source, model);
        for (measure, word, n) in counted.into_iter().filter(|(.., n)| *n > 0) {
            let (model, word) = (model.clone(), word.to_owned());
            let key = CountKey { day, source, model, measure, word };
            let sum = counts.waiting.entry(key).or_default();
            *sum = sum.saturating_add(n);
        }
        model
    }

    /// Adds what was counted since the last time to the database. What could not be added waits for the
    /// next time.
    ///
    /// # Errors
    /// As [`SuggestionStore::add_counts`].
    pub async fn write(&self, store: &(impl SuggestionStore + ?Sized)) -> Result<()> {
        let _writing = self.writing.lock().await;
        let taken = std::mem::take(&mut self.counts().waiting);
        if taken.is_empty() {
            return Ok(());
        }
        let written = store.add_counts(taken.clone().into_iter().collect()).await;
        if written.is_err() {
            let mut counts = self.counts();
            for (key, n) in taken {
                *counts.waiting.entry(key).or_default() += n;
            }
        }
        written
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(|e| e.into_inner())
    }
}

/// What one source counts.
#[derive(Clone, Debug)]
pub struct Page {
    ledger: Arc<Ledger>,
    source: Source,
    /// The model that is asked; another may answer.
    model: String,
}

impl Page {
    /// Of a source and the model that it is asked for.
    pub fn new(ledger: Arc<Ledger>, source: Source, model: &str) -> Self {
        Self { ledger, source, model: model.to_owned() }
    }

    /// Begins a call, which is counted when this is dropped, also where nobody waits for its end.
    pub fn call(&self) -> Call<'_> {
        Call { page: self, model: None, usage: None }
    }

    /// Counts a question that was answered from memory.
    pub fn remembered(&self, model: &str) {
        self.ledger.count(self.source, model, Measure::CacheHit);
    }

    /// Counts that the circuit breaker opened.
    pub fn opened(&self) {
        self.ledger.count(self.source, &self.model, Measure::Opened);
    }

    /// Counts a question without an answer.
    pub fn failed(&self, kind: &'static str) {
        self.ledger.count_as(self.source, &self.model, Measure::Failure, kind);
    }

    /// Counts what became of a question in the shadow: [`Measure::Shadow`] and those beside it.
    pub fn shadowed(&self, measure: Measure, word: &'static str) {
        self.ledger.count_as(self.source, &self.model, measure, word);
    }

    /// Whose it is.
    pub fn source(&self) -> Source {
        self.source
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        self.ledger.clock.now()
    }
}

/// A request to a provider that is under way.
pub struct Call<'a> {
    page: &'a Page,
    /// The one that answered.
    model: Option<String>,
    usage: Option<Usage>,
}

impl Call<'_> {
    /// Takes down which model answered, where it gives its name, and what it took.
    pub fn answered(&mut self, model: &str, usage: Option<Usage>) {
        self.model = (!model.is_empty()).then(|| model.to_owned());
        self.usage = usage;
    }
}

impl Drop for Call<'_> {
    fn drop(&mut self) {
        let model = self.model.as_deref().unwrap_or(&self.page.model);
        self.page.ledger.called(self.page.source, model, self.usage.as_ref());
    }
}

impl Counts {
    /// The name under which a model is counted.
    fn name(&mut self, source: Source, model: &str) -> String {
        let model: String = model.chars().take(200).collect();
        let key = (source, model);
        if key.1.is_empty() || (!self.models.contains(&key) && self.models.len() >= MODELS_MAX) {
            return OTHER.to_owned();
        }
        self.models.insert(key.clone());
        key.1
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

    use async_trait::async_trait;

    use super::*;
    use crate::{
        classify::{
            examples::Confirmed,
            store::{Outcome, ShadowOutcome},
        },
        error::Error,
        tickets::TicketSuggestion,
    };

    fn waiting(ledger: &Ledger) -> Vec<(String, Measure, String, u64)> {
        let counts = ledger.counts().waiting.clone();
        counts.into_iter().map(|(key, n)| (key.model, key.measure, key.word, n)).collect()
    }

    fn ledger() -> Ledger {
        let clock = Clock::fixed(jiff::Timestamp::UNIX_EPOCH);
        Ledger::new(Prices::parse("a=1/2").unwrap(), clock)
    }

    #[test]
    fn a_call_and_what_it_took_are_counted_by_model() {
        let ledger = ledger();
        let usage = Usage { input: 10, cached: 0, output: 3 };
        ledger.called(Source::Gemini, "a", Some(&usage));
        ledger.called(Source::Gemini, "a", Some(&usage));
        ledger.called(Source::Gemini, "b", None);
        ledger.count_as(Source::Gemini, "b", Measure::Failure, "timed_out");
        let row =
            |model: &str, measure, word: &str, n| (model.to_owned(), measure, word.to_owned(), n);
        assert_eq!(
            waiting(&ledger),
            [
                row("a", Measure::Call, "", 2),
                row("a", Measure::Input, "", 20),
                row("a", Measure::Output, "", 6),
                row("b", Measure::Call, "", 1),
                row("b", Measure::Failure, "timed_out", 1),
            ]
        );
        let counts = ledger.counts();
        assert_eq!(counts.costs.values().copied().collect::<Vec<_>>(), [32e-6]);
    }

    /// A database that can be away.
    #[derive(Default)]
    struct Flaky {
        is_away: AtomicBool,
        counts: Mutex<Vec<(CountKey, u64)>>,
    }

    #[async_trait]
    impl SuggestionStore for Flaky {
        async fn add_counts(&self, counts: Vec<(CountKey, u64)>) -> Result<()> {
            if self.is_away.load(Relaxed) {
                return Err(Error::Internal("away".into()));
            }
            self.counts.lock().unwrap().extend(counts);
            Ok(())
        }

        async fn counts(&self, _: Date, _: Date, _: u32) -> Result<Vec<(CountKey, u64)>> {
            Ok(Vec::new())
        }

        async fn ticket_suggestions(&self, _: i64) -> Result<Option<Vec<TicketSuggestion>>> {
            Ok(None)
        }

        async fn suggestion_outcomes(
            &self,
            _: Timestamp,
            _: Timestamp,
            _: u32,
        ) -> Result<Vec<Outcome>> {
            Ok(Vec::new())
        }

        async fn keep_shadow(&self, _: i64, _: TicketSuggestion) -> Result<bool> {
            Ok(false)
        }

        async fn shadow_outcomes(
            &self,
            _: Timestamp,
            _: Timestamp,
            _: u32,
        ) -> Result<Vec<ShadowOutcome>> {
            Ok(Vec::new())
        }

        async fn confirmed_tickets(&self, _: Timestamp, _: u32) -> Result<Vec<Confirmed>> {
            Ok(Vec::new())
        }

        async fn suggestion_key(&self) -> Result<[u8; 32]> {
            Ok([0; 32])
        }
    }

    #[tokio::test]
    async fn what_the_database_does_not_take_waits_and_is_written_once() {
        let (ledger, store) = (ledger(), Flaky::default());
        store.is_away.store(true, Relaxed);
        ledger.count(Source::Gemini, "a", Measure::Call);
        assert!(ledger.write(&store).await.is_err());
        ledger.count(Source::Gemini, "a", Measure::Call);
        store.is_away.store(false, Relaxed);
        for _ in 0..2 {
            assert!(ledger.write(&store).await.is_ok());
        }
        let counts = store.counts.lock().unwrap().clone();
        assert_eq!(counts.iter().map(|(_, n)| *n).collect::<Vec<_>>(), [2]);
        assert_eq!(waiting(&ledger), []);
    }

    #[test]
    fn names_from_outside_are_bounded() {
        let ledger = ledger();
        for n in 0..MODELS_MAX + 10 {
            ledger.count(Source::Openai, &n.to_string(), Measure::Call);
        }
        ledger.count(Source::Openai, "", Measure::Call);
        ledger.count(Source::Openai, "0", Measure::Call);
        let waiting = waiting(&ledger);
        assert_eq!(waiting.len(), MODELS_MAX + 1);
        assert!(waiting.contains(&(OTHER.to_owned(), Measure::Call, String::new(), 11)));
        assert!(waiting.contains(&("0".to_owned(), Measure::Call, String::new(), 2)));
    }
}
