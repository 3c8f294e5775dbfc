//! One line and one measurement for each request.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};

/// Logs and measures. Probes and assets are measured and not logged.
pub async fn layer(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "other".to_owned(), |path| path.as_str().to_owned());
    // the path alone: a query may hold what somebody searched for
    let path = request.uri().path().to_owned();
    let response = next.run(request).await;
    let status = response.status();
    let took = started.elapsed();
    metrics::histogram!(
        "frontdesk_http_request_duration_seconds",
        "method" => method.to_string(), "route" => route, "status" => status.as_str().to_owned(),
    )
    .record(took.as_secs_f64());
    if path.starts_with("/api/") || status.is_server_error() {
        let duration_ms = took.as_millis();
        tracing::info!(%method, path, status = status.as_u16(), duration_ms, "answered");
    }
    response
}
