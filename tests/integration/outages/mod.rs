//! What the server does while its database does not answer, and after.

mod disk_full;
mod postgres;
