//! HTTP: what all features share. `router.rs` is the map of the whole API.

pub mod about;
pub mod access_log;
pub mod client;
pub mod coalesce;
pub mod docs;
pub mod extract;
pub mod fixed;
pub mod health;
pub mod host;
pub mod json;
pub mod limits;
pub mod measure;
pub mod openapi;
pub mod origin;
pub mod problem;
pub mod query;
pub mod rate_limit;
pub mod request_id;
pub mod router;
pub mod security;
pub mod serve;
pub mod stall;
pub mod system;
pub mod trailing_slash;
pub mod ui;

use std::sync::{Arc, atomic::AtomicBool};

use crate::{
    accounts::password::Passwords,
    classify::{Classification, Receipts, learning::Learning, shadow::Shadow},
    clock::Clock,
    config::{Access, Setting},
    db::Store,
    live::follow::Live,
};

/// What every handler can reach.
pub struct App {
    /// Everything that is kept.
    pub store: Arc<dyn Store>,
    /// Tells what happens to tickets.
    pub live: Arc<Live>,
    /// What suggests categories and priorities.
    pub classification: Arc<Classification>,
    /// What is asked beside it without anybody being shown; `None`: nothing.
    pub shadow: Option<Arc<Shadow>>,
    /// What the embedded classifier learns.
    pub learning: Learning,
    /// What tells which suggestion a form showed.
    pub receipts: Receipts,
    /// The time.
    pub clock: Clock,
    /// Who may do what.
    pub access: Access,
    /// Computes and compares passwords.
    pub passwords: Passwords,
    /// What strangers may take; `None`: as much as they like.
    pub limits_of_clients: Option<limits::ClientLimits>,
    /// Proxies that are believed about their clients.
    pub proxies: Vec<ipnet::IpNet>,
    /// Other origins whose pages may call the API as strangers.
    pub cors_origins: Vec<axum::http::HeaderValue>,
    /// The server's own origin, where the operator named it.
    pub public_url: Option<String>,
    /// Whether only this machine reaches the server, so that its name must be this machine's too.
    pub is_private: bool,
    /// The settings in force.
    pub settings: Vec<Setting>,
    /// What clients may take of the server.
    pub limits: serve::Limits,
    /// Whether the server is ending and should get no new work.
    pub is_draining: AtomicBool,
    /// Remembers the last readiness answer for a moment.
    pub readiness: health::Readiness,
    /// When the server was made.
    pub started: std::time::Instant,
    /// Answers once what many ask at the same moment.
    pub coalescer: Arc<coalesce::Coalescer>,
    /// Whether the metrics have an address of their own, and are not among the rest.
    pub metrics_apart: bool,
    /// Renders the metrics.
    pub metrics: metrics_exporter_prometheus::PrometheusHandle,
}
