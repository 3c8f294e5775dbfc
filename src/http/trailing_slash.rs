//! Every path of the API works with and without its trailing slash. The routes have it; a request
//! without gets it before it is routed.

use axum::{extract::Request, http::Uri};

/// Paths under `/api/` that are files, not collections.
const FILES: &[&str] = &["/api/openapi.json", "/api/docs", "/api/docs.css"];

/// Adds the slash where it is missing.
pub fn complete(mut request: Request) -> Request {
    let path = request.uri().path();
    if !path.starts_with("/api/") || path.ends_with('/') || FILES.contains(&path) {
        return request;
    }
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    if let Ok(uri) = format!("{path}/{query}").parse::<Uri>() {
        *request.uri_mut() = uri;
    }
    request
}
