//! frontdesk: a self-hosted support ticket system that sorts its own tickets.
//!
//! The modules in reading order; `ARCHITECTURE.md` says who may import whom.

// what everything stands on
pub mod allocator;
pub mod background;
pub mod clock;
pub mod config;
pub mod csv;
pub mod error;
pub mod word;

// the features
pub mod accounts;
pub mod audit;
pub mod auth;
pub mod check;
pub mod classify;
pub mod stats;
pub mod tickets;
pub mod views;

// what the features share
pub mod db;
pub mod http;
pub mod live;

// putting it together
pub mod app;
pub mod cli;
