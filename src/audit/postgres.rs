//! Security events in PostgreSQL.

use async_trait::async_trait;

use super::{AuditEvent, AuditFilter, NewAuditEvent, kept, store::AuditStore};
use crate::{db::postgres::Postgres, error::Result};

#[async_trait]
impl AuditStore for Postgres {
    async fn record(&self, event: NewAuditEvent) -> Result<()> {
        self.run(async |connection| {
            connection
                .execute(
                    "insert into audit_event (at, action, actor_id, actor, subject, address)
                     values ($1, $2, $3, $4, $5, $6)",
                    &[
                        &event.at,
                        &event.action,
                        &event.actor_id,
                        &kept(&event.actor),
                        &kept(&event.subject),
                        &event.address,
                    ],
                )
                .await?;
            Ok(())
        })
        .await
    }

    async fn audit_events(&self, filter: AuditFilter, limit: u32) -> Result<Vec<AuditEvent>> {
        self.run(async |connection| {
            let rows = connection
                .query(
                    "select id, at, action, actor_id, actor, subject, address from audit_event
                     where id < coalesce($1, 9223372036854775807)
                         and ($2::bigint is null or actor_id = $2)
                         and ($3::text is null or starts_with(action, $3))
                     order by id desc limit $4",
                    &[&filter.before, &filter.actor_id, &filter.action, &i64::from(limit)],
                )
                .await?;
            rows.iter()
                .map(|row| {
                    Ok(AuditEvent {
                        id: row.try_get(0)?,
                        at: row.try_get(1)?,
                        action: row.try_get(2)?,
                        actor_id: row.try_get(3)?,
                        actor: row.try_get(4)?,
                        subject: row.try_get(5)?,
                        address: row.try_get(6)?,
                    })
                })
                .collect()
        })
        .await
    }
}
