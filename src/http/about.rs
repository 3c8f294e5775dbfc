//! `GET /api/about/`: what the web app needs to know about its server.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde::Serialize;
use utoipa::ToSchema;

use super::App;

/// What this server is.
#[derive(Debug, Serialize, ToSchema)]
pub struct About {
    /// The program's version.
    #[schema(example = "0.1.0")]
    version: &'static str,
    /// `open`: everyone who reaches the server may do everything. `accounts`: they may not.
    #[schema(example = "open")]
    access: &'static str,
    /// What suggests: `auto`, `gemini`, `anthropic`, `openai`, `local` or `off`.
    #[schema(example = "auto")]
    classifier: &'static str,
}

/// What this server is and who may use it.
#[utoipa::path(get, path = "/api/about/", tag = "server", responses((status = 200, body = About)))]
pub async fn get_about(State(app): State<Arc<App>>) -> Json<About> {
    Json(About {
        version: env!("CARGO_PKG_VERSION"),
        access: app.access.as_str(),
        classifier: app.classification.status().mode.as_str(),
    })
}
