//! One line and one measurement for each request.

use axum::{
    extract::{MatchedPath, Request},
    response::Response,
};

use super::measure::InFlight;

/// Logs and measures. Probes and assets are measured and not logged.
pub async fn layer(request: Request, next: impl AsyncFnOnce(Request) -> Response) -> Response {
    let under_way = InFlight::begin();
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "other".to_owned(), |path| path.as_str().to_owned());
    // the path alone: a query may hold what somebody searched for
    let path = without_secret(request.uri().path()).to_owned();
    let response = next(request).await;
    let status = response.status();
    let took = under_way.elapsed();
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

/// The path, or the route where the path is a link that opens something to whoever knows it.
fn without_secret(path: &str) -> &str {
    const LINKS: [(&str, &str); 4] = [
        ("/api/follow/", "/api/follow/{secret}/"),
        ("/follow/", "/follow/{secret}"),
        ("/api/links/", "/api/links/{secret}/"),
        ("/welcome/", "/welcome/{secret}"),
    ];
    let link = LINKS.iter().find(|(start, _)| path.starts_with(start));
    link.map_or(path, |(_, route)| route)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_never_logged() {
        for path in ["/api/follow/17-5ec/", "/api/follow/17-5ec/more", "/follow/17-5ec"] {
            assert!(!without_secret(path).contains("5ec"), "{path}");
        }
        assert_eq!(without_secret("/api/tickets/17/"), "/api/tickets/17/");
    }
}
