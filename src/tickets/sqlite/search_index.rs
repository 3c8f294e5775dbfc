//! The index of a search: new segments, and merged ones. They are written unsynced: what a crash takes back is made
//! again, of texts that wait for it again.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension as _};

use super::{micros, read_time};
use crate::{
    db::sqlite::Sqlite,
    error::Result,
    tickets::{
        MERGED_SEGMENTS, Merge, Position, SEGMENT_TICKETS, Segment, SegmentBuilder, read_ids,
    },
};

/// The key of a segment's block. Those of a segment follow each other.
pub fn block_key(segment: i64, bucket: impl Into<i64>) -> i64 {
    segment << 16 | bucket.into()
}

/// What a segment is made of: tickets, and the versions of their texts.
type Done = Vec<(i64, i64)>;

/// Makes a segment of the tickets that wait for one, if there are at least `at_least`, or else one of
/// several; returns how many tickets it is about.
pub async fn extend(database: &Sqlite, at_least: u32) -> Result<u32> {
    // the longest part reads and computes, beside every write
    let (done, segment) = database.read(move |connection| gather(connection, at_least)).await?;
    if done.is_empty() {
        return merge(database).await;
    }
    let n = u32::try_from(done.len()).unwrap_or(u32::MAX);
    database
        .write_unsynced(move |connection| Ok(store(connection, &done, segment.as_ref())?))
        .await?;
    Ok(n)
}

fn gather(connection: &Connection, at_least: u32) -> rusqlite::Result<(Done, Option<Segment>)> {
    let waiting: u32 = connection
        .prepare_cached("select count(*) from (select 1 from search_pending limit ?1)")?
        .query_row([SEGMENT_TICKETS], |row| row.get(0))?;
    if waiting < at_least {
        return Ok((Vec::new(), None));
    }
    let waiting = connection
        .prepare_cached(
            "select pending.ticket_id, pending.version, ticket.created_at
             from (select * from search_pending order by ticket_id limit ?1) as pending
             left join ticket on ticket.id = pending.ticket_id
             order by ticket.created_at desc, pending.ticket_id desc",
        )?
        .query_map([SEGMENT_TICKETS], |row| {
            let created_at =
                row.get::<_, Option<i64>>(2)?.map(|_| read_time(row, 2)).transpose()?;
            Ok((row.get(0)?, row.get(1)?, created_at))
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let mut document =
        connection.prepare_cached("select document from ticket_document where ticket_id = ?1")?;
    let mut done = Vec::new();
    let mut segment = SegmentBuilder::default();
    for (id, version, created_at) in waiting {
        if segment.is_full() {
            break;
        }
        // one that was deleted has no document, and only has to go
        if let Some(created_at) = created_at {
            document.query_row([id], |row| {
                segment.push(Position { created_at, id }, row.get_ref(0)?.as_str()?);
                Ok(())
            })?;
        }
        done.push((id, version));
    }
    Ok((done, segment.build()))
}

/// Stores a segment and lets its tickets wait no longer, but those whose text changed meanwhile.
fn store(
    connection: &Connection,
    done: &[(i64, i64)],
    segment: Option<&Segment>,
) -> rusqlite::Result<()> {
    let mut forget = connection
        .prepare_cached("delete from search_pending where ticket_id = ?1 and version = ?2")?;
    let mut forgotten = 0;
    for (id, version) in done {
        forgotten += forget.execute((id, version))?;
    }
    let Some(segment) = segment.filter(|_| forgotten > 0) else {
        return Ok(()); // another server was faster: its segment is enough
    };
    insert(connection, segment)
}

/// Stores a segment.
pub fn insert(connection: &Connection, segment: &Segment) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "insert into search_segment (tickets, ids, newest, oldest, buckets, grams)
             values (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute((
            segment.tickets,
            &segment.ids,
            micros(segment.newest),
            micros(segment.oldest),
            segment.buckets,
            segment.grams,
        ))?;
    let id = connection.last_insert_rowid();
    let mut insert =
        connection.prepare_cached("insert into search_block (key, postings) values (?1, ?2)")?;
    for (bucket, postings) in &segment.blocks {
        insert.execute((block_key(id, *bucket), postings))?;
    }
    Ok(())
}

/// Makes one segment of the oldest that were not merged yet, if there are enough.
async fn merge(database: &Sqlite) -> Result<u32> {
    let Some((ids, segment)) = database.read(merged).await? else { return Ok(0) };
    let tickets = segment.as_ref().map_or(0, |segment| segment.tickets);
    let replaced = ids.clone();
    let done = database
        .write_unsynced(move |connection| {
            let mut there =
                connection.prepare_cached("select 1 from search_segment where id = ?1")?;
            for id in &replaced {
                if !there.exists([id])? {
                    return Ok(false); // another server was faster
                }
            }
            let mut forget =
                connection.prepare_cached("delete from search_segment where id = ?1")?;
            for id in &replaced {
                forget.execute([id])?;
            }
            if let Some(segment) = &segment {
                insert(connection, segment)?;
            }
            Ok(true)
        })
        .await?;
    if !done {
        return Ok(0);
    }
    // nobody reads these any more; each in a write of its own, so that others come in between
    for id in ids {
        database
            .write_unsynced(move |connection| {
                connection
                    .prepare_cached("delete from search_block where key >= ?1 and key < ?2")?
                    .execute((block_key(id, 0), block_key(id + 1, 0)))?;
                Ok(())
            })
            .await?;
    }
    Ok(tickets)
}

fn merged(connection: &Connection) -> rusqlite::Result<Option<(Vec<i64>, Option<Segment>)>> {
    let segments = connection
        .prepare_cached(
            "select id, tickets, ids from search_segment where buckets = ?1
             order by newest, id limit ?2",
        )?
        .query_map((Merge::buckets(), MERGED_SEGMENTS as i64), |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?
        .collect::<rusqlite::Result<Vec<(i64, u32, Vec<u8>)>>>()?;
    if segments.len() < MERGED_SEGMENTS {
        return Ok(None);
    }
    let mut grams = connection.prepare_cached("select grams from search_segment where id = ?1")?;
    let grams = segments
        .iter()
        .map(|(id, ..)| grams.query_row([id], |row| row.get(0)))
        .collect::<rusqlite::Result<Vec<i16>>>()?;
    let mut filed_at = HashMap::new();
    let mut of = connection.prepare_cached("select created_at from ticket where id = ?1")?;
    for (_, tickets, ids) in &segments {
        for id in read_ids(ids, *tickets) {
            if let Some(at) = of.query_row([id], |row| read_time(row, 0)).optional()? {
                filed_at.insert(id, at);
            }
        }
    }
    let merge = Merge::new(&segments, &filed_at);
    let ids: Vec<i64> = segments.iter().map(|(id, _, _)| *id).collect();
    let Some(mut segment) = merge.segment(grams.into_iter().min().unwrap_or(1)) else {
        return Ok(Some((ids, None)));
    };
    let mut read = connection
        .prepare_cached("select bucket, postings from search_block where key >= ?1 and key < ?2")?;
    for step in Merge::steps() {
        let mut blocks: Vec<(i64, u32, Vec<u8>)> = Vec::new();
        for id in &ids {
            let range = (block_key(*id, step.start), block_key(*id, step.end));
            let rows = read.query_map(range, |row| Ok((*id, row.get(0)?, row.get(1)?)))?;
            for block in rows {
                blocks.push(block?);
            }
        }
        let read = blocks.iter().map(|(id, bucket, block)| (*id, *bucket, &block[..]));
        segment.blocks.extend(merge.blocks(read));
    }
    segment.blocks.sort_unstable_by_key(|(bucket, _)| *bucket);
    Ok(Some((ids, Some(segment))))
}
