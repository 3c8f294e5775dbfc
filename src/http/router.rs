//! The map of the whole API, and the order of its layers.

use std::{any::Any, panic::AssertUnwindSafe, sync::Arc};

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::get,
};
use futures_util::FutureExt as _;
use tower::ServiceBuilder;
use tower_http::{
    CompressionLevel,
    compression::CompressionLayer,
    cors::{AllowOrigin, CorsLayer, ExposeHeaders},
};
use utoipa::OpenApi as _;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    App, about, access_log, docs, fixed::Fixed, health, host, limits::Kind, measure, openapi,
    problem::Problem, request_id, security, system, ui,
};
use crate::{
    accounts, audit,
    auth::{
        Scope::{Read, Write},
        Who,
        api::{factor, links, session, tokens},
        guard::{allow, allow_some},
        identity,
    },
    classify,
    error::{Error, Result},
    live, stats, tickets, views,
};

/// Every operation of the API, and who may use it.
fn api() -> OpenApiRouter<Arc<App>> {
    use Who::{Admins, Agents, Oneself};
    OpenApiRouter::with_openapi(openapi::Document::openapi())
        // tickets
        .routes(allow(Agents(Read), routes!(tickets::api::list_tickets)))
        .routes(allow_some(Kind::Filing, routes!(tickets::api::create_ticket)))
        .routes(allow_some(Kind::Filing, routes!(tickets::api::create_ticket_at_create)))
        .routes(allow(Agents(Read), routes!(tickets::api::export_tickets)))
        .routes(allow(Agents(Read), routes!(stats::api::get_stats)))
        .routes(allow(Agents(Read), routes!(stats::api::get_trends)))
        .routes(allow_some(Kind::Suggestion, routes!(classify::api::classify_ticket)))
        .routes(allow(Agents(Read), routes!(classify::api::get_classifier_report)))
        .routes(allow(Agents(Read), routes!(classify::api::get_learning)))
        .routes(allow(
            Admins,
            routes!(classify::api::switch_learning, classify::api::reset_learning),
        ))
        .routes(allow(Agents(Read), routes!(tickets::api::get_ticket)))
        .routes(allow(Agents(Write), routes!(tickets::api::update_ticket)))
        .routes(allow(Admins, routes!(tickets::api::delete_ticket)))
        .routes(allow(Agents(Read), routes!(live::api::get_events)))
        .routes(allow(Agents(Write), routes!(tickets::api::change_tickets)))
        .routes(allow(Agents(Read), routes!(tickets::api::get_ticket_history)))
        .routes(allow(Agents(Read), routes!(tickets::api::get_ticket_suggestions)))
        .routes(allow_some(Kind::Secret, routes!(tickets::api::follow_ticket)))
        // views
        .routes(allow(Agents(Read), routes!(views::api::list_views)))
        .routes(allow(Agents(Write), routes!(views::api::create_view)))
        .routes(allow(Agents(Read), routes!(views::api::get_view)))
        .routes(allow(Agents(Write), routes!(views::api::update_view, views::api::delete_view)))
        // signing in, and what one does about oneself
        .routes(allow(Who::Anyone, routes!(session::get_session)))
        .routes(allow_some(Kind::Secret, routes!(session::sign_in)))
        .routes(allow(Who::Anyone, routes!(session::sign_out)))
        .routes(allow(Oneself, routes!(session::set_password)))
        .routes(allow(Oneself, routes!(factor::start_totp, factor::set_totp, factor::delete_totp)))
        .routes(allow(Oneself, routes!(session::list_sessions)))
        .routes(allow(Oneself, routes!(session::end_session)))
        .routes(allow(Oneself, routes!(tokens::list_tokens, tokens::create_token)))
        .routes(allow(Oneself, routes!(tokens::delete_token)))
        .routes(allow_some(Kind::Secret, routes!(links::get_link, links::use_link)))
        // administration
        .routes(allow(Admins, routes!(accounts::api::list_accounts, accounts::api::create_account)))
        .routes(allow(
            Admins,
            routes!(accounts::api::update_account, accounts::api::delete_account),
        ))
        .routes(allow(Admins, routes!(accounts::api::create_account_link)))
        .routes(allow(Admins, routes!(accounts::api::delete_account_totp)))
        .routes(allow(Admins, routes!(accounts::api::list_account_sessions)))
        .routes(allow(Admins, routes!(accounts::api::end_account_sessions)))
        .routes(allow(Admins, routes!(accounts::api::list_account_tokens)))
        .routes(allow(Admins, routes!(accounts::api::delete_account_token)))
        .routes(allow(Admins, routes!(audit::api::list_audit_events)))
        .routes(allow(Admins, routes!(audit::api::export_audit_events)))
        .routes(allow(Admins, routes!(system::get_system)))
        // the server
        .routes(allow(Who::Anyone, routes!(about::get_about)))
}

/// The OpenAPI document.
pub fn document() -> utoipa::openapi::OpenApi {
    let mut document = api().into_openapi();
    openapi::complete(&mut document);
    document
}

/// The whole server.
///
/// # Errors
/// `Internal`: the API cannot be described.
pub fn router(app: Arc<App>) -> Result<Router> {
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
        .fallback(fallback)
        .method_not_allowed_fallback(method_not_allowed);
    router = if app.metrics_apart {
        // not the web app's page, which answers every path that is nobody's
        router.route("/metrics", get(async || Problem::not_found("path")))
    } else {
        router.route("/metrics", get(measure::metrics))
    };
    if !app.cors_origins.is_empty() {
        router = router.layer(cors(&app.cors_origins));
    }
    // one layer: each costs every request a clone of the routes inside it
    let layer = ServiceBuilder::new()
        .layer(from_fn_with_state(app.clone(), layer))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest));
    Ok(router.layer(layer).with_state(app))
}

/// What every request goes through, from the outside in.
async fn layer(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let answer = async |request| {
        let answer = AssertUnwindSafe(next.run(request)).catch_unwind();
        answer.await.unwrap_or_else(|panic| panicked(&*panic))
    };
    let known = async |request| identity::layer(app, request, answer).await;
    let addressed = async |request| host::layer(request, known).await;
    let logged = async |request| access_log::layer(request, addressed).await;
    let secured = async |request| security::layer(request, logged).await;
    request_id::layer(request, secured).await
}

/// The metrics and the probes alone, for an address of their own.
pub fn metrics_router(app: Arc<App>) -> Router {
    Router::new()
        .route("/metrics", get(measure::metrics))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .with_state(app)
}

fn cors(origins: &[HeaderValue]) -> CorsLayer {
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins.iter().cloned()))
        .allow_methods([Method::GET, Method::POST, Method::PATCH, Method::PUT, Method::DELETE])
        .allow_headers([
            header::AUTHORIZATION,
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
async fn fallback(method: Method, uri: Uri, request: Request) -> Response {
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

fn panicked(panic: &(dyn Any + Send)) -> Response {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("?");
    Problem::from(crate::error::Error::Internal(format!("panic: {text}"))).into_response()
}
