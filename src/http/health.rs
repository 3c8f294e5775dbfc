//! Probes.

use std::{
    sync::{Arc, Mutex, atomic::Ordering},
    time::{Duration, Instant},
};

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::App;

/// How long one look at the database answers for all probes.
const FRESH: Duration = Duration::from_secs(1);

/// The last readiness answer.
#[derive(Default)]
pub struct Readiness(Mutex<Option<(Instant, Option<String>)>>);

impl Readiness {
    fn fresh(&self) -> Option<Option<String>> {
        let last = self.0.lock().unwrap_or_else(|e| e.into_inner());
        last.as_ref().filter(|(at, _)| at.elapsed() < FRESH).map(|(_, fault)| fault.clone())
    }

    fn keep(&self, fault: Option<String>) {
        *self.0.lock().unwrap_or_else(|e| e.into_inner()) = Some((Instant::now(), fault));
    }
}

/// The process lives. Touches nothing.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// The server can serve: the database answers (its schema was brought up to date before the first
/// request) and the server is not ending. 503 with the reasons when not.
pub async fn readyz(State(app): State<Arc<App>>) -> Response {
    let fault = match app.readiness.fresh() {
        Some(fault) => fault,
        None => {
            let fault = app.store.ping().await.err().map(|error| {
                tracing::warn!(%error, "not ready");
                "the database does not answer".to_owned()
            });
            app.readiness.keep(fault.clone());
            fault
        }
    };
    let draining = app.is_draining.load(Ordering::Relaxed);
    let ready = fault.is_none() && !draining;
    let check = |fault: Option<&str>| match fault {
        None => json!({"ok": true}),
        Some(reason) => json!({"ok": false, "reason": reason}),
    };
    let mut body: Value = json!({
        "ready": ready,
        "checks": {
            "database": check(fault.as_deref()),
            "serving": check(draining.then_some("the server is shutting down")),
        },
        // for people: a failing classifier never makes the server unready
        "database": app.store.backend(),
        "classifier": app.classification.status(),
    });
    if let Some(shadow) = &app.shadow {
        body["shadow"] = json!(shadow.status());
    }
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}
