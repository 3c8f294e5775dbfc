//! The HTTP contract, against a whole server. The folders mirror the URLs.

mod bad_input;
mod bulk;
mod delete;
mod follow;
mod history;
mod server;
mod tickets;
