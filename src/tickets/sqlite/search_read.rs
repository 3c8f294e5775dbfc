//! The search's index as a server reads it, through what it remembers of it.

use std::sync::Arc;

use rusqlite::{Connection, Row};

use super::{read_time, search_index::block_key};
use crate::tickets::{FoundSegment, Position, Search, SearchCache, SegmentHead, WAITING_MAX};

const SEGMENTS: &str = "select id, tickets, newest, oldest, grams, buckets from search_segment";

const BLOCK: &str = "select postings from search_block where key = ?1";

const IDS: &str = "select ids from search_segment where id = ?1";

const WAITING: &str = "select ticket_id, version from search_pending limit ?1";

const TEXT: &str = "select ticket.created_at, text.document
     from ticket cross join ticket_document as text on text.ticket_id = ticket.id
     where ticket.id = ?1";

/// The segments that there are.
pub fn segments(connection: &Connection) -> rusqlite::Result<Vec<FoundSegment>> {
    connection.prepare_cached(SEGMENTS)?.query_map((), read_segment)?.collect()
}

/// The blocks of these segments that may have these grams: for each segment one of each gram, empty
/// where there is none.
pub fn blocks(
    connection: &Connection,
    cache: &SearchCache,
    segments: &[FoundSegment],
    grams: &[i64],
) -> rusqlite::Result<Vec<Arc<[u8]>>> {
    let mut found = cache.blocks(segments, grams);
    if !found.missing().is_empty() {
        let mut read = connection.prepare_cached(BLOCK)?;
        for n in 0..found.missing().len() {
            let missing = &found.missing()[n];
            let mut rows = read.query([block_key(missing.segment, missing.bucket)])?;
            if let Some(row) = rows.next()? {
                found.put(n, row.get_ref(0)?.as_blob()?);
            }
        }
    }
    Ok(cache.remember_blocks(found))
}

/// The ids of a segment as they are stored.
pub fn ids(
    connection: &Connection,
    cache: &SearchCache,
    segment: &FoundSegment,
) -> rusqlite::Result<Arc<[u8]>> {
    if let Some(ids) = cache.ids(segment) {
        return Ok(ids);
    }
    connection.prepare_cached(IDS)?.query_row([segment.head.id], |row| {
        Ok(cache.remember_ids(segment, row.get_ref(0)?.as_blob()?))
    })
}

/// The tickets whose texts wait for a segment and have the search in them; `None` if too many wait to
/// be compared here.
pub fn waiting(
    connection: &Connection,
    cache: &SearchCache,
    search: &Search,
) -> rusqlite::Result<Option<Vec<Position>>> {
    let waiting = connection
        .prepare_cached(WAITING)?
        .query_map([(WAITING_MAX + 1) as i64], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<Vec<(i64, i64)>>>()?;
    if waiting.len() > WAITING_MAX {
        return Ok(None);
    }
    let mut waiting = cache.waiting(waiting);
    let missing = waiting.missing();
    if !missing.is_empty() {
        let waits = Arc::make_mut(&mut waiting);
        let mut text = connection.prepare_cached(TEXT)?;
        for id in missing {
            let mut rows = text.query([id])?;
            // one that was deleted has none
            if let Some(row) = rows.next()? {
                let at = Position { created_at: read_time(row, 0)?, id };
                waits.put(at, row.get_ref(1)?.as_str()?);
            }
        }
    }
    cache.remember_waiting(&waiting);
    Ok(Some(waiting.having(search)))
}

/// The tickets whose texts wait for a segment.
pub fn all_waiting(connection: &Connection) -> rusqlite::Result<Vec<i64>> {
    connection
        .prepare_cached("select ticket_id from search_pending")?
        .query_map((), |row| row.get(0))?
        .collect()
}

fn read_segment(row: &Row<'_>) -> rusqlite::Result<FoundSegment> {
    let head = SegmentHead {
        id: row.get(0)?,
        tickets: row.get(1)?,
        newest: read_time(row, 2)?,
        oldest: read_time(row, 3)?,
        grams: row.get(4)?,
    };
    // none has the id of one before it
    let key = u128::from(head.id.cast_unsigned());
    Ok(FoundSegment { head, buckets: row.get(5)?, key })
}
