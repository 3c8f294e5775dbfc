//! The contract of counting.

use async_trait::async_trait;

use super::{Days, TicketCounts, Trends};
use crate::error::Result;

/// Counts tickets.
#[async_trait]
pub trait StatsStore: Send + Sync {
    /// Exact counts of one moment: what every acknowledged write so far adds up to, also while
    /// others write. The cost does not grow with the number of tickets.
    async fn ticket_counts(&self) -> Result<TicketCounts>;

    /// What happened on these days: exact, of one moment, and at a cost that only grows with the days.
    async fn trends(&self, days: Days) -> Result<Trends>;
}
