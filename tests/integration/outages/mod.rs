//! What the server does while its database does not answer, and after.

pub mod disk_full;
mod postgres;
