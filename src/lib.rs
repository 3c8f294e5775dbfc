//! frontdesk: a self-hosted support ticket system that sorts its own tickets.
//!
//! The modules in reading order; `ARCHITECTURE.md` says who may import whom.

pub mod clock;
pub mod error;

pub mod stats;
pub mod tickets;

pub mod classify;

pub mod db;
