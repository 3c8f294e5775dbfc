//! The HTTP contract, against a whole server. The folders mirror the URLs.

mod access;
mod accounts;
mod bad_input;
mod bulk;
mod connections;
mod delete;
mod docs;
mod edges;
mod events;
mod export;
mod follow;
mod history;
mod hostile;
mod learning;
mod server;
mod session;
mod shutdown;
mod suggestions;
mod tickets;
mod trends;
mod views;
