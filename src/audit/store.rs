//! The contract of keeping security events.

use async_trait::async_trait;

use super::{AuditEvent, AuditFilter, NewAuditEvent};
use crate::error::Result;

/// Keeps security events. There is no way to change or delete one.
#[async_trait]
pub trait AuditStore: Send + Sync {
    /// Keeps an event.
    async fn record(&self, event: NewAuditEvent) -> Result<()>;

    /// At most `limit` events, the newest first.
    async fn audit_events(&self, filter: AuditFilter, limit: u32) -> Result<Vec<AuditEvent>>;
}
