//! Tickets over HTTP: a file for each thing one can do.

mod bulk;
mod change;
mod create;
mod delete;
mod follow;
mod history;
mod list;
mod read;
mod suggestion;
mod wire;

// whole, since the router also needs what `utoipa::path` writes beside each handler
pub use self::{bulk::*, change::*, create::*, delete::*, follow::*, history::*, list::*, read::*};

use super::{Actor, ActorKind};

/// Who sent a request, acting in the role `kind`. Access is open: nobody says who they are.
fn actor(kind: ActorKind) -> Actor {
    Actor::unknown(kind)
}
