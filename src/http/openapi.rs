//! The OpenAPI document, generated from the handlers.

use std::sync::Arc;

use axum::Json;
use utoipa::{OpenApi, openapi};

/// What the document says before the first path.
#[derive(OpenApi)]
#[openapi(info(
    title = "frontdesk",
    description = "A self-hosted support ticket system that sorts its own tickets. Every path works \
                   with and without its trailing slash. Errors are problem documents (RFC 9457).",
    license(name = "MIT", identifier = "MIT")
))]
pub struct Document;

/// `GET /api/openapi.json`
pub async fn document(document: Arc<openapi::OpenApi>) -> Json<openapi::OpenApi> {
    Json((*document).clone())
}
