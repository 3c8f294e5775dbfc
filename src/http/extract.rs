//! What handlers take out of requests, with the errors that the contract asks for.

use std::sync::Arc;

use axum::{
    extract::{FromRequest, FromRequestParts, Path, Request},
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use serde_json::{Map, Value};

use super::{App, problem::Problem};
use crate::{
    error::{Error, Faults},
    tickets::Word,
};

/// Largest body, in bytes.
pub const BODY_MAX: usize = 1024 * 1024;

/// A body that is a JSON object.
pub struct JsonObject(pub Map<String, Value>);

impl FromRequest<Arc<App>> for JsonObject {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "the body must be JSON: send Content-Type: application/json",
            ));
        }
        let body = Limited::new(request.into_body(), BODY_MAX).collect();
        let bytes = match tokio::time::timeout(app.limits.body, body).await {
            Err(_) => {
                return Err(Problem::new(
                    StatusCode::REQUEST_TIMEOUT,
                    "the body did not arrive in time",
                ));
            }
            Ok(Err(error)) if error.is::<LengthLimitError>() => {
                return Err(Problem::new(
                    StatusCode::PAYLOAD_TOO_LARGE,
                    format!("the body must have at most {BODY_MAX} bytes"),
                ));
            }
            Ok(Err(_)) => return Err(Problem::bad_request("the body broke off")),
            Ok(Ok(body)) => body.to_bytes(),
        };
        match serde_json::from_slice(&bytes) {
            Ok(Value::Object(fields)) => Ok(Self(fields)),
            Ok(_) => Err(Problem::bad_request("the body must be a JSON object")),
            Err(error) => Err(Problem::bad_request(format!("the body is not JSON: {error}"))),
        }
    }
}

/// `application/json`, or a type built on it, in UTF-8.
fn is_json(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()) else {
        return false;
    };
    let mut parts = value.split(';').map(|part| part.trim().to_ascii_lowercase());
    let kind = parts.next().unwrap_or_default();
    let is_json =
        kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"));
    is_json
        && parts.all(|parameter| match parameter.split_once('=') {
            Some(("charset", charset)) => matches!(charset.trim_matches('"'), "utf-8" | "utf8"),
            _ => true,
        })
}

/// The id in a path. Anything that is no positive number is an id that nothing has.
pub struct Id(pub i64);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let raw = Path::<String>::from_request_parts(parts, state).await;
        let id = raw.ok().and_then(|Path(raw)| parse_id(&raw));
        id.map(Self).ok_or_else(|| Problem::not_found("id"))
    }
}

/// A positive number in plain digits.
pub fn parse_id(raw: &str) -> Option<i64> {
    let is_plain = raw.bytes().all(|b| b.is_ascii_digit());
    raw.parse().ok().filter(|id| is_plain && *id > 0)
}

/// Takes the fields of a JSON object one by one and gathers what is wrong with all of them.
pub struct Fields {
    fields: Map<String, Value>,
    faults: Faults,
}

impl Fields {
    /// Starts with all of a body's fields.
    pub fn new(JsonObject(fields): JsonObject) -> Self {
        Self { fields, faults: Faults::default() }
    }

    /// Whether the body has the field, null or not.
    pub fn has(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }

    /// Takes a field away where it is null, so that null is the same as left out.
    pub fn null_is_absent(&mut self, name: &str) {
        if self.fields.get(name).is_some_and(Value::is_null) {
            self.fields.remove(name);
        }
    }

    /// Notes a fault.
    pub fn fault(&mut self, name: &str, message: impl Into<String>) {
        self.faults.add(name, message);
    }

    /// A text, checked by `parse`; `None` where it is absent or (noted) wrong.
    pub fn text<T>(
        &mut self,
        name: &str,
        parse: impl FnOnce(String) -> Result<T, Vec<String>>,
    ) -> Option<T> {
        let raw = self.string(name)?;
        match parse(raw) {
            Ok(value) => Some(value),
            Err(messages) => {
                for message in messages {
                    self.faults.add(name, message);
                }
                None
            }
        }
    }

    /// A text that must be there.
    pub fn required_text<T>(
        &mut self,
        name: &str,
        parse: impl FnOnce(String) -> Result<T, Vec<String>>,
    ) -> Option<T> {
        if !self.has(name) {
            self.faults.add(name, "is required");
        }
        self.text(name, parse)
    }

    /// A yes or no; `None` where it is absent or (noted) wrong.
    pub fn flag(&mut self, name: &str) -> Option<bool> {
        let value = self.fields.remove(name)?;
        if value.as_bool().is_none() {
            self.faults.add(name, "must be true or false");
        }
        value.as_bool()
    }

    /// A whole number in these bounds; `None` where it is absent or (noted) wrong.
    pub fn number(&mut self, name: &str, bounds: std::ops::RangeInclusive<i64>) -> Option<i64> {
        let value = self.fields.remove(name)?;
        let number = value.as_i64().filter(|number| bounds.contains(number));
        if number.is_none() {
            let (least, most) = (bounds.start(), bounds.end());
            self.faults.add(name, format!("must be a whole number from {least} to {most}"));
        }
        number
    }

    /// A word of a list that must be there.
    pub fn required_word<W: Word>(&mut self, name: &str) -> Option<W> {
        if !self.has(name) {
            self.faults.add(name, "is required");
        }
        self.word(name)
    }

    /// A word of a list; `None` where it is absent or (noted) wrong.
    pub fn word<W: Word>(&mut self, name: &str) -> Option<W> {
        let raw = self.string(name)?;
        let word = W::from_word(&raw);
        if word.is_none() {
            self.faults.add(name, format!("must be one of: {}", W::choices()));
        }
        word
    }

    /// `Err` with every fault noted so far.
    ///
    /// # Errors
    /// `Invalid`.
    pub fn check(&mut self) -> Result<(), Error> {
        std::mem::take(&mut self.faults).check()
    }

    fn string(&mut self, name: &str) -> Option<String> {
        match self.fields.remove(name)? {
            Value::String(text) => Some(text),
            Value::Null => {
                self.faults.add(name, "must not be null");
                None
            }
            other => {
                let kind = match other {
                    Value::Bool(_) => "a boolean",
                    Value::Number(_) => "a number",
                    Value::Array(_) => "an array",
                    _ => "an object",
                };
                self.faults.add(name, format!("must be a string, not {kind}"));
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(content_type: &'static str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, content_type.parse().unwrap());
        is_json(&headers)
    }

    #[test]
    fn json_by_any_of_its_names() {
        for good in [
            "application/json",
            "Application/JSON; charset=UTF-8",
            "application/json;charset=\"utf-8\"",
            "application/merge-patch+json",
        ] {
            assert!(json(good), "{good}");
        }
        for bad in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "",
            "application/json; charset=latin1",
        ] {
            assert!(!json(bad), "{bad}");
        }
        assert!(!is_json(&HeaderMap::new()));
    }
}
