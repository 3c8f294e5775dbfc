//! Security events in SQLite.

use async_trait::async_trait;
use rusqlite::named_params;

use super::{AuditEvent, AuditFilter, NewAuditEvent, kept, store::AuditStore};
use crate::{
    db::sqlite::Sqlite,
    error::Result,
    tickets::sqlite::{micros, read_time},
};

#[async_trait]
impl AuditStore for Sqlite {
    async fn record(&self, event: NewAuditEvent) -> Result<()> {
        self.write(move |connection| {
            connection
                .prepare_cached(
                    "insert into audit_event (at, action, actor_id, actor, subject, address)
                     values (?1, ?2, ?3, ?4, ?5, ?6)",
                )?
                .execute((
                    micros(event.at),
                    event.action,
                    event.actor_id,
                    kept(&event.actor),
                    kept(&event.subject),
                    event.address,
                ))?;
            Ok(())
        })
        .await
    }

    async fn audit_events(&self, filter: AuditFilter, limit: u32) -> Result<Vec<AuditEvent>> {
        self.read(move |connection| {
            connection
                .prepare_cached(
                    "select id, at, action, actor_id, actor, subject, address from audit_event
                     where id < coalesce(:before, 9223372036854775807)
                         and (:actor_id is null or actor_id = :actor_id)
                         and (:action is null or substr(action, 1, length(:action)) = :action)
                     order by id desc limit :limit",
                )?
                .query_map(
                    named_params! {
                        ":before": filter.before,
                        ":actor_id": filter.actor_id,
                        ":action": filter.action,
                        ":limit": limit,
                    },
                    |row| {
                        Ok(AuditEvent {
                            id: row.get(0)?,
                            at: read_time(row, 1)?,
                            action: row.get(2)?,
                            actor_id: row.get(3)?,
                            actor: row.get(4)?,
                            subject: row.get(5)?,
                            address: row.get(6)?,
                        })
                    },
                )?
                .collect()
        })
        .await
    }
}
