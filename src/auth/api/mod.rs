//! Signing in over HTTP, and what one does about oneself.

pub mod factor;
pub mod links;
pub mod session;
pub mod tokens;

use super::{Principal, Session, identity::Identity};
use crate::{accounts::Account, http::problem::Problem};

/// Whoever signed in. The guard lets nobody else come here.
fn oneself(identity: &Identity) -> Result<(&Session, &Account), Problem> {
    match &identity.principal {
        Principal::Session(session, account) => Ok((session, account)),
        _ => Err(crate::error::Error::Internal("an operation without its guard".to_owned()).into()),
    }
}
