//! Answers in JSON that are written once, also where many get them.

use axum::{
    body::Bytes,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::error::{Error, Result};

/// A body in JSON.
pub struct WrittenJson(pub Bytes);

impl IntoResponse for WrittenJson {
    fn into_response(self) -> Response {
        let kind = HeaderValue::from_static("application/json");
        ([(header::CONTENT_TYPE, kind)], self.0).into_response()
    }
}

/// Writes a body into memory that is taken once, instead of being moved each time that it has doubled:
/// about as many bytes as it takes; more or less is no harm.
///
/// # Errors
/// `Internal` for what cannot be JSON, as a map by keys that are no text.
pub fn write(body: &impl Serialize, bytes: usize) -> Result<Bytes> {
    let mut json = Vec::with_capacity(bytes);
    serde_json::to_writer(&mut json, body)
        .map_err(|error| Error::Internal(format!("cannot write JSON: {error}")))?;
    Ok(json.into())
}
