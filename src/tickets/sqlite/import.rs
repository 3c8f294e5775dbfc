//! A batch of tickets from elsewhere, and how far the import has come.

use rusqlite::{Connection, OptionalExtension as _};

use super::filing;
use crate::{
    error::Result,
    tickets::{Filing, ImportMark, ImportProgress},
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

/// Writes a batch, and says how many tickets it was.
pub fn write(connection: &Connection, batch: &[Filing], mark: Option<ImportMark>) -> Result<u64> {
    connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
    let tickets = filing::insert(connection, batch)?.len() as u64;
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
