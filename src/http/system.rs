//! `GET /api/system/`: how the server is set up and how it is doing, for admins.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{App, problem::Problem};
use crate::{config::Setting, db::migrate, error::Result};

/// How the server is set up and how it is doing.
#[derive(Debug, Serialize, ToSchema)]
pub struct System {
    version: &'static str,
    database: DatabaseState,
    /// As in `/readyz`.
    #[schema(value_type = Object)]
    classifier: Value,
    /// Every setting as it is in force.
    settings: Vec<Setting>,
}

/// The database.
#[derive(Debug, Serialize, ToSchema)]
pub struct DatabaseState {
    /// `sqlite` or `postgres`.
    backend: &'static str,
    /// Whether it answers.
    ok: bool,
    /// The steps of its schema, all applied.
    migrations: Vec<MigrationState>,
}

/// A step of the schema.
#[derive(Debug, Serialize, ToSchema)]
pub struct MigrationState {
    number: i32,
    name: &'static str,
}

/// How the server is set up and how it is doing. Secrets are not shown.
#[utoipa::path(get, path = "/api/system/", tag = "administration", responses(
    (status = 200, body = System),
))]
pub async fn get_system(State(app): State<Arc<App>>) -> Result<Json<System>, Problem> {
    let broken = |e: serde_json::Error| crate::error::Error::Internal(e.to_string());
    // both databases have the same steps
    let migrations = migrate::SQLITE
        .iter()
        .map(|step| MigrationState { number: step.number, name: step.name })
        .collect();
    Ok(Json(System {
        version: env!("CARGO_PKG_VERSION"),
        database: DatabaseState {
            backend: app.store.backend(),
            ok: app.store.ping().await.is_ok(),
            migrations,
        },
        classifier: serde_json::to_value(app.classification.status()).map_err(broken)?,
        settings: app.settings.clone(),
    }))
}
