//! The HTTP client of all providers: bounded in time and size, and silent about keys.

use std::time::Duration;

use jiff::fmt::rfc2822;
use reqwest::{
    Client,
    header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue},
    redirect,
};
use serde_json::Value;

use super::Usage;
use crate::{
    classify::{ClassifyError, Retry, ledger::Page},
    config::Secret,
    error::{Error, Result},
};

/// Largest answer that is read, in bytes. A good one has less than a kilobyte.
const ANSWER_MAX: usize = 1024 * 1024;

const CONNECT_DEADLINE: Duration = Duration::from_secs(2);

/// A connection that waits unused for longer is closed before the provider does it under a request.
const IDLE_MAX: Duration = Duration::from_secs(50);

/// Sends JSON and reads answers. The deadline of a whole call is the caller's.
#[derive(Clone)]
pub struct Http {
    client: Client,
    headers: HeaderMap,
    page: Page,
}

/// An answer, whatever its status.
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Http {
    /// A client that sends these headers with each call, and counts each in `page`.
    ///
    /// # Errors
    /// TLS cannot be set up.
    pub fn new(headers: HeaderMap, page: Page) -> Result<Self> {
        // reqwest takes the process's provider of cryptography; a second call changes nothing
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .user_agent(concat!("frontdesk/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT_DEADLINE)
            .pool_idle_timeout(IDLE_MAX)
            .tcp_keepalive(Duration::from_secs(15))
            // a redirect could carry the key elsewhere
            .redirect(redirect::Policy::none())
            .build()
            .map_err(|e| Error::Internal(format!("the client for language models: {e}")))?;
        Ok(Self { client, headers, page })
    }

    /// Posts JSON.
    ///
    /// # Errors
    /// `Unavailable` if the provider cannot be reached or breaks off, `BadAnswer` if it sends more
    /// than [`ANSWER_MAX`].
    pub async fn post(&self, url: &str, body: &Value) -> Result<Reply, ClassifyError> {
        let mut call = self.page.call();
        let request = self.client.post(url).header(CONTENT_TYPE, "application/json");
        let reply = self.send(request.body(body.to_string())).await?;
        if let Ok(answer) = reply.json() {
            let model = answer["modelVersion"].as_str().or(answer["model"].as_str());
            call.answered(plain(model.unwrap_or_default()), Usage::of(&answer));
        }
        Ok(reply)
    }

    /// Gets JSON; errors as [`Self::post`].
    pub async fn get(&self, url: &str) -> Result<Reply, ClassifyError> {
        self.send(self.client.get(url)).await
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Result<Reply, ClassifyError> {
        let request = request.headers(self.headers.clone());
        let mut response = request.send().await.map_err(|e| unreachable(&e))?;
        let status = response.status().as_u16();
        let headers = std::mem::take(response.headers_mut());
        let mut body = Vec::new();
        while let Some(part) = response.chunk().await.map_err(|e| unreachable(&e))? {
            if body.len() + part.len() > ANSWER_MAX {
                return Err(ClassifyError::BadAnswer(format!("more than {ANSWER_MAX} bytes")));
            }
            body.extend_from_slice(&part);
        }
        Ok(Reply { status, headers, body })
    }
}

/// A header that no log shows.
///
/// # Errors
/// The key has characters that no header can carry; it is not repeated.
pub fn secret_header(
    name: &'static str,
    prefix: &str,
    key: &Secret,
) -> Result<(HeaderName, HeaderValue)> {
    let mut value = HeaderValue::from_str(&format!("{prefix}{}", key.expose())).map_err(|_| {
        Error::Internal("the key of the language model has characters that no key has".to_owned())
    })?;
    value.set_sensitive(true);
    Ok((HeaderName::from_static(name), value))
}

/// Of the transport's error only its kind: the rest may hold an address with a password.
fn unreachable(error: &reqwest::Error) -> ClassifyError {
    let kind = if error.is_connect() {
        "cannot connect"
    } else if error.is_timeout() {
        "no connection in time"
    } else if error.is_body() || error.is_decode() {
        "the answer broke off"
    } else {
        "the connection broke off"
    };
    ClassifyError::Unavailable { retry: Retry::Soon, detail: kind.to_owned() }
}

impl Reply {
    /// The body as JSON.
    ///
    /// # Errors
    /// `BadAnswer` if it is none.
    pub fn json(&self) -> Result<Value, ClassifyError> {
        serde_json::from_slice(&self.body)
            .map_err(|_| ClassifyError::BadAnswer("not JSON".to_owned()))
    }

    /// The text at a JSON pointer (RFC 6901) of an error's body; empty where there is none. Only fit
    /// for a comparison: it may hold what somebody wrote.
    pub fn text_at(&self, pointer: &str) -> String {
        let body = self.json().unwrap_or_default();
        body.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    /// Whether an error's message speaks of a part of the request.
    pub fn mentions(&self, part: &str) -> bool {
        String::from_utf8_lossy(&self.body).contains(part)
    }

    /// A header's text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// How long the provider asks to wait: `retry-after-ms`, or `Retry-After` in seconds or as a date
    /// (RFC 9110, 10.2.3), which is compared with the answer's own `Date`, not with our clock.
    pub fn retry_after(&self) -> Option<Duration> {
        if let Some(ms) = self.header("retry-after-ms").and_then(|ms| ms.trim().parse().ok()) {
            return Some(Duration::from_millis(ms));
        }
        let value = self.header("retry-after")?.trim();
        if let Ok(seconds) = value.parse::<f64>() {
            return Duration::try_from_secs_f64(seconds).ok();
        }
        let then = rfc2822::parse(value).ok()?.timestamp();
        let now = rfc2822::parse(self.header("date")?).ok()?.timestamp();
        then.duration_since(now).try_into().ok()
    }

    /// What an error status means, with `word` (the provider's name for it) for the log.
    pub fn error(&self, word: &str) -> ClassifyError {
        let detail = format!("HTTP {} {}", self.status, plain(word)).trim_end().to_owned();
        match self.status {
            429 => ClassifyError::RateLimited { retry_after: self.retry_after(), detail },
            408 | 409 | 425 | 500..=599 => {
                let retry = match (self.header("x-should-retry"), self.retry_after()) {
                    (Some("false"), _) => Retry::Never,
                    (_, Some(wait)) => Retry::After(wait),
                    (_, None) => Retry::Soon,
                };
                ClassifyError::Unavailable { retry, detail }
            }
            413 => ClassifyError::Refused(detail),
            400..=499 => ClassifyError::Misconfigured(detail),
            _ => ClassifyError::BadAnswer(detail),
        }
    }
}

/// A word of a provider that is fit for a log or an answer: short, and nothing but a name.
pub fn plain(word: &str) -> &str {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.:/".contains(c);
    if word.len() <= 100 && word.chars().all(is_plain) { word } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, headers: &[(&'static str, &str)]) -> Reply {
        let headers = headers.iter().map(|(name, value)| {
            (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())
        });
        Reply { status, headers: headers.collect(), body: Vec::new() }
    }

    #[test]
    fn every_way_to_say_when_to_come_back_is_understood() {
        let after = |headers: &[(&'static str, &str)]| reply(429, headers).retry_after();
        assert_eq!(after(&[("retry-after", "37")]), Some(Duration::from_secs(37)));
        assert_eq!(after(&[("retry-after", " 0.4 ")]), Some(Duration::from_millis(400)));
        let both = [("retry-after-ms", "250"), ("retry-after", "1")];
        assert_eq!(after(&both), Some(Duration::from_millis(250)));
        let date = [
            ("retry-after", "Wed, 25 Nov 2026 10:00:30 GMT"),
            ("date", "Wed, 25 Nov 2026 10:00:00 GMT"),
        ];
        assert_eq!(after(&date), Some(Duration::from_secs(30)));
        let past = [
            ("retry-after", "Wed, 25 Nov 2026 09:00:00 GMT"),
            ("date", "Wed, 25 Nov 2026 10:00:00 GMT"),
        ];
        for senseless in [&past[..], &[], &[("retry-after", "soon")], &[("retry-after", "-1")]] {
            assert_eq!(after(senseless), None, "{senseless:?}");
        }
    }

    #[test]
    fn a_status_says_what_can_be_done() {
        let kind = |status| reply(status, &[]).error("word").kind();
        for (status, expected) in [
            (301, "bad_answer"),
            (400, "misconfigured"),
            (401, "misconfigured"),
            (403, "misconfigured"),
            (404, "misconfigured"),
            (413, "refused"),
            (429, "rate_limited"),
            (500, "unavailable"),
            (503, "unavailable"),
            (529, "unavailable"),
        ] {
            assert_eq!(kind(status), expected, "{status}");
        }
        let retry = |headers: &[(&'static str, &str)]| match reply(529, headers).error("") {
            ClassifyError::Unavailable { retry, .. } => retry,
            other => panic!("{other}"),
        };
        assert_eq!(retry(&[]), Retry::Soon);
        assert_eq!(retry(&[("retry-after", "2")]), Retry::After(Duration::from_secs(2)));
        assert_eq!(retry(&[("x-should-retry", "false"), ("retry-after", "2")]), Retry::Never);
    }

    #[test]
    fn only_names_reach_a_log() {
        assert_eq!(plain("gemini-3.5-flash-lite"), "gemini-3.5-flash-lite");
        assert_eq!(plain("Incorrect API key provided: sk-abc"), "");
        assert_eq!(plain(&"x".repeat(101)), "");
    }
}
