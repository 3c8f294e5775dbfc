//! The log in PostgreSQL. Its numbers are given before the commit; a snapshot tells what is new.

use std::{pin::pin, time::Duration};

use async_trait::async_trait;
use futures_util::{StreamExt as _, stream};
use tokio::{
    sync::watch,
    time::{sleep, timeout},
};
use tokio_postgres::{AsyncMessage, Row};

use super::{LogEntry, LogPart, Snapshot, TicketHead, store::LiveStore};
use crate::{
    db::postgres::{CHANNEL, CONNECT_DEADLINE, Postgres},
    error::{Error, Result},
    tickets::postgres::read_word,
};

/// What the statement itself sees and the snapshot does not have, in one statement with the moment of
/// it. Numbers of transactions from another life of the database (before it was dumped and restored)
/// lie in the future and are left out.
const SINCE: &str = "with moment as (
         select pg_current_snapshot() as now, $1::text::pg_snapshot as seen
     ), entry as (
         (select transaction_id, id, ticket_id, version, kind from ticket_event
          where transaction_id >= pg_snapshot_xmin($1::text::pg_snapshot)
              and transaction_id < pg_snapshot_xmax((select now from moment))
              and not pg_visible_in_snapshot(transaction_id, (select seen from moment))
          order by transaction_id limit $2)
         union all
         (select transaction_id, id, ticket_id, version, 'deleted' from ticket_deletion
          where transaction_id >= pg_snapshot_xmin($1::text::pg_snapshot)
              and transaction_id < pg_snapshot_xmax((select now from moment))
              and not pg_visible_in_snapshot(transaction_id, (select seen from moment))
          order by transaction_id limit $2)
     )
     select moment.now::text, entry.transaction_id::text::bigint, entry.id, entry.ticket_id,
         entry.version, entry.kind, ticket.id, ticket.title, ticket.category, ticket.priority,
         ticket.status, ticket.category_source, ticket.priority_source, ticket.created_at,
         ticket.updated_at, ticket.version
     from moment left join entry on true left join ticket on ticket.id = entry.ticket_id
     order by entry.id";

/// The moment, and the last transaction of the log: as far as a crash leaves the numbers as they are.
const END: &str = "with moment as (select pg_current_snapshot() as now)
     select now::text, greatest(
         (select transaction_id from ticket_event
             where transaction_id < pg_snapshot_xmax((select now from moment))
             order by transaction_id desc limit 1),
         (select transaction_id from ticket_deletion
             where transaction_id < pg_snapshot_xmax((select now from moment))
             order by transaction_id desc limit 1))::text::bigint
     from moment";

/// Shortest and longest wait before listening is tried again.
const BACKOFF: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(30));

#[async_trait]
impl LiveStore for Postgres {
    async fn log_end(&self) -> Result<Snapshot> {
        self.run(async |connection| {
            let statement = connection.prepare_cached(END).await?;
            let row = connection.query_one(&statement, &[]).await?;
            let last: Option<i64> = row.try_get(1)?;
            Ok(snapshot(&row)?.clamped(last.unwrap_or(0).unsigned_abs()))
        })
        .await
    }

    async fn log_since(&self, seen: &Snapshot, limit: u32) -> Result<Option<LogPart>> {
        self.run(async |connection| {
            let statement = connection.prepare_cached(SINCE).await?;
            let rows =
                connection.query(&statement, &[&seen.to_string(), &(i64::from(limit) + 1)]).await?;
            let Some(first) = rows.first() else {
                return Err(Error::Internal("the log has no end".to_owned()));
            };
            let now = snapshot(first)?;
            if !seen.is_within(&now) {
                return Ok(None);
            }
            let entries = rows.iter().map(read_entry).filter_map(Result::transpose);
            let mut entries = entries.collect::<Result<Vec<_>>>()?;
            let is_too_much = entries.len() > limit as usize;
            entries.truncate(limit as usize);
            let last = entries.iter().map(|entry| entry.transaction).max();
            let now = now.clamped(last.unwrap_or(0).max(seen.next() - 1));
            Ok(Some(LogPart { entries, now, is_too_much }))
        })
        .await
    }

    fn log_growth(&self) -> watch::Receiver<()> {
        self.growth().subscribe()
    }

    async fn hear_others(&self) {
        let mut wait = BACKOFF.0;
        loop {
            let was_heard = hear(self).await;
            wait = if was_heard { BACKOFF.0 } else { (wait * 2).min(BACKOFF.1) };
            // meanwhile the log is read each second all the same
            sleep(wait).await;
        }
    }
}

/// Listens on a connection of its own until that breaks. `false`: it never stood.
async fn hear(database: &Postgres) -> bool {
    let (config, tls) = database.hearing();
    let connecting = timeout(CONNECT_DEADLINE, config.connect(tls.clone())).await;
    let Ok(Ok((client, mut connection))) = connecting else { return false };
    let mut messages = pin!(stream::poll_fn(move |context| connection.poll_message(context)));
    let listen = format!("listen {CHANNEL}");
    let mut listening = pin!(client.batch_execute(&listen));
    let mut stands = false;
    loop {
        tokio::select! {
            listened = &mut listening, if !stands => {
                if listened.is_err() {
                    return false;
                }
                stands = true;
                // whatever was told before is lost
                database.growth().send_replace(());
            }
            message = messages.next() => match message {
                Some(Ok(AsyncMessage::Notification(_))) => {
                    database.growth().send_replace(());
                }
                Some(Ok(_)) => {}
                Some(Err(error)) => {
                    tracing::debug!(%error, "cannot listen for changes");
                    return stands;
                }
                None => return stands,
            },
        }
    }
}

fn snapshot(row: &Row) -> Result<Snapshot> {
    let text: &str = row.try_get(0)?;
    text.parse().map_err(|e| Error::Internal(format!("`{text}` {e}")))
}

/// `None`: there is nothing new.
fn read_entry(row: &Row) -> Result<Option<LogEntry>> {
    let Some(transaction) = row.try_get::<_, Option<i64>>(1)? else { return Ok(None) };
    let ticket = match row.try_get::<_, Option<i64>>(6)? {
        None => None,
        Some(id) => Some(TicketHead {
            id,
            title: row.try_get(7)?,
            category: read_word(row, 8)?,
            priority: read_word(row, 9)?,
            status: read_word(row, 10)?,
            category_source: read_word(row, 11)?,
            priority_source: read_word(row, 12)?,
            created_at: row.try_get(13)?,
            updated_at: row.try_get(14)?,
            version: row.try_get(15)?,
        }),
    };
    Ok(Some(LogEntry {
        transaction: transaction.unsigned_abs(),
        id: row.try_get(2)?,
        ticket_id: row.try_get(3)?,
        version: row.try_get(4)?,
        kind: read_word(row, 5)?,
        ticket,
    }))
}
