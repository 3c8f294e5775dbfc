//! Google Gemini, `generateContent` (<https://ai.google.dev/api/generate-content>).

use std::{
    sync::atomic::{AtomicBool, Ordering::Relaxed},
    time::Duration,
};

use async_trait::async_trait;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

use super::{
    ANSWER_TOKENS, LONG_ANSWER_TOKENS, Settings,
    client::{Http, Reply, plain, secret_header},
    suggestion, words,
};
use crate::{
    classify::{
        Classifier, ClassifyError, Suggestion, TicketText, ledger::Page, prompt, verdict::Verdict,
    },
    error::Result,
    tickets::{Category, Priority, Source},
};

/// Small, fast and pinned; generally available since July 2026.
pub const DEFAULT_MODEL: &str = "gemini-3.5-flash-lite";

/// Where Google serves it.
pub const DEFAULT_BASE: &str = "https://generativelanguage.googleapis.com";

/// How long a spent daily quota keeps us from asking again.
const DAY_QUOTA_WAIT: Duration = Duration::from_hours(1);

/// Angry, threatening and desperate tickets are normal input.
const HARMS: [&str; 4] = [
    "HARM_CATEGORY_HARASSMENT",
    "HARM_CATEGORY_HATE_SPEECH",
    "HARM_CATEGORY_SEXUALLY_EXPLICIT",
    "HARM_CATEGORY_DANGEROUS_CONTENT",
];

/// Asks Gemini.
pub struct Gemini {
    http: Http,
    url: String,
    model: String,
    temperature: f32,
    /// Whether the model knows `thinkingConfig`; found out by asking.
    thinks: AtomicBool,
}

impl Gemini {
    /// A client by the settings, which counts its calls in `page`.
    ///
    /// # Errors
    /// The key cannot be sent in a header, or TLS cannot be set up.
    pub fn new(settings: &Settings, page: Page) -> Result<Self> {
        let mut headers = HeaderMap::new();
        if let Some(key) = &settings.key {
            headers.extend([secret_header("x-goog-api-key", "", key)?]);
        }
        let model = settings.model.clone().unwrap_or_else(|| DEFAULT_MODEL.to_owned());
        let base = &settings.base_url;
        Ok(Self {
            http: Http::new(headers, page)?,
            url: format!("{base}/v1beta/models/{model}:generateContent"),
            model,
            temperature: settings.temperature,
            thinks: AtomicBool::new(true),
        })
    }

    fn body(&self, text: &TicketText, tokens: u32) -> Value {
        let mut generation = json!({
            "responseMimeType": "application/json",
            "responseSchema": {
                "type": "OBJECT",
                "properties": {
                    "category": {"type": "STRING", "enum": words::<Category>()},
                    "priority": {"type": "STRING", "enum": words::<Priority>()},
                },
                "required": ["category", "priority"],
                "propertyOrdering": ["category", "priority"],
            },
            "temperature": self.temperature,
            "maxOutputTokens": tokens,
            "candidateCount": 1,
        });
        if self.thinks.load(Relaxed) {
            // the two are exclusive, and each family refuses the other's
            generation["thinkingConfig"] = if self.model.starts_with("gemini-2.5") {
                json!({"thinkingBudget": 0})
            } else {
                json!({"thinkingLevel": "minimal"})
            };
        }
        json!({
            "systemInstruction": {"parts": [{"text": prompt::SYSTEM}]},
            "contents": [{"role": "user", "parts": [{"text": prompt::user(text)}]}],
            "generationConfig": generation,
            "safetySettings":
                HARMS.map(|category| json!({"category": category, "threshold": "BLOCK_NONE"})),
        })
    }
}

#[async_trait]
impl Classifier for Gemini {
    async fn classify(&self, text: &TicketText) -> Result<Suggestion, ClassifyError> {
        let mut tokens = ANSWER_TOKENS;
        loop {
            let reply = self.http.post(&self.url, &self.body(text, tokens)).await?;
            if reply.status != 200 {
                let dislikes_thinking = reply.status == 400 && reply.mentions("hinking");
                if dislikes_thinking && self.thinks.swap(false, Relaxed) {
                    continue;
                }
                return Err(error(&reply));
            }
            let answer = reply.json()?;
            match read(&answer) {
                Err(Fault::Cut) if tokens < LONG_ANSWER_TOKENS => tokens = LONG_ANSWER_TOKENS,
                Err(Fault::Cut) => return Err(ClassifyError::BadAnswer("cut off".to_owned())),
                Err(Fault::Other(error)) => return Err(error),
                Ok(verdict) => {
                    return Ok(suggestion(
                        verdict,
                        text,
                        Source::Gemini,
                        (&answer, "modelVersion"),
                        &self.model,
                    ));
                }
            }
        }
    }
}

/// Why a 200 holds no verdict.
enum Fault {
    /// The model ran out of tokens, which thinking uses up too.
    Cut,
    Other(ClassifyError),
}

fn read(answer: &Value) -> Result<Verdict, Fault> {
    let candidate = &answer["candidates"][0];
    if !candidate.is_object() {
        let reason = answer["promptFeedback"]["blockReason"].as_str().unwrap_or_default();
        let blocked = format!("the prompt was blocked: {}", plain(reason));
        return Err(Fault::Other(ClassifyError::Refused(blocked)));
    }
    let text: String = candidate["content"]["parts"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|part| part["thought"] != true)
        .filter_map(|part| part["text"].as_str())
        .collect();
    let verdict = Verdict::from_text(&text);
    match (candidate["finishReason"].as_str().unwrap_or("STOP"), verdict) {
        ("STOP" | "MAX_TOKENS" | "FINISH_REASON_UNSPECIFIED", Ok(verdict)) => Ok(verdict),
        ("MAX_TOKENS", Err(_)) => Err(Fault::Cut),
        ("STOP" | "FINISH_REASON_UNSPECIFIED", Err(error)) => Err(Fault::Other(error)),
        (reason, _) => {
            let stopped = format!("the answer was stopped: {}", plain(reason));
            Err(Fault::Other(ClassifyError::Refused(stopped)))
        }
    }
}

fn error(reply: &Reply) -> ClassifyError {
    let error = reply.error(&reply.text_at("/error/status"));
    // a wrong key is a 400 here; so are the other reasons that only an administrator can mend
    let ClassifyError::RateLimited { retry_after, detail } = error else { return error };
    let body = reply.json().unwrap_or_default();
    let details = body["error"]["details"].as_array().map(Vec::as_slice).unwrap_or_default();
    let said = details.iter().find_map(|detail| seconds(detail["retryDelay"].as_str()?));
    let is_of_the_day = details
        .iter()
        .flat_map(|detail| detail["violations"].as_array().into_iter().flatten())
        .any(|one| one["quotaId"].as_str().is_some_and(|id| id.contains("PerDay")));
    let wait = if is_of_the_day { Some(DAY_QUOTA_WAIT) } else { said.or(retry_after) };
    ClassifyError::RateLimited { retry_after: wait, detail }
}

/// A `google.protobuf.Duration` in JSON: seconds, with a fraction, and an `s`.
fn seconds(text: &str) -> Option<Duration> {
    Duration::try_from_secs_f64(text.strip_suffix('s')?.parse().ok()?).ok()
}
