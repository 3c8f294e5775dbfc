//! Language models: a file for each provider, all behind [`Classifier`](super::Classifier).
//!
//! A provider sends the prompt, reads the verdict and says what a failure means. Time, tries, bounds
//! and memory are the business of the parts around it (`guarded.rs` puts them together).

mod anthropic;
mod client;
mod gemini;
mod openai;
mod usage;

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};

pub use usage::Usage;

use super::{
    Classifier, Ledger, Limits, Suggestion, TicketText, ledger::Page, prompt, verdict::Verdict,
};
use crate::{
    config::Secret,
    error::Result,
    tickets::{Category, Priority, Source, Word},
};

/// Tokens that an answer may take. A verdict takes about 20, and the thoughts of a model that thinks
/// all the same count too.
const ANSWER_TOKENS: u32 = 256;

/// Tokens for the second try after an answer that was cut off.
const LONG_ANSWER_TOKENS: u32 = 2_048;

/// Who serves a language model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provider {
    /// Google Gemini.
    Gemini,
    /// Anthropic Claude.
    Anthropic,
    /// OpenAI, or a server that speaks its protocol.
    OpenAi,
}

impl Provider {
    /// The name that answers carry.
    pub const fn source(self) -> Source {
        match self {
            Self::Gemini => Source::Gemini,
            Self::Anthropic => Source::Anthropic,
            Self::OpenAi => Source::Openai,
        }
    }

    /// Where the provider itself serves.
    pub const fn default_base_url(self) -> &'static str {
        match self {
            Self::Gemini => gemini::DEFAULT_BASE,
            Self::Anthropic => anthropic::DEFAULT_BASE,
            Self::OpenAi => openai::DEFAULT_BASE,
        }
    }

    /// Its small, fast model.
    pub const fn default_model(self) -> &'static str {
        match self {
            Self::Gemini => gemini::DEFAULT_MODEL,
            Self::Anthropic => anthropic::DEFAULT_MODEL,
            Self::OpenAi => openai::DEFAULT_MODEL,
        }
    }
}

/// What a provider's client needs to know.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Who is asked.
    pub provider: Provider,
    /// Sent in a header, and nowhere else.
    pub key: Option<Secret>,
    /// Without a slash at its end.
    pub base_url: String,
    /// `None`: the provider's small, fast model.
    pub model: Option<String>,
    /// 0 to 2; not sent where the provider refuses it.
    pub temperature: f32,
    /// For a whole question, second tries included.
    pub timeout: Duration,
    /// How long a failing provider is left alone.
    pub breaker_cooldown: Duration,
    /// What may be spent.
    pub limits: Limits,
    /// Whether what tells people apart is taken out of a text before it leaves.
    pub redacts: bool,
    /// Whether tickets that agents have confirmed go along as examples.
    pub shows_examples: bool,
}

impl Settings {
    /// The name of the model that is asked for.
    pub fn model(&self) -> &str {
        self.model.as_deref().unwrap_or(self.provider.default_model())
    }

    /// What is counted of it.
    pub fn page(&self, ledger: &Arc<Ledger>) -> Page {
        Page::new(ledger.clone(), self.provider.source(), self.model())
    }
}

/// The bare provider: no deadline, no second try, no bound. Its calls are counted in `ledger`.
///
/// # Errors
/// The key cannot be sent in a header, or TLS cannot be set up.
pub fn provider(settings: &Settings, ledger: &Arc<Ledger>) -> Result<Arc<dyn Classifier>> {
    let page = settings.page(ledger);
    Ok(match settings.provider {
        Provider::Gemini => Arc::new(gemini::Gemini::new(settings, page)?),
        Provider::Anthropic => Arc::new(anthropic::Anthropic::new(settings, page)?),
        Provider::OpenAi => Arc::new(openai::OpenAi::new(settings, page)?),
    })
}

/// A model's verdict as a suggestion, under the name that the answer gives the model, where it gives a
/// plain one, since an alias or a retired name may be answered by another.
fn suggestion(
    verdict: Verdict,
    text: &TicketText,
    source: Source,
    (answer, name): (&Value, &str),
    asked: &str,
) -> Suggestion {
    let said = client::plain(answer[name].as_str().unwrap_or_default());
    Suggestion {
        category: verdict.category,
        priority: verdict.priority,
        // what models say of their own confidence is not calibrated
        confidence: None,
        source,
        model: if said.is_empty() { asked } else { said }.to_owned(),
        prompt_version: Some(prompt::version(text).to_owned()),
        reasons: None,
        usage: Usage::of(answer),
    }
}

fn words<W: Word>() -> Vec<&'static str> {
    W::ALL.iter().map(|word| word.as_str()).collect()
}

/// The JSON Schema of an answer: one word of each list and nothing else.
fn json_schema() -> Value {
    json!({
        "type": "object",
        "properties": {
            "category": {"type": "string", "enum": words::<Category>()},
            "priority": {"type": "string", "enum": words::<Priority>()},
        },
        "required": ["category", "priority"],
        "additionalProperties": false,
    })
}
