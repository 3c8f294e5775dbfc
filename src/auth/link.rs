//! Making a one-time link.

use jiff::Timestamp;

use super::{LINK_LIFE, secret};
use crate::{db::Store, error::Result};

/// Characters of a link's secret: about 190 bits.
const SECRET_CHARS: usize = 32;

/// Keeps a link that sets this account's password (without one: that makes the first admin), good for
/// [`LINK_LIFE`], and returns its secret. The earlier ones are void.
///
/// # Errors
/// It could not be kept.
pub async fn offer(store: &dyn Store, account_id: Option<i64>, now: Timestamp) -> Result<String> {
    let secret = secret::random(SECRET_CHARS);
    store.create_link(secret::sha256(&secret), account_id, now, now + LINK_LIFE).await?;
    Ok(secret)
}
