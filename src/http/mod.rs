//! HTTP: what all features share. `router.rs` is the map of the whole API.

pub mod about;
pub mod access_log;
pub mod docs;
pub mod extract;
pub mod fixed;
pub mod health;
pub mod openapi;
pub mod problem;
pub mod query;
pub mod rate_limit;
pub mod request_id;
pub mod router;
pub mod security;
pub mod serve;
pub mod stall;
pub mod trailing_slash;
pub mod ui;

use std::sync::{Arc, atomic::AtomicBool};

use crate::{
    classify::Classification, clock::Clock, config::Access, db::Store, http::rate_limit::RateLimit,
};

/// What every handler can reach.
pub struct App {
    /// Everything that is kept.
    pub store: Arc<dyn Store>,
    /// What suggests categories and priorities.
    pub classification: Arc<Classification>,
    /// The time.
    pub clock: Clock,
    /// How many suggestions one client may ask for; `None`: any number.
    pub classify_limit: Option<RateLimit>,
    /// Who may do what.
    pub access: Access,
    /// What clients may take of the server.
    pub limits: serve::Limits,
    /// Whether the server is ending and should get no new work.
    pub is_draining: AtomicBool,
    /// Remembers the last readiness answer for a moment.
    pub readiness: health::Readiness,
    /// Renders the metrics.
    pub metrics: metrics_exporter_prometheus::PrometheusHandle,
}
