//! The integration tests: one binary, so that it links once.

#![expect(clippy::unwrap_used, reason = "a test that fails says where")]

mod api;
mod architecture;
mod backup;
mod classify;
mod commands;
mod doctor;
mod exchange;
mod healthcheck;
mod metrics;
mod openapi;
mod outages;
mod packaging;
mod store;
mod support;
mod tls;
