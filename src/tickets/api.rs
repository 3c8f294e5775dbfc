//! Tickets over HTTP: a file for each thing one can do.

mod change;
mod create;
mod list;
mod read;
mod suggestion;
mod wire;

// whole, since the router also needs what `utoipa::path` writes beside each handler
pub use self::{change::*, create::*, list::*, read::*};
