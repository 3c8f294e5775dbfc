//! The contract of following the log.

use async_trait::async_trait;
use tokio::sync::watch;

use super::{LogPart, Snapshot};
use crate::error::Result;

/// Follows the log of all tickets.
#[async_trait]
pub trait LiveStore: Send + Sync {
    /// The moment now: a follower that begins with it misses nothing that is committed later.
    async fn log_end(&self) -> Result<Snapshot>;

    /// What was committed since `seen`, if that is at most `limit` entries; `None` if `seen` is no moment
    /// of this database, or one that it has not come to. Each entry is told once, also one whose
    /// transaction took long.
    async fn log_since(&self, seen: &Snapshot, limit: u32) -> Result<Option<LogPart>>;

    /// Changes whenever this process has written to the log, or heard that another one has. A hint: it
    /// may come without a new entry, and where another process wrote it may not come.
    fn log_growth(&self) -> watch::Receiver<()>;

    /// Hears what others write, for as long as it is waited for. It never returns.
    async fn hear_others(&self);
}
