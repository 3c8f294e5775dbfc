//! The HTTP contract, against a whole server. The folders mirror the URLs.

mod bad_input;
mod connections;
mod docs;
mod server;
mod shutdown;
mod tickets;
