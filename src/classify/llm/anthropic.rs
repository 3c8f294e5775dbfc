//! Anthropic Claude, Messages API (<https://platform.claude.com/docs/en/api/messages>).

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use async_trait::async_trait;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};

use super::{
    ANSWER_TOKENS, LONG_ANSWER_TOKENS, Settings,
    client::{Http, secret_header},
    json_schema, suggestion,
};
use crate::{
    classify::{
        Classifier, ClassifyError, Suggestion, TicketText, ledger::Page, prompt, verdict::Verdict,
    },
    error::Result,
    tickets::Source,
};

/// Small, fast and pinned; documented for classification.
pub const DEFAULT_MODEL: &str = "claude-haiku-5-5";

/// Where Anthropic serves it.
pub const DEFAULT_BASE: &str = "https://api.anthropic.com";

/// The API's version. Since this one, sampling parameters such as `temperature` are refused, so they
/// are never sent; nothing else of the request differs from 2023-06-01.
const VERSION: &str = "2026-10-21";

/// The tool that a model without structured output is made to call.
const TOOL: &str = "classify_ticket";

/// Asks Claude.
pub struct Anthropic {
    http: Http,
    url: String,
    model: String,
    /// Whether the model knows `thinking`; found out by asking.
    thinks: AtomicBool,
    /// Whether the model knows `output_config`; found out by asking.
    formats: AtomicBool,
}

impl Anthropic {
    /// A client by the settings, which counts its calls in `page`.
    ///
    /// # Errors
    /// The key cannot be sent in a header, or TLS cannot be set up.
    pub fn new(settings: &Settings, page: Page) -> Result<Self> {
        let mut headers = HeaderMap::new();
        let version = HeaderName::from_static("anthropic-version");
        headers.insert(version, HeaderValue::from_static(VERSION));
        if let Some(key) = &settings.key {
            headers.extend([secret_header("x-api-key", "", key)?]);
        }
        Ok(Self {
            http: Http::new(headers, page)?,
            url: format!("{}/v1/messages", settings.base_url),
            model: settings.model.clone().unwrap_or_else(|| DEFAULT_MODEL.to_owned()),
            thinks: AtomicBool::new(true),
            formats: AtomicBool::new(true),
        })
    }

    fn body(&self, text: &TicketText, tokens: u32) -> Value {
        let mut body = json!({
            "model": self.model,
            "max_tokens": tokens,
            "system": prompt::SYSTEM,
            "messages": [{"role": "user", "content": prompt::user(text)}],
        });
        if self.thinks.load(Relaxed) {
            body["thinking"] = json!({"type": "disabled"});
        }
        if self.formats.load(Relaxed) {
            let format = json!({"type": "json_schema", "schema": json_schema()});
            body["output_config"] = json!({"format": format});
        } else {
            body["tools"] = json!([{
                "name": TOOL,
                "description": "Files the ticket under a category and a priority.",
                "input_schema": json_schema(),
                "strict": true,
            }]);
            body["tool_choice"] =
                json!({"type": "tool", "name": TOOL, "disable_parallel_tool_use": true});
        }
        body
    }
}

#[async_trait]
impl Classifier for Anthropic {
    async fn classify(&self, text: &TicketText) -> Result<Suggestion, ClassifyError> {
        let mut tokens = ANSWER_TOKENS;
        loop {
            let reply = self.http.post(&self.url, &self.body(text, tokens)).await?;
            if reply.status != 200 {
                // each is given up once, and remembered: this loop ends
                let dislikes = |part| reply.status == 400 && reply.mentions(part);
                if dislikes("thinking") && self.thinks.swap(false, Relaxed)
                    || dislikes("output_config") && self.formats.swap(false, Relaxed)
                {
                    continue;
                }
                return Err(reply.error(&reply.text_at("/error/type")));
            }
            let answer = reply.json()?;
            match (answer["stop_reason"].as_str().unwrap_or_default(), read(&answer)) {
                (reason @ ("refusal" | "model_context_window_exceeded"), _) => {
                    return Err(ClassifyError::Refused(reason.to_owned()));
                }
                (_, Ok(verdict)) => {
                    return Ok(suggestion(
                        verdict,
                        text,
                        Source::Anthropic,
                        (&answer, "model"),
                        &self.model,
                    ));
                }
                ("max_tokens", Err(_)) if tokens < LONG_ANSWER_TOKENS => {
                    tokens = LONG_ANSWER_TOKENS;
                }
                (_, Err(error)) => return Err(error),
            }
        }
    }
}

/// The verdict of the first tool call, or of the text; blocks of thoughts stand between.
fn read(answer: &Value) -> Result<Verdict, ClassifyError> {
    let blocks = answer["content"].as_array().map(Vec::as_slice).unwrap_or_default();
    let of_type = |kind: &'static str| blocks.iter().filter(move |block| block["type"] == kind);
    if let Some(input) = of_type("tool_use").find_map(|block| block["input"].as_object()) {
        return Verdict::from_object(input);
    }
    let text: String = of_type("text").filter_map(|block| block["text"].as_str()).collect();
    Verdict::from_text(&text)
}
