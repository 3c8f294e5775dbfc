//! Who is asked, by the configuration.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use serde::Serialize;

use super::{
    BreakerStatus, Classifier, ClassifyError, Ledger, Suggestion, TicketText, Turn,
    examples::Library,
    failures::{Failure, Failures},
    guarded::Guarded,
    llm, prompt,
};
use crate::{error::Result, tickets::Source};

/// Who suggests: `FRONTDESK_CLASSIFIER`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// The language model whose key is set; the embedded classifier when it fails or none is set
    #[default]
    Auto,
    /// Google Gemini alone: no suggestion when it fails
    Gemini,
    /// Anthropic Claude alone
    Anthropic,
    /// OpenAI, or a server that speaks its protocol, alone
    Openai,
    /// The embedded classifier alone
    Local,
    /// Nobody
    Off,
}

impl Mode {
    /// The word that the setting has for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Gemini => "gemini",
            Self::Anthropic => "anthropic",
            Self::Openai => "openai",
            Self::Local => "local",
            Self::Off => "off",
        }
    }
}

/// A suggestion, and whether a fallback gave it.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The suggestion.
    pub suggestion: Suggestion,
    /// Whether the preferred classifier failed and another answered.
    pub degraded: bool,
    /// How long it took.
    pub latency: Duration,
    /// The ticket as it may have left for a provider, word for word; `None`: it did not.
    pub sent: Option<String>,
}

/// What the classifier is doing, for `/readyz` and people.
#[derive(Clone, Debug, Serialize)]
pub struct ClassifierStatus {
    /// The configured mode.
    pub mode: Mode,
    /// Who is asked first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The model that is asked, where it is a language model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The circuit breaker of the language model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub breaker: Option<BreakerStatus>,
}

/// Everything that classifies, behind one object.
pub struct Classification {
    mode: Mode,
    model: Option<Guarded>,
    local: Option<Arc<dyn Classifier>>,
    /// Since `since`.
    failures: Failures,
    since: Timestamp,
    ledger: Arc<Ledger>,
}

impl Classification {
    /// Asks the language model of `settings` first, where there is one, and `local` as `mode` says. What
    /// is asked is counted in `ledger`.
    ///
    /// # Errors
    /// The language model's key cannot be sent, or TLS cannot be set up.
    pub fn new(
        mode: Mode,
        settings: Option<&llm::Settings>,
        local: Arc<dyn Classifier>,
        ledger: Arc<Ledger>,
    ) -> Result<Self> {
        let model = match settings {
            Some(settings) => {
                Some(Guarded::live(settings, llm::provider(settings, &ledger)?, &ledger))
            }
            None => None,
        };
        let local = matches!(mode, Mode::Auto | Mode::Local).then_some(local);
        let since = ledger.clock().now();
        Ok(Self { mode, model, local, failures: Failures::default(), since, ledger })
    }

    /// Suggests for a text. Dropping the future cancels a call that nobody else waits for.
    ///
    /// # Errors
    /// [`ClassifyError`], by what the caller can do about it.
    pub async fn classify(&self, text: &TicketText) -> Result<Answer, ClassifyError> {
        self.ask(text, Wanted::Reasons, None).await
    }

    /// The same for those who do not ask why.
    ///
    /// # Errors
    /// As [`Self::classify`].
    pub async fn choose(&self, text: &TicketText) -> Result<Answer, ClassifyError> {
        self.ask(text, Wanted::Words, None).await
    }

    /// The same for a ticket that was filed long ago, and is not to be its own example.
    ///
    /// # Errors
    /// As [`Self::classify`].
    pub async fn choose_again(&self, text: &TicketText, id: i64) -> Result<Answer, ClassifyError> {
        self.ask(text, Wanted::Words, Some(id)).await
    }

    async fn ask(
        &self,
        text: &TicketText,
        wanted: Wanted,
        except: Option<i64>,
    ) -> Result<Answer, ClassifyError> {
        let started = Instant::now();
        let answer = |suggestion, degraded, sent| Answer {
            suggestion,
            degraded,
            latency: started.elapsed(),
            sent,
        };
        let Some(model) = &self.model else {
            let local = self.local.as_ref().ok_or(ClassifyError::Off)?;
            let suggestion = measured(Source::Local, local.as_ref(), text, wanted).await?;
            return Ok(answer(suggestion, false, None));
        };
        let outgoing = model.outgoing(text, except);
        let sent = Some(prompt::kept(&outgoing));
        let error = match measured(model.source, model.chain.as_ref(), &outgoing, wanted).await {
            Ok(suggestion) => return Ok(answer(suggestion, false, sent)),
            Err(error) => error,
        };
        self.failures.add(model.source, &error);
        model.page.failed(error.kind());
        // the breaker says once that it opened, and not at each question
        if !matches!(error, ClassifyError::CircuitOpen(_)) {
            tracing::warn!(%error, source = %model.source, "the language model gave no suggestion");
        }
        let sent = sent.filter(|_| error.was_sent());
        let local = self.local.as_ref().ok_or(error)?;
        let suggestion = measured(Source::Local, local.as_ref(), text, wanted).await?;
        Ok(answer(suggestion, true, sent))
    }

    /// A suggestion that needs nobody outside, for those who cannot wait for one that is under way;
    /// `None` where the mode allows none.
    pub async fn at_once(&self, text: &TicketText) -> Option<Answer> {
        let started = Instant::now();
        let suggestion = self.local.as_ref()?.choose(text).await.ok()?;
        let (latency, sent) = (started.elapsed(), self.outgoing(text));
        Some(Answer { suggestion, degraded: sent.is_some(), latency, sent })
    }

    /// The ticket as it leaves for the provider, word for word, as it is kept; `None`: nobody outside is
    /// asked.
    pub fn outgoing(&self, text: &TicketText) -> Option<String> {
        self.model.as_ref().map(|model| prompt::kept(&model.outgoing(text, None)))
    }

    /// Where the language model's examples come from; `None` where it gets none.
    pub fn library(&self) -> Option<&Arc<Library>> {
        self.model.as_ref()?.library.as_ref()
    }

    /// The language model that serves, if one does.
    pub(super) fn model(&self) -> Option<&Guarded> {
        self.model.as_ref()
    }

    /// How often the language model gave no answer, and since when that is counted.
    pub fn failures(&self) -> (Timestamp, Vec<Failure>) {
        (self.since, self.failures.all())
    }

    /// What was asked and what it took.
    pub fn ledger(&self) -> &Arc<Ledger> {
        &self.ledger
    }

    /// How the language model's circuit breaker changed since the start, the newest first; `None` where
    /// there is none.
    pub fn breaker_turns(&self) -> Option<Vec<Turn>> {
        self.model.as_ref().map(|model| model.breaker.turns())
    }

    /// Whether anything is ever suggested.
    pub fn is_off(&self) -> bool {
        self.mode == Mode::Off
    }

    /// What it is doing.
    pub fn status(&self) -> ClassifierStatus {
        let model = self.model.as_ref();
        let local = self.local.as_ref().map(|_| Source::Local);
        ClassifierStatus {
            mode: self.mode,
            source: model.map(|model| model.source).or(local),
            model: model.map(|model| model.name.clone()),
            breaker: model.map(|model| model.breaker.status()),
        }
    }
}

/// What the one who asks will read.
#[derive(Clone, Copy)]
enum Wanted {
    Words,
    Reasons,
}

async fn measured(
    source: Source,
    classifier: &dyn Classifier,
    text: &TicketText,
    wanted: Wanted,
) -> Result<Suggestion, ClassifyError> {
    let started = Instant::now();
    let answer = match wanted {
        Wanted::Words => classifier.choose(text).await,
        Wanted::Reasons => classifier.classify(text).await,
    };
    let outcome = answer.as_ref().err().map_or("answered", ClassifyError::kind);
    metrics::histogram!(
        "frontdesk_classify_duration_seconds", "source" => source.as_str(), "outcome" => outcome,
    )
    .record(started.elapsed().as_secs_f64());
    answer
}

#[cfg(test)]
mod tests;
