//! Tickets over HTTP: a file for each thing one can do.

mod bulk;
mod change;
mod create;
mod delete;
mod export;
mod follow;
mod history;
mod list;
mod read;
mod robots;
mod suggested;
mod suggestion;
mod wire;

// whole, since the router also needs what `utoipa::path` writes beside each handler
pub use self::{
    bulk::*, change::*, create::*, delete::*, export::*, follow::*, history::*, list::*, read::*,
    suggested::*,
};

pub(crate) use self::wire::{etag, expected_version};
use super::{ACTOR_NAME_MAX_CHARS, Actor, ActorKind};
use crate::auth::identity::Identity;

/// Who sent a request, acting in the role `kind`.
fn actor(kind: ActorKind, identity: &Identity) -> Actor {
    match identity.principal.account() {
        None => Actor::unknown(kind),
        Some(account) => Actor {
            kind: ActorKind::Agent,
            account_id: Some(account.id),
            name: Some(account.name.chars().take(ACTOR_NAME_MAX_CHARS).collect()),
        },
    }
}
