//! A language model behind all that guards it.

use std::sync::Arc;

use super::{
    Classifier, Ledger, ModelRole, TicketText,
    bounded::{Bounded, CALLS_MAX},
    breaker::Breaker,
    budget::{Budget, Purse},
    cache::Cache,
    examples::Library,
    ledger::Page,
    llm, redact,
    retry::Retrying,
    single_flight::SingleFlight,
};
use crate::tickets::Source;

/// A language model behind all that guards it.
pub struct Guarded {
    /// Who is asked.
    pub chain: Arc<dyn Classifier>,
    /// Leaves it alone when it keeps failing.
    pub breaker: Arc<Breaker>,
    /// What may be spent.
    pub purse: Arc<Purse>,
    /// What is counted of it.
    pub page: Page,
    /// Where its examples come from; `None`: it gets none.
    pub library: Option<Arc<Library>>,
    /// Whether what tells people apart is taken out.
    pub redacts: bool,
    /// Its name in answers.
    pub source: Source,
    /// The model that is asked.
    pub name: String,
}

impl Guarded {
    /// For people. From the outside in: what was answered lately is not asked again, those who ask the
    /// same share a call, a provider that fails is left alone, and a call has its deadline, its tries, its
    /// place among those under way and its part of the budget.
    pub fn live(
        settings: &llm::Settings,
        provider: Arc<dyn Classifier>,
        ledger: &Arc<Ledger>,
    ) -> Self {
        let purse = Arc::new(Purse::new(settings.limits, ledger.clock().clone()));
        let library = settings.shows_examples.then(|| Arc::new(Library::new(settings.redacts)));
        let budget = Arc::new(Budget::new(provider, purse.clone(), ModelRole::Shown));
        let bounded = Arc::new(Bounded::new(budget, CALLS_MAX));
        let (breaker, page) = left_alone(settings, bounded, ledger, ModelRole::Shown);
        let shared = Arc::new(SingleFlight::new(breaker.clone()));
        let chain = Arc::new(Cache::new(shared, page.clone()));
        Self::of(settings, chain, breaker, purse, page, library)
    }

    /// For the shadow, beside who serves people, if that is a language model: from one purse, with the
    /// same examples. Each question is asked, since its time is measured and tickets hardly repeat.
    pub fn shadow(
        settings: &llm::Settings,
        provider: Arc<dyn Classifier>,
        ledger: &Arc<Ledger>,
        beside: Option<&Self>,
    ) -> Self {
        let purse = beside.map(|live| live.purse.clone());
        let purse =
            purse.unwrap_or_else(|| Arc::new(Purse::new(settings.limits, ledger.clock().clone())));
        let library = settings.shows_examples.then(|| {
            let library = beside.and_then(|live| live.library.clone());
            library.unwrap_or_else(|| Arc::new(Library::new(settings.redacts)))
        });
        let budget = Arc::new(Budget::new(provider, purse.clone(), ModelRole::Shadow));
        let (breaker, page) = left_alone(settings, budget, ledger, ModelRole::Shadow);
        Self::of(settings, breaker.clone(), breaker, purse, page, library)
    }

    fn of(
        settings: &llm::Settings,
        chain: Arc<dyn Classifier>,
        breaker: Arc<Breaker>,
        purse: Arc<Purse>,
        page: Page,
        library: Option<Arc<Library>>,
    ) -> Self {
        let (source, name) = (settings.provider.source(), settings.model().to_owned());
        Self { chain, breaker, purse, page, library, redacts: settings.redacts, source, name }
    }

    /// The text as it leaves, with its examples, of which the ticket `except` is none.
    pub fn outgoing(&self, text: &TicketText, except: Option<i64>) -> TicketText {
        let mut outgoing = if self.redacts { redact::redacted(text) } else { text.clone() };
        if let Some(library) = &self.library {
            outgoing.examples = library.similar(&outgoing, except);
        }
        outgoing
    }
}

/// `inner` with its deadline and its tries, left alone when it keeps failing.
fn left_alone(
    settings: &llm::Settings,
    inner: Arc<dyn Classifier>,
    ledger: &Arc<Ledger>,
    role: ModelRole,
) -> (Arc<Breaker>, Page) {
    let page = settings.page(ledger);
    let retrying = Arc::new(Retrying::new(inner, settings.timeout));
    let cooldown = settings.breaker_cooldown;
    (Arc::new(Breaker::new(retrying, cooldown, page.clone(), role)), page)
}
