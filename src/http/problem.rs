//! Errors as the client reads them: problem documents (RFC 9457). What the log keeps is another
//! message, written here too, once, where the error becomes an answer.

use std::{collections::BTreeMap, time::Duration};

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::request_id;
use crate::{classify::ClassifyError, error::Error};

/// A problem document (RFC 9457).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// What kind of problem it is: `about:blank` where the status says it all.
    #[serde(rename = "type")]
    #[schema(example = "about:blank")]
    kind: &'static str,
    /// The status in words.
    title: String,
    /// The HTTP status.
    #[schema(value_type = u16, example = 400)]
    status: u16,
    /// What is wrong with this request, for a person.
    detail: String,
    /// From a field's or parameter's name to everything that is wrong with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<BTreeMap<String, Vec<String>>>,
    /// The request's id, as in `X-Request-Id`: for a question to the operator.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
    #[serde(skip)]
    retry_after: Option<Duration>,
}

impl Problem {
    /// A problem that its status names.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Error").to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
            errors: None,
            request_id: None,
            retry_after: None,
        }
    }

    /// The same with a type that programs can tell apart: `urn:frontdesk:problem:...`.
    pub fn of_kind(mut self, kind: &'static str) -> Self {
        self.kind = kind;
        self
    }

    /// 404: there is no such thing.
    pub fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, format!("there is no such {what}"))
    }

    /// 400 without a field to blame.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    /// 429: come again later.
    pub fn too_many_requests(detail: &str, retry_after: Duration) -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, detail).retry_after(Some(retry_after))
    }

    /// Its status and detail, for an answer that has several outcomes.
    pub fn into_status_and_detail(self) -> (u16, String) {
        (self.status, self.detail)
    }

    /// 503 of a part that may work again soon.
    pub fn unavailable(detail: impl Into<String>, retry_after: Option<Duration>) -> Self {
        let after = retry_after.unwrap_or(Duration::from_secs(5));
        Self::new(StatusCode::SERVICE_UNAVAILABLE, detail).retry_after(Some(after))
    }

    fn retry_after(mut self, after: Option<Duration>) -> Self {
        self.retry_after = after;
        self
    }
}

impl IntoResponse for Problem {
    fn into_response(mut self) -> Response {
        self.request_id = request_id::current();
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry_after = self.retry_after;
        let mut response = (status, Json(self)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(after) = retry_after {
            // whole seconds, rounded up: RFC 9110, 10.2.3
            let seconds = after.as_secs() + u64::from(after.subsec_nanos() > 0);
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        }
        response
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Invalid(faults) => {
                let mut problem = Self::bad_request(faults.to_string());
                problem.kind = "urn:frontdesk:problem:invalid-input";
                problem.errors = Some(faults.by_field().clone());
                problem
            }
            Error::IdempotencyMismatch => {
                let mut problem = Self::new(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "this Idempotency-Key was used before with another request",
                );
                problem.kind = "urn:frontdesk:problem:idempotency-mismatch";
                problem
            }
            Error::Stale { current } => {
                let mut problem = Self::new(
                    StatusCode::PRECONDITION_FAILED,
                    format!("it was changed meanwhile and is at version {current} now"),
                );
                problem.kind = "urn:frontdesk:problem:stale";
                problem
            }
            Error::Conflict(faults) => {
                let mut problem = Self::new(StatusCode::CONFLICT, faults.to_string());
                problem.kind = "urn:frontdesk:problem:conflict";
                problem.errors = Some(faults.by_field().clone());
                problem
            }
            Error::Unavailable { what, retry_after, detail } => {
                tracing::warn!(what, detail, "unavailable");
                let detail = format!("{what} cannot answer at the moment");
                Self::unavailable(detail, Some(retry_after.unwrap_or(Duration::from_secs(1))))
            }
            Error::StorageFull(detail) => {
                tracing::error!(detail, "the disk is full");
                Self::unavailable(
                    "there is no space left to store anything; nothing was written",
                    Some(Duration::from_secs(60)),
                )
            }
            Error::Internal(detail) => {
                tracing::error!(detail, "internal error");
                Self::new(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "something went wrong on the server; the log has the reason under the request id",
                )
            }
        }
    }
}

impl From<ClassifyError> for Problem {
    fn from(error: ClassifyError) -> Self {
        // why is the log's matter (the provider logged it); the client is told what to do
        let retry_after = match &error {
            ClassifyError::CircuitOpen(wait) | ClassifyError::BudgetSpent(wait) => Some(*wait),
            ClassifyError::RateLimited { retry_after, .. } => *retry_after,
            ClassifyError::Busy => Some(Duration::from_secs(1)),
            ClassifyError::Off | ClassifyError::Misconfigured(_) => Some(Duration::from_secs(300)),
            _ => None,
        };
        let detail = match error {
            ClassifyError::Off => "suggestions are switched off here; please choose yourself",
            _ => "there is no suggestion at the moment; please choose yourself",
        };
        Self::unavailable(detail, retry_after)
    }
}
