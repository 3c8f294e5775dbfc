//! A name for each request, in its answer (`X-Request-Id`), in every log line and in its problems.

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue},
    response::Response,
};
use tracing::Instrument as _;

tokio::task_local! {
    static CURRENT: String;
}

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id of the request that is being answered.
pub fn current() -> Option<String> {
    CURRENT.try_with(Clone::clone).ok()
}

/// Gives each request an id: the proxy's, where it sent one that is fit for a log, or a new one.
pub async fn layer(request: Request, next: impl AsyncFnOnce(Request) -> Response) -> Response {
    let given = request.headers().get(HEADER).and_then(|value| value.to_str().ok());
    let id = match given {
        Some(id) if is_fit(id) => id.to_owned(),
        _ => format!("{:016x}", rand::random::<u64>()),
    };
    let span = tracing::info_span!("request", request.id = id);
    let mut response = CURRENT.scope(id.clone(), next(request)).instrument(span).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}

fn is_fit(id: &str) -> bool {
    (1..=64).contains(&id.len())
        && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}
