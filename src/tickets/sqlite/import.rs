//! A batch of tickets from elsewhere, and how far the import has come.

use rusqlite::{Connection, OptionalExtension as _};

use super::{
    filing::{self, Index},
    search_index,
};
use crate::{
    background::apart,
    db::sqlite::Sqlite,
    error::Result,
    tickets::{
        Filing, IMPORT_PAUSE, IMPORTED_SEGMENT_MIN, ImportMark, ImportProgress, ImportedTicket,
        Segment, Tally,
    },
};

/// Moves an import on, if it is where the batch begins.
const MARK: &str = "insert into import_progress (source_sha256, position, tickets)
     select ?1, ?3, ?4
     where ?2 = 0 or exists (select 1 from import_progress where source_sha256 = ?1)
     on conflict (source_sha256) do update set position = excluded.position,
         tickets = import_progress.tickets + excluded.tickets
     where import_progress.position = ?2";

/// A batch, made ready, so that the one writer has less to do.
struct Batch {
    filings: Vec<Filing>,
    tally: Tally,
    /// The piece of the search's index that is about it, with ids from 0 on. `None`: it is too small for one.
    segment: Option<Segment>,
}

impl Batch {
    fn new(tickets: Vec<ImportedTicket>) -> Self {
        let filings = Filing::of_import(tickets);
        let tally = Tally::of(&filings);
        let texts = filings.iter().zip(0..).map(|(filing, id)| filing.searched(id));
        let is_segment = filings.len() >= IMPORTED_SEGMENT_MIN;
        let segment = if is_segment { Segment::of_texts(texts) } else { None };
        Self { filings, tally, segment }
    }
}

/// Writes a batch, in its turn, and says how many tickets it was.
pub async fn write(
    database: &Sqlite,
    tickets: Vec<ImportedTicket>,
    mark: Option<ImportMark>,
) -> Result<u64> {
    database.mover().expect_much();
    let mut turn = database.imports().start().await.begun();
    let batch = apart(|| Batch::new(tickets)).await?;
    turn.come().await;
    let write = move |connection: &Connection| insert(connection, batch, mark);
    let tickets = database.write_unsynced(write).await?;
    tokio::time::sleep(IMPORT_PAUSE).await;
    drop(turn);
    // while the next one is written
    database.sync().await?;
    Ok(tickets)
}

fn insert(connection: &Connection, batch: Batch, mark: Option<ImportMark>) -> Result<u64> {
    let index = if batch.segment.is_some() { Index::Apart } else { Index::Awaited };
    let tickets = filing::insert_counted(connection, &batch.filings, &batch.tally, index)?;
    if let (Some(segment), [first, ..]) = (batch.segment, &tickets[..]) {
        // they follow each other: there is one writer, and an id is never given twice
        search_index::insert(connection, &segment.with_ids_from(first.id))?;
    }
    let tickets = tickets.len() as u64;
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
