//! Servers that speak OpenAI's chat completions
//! (<https://platform.openai.com/docs/api-reference/chat>): OpenAI, Ollama, llama.cpp, vLLM.

use std::{
    sync::{
        RwLock,
        atomic::{AtomicBool, AtomicU8, Ordering::Relaxed},
    },
    time::Duration,
};

use async_trait::async_trait;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

use super::{
    ANSWER_TOKENS, LONG_ANSWER_TOKENS, Settings,
    client::{Http, Reply, secret_header},
    json_schema, suggestion,
};
use crate::{
    classify::{
        Classifier, ClassifyError, Suggestion, TicketText, ledger::Page, prompt, verdict::Verdict,
    },
    error::Result,
    tickets::Source,
};

/// Small, fast and pinned. A server of one's own that does not have it is asked for what it has.
pub const DEFAULT_MODEL: &str = "gpt-5.4-nano";

/// Where OpenAI serves it.
pub const DEFAULT_BASE: &str = "https://api.openai.com/v1";

/// How long a spent budget keeps us from asking again.
const NO_QUOTA_WAIT: Duration = Duration::from_hours(1);

/// Families that think before they answer, and take no temperature.
const THINKERS: [&str; 5] = ["gpt-5", "gpt-6", "o1", "o3", "o4"];

/// Asks an OpenAI-compatible server.
pub struct OpenAi {
    http: Http,
    base: String,
    is_openai: bool,
    /// Whether the operator named the model.
    is_named: bool,
    /// What is asked: may change once, to what the server has.
    model: RwLock<String>,
    temperature: f32,
    /// How far down the ladder of [`OpenAi::format`] the server made us go.
    step: AtomicU8,
    /// Whether the server takes `temperature`; found out by asking.
    samples: AtomicBool,
    /// Whether the server takes `reasoning_effort`; found out by asking.
    thinks: AtomicBool,
}

impl OpenAi {
    /// A client by the settings, which counts its calls in `page`.
    ///
    /// # Errors
    /// The key cannot be sent in a header, or TLS cannot be set up.
    pub fn new(settings: &Settings, page: Page) -> Result<Self> {
        let mut headers = HeaderMap::new();
        if let Some(key) = &settings.key {
            headers.extend([secret_header("authorization", "Bearer ", key)?]);
        }
        let is_openai = settings.base_url == DEFAULT_BASE;
        let model = settings.model.clone().unwrap_or_else(|| DEFAULT_MODEL.to_owned());
        let is_thinker = is_openai && THINKERS.iter().any(|family| model.starts_with(family));
        Ok(Self {
            http: Http::new(headers, page)?,
            base: settings.base_url.clone(),
            is_openai,
            is_named: settings.model.is_some(),
            model: RwLock::new(model),
            temperature: settings.temperature,
            step: AtomicU8::new(0),
            samples: AtomicBool::new(!is_thinker),
            thinks: AtomicBool::new(is_thinker),
        })
    }

    fn model(&self) -> String {
        self.model.read().unwrap_or_else(|e| e.into_inner()).clone()
    }

    /// How the answer is held to the lists: by schema where the server can, by asking where not.
    fn format(step: u8) -> Option<Value> {
        match step {
            0 => Some(json!({"type": "json_schema", "json_schema":
                {"name": "ticket", "strict": true, "schema": json_schema()}})),
            1 => Some(json!({"type": "json_object", "schema": json_schema()})),
            _ => None,
        }
    }

    fn body(&self, model: &str, text: &TicketText, tokens: u32) -> Value {
        let mut body = json!({
            "model": model,
            "messages": [
                {"role": "system", "content": prompt::SYSTEM},
                {"role": "user", "content": prompt::user(text)},
            ],
            "stream": false,
        });
        // OpenAI has replaced the one, local servers do not know the other
        let limit = if self.is_openai { "max_completion_tokens" } else { "max_tokens" };
        body[limit] = json!(tokens);
        if self.samples.load(Relaxed) {
            body["temperature"] = json!(self.temperature);
        }
        if self.thinks.load(Relaxed) {
            body["reasoning_effort"] = json!("none");
        }
        if let Some(format) = Self::format(self.step.load(Relaxed)) {
            body["response_format"] = format;
        }
        body
    }

    /// Whether the server refused a part of the request that can be left out from now on.
    fn learns_from(&self, reply: &Reply, step: u8) -> bool {
        if !matches!(reply.status, 400 | 422 | 500) {
            return false;
        }
        // servers that check types name the field's or only the type's values
        if reply.mentions("response_format") || reply.mentions("json_object") {
            let lower = self.step.fetch_max(step + 1, Relaxed).max(step + 1);
            return lower > step && step < 2;
        }
        reply.mentions("reasoning_effort") && self.thinks.swap(false, Relaxed)
            || reply.mentions("temperature") && self.samples.swap(false, Relaxed)
    }

    /// The first model that the server has, for an operator who named none.
    async fn first_model(&self, unknown: &str) -> Option<String> {
        let reply = self.http.get(&format!("{}/models", self.base)).await.ok()?;
        let list = reply.json().ok()?;
        let model = list["data"][0]["id"].as_str().filter(|model| *model != unknown)?.to_owned();
        model.clone_into(&mut self.model.write().unwrap_or_else(|e| e.into_inner()));
        tracing::info!(model, "the language model's server has no {unknown}; taking what it has");
        Some(model)
    }
}

#[async_trait]
impl Classifier for OpenAi {
    async fn classify(&self, text: &TicketText) -> Result<Suggestion, ClassifyError> {
        let url = format!("{}/chat/completions", self.base);
        let mut tokens = ANSWER_TOKENS;
        let mut model = self.model();
        let mut may_look = !self.is_named && !self.is_openai;
        loop {
            let step = self.step.load(Relaxed);
            let reply = self.http.post(&url, &self.body(&model, text, tokens)).await?;
            if reply.status != 200 {
                if self.learns_from(&reply, step) {
                    continue;
                }
                if reply.status == 404
                    && std::mem::take(&mut may_look)
                    && let Some(first) = self.first_model(&model).await
                {
                    model = first;
                    continue;
                }
                return Err(error(&reply));
            }
            let answer = reply.json()?;
            let choice = &answer["choices"][0];
            let reason = choice["finish_reason"].as_str().unwrap_or_default();
            let message = &choice["message"];
            if reason == "content_filter" || message["refusal"].is_string() {
                return Err(ClassifyError::Refused("the server refused".to_owned()));
            }
            match Verdict::from_text(message["content"].as_str().unwrap_or_default()) {
                Ok(verdict) => {
                    return Ok(suggestion(
                        verdict,
                        text,
                        Source::Openai,
                        (&answer, "model"),
                        &model,
                    ));
                }
                Err(_) if reason == "length" && tokens < LONG_ANSWER_TOKENS => {
                    tokens = LONG_ANSWER_TOKENS;
                }
                Err(error) => return Err(error),
            }
        }
    }
}

fn error(reply: &Reply) -> ClassifyError {
    // some servers answer {"error": "text"}: then there is no word
    let words = ["/error/code", "/error/type"].map(|pointer| reply.text_at(pointer));
    let word = words.iter().find(|word| !word.is_empty()).map_or("", String::as_str);
    match reply.error(word) {
        ClassifyError::RateLimited { detail, .. }
            if words.iter().any(|word| word == "insufficient_quota") =>
        {
            ClassifyError::RateLimited { retry_after: Some(NO_QUOTA_WAIT), detail }
        }
        error => error,
    }
}
