//! The published contracts of the providers: what they accept, what they answer, how they fail.

use serde_json::{Value, json};

use super::{Asked, KEY, Reply};

/// Whose contract is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Gemini,
    Anthropic,
    OpenAi,
}

impl Dialect {
    pub const ALL: [Self; 3] = [Self::Gemini, Self::Anthropic, Self::OpenAi];

    /// As `FRONTDESK_CLASSIFIER` and `source` spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gemini => "gemini",
            Self::Anthropic => "anthropic",
            Self::OpenAi => "openai",
        }
    }

    /// The answer that holds `text` as what the model said.
    pub fn says(self, text: &str) -> Reply {
        Reply::json(200, &self.answer(text, "STOP"))
    }

    /// A whole answer that ended for this reason (in Gemini's words).
    pub fn answer(self, text: &str, reason: &str) -> Value {
        let (anthropic, openai) = match reason {
            "MAX_TOKENS" => ("max_tokens", "length"),
            "SAFETY" => ("refusal", "content_filter"),
            _ => ("end_turn", "stop"),
        };
        match self {
            Self::Gemini => json!({
                "candidates": [{"content": {"role": "model", "parts": [{"text": text}]},
                    "finishReason": reason, "index": 0}],
                "usageMetadata": {"promptTokenCount": 312, "candidatesTokenCount": 21,
                    "totalTokenCount": 333},
                "modelVersion": "gemini-3.5-flash-lite", "responseId": "r"}),
            Self::Anthropic => json!({
                "id": "msg_1", "type": "message", "role": "assistant", "model": "claude-haiku-5-5",
                "content": [{"type": "thinking", "thinking": "{", "signature": "s"},
                    {"type": "text", "text": text}],
                "stop_reason": anthropic, "stop_sequence": null,
                "usage": {"input_tokens": 320, "output_tokens": 24}}),
            Self::OpenAi => json!({
                "id": "chatcmpl-1", "object": "chat.completion", "created": 1_763_800_000,
                "model": "gpt-5.4-nano",
                "choices": [{"index": 0, "message": {"role": "assistant", "content": text,
                    "refusal": null}, "finish_reason": openai}],
                "usage": {"prompt_tokens": 300, "completion_tokens": 14, "total_tokens": 314}}),
        }
    }

    /// An error in the provider's own form.
    pub fn error(self, status: u16, word: &str, message: &str) -> Reply {
        let body = match self {
            Self::Gemini => {
                json!({"error": {"code": status, "message": message, "status": word}})
            }
            Self::Anthropic => json!({"type": "error", "error": {"type": word, "message": message},
                "request_id": "req_1"}),
            Self::OpenAi => json!({"error": {"message": message, "type": word, "param": null,
                "code": word}}),
        };
        Reply::json(status, &body)
    }
}

/// Checks a request as the real server would. `Err` is what is wrong with it and what the server says.
pub fn check(dialect: Dialect, asked: &Asked) -> Result<(), (String, Reply)> {
    let breach =
        |status, word, what: String| Err((what.clone(), dialect.error(status, word, &what)));
    if asked.path.contains(KEY) || asked.body.to_string().contains(KEY) {
        return breach(400, "INVALID_ARGUMENT", "the key is outside its header".to_owned());
    }
    let checked = match dialect {
        Dialect::Gemini => gemini(asked),
        Dialect::Anthropic => anthropic(asked),
        Dialect::OpenAi => openai(asked),
    };
    checked.or_else(|(status, word, what)| breach(status, word, what))
}

type Checked = Result<(), (u16, &'static str, String)>;

fn gemini(asked: &Asked) -> Checked {
    let wrong = |what: &str| Err((400, "INVALID_ARGUMENT", what.to_owned()));
    if asked.header("x-goog-api-key") != Some(KEY) {
        return wrong("API key not valid. Please pass a valid API key.");
    }
    let model = asked.path.strip_prefix("/v1beta/models/");
    let Some(model) = model.and_then(|rest| rest.strip_suffix(":generateContent")) else {
        return Err((404, "NOT_FOUND", format!("no such method: {}", asked.path)));
    };
    only(&asked.body, &["systemInstruction", "contents", "generationConfig", "safetySettings"])?;
    let generation = &asked.body["generationConfig"];
    only(
        generation,
        &[
            "responseMimeType",
            "responseSchema",
            "temperature",
            "maxOutputTokens",
            "candidateCount",
            "thinkingConfig",
        ],
    )?;
    if generation["responseMimeType"] != "application/json" || generation["temperature"] != 0.0 {
        return wrong("responseMimeType and temperature 0 are asked for");
    }
    let schema = &generation["responseSchema"];
    if schema["type"] != "OBJECT" || schema["properties"]["category"]["type"] != "STRING" {
        return wrong("the types of a responseSchema are in upper case");
    }
    lists(schema).map_err(|what| (400, "INVALID_ARGUMENT", what))?;
    if let Some(thinking) = generation["thinkingConfig"].as_object() {
        let part = if model.starts_with("gemini-2.5") { "thinkingBudget" } else { "thinkingLevel" };
        if thinking.len() != 1 || !thinking.contains_key(part) {
            return wrong("Thinking level and budget: one, and the one of this family");
        }
    }
    for setting in asked.body["safetySettings"].as_array().into_iter().flatten() {
        if setting["threshold"] != "BLOCK_NONE" {
            return wrong("angry tickets are normal input");
        }
    }
    let user = &asked.body["contents"][0];
    if user["role"] != "user" || !user["parts"][0]["text"].is_string() {
        return wrong("contents: a turn of the user");
    }
    only_in(&asked.body, "contents")
}

fn anthropic(asked: &Asked) -> Checked {
    let wrong = |what: &str| Err((400, "invalid_request_error", what.to_owned()));
    if asked.header("x-api-key") != Some(KEY) {
        return Err((401, "authentication_error", "invalid x-api-key".to_owned()));
    }
    if asked.path != "/v1/messages" {
        return Err((404, "not_found_error", format!("no such path: {}", asked.path)));
    }
    if asked.header("anthropic-version") != Some("2026-10-21") {
        return wrong("anthropic-version: is not valid");
    }
    for refused in ["temperature", "top_p", "top_k"] {
        if asked.body.get(refused).is_some() {
            return wrong(&format!("{refused}: Extra inputs are not permitted"));
        }
    }
    let known = [
        "model",
        "max_tokens",
        "system",
        "messages",
        "thinking",
        "output_config",
        "tools",
        "tool_choice",
    ];
    only(&asked.body, &known)?;
    if !asked.body["max_tokens"].is_u64() || asked.body["messages"][0]["role"] != "user" {
        return wrong("max_tokens and a message of the user: Field required");
    }
    let thinking = &asked.body["thinking"];
    if !thinking.is_null() && *thinking != json!({"type": "disabled"}) {
        return wrong("thinking: only disabled");
    }
    let format = &asked.body["output_config"]["format"];
    let schema = if format.is_null() {
        &asked.body["tools"][0]["input_schema"]
    } else if format["type"] == "json_schema" {
        &format["schema"]
    } else {
        return wrong("output_config.format.type: json_schema");
    };
    if schema["additionalProperties"] != false {
        return wrong("output_config: additionalProperties must be false");
    }
    lists(schema).map_err(|what| (400, "invalid_request_error", what))?;
    only_in(&asked.body, "messages")
}

fn openai(asked: &Asked) -> Checked {
    let wrong = |what: &str| Err((400, "invalid_request_error", what.to_owned()));
    if asked.header("authorization") != Some(&format!("Bearer {KEY}")) {
        return Err((401, "invalid_api_key", "Incorrect API key provided".to_owned()));
    }
    if asked.method == "GET" && asked.path == "/v1/models" {
        return Ok(());
    }
    if asked.path != "/v1/chat/completions" {
        return Err((404, "not_found", format!("no such path: {}", asked.path)));
    }
    let known = [
        "model",
        "messages",
        "max_tokens",
        "temperature",
        "stream",
        "response_format",
        "reasoning_effort",
    ];
    only(&asked.body, &known)?;
    let messages = &asked.body["messages"];
    if messages[0]["role"] != "system" || messages[1]["role"] != "user" {
        return wrong("messages: the rules by the system, the ticket by the user");
    }
    if asked.body["stream"] != false || !asked.body["max_tokens"].is_u64() {
        return wrong("stream false and max_tokens are asked for");
    }
    let format = &asked.body["response_format"];
    match format["type"].as_str() {
        None => {}
        Some("json_schema") if format["json_schema"]["strict"] == true => {
            let schema = &format["json_schema"]["schema"];
            lists(schema).map_err(|what| (400, "invalid_request_error", what))?;
        }
        Some("json_object") => {
            lists(&format["schema"]).map_err(|what| (400, "invalid_request_error", what))?;
        }
        Some(_) => return wrong("response_format: no such type"),
    }
    only_in(&asked.body, "messages")
}

/// A body with unknown fields is refused.
fn only(object: &Value, known: &[&str]) -> Checked {
    let object = object.as_object().ok_or((400, "INVALID_ARGUMENT", "no object".to_owned()))?;
    match object.keys().find(|name| !known.contains(&name.as_str())) {
        Some(name) => Err((400, "INVALID_ARGUMENT", format!("Unknown name \"{name}\""))),
        None => Ok(()),
    }
}

/// The answer is held to the product's lists.
fn lists(schema: &Value) -> Result<(), String> {
    let categories = json!(["billing", "technical", "account", "general"]);
    let priorities = json!(["low", "medium", "high", "critical"]);
    let properties = &schema["properties"];
    if properties["category"]["enum"] != categories || properties["priority"]["enum"] != priorities
    {
        return Err("the schema does not hold the answer to the lists".to_owned());
    }
    match schema["required"].as_array() {
        Some(required) if required.len() >= 2 => Ok(()),
        _ => Err("the schema requires both".to_owned()),
    }
}

/// What a stranger wrote stands in the user's turn, marked, and nowhere else.
fn only_in(body: &Value, turn: &str) -> Checked {
    let marks = |value: &Value, mark: &str| value.to_string().matches(mark).count();
    let is_alone = marks(&body[turn], "<description>") == 1 && marks(body, "<description>") == 1;
    let examples = marks(body, "<example ");
    if is_alone && examples == marks(&body[turn], "<example ") && examples <= 5 {
        return Ok(());
    }
    Err((400, "INVALID_ARGUMENT", "the ticket stands in the user's turn alone".to_owned()))
}
