//! A batch of tickets from elsewhere, and how far the import has come.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _};

use super::{cell, day, insert_uncounted, tally, undecided};
use crate::{
    error::Result,
    tickets::{Actor, ActorKind, DayCounts, ImportMark, ImportProgress, NewTicket},
};

/// Pages of 4 KiB in the log before they are moved to the file. Batches change the same pages again and
/// again: the more of them together, the fewer times each page is moved.
const CHECKPOINT_PAGES: u32 = 8_000;

/// Moves an import on, if it is where the batch begins.
const MARK: &str = "insert into import_progress (source_sha256, position, tickets)
     select ?1, ?3, ?4
     where ?2 = 0 or exists (select 1 from import_progress where source_sha256 = ?1)
     on conflict (source_sha256) do update set position = excluded.position,
         tickets = import_progress.tickets + excluded.tickets
     where import_progress.position = ?2";

/// Writes a batch, each ticket with what is searched of it, and says how many tickets it was.
pub fn write(
    connection: &Connection,
    batch: &[(NewTicket, String)],
    mark: Option<ImportMark>,
) -> Result<u64> {
    connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
    let actor = Actor::unknown(ActorKind::Requester);
    let mut counts = BTreeMap::new();
    let mut days = DayCounts::default();
    for (new, document) in batch {
        let ticket = insert_uncounted(connection, new, document, &actor)?;
        let (n, not_decided) = counts.entry(cell(&ticket)).or_insert((0, 0));
        *n += 1;
        *not_decided += undecided(&ticket);
        days.file(ticket.category, ticket.priority, ticket.created_at);
    }
    for (cell, (n, not_decided)) in counts {
        tally(connection, cell, n, not_decided)?;
    }
    day::count(connection, &days)?;
    let tickets = batch.len() as u64;
    if let Some(mark) = mark {
        let moved = connection.prepare_cached(MARK)?.execute((
            mark.source_sha256,
            mark.from,
            mark.to,
            tickets.cast_signed(),
        ))?;
        if moved == 0 {
            return Err(ImportMark::misplaced());
        }
    }
    Ok(tickets)
}

/// How far an import has come.
pub fn progress(
    connection: &Connection,
    source_sha256: [u8; 32],
) -> rusqlite::Result<Option<ImportProgress>> {
    connection
        .prepare_cached("select position, tickets from import_progress where source_sha256 = ?1")?
        .query_row([source_sha256], |row| {
            let tickets: i64 = row.get(1)?;
            Ok(ImportProgress { position: row.get(0)?, tickets: tickets.cast_unsigned() })
        })
        .optional()
}

/// Forgets it.
pub fn forget(connection: &Connection, source_sha256: [u8; 32]) -> rusqlite::Result<()> {
    connection
        .prepare_cached("delete from import_progress where source_sha256 = ?1")?
        .execute([source_sha256])?;
    Ok(())
}
