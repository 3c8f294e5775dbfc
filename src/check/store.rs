//! The contract of checking.

use async_trait::async_trait;

use super::Deviation;
use crate::error::Result;

/// Looks through everything that is kept.
#[async_trait]
pub trait CheckStore: Send + Sync {
    /// What is not as it should be at one moment, also while others write. Reads every table whole: the
    /// time grows with the number of tickets, and no deadline ends it.
    async fn deviations(&self) -> Result<Vec<Deviation>>;

    /// Counts the tickets again and has all of them indexed again, whatever was kept. Writers wait
    /// meanwhile.
    async fn repair(&self) -> Result<()>;
}
