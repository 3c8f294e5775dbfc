//! The HTTP contract, against a whole server. The folders mirror the URLs.

mod bad_input;
mod bulk;
mod connections;
mod delete;
mod docs;
mod follow;
mod history;
mod server;
mod shutdown;
mod tickets;
