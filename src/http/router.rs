//! The map of the whole API, and the order of its layers.

use std::sync::Arc;

use axum::{
    Router,
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    middleware::from_fn,
    response::{IntoResponse, Response},
    routing::get,
};
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    cors::{AllowOrigin, CorsLayer, ExposeHeaders},
};
use utoipa::OpenApi as _;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    App, about, access_log, docs, fixed::Fixed, health, openapi, problem::Problem, request_id,
    security, ui,
};
use crate::{
    classify,
    error::{Error, Result},
    stats, tickets,
};

/// Every operation of the API.
fn api() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::with_openapi(openapi::Document::openapi())
        .routes(routes!(tickets::api::list_tickets, tickets::api::create_ticket))
        .routes(routes!(tickets::api::create_ticket_at_create))
        .routes(routes!(stats::api::get_stats))
        .routes(routes!(classify::api::classify_ticket))
        .routes(routes!(
            tickets::api::get_ticket,
            tickets::api::update_ticket,
            tickets::api::delete_ticket,
        ))
        .routes(routes!(tickets::api::change_tickets))
        .routes(routes!(tickets::api::get_ticket_history))
        .routes(routes!(tickets::api::follow_ticket))
        .routes(routes!(about::get_about))
}

/// The OpenAPI document.
pub fn document() -> utoipa::openapi::OpenApi {
    let mut document = api().into_openapi();
    openapi::complete(&mut document);
    document
}

/// The whole server. `cors_origins`: web pages of these origins may call the API too.
///
/// # Errors
/// `Internal`: the API cannot be described.
pub fn router(app: Arc<App>, cors_origins: &[HeaderValue]) -> Result<Router> {
    let (api, _) = api().split_for_parts();
    let broken = |e: serde_json::Error| Error::Internal(format!("the OpenAPI document: {e}"));
    let document = serde_json::to_string(&document()).map_err(broken)?;
    let page = docs::page(&serde_json::from_str(&document).map_err(broken)?);
    let json = Fixed::new("application/json", document);
    let page = Fixed::new("text/html; charset=utf-8", page);
    let style = Fixed::new("text/css; charset=utf-8", docs::STYLE);
    let fixed = |answer: Fixed| get(async move |request: HeaderMap| answer.answer(&request));
    let mut router = api
        .route("/api/openapi.json", fixed(json))
        .route("/api/docs", fixed(page.clone()))
        .route("/api/docs/", fixed(page))
        .route("/api/docs.css", fixed(style))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(health::metrics))
        .fallback(fallback)
        .method_not_allowed_fallback(method_not_allowed);
    if !cors_origins.is_empty() {
        router = router.layer(cors(cors_origins));
    }
    // from the inside out
    let router = router
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(access_log::layer))
        .layer(from_fn(security::layer))
        .layer(from_fn(request_id::layer))
        .with_state(app);
    Ok(router)
}

fn cors(origins: &[HeaderValue]) -> CorsLayer {
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins.iter().cloned()))
        .allow_methods([Method::GET, Method::POST, Method::PATCH, Method::DELETE])
        .allow_headers([
            header::CONTENT_TYPE,
            header::IF_MATCH,
            header::HeaderName::from_static("idempotency-key"),
        ])
        .expose_headers(ExposeHeaders::list([
            header::ETAG,
            header::LOCATION,
            header::RETRY_AFTER,
            header::HeaderName::from_static("x-request-id"),
        ]))
}

/// What no route answers: unknown API paths are problems, everything else is the web app's.
async fn fallback(method: Method, uri: Uri, request: axum::extract::Request) -> Response {
    let path = uri.path();
    if path == "/api" || path.starts_with("/api/") {
        return Problem::not_found("path").into_response();
    }
    if !matches!(method, Method::GET | Method::HEAD) {
        return Problem::new(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD").into_response();
    }
    ui::serve(path, request.headers())
}

async fn method_not_allowed(method: Method) -> Problem {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, format!("{method} is not allowed here"))
}

#[expect(clippy::needless_pass_by_value, reason = "the layer's signature")]
fn panicked(panic: Box<dyn std::any::Any + Send>) -> Response {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("?");
    Problem::from(crate::error::Error::Internal(format!("panic: {text}"))).into_response()
}
