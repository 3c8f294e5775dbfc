//! A classifier for tests: answers by a script, counts, and can be held up.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::SeqCst},
};

use async_trait::async_trait;
use tokio::sync::watch;

use super::{
    Classifier, ClassifyError, Ledger, Prices, Suggestion, TicketText, ledger::Page, prompt,
};
use crate::{
    clock::Clock,
    tickets::{Category, Priority, Source},
};

type Script = dyn Fn(usize) -> Result<Suggestion, ClassifyError> + Send + Sync;

/// Answers the n-th call (from 0) with what its script says.
pub struct Scripted {
    script: Box<Script>,
    begun: watch::Sender<usize>,
    cancelled: AtomicUsize,
    held: watch::Sender<bool>,
}

impl Scripted {
    pub fn new(
        script: impl Fn(usize) -> Result<Suggestion, ClassifyError> + Send + Sync + 'static,
    ) -> Arc<Self> {
        Arc::new(Self {
            script: Box::new(script),
            begun: watch::channel(0).0,
            cancelled: AtomicUsize::new(0),
            held: watch::channel(false).0,
        })
    }

    /// Holds every call up until [`Self::let_go`].
    pub fn held(self: Arc<Self>) -> Arc<Self> {
        self.held.send_replace(true);
        self
    }

    pub fn let_go(&self) {
        self.held.send_replace(false);
    }

    pub async fn begun(&self, calls: usize) {
        let mut begun = self.begun.subscribe();
        begun.wait_for(|n| *n >= calls).await.expect("it lives");
    }

    pub async fn let_go_after(&self, calls: usize) {
        self.begun(calls).await;
        self.let_go();
    }

    pub fn calls(&self) -> usize {
        *self.begun.borrow()
    }

    /// Calls that were dropped before they answered.
    pub fn cancelled(&self) -> usize {
        self.cancelled.load(SeqCst)
    }
}

#[async_trait]
impl Classifier for Scripted {
    async fn classify(&self, _text: &TicketText) -> Result<Suggestion, ClassifyError> {
        struct Counted<'a>(&'a AtomicUsize, bool);
        impl Drop for Counted<'_> {
            fn drop(&mut self) {
                if !self.1 {
                    self.0.fetch_add(1, SeqCst);
                }
            }
        }
        let mut counted = Counted(&self.cancelled, false);
        let mut call = 0;
        self.begun.send_modify(|n| {
            call = *n;
            *n += 1;
        });
        let mut held = self.held.subscribe();
        held.wait_for(|held| !held).await.expect("it lives");
        counted.1 = true;
        (self.script)(call)
    }
}

pub fn text(description: &str) -> TicketText {
    TicketText { description: description.to_owned(), ..TicketText::default() }
}

pub fn suggestion() -> Suggestion {
    Suggestion {
        category: Category::Billing,
        priority: Priority::High,
        confidence: None,
        source: Source::Gemini,
        model: "scripted".to_owned(),
        reasons: None,
        usage: None,
        prompt_version: Some(prompt::VERSION.to_owned()),
    }
}

/// A page of a ledger that nobody reads, with a clock that stands still.
pub fn page() -> Page {
    let clock = Clock::fixed(jiff::Timestamp::UNIX_EPOCH);
    let ledger = Arc::new(Ledger::new(Prices::default(), clock));
    Page::new(ledger, Source::Gemini, "scripted")
}
