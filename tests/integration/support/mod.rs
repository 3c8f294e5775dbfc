//! What the tests stand on.

pub mod cluster;
pub mod database;
pub mod fragile_cluster;
pub mod live;
pub mod llm;
pub mod people;
pub mod programs;
pub mod server;
pub mod wire;
