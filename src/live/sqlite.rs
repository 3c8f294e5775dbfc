//! The log in SQLite. One writer numbers its entries, so their order is that of the commits.

use async_trait::async_trait;
use rusqlite::{OptionalExtension as _, Row};
use tokio::sync::watch;

use super::{LogEntry, LogPart, Snapshot, TicketHead, store::LiveStore};
use crate::{
    db::sqlite::Sqlite,
    error::Result,
    tickets::sqlite::{read_time, read_word},
};

const LAST: &str = "select seq from sqlite_sequence where name = 'ticket_event'";

const SINCE: &str = "select entry.id, entry.ticket_id, entry.version, entry.kind, ticket.id,
         ticket.title, ticket.category, ticket.priority, ticket.status, ticket.category_source,
         ticket.priority_source, ticket.created_at, ticket.updated_at, ticket.version
     from (
         select * from (select id, ticket_id, version, kind from ticket_event
             where id >= ?1 order by id limit ?2)
         union all
         select * from (select id, ticket_id, version, 'deleted' from ticket_deletion
             where id >= ?1 order by id limit ?2)
     ) as entry left join ticket on ticket.id = entry.ticket_id
     order by entry.id limit ?2";

#[async_trait]
impl LiveStore for Sqlite {
    async fn log_end(&self) -> Result<Snapshot> {
        self.read(|connection| {
            let last = connection.prepare_cached(LAST)?.query_row((), |row| row.get(0)).optional();
            last.map(|last: Option<i64>| Snapshot::up_to(last.unwrap_or(0).unsigned_abs()))
        })
        .await
    }

    async fn log_since(&self, seen: &Snapshot, limit: u32) -> Result<Option<LogPart>> {
        let first = seen.next();
        self.read(move |connection| {
            let last: Option<i64> =
                connection.prepare_cached(LAST)?.query_row((), |row| row.get(0)).optional()?;
            let now = Snapshot::up_to(last.unwrap_or(0).unsigned_abs());
            if first > now.next() {
                return Ok(None);
            }
            let mut entries = connection
                .prepare_cached(SINCE)?
                .query_map((first.cast_signed(), i64::from(limit) + 1), read_entry)?
                .collect::<rusqlite::Result<Vec<_>>>()?;
            let is_too_much = entries.len() > limit as usize;
            entries.truncate(limit as usize);
            Ok(Some(LogPart { entries, now, is_too_much }))
        })
        .await
    }

    fn log_growth(&self) -> watch::Receiver<()> {
        self.growth().subscribe()
    }

    async fn hear_others(&self) {
        // another process that writes the file cannot tell
        std::future::pending().await
    }
}

fn read_entry(row: &Row<'_>) -> rusqlite::Result<LogEntry> {
    let id: i64 = row.get(0)?;
    let ticket = match row.get::<_, Option<i64>>(4)? {
        None => None,
        Some(id) => Some(TicketHead {
            id,
            title: row.get(5)?,
            category: read_word(row, 6)?,
            priority: read_word(row, 7)?,
            status: read_word(row, 8)?,
            category_source: read_word(row, 9)?,
            priority_source: read_word(row, 10)?,
            created_at: read_time(row, 11)?,
            updated_at: read_time(row, 12)?,
            version: row.get(13)?,
        }),
    };
    Ok(LogEntry {
        transaction: id.unsigned_abs(),
        id,
        ticket_id: row.get(1)?,
        version: row.get(2)?,
        kind: read_word(row, 3)?,
        ticket,
    })
}
