//! `/metrics`: what is counted while requests are served is in the recorder already; what can be looked
//! at is looked at when somebody asks.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use metrics::{counter, gauge};

use super::App;

/// Every metric and what it tells, as in docs/operations.md.
const DESCRIPTIONS: &[(&str, &str)] = &[
    ("frontdesk_build_info", "1; its labels say which version serves from which database"),
    ("frontdesk_uptime_seconds", "how long the server is up"),
    ("frontdesk_http_request_duration_seconds", "from a request's head to its answer's head"),
    ("frontdesk_http_requests_in_flight", "requests without an answer so far"),
    ("frontdesk_limit_hits_total", "requests of strangers that were sent away"),
    ("frontdesk_db_pool_connections", "connections to PostgreSQL, in use or idle"),
    ("frontdesk_db_pool_connections_max", "connections to PostgreSQL that there may be"),
    ("frontdesk_db_queue", "work that waits for the database"),
    ("frontdesk_search_waiting_tickets", "tickets that the search's index does not have yet"),
    ("frontdesk_classify_duration_seconds", "questions to a classifier, by who and outcome"),
    ("frontdesk_classify_cache_hits_total", "questions that were answered from memory"),
    ("frontdesk_classify_breaker_open", "1 while the language model is left alone"),
    ("frontdesk_classify_breaker_opened_total", "how often the breaker opened"),
    ("frontdesk_classify_tokens_total", "tokens that language models say they took"),
    (
        "frontdesk_classify_cost_millionths_total",
        "what these tokens cost by the prices that are set, in millionths",
    ),
    ("frontdesk_shadow_duration_seconds", "questions to the source in the shadow, by outcome"),
    ("frontdesk_shadow_dropped_total", "tickets that it was not asked about, by reason"),
    ("frontdesk_shadow_waiting", "tickets that wait to be asked about in the shadow"),
    ("frontdesk_shadow_breaker_open", "1 while the language model in the shadow is left alone"),
    ("frontdesk_shadow_breaker_opened_total", "how often its breaker opened"),
    ("process_resident_memory_bytes", "memory of this process"),
    ("process_open_fds", "files and sockets of this process"),
];

/// Says what each metric tells.
pub fn describe() {
    for (name, text) in DESCRIPTIONS {
        if name.ends_with("_total") {
            metrics::describe_counter!(*name, *text);
        } else if name.ends_with("_duration_seconds") {
            metrics::describe_histogram!(*name, *text);
        } else {
            metrics::describe_gauge!(*name, *text);
        }
    }
}

/// Prometheus' text format, version 0.0.4. Does not touch the database.
pub async fn metrics(State(app): State<Arc<App>>) -> Response {
    look(&app);
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    (kind, app.metrics.render()).into_response()
}

fn look(app: &App) {
    let (version, backend) = (env!("CARGO_PKG_VERSION"), app.store.backend());
    gauge!("frontdesk_build_info", "version" => version, "database" => backend).set(1.0);
    gauge!("frontdesk_uptime_seconds").set(app.started.elapsed().as_secs_f64());
    app.store.measure();
    if let Some(shadow) = &app.shadow {
        shadow.measure();
    }
    // Linux tells; elsewhere these two are absent
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let resident = resident.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<f64>().ok());
    if let Some(kib) = resident {
        gauge!("process_resident_memory_bytes").set(kib * 1024.0);
    }
    if let Ok(files) = std::fs::read_dir("/proc/self/fd") {
        gauge!("process_open_fds").set(files.count() as f64);
    }
}

/// Counts a request that a limit sent away.
pub fn limit_hit(limit: &'static str) {
    counter!("frontdesk_limit_hits_total", "limit" => limit).increment(1);
}

/// A request that is under way, until it is dropped: answered, or given up by its client.
pub struct InFlight(Instant);

impl InFlight {
    /// Begins one.
    pub fn begin() -> Self {
        gauge!("frontdesk_http_requests_in_flight").increment(1.0);
        Self(Instant::now())
    }

    /// How long it takes so far.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        gauge!("frontdesk_http_requests_in_flight").decrement(1.0);
    }
}
