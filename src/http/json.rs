//! Long answers in JSON.

use axum::{
    Json,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// A body whose length in JSON is known roughly, so that it is written into memory that is taken once,
/// instead of being moved each time that it has doubled.
pub struct SizedJson<T> {
    /// What to write.
    pub body: T,
    /// About as many bytes as it takes; more or less is no harm.
    pub bytes: usize,
}

impl<T: Serialize> IntoResponse for SizedJson<T> {
    fn into_response(self) -> Response {
        let mut json = Vec::with_capacity(self.bytes);
        if serde_json::to_writer(&mut json, &self.body).is_err() {
            return Json(self.body).into_response(); // which knows what to answer
        }
        let kind = HeaderValue::from_static("application/json");
        ([(header::CONTENT_TYPE, kind)], json).into_response()
    }
}
