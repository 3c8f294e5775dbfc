//! The shadow: a second source that is asked about live tickets, silently and after they were filed, so that
//! one sees how often it would have been right before it serves.
//!
//! Nobody waits for it and nobody is shown what it says. What it cannot keep up with is dropped and
//! counted: a full queue, a spent budget, a provider that is left alone, a server that ends.

mod queue;
#[cfg(test)]
mod tests;

use std::{sync::Arc, time::Instant};

use futures_util::future::join_all;
use serde::Serialize;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use self::queue::{Job, Queue};
use super::{
    Answer, BreakerStatus, Classification, Classifier, ClassifyError, Suggested, TicketText,
    examples::Library,
    fingerprint::Fingerprint,
    guarded::Guarded,
    ledger::{Measure, Page},
    llm, local, prompt,
};
use crate::{
    clock::Clock,
    db::Store,
    error::Result,
    tickets::{Occasion, Source, TicketSuggestion},
};

/// Tickets that are asked about at the same time: few, so that neither the provider nor the database is
/// kept from what people wait for.
const AT_ONCE: usize = 2;

/// Which source is asked in the shadow: `FRONTDESK_SHADOW`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum ShadowMode {
    /// None
    #[default]
    Off,
    /// Google Gemini
    Gemini,
    /// Anthropic Claude
    Anthropic,
    /// OpenAI, or a server that speaks its protocol
    Openai,
    /// The embedded classifier
    Local,
}

impl ShadowMode {
    /// The word that the setting has for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Gemini => "gemini",
            Self::Anthropic => "anthropic",
            Self::Openai => "openai",
            Self::Local => "local",
        }
    }
}

/// The source in the shadow, as its settings are.
#[derive(Clone, Debug)]
pub enum Second {
    /// The embedded classifier.
    Local,
    /// A language model.
    Model(Box<llm::Settings>),
}

/// What it is doing, for `/readyz` and people.
#[derive(Clone, Debug, Serialize)]
pub struct ShadowStatus {
    /// Who is asked.
    pub source: Source,
    /// The model that is asked.
    pub model: String,
    /// Tickets that wait.
    pub waiting: usize,
    /// The circuit breaker, of a language model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub breaker: Option<BreakerStatus>,
}

/// A source that is asked in the shadow.
pub struct Shadow {
    asked: Asked,
    page: Page,
    model: String,
    queue: Queue,
}

enum Asked {
    Model(Guarded),
    Local(Arc<dyn Classifier>),
}

impl Shadow {
    /// Asks `second`, from one purse with who serves; `local` is the embedded classifier.
    ///
    /// # Errors
    /// The language model's key cannot be sent, or TLS cannot be set up.
    pub fn new(
        second: &Second,
        local: Arc<dyn Classifier>,
        serving: &Classification,
    ) -> Result<Self> {
        let ledger = serving.ledger();
        Ok(match second {
            Second::Local => {
                let page = Page::new(ledger.clone(), Source::Local, local::MODEL);
                let model = local::MODEL.to_owned();
                Self { asked: Asked::Local(local), page, model, queue: Queue::default() }
            }
            Second::Model(settings) => {
                Self::of_model(settings, llm::provider(settings, ledger)?, serving)
            }
        })
    }

    fn of_model(
        settings: &llm::Settings,
        provider: Arc<dyn Classifier>,
        serving: &Classification,
    ) -> Self {
        let model = Guarded::shadow(settings, provider, serving.ledger(), serving.model());
        let (page, name) = (model.page.clone(), model.name.clone());
        Self { asked: Asked::Model(model), page, model: name, queue: Queue::default() }
    }

    /// Has a ticket asked about, some time later, that was just filed with the text of this
    /// [`TicketText::fingerprint`]. Never waits.
    pub fn offer(&self, ticket_id: i64, text: Fingerprint) {
        if let Err(reason) = self.queue.put(Job { ticket_id, text }) {
            self.dropped(reason);
        }
    }

    /// Asks about what is offered until the server ends; what still waits then is dropped, and what is
    /// under way too. When this returns, all of it is counted. Works once.
    pub async fn run(&self, store: Arc<dyn Store>, clock: Clock, shutdown: CancellationToken) {
        let Some(jobs) = self.queue.jobs() else { return };
        let jobs = tokio::sync::Mutex::new(jobs);
        let worker = || self.work(&jobs, &*store, &clock, &shutdown);
        join_all((0..AT_ONCE).map(|_| worker())).await;
        let mut jobs = jobs.into_inner();
        jobs.close();
        while jobs.try_recv().is_ok() {
            self.dropped("shutdown");
        }
    }

    async fn work(
        &self,
        jobs: &tokio::sync::Mutex<mpsc::Receiver<Job>>,
        store: &dyn Store,
        clock: &Clock,
        shutdown: &CancellationToken,
    ) {
        let next = async || jobs.lock().await.recv().await;
        loop {
            let job = tokio::select! {
                biased;
                () = shutdown.cancelled() => return,
                job = next() => job,
            };
            let Some(job) = job else { return };
            if let Err(reason) = self.judge(&job, store, clock, shutdown).await {
                self.dropped(reason);
            }
        }
    }

    /// Asks about one ticket and keeps the answer, or tells why it came to nothing.
    async fn judge(
        &self,
        job: &Job,
        store: &dyn Store,
        clock: &Clock,
        shutdown: &CancellationToken,
    ) -> Result<(), &'static str> {
        // read again: of a ticket that was deleted meanwhile nothing leaves
        let ticket = store.ticket(job.ticket_id).await.map_err(|_| "database")?;
        let ticket = ticket.ok_or("deleted")?;
        let (title, description) = (ticket.title, ticket.description);
        let text = TicketText { title, description, ..TicketText::default() };
        if text.fingerprint() != job.text {
            return Err("changed");
        }
        let answer = tokio::select! {
            answer = self.ask(&text, job.ticket_id) => answer,
            () = shutdown.cancelled() => return Err("shutdown"),
        };
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) if error.was_sent() => {
                tracing::debug!(%error, ticket.id = job.ticket_id, "no answer in the shadow");
                self.page.shadowed(Measure::ShadowFailure, error.kind());
                return Ok(());
            }
            Err(error) => return Err(error.kind()),
        };
        let suggested = Suggested::new(&answer, clock.now());
        let suggestion = TicketSuggestion::new(Occasion::Shadow, suggested, answer.sent);
        match store.keep_shadow(job.ticket_id, suggestion).await {
            Ok(true) => self.page.shadowed(Measure::Shadow, ""),
            Ok(false) => return Err("deleted"),
            Err(error) => {
                tracing::warn!(%error, ticket.id = job.ticket_id, "an answer in the shadow was lost");
                return Err("database");
            }
        }
        Ok(())
    }

    async fn ask(&self, text: &TicketText, ticket_id: i64) -> Result<Answer, ClassifyError> {
        let started = Instant::now();
        let (answer, sent) = match &self.asked {
            Asked::Local(local) => (local.choose(text).await, None),
            Asked::Model(model) => {
                let outgoing = model.outgoing(text, Some(ticket_id));
                (model.chain.choose(&outgoing).await, Some(prompt::kept(&outgoing)))
            }
        };
        let latency = started.elapsed();
        let outcome = answer.as_ref().err().map_or("answered", ClassifyError::kind);
        metrics::histogram!("frontdesk_shadow_duration_seconds",
            "source" => self.page.source().as_str(), "outcome" => outcome)
        .record(latency.as_secs_f64());
        Ok(Answer { suggestion: answer?, degraded: false, latency, sent })
    }

    fn dropped(&self, reason: &'static str) {
        metrics::counter!("frontdesk_shadow_dropped_total",
            "source" => self.page.source().as_str(), "reason" => reason)
        .increment(1);
        self.page.shadowed(Measure::ShadowDrop, reason);
    }

    /// Where the language model's examples come from; `None` where it gets none.
    pub fn library(&self) -> Option<&Arc<Library>> {
        match &self.asked {
            Asked::Model(model) => model.library.as_ref(),
            Asked::Local(_) => None,
        }
    }

    /// What it is doing.
    pub fn status(&self) -> ShadowStatus {
        let breaker = match &self.asked {
            Asked::Model(model) => Some(model.breaker.status()),
            Asked::Local(_) => None,
        };
        let (source, model) = (self.page.source(), self.model.clone());
        ShadowStatus { source, model, waiting: self.queue.waiting(), breaker }
    }

    /// Tells the metrics what can be seen from here.
    pub fn measure(&self) {
        metrics::gauge!("frontdesk_shadow_waiting").set(self.queue.waiting() as f64);
    }
}
